"""A comparison as CSV: one line for each cell."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from claimpos.comparison.reasons import VERDICTS, Verdict
from claimpos.comparison.verdicts import Comparison, IssueVerdict
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Number
from claimpos.rendering.diff import said_on
from claimpos.wording.fragility import hangs_on
from claimpos.wording.names import Words
from claimpos.wording.verdicts import explain_cell, explain_issue

if TYPE_CHECKING:
    from claimpos.rendering.data import Rows

_HEADER = [
    *["issue", "item", "group", "verdict", "reason", "outcomes", "gap", "apart"],
    *["explanation", "hangs on"],
]


def diff_rows(
    comparison: Comparison, only: Collection[Verdict] = VERDICTS, robust: bool = False
) -> Rows:
    """One line for each cell, or issue of which no item is named: verdict, reason, positions."""
    words = Words(comparison.dossier)
    lines = [
        [*cells, *said_on(comparison, verdict, cell, words)]
        for verdict in comparison.issues
        for cell, cells in _lines(verdict, words, robust)
        if cells[3] in only
    ]
    return [*_HEADER, *comparison.parties], lines


def _lines(
    verdict: IssueVerdict, words: Words, robust: bool
) -> list[tuple[Cell, list[str | Number]]]:
    issue = verdict.issue
    if not verdict.cells:
        said: list[str | Number] = [verdict.verdict, verdict.reads or "", "", "", ""]
        return [(Cell(issue.id), [issue.id, "", issue.group, *said, explain_issue(verdict), ""])]
    return [
        (
            cell.cell,
            [
                issue.id,
                cell.cell.item or "",
                issue.group,
                cell.verdict,
                cell.reads,
                words.outcomes(issue, cell.outcomes) if cell.outcomes else "",
                "" if cell.gap is None else cell.gap,
                cell.apart[0].distance if cell.apart else "",
                explain_cell(cell),
                hangs_on(cell),
            ],
        )
        for cell in verdict.cells
        if not (robust and hangs_on(cell))
    ]
