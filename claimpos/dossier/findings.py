"""What is wrong with a file, where it stands there, and what to do about it."""

from __future__ import annotations

import os
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from claimpos.dossier.limits import how_to_raise, limit

if TYPE_CHECKING:
    from claimpos.dossier.nodes import Node

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
    "(?:basis|evidence|groups|issues|party|positions|proposal|sources|statements|terms)"
    "[\"']?[ \t]*:(?=[ \t\r\n]|$)"
)
_END_OF_LINE = r"\r\n?|\n"
# Each to the last that closes it: what is quoted may hold some.
_QUOTED = r"(?s)“.*(?:”|\Z)|\(.*(?:\)|\Z)|number \S+"
_OUR_NAME = "“([a-z]+)”"
_SEARCHED = 20_000  # to look for each of many names in a longer text takes long
_MAY_QUOTE = r"[“(\[{:]"
_UNRECOGNISED = "this is not recognised as a file of a dossier, so nothing of it is shown"


class SourceText:
    """A file as it was read: the path shown to people (never absolute) and its text."""

    def __init__(self, path: str, text: str, before: int = 0) -> None:
        self.path = path
        self.text = text
        self.before = before
        """How many lines of other files stand before it, where files are read as one."""
        self.parsed: Node = None
        """The data of the text where reading kept it, so that it need not be parsed once more."""
        self._latest = (0, "")

    @property
    def files(self) -> Mapping[str, SourceText]:
        """Of several files that are read as one, each by its name in the dossier's folder."""
        return {}

    def place(self, span: Span) -> tuple[SourceText, Span]:
        """The file that a place lies in, and the place there."""
        return self, span

    @cached_property
    def _starts(self) -> array[int]:
        """Where each line begins, as YAML counts lines: \\r alone ends one, too."""
        starts = array("Q", [0])
        starts.extend(end.end() for end in re.finditer(_END_OF_LINE, self.text))
        return starts

    @property
    def length(self) -> int:
        """How many lines there are."""
        return len(self._starts)

    @property
    def lines(self) -> list[str]:
        """The lines without their ends; made anew each time, because they may be millions."""
        return re.split(_END_OF_LINE, self.text)

    def offset(self, number: int) -> int:
        """Where in the text line `number` begins."""
        return self._starts[number - 1]

    @cached_property
    def is_of_a_dossier(self) -> bool:
        """Whether a text holds a key of a dossier's files; else it may be anybody's secrets."""
        return not self.text.strip() or re.search(_KEY, self.text) is not None

    def line(self, number: int) -> str:
        """Line `number`, counted from 1; empty past the end of the file."""
        starts = self._starts
        if number > len(starts):
            return ""
        # Findings come in the order of lines, and one line may hold many of them.
        if self._latest[0] != number:
            end = starts[number] if number < len(starts) else len(self.text)
            self._latest = (number, self.text[starts[number - 1] : end].rstrip("\r\n"))
        return self._latest[1]


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
    number: int = 1
    """How many findings it stands for: more than one where it tells the number of the rest."""

    @property
    def in_its_file(self) -> Finding:
        """The finding at its place in the very file, where several are read as one."""
        source, span = self.source.place(self.span)
        return self if source is self.source else self._replace(source=source, span=span)

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        return (self.source.path, self.span, self.code, self.message)


# Messages and hints quote the file; what is longer than this is cut.
_LONGEST = 500
_LISTED = "`claimpos validate --all` lists them"

SHOWN = 200
"""As many findings of one rule in one file are shown unless all are asked for."""


class Findings:
    """The findings of a run as they come to light: up to a limit in full, and past it their number.

    To iterate gives those that were kept and then, for each file and rule with more, one finding
    that tells their number.
    """

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._kept: list[Finding] = []
        self._of_rule: Counter[tuple[str, str]] = Counter()
        self._rest: dict[tuple[str, str], tuple[Finding, int]] = {}
        self._most = limit("findings")
        self._most_of_rule = limit("findings-of-rule")
        self.extend(findings)

    def __len__(self) -> int:
        return len(self._kept) + len(self._rest)

    def __iter__(self) -> Iterator[Finding]:
        yield from self._kept
        for key, (first, number) in self._rest.items():
            several = self._of_rule[key] >= self._most_of_rule
            name = "findings-of-rule" if several else "findings"
            yield _rest_of(first, number, how_to_raise(name))

    def add(self, finding: Finding) -> None:
        """Keep a finding, or count it."""
        key = (finding.source.path, finding.code)
        if self.counts(*key) or len(self._kept) >= self._most or finding.number > 1:
            self.count(finding, finding.number)
            return
        self._of_rule[key] += 1
        if len(finding.message) > _LONGEST or len(finding.hint) > _LONGEST:
            # What is quoted is known by its end, which may be cut off.
            (finding,) = without_secrets([finding])
            finding = finding._replace(message=cut(finding.message), hint=cut(finding.hint))
        self._kept.append(finding)

    def counts(self, path: str, code: str) -> bool:
        """Whether more findings of this rule in this file are only counted."""
        return self._of_rule[path, code] >= self._most_of_rule

    def counted(self, path: str, code: str) -> bool:
        """Count one more finding, if one of this rule in this file has been counted already."""
        rest = self._rest.get((path, code))
        if rest is not None:
            self._rest[path, code] = (rest[0], rest[1] + 1)
        return rest is not None

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keep each of the findings, or count it."""
        for finding in findings:
            self.add(finding)

    def count(self, first: Finding, number: int) -> None:
        """Count findings of the rule and the file of this one, which is the first of them."""
        key = (first.source.path, first.code)
        earlier, so_far = self._rest.get(key, (first, 0))
        self._rest[key] = (earlier, so_far + number)


def cut(text: str, longest: int = _LONGEST) -> str:
    """The text or, of a long one, its beginning."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def abridged(findings: Iterable[Finding], remedy: str = _LISTED) -> list[Finding]:
    """The first findings of each rule in each file, and one that says how many more there are.

    The findings are in order, and what is returned is as well.
    """
    shown: Counter[tuple[str, str]] = Counter()
    rest: dict[tuple[str, str], int] = {}
    chosen: list[Finding] = []
    for finding in findings:
        key = (finding.source.path, finding.code)
        shown[key] += 1
        if shown[key] > SHOWN:
            if key not in rest:
                rest[key] = len(chosen)
                chosen.append(finding)
            else:
                first = chosen[rest[key]]
                chosen[rest[key]] = first._replace(number=first.number + finding.number)
        else:
            chosen.append(finding)
    for at in rest.values():
        if (first := chosen[at]).number > 1:
            chosen[at] = _rest_of(first, first.number, remedy)
    return chosen


def _rest_of(first: Finding, number: int, hint: str) -> Finding:
    message = f"and {number:,} more of {first.code} in this file, from here on"
    return first._replace(message=message, hint=hint, number=number)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
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
        is_ours = name and len(text) <= _SEARCHED and name[1] not in text
        return found[0] if is_ours else "“…”"

    return re.sub(_QUOTED, shown, message)


_LINE_ENDS = "[\x00-\x1f\x7f-\x9f\u2028\u2029]"


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
    return re.sub(_LINE_ENDS, lambda found: found[0].encode("unicode_escape").decode(), shown)
