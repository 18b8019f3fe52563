"""The form of worksheets: what stands where, and what is wrong.

A worksheet is Markdown that people fill in with any editor. What begins with `>` is the text that
is worked on, what begins with `-` a remark; everything else is a heading, or a field `key: value`
that goes on in indented lines. A value needs no quotation marks, whatever characters it holds.
"""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from textwrap import TextWrapper
from typing import ClassVar, NamedTuple

from claimpos.dossier.findings import START, Finding, Findings, SourceText, Span, in_order
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.parsing.printable import is_printable_file, unprintable
from claimpos.dossier.reading.form import NearNames
from claimpos.errors import InvalidDossier, InvalidWorksheet, WrongUsage
from claimpos.rendering.text import safe

SPOILT = "spoilt"
"""The place below a heading that does not belong in the worksheet, and is reported."""

_WORD = re.compile(r"[\w-]{1,40}")
_INDENTED = re.compile(r"[ \t]+(?=\S)")
WIDTH = 98  # of the lines of a worksheet; only a longer word exceeds it
_FIELDS_EACH = 50
_GO_ON = "to go on with the line above, begin this one with a space"


class SheetText(SourceText):
    """The text of a worksheet, of which messages may quote lines."""

    @property
    def is_of_a_dossier(self) -> bool:
        return True


def fingerprint(texts: Iterable[str]) -> str:
    """A short hash of a text, whatever its white space."""
    plain = "\n".join(" ".join(one.split()) for one in texts)
    return sha256(plain.encode("utf-8", "replace")).hexdigest()[:16]


def refuse(findings: Sequence[Finding], error: type[InvalidDossier] = InvalidWorksheet) -> None:
    """Raise an error with the findings, if there are any."""
    if findings:
        raise error(in_order(findings))


class Field(NamedTuple):
    """A field that is filled in: its key, its value on one line, and where both stand."""

    key: str
    value: str
    line: int
    column: int

    @property
    def span(self) -> Span:
        return Span(self.line, self.column, self.line, self.column + max(1, len(self.value)))


class Filled(NamedTuple):
    """A piece as it is filled in: its fields by key, and the line of its head."""

    line: int
    fields: dict[str, Field]


def check_number(sheet: SourceText, number: int, what: str, each: int) -> None:
    """Raise WrongUsage if a sheet has more than `each` of these for each passage it may have."""
    most = each * limit("text-paragraphs")
    if number > most:
        how = how_to_raise("text-paragraphs")
        raise WrongUsage(f"“{sheet.path}” has more than {most:,} {what}; {how}")


def is_begun(filled: Filled) -> bool:
    """Whether any field of the piece is filled in."""
    return any(field.value for field in filled.fields.values())


class FormReader(ABC):
    """Reads a kind of worksheet line by line; `findings` holds what is wrong with its form."""

    title: ClassVar[str]
    """What its first line begins with."""
    command: ClassVar[str]
    """The command that writes it."""
    headings: ClassVar[str]
    """Which headings it has, as a remedy."""
    twice: ClassVar[Mapping[str, str]]
    """By place, the remedy for a field that is filled in twice."""
    quoting: ClassVar[Collection[str]]
    """The places that hold lines of the text."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings = Findings()
        self.place = "head"
        self.fields: dict[str, Field] = {}
        self._longest = limit("text-characters")
        self._latest: Field | None = None
        self._near = NearNames()
        self._counts: Counter[str] = Counter()

    @abstractmethod
    def heading(self, number: int, line: str) -> bool:
        """Go to the place below a heading; False if such a sheet has no such heading."""

    @abstractmethod
    def quoted(self, words: str) -> None:
        """Take a line of the text; empty where only > stands."""

    @abstractmethod
    def keys(self) -> Collection[str]:
        """The keys that fields may have at this place."""

    def fields_for(self, number: int, key: str) -> dict[str, Field]:
        """Where a field of this key belongs; on its line, it may begin another piece."""
        return self.fields

    def count(self, what: str, each: int, more: int = 1) -> None:
        """Count pieces, of which there may be `each` for each passage; raises WrongUsage beyond."""
        self._counts[what] += more
        check_number(self.source, self._counts[what], what, each)

    def read(self) -> None:
        """Read all lines, unless this is another kind of file; raises WrongUsage if too long."""
        if not is_printable_file(self.source.text):
            self.findings.extend(unprintable(self.source))
        elif not self.source.text.startswith(self.title):
            hint = f"name a file that `{self.command}` has written"
            anything = SourceText(self.source.path, "")  # it may be anybody's secrets
            is_other = self.source.text.startswith("# Worksheet")
            message = f"this is {'another kind of' if is_other else 'not a'} worksheet"
            self.findings.add(Finding("CP200", anything, START, message, hint))
        else:
            for number, line in enumerate(self.source.lines, 1):
                self._line(number, line.rstrip())

    def _line(self, number: int, line: str) -> None:
        """Read a line without blanks at its end."""
        if not line:
            return
        if indented := _INDENTED.match(line):
            self._more(line[indented.end() :])
            return
        self._latest = None
        if line.startswith("#"):
            self._heading(number, line)
        elif line.startswith(">"):
            if self.place in self.quoting:
                self.quoted(line[1:].strip())
        elif not line.startswith("-"):
            self._field(number, line)

    def _heading(self, number: int, line: str) -> None:
        if not line.startswith(self.title) and not self.heading(number, line):
            self.place = SPOILT
            message = "this heading does not belong in a worksheet"
            self.fault(number, line, "CP205", message, self.headings)

    def _more(self, text: str) -> None:
        """Continue the field on the line before; a remark's further lines are skipped."""
        if self._latest is None:
            return
        value = f"{self._latest.value} {text}" if self._latest.value else text
        self._latest = self.fields[self._latest.key] = self._latest._replace(value=value)
        if len(value) > self._longest:
            line = self._latest.line
            self._too_long(line, self.source.line(line).partition(":")[0])
            self._latest = None

    def _field(self, number: int, line: str) -> None:
        if self.place == SPOILT:
            return
        written, colon, rest = line.partition(":")
        key = "-".join(written.lower().split())
        if not colon or key not in self.keys():
            self._stray(number, line, key)
            return
        value = rest.strip()
        if len(value) > self._longest:
            self._too_long(number, written)
            return
        if value:
            self.count("filled-in fields", _FIELDS_EACH)
        self.fields = self.fields_for(number, key)
        before = self.fields.get(key)
        if before is not None and before.value and value:
            message = f"“{written.strip()}” is filled in twice, here and on line {before.line}"
            self.fault(number, written, "CP102", message, self.twice[self.place])
        elif before is None or value:
            column = len(line) - len(rest.lstrip()) + 1
            self._latest = self.fields[key] = Field(key, value, number, column)

    def _too_long(self, number: int, written: str) -> None:
        message = f"“{written.strip()}” holds more than {self._longest:,} characters"
        self.fault(number, written, "CP205", message, how_to_raise("text-characters"))

    def _stray(self, number: int, line: str, key: str) -> None:
        """Report a line that is not a field that its place may have."""
        if self.findings.counted(self.source.path, "CP202"):
            return
        written, keys = line.partition(":")[0], self.keys()
        if not self.place:
            message = "this line stands under no heading that has fields"
            self.fault(number, line, "CP202", message, self.headings)
        elif not _WORD.fullmatch(written.strip()) or ":" not in line:
            more = ", a line of the text with >" if self.place in self.quoting else ""
            hint = f"{_GO_ON}; a remark begins with -{more}"
            self.fault(number, line, "CP202", "this line is not a field", hint)
        else:
            near = self._near.hint(key, keys, most=len(keys))
            hint = near if near.endswith("?") else f"{near}; {_GO_ON}"
            self.fault(number, written, "CP202", f"unknown field “{key}”", hint)

    def fault(self, number: int, marked: str, code: str, message: str, hint: str) -> None:
        """Report what is wrong with the beginning of a line."""
        span = Span(number, 1, number, 1 + len(marked))
        self.findings.add(Finding(code, self.source, span, message, hint))


class SheetLines:
    """Breaks texts and remarks into lines of a width."""

    def __init__(self, width: int) -> None:
        self._text = self._wrapper(width, "> ", "> ")
        self._remark = self._wrapper(width, "- ", "  ")

    @staticmethod
    def _wrapper(width: int, first: str, later: str) -> TextWrapper:
        return TextWrapper(
            width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def text(self, text: str) -> list[str]:
        """The text that is worked on, whose lines are paragraphs: quoted, with a bare > between."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += [">"] if lines else []
            lines += self._text.wrap(paragraph)
        return lines

    def remarks(self, texts: Iterable[str]) -> list[str]:
        """Remarks, each behind a dash."""
        return [line for one in texts for line in self._remark.wrap(" ".join(safe(one).split()))]


class NewSheet:
    """A worksheet that is being made, of no more bytes than a file that is read may have.

    Attributes:
        remedy: How to get a smaller one, if that is known.
    """

    def __init__(self, name: str) -> None:
        self.remedy = ""
        self._name = name
        self._lines: list[str] = []
        self._left = limit("file-bytes")

    def add(self, lines: Iterable[str]) -> None:
        """Add lines; raises WrongUsage, which calls the worksheet by its name, if it is full.

        A text of a dossier that has several is put in one, so that none of them is read as a field.
        """
        for line in (" ".join(filter(None, one.splitlines())) for one in lines):
            self._left -= len(line.encode()) + 1
            if self._left < 0:
                how = f"{self.remedy} or, " if self.remedy else ""
                raise WrongUsage(
                    f"{self._name} would be larger than {limit('file-bytes'):,} bytes; "
                    f"{how}{how_to_raise('file-bytes')}"
                )
            self._lines.append(line)

    def text(self) -> str:
        """The lines so far."""
        return "\n".join(self._lines) + "\n"
