"""The form of the worksheet of a text that is coded: its paragraphs, statements and positions."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import ClassVar, NamedTuple

from claimpos.curating.sheet_form import Field, Filled, FormReader
from claimpos.dossier.findings import Finding, SourceText
from claimpos.dossier.model import VERBS

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
_LIKE_PARAGRAPH = re.compile(r"#+[ \t]*par", re.IGNORECASE)


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
    reader = _CodingFormReader(source)
    reader.read()
    return reader.form, [*reader.findings]


_KEYS: dict[str, tuple[str, ...]] = {
    "head": HEAD_KEYS,
    "paragraph": (NO_POSITION, *STATEMENT_KEYS),
    "entry": ENTRY_KEYS,
    "": (),
}
"""The keys that fields may have, by the place where they stand."""


class _CodingFormReader(FormReader):
    title = TITLE
    command = "claimpos code TEXT --source ID --worksheet FILE"
    headings = "write “## par. 3” above a paragraph, “### PARTY: ISSUE” above a position"
    twice: ClassVar = {
        "head": "delete one of the two",
        "paragraph": (
            "delete one of the two, or begin another statement with “statement: PARTY/ID”"
        ),
        "entry": "delete one of the two, or write both outcomes in brackets: [a, b]",
    }
    quoting = ("paragraph",)

    def __init__(self, source: SourceText) -> None:
        super().__init__(source)
        self.form = Form(self.fields, [], [])

    def heading(self, number: int, line: str) -> bool:
        if paragraph := _PARAGRAPH.match(line):
            self.form.paragraphs.append(Paragraph(int(paragraph[1]), number, [], {}, []))
            self.place = "paragraph"
        elif entry := _ENTRY.match(line):
            filled = Filled(number, {})
            self.form.entries.append(EntryPlace(entry[1], entry[2], filled))
            self.place, self.fields = "entry", filled.fields
        elif line.startswith("###") or _LIKE_PARAGRAPH.match(line):
            return False
        else:
            self.place = ""
        return True

    def quoted(self, words: str) -> None:
        self.form.paragraphs[-1].words.append(words)

    def keys(self) -> Collection[str]:
        return _KEYS[self.place]

    def fields_for(self, number: int, key: str) -> dict[str, Field]:
        """Where a field of a paragraph belongs: to its mark, or to its latest statement."""
        if self.place != "paragraph":
            return self.fields
        paragraph = self.form.paragraphs[-1]
        if key == NO_POSITION:
            return paragraph.marks
        if key == STATEMENT or not paragraph.statements:
            paragraph.statements.append(Filled(number, {}))
        return paragraph.statements[-1].fields
