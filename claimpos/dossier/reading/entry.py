"""Reads the entries of a party's file, and the statements that they cite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from claimpos.dossier.limits import how_to_raise
from claimpos.dossier.model import (
    ENTRY_TEXTS,
    VERBS,
    Acceptance,
    Cell,
    DatedNote,
    Entry,
    Issue,
    Named,
    Offer,
    PartialDate,
    Review,
    Statement,
)
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Outcomes
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

STATEMENT_TEXTS = ("summary", "quote", "quote-original", "locator", "note")
"""The keys of a statement that hold a text; reports pass it on unchanged."""


class Citations:
    """Looks up the statements that a party's file cites by their ids."""

    def __init__(self, statements: Register[Statement], reading: Reading) -> None:
        self.statements = statements
        self.reading = reading

    def cited(self, found: Map, key: str) -> tuple[Statement, ...]:
        """The statements under a key; unknown ids are reported."""
        names = distinct(found, key, identifier)
        cited = [self.statements[name] for name in names if name in self.statements]
        listed = found[key]
        if len(cited) < len(names) and isinstance(listed, Seq):
            for index, name in enumerate(names):
                if self.statements.lacks(name):
                    known = self.statements
                    self.reading.unknown("CP306", listed.at(index), "statement", name, known)
        self._count(cited, found, key)
        return tuple(cited)

    def _count(self, cited: Sequence[Statement], found: Map, key: str) -> None:
        """Count the characters cited, because reports repeat a statement for each position."""
        totals, most = self.reading.totals, self.reading.totals.limits["cited-characters"]
        totals.cited += sum(map(_length, cited))
        if totals.cited > most:
            message = f"the statements cited have more than {most:,} characters in this dossier"
            hint = f"shorten those cited often; {how_to_raise('cited-characters')}"
            self.reading.fault("CP109", found.at(key), message, hint)

    def count_days(
        self, cited: Sequence[Statement], noted: Sequence[PartialDate], found: Map
    ) -> None:
        """Count the statements and notes of an entry or an answer, times their different days."""
        if len(cited) + len(noted) < 2:  # as of most
            return
        days = {statement.said.first for statement in cited} | {day.first for day in noted}
        if len(days) < 2:
            return
        totals, most = self.reading.totals, self.reading.totals.limits["evidence-days"]
        totals.days += len(days) * (len(cited) + len(noted))
        if totals.days > most:
            message = (
                "the entries of this dossier rest on too many statements of different days: their "
                f"statements and notes times their days come to more than {most:,}"
            )
            hint = f"cite fewer statements in one entry; {how_to_raise('evidence-days')}"
            self.reading.fault("CP109", found.at("evidence"), message, hint)


_texts_of = attrgetter(*(field.replace("-", "_") for field in STATEMENT_TEXTS))


def _length(statement: Statement) -> int:
    return sum(map(len, _texts_of(statement)))


PRIORITIES = ("high", "medium", "low")

_NOTE = frozenset({"day", "text"})
_REVIEW = frozenset({"by", "on"})
_VERBS = frozenset(VERBS)
_ENTRY_REQUIRED = frozenset({"since", "evidence"})
_CONDITIONAL = (frozenset({"outcome"}), CONDITION_KEYS)


def read_review(found: Map, key: str, reading: Reading) -> Review:
    """Who has reviewed a statement or an entry, and on which day."""
    review = fields(found[key], _REVIEW, _REVIEW)
    return Review(reading.title(review, "by"), reading.date(review, "on"))


class EntryReader:
    """Reads the entries of one party; errors are noted in `reading`."""

    def __init__(
        self,
        issues: Register[Issue],
        offers: Register[Offer],
        citations: Citations,
        reading: Reading,
    ) -> None:
        self.issues = issues
        self.offers = offers
        self.citations = citations
        self.reading = reading

    def on_issue(self, holder: Map, key: str) -> tuple[Entry, ...]:
        """The entries on one issue, in the order of their dates."""
        listed = sequence(holder[key])
        if key not in self.issues and self.issues.lacks(key):
            self.reading.unknown_issue(holder.key_at(key), key, self.issues)
        entries: list[Entry] = []
        for node in listed:
            try:
                entries.append(self._entry(node, key))
            except Misshapen:
                self.reading.misshapen = True
        if len(listed) > 1:
            check_dates(entries, listed, self.reading)
            entries.sort(key=lambda entry: entry.since.first)
        return tuple(entries)

    def _entry(self, node: Node, key: str) -> Entry:
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
        statements = (*entry.evidence, *entry.against, *entry.context)
        self.citations.count_days(statements, [note.day for note in entry.notes], found)
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
        return self.reading.known(found, key, "CP318", self.offers)

    def notes(self, found: Map, key: str, issue: Issue | None) -> tuple[DatedNote, ...]:
        notes = []
        for node in sequence(found[key]):
            note = fields(node, _NOTE, _NOTE)
            notes.append(DatedNote(self.reading.date(note, "day"), text(note["text"])))
        return tuple(notes)

    def grounds(self, found: Map, key: str, issue: Issue | None) -> Any:
        """The statements behind the entry or, if they are given by verb, behind each verb."""
        by_verb = found[key]
        if not isinstance(by_verb, Map):
            return self.citations.cited(found, key)
        if not by_verb or not _VERBS.issuperset(by_verb):
            raise Misshapen
        return {verb: self.citations.cited(by_verb, verb) for verb in by_verb}

    def cited(self, found: Map, key: str, issue: Issue | None) -> tuple[Statement, ...]:
        return self.citations.cited(found, key)

    def review(self, found: Map, key: str, issue: Issue | None) -> Review:
        return read_review(found, key, self.reading)


# How each key of an entry is read, into the field of the same name. The order is that of the model,
# in which findings appear: the first key that does not have its form ends the entry.
_ENTRY_READERS: dict[str, Callable[[EntryReader, Map, str, Issue | None], Any]] = {
    "since": EntryReader.date,
    "until": EntryReader.date,
    "standing": lambda reader, found, key, issue: flag(found, key),
    "demands": EntryReader.named,
    "proposes": EntryReader.named,
    "accepts": EntryReader.accepts,
    "refuses": EntryReader.named,
    **dict.fromkeys(ENTRY_TEXTS, lambda reader, found, key, issue: text(found[key])),
    "priority": lambda reader, found, key, issue: one_of(found[key], PRIORITIES),
    "evidence": EntryReader.grounds,
    "against": EntryReader.cited,
    "context": EntryReader.cited,
    "notes": EntryReader.notes,
    "deadline": lambda reader, found, key, issue: flag(found, key),
    "offer": EntryReader.offer,
    "coder": lambda reader, found, key, issue: reader.reading.title(found, key),
    "reviewed": EntryReader.review,
}
_ENTRY = frozenset(_ENTRY_READERS)


def _is_bare(member: Node) -> bool:
    """Whether a member under `accepts` is a map of its own, and not one of a list of outcomes."""
    return isinstance(member, Map) and not is_range(member)


def _is_conditional(member: Node) -> bool:
    return isinstance(member, Map) and not CONDITION_KEYS.isdisjoint(member)
