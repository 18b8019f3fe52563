"""Findings: what is wrong with a file, at which place, and the remedy."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from claimpos.dossier.limits import how_to_raise, limit

if TYPE_CHECKING:
    from array import array

    from claimpos.dossier.nodes import Node

Severity = Literal["error", "warning", "note"]


class Span(NamedTuple):
    """A stretch of a file; lines and columns count from 1, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)

# Patterns are compiled when they are used, because a command without findings needs none.
# A key that files of a dossier have, and other files hardly, at the beginning of a line; those of a
# statement and of a position also within braces.
_KEY = (
    "(?m)(?:(?:^|\r)[ \t{,]*[\"']?"
    "(?:basis|evidence|groups|issues|party|positions|proposal|sources|statements|terms)"
    "|[{,][ \t]*[\"']?(?:basis|evidence))[\"']?[ \t]*:(?=[ \t\r\n]|$)"
)
_END_OF_LINE = r"\r\n?|\n"
# Each up to the last mark that closes it, because what is quoted may hold such marks.
_QUOTED = r"(?s)“.*(?:”|\Z)|\(.*(?:\)|\Z)|number \S+"
_OUR_NAME = "“([a-z]+)”"
_SEARCHED = 20_000  # in a longer text, looking for each of many names would take long
_MAY_QUOTE = r"[“(\[{:]"
_UNRECOGNISED = "this is not recognised as a file of a dossier, so nothing of it is shown"


class SourceText:
    """A file as it was read: the path shown to people (never absolute) and its text."""

    def __init__(self, path: str, text: str, before: int = 0) -> None:
        self.path = path
        self.text = text
        self.before = before
        """How many lines of other files come before it, if several files are read as one."""
        self.parsed: Node = None
        """The data of the text if reading kept it, so that it need not be parsed again."""
        self._latest = (0, "")

    @property
    def files(self) -> "Mapping[str, SourceText]":
        """The files that it is made of, by name, if several are read as one; else none."""
        return {}

    def place(self, span: Span) -> "tuple[SourceText, Span]":
        """The file in which a place lies, and the place within that file."""
        return self, span

    @cached_property
    def _starts(self) -> "array[int]":
        """Where each line begins; as in YAML, \\r alone also ends a line."""
        from array import array

        starts = array("Q", [0])
        starts.extend(end.end() for end in re.finditer(_END_OF_LINE, self.text))
        return starts

    @property
    def length(self) -> int:
        """The number of lines."""
        return len(self._starts)

    @property
    def lines(self) -> list[str]:
        """The lines without their ends; not kept, because there may be millions."""
        return re.split(_END_OF_LINE, self.text)

    def offset(self, number: int) -> int:
        """Where in the text line `number` begins."""
        return self._starts[number - 1]

    @cached_property
    def is_of_a_dossier(self) -> bool:
        """Whether the text holds a key of a dossier's files; any other may hold secrets."""
        return not self.text.strip() or re.search(_KEY, self.text) is not None

    def line(self, number: int) -> str:
        """Line `number`, counted from 1; empty past the end of the file."""
        starts = self._starts
        if number > len(starts):
            return ""
        # Findings come in the order of lines, and a line may have many of them.
        if self._latest[0] != number:
            end = starts[number] if number < len(starts) else len(self.text)
            self._latest = (number, self.text[starts[number - 1] : end].rstrip("\r\n"))
        return self._latest[1]


class Finding(NamedTuple):
    """What a rule finds in a file: the rule's code, the place, what is wrong, and the remedy.

    The first digit of the code is the rule's family: 1 syntax, 2 shape, 3 references, 4 sense,
    5 sourcing, 6 upkeep, 9 comments that silence findings. An error stops every command; warnings
    and notes stop none.
    """

    code: str
    source: SourceText
    span: Span
    message: str
    hint: str = ""
    severity: Severity = "error"
    number: int = 1
    """How many findings it stands for; more than one if it only counts those not listed."""

    @property
    def in_its_file(self) -> "Finding":
        """The same finding at its place in a single file, if several are read as one."""
        source, span = self.source.place(self.span)
        return self if source is self.source else self._replace(source=source, span=span)

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        return (self.source.path, self.span, self.code, self.message)


# Messages and hints, which may quote a file, are cut to this many characters.
_LONGEST = 500
_LISTED = "`claimpos validate --all` lists them"

SHOWN = 200
"""How many findings of one rule in one file are shown, unless all are asked for."""


class Findings:
    """The findings of a run: those up to the limits are kept, the others only counted.

    Iterating gives those that were kept, then one finding for each file and rule that has more,
    with their number.
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
            # A quotation is recognised by its end, which cutting may remove.
            (finding,) = without_secrets([finding])
            finding = finding._replace(message=cut(finding.message), hint=cut(finding.hint))
        self._kept.append(finding)

    def counts(self, path: str, code: str) -> bool:
        """Whether more findings of this rule in this file are only counted."""
        return self._of_rule[path, code] >= self._most_of_rule

    def counted(self, path: str, code: str) -> bool:
        """Count one more finding if one of this rule and file has been counted; return whether."""
        rest = self._rest.get((path, code))
        if rest is not None:
            self._rest[path, code] = (rest[0], rest[1] + 1)
        return rest is not None

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keep or count each of the findings."""
        for finding in findings:
            self.add(finding)

    def count(self, first: Finding, number: int) -> None:
        """Count so many findings, of which this is the first; all are of its rule and file."""
        key = (first.source.path, first.code)
        earlier, so_far = self._rest.get(key, (first, 0))
        self._rest[key] = (earlier, so_far + number)


def cut(text: str, longest: int = _LONGEST) -> str:
    """The text, cut to `longest` characters; an ellipsis shows that it was cut."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def abridged(findings: Iterable[Finding], remedy: str = _LISTED) -> list[Finding]:
    """The first findings of each rule in each file, then one that says how many more there are.

    Expects the findings in order, and keeps their order.
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
    """The findings in the order of their files and places, without repetitions."""
    unique = {finding.sort_key: finding for finding in findings}
    return [unique[key] for key in sorted(unique)]


def without_secrets(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, with quotations hidden if their file may not be one of a dossier."""
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
        name = re.fullmatch(_OUR_NAME, found[0])  # such as the name of a missing key
        is_ours = name and len(text) <= _SEARCHED and name[1] not in text
        return found[0] if is_ours else "“…”"

    return re.sub(_QUOTED, shown, message)


_LINE_ENDS = "[\x00-\x1f\x7f-\x9f\u2028\u2029]"


def shown_path(path: Path) -> str:
    """A path as output shows it, in one line: relative to the working directory, never absolute."""
    try:
        shown = os.path.relpath(path)
    except (ValueError, OSError):  # another drive, or a working directory that is gone
        shown = path.name
    return in_one_line(shown)


def in_one_line(name: str) -> str:
    """A name with escape sequences in place of what would end the line or control a terminal."""
    if name.isprintable():
        return name
    return re.sub(_LINE_ENDS, lambda found: found[0].encode("unicode_escape").decode(), name)
