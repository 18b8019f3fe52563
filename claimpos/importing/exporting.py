"""A dossier as a table that `import` reads back: one line per statement behind a position.

Lines without a party say what the agenda and the sources are, lines without an issue who the
parties are. A piece is written in full the first time, and later by its id alone. What has no
column is counted by `not_in_table`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from claimpos.dossier.model import Answer, Dossier, Entry, Issue, Party, Proposal, Statement
from claimpos.importing.cells import FIELDS, STANCE
from claimpos.importing.piece_rows import (
    Row,
    answer_row,
    entry_row,
    filled,
    issue_row,
    offer_row,
    party_row,
    proposal_row,
    source_row,
    speaker_row,
    statement_row,
    talks_row,
    term_row,
)
from claimpos.wording.names import counted

# What one table says otherwise: a position by item, outcomes and evidence one by one.
_OTHERWISE = frozenset({STANCE, "option", "option_title", "item", "item_title", "evidence"})
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
    (field for field in FIELDS if field not in _OTHERWISE),
    key=lambda field: (
        _FIRST.index(field) - len(_FIRST) if field in _FIRST else _LATER.get(FIELDS[field].piece, 1)
    ),
)


def exported(dossier: Dossier) -> list[list[str]]:
    """The table's rows, the header first; every row has all the columns."""
    rows = [[row.get(column, "") for column in COLUMNS] for row in _rows(dossier)]
    return [COLUMNS, *rows]


def _rows(dossier: Dossier) -> Iterator[Row]:
    yield from _agenda(dossier)
    for proposal in dossier.proposals.values():
        yield from _proposal(proposal, dossier)
    for party in dossier.parties.values():
        yield from _party(party, dossier)


def _agenda(dossier: Dossier) -> Iterator[Row]:
    """Lines on the talks, the groups, the sources and the issues."""
    yield talks_row(dossier)
    for group, title in dossier.groups.items():
        yield {"group": group, "group_title": title}
    yield from map(source_row, dossier.sources.values())
    yield from map(issue_row, dossier.issues.values())


def described(dossier: Dossier, named: Container[str]) -> Iterator[Row]:
    """Lines on all that a dossier holds but positions; of statements, only those named."""
    yield from _agenda(dossier)
    for proposal in dossier.proposals.values():
        yield from _proposal(proposal, dossier)
    for party in dossier.parties.values():
        yield party_row(party)
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
        f"{whose} {counted(number, one, many)} not exported."
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


def _proposal(proposal: Proposal, dossier: Dossier) -> Iterator[Row]:
    """A line on the proposal, then one for each of its terms."""
    yield proposal_row(proposal)
    for issue in proposal.terms:
        yield term_row(proposal, dossier.issues[issue])


def _party(party: Party, dossier: Dossier) -> Iterator[Row]:
    """A line on the party, then its positions and answers, then what none of them rests on."""
    yield party_row(party)
    rows = _PartyRows(party)
    for issue, entries in party.positions.items():
        for entry in entries:
            yield from rows.entry(entry, dossier.issues[issue])
    for answers in party.answers.values():
        for answer in answers:
            yield from rows.answer(answer)
    yield from rows.rest()


class _PartyRows:
    """The rows of a party, with each statement, speaker and offer in full the first time."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self.written: set[tuple[str, str]] = set()

    def entry(self, entry: Entry, issue: Issue) -> Iterator[Row]:
        key = {"party": self.party.id, "issue": entry.issue, "since": entry.since.text}
        rest = entry_row(entry, issue, self.party)
        rest |= self.offer(entry.offer.id) if entry.offer else {}
        by_verb = entry.grounds or {"": entry.evidence}
        for verb, behind in by_verb.items():
            for statement in behind:
                yield key | rest | filled({"evidence_for": verb}) | self.statement(statement)
                rest = {}
        for use, aside in (("against", entry.against), ("context", entry.context)):
            for statement in aside:
                yield key | {use: "true"} | self.statement(statement)

    def answer(self, answer: Answer) -> Iterator[Row]:
        """A line for each statement behind an answer; those after the first do not repeat it."""
        rest = answer_row(answer, self.party)
        for statement in answer.evidence:
            yield rest | self.statement(statement)
            rest = {field: rest[field] for field in ("party", "proposal", "since", "answer")}

    def statement(self, statement: Statement) -> Row:
        if self._known("statement", statement.id):
            return {"statement": statement.id}
        speaker = self.speaker(statement.speaker.id) if statement.speaker else {}
        return statement_row(statement) | speaker

    def speaker(self, name: str) -> Row:
        is_known = self._known("speaker", name)
        return {"speaker": name} if is_known else speaker_row(self.party.speakers[name])

    def offer(self, name: str) -> Row:
        return {"offer": name} if self._known("offer", name) else offer_row(self.party.offers[name])

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
