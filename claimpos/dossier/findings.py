"""What is wrong with a file, where it stands there, and what to do about it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


class Span(NamedTuple):
    """A stretch of a file; lines and columns count from 1, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)

# Patterns are compiled when they are used: no command without findings needs them.
# A key of the files of a dossier, and hardly of others, at the beginning of a line.
_KEY = (
    "(?m)(?:^|\r)[ \t{,]*[\"']?"
    "(?:groups|issues|party|positions|proposal|sources|statements|terms)"
    "[\"']?[ \t]*:(?=[ \t\r\n]|$)"
)
# Each to the last that closes it: what is quoted may hold some.
_QUOTED = r"(?s)“.*”|\(.*\)|number \S+"
_OUR_NAME = "“([a-z]+)”"
_MAY_QUOTE = r"[“(\[{:]"
_UNRECOGNISED = "this is not recognised as a file of a dossier, so nothing of it is shown"


class SourceText:
    """A file as it was read: the path shown to people (never absolute) and its text."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The lines as YAML counts them, without their ends: \\r alone is one, too."""
        text = self.text
        return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split(
            "\n"
        )

    @cached_property
    def is_of_a_dossier(self) -> bool:
        """Whether a text holds a key of a dossier's files; else it may be anybody's secrets."""
        return not self.text.strip() or re.search(_KEY, self.text) is not None

    def line(self, number: int) -> str:
        """Line `number`, counted from 1; empty past the end of the file."""
        lines = self.lines
        return lines[number - 1] if number <= len(lines) else ""


class Finding(NamedTuple):
    """One fault of a dossier: the rule it breaks, its place, what is wrong, and the remedy.

    `code` names the rule; its first digit is the family: 1 syntax, 2 shape, 3 references,
    4 sense, 5 sourcing, 6 upkeep, 9 comments that silence findings. An error stops every command,
    a warning or a note none.
    """

    code: str
    source: SourceText
    span: Span
    message: str
    hint: str = ""
    severity: Severity = "error"

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        return (self.source.path, self.span, self.code, self.message)


def in_order(findings: list[Finding]) -> list[Finding]:
    """The findings by file and place, each of them once."""
    unique = {finding.sort_key: finding for finding in findings}
    return [unique[key] for key in sorted(unique)]


def without_secrets(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, of which none quotes a file that is not recognised as one of a dossier."""
    return [
        finding
        if finding.source.is_of_a_dossier
        else finding._replace(
            message=_unquoted(finding.message, finding.source.text),
            hint=_UNRECOGNISED if re.search(_MAY_QUOTE, finding.hint) else finding.hint,
        )
        for finding in findings
    ]


def _unquoted(message: str, text: str) -> str:
    """The message without what it quotes from a text."""

    def shown(found: re.Match[str]) -> str:
        name = re.fullmatch(_OUR_NAME, found[0])  # such as that of a key that is missing
        return found[0] if name and name[1] not in text else "“…”"

    return re.sub(_QUOTED, shown, message)


_LINE_ENDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def shown_path(path: Path) -> str:
    """The path as seen from the working directory: no output holds an absolute one.

    What would end the line that shows it, or steer a terminal, is written as an escape sequence.
    """
    try:
        shown = os.path.relpath(path)
    except (ValueError, OSError):  # another drive, or a working directory that is gone
        shown = path.name
    if shown.isprintable():
        return shown
    return _LINE_ENDS.sub(lambda found: found[0].encode("unicode_escape").decode(), shown)
