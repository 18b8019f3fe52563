"""A dossier as a table, or as sheets with one for each kind of piece, which `import` reads back.

In the table there is a line for each statement behind a position. Lines without a party say what
the agenda and the sources are, lines without an issue who the parties are. A piece is written in
full the first time, and later by its id alone. What has no column is counted by `not_in_table`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from claimpos.dossier.model import Answer, Dossier, Entry, Issue, Party, Statement
from claimpos.importing.cells import FIELDS, FLAGS, STANCE, PieceKind
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
from claimpos.importing.writing import flow
from claimpos.wording.grammar import counted

# What lines say of issues and of their own statements if these have no sheets.
_ELSEWHERE = frozenset({"options", "items", STANCE})
_CITING = frozenset({"evidence", "evidence_for", "against", "context"})


class SheetKind(NamedTuple):
    """What the lines of a sheet describe.

    Attributes:
        keys: The columns that identify what a line describes; they come first.
        columns: All columns.
    """

    keys: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which a sheet is not of this kind; a day may be given for all."""
        return frozenset(self.keys) - {"since"}


def _kind(piece: PieceKind, keys: tuple[str, ...], *others: str) -> SheetKind:
    """A sheet with the keys and own fields of a kind of piece, and `others` from other kinds."""
    own = [
        field
        for field, held in FIELDS.items()
        if held.piece == piece and field not in {*_ELSEWHERE, *_CITING, *keys}
    ]
    return SheetKind(keys, (*keys, *own, *others))


SHEETS: Mapping[str, SheetKind] = {
    "dossier": _kind("dossier", ("dossier",)),
    "groups": _kind("group", ("group",)),
    "issues": _kind("issue", ("issue",), "group"),
    "options": _kind("option", ("issue", "option")),
    "items": _kind("item", ("issue", "item")),
    "parties": _kind("party", ("party",)),
    "speakers": _kind("speaker", ("party", "speaker")),
    "offers": _kind("offer", ("party", "offer")),
    "sources": _kind("source", ("source",)),
    "statements": _kind("statement", ("party", "statement"), "source", "speaker"),
    "positions": _kind(
        "entry", ("party", "issue", "since"), "offer", "evidence", "against", "context"
    ),
    "proposals": _kind("proposal", ("proposal",), "source"),
    "terms": _kind("term", ("proposal", "issue")),
    "answers": _kind("answer", ("party", "proposal", "since"), "until", "evidence"),
}
"""The kinds by the names of their sheets, in the order in which they are written and read."""


# What the single table says in other ways: a position by item, outcomes and evidence one by one.
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
    yield from (row for _, row in _agenda(dossier))
    for party in dossier.parties.values():
        yield from _party(party, dossier)


def _agenda(dossier: Dossier) -> Iterator[tuple[str, Row]]:
    """What belongs to no party, each with the name of its sheet."""
    yield "dossier", talks_row(dossier)
    for group, title in dossier.groups.items():
        yield "groups", {"group": group, "group_title": title}
    for source in dossier.sources.values():
        yield "sources", source_row(source)
    for issue in dossier.issues.values():
        yield "issues", issue_row(issue)
    for proposal in dossier.proposals.values():
        yield "proposals", proposal_row(proposal)
        for issue_id in proposal.terms:
            yield "terms", term_row(proposal, dossier.issues[issue_id])


def described(dossier: Dossier, named: Container[str]) -> Iterator[Row]:
    """Lines on all that a dossier holds but positions; of statements, only those named."""
    yield from (row for _, row in _agenda(dossier))
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
    marked = sum(bool(one.paragraphs or one.no_position) for one in dossier.sources.values())
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
            (
                "The sources'",
                marked,
                "list of paragraphs without a position is",
                "lists of paragraphs without a position are",
            ),
            ("The agenda's", texts, "wording of an article is", "wordings of articles are"),
        )
        if number
    ]


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
        """A row for each statement behind an answer; only the first states the answer in full."""
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
        """Rows for what no position names: statements, unless left out, speakers and offers."""
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


# ---- as sheets ----


def exported_sheets(dossier: Dossier) -> dict[str, list[list[str]]]:
    """The rows of each sheet, its header first; a kind that the dossier lacks has no sheet."""
    rows: dict[str, list[Row]] = {name: [] for name in SHEETS}
    of_parties = (_pieces(party, dossier) for party in dossier.parties.values())
    for name, row in chain(_agenda(dossier), _outcomes(dossier), *of_parties):
        rows[name].append(row)
    return {
        name: [[*kind.columns], *([row.get(one, "") for one in kind.columns] for row in rows[name])]
        for name, kind in SHEETS.items()
        if rows[name]
    }


def _outcomes(dossier: Dossier) -> Iterator[tuple[str, Row]]:
    """The options and items of issues, each with the name of its sheet."""
    for issue in dossier.issues.values():
        for option, title in issue.options.items():
            yield "options", {"issue": issue.id, "option": option, "option_title": title}
        for item, title in issue.items.items():
            yield "items", {"issue": issue.id, "item": item, "item_title": title}


def _pieces(party: Party, dossier: Dossier) -> Iterator[tuple[str, Row]]:
    """A party and what belongs to it, each with the name of its sheet."""
    whose = {"party": party.id}
    yield "parties", party_row(party)
    for speaker in party.speakers.values():
        yield "speakers", whose | speaker_row(speaker)
    for offer in party.offers.values():
        yield "offers", whose | offer_row(offer)
    for statement in party.statements.values():
        yield "statements", whose | statement_row(statement)
    for issue, entries in party.positions.items():
        for entry in entries:
            yield "positions", entry_row(entry, dossier.issues[issue], party) | _cited(entry)
    for answers in party.answers.values():
        for answer in answers:
            yield "answers", answer_row(answer, party) | {"evidence": _listed(answer.evidence)}


def _cited(entry: Entry) -> Row:
    return {
        "evidence": _by_verb(entry.grounds) if entry.grounds else _listed(entry.evidence),
        "against": _listed(entry.against),
        "context": _listed(entry.context),
    }


def _by_verb(grounds: Mapping[str, Iterable[Statement]]) -> str:
    return flow({verb: [one.id for one in behind] for verb, behind in grounds.items()})


def _listed(statements: Iterable[Statement]) -> str:
    """The ids with semicolons between them; in brackets if this could be read as yes or no."""
    ids = [one.id for one in statements]
    listed = "; ".join(ids)
    return flow(ids) if listed in FLAGS else listed
