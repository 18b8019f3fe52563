"""The form of a worksheet: its headings and fields, each with its place, and what is wrong there.

A worksheet is Markdown that people fill in with any editor. What begins with `>` is the text that
is coded, what begins with `-` a remark; everything else is a heading, or a field `key: value`
that goes on in indented lines. A value needs no quotation marks, whatever signs it holds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from claimpos.dossier.findings import START, Finding, Findings, SourceText, Span
from claimpos.dossier.limits import limit
from claimpos.dossier.model import VERBS
from claimpos.dossier.parsing.printable import is_printable, unprintable
from claimpos.dossier.reading.form import did_you_mean

TITLE = "# Worksheet:"
NO_POSITION = "no-position"
STATEMENT = "statement"
HEAD_KEYS = ("source", "text", "said")
STATEMENT_KEYS = (STATEMENT, "speaker", "said", "basis", "quote", "summary", "note")
ENTRY_KEYS = (
    *("since", *VERBS, "evidence"),
    *("until", "deadline", "standing", "offer", "interest", "priority"),
    *("note", "notes", "against", "context"),
)

_PARAGRAPH = re.compile(r"##[ \t]+par\.[ \t]*([0-9]{1,6})[ \t]*\Z")
_ENTRY = re.compile(r"###[ \t]+([^\s:]+)[ \t]*:[ \t]*(\S+)[ \t]*\Z")
_WORD = re.compile(r"[\w-]{1,40}")
_INDENTED = re.compile(r"[ \t]+(?=\S)")


class SheetText(SourceText):
    """The text of a worksheet, of which messages may quote lines."""

    @property
    def is_of_a_dossier(self) -> bool:
        return True


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
    """A statement or an entry as it is filled in: its fields by key, and the line of its head."""

    line: int
    fields: dict[str, Field]


class Paragraph(NamedTuple):
    """A paragraph of the sheet: its number, the words of the text, and what was made of it."""

    number: int
    line: int
    words: list[str]
    marks: dict[str, Field]
    statements: list[Filled]


class EntryPlace(NamedTuple):
    """Where a party's position on an issue is filled in."""

    party: str
    issue: str
    filled: Filled


class Form(NamedTuple):
    """A worksheet, heading by heading."""

    head: dict[str, Field]
    paragraphs: list[Paragraph]
    entries: list[EntryPlace]


def read_form(source: SourceText) -> tuple[Form, list[Finding]]:
    """The worksheet in a text, and what is wrong with its form."""
    reader = _FormReader(source)
    if not is_printable(source.text):
        return reader.form, unprintable(source)
    if not source.text.startswith(TITLE):
        message = "this is not a worksheet"
        hint = "name a file that `claimpos code TEXT --source ID --worksheet FILE` has written"
        anything = SourceText(source.path, "")  # it may be anybody's secrets
        return reader.form, [Finding("CP200", anything, START, message, hint)]
    for number, line in enumerate(source.lines, 1):
        reader.line(number, line.rstrip())
    return reader.form, [*reader.findings]


_KEYS: dict[str, tuple[str, ...]] = {
    "head": HEAD_KEYS,
    "paragraph": (NO_POSITION, *STATEMENT_KEYS),
    "entry": ENTRY_KEYS,
    "": (),
    "spoilt": (),
}
"""The keys that fields may have, by the place where they stand."""


class _FormReader:
    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.form = Form({}, [], [])
        self.findings = Findings()
        self.longest = limit("text-characters")
        self.place = "head"
        self.fields: dict[str, Field] = self.form.head
        self.latest: Field | None = None

    def line(self, number: int, line: str) -> None:
        """Read a line, of which the blanks at its end are cut."""
        if not line:
            return
        if indented := _INDENTED.match(line):
            self.more(line[indented.end() :])
            return
        self.latest = None
        if line.startswith("#"):
            self.heading(number, line)
        elif line.startswith(">"):
            self.quoted(line)
        elif not line.startswith("-"):
            self.field(number, line)

    def heading(self, number: int, line: str) -> None:
        if paragraph := _PARAGRAPH.match(line):
            self.form.paragraphs.append(Paragraph(int(paragraph[1]), number, [], {}, []))
            self.place = "paragraph"
        elif entry := _ENTRY.match(line):
            filled = Filled(number, {})
            self.form.entries.append(EntryPlace(entry[1], entry[2], filled))
            self.place, self.fields = "entry", filled.fields
        elif not line.startswith(TITLE):
            self.place = ""
            if line.startswith("###") or _LIKE_PARAGRAPH.match(line):
                self.place = "spoilt"
                self.fault(
                    number, line, "CP205", "this heading is not one of a worksheet", _HEADINGS
                )

    def quoted(self, line: str) -> None:
        if self.place == "paragraph":
            self.form.paragraphs[-1].words.append(line[1:].strip())

    def more(self, text: str) -> None:
        """Go on with the field before; behind a remark, with that."""
        if self.latest is not None and len(self.latest.value) <= self.longest:
            value = f"{self.latest.value} {text}" if self.latest.value else text
            self.latest = self.fields[self.latest.key] = self.latest._replace(value=value)

    def field(self, number: int, line: str) -> None:
        if self.place == "spoilt":  # its heading is reported
            return
        written, colon, rest = line.partition(":")
        key = "-".join(written.lower().split())
        if not colon or key not in _KEYS[self.place]:
            self.stray(number, line, key)
            return
        value = rest.strip()
        if self.place == "paragraph":
            self.fields = self.fields_of_paragraph(number, key)
        before = self.fields.get(key)
        if before is not None and before.value and value:
            message = f"“{written.strip()}” is filled in twice, here and on line {before.line}"
            self.fault(number, written, "CP102", message, _TWICE[self.place])
        elif before is None or value:
            column = len(line) - len(rest.lstrip()) + 1
            self.latest = self.fields[key] = Field(key, value, number, column)

    def fields_of_paragraph(self, number: int, key: str) -> dict[str, Field]:
        """Where a field of a paragraph belongs: to its mark, or to its latest statement."""
        paragraph = self.form.paragraphs[-1]
        if key == NO_POSITION:
            return paragraph.marks
        if key == STATEMENT or not paragraph.statements:
            paragraph.statements.append(Filled(number, {}))
        return paragraph.statements[-1].fields

    def stray(self, number: int, line: str, key: str) -> None:
        """Report a line that is no field of the place where it stands."""
        written = line.partition(":")[0]
        if not self.place:
            message = "this line stands under no paragraph and no position"
            self.fault(number, line, "CP202", message, _HEADINGS)
        elif not _WORD.fullmatch(written.strip()) or ":" not in line:
            more = ", a line of the text with >" if self.place == "paragraph" else ""
            hint = f"{_GO_ON}; a remark begins with -{more}"
            self.fault(number, line, "CP202", "this line is no field", hint)
        else:
            keys = _KEYS[self.place]
            near = did_you_mean(key, keys, most=len(keys))
            hint = near if near.endswith("?") else f"{near}; {_GO_ON}"
            self.fault(number, written, "CP202", f"unknown field “{key}”", hint)

    def fault(self, number: int, marked: str, code: str, message: str, hint: str) -> None:
        span = Span(number, 1, number, 1 + len(marked))
        self.findings.add(Finding(code, self.source, span, message, hint))


_LIKE_PARAGRAPH = re.compile(r"#+[ \t]*par", re.IGNORECASE)
_HEADINGS = "write “## par. 3” above a paragraph, “### PARTY: ISSUE” above a position"
_GO_ON = "to go on with the line above, begin this one with a space"
_TWICE = {
    "head": "delete one of the two",
    "paragraph": "delete one of the two, or begin another statement with “statement: PARTY/ID”",
    "entry": "delete one of the two, or write both outcomes in brackets: [a, b]",
}


def is_begun(filled: Filled) -> bool:
    """Whether anything is filled in."""
    return any(field.value for field in filled.fields.values())
