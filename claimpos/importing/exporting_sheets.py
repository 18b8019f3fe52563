"""A dossier as sheets that `import` reads back: for each kind of piece a sheet, a line for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from claimpos.dossier.model import Dossier, Entry, Party, Statement
from claimpos.importing.cells import FLAGS
from claimpos.importing.piece_rows import (
    Row,
    answer_row,
    entry_row,
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
from claimpos.importing.sheet_kinds import SHEETS
from claimpos.importing.writing import flow


def exported_sheets(dossier: Dossier) -> dict[str, list[list[str]]]:
    """The rows of each sheet, its header first; a kind that the dossier lacks has no sheet."""
    rows: dict[str, list[Row]] = {name: [] for name in SHEETS}
    for name, row in _agenda(dossier):
        rows[name].append(row)
    for party in dossier.parties.values():
        for name, row in _party(party, dossier):
            rows[name].append(row)
    return {
        name: [[*kind.columns], *([row.get(one, "") for one in kind.columns] for row in rows[name])]
        for name, kind in SHEETS.items()
        if rows[name]
    }


def _agenda(dossier: Dossier) -> Iterator[tuple[str, Row]]:
    """What belongs to no party, each with the name of its sheet."""
    yield "dossier", talks_row(dossier)
    for group, title in dossier.groups.items():
        yield "groups", {"group": group, "group_title": title}
    for issue in dossier.issues.values():
        yield "issues", issue_row(issue)
        for option, title in issue.options.items():
            yield "options", {"issue": issue.id, "option": option, "option_title": title}
        for item, title in issue.items.items():
            yield "items", {"issue": issue.id, "item": item, "item_title": title}
    for source in dossier.sources.values():
        yield "sources", source_row(source)
    for proposal in dossier.proposals.values():
        yield "proposals", proposal_row(proposal)
        for issue_id in proposal.terms:
            yield "terms", term_row(proposal, dossier.issues[issue_id])


def _party(party: Party, dossier: Dossier) -> Iterator[tuple[str, Row]]:
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
