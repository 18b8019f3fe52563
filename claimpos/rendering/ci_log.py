"""What the log of a CI service would take for a command, though it came from a dossier."""

from __future__ import annotations

import re

# GitHub (and Gitea, Forgejo) take a line for a command that begins with :: after white space, or
# holds ##[ anywhere; Azure takes ##vso[ anywhere, TeamCity ##teamcity[. Colours count as white
# space, because a service may strip them first. A line may end with \r alone.
_COMMAND = re.compile(
    r"((?:^|(?<=\r))(?:[^\S\r\n]|\x1b\[[0-9;]*m)*:(?=:)|##(?=[a-zA-Z]*\[))", re.MULTILINE
)
_WITHIN = re.compile(r"##(?=[a-zA-Z]*\[)")


def inert(text: str) -> str:
    """The text without commands: a space stands within the sign that each begins with."""
    return _COMMAND.sub(r"\1 ", text)


def inert_within(text: str) -> str:
    """The text, which begins no line, without the commands that may stand anywhere in one."""
    return _WITHIN.sub("## ", text)


def inert_json(text: str) -> str:
    """JSON without commands: the same data, none of whose lines can begin with ::."""
    return _WITHIN.sub(r"#\\u0023", text)
