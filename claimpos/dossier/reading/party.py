"""A party's file: who speaks for it, what they said, and the dated positions that follow."""

from __future__ import annotations

from typing import TypeVar

from claimpos.dossier.model import (
    BASES,
    Acceptance,
    Basis,
    Cell,
    Entry,
    Issue,
    Named,
    Party,
    Source,
    Speaker,
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

T = TypeVar("T")

PRIORITIES = ("high", "medium", "low")
VERBS = frozenset({"demands", "proposes", "accepts", "refuses", "reserves"})

_FILE_REQUIRED = frozenset({"party", "name", "statements", "positions"})
_FILE = _FILE_REQUIRED | {"short", "aliases", "members", "note", "speakers"}
_SPEAKER_REQUIRED = frozenset({"name"})
_SPEAKER = _SPEAKER_REQUIRED | {"role", "outside"}
_STATEMENT_REQUIRED = frozenset({"source", "basis", "summary"})
_STATEMENT = _STATEMENT_REQUIRED | {"speaker", "said", "quote", "locator", "note"}
_ENTRY_REQUIRED = frozenset({"since", "evidence"})
_ENTRY = _ENTRY_REQUIRED | VERBS | {"until", "standing", "interest", "priority", "note", "against"}
_CONDITIONAL = (frozenset({"outcome"}), CONDITION_KEYS)


def read_party(
    node: Node,
    issues: Register[Issue],
    sources: Register[Source],
    reading: Reading,
) -> Party | None:
    """The party; what its file holds wrongly is noted in `reading`. None if it is unreadable."""
    try:
        return _PartyReader(issues, sources, reading).read(node)
    except Misshapen:
        reading.misshapen = True
        return None


class _PartyReader:
    def __init__(
        self, issues: Register[Issue], sources: Register[Source], reading: Reading
    ) -> None:
        self.issues = issues
        self.sources = sources
        self.reading = reading
        self.speakers: Register[Speaker] = Register()
        self.speakers.written = ()
        self.statements: Register[Statement] = Register()

    def read(self, node: Node) -> Party:
        found = fields(node, _FILE_REQUIRED, _FILE)
        party = identifier(found["party"])
        if party != self.reading.stem:
            message = f"the file is called {self.reading.stem}.yaml, but its party “{party}”"
            hint = f"rename the file to {party}.yaml, or correct the id"
            self.reading.fault("CP308", found.at("party"), message, hint)
        each = self.reading.each
        if "speakers" in found:
            self.speakers = each(found["speakers"], self.speaker)
        self.statements = each(found["statements"], self.statement)
        name = text(found["name"])
        return Party(
            id=party,
            name=name,
            short=optional_text(found, "short") or name,
            positions=dict(each(found["positions"], self.position)),
            statements=dict(self.statements),
            aliases=distinct(found, "aliases", identifier),
            members=distinct(found, "members"),
            note=optional_text(found, "note"),
            speakers=dict(self.speakers),
        )

    def speaker(self, holder: Map, key: str) -> Speaker:
        found = fields(holder[key], _SPEAKER_REQUIRED, _SPEAKER)
        name, role = text(found["name"]), optional_text(found, "role")
        return Speaker(key, name, role, flag(found, "outside"))

    def statement(self, holder: Map, key: str) -> Statement | None:
        found = fields(holder[key], _STATEMENT_REQUIRED, _STATEMENT)
        basis: Basis = one_of(found["basis"], BASES)  # type: ignore[assignment]
        source = self.known(found, "source", "CP304", self.sources)
        speaker = None
        if "speaker" in found:
            speaker = self.known(found, "speaker", "CP305", self.speakers)
        said = self.reading.date(found, "said") if "said" in found else None
        statement = {
            "summary": text(found["summary"]),
            "quote": optional_text(found, "quote"),
            "locator": optional_text(found, "locator"),
            "note": optional_text(found, "note"),
        }
        if source is None:
            return None
        return Statement(key, source, speaker, said or source.date, basis, **statement)

    def known(self, found: Map, key: str, code: str, those: Register[T]) -> T | None:
        name = identifier(found[key])
        if those.lacks(name):
            self.reading.unknown(code, found.at(key), key, name, those)
        return those.get(name)

    def position(self, holder: Map, key: str) -> tuple[Entry, ...]:
        listed = sequence(holder[key])
        if self.issues.lacks(key):
            what = "issue on the agenda called"
            self.reading.unknown("CP301", holder.key_at(key), what, key, self.issues)
        entries: list[Entry] = []
        for node in listed:
            try:
                entries.append(self.entry(node, key))
            except Misshapen:
                self.reading.misshapen = True
        check_dates(entries, listed, self.reading)
        return tuple(sorted(entries, key=lambda entry: entry.since.first))

    def entry(self, node: Node, key: str) -> Entry:
        found = fields(node, _ENTRY_REQUIRED, _ENTRY)
        if VERBS.isdisjoint(found):
            raise Misshapen
        issue = self.issues.get(key)
        entry = Entry(
            issue=key,
            since=self.reading.date(found, "since"),
            until=self.reading.date(found, "until") if "until" in found else None,
            standing=flag(found, "standing"),
            demands=self.named(found, "demands", issue),
            proposes=self.named(found, "proposes", issue),
            accepts=self.accepts(found, issue),
            refuses=self.named(found, "refuses", issue),
            reserves=optional_text(found, "reserves"),
            interest=optional_text(found, "interest"),
            priority=one_of(found["priority"], PRIORITIES) if "priority" in found else "",
            note=optional_text(found, "note"),
            evidence=self.cited(found, "evidence"),
            against=self.cited(found, "against"),
        )
        check_entry(entry, issue, found, self.reading)
        return entry

    def named(self, found: Map, verb: str, issue: Issue | None) -> Named:
        return read_named(found, verb, issue, self.reading) if verb in found else {}

    def accepts(self, found: Map, issue: Issue | None) -> tuple[Acceptance, ...]:
        if "accepts" not in found:
            return ()
        listed = found["accepts"]
        if not isinstance(listed, Seq) or not any(map(_stands_alone, listed)):
            return self.accepted(found, "accepts", issue)
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
                what = "issue on the agenda called"
                self.reading.unknown("CP301", found.key_at(key), what, key, self.issues)
            requires.update(read_named(found, key, self.issues.get(key), self.reading))
        return requires

    def cited(self, found: Map, key: str) -> tuple[Statement, ...]:
        if key not in found:
            return ()
        listed = found[key]
        names = distinct(found, key, identifier)
        for index, name in enumerate(names):
            if isinstance(listed, Seq) and self.statements.lacks(name):
                self.reading.unknown("CP306", listed.at(index), "statement", name, self.statements)
        return tuple(self.statements[name] for name in names if name in self.statements)


def _stands_alone(member: Node) -> bool:
    """Whether this member under `accepts` cannot be read as one outcome with its neighbours."""
    return isinstance(member, Map) and not is_range(member)


def _is_conditional(member: Node) -> bool:
    return isinstance(member, Map) and not CONDITION_KEYS.isdisjoint(member)
