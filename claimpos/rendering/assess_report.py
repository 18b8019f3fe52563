"""The JSON and CSV reports of an assessment; see schemas/assess.schema.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimpos.comparison.table import Table
from claimpos.deals.assessment import Assessment, TermAssessed
from claimpos.dossier.model import Cell
from claimpos.rendering.data import csv_text
from claimpos.rendering.diff_report import outcomes_report
from claimpos.wording.responses import Responses

FORMAT = "claimpos.assess/1"


def cell_report(cell: Cell) -> dict[str, Any]:
    """A cell as plain data: its issue and, where it is one of several items, the item."""
    return {"issue": cell.issue} | ({} if cell.item is None else {"item": cell.item})


def assess_report(assessments: Sequence[Assessment]) -> dict[str, Any]:
    """One assessment as plain data; of several, each under `proposals`."""
    if len(assessments) == 1:
        return _report(assessments[0])
    return {"format": FORMAT, "proposals": [_report(one) for one in assessments]}


def _report(assessment: Assessment) -> dict[str, Any]:
    answers = Responses(assessment.table, assessment.text)
    table = assessment.table
    return {
        "format": FORMAT,
        "dossier": table.dossier.title,
        "proposal": assessment.proposal.id,
        "title": assessment.proposal.title,
        "as_of": assessment.day.isoformat(),
        "basis": assessment.basis,
        "parties": list(assessment.parties),
        "totals": {party: assessment.tally(party) for party in assessment.parties},
        "terms": [
            {
                **cell_report(term.cell),
                "outcome": outcomes_report(table.space(term.cell).outcomes(term.outcome)),
                "says": dict(term.says),
                "why": {
                    party: answers.why(party, term.cell, says) for party, says in term.says.items()
                },
                **_parts(term, table),
            }
            for term in assessment.terms
        ],
        "left_out": [cell_report(cell) for cell in assessment.left_out],
    }


def _parts(term: TermAssessed, table: Table) -> dict[str, Any]:
    """What is said to the parts of a range, where it is not the same."""
    if not term.parts:
        return {}
    space = table.space(term.cell)
    parts = {
        party: [
            {"outcome": outcomes_report(space.outcomes(mask)), "says": says}
            for says, mask in said.items()
        ]
        for party, said in term.parts.items()
    }
    return {"parts": parts}


def assess_csv(assessments: Sequence[Assessment]) -> str:
    """One line for each term and party."""
    lines = [
        [one.proposal.id, term.cell.issue, term.cell.item or "", text, party, says, why, parts]
        for one in assessments
        for term in one.terms
        for answers in [Responses(one.table, one.text)]
        for text in [answers.outcomes(term.cell, term.outcome)]
        for party, says in term.says.items()
        for why in [answers.why(party, term.cell, says)]
        for parts in [answers.in_parts(term.cell, term.parts.get(party, {}))]
    ]
    header = ("proposal", "issue", "item", "outcome", "party", "says", "why", "parts")
    return csv_text(header, lines)
