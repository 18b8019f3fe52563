"""What a worksheet says: the statements, the entries and the marks that it adds to a dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from claimpos.curating.worksheet_form import (
    NO_POSITION,
    STATEMENT,
    EntryPlace,
    Field,
    Filled,
    Form,
    Paragraph,
    filled_in,
)
from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.dossier.ids import id_words
from claimpos.dossier.model import BASES, Dossier, Party, Source
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.form import Misshapen, did_you_mean, identifier
from claimpos.validation.quotes import Effort, Passages, plainly, words_in

_TEXTS = ("reserves", "interest", "note")
_LISTED = ("demands", "proposes", "accepts", "refuses", "evidence", "against", "context")
_IDS = re.compile(r"[a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)+\Z")
_NEW_SPEAKER = re.compile(r"([a-z][a-z0-9-]*)\s*=\s*([^,]+?)(?:,\s*(.+))?\Z")
_PIECE = re.compile(r"([^/\s]+)/(\S+)\Z")
_RULE = re.compile(r"(?:rule\s+)?([0-9]{1,3})\Z", re.IGNORECASE)
_QUOTED = re.compile(r"[\"'“”‘’«»„](.+)[\"'“”‘’«»]\Z")
_SAID = "said"
_ID_WORDS = 4


class CodedStatement(NamedTuple):
    """A statement of a worksheet: its data as in a party's file, and where it is filled in."""

    party: str
    id: str
    data: dict[str, Any]
    paragraph: int
    filled: Filled


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
    """What tells two texts apart, paragraph by paragraph."""
    plain = "\n".join(" ".join(one.split()) for one in paragraphs)
    return sha256(plain.encode("utf-8", "replace")).hexdigest()[:16]


def read_coding(
    form: Form, sheet: SourceText, dossier: Dossier, rules: Mapping[str, str]
) -> tuple[Coding | None, list[Finding]]:
    """What the worksheet says, and what is wrong with it.

    Args:
        form: The worksheet's fields.
        sheet: Its text, for the places of what is wrong.
        dossier: The dossier that is added to.
        rules: The numbered rules of its codebook, by number; empty if it has none.
    """
    reader = _CodingReader(sheet, dossier, rules)
    return reader.read(form), reader.findings


class _CodingReader:
    def __init__(self, sheet: SourceText, dossier: Dossier, rules: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.dossier = dossier
        self.rules = rules
        self.findings: list[Finding] = []
        self.speakers: dict[tuple[str, str], dict[str, str]] = {}
        self.effort = Effort()

    def read(self, form: Form) -> Coding | None:
        source = self.source(form)
        if source is None:
            return None
        self.check_paragraphs(form)
        statements = [
            one
            for paragraph in form.paragraphs
            for filled in paragraph.statements
            if filled_in(filled, but=(_SAID,))
            and (one := self.statement(filled, paragraph, form, source)) is not None
        ]
        self.check_once(statements)
        marks = {one.number: reason for one in form.paragraphs if (reason := self.mark(one))}
        entries = [one for place in form.entries if (one := self.entry(place)) is not None]
        count = len(form.paragraphs)
        return Coding(source, count, statements, entries, self.speakers, marks)

    def fault(self, code: str, span: Span, message: str, hint: str) -> None:
        self.findings.append(Finding(code, self.sheet, span, message, hint))

    def source(self, form: Form) -> Source | None:
        field = form.head.get("source")
        if field is None or not field.value:
            top = Span(1, 1, 1, 1 + len(self.sheet.line(1)))
            self.fault("CP203", top, "“source” is missing", "write “source: ID” below the title")
            return None
        source = self.dossier.sources.get(field.value)
        if source is None:
            hint = did_you_mean(field.value, self.dossier.sources)
            self.fault("CP304", field.span, f"there is no source “{field.value}”", hint)
        return source

    # ---- paragraphs ----

    def check_paragraphs(self, form: Form) -> None:
        """Report headings that are gone or changed, and words of the text that are."""
        for at, paragraph in enumerate(form.paragraphs, 1):
            if paragraph.number != at:
                line = paragraph.line
                span = Span(line, 1, line, 1 + len(self.sheet.line(line)))
                message = f"this is “par. {paragraph.number}” where “par. {at}” should follow"
                self.fault("CP205", span, message, f"put “## par. {at}” back above its text")
                return
        written = form.head.get("text")
        words = [" ".join(paragraph.words) for paragraph in form.paragraphs]
        if written is None or written.value != fingerprint(words):
            span = Span(1, 1, 1, 2) if written is None else written.span
            message = "the lines of the text, which begin with >, are not as they were written"
            hint = "undo what was changed in them, or write another worksheet and copy the fields"
            self.fault("CP205", span, message, hint)

    def mark(self, paragraph: Paragraph) -> str:
        """Why a paragraph holds no position; empty if it is not marked so."""
        field = paragraph.marks.get(NO_POSITION)
        if field is None or not field.value:
            return ""
        if any(filled_in(filled, but=(_SAID,)) for filled in paragraph.statements):
            message = f"par. {paragraph.number} holds a statement, and is marked “no position”"
            self.fault("CP510", field.span, message, "delete one of the two")
        rule = _RULE.match(field.value)
        if rule is None or not self.rules:
            return field.value
        if rule[1] not in self.rules:
            hint = f"the codebook's rules are {next(iter(self.rules))} to {[*self.rules][-1]}"
            self.fault("CP206", field.span, f"the codebook has no rule {rule[1]}", hint)
        return f"rule {rule[1]}"

    # ---- statements ----

    def statement(
        self, filled: Filled, paragraph: Paragraph, form: Form, source: Source
    ) -> CodedStatement | None:
        party, name = self.piece(filled)
        if party is None:
            return None
        data: dict[str, Any] = {"source": source.id}
        if speaker := self.speaker(filled, party):
            data["speaker"] = speaker
        if said := self.value(filled, _SAID):
            if str(said) != source.date.text:
                data[_SAID] = said
        data["basis"] = self.basis(filled)
        data["summary"] = self.required(filled, "summary", "say in a sentence what was said")
        if quote := self.quote(filled, paragraph, form):
            data["quote"] = quote
        data["locator"] = f"par. {paragraph.number}"
        if note := _written(filled, "note"):
            data["note"] = note
        return CodedStatement(party.id, name, data, paragraph.number, filled)

    def piece(self, filled: Filled) -> tuple[Party | None, str]:
        """The party and the id of a statement."""
        written = self.required(filled, STATEMENT, f"write {self.suggested(filled)}")
        if not written:
            return None, ""
        span = filled.fields[STATEMENT].span
        match = _PIECE.match(written)
        if match is None:
            message = f"“{written}” does not say whose statement it is"
            self.fault("CP205", span, message, "write PARTY/ID, such as " + self.suggested(filled))
            return None, ""
        party = self.party(match[1], span)
        try:
            identifier(match[2])
        except Misshapen:
            hint = f"write “{match[1]}/{id_words(match[2])}”" if id_words(match[2]) else ""
            self.fault("CP205", span, f"“{match[2]}” is not a valid id", hint)
        return party, match[2]

    def party(self, name: str, span: Span) -> Party | None:
        party = self.dossier.parties.get(name)
        if party is None:
            hint = did_you_mean(name, self.dossier.parties)
            self.fault("CP314", span, f"there is no party “{name}”", hint)
        return party

    def suggested(self, filled: Filled) -> str:
        """An id that a statement may have, made of its words, as it is written."""
        words = id_words(_written(filled, "quote") or _written(filled, "summary")).split("-")
        letters = "-".join(words[:_ID_WORDS])
        name = letters if letters[:1].isalpha() else "its-first-words"
        held = self.dossier.parties.values()
        speaker = _written(filled, "speaker")
        parties = [one.id for one in held if speaker in one.speakers] or [one.id for one in held]
        return f"“statement: {parties[0]}/{name}”"

    def speaker(self, filled: Filled, party: Party) -> str:
        written = _written(filled, "speaker")
        if not written:
            return ""
        if new := _NEW_SPEAKER.match(written):
            role = {"role": new[3]} if new[3] else {}
            if new[1] not in party.speakers:
                self.speakers.setdefault((party.id, new[1]), {"name": new[2], **role})
            return new[1]
        if written not in party.speakers and (party.id, written) not in self.speakers:
            named = {one.name.casefold(): one.id for one in party.speakers.values()}
            meant = named.get(written.casefold())
            near = f"write “{meant}”" if meant else did_you_mean(written, party.speakers)
            new_one = f"{id_words(written) or 'ID'} = NAME, ROLE"
            span = filled.fields["speaker"].span
            message = f"“{party.id}” has no speaker “{written}”"
            self.fault("CP305", span, message, f"{near}; for a new one, write “{new_one}”")
        return written

    def basis(self, filled: Filled) -> str:
        hint = f"write one of {', '.join(reversed(BASES))}"
        written = self.required(filled, "basis", hint)
        if written and written not in BASES:
            span = filled.fields["basis"].span
            self.fault("CP206", span, f"“{written}” is not a basis", hint)
        return written

    def quote(self, filled: Filled, paragraph: Paragraph, form: Form) -> str:
        """The words quoted, without the marks that stand around them here alone."""
        written = _written(filled, "quote")
        if not written:
            return ""
        if self.is_in(written, paragraph):
            return written
        bare = _QUOTED.match(written)
        if bare and self.is_in(bare[1], paragraph):
            return bare[1]
        message = f"the quote is not in par. {paragraph.number}"
        span = filled.fields["quote"].span
        self.fault(
            "CP506", span, message, self.where(bare[1] if bare else written, paragraph, form)
        )
        return written

    def is_in(self, quote: str, paragraph: Paragraph) -> bool:
        plain = plainly(quote)
        return self.passages(paragraph, plain).holds(plain, self.effort)

    def passages(self, paragraph: Paragraph, quote: str) -> Passages:
        return Passages(plainly(" ".join(paragraph.words)), {*words_in(quote)})

    def where(self, quote: str, paragraph: Paragraph, form: Form) -> str:
        """Where a quote stands instead, or the passage that is most like it."""
        elsewhere = [one.number for one in form.paragraphs if self.is_in(quote, one)]
        if elsewhere:
            return f"it is in par. {elsewhere[0]}: move the statement there"
        near = self.passages(paragraph, plainly(quote)).nearest(plainly(quote), self.effort)
        return f"the nearest passage: “{near}”" if near else "nothing there is like it"

    def check_once(self, statements: Sequence[CodedStatement]) -> None:
        """Report ids that two statements of the sheet have."""
        seen: dict[tuple[str, str], int] = {}
        for one in statements:
            field = one.filled.fields[STATEMENT]
            line = seen.setdefault((one.party, one.id), field.line)
            if line != field.line:
                message = f"the id “{one.id}” of {one.party} is given twice"
                self.fault("CP102", field.span, message, f"line {line} has it, too; change one")

    # ---- entries ----

    def entry(self, place: EntryPlace) -> CodedEntry | None:
        if not filled_in(place.filled):
            return None
        line = place.filled.line
        span = Span(line, 1, line, 1 + len(self.sheet.line(line)))
        self.party(place.party, span)
        if place.issue not in self.dossier.issues:
            hint = did_you_mean(place.issue, self.dossier.issues)
            self.fault("CP301", span, f"there is no issue “{place.issue}”", hint)
        data = {
            key: self.value(place.filled, key)
            for key, field in place.filled.fields.items()
            if field.value
        }
        return CodedEntry(place.party, place.issue, data, place.filled)

    def value(self, filled: Filled, key: str) -> Any:
        """What a field holds: a text or, where a file holds data, the data."""
        field = filled.fields.get(key)
        if field is None or not field.value:
            return None
        if key in _TEXTS:
            return field.value
        text, shift = field.value, 0
        if key in _LISTED and _IDS.match(text):
            text, shift = f"[{text}]", 1
        node, faults = parse(SourceText(self.sheet.path, _alone(field, text, shift)))
        self.findings += [self.shifted(one, field, shift) for one in faults]
        return _plain(_listed(node) if key in ("evidence", "against", "context") else node)

    def shifted(self, finding: Finding, field: Field, shift: int) -> Finding:
        """A finding in a value on its own, at the value's place in the sheet."""
        _, column, _, end_column = finding.span
        column = max(column - shift, field.column)
        line = field.line
        span = Span(line, column, line, max(end_column - shift, column + 1))
        return finding._replace(source=self.sheet, span=span)

    def required(self, filled: Filled, key: str, hint: str) -> str:
        written = _written(filled, key)
        if not written:
            field = filled.fields.get(key)
            line = field.line if field else filled.line
            span = Span(line, 1, line, 1 + len(self.sheet.line(line)))
            self.fault("CP203", span, f"“{key}” is missing", hint)
        return written


def _written(filled: Filled, key: str) -> str:
    field = filled.fields.get(key)
    return field.value if field else ""


def _alone(field: Field, text: str, shift: int) -> str:
    """A value where it stands in the sheet, and nothing besides."""
    return "\n" * (field.line - 1) + " " * (field.column - 1) + text


def _listed(node: Node) -> Node | list[Node]:
    """The ids of statements as a list, though there be only one."""
    if isinstance(node, Map):
        return node
    return node if isinstance(node, list) else [node]


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(member) for member in node] if isinstance(node, list) else node


def numbered_rules(codebook: str) -> dict[str, str]:
    """The rules of a codebook in Markdown, by number: “7. **The five verbs.** …” gives a title."""
    return dict(_rules(codebook))


def _rules(codebook: str) -> Iterator[tuple[str, str]]:
    for line in codebook.splitlines():
        if found := re.match(r"([0-9]{1,3})\. \*\*(.+?)\.?\*\*", line.strip()):
            yield found[1], found[2]
