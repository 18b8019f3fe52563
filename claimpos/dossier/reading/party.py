"""Reads a party's file: its names, speakers, statements and offers.

Entries are read by `entry`, answers and points by `answers`.
"""

from __future__ import annotations

from collections.abc import Collection

from claimpos.dossier.model import (
    BASES,
    Answer,
    Basis,
    Issue,
    Offer,
    Party,
    Source,
    Speaker,
    Statement,
    Worth,
)
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.reading.answers import read_answers, read_worth
from claimpos.dossier.reading.entry import STATEMENT_TEXTS, Citations, EntryReader, read_review
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    fields,
    flag,
    identifier,
    one_of,
    optional_text,
    text,
)

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
_OFFER_REQUIRED = frozenset({"title"})
_OFFER = _OFFER_REQUIRED | {"until", "deadline"}


def read_party(
    node: Node,
    issues: Register[Issue],
    sources: Register[Source],
    reading: Reading,
    texts: Collection[str] = (),
) -> Party | None:
    """The party, or None if it is unreadable; errors are noted in `reading`.

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

    def read(self, node: Node) -> Party:
        found = fields(node, _FILE_REQUIRED, _FILE)
        party = identifier(found["party"])
        self.reading.check_stem(found, "party")
        each = self.reading.each
        if "speakers" in found:
            self.speakers = each(found["speakers"], self.speaker)
        offers: Register[Offer] = Register()
        offers.written = ()
        if "offers" in found:
            offers = each(found["offers"], self.offered)
        statements = each(found["statements"], self.statement)
        citations = Citations(statements, self.reading)
        entries = EntryReader(self.issues, offers, citations, self.reading)
        name = self.reading.title(found, "name")
        members = distinct(found, "members")
        speaks_for_members = flag(found, "speaks-for-members")
        if "speaks-for-members" in found and not members:
            raise Misshapen
        return Party(
            id=party,
            name=name,
            short=self.reading.optional_title(found, "short") or name,
            positions=dict(each(found["positions"], entries.on_issue)),
            statements=dict(statements),
            aliases=distinct(found, "aliases", identifier),
            members=members,
            note=optional_text(found, "note"),
            speakers=dict(self.speakers),
            offers=dict(offers),
            formerly=distinct(found, "formerly", identifier),
            speaks_for_members=speaks_for_members,
            plural=flag(found, "plural"),
            role=one_of(found["role"], ROLES) if "role" in found else "",
            answers=self.answers(found["answers"], citations) if "answers" in found else {},
            worth=self.worth(found["worth"], citations) if "worth" in found else None,
        )

    def worth(self, node: Node, citations: Citations) -> Worth:
        def cited(found: Map) -> tuple[Statement, ...]:
            return citations.cited(found, "evidence")

        return read_worth(node, self.issues, cited, self.reading)

    def answers(self, node: Node, citations: Citations) -> dict[str, tuple[Answer, ...]]:
        def cited(found: Map) -> tuple[Statement, ...]:
            statements = citations.cited(found, "evidence")
            citations.count_days(statements, (), found)
            return statements

        def read(holder: Map, key: str) -> tuple[Answer, ...]:
            return read_answers(holder, key, self.texts, self.issues, cited, self.reading)

        return dict(self.reading.each(node, read))

    def speaker(self, holder: Map, key: str) -> Speaker:
        found = fields(holder[key], _SPEAKER_REQUIRED, _SPEAKER)
        title = self.reading.title
        name, role = title(found, "name"), self.reading.optional_title(found, "role")
        return Speaker(key, name, role, flag(found, "outside"))

    def offered(self, holder: Map, key: str) -> Offer:
        found = fields(holder[key], _OFFER_REQUIRED, _OFFER)
        title = self.reading.title(found, "title")
        until = self.reading.date(found, "until") if "until" in found else None
        return Offer(key, title, until, flag(found, "deadline"))

    def statement(self, holder: Map, key: str) -> Statement | None:
        found = fields(holder[key], _STATEMENT_REQUIRED, _STATEMENT)
        basis: Basis = one_of(found["basis"], BASES)  # type: ignore[assignment]
        source = self.reading.known(found, "source", "CP304", self.sources)
        speaker = None
        if "speaker" in found:
            speaker = self.reading.known(found, "speaker", "CP305", self.speakers)
        said = self.reading.date(found, "said") if "said" in found else None
        texts = {
            field.replace("-", "_"): text(found[field])
            for field in STATEMENT_TEXTS
            if field in found
        }
        coder = self.reading.optional_title(found, "coder")
        reviewed = read_review(found, "reviewed", self.reading) if "reviewed" in found else None
        if source is None:
            return None
        day = said or source.date
        return Statement(key, source, speaker, day, basis, coder=coder, reviewed=reviewed, **texts)
