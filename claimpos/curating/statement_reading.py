"""The statements of a worksheet, checked against the paragraphs that they are taken from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from claimpos.curating.pieces import written_day
from claimpos.curating.sheet_form import Filled, is_begun
from claimpos.curating.sheet_values import SheetValues, value_of
from claimpos.curating.worksheet_form import STATEMENT, Form, Paragraph
from claimpos.dossier.findings import SourceText
from claimpos.dossier.lookup import id_words
from claimpos.dossier.model import BASES, Dossier, Party, Source
from claimpos.dossier.reading.form import Misshapen, did_you_mean, identifier
from claimpos.validation.quotes import Effort, Passages, plainly, words_in

_NEW_SPEAKER = re.compile(r"([a-z][a-z0-9-]*)\s*=\s*([^,]+?)(?:,\s*(.+))?\Z")
_MARKS = '"“”„«»'
_QUOTED = re.compile(rf"[{_MARKS}'‘’]([^{_MARKS}]+)[{_MARKS}'‘’]\Z")
_ID_WORDS = 4
_SUGGESTIONS = 50  # to look where a quote stands instead takes time


class CodedStatement(NamedTuple):
    """A statement of a worksheet: its data as in a party's file, and where it is filled in."""

    party: str
    id: str
    data: dict[str, Any]
    paragraph: int
    filled: Filled


class StatementReader(SheetValues):
    """Reads the statements of a sheet; `speakers` holds new ones, by party and id."""

    def __init__(self, sheet: SourceText, dossier: Dossier, source: Source) -> None:
        super().__init__(sheet, dossier)
        self.source = source
        self.speakers: dict[tuple[str, str], dict[str, str]] = {}
        self.said = source.date.text
        self.effort = Effort()
        self.misquotes = 0
        self.plain: dict[int, str] = {}

    def read(self, form: Form) -> list[CodedStatement]:
        """The statements of all paragraphs."""
        self.said = self.day(Filled(1, form.head), "said") or self.source.date.text
        statements = [
            one
            for paragraph in form.paragraphs
            for filled in paragraph.statements
            if is_begun(filled) and (one := self.statement(filled, paragraph, form)) is not None
        ]
        self.check_once(statements)
        return statements

    def statement(self, filled: Filled, paragraph: Paragraph, form: Form) -> CodedStatement | None:
        party, name = self.piece(filled)
        if party is None:
            return None
        data: dict[str, Any] = {"source": self.source.id}
        if speaker := self.speaker(filled, party):
            data["speaker"] = speaker
        said = self.day(filled, "said") or self.said
        if said != self.source.date.text:
            data["said"] = written_day(said)
        data["basis"] = self.basis(filled)
        data["summary"] = self.required(filled, "summary", "say in a sentence what was said")
        if quote := self.quote(filled, paragraph, form):
            data["quote"] = quote
        data["locator"] = f"par. {paragraph.number}"
        if note := value_of(filled, "note"):
            data["note"] = note
        return CodedStatement(party.id, name, data, paragraph.number, filled)

    def piece(self, filled: Filled) -> tuple[Party | None, str]:
        """The party and the id of a statement."""
        text = self.required(filled, STATEMENT, f"write {self.suggested(filled)}")
        if not text:
            return None, ""
        span = filled.fields[STATEMENT].span
        named, _, name = map(str.strip, text.partition("/"))
        if not named or not name:
            message = f"“{text}” does not say whose statement it is"
            hint = f"write {self.suggested(filled, id_words(text))}, with the id of the party"
            self.fault("CP205", span, message, hint)
            return None, ""
        party = self.party(named, span)
        try:
            identifier(name)
        except Misshapen:
            hint = f"write “{named}/{id_words(name)}”" if id_words(name) else ""
            self.fault("CP205", span, f"“{name}” is not a valid id", hint)
        return party, name

    def suggested(self, filled: Filled, name: str = "") -> str:
        """The field with an id made of the statement's words, unless it has a name."""
        words = id_words(value_of(filled, "quote") or value_of(filled, "summary")).split("-")
        letters = "-".join(words[:_ID_WORDS])
        name = name or (letters if letters[:1].isalpha() else "its-first-words")
        speaker = value_of(filled, "speaker")
        held = self.dossier.parties.values()
        speaking = [one.id for one in held if speaker in one.speakers]
        return f"“statement: {speaking[0] if speaking else 'PARTY'}/{name}”"

    def speaker(self, filled: Filled, party: Party) -> str:
        """The id of the speaker, who may be a new one; empty if nobody is named."""
        name = value_of(filled, "speaker")
        if new := _NEW_SPEAKER.match(name):
            role = {"role": new[3]} if new[3] else {}
            if new[1] not in party.speakers:
                self.speakers.setdefault((party.id, new[1]), {"name": new[2], **role})
            return new[1]
        if name and name not in party.speakers and (party.id, name) not in self.speakers:
            named = {one.name.casefold(): one.id for one in party.speakers.values()}
            meant = named.get(name.casefold())
            near = f"write “{meant}”" if meant else did_you_mean(name, party.speakers)
            new_one = f"for a new one, write “{id_words(name) or 'ID'} = NAME, ROLE”"
            span = filled.fields["speaker"].span
            self.fault("CP305", span, f"“{party.id}” has no speaker “{name}”", f"{near}; {new_one}")
        return name

    def basis(self, filled: Filled) -> str:
        hint = f"write one of {', '.join(reversed(BASES))}"
        basis = self.required(filled, "basis", hint)
        if basis and basis not in BASES:
            self.fault("CP206", filled.fields["basis"].span, f"“{basis}” is not a basis", hint)
        return basis

    def quote(self, filled: Filled, paragraph: Paragraph, form: Form) -> str:
        """The words quoted, without marks that stand around them in the sheet alone."""
        quote = value_of(filled, "quote")
        bare = _QUOTED.match(quote)
        meant = [bare[1], quote] if bare else [quote]
        for words in meant:
            if not words or self.is_in(words, paragraph):
                self.check_length(words, filled)
                return words
        message = f"the quote is not in par. {paragraph.number}"
        self.misquotes += 1
        hint = self.where(meant[0], paragraph, form) if self.misquotes <= _SUGGESTIONS else ""
        self.fault("CP506", filled.fields["quote"].span, message, hint)
        return quote

    def check_length(self, quote: str, filled: Filled) -> None:
        count, most = len(quote.split()), self.dossier.quote_words
        if count > most:
            message = f"the quote has {count} words; the limit is {most}"
            hint = "keep the words that matter; the summary says the rest"
            self.fault("CP505", filled.fields["quote"].span, message, hint)

    def is_in(self, quote: str, paragraph: Paragraph) -> bool:
        plain = plainly(quote)
        words = self.words_of(paragraph)
        return plain in words and Passages(words, {*words_in(plain)}).holds(plain, self.effort)

    def words_of(self, paragraph: Paragraph) -> str:
        """The words of a paragraph as quotes are looked up in them."""
        if paragraph.number not in self.plain:
            self.plain[paragraph.number] = plainly(" ".join(paragraph.words))
        return self.plain[paragraph.number]

    def where(self, quote: str, paragraph: Paragraph, form: Form) -> str:
        """Where a quote stands instead, or the passage that is most like it."""
        elsewhere = [one.number for one in form.paragraphs if self.is_in(quote, one)]
        if elsewhere:
            return f"it is in par. {elsewhere[0]}; move the statement there"
        plain = plainly(quote)
        passages = Passages(self.words_of(paragraph), {*words_in(plain)})
        near = passages.nearest(plain, self.effort)
        return f"the nearest passage: “{near}”" if near else "nothing there is like it"

    def check_once(self, statements: Sequence[CodedStatement]) -> None:
        """Report ids that two statements of the sheet have."""
        seen: dict[tuple[str, str], int] = {}
        for one in statements:
            field = one.filled.fields[STATEMENT]
            line = seen.setdefault((one.party, one.id), field.line)
            if line != field.line:
                message = f"“{one.party}/{one.id}” is on line {line}, too"
                self.fault("CP102", field.span, message, "give one of the two another id")
