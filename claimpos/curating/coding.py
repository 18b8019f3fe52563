"""What a worksheet says: the statements, the entries and the marks that it adds to a dossier."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from claimpos.curating.sheet_form import Filled, is_begun
from claimpos.curating.sheet_values import SheetValues
from claimpos.curating.statement_reading import CodedStatement, StatementReader
from claimpos.curating.worksheet_form import NO_POSITION, EntryPlace, Form, Paragraph
from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.dossier.model import Dossier, Source
from claimpos.dossier.reading.form import did_you_mean

_RULE = re.compile(r"(?:rule\s+)?([0-9]{1,3})\Z", re.IGNORECASE)
_TITLED = re.compile(r"^\s*([0-9]{1,3})\. \*\*(.+?)\.?\*\*", re.MULTILINE)


class CodedEntry(NamedTuple):
    """An entry of a worksheet: its data as in a party's file, and where it is filled in."""

    party: str
    issue: str
    data: dict[str, Any]
    filled: Filled


class Coding(NamedTuple):
    """What a worksheet says of a source.

    `speakers` are new ones, by party and id; `no_position` gives the reason by paragraph.
    """

    source: Source
    paragraphs: int
    statements: list[CodedStatement]
    entries: list[CodedEntry]
    speakers: dict[tuple[str, str], dict[str, str]]
    no_position: dict[int, str]


def fingerprint(paragraphs: Sequence[str]) -> str:
    """What tells a text from others, whatever its white space."""
    plain = "\n".join(" ".join(one.split()) for one in paragraphs)
    return sha256(plain.encode("utf-8", "replace")).hexdigest()[:16]


def numbered_rules(codebook: str) -> dict[str, str]:
    """The rules of a codebook in Markdown, by number: “7. **The five verbs.** …” gives a title."""
    return dict(_TITLED.findall(codebook))


def read_coding(
    form: Form, sheet: SourceText, dossier: Dossier, rules: Mapping[str, str]
) -> tuple[Coding | None, list[Finding]]:
    """What the worksheet says, and what is wrong with it.

    Args:
        form: The worksheet's fields.
        sheet: Its text, for the places of what is wrong.
        dossier: The dossier that is added to.
        rules: The titles of the codebook's rules, by number; empty if it has none.
    """
    reader = _CodingReader(sheet, dossier, rules)
    return reader.read(form), [*reader.findings]


class _CodingReader(SheetValues):
    def __init__(self, sheet: SourceText, dossier: Dossier, rules: Mapping[str, str]) -> None:
        super().__init__(sheet, dossier)
        self.rules = rules

    def read(self, form: Form) -> Coding | None:
        source = self.source(form)
        if source is None:
            return None
        self.check_paragraphs(form)
        reader = StatementReader(self.sheet, self.dossier, source)
        statements = reader.read(form)
        marks = {one.number: reason for one in form.paragraphs if (reason := self.mark(one))}
        entries = [self.entry(place) for place in form.entries if is_begun(place.filled)]
        self.findings.extend(reader.findings)
        count = len(form.paragraphs)
        return Coding(source, count, statements, entries, reader.speakers, marks)

    def source(self, form: Form) -> Source | None:
        field = form.head.get("source")
        if field is None or not field.value:
            self.fault(
                "CP203",
                self.whole_line(1),
                "“source” is missing",
                "write “source: ID” below the title",
            )
            return None
        source = self.dossier.sources.get(field.value)
        if source is None:
            hint = did_you_mean(field.value, self.dossier.sources)
            self.fault("CP304", field.span, f"there is no source “{field.value}”", hint)
        return source

    def check_paragraphs(self, form: Form) -> None:
        """Report headings that are gone or changed, and words of the text that are."""
        for at, paragraph in enumerate(form.paragraphs, 1):
            if paragraph.number != at:
                span = self.whole_line(paragraph.line)
                message = f"this is “par. {paragraph.number}” where “par. {at}” should follow"
                self.fault("CP205", span, message, f"put “## par. {at}” back above its text")
                return
        written = form.head.get("text")
        words = [" ".join(paragraph.words) for paragraph in form.paragraphs]
        if written is None or written.value != fingerprint(words):
            span = Span(1, 1, 1, 2) if written is None else written.span
            message = "the lines of the text, which begin with >, are not as they were written"
            hint = "undo the change, or write a new worksheet and copy the fields"
            self.fault("CP205", span, message, hint)

    def mark(self, paragraph: Paragraph) -> str:
        """Why a paragraph holds no position; empty if it is not marked so."""
        field = paragraph.marks.get(NO_POSITION)
        if field is None or not field.value:
            return ""
        if any(map(is_begun, paragraph.statements)):
            message = f"par. {paragraph.number} holds a statement, and is marked “no position”"
            self.fault("CP510", field.span, message, "delete one of the two")
        rule = _RULE.match(field.value)
        if rule is None or not self.rules:
            return field.value
        if rule[1] not in self.rules:
            hint = f"the codebook's rules are {next(iter(self.rules))} to {[*self.rules][-1]}"
            self.fault("CP206", field.span, f"the codebook has no rule {rule[1]}", hint)
        return f"rule {rule[1]}"

    def entry(self, place: EntryPlace) -> CodedEntry:
        """A position that is filled in; what its data should be is checked in the party's file."""
        span = self.whole_line(place.filled.line)
        self.party(place.party, span)
        if place.issue not in self.dossier.issues:
            hint = did_you_mean(place.issue, self.dossier.issues)
            self.fault("CP301", span, f"there is no issue “{place.issue}”", hint)
        self.required(place.filled, "evidence", "name the statements that bear it out")
        for key in ("since", "until"):
            self.day(place.filled, key)
        data = {
            key: self.value(place.filled, key)
            for key, field in place.filled.fields.items()
            if field.value
        }
        return CodedEntry(place.party, place.issue, data, place.filled)
