"""A party's file: who speaks for it, what they said, and the dated positions that follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import (
    BASES,
    ENTRY_TEXTS,
    VERBS,
    Acceptance,
    Answer,
    Basis,
    Cell,
    DatedNote,
    Entry,
    Issue,
    Named,
    Offer,
    PartialDate,
    Party,
    Review,
    Source,
    Speaker,
    Statement,
    Worth,
)
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Outcomes
from claimpos.dossier.reading.answers import read_answers
from claimpos.dossier.reading.consistency import check_dates, check_entry
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    fields,
    flag,
    identifier,
    mapping,
    one_of,
    optional_text,
    sequence,
    text,
)
from claimpos.dossier.reading.outcome import CONDITION_KEYS, is_range, read_named
from claimpos.dossier.reading.worth import read_worth

T = TypeVar("T")

PRIORITIES = ("high", "medium", "low")
ROLES = ("mediator",)

_FILE_REQUIRED = frozenset({"party", "name", "statements", "positions"})
_FILE_OPTIONAL = {
    *("short", "aliases", "formerly", "members", "note", "offers", "speakers"),
    *("speaks-for-members", "plural", "role", "answers", "worth"),
}
_FILE = _FILE_REQUIRED | _FILE_OPTIONAL
_SPEAKER_REQUIRED = frozenset({"name"})
_SPEAKER = _SPEAKER_REQUIRED | {"role", "outside"}
_STATEMENT_REQUIRED = frozenset({"source", "basis", "summary"})
_STATEMENT = _STATEMENT_REQUIRED | {
    *("speaker", "said", "quote", "quote-original", "locator", "note", "coder", "reviewed"),
}
_STATEMENT_TEXTS = ("summary", "quote", "quote-original", "locator", "note")
_OFFER_REQUIRED = frozenset({"title"})
_OFFER = _OFFER_REQUIRED | {"until", "deadline"}
_NOTE = frozenset({"day", "text"})
_REVIEW = frozenset({"by", "on"})
_VERBS = frozenset(VERBS)
_ENTRY_REQUIRED = frozenset({"since", "evidence"})
_CONDITIONAL = (frozenset({"outcome"}), CONDITION_KEYS)


def read_party(
    node: Node,
    issues: Register[Issue],
    sources: Register[Source],
    reading: Reading,
    texts: Collection[str] = (),
) -> Party | None:
    """The party; what its file holds wrongly is noted in `reading`. None if it is unreadable.

    `texts` are the ids of all proposals that have a file, readable or not.
    """
    try:
        return _PartyReader(issues, sources, reading, texts).read(node)
    except Misshapen:
        reading.misshapen = True
        return None


class _PartyReader:
    def __init__(
        self,
        issues: Register[Issue],
        sources: Register[Source],
        reading: Reading,
        texts: Collection[str],
    ) -> None:
        self.issues = issues
        self.sources = sources
        self.reading = reading
        self.texts = texts
        self.speakers: Register[Speaker] = Register()
        self.speakers.written = ()
        self.statements: Register[Statement] = Register()
        self.offers: Register[Offer] = Register()
        self.offers.written = ()

    def read(self, node: Node) -> Party:
        found = fields(node, _FILE_REQUIRED, _FILE)
        party = identifier(found["party"])
        if party != self.reading.stem:
            what, ending = ("folder", "") if self.reading.source.files else ("file", ".yaml")
            message = f"the {what} is called {self.reading.stem}{ending}, but its party “{party}”"
            hint = f"rename the {what} to {party}{ending}, or correct the id"
            self.reading.fault("CP308", found.at("party"), message, hint)
        each = self.reading.each
        if "speakers" in found:
            self.speakers = each(found["speakers"], self.speaker)
        if "offers" in found:
            self.offers = each(found["offers"], self.offered)
        self.statements = each(found["statements"], self.statement)
        name = self.reading.title(found, "name")
        members = distinct(found, "members")
        speaks_for_members = flag(found, "speaks-for-members")
        if "speaks-for-members" in found and not members:
            raise Misshapen
        return Party(
            id=party,
            name=name,
            short=self.reading.optional_title(found, "short") or name,
            positions=dict(each(found["positions"], self.position)),
            statements=dict(self.statements),
            aliases=distinct(found, "aliases", identifier),
            members=members,
            note=optional_text(found, "note"),
            speakers=dict(self.speakers),
            offers=dict(self.offers),
            formerly=distinct(found, "formerly", identifier),
            speaks_for_members=speaks_for_members,
            plural=flag(found, "plural"),
            role=one_of(found["role"], ROLES) if "role" in found else "",
            answers=dict(each(found["answers"], self.answers)) if "answers" in found else {},
            worth=self.worth(found["worth"]) if "worth" in found else None,
        )

    def worth(self, node: Node) -> Worth:
        return read_worth(
            node, self.issues, lambda found: self.cited(found, "evidence", None), self.reading
        )

    def answers(self, holder: Map, key: str) -> tuple[Answer, ...]:
        def cited(found: Map) -> tuple[Statement, ...]:
            statements = self.cited(found, "evidence", None)
            self.count_days(statements, (), found)
            return statements

        return read_answers(holder, key, self.texts, self.issues, cited, self.reading)

    def speaker(self, holder: Map, key: str) -> Speaker:
        found = fields(holder[key], _SPEAKER_REQUIRED, _SPEAKER)
        title = self.reading.title
        name, role = title(found, "name"), self.reading.optional_title(found, "role")
        return Speaker(key, name, role, flag(found, "outside"))

    def offered(self, holder: Map, key: str) -> Offer:
        found = fields(holder[key], _OFFER_REQUIRED, _OFFER)
        title = text(found["title"])
        until = self.reading.date(found, "until") if "until" in found else None
        return Offer(key, title, until, flag(found, "deadline"))

    def statement(self, holder: Map, key: str) -> Statement | None:
        found = fields(holder[key], _STATEMENT_REQUIRED, _STATEMENT)
        basis: Basis = one_of(found["basis"], BASES)  # type: ignore[assignment]
        source = self.known(found, "source", "CP304", self.sources)
        speaker = None
        if "speaker" in found:
            speaker = self.known(found, "speaker", "CP305", self.speakers)
        said = self.reading.date(found, "said") if "said" in found else None
        texts = {
            field.replace("-", "_"): text(found[field])
            for field in _STATEMENT_TEXTS
            if field in found
        }
        coder = self.reading.optional_title(found, "coder")
        reviewed = self.review(found, "reviewed") if "reviewed" in found else None
        if source is None:
            return None
        day = said or source.date
        return Statement(key, source, speaker, day, basis, coder=coder, reviewed=reviewed, **texts)

    def review(self, found: Map, key: str, issue: Issue | None = None) -> Review:
        review = fields(found[key], _REVIEW, _REVIEW)
        return Review(self.reading.title(review, "by"), self.reading.date(review, "on"))

    def known(self, found: Map, key: str, code: str, those: Register[T]) -> T | None:
        name = identifier(found[key])
        piece = those.get(name)
        if piece is None and those.lacks(name):
            self.reading.unknown(code, found.at(key), key, name, those)
        return piece

    def position(self, holder: Map, key: str) -> tuple[Entry, ...]:
        listed = sequence(holder[key])
        if key not in self.issues and self.issues.lacks(key):
            self.reading.unknown_issue(holder.key_at(key), key, self.issues)
        entries: list[Entry] = []
        for node in listed:
            try:
                entries.append(self.entry(node, key))
            except Misshapen:
                self.reading.misshapen = True
        if len(listed) > 1:
            check_dates(entries, listed, self.reading)
            entries.sort(key=lambda entry: entry.since.first)
        return tuple(entries)

    def entry(self, node: Node, key: str) -> Entry:
        found = fields(node, _ENTRY_REQUIRED, _ENTRY)
        if _VERBS.isdisjoint(found):
            raise Misshapen
        issue = self.issues.get(key)
        read = {
            field: reader(self, found, field, issue)
            for field, reader in _ENTRY_READERS.items()
            if field in found
        }
        if isinstance(grounds := read["evidence"], dict):
            cited = dict.fromkeys(one for statements in grounds.values() for one in statements)
            read |= {"evidence": tuple(cited), "grounds": grounds}
        entry = Entry(issue=key, **read)
        check_entry(entry, issue, found, self.reading)
        told = (*entry.evidence, *entry.against, *entry.context)
        self.count_days(told, [note.day for note in entry.notes], found)
        return entry

    def date(self, found: Map, key: str, issue: Issue | None) -> PartialDate:
        return self.reading.date(found, key)

    def named(self, found: Map, verb: str, issue: Issue | None) -> Named:
        return read_named(found, verb, issue, self.reading)

    def accepts(self, found: Map, verb: str, issue: Issue | None) -> tuple[Acceptance, ...]:
        listed = found[verb]
        if not isinstance(listed, Seq) or not any(map(_is_bare, listed)):
            return self.accepted(found, verb, issue)
        members: list[Acceptance] = []
        for index, member in enumerate(listed):
            if isinstance(member, Seq):
                raise Misshapen
            if _is_conditional(member):
                members += self.conditional(fields(member, *_CONDITIONAL), issue)
            else:
                members += self.accepted(listed, index, issue)
        return tuple(members)

    def accepted(
        self, holder: Map | Seq, at: str | int, issue: Issue | None
    ) -> tuple[Acceptance, ...]:
        outcomes = read_named(holder, at, issue, self.reading)
        return (Acceptance(outcomes),) if outcomes else ()

    def conditional(self, found: Map, issue: Issue | None) -> tuple[Acceptance, ...]:
        if found.keys() == {"outcome"}:
            raise Misshapen
        outcomes = read_named(found, "outcome", issue, self.reading)
        subject_to = optional_text(found, "subject-to")
        requires = self.condition(mapping(found["if"])) if "if" in found else {}
        return (Acceptance(outcomes, requires, subject_to),) if outcomes else ()

    def condition(self, found: Map) -> Named:
        requires: dict[Cell, Outcomes] = {}
        if not found:
            raise Misshapen
        for key in found:
            if self.issues.lacks(identifier(key)):
                self.reading.unknown_issue(found.key_at(key), key, self.issues)
            requires.update(read_named(found, key, self.issues.get(key), self.reading))
        return requires

    def offer(self, found: Map, key: str, issue: Issue | None) -> Offer | None:
        return self.known(found, key, "CP318", self.offers)

    def notes(self, found: Map, key: str, issue: Issue | None) -> tuple[DatedNote, ...]:
        notes = []
        for node in sequence(found[key]):
            note = fields(node, _NOTE, _NOTE)
            notes.append(DatedNote(self.reading.date(note, "day"), text(note["text"])))
        return tuple(notes)

    def grounds(self, found: Map, key: str, issue: Issue | None) -> Any:
        """The statements behind the entry or, if they are written by verb, behind each verb."""
        by_verb = found[key]
        if not isinstance(by_verb, Map):
            return self.cited(found, key, issue)
        if not by_verb or not _VERBS.issuperset(by_verb):
            raise Misshapen
        return {verb: self.cited(by_verb, verb, issue) for verb in by_verb}

    def cited(self, found: Map, key: str, issue: Issue | None) -> tuple[Statement, ...]:
        names = distinct(found, key, identifier)
        cited = [self.statements[name] for name in names if name in self.statements]
        listed = found[key]
        if len(cited) < len(names) and isinstance(listed, Seq):
            for index, name in enumerate(names):
                if self.statements.lacks(name):
                    known = self.statements
                    self.reading.unknown("CP306", listed.at(index), "statement", name, known)
        self.count(cited, found, key)
        return tuple(cited)

    def count(self, cited: Sequence[Statement], found: Map, key: str) -> None:
        """Count what is cited: a report tells a statement again for each position."""
        totals, most = self.reading.totals, limit("cited-characters")
        totals.cited += sum(map(_length, cited))
        if totals.cited > most:
            message = f"the statements cited have more than {most:,} characters in this dossier"
            hint = f"shorten those cited often; {how_to_raise('cited-characters')}"
            self.reading.fault("CP109", found.at(key), message, hint)

    def count_days(
        self, cited: Sequence[Statement], noted: Sequence[PartialDate], found: Map
    ) -> None:
        """Count what is known of an entry, or an answer, on each day on which more of it was."""
        days = {statement.said.first for statement in cited} | {day.first for day in noted}
        if len(days) < 2:
            return
        totals, most = self.reading.totals, limit("evidence-days")
        totals.days += len(days) * (len(cited) + len(noted))
        if totals.days > most:
            message = (
                "the entries of this dossier rest on too many statements of different days: their "
                f"statements and notes times their days come to more than {most:,}"
            )
            hint = f"cite fewer statements in one entry; {how_to_raise('evidence-days')}"
            self.reading.fault("CP109", found.at("evidence"), message, hint)


# In the model's order, which is that of what is found: the first field without the form that its
# schema asks for ends the entry.
_ENTRY_READERS: dict[str, Callable[[_PartyReader, Map, str, Issue | None], Any]] = {
    "since": _PartyReader.date,
    "until": _PartyReader.date,
    "standing": lambda reader, found, key, issue: flag(found, key),
    "demands": _PartyReader.named,
    "proposes": _PartyReader.named,
    "accepts": _PartyReader.accepts,
    "refuses": _PartyReader.named,
    **dict.fromkeys(ENTRY_TEXTS, lambda reader, found, key, issue: text(found[key])),
    "priority": lambda reader, found, key, issue: one_of(found[key], PRIORITIES),
    "evidence": _PartyReader.grounds,
    "against": _PartyReader.cited,
    "context": _PartyReader.cited,
    "notes": _PartyReader.notes,
    "deadline": lambda reader, found, key, issue: flag(found, key),
    "offer": _PartyReader.offer,
    "coder": lambda reader, found, key, issue: reader.reading.title(found, key),
    "reviewed": _PartyReader.review,
}
_ENTRY = frozenset(_ENTRY_READERS)


def _length(statement: Statement) -> int:
    told = (getattr(statement, field.replace("-", "_")) for field in _STATEMENT_TEXTS)
    return sum(map(len, told))


def _is_bare(member: Node) -> bool:
    """Whether this member under `accepts` cannot be read as one outcome with its neighbours."""
    return isinstance(member, Map) and not is_range(member)


def _is_conditional(member: Node) -> bool:
    return isinstance(member, Map) and not CONDITION_KEYS.isdisjoint(member)
