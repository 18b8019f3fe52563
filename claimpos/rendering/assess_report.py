"""An assessment as plain data, described by schemas/assess.schema.json, and as rows of CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.deals.assessment import Assessment, TermAssessed
from claimpos.deals.responses import Response
from claimpos.deals.side_by_side import Crossed, TextChange, side_by_side
from claimpos.rendering.data import Rows, data_number
from claimpos.rendering.diff_report import answer_report, cell_report, cells_report, outcomes_report
from claimpos.rendering.votes import ballot_report, decision_report
from claimpos.wording.age import newest_report
from claimpos.wording.names import Words
from claimpos.wording.responses import Responses

FORMAT = "claimpos.assess/2"


def assess_report(assessments: Sequence[Assessment]) -> dict[str, Any]:
    """One assessment as plain data; of several, each under `proposals`."""
    if len(assessments) == 1:
        return _report(assessments[0])
    return {
        "format": FORMAT,
        "proposals": [_report(one) for one in assessments],
        "side_by_side": _side_by_side(assessments),
    }


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
        "newest": newest_report(assessment.newest),
        "basis": assessment.basis,
        "parties": list(assessment.parties),
        "answers": {
            party: answer_report(answer) for party, answer in given.items() if answer is not None
        },
        "answered_since": [
            {"party": party, **answer_report(answer)} for party, answer in assessment.answered_since
        ],
        "totals": {party: assessment.tally(party) for party in assessment.parties},
        **_whole(assessment),
        **_points(assessment),
        "terms": [
            {
                **cell_report(term.cell),
                "outcome": outcomes_report(table.space(term.cell).outcomes(term.outcome)),
                "says": dict(term.says),
                "why": {
                    party: answers.why(party, term.cell, says, term.outcome)
                    for party, says in term.says.items()
                },
                **_parts(term, table),
                **_alternatives(term, answers),
                **({} if term.decision is None else {"vote": decision_report(term.decision)}),
            }
            for term in assessment.terms
        ],
        "left_out": cells_report(assessment.left_out),
    }


def _alternatives(term: TermAssessed, answers: Responses) -> dict[str, Any]:
    """The bracketed alternatives of a term, if it has any; one without an outcome is no text."""
    if not term.alternatives:
        return {}
    space = answers.table.space(term.cell)
    parts = [
        {
            "outcome": outcomes_report(space.outcomes(one.outcome)) if one.outcome else None,
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
    return {"bracketed": parts}


def _outcomes(term: TermAssessed) -> list[tuple[int, Mapping[str, Response]]]:
    """What is answered of a term: its outcome or, if it is bracketed, each alternative."""
    if not term.alternatives:
        return [(term.outcome, term.says)]
    return [(one.outcome, one.says) for one in term.alternatives if one.outcome]


def _parts(term: TermAssessed, table: PositionTable) -> dict[str, Any]:
    """The responses to the parts of a range, where they differ."""
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


def _side_by_side(assessments: Sequence[Assessment]) -> dict[str, Any]:
    """Several texts side by side, as plain data."""
    found = side_by_side(assessments)
    return {
        "common": cells_report(found.common),
        "differing": cells_report(found.differing),
        "ruled_out": [
            {"proposal": one.proposal.id, "parties": dict(counts)}
            for one, counts in zip(assessments, found.ruled_out, strict=True)
        ],
        "red_lines": [
            {**cell_report(cell), "texts": [_crossed(one) for one in row]}
            for cell, row in found.red_lines.items()
        ],
        "steps": list(map(_step, found.steps)),
    }


def _crossed(one: Crossed | None) -> dict[str, Any] | None:
    return one and {"parties": list(one.parties), "in_brackets": list(one.in_brackets)}


def _step(step: TextChange) -> dict[str, Any]:
    return {
        "from": step.before.id,
        "to": step.after.id,
        "changed": cells_report(step.changed),
        "added": cells_report(step.added),
        "dropped": cells_report(step.dropped),
        "kept": step.kept,
    }


def _points(assessment: Assessment) -> dict[str, Any]:
    """What the text is worth to the parties, if any states points."""
    enough = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}
    points = {
        party: {
            "least": data_number(one.least),
            "most": data_number(one.most),
            "at_least": one.worth.at_least,
            "enough": enough[one.is_enough],
        }
        for party, one in assessment.points.items()
    }
    return {"points": points} if points else {}


def _whole(assessment: Assessment) -> dict[str, Any]:
    """The vote on the whole text as data, if one rule decides all of its terms."""
    if assessment.whole is None:
        return {}
    ballot = assessment.ballots.of(assessment.terms[0].cell.issue)
    assert ballot is not None
    words = Words(assessment.table.dossier)
    return {"rule": ballot_report(ballot, words), "vote": decision_report(assessment.whole)}


def assess_rows(assessments: Sequence[Assessment]) -> Rows:
    """One line for each term and party."""
    lines = [
        [one.proposal.id, term.cell.issue, term.cell.item or "", text, party, says, why, parts]
        for one in assessments
        for term in one.terms
        for answers in [Responses(one.table, one.text)]
        for outcome, responses in _outcomes(term)
        for text in [answers.outcomes(term.cell, outcome)]
        for party, says in responses.items()
        for why in [answers.why(party, term.cell, says, outcome)]
        for parts in [answers.in_parts(term.cell, term.parts.get(party, {}))]
    ]
    header = ("proposal", "issue", "item", "outcome", "party", "says", "why", "parts")
    return header, lines
