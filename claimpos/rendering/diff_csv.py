"""A comparison as CSV, for spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Collection

from claimpos.comparison.reasons import VERDICTS, Verdict
from claimpos.comparison.verdicts import Comparison
from claimpos.comparison.wording import Words
from claimpos.rendering.data import csv_text
from claimpos.rendering.positions import in_few_words


def diff_csv(comparison: Comparison, only: Collection[Verdict] = VERDICTS) -> str:
    """One line a cell: what each party says, the verdict and the reason."""
    words = Words(comparison.dossier)
    header = ["issue", "item", "group", "verdict", "reason", "outcomes", "gap", "explanation"]
    lines = [
        [
            verdict.issue.id,
            cell.cell.item or "",
            verdict.issue.group,
            cell.verdict,
            cell.reason,
            words.outcomes(verdict.issue, cell.outcomes) if cell.outcomes else "",
            "" if cell.gap is None else cell.gap,
            cell.explanation,
            *(
                in_few_words(entry, cell.cell, verdict.issue, words)
                for entry in verdict.positions.values()
            ),
        ]
        for verdict in comparison.issues
        for cell in verdict.cells
        if cell.verdict in only
    ]
    return csv_text([*header, *comparison.parties], lines)
