"""Checks a proposal against the parties' positions, term by term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from claimpos.comparison.table import Table
from claimpos.deals.responses import RESPONSES, Response, responses_in
from claimpos.dossier.dates import day_of
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Basis, Cell, Dossier, PartialDate, Proposal
from claimpos.errors import WrongUsage


class TermAssessed(NamedTuple):
    """How each party responds to one term; `outcome` is the set of outcomes that it names."""

    cell: Cell
    outcome: int
    says: Mapping[str, Response]


class Assessment(NamedTuple):
    """A proposal, and how each party would respond to it as it is.

    `left_out` are the cells of the agenda that the proposal does not speak of.
    """

    proposal: Proposal
    table: Table
    day: date
    basis: Basis
    terms: tuple[TermAssessed, ...]
    left_out: tuple[Cell, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        return self.table.parties

    @property
    def text(self) -> dict[Cell, int]:
        """The outcomes of the proposal in each cell that it covers."""
        return {term.cell: term.outcome for term in self.terms}

    @property
    def newest(self) -> dict[str, PartialDate | None]:
        """The day of each party's newest evidence in force on the issues of the proposal."""
        return self.table.newest({term.cell.issue for term in self.terms})

    def tally(self, party: str) -> dict[Response, int]:
        """How many terms the party gives each response."""
        said = [term.says[party] for term in self.terms]
        return {response: said.count(response) for response in RESPONSES}

    @property
    def refused(self) -> bool:
        """Whether any party rules out any term."""
        return any(is_no(says) for term in self.terms for says in term.says.values())


def is_no(response: Response) -> bool:
    """Whether the party rules it out."""
    return response in ("gives", "crosses")


def check_size(dossier: Dossier, proposals: Sequence[Proposal], parties: Sequence[str]) -> None:
    """Raise WrongUsage if assessing these takes more answers than the limit allows.

    What a proposal leaves out counts too, because each party's demands there are reported.
    """
    cells = sum(1 for issue in dossier.issues.values() for _ in issue.cells())
    number, most = len(proposals) * len(parties) * cells, limit("assessed-answers")
    if number > most:
        raise WrongUsage(
            f"{len(proposals):,} proposals and {len(parties):,} parties on {cells:,} issues and "
            f"sub-issues are {number:,} answers, more than the {most:,} that one assessment gives; "
            f"name fewer of them, or, {how_to_raise('assessed-answers')}"
        )


def assess(
    dossier: Dossier,
    proposal: Proposal,
    parties: Sequence[str] | None = None,
    as_of: date | str | None = None,
    basis: Basis = "inferred",
) -> Assessment:
    """Check a proposal against the positions of the parties with these ids, or of all.

    Conditions are judged against the proposal's own terms: one on a cell that it leaves out
    stays open. A term that leaves several outcomes open, such as a range, is accepted or refused
    only if all of them are, and otherwise not settled.

    The day is by default the proposal's own.

    Raises WrongUsage for an `as_of` that is no date, and KeyError for an id that is no party's.
    """
    day = proposal.date.last if as_of is None else day_of(as_of)
    named = {
        cell: outcomes
        for term in proposal.terms.values()
        for cell, outcomes in term.outcomes.items()
    }
    chosen = list(dossier.parties) if parties is None else parties
    table = Table(dossier, chosen, day, basis, named)
    cells = [cell for issue in dossier.issues.values() for cell in issue.cells()]
    text = {cell: table.space(cell).mask(named[cell]) for cell in cells if cell in named}
    terms = tuple(
        TermAssessed(cell, outcome, {party: _says(table, party, cell, text) for party in chosen})
        for cell, outcome in text.items()
    )
    left_out = tuple(cell for cell in cells if cell not in named)
    return Assessment(proposal, table, day, basis, terms, left_out)


def _says(table: Table, party: str, cell: Cell, text: Mapping[Cell, int]) -> Response:
    said = responses_in(table.stance(party, cell), text[cell], text)
    if len(said) == 1:
        return said.pop()
    return "gives" if all(map(is_no, said)) else "unsaid"
