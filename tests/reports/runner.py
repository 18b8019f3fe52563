"""What the runner of GitHub Actions does with the lines of a step's log.

Written after its own source (ActionCommand, ActionCommandManager): a line is a command if, after
white space, it begins with `::name …::`, or if it holds `##[name …]` anywhere; stop-commands pauses
all of them until its own word comes as a command.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NAMES = {
    *["error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-path"],
    *["set-env", "set-output", "save-state", "add-matcher", "echo", "stop-commands"],
}
_NOW = re.compile(r"\s*::([^ ]+?)(?: (.*?))?::(.*)", re.DOTALL)
_ONCE = re.compile(r"##\[([^\] ]+)(?: ([^\]]*))?\](.*)", re.DOTALL)
_LINE_ENDS = re.compile("\r\n|\r|\n")


class Command(NamedTuple):
    """A command that was carried out, as the site sees it."""

    name: str
    properties: dict[str, str]
    data: str


def carried_out(log: str) -> list[Command]:
    """The commands of a log, without those that are paused and the pauses themselves."""
    names, paused, found = set(_NAMES), "", []
    for line in _LINE_ENDS.split(log):
        command = _command(_NOW.match(line), names, ",") or _command(_ONCE.search(line), names, ";")
        if command is None:
            continue
        if paused:
            paused = "" if command.name == paused else paused
        elif command.name == "stop-commands":
            paused = command.data
            names.add(paused)
        else:
            found.append(command)
    assert not paused, "the log ends in a pause"
    return found


def _command(match: re.Match[str] | None, names: set[str], separator: str) -> Command | None:
    if match is None or match[1] not in names:
        return None
    pairs = [pair.split("=", 1) for pair in (match[2] or "").split(separator) if "=" in pair]
    return Command(match[1], {key: _plain(value) for key, value in pairs}, _plain(match[3]))


def _plain(text: str) -> str:
    for sign, code in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
        text = text.replace(code, sign)
    return text
