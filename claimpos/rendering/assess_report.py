"""The JSON and CSV reports of an assessment; see schemas/assess.schema.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimpos.comparison.table import Table
from claimpos.deals.assessment import Assessment, TermAssessed
from claimpos.deals.responses import Response
from claimpos.dossier.model import Answer, Cell
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
    given = {party: table.answers(party).get(assessment.proposal.id) for party in table.parties}
    return {
        "format": FORMAT,
        "dossier": table.dossier.title,
        "proposal": assessment.proposal.id,
        "title": assessment.proposal.title,
        "as_of": assessment.day.isoformat(),
        "basis": assessment.basis,
        "parties": list(assessment.parties),
        "answers": {
            party: answer_report(answer) for party, answer in given.items() if answer is not None
        },
        "totals": {party: assessment.tally(party) for party in assessment.parties},
        "terms": [
            {
                **cell_report(term.cell),
                "outcome": outcomes_report(table.space(term.cell).outcomes(term.outcome)),
                "says": dict(term.says),
                "why": {
                    party: answers.why(party, term.cell, says, term.outcome)
                    for party, says in term.says.items()
                },
                **_alternatives(term, table, answers),
            }
            for term in assessment.terms
        ],
        "left_out": [cell_report(cell) for cell in assessment.left_out],
    }


def answer_report(answer: Answer) -> dict[str, Any]:
    """What a party says to a text as a whole, as its file has it."""
    report: dict[str, Any] = {"says": answer.says, "since": answer.since.text}
    if answer.until is not None:
        report["until"] = answer.until.text
    if answer.excepted:
        report["except"] = [cell_report(cell) for cell in answer.excepted]
    texts = {"subject-to": answer.subject_to, "note": answer.note}
    report |= {key: text for key, text in texts.items() if text}
    return report | {"evidence": [statement.id for statement in answer.evidence]}


def _alternatives(term: TermAssessed, table: Table, answers: Responses) -> dict[str, Any]:
    """The bracketed alternatives of a term, if it has any; one without an outcome is no text."""
    if not term.alternatives:
        return {}
    told = [
        {
            "outcome": outcomes_report(table.space(term.cell).outcomes(one.outcome))
            if one.outcome
            else None,
            "by": list(one.by),
            "says": dict(one.says) if one.outcome else {},
            "why": {
                party: answers.why(party, term.cell, says, one.outcome)
                for party, says in one.says.items()
                if one.outcome
            },
        }
        for one in term.alternatives
    ]
    return {"bracketed": told}


def assess_csv(assessments: Sequence[Assessment]) -> str:
    """One line for each term and party."""
    lines = [
        [one.proposal.id, term.cell.issue, term.cell.item or "", text, party, says, why]
        for one in assessments
        for term in one.terms
        for answers in [Responses(one.table, one.text)]
        for outcome, responses in _outcomes(term)
        for text in [answers.outcomes(term.cell, outcome)]
        for party, says in responses.items()
        for why in [answers.why(party, term.cell, says, outcome)]
    ]
    header = ("proposal", "issue", "item", "outcome", "party", "says", "why")
    return csv_text(header, lines)


def _outcomes(term: TermAssessed) -> list[tuple[int, Mapping[str, Response]]]:
    """What is answered of a term: its outcome or, if it is bracketed, each alternative."""
    if not term.alternatives:
        return [(term.outcome, term.says)]
    return [(one.outcome, one.says) for one in term.alternatives if one.outcome]
