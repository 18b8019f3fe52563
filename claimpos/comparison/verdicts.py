"""The comparison of two or more parties: a verdict on every cell and every issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from claimpos.comparison.conditions import Common
from claimpos.comparison.distances import widest_gap
from claimpos.comparison.explanations import explain_case, explain_issue
from claimpos.comparison.reasons import VERDICT_OF, Case, Reason, Verdict, reason_without_cells
from claimpos.comparison.table import Table
from claimpos.comparison.truth import Truth
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import NOTHING, Basis, Cell, Dossier, Entry, Issue
from claimpos.dossier.outcomes import Number, QuantitySpace, Range
from claimpos.errors import WrongUsage


class WithoutSilent(NamedTuple):
    """What the parties that have spoken on a cell come to among themselves."""

    parties: tuple[str, ...]
    verdict: Verdict
    reason: Reason


class CellVerdict(NamedTuple):
    """The verdict on one cell: `outcomes` are those that all parties could live with."""

    cell: Cell
    verdict: Verdict
    reason: Reason
    explanation: str
    outcomes: tuple[str, ...] | tuple[Range, ...] = ()
    gap: Number | None = None
    without_silent: WithoutSilent | None = None


class IssueVerdict(NamedTuple):
    """The verdict on an issue; one with items has a verdict on each of its cells besides."""

    issue: Issue
    verdict: Verdict
    reason: Reason | None
    explanation: str
    cells: tuple[CellVerdict, ...]
    positions: Mapping[str, Entry | None]
    lapsed: Mapping[str, date]
    """The last day of the position that a party had, where it has none now."""


class Comparison(NamedTuple):
    """What a number of parties come to on one day; `set_aside` counts entries too weak."""

    dossier: Dossier
    parties: tuple[str, ...]
    day: date
    basis: Basis
    issues: tuple[IssueVerdict, ...]
    set_aside: int = 0
    summary: Mapping[Verdict, int] = NOTHING


def compare(
    dossier: Dossier,
    parties: Sequence[str],
    as_of: date | str | None = None,
    basis: Basis = "inferred",
    issues: Collection[str] | None = None,
) -> Comparison:
    """Compare the positions of two or more parties, given by their ids.

    `as_of` is a date, or text of the form YYYY, YYYY-MM or YYYY-MM-DD whose last day is meant;
    left out, today. `basis` is the weakest evidence that counts. `issues` limits the report, not
    the comparison: a condition may still lead to any issue of the agenda.

    Raises WrongUsage for fewer than two parties, one named twice, or an `as_of` that is no date,
    and KeyError for an id that is no party's.
    """
    check_parties(parties)
    day = day_of(as_of)
    table = Table(dossier, parties, day, basis)
    chosen = [issue for key, issue in dossier.issues.items() if issues is None or key in issues]
    verdicts = verdicts_on(table, chosen)
    summary = dict.fromkeys(VERDICT_OF.values(), 0)
    for verdict in verdicts:
        summary[verdict.verdict] += 1
    set_aside = table.set_aside(issue.id for issue in chosen)
    return Comparison(dossier, tuple(parties), day, basis, verdicts, set_aside, summary)


def verdicts_on(table: Table, issues: Iterable[Issue]) -> tuple[IssueVerdict, ...]:
    """The verdicts of the table's parties on these issues."""
    judge = _Judge(table)
    return tuple(judge.issue(issue) for issue in issues)


def check_parties(parties: Sequence[str]) -> None:
    """Raise WrongUsage for fewer than two parties, or one named twice."""
    if len(parties) < 2:
        raise WrongUsage("a comparison needs at least two parties")
    for party, count in Counter(parties).items():
        if count > 1:
            raise WrongUsage(f"the party “{party}” cannot be compared with itself")


class _Judge:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.common = Common(table, table.parties)
        self._speaking: dict[tuple[str, ...], Common] = {}

    def issue(self, issue: Issue) -> IssueVerdict:
        cells = tuple(self.cell(cell, issue) for cell in self.common.cells(issue))
        positions = {party: self.table.entry(party, issue.id) for party in self.table.parties}
        lapsed = {
            party: standing.lapsed
            for party in self.table.parties
            if (standing := self.table.standing(party, issue.id)).lapsed is not None
        }
        if issue.kind != "items":
            (cell,) = cells
            return IssueVerdict(
                issue, cell.verdict, cell.reason, cell.explanation, cells, positions, lapsed
            )
        verdict = VERDICT_OF[self.common.issue_value(issue)]
        reason: Reason | None = None
        if not cells:
            reason = reason_without_cells(self.common, issue)
        told = [(cell.cell, cell.explanation) for cell in cells]
        explanation = explain_issue(issue, told, Case(self.common, Cell(issue.id)))
        return IssueVerdict(issue, verdict, reason, explanation, cells, positions, lapsed)

    def cell(self, cell: Cell, issue: Issue) -> CellVerdict:
        case = Case(self.common, cell)
        apart, without_silent = None, None
        if case.reason == "silent" and len(case.silent) <= len(case.parties) - 2:
            speaking = tuple(party for party in case.parties if party not in case.silent)
            apart = Case(self._among(speaking), cell)
            without_silent = WithoutSilent(speaking, apart.verdict, apart.reason)
        space = self.table.space(cell)
        gap = None
        if isinstance(space, QuantitySpace) and case.value is Truth.FALSE:
            gap = gap_of(case, space)
        return CellVerdict(
            cell,
            case.verdict,
            case.reason,
            explain_case(case, issue, apart),
            tuple(space.outcomes(case.agreed)),  # type: ignore[arg-type]
            gap,
            without_silent,
        )

    def _among(self, parties: tuple[str, ...]) -> Common:
        if parties not in self._speaking:
            self._speaking[parties] = Common(self.table, parties)
        return self._speaking[parties]


def gap_of(case: Case, space: QuantitySpace) -> Number | None:
    """How far apart the parties are: the largest distance between what two have not ruled out.

    None if every two of them meet, or one has ruled out everything.
    """
    left = [space.full & ~case.common.ruled_out(party, case.cell) for party in case.parties]
    if not all(left):
        return None
    return widest_gap(case.common.table, case.cell, space, left)
