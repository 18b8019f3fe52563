"""What the log of a CI service would take for a command, though it came from a dossier."""

from __future__ import annotations

import re

# GitHub (and Gitea, Forgejo) take a line for a command that begins with :: after white space, or
# holds ##[ anywhere; Azure takes ##vso[ anywhere, TeamCity ##teamcity[. Colours count as white
# space, because a service may strip them first. A line may end with \r alone.
_COMMAND = r"(?m)((?:^|(?<=\r))(?:[^\S\r\n]|\x1b\[[0-9;]*m)*:(?=:)|##(?=[a-zA-Z]*\[))"
_WITHIN = r"##(?=[a-zA-Z]*\[)"


def inert(text: str) -> str:
    """The text without commands: a space stands within the sign that each begins with."""
    return re.sub(_COMMAND, r"\1 ", text)


def inert_within(text: str) -> str:
    """The text, which begins no line, without the commands that may stand anywhere in one."""
    return re.sub(_WITHIN, "## ", text)


def inert_json(text: str) -> str:
    """JSON without commands: the same data, none of whose lines can begin with ::."""
    return re.sub(_WITHIN, r"#\\u0023", text)
