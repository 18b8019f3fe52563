"""What a worksheet says: the statements, entries and marks that it adds, each checked."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from claimpos.curating.pieces import written_day
from claimpos.curating.sheet_form import Filled, check_number, is_begun
from claimpos.curating.sheet_values import SheetValues, value_of
from claimpos.curating.worksheet import NO_POSITION, STATEMENT, EntryPlace, Form, SheetParagraph
from claimpos.dossier.findings import Finding, SourceText
from claimpos.dossier.lookup import id_words
from claimpos.dossier.model import BASES, Dossier, Party, Source
from claimpos.dossier.reading.form import is_id
from claimpos.validation.plain_text import marked_anywhere, plainly, unmarked, words_in
from claimpos.validation.quotes import Passages, QuoteEffort, near_passage

_RULE = re.compile(r"(?:rule\s+)?([0-9]{1,3})\Z", re.IGNORECASE)
_TITLED = re.compile(r"^[ \t]*+([0-9]{1,3})\. \*\*(.+?)\.?\*\*", re.MULTILINE)

_PIECES_EACH = 2  # statements and positions for each paragraph


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
    statements: "list[CodedStatement]"
    entries: "list[CodedEntry]"
    speakers: dict[tuple[str, str], dict[str, str]]
    no_position: dict[int, str]


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
        begun = [place for place in form.entries if is_begun(place.filled)]
        said = sum(is_begun(one) for paragraph in form.paragraphs for one in paragraph.statements)
        check_number(self.sheet, said + len(begun), "statements and positions", _PIECES_EACH)
        reader = StatementReader(self.sheet, self.dossier, source)
        statements = reader.read(form)
        marks = {one.number: reason for one in form.paragraphs if (reason := self.mark(one))}
        entries = [*map(self.entry, begun)]
        self.findings.extend(reader.findings)
        count = len(form.paragraphs)
        return Coding(source, count, statements, entries, reader.speakers, marks)

    def source(self, form: Form) -> Source | None:
        field = form.head.get("source")
        if field is None or not field.value:
            hint = "write “source: ID” below the title"
            self.fault("CP203", self.whole_line(1), "“source” is missing", hint)
            return None
        source = self.dossier.sources.get(field.value)
        if source is None:
            hint = self.near.hint(field.value, self.dossier.sources)
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
        words = [" ".join(paragraph.words) for paragraph in form.paragraphs]
        self.check_words(form.head.get("text"), words)

    def mark(self, paragraph: SheetParagraph) -> str:
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
            hint = self.near.hint(place.issue, self.dossier.issues)
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


# ---- statements ----

_NEW_SPEAKER = re.compile(r"([a-z][a-z0-9-]*+)\s*+=\s*+([^,]++)(?:,\s*+(.+))?\Z")
_MARKS = '"“”„«»'
_QUOTED = re.compile(rf"[{_MARKS}'‘’]([^{_MARKS}]+)[{_MARKS}'‘’]\Z")
_SIGNS = re.compile(r"[^\w-]+")
_ID_WORDS = 4
_SUGGESTIONS = 50  # to look where a quote stands instead takes time


class CodedStatement(NamedTuple):
    """A statement of a worksheet: its data as in a party's file, and where it is filled in."""

    party: str
    id: str
    data: dict[str, Any]
    paragraph: int
    filled: Filled


class _Quotes:
    """Looks quotes up in the paragraphs of a sheet, each of which is read once."""

    def __init__(self, form: Form) -> None:
        self._paragraphs = form.paragraphs
        self._passages: dict[int, Passages] = {}
        self._looking, self._nearing = QuoteEffort(), QuoteEffort()

    @cached_property
    def _plain(self) -> dict[int, str]:
        """The words of the paragraphs as quotes are looked up in them, by their first line."""
        return {one.line: marked_anywhere(" ".join(one.words)) for one in self._paragraphs}

    def is_in(self, quote: str, paragraph: SheetParagraph) -> bool:
        """Whether a paragraph holds a quote; raises WrongUsage if all of that takes too long."""
        self._looking.check()
        return self._of(paragraph).holds(plainly(quote), self._looking)

    def _of(self, paragraph: SheetParagraph) -> Passages:
        if paragraph.line not in self._passages:
            quotes = (plainly(value_of(one, "quote")) for one in paragraph.statements)
            wanted = {word for quote in quotes for word in words_in(quote)}
            self._passages[paragraph.line] = Passages(self._plain[paragraph.line], wanted)
        return self._passages[paragraph.line]

    def where(self, quote: str, paragraph: SheetParagraph) -> str:
        """Where a quote stands instead, or the passage that is most like it."""
        plain = plainly(quote)
        words = {*words_in(plain)}
        for one in self._paragraphs:
            text = self._plain[one.line]
            if unmarked(plain) in unmarked(text) and not self._nearing.spent:
                self._nearing.spend(len(text))
                if Passages(text, words).holds(plain, self._nearing):
                    return f"it is in par. {one.number}; move the statement there"
        if self._nearing.spent:
            return near_passage(None)
        return near_passage(self._of(paragraph).nearest(plain, self._nearing))


class StatementReader(SheetValues):
    """Reads the statements of a sheet; `speakers` holds new ones, by party and id."""

    def __init__(self, sheet: SourceText, dossier: Dossier, source: Source) -> None:
        super().__init__(sheet, dossier)
        self.source = source
        self.speakers: dict[tuple[str, str], dict[str, str]] = {}
        self.said = source.date.text
        self.misquotes = 0
        self.first_speaking: dict[str, str] = {}
        for party in dossier.parties.values():
            for speaker in party.speakers:
                self.first_speaking.setdefault(speaker, party.id)

    def read(self, form: Form) -> list[CodedStatement]:
        """The statements of all paragraphs."""
        self.said = self.day(Filled(1, form.head), "said") or self.source.date.text
        quotes = _Quotes(form)
        statements = [
            one
            for paragraph in form.paragraphs
            for filled in paragraph.statements
            if is_begun(filled) and (one := self.statement(filled, paragraph, quotes)) is not None
        ]
        self.check_once(statements)
        return statements

    def statement(
        self, filled: Filled, paragraph: SheetParagraph, quotes: _Quotes
    ) -> CodedStatement | None:
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
        if quote := self.quote(filled, paragraph, quotes):
            data["quote"] = quote
        data["locator"] = f"par. {paragraph.number}"
        if note := value_of(filled, "note"):
            data["note"] = note
        return CodedStatement(party.id, name, data, paragraph.number, filled)

    def piece(self, filled: Filled) -> tuple[Party | None, str]:
        """The party and the id of a statement."""
        text = value_of(filled, STATEMENT)
        if not text:
            self.required(filled, STATEMENT, f"write {self.suggested(filled)}")
            return None, ""
        span = filled.fields[STATEMENT].span
        named, _, name = map(str.strip, text.partition("/"))
        if not named or not name:
            message = f"“{text}” does not say whose statement it is"
            first, _, rest = _SIGNS.sub(" ", text).strip().partition(" ")
            if first in self.dossier.parties:
                hint = f"write {self.suggested(filled, id_words(rest), first)}"
            else:
                hint = f"write {self.suggested(filled, id_words(text))}, with the id of the party"
            self.fault("CP205", span, message, hint)
            return None, ""
        party = self.party(named, span)
        if not is_id(name):
            hint = f"write “{named}/{id_words(name)}”" if id_words(name) else ""
            self.fault("CP205", span, f"“{name}” is not a valid id", hint)
        return party, name

    def suggested(self, filled: Filled, name: str = "", party: str = "") -> str:
        """The field with an id made of the statement's words, unless it has a name of letters."""
        words = id_words(value_of(filled, "quote") or value_of(filled, "summary")).split("-")
        letters = "-".join(words[:_ID_WORDS])
        if not is_id(name):
            name = letters if letters[:1].isalpha() else "its-first-words"
        speaker = value_of(filled, "speaker")
        party = party or self.first_speaking.get(speaker, "PARTY")
        return f"“statement: {party}/{name}”"

    def speaker(self, filled: Filled, party: Party) -> str:
        """The id of the speaker, who may be new; empty if no speaker is named."""
        name = value_of(filled, "speaker")
        if new := _NEW_SPEAKER.match(name):
            self.new_speaker(new, filled, party)
            return new[1]
        if name and name not in party.speakers and (party.id, name) not in self.speakers:
            named = {one.name.casefold(): one.id for one in party.speakers.values()}
            meant = named.get(name.casefold())
            near = f"write “{meant}”" if meant else self.near.hint(name, party.speakers)
            new_one = f"for a new one, write “{id_words(name) or 'ID'} = NAME, ROLE”"
            span = filled.fields["speaker"].span
            self.fault("CP305", span, f"“{party.id}” has no speaker “{name}”", f"{near}; {new_one}")
        return name

    def new_speaker(self, new: re.Match[str], filled: Filled, party: Party) -> None:
        """Add a new speaker, unless it is known; report an id that is somebody else's."""
        facts = {"name": new[2], **({"role": new[3]} if new[3] else {})}
        known = party.speakers.get(new[1])
        if known is None:
            held = self.speakers.setdefault((party.id, new[1]), facts)
        else:
            held = {"name": known.name, "role": known.role}
        if any(held.get(key) != facts[key] for key in facts):
            who = ", ".join(filter(None, held.values()))
            message = f"“{new[1]}” is already {who}"
            hint = f"write “{new[1]}” alone, or give the new speaker another id"
            self.fault("CP305", filled.fields["speaker"].span, message, hint)

    def basis(self, filled: Filled) -> str:
        hint = f"write one of {', '.join(reversed(BASES))}"
        basis = self.required(filled, "basis", hint)
        if basis and basis not in BASES:
            self.fault("CP206", filled.fields["basis"].span, f"“{basis}” is not a basis", hint)
        return basis

    def quote(self, filled: Filled, paragraph: SheetParagraph, quotes: _Quotes) -> str:
        """The words quoted, without quotation marks that only the sheet has around them."""
        quote = value_of(filled, "quote")
        bare = _QUOTED.match(quote)
        meant = [bare[1], quote] if bare else [quote]
        for words in meant:
            if not words or quotes.is_in(words, paragraph):
                self.check_length(words, filled)
                return words
        message = f"the quote is not in par. {paragraph.number}"
        self.misquotes += 1
        hint = quotes.where(meant[0], paragraph) if self.misquotes <= _SUGGESTIONS else ""
        self.fault("CP506", filled.fields["quote"].span, message, hint)
        return quote

    def check_length(self, quote: str, filled: Filled) -> None:
        count, most = len(quote.split()), self.dossier.quote_words
        if count > most:
            message = f"the quote has {count} words; the limit is {most}"
            hint = "keep the words that matter; the summary says the rest"
            self.fault("CP505", filled.fields["quote"].span, message, hint)

    def check_once(self, statements: Sequence[CodedStatement]) -> None:
        """Report ids that two statements of the sheet have."""
        seen: dict[tuple[str, str], int] = {}
        for one in statements:
            field = one.filled.fields[STATEMENT]
            line = seen.setdefault((one.party, one.id), field.line)
            if line != field.line:
                message = f"“{one.party}/{one.id}” is on line {line}, too"
                self.fault("CP102", field.span, message, "give one of the two another id")
