"""A dossier as a table that `import` reads back: one line per statement behind a position.

Lines without a party say what the agenda and the sources are, lines without an issue who the
parties are. A piece is written in full the first time, and later by its id alone. What has no
column is counted by `not_in_table`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from claimpos.dossier.model import (
    ENTRY_TEXTS,
    OUTCOME_VERBS,
    QUOTE_WORDS,
    Dossier,
    Entry,
    Issue,
    Party,
    Source,
    Statement,
)
from claimpos.importing.cells import FIELDS
from claimpos.importing.exporting_texts import answer_rows, proposal_rows
from claimpos.importing.writing import flow
from claimpos.rendering.diff_report import entry_report
from claimpos.wording.names import counted

# Who says what on which issue comes first; the rest follows in the order of FIELDS.
_FIRST = ("party", "issue", "since")
_LATER = {
    **dict.fromkeys(("proposal", "term", "answer"), 2),
    "party": 3,
    "issue": 4,
    "group": 5,
    "dossier": 6,
}
COLUMNS = sorted(
    (field for field in FIELDS if field not in {"stance", "item"}),
    key=lambda field: (
        _FIRST.index(field) - len(_FIRST) if field in _FIRST else _LATER.get(FIELDS[field].piece, 1)
    ),
)

Row = dict[str, str]


def exported(dossier: Dossier) -> list[list[str]]:
    """The table's rows, the header first; every row has all the columns."""
    rows = [[row.get(column, "") for column in COLUMNS] for row in _rows(dossier)]
    return [COLUMNS, *rows]


def _rows(dossier: Dossier) -> Iterator[Row]:
    yield from _agenda(dossier)
    for proposal in dossier.proposals.values():
        yield from proposal_rows(proposal, dossier.issues, _filled)
    for party in dossier.parties.values():
        yield from _party(party, dossier)


def _agenda(dossier: Dossier) -> Iterator[Row]:
    """Lines on the talks, the groups, the sources and the issues."""
    yield _talks(dossier)
    for group, title in dossier.groups.items():
        yield {"group": group, "group_title": title}
    for source in dossier.sources.values():
        yield _source(source)
    for issue in dossier.issues.values():
        yield _issue(issue)


def described(dossier: Dossier, named: Container[str]) -> Iterator[Row]:
    """Lines on all that a dossier holds but positions; of statements, only those named."""
    yield from _agenda(dossier)
    for proposal in dossier.proposals.values():
        yield from proposal_rows(proposal, dossier.issues, _filled)
    for party in dossier.parties.values():
        yield _party_itself(party)
        rows = _PartyRows(party)
        for name, statement in party.statements.items():
            if name in named:
                yield {"party": party.id} | rows.statement(statement)
        yield from rows.rest(statements=False)


def not_in_table(dossier: Dossier) -> list[str]:
    """What the dossier loses as a table, a sentence for each kind of thing."""
    old_ids = sum(
        len(old)
        for issue in dossier.issues.values()
        for old in (*issue.options_formerly.values(), *issue.items_formerly.values())
    )
    rules = sum(issue.decides is not None for issue in dossier.issues.values())
    votes = sum(len(issue.abstentions) for issue in dossier.issues.values())
    scored = sum(party.worth is not None for party in dossier.parties.values())
    texts = sum(bool(issue.text) + len(issue.option_texts) for issue in dossier.issues.values())
    parties = dossier.parties.values()
    pieces: list[Statement | Entry] = [one for each in parties for one in each.statements.values()]
    pieces += [one for each in parties for entries in each.positions.values() for one in entries]
    coded = sum(bool(piece.coder or piece.reviewed) for piece in pieces)
    return [
        f"{whose} {counted(number, one, many)} not in the table."
        for whose, number, one, many in (
            ("The issues'", rules, "decision rule is", "decision rules are"),
            ("The options'", votes, "mark of an abstention is", "marks of abstentions are"),
            ("The parties'", scored, "set of points is", "sets of points are"),
            (
                "The agenda's",
                old_ids,
                "old id of an option or item is",
                "old ids of options and items are",
            ),
            (
                "The parties'",
                coded,
                "note of who coded or reviewed something is",
                "notes of who coded or reviewed something are",
            ),
            ("The agenda's", texts, "wording of an article is", "wordings of articles are"),
        )
        if number
    ]


def _talks(dossier: Dossier) -> Row:
    words = dossier.quote_words
    return _filled(
        {
            "dossier": dossier.title,
            "talks_closed": dossier.closed.text if dossier.closed else "",
            "quote_words": words if words != QUOTE_WORDS else None,
            "single_undertaking": dossier.single_undertaking,
            **{f"dossier_{key}": text for key, text in dossier.origin._asdict().items()},
        }
    )


def _filled(row: Mapping[str, Any]) -> Row:
    """The row with texts for values; what is empty, false or none is left empty."""
    return {field: _cell(value) for field, value in row.items() if value not in ("", False, None)}


def _cell(value: Any) -> str:
    return str(value) if isinstance(value, str) else flow(value)


def _source(source: Source) -> Row:
    return _filled(
        {
            "source": source.id,
            "source_title": source.title,
            "publisher": source.publisher,
            "source_date": source.date.text,
            "status": source.status,
            "authors": source.authors or None,
            "url": source.url,
            "archived": source.archived,
            "language": source.language,
            "translation": source.translation,
            "source_note": source.note,
        }
    )


def _issue(issue: Issue) -> Row:
    bounds = {"minimum": issue.minimum, "maximum": issue.maximum}
    return _filled(
        {
            "issue": issue.id,
            "title": issue.title,
            "question": issue.question,
            "group": issue.group,
            "kind": issue.kind,
            "options": dict(issue.options) or None,
            "items": dict(issue.items) or None,
            "unit": issue.unit,
            "integer": issue.integer,
            "core": issue.core,
            "no_agreement": [one for one in issue.options if one in issue.no_agreement] or None,
            "presupposes": [one.written for one in issue.presupposes] or None,
            "issue_note": issue.note,
            "issue_also": issue.also or None,
            "issue_formerly": issue.formerly or None,
        }
    ) | {key: flow(bound) for key, bound in bounds.items() if bound is not None}


def _party(party: Party, dossier: Dossier) -> Iterator[Row]:
    """A line on the party, then its positions, then what no position rests on."""
    yield _party_itself(party)
    rows = _PartyRows(party)
    for issue, entries in party.positions.items():
        for entry in entries:
            yield from rows.entry(entry, dossier.issues[issue])
    yield from answer_rows(party, rows.statement, _filled)
    yield from rows.rest()


def _party_itself(party: Party) -> Row:
    return _filled(
        {
            "party": party.id,
            "name": party.name,
            "short": party.short if party.short != party.name else "",
            "aliases": party.aliases or None,
            "members": party.members or None,
            "speaks_for_members": party.speaks_for_members,
            "plural": party.plural,
            "party_role": party.role,
            "party_note": party.note,
            "party_formerly": party.formerly or None,
        }
    )


class _PartyRows:
    """The rows of a party, with each statement, speaker and offer in full the first time."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self.written: set[tuple[str, str]] = set()

    def entry(self, entry: Entry, issue: Issue) -> Iterator[Row]:
        key = {"party": self.party.id, "issue": entry.issue, "since": entry.since.text}
        report = entry_report(entry, issue, self.party.id)
        position = {verb: report.get(verb) for verb in OUTCOME_VERBS}
        said: dict[str, Any] = {
            "until": entry.until.text if entry.until else "",
            "standing": entry.standing,
            "deadline": entry.deadline,
            "dated_notes": [{"day": one.day.text, "text": one.text} for one in entry.notes] or None,
            **{text: getattr(entry, text) for text in ENTRY_TEXTS},
        }
        outcomes = {verb: flow(said) for verb, said in position.items() if said is not None}
        rest = _filled(said) | outcomes | (self.offer(entry.offer.id) if entry.offer else {})
        by_verb = entry.grounds or {"": entry.evidence}
        for verb, behind in by_verb.items():
            for statement in behind:
                yield key | rest | _filled({"evidence_for": verb}) | self.statement(statement)
                rest = {}
        for use, aside in (("against", entry.against), ("context", entry.context)):
            for statement in aside:
                yield key | {use: "true"} | self.statement(statement)

    def statement(self, statement: Statement) -> Row:
        if self._known("statement", statement.id):
            return {"statement": statement.id}
        row = {
            "statement": statement.id,
            "said": statement.said.text,
            "basis": statement.basis,
            "summary": statement.summary,
            "quote": statement.quote,
            "quote_original": statement.quote_original,
            "locator": statement.locator,
            "statement_note": statement.note,
            "source": statement.source.id,
        }
        return _filled(row) | (self.speaker(statement.speaker.id) if statement.speaker else {})

    def speaker(self, name: str) -> Row:
        speaker = self.party.speakers[name]
        if self._known("speaker", name):
            return {"speaker": name}
        row = {"speaker_name": speaker.name, "role": speaker.role, "outside": speaker.outside}
        return {"speaker": name} | _filled(row)

    def offer(self, name: str) -> Row:
        offer = self.party.offers[name]
        if self._known("offer", name):
            return {"offer": name}
        row = {
            "offer": name,
            "offer_title": offer.title,
            "offer_until": offer.until.text if offer.until else "",
            "offer_deadline": offer.deadline,
        }
        return _filled(row)

    def rest(self, statements: bool = True) -> Iterator[Row]:
        """Statements, speakers and offers that no position names; or without the statements."""
        for statement in self.party.statements.values() if statements else ():
            if ("statement", statement.id) not in self.written:
                yield {"party": self.party.id} | self.statement(statement)
        for name in self.party.speakers:
            if ("speaker", name) not in self.written:
                yield {"party": self.party.id} | self.speaker(name)
        for name in self.party.offers:
            if ("offer", name) not in self.written:
                yield {"party": self.party.id} | self.offer(name)

    def _known(self, kind: str, name: str) -> bool:
        known = (kind, name) in self.written
        self.written.add((kind, name))
        return known
