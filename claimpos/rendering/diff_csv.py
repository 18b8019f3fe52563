"""A comparison as CSV, for spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Collection

from claimpos.comparison.reasons import VERDICTS, Verdict
from claimpos.comparison.verdicts import Comparison, IssueVerdict
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Number
from claimpos.rendering.data import csv_text
from claimpos.wording.names import Words
from claimpos.wording.positions import positions_in_few_words
from claimpos.wording.verdicts import explain_cell, explain_issue

_HEADER = ["issue", "item", "group", "verdict", "reason", "outcomes", "gap", "apart", "explanation"]


def diff_csv(comparison: Comparison, only: Collection[Verdict] = VERDICTS) -> str:
    """One line a cell, or an issue of which no item is named: verdict, reason, who says what."""
    words = Words(comparison.dossier)
    lines = [
        [*told, *positions_in_few_words(verdict, cell, words)]
        for verdict in comparison.issues
        for cell, told in _told(verdict, words)
        if told[3] in only
    ]
    return csv_text([*_HEADER, *comparison.parties], lines)


def _told(verdict: IssueVerdict, words: Words) -> list[tuple[Cell, list[str | Number]]]:
    issue = verdict.issue
    if not verdict.cells:
        said: list[str | Number] = [verdict.verdict, verdict.reason or "", "", "", ""]
        return [(Cell(issue.id), [issue.id, "", issue.group, *said, explain_issue(verdict)])]
    return [
        (
            cell.cell,
            [
                issue.id,
                cell.cell.item or "",
                issue.group,
                cell.verdict,
                cell.reason,
                words.outcomes(issue, cell.outcomes) if cell.outcomes else "",
                "" if cell.gap is None else cell.gap,
                cell.apart[0].distance if cell.apart else "",
                explain_cell(cell),
            ],
        )
        for cell in verdict.cells
    ]
