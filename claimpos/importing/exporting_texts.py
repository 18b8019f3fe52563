"""Proposals, and what parties answer to them, as lines of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from claimpos.dossier.model import (
    Alternative,
    Answer,
    Cell,
    Issue,
    Party,
    Proposal,
    Statement,
    Term,
)
from claimpos.rendering.diff_report import outcomes_report, written

Row = dict[str, str]
Filled = Callable[[Mapping[str, Any]], Row]
"""Makes cells of values, and leaves out what is empty."""


def proposal_rows(proposal: Proposal, issues: Mapping[str, Issue], filled: Filled) -> Iterator[Row]:
    """A line on the proposal, then one for each of its terms."""
    yield filled(
        {
            "proposal": proposal.id,
            "proposal_title": proposal.title,
            "proposal_date": proposal.date.text,
            "proposal_status": proposal.status,
            "proposal_authors": proposal.authors or None,
            "proposal_note": proposal.note,
            "source": proposal.source.id if proposal.source else "",
        }
    )
    for issue, term in proposal.terms.items():
        row = {
            "proposal": proposal.id,
            "issue": issue,
            "term": term_outcome(term, issues[issue]),
            "term_summary": term.summary,
            "term_locator": term.locator,
        }
        yield filled(row) | ({"term": "0"} if row["term"] == 0 else {})


def term_outcome(term: Term, issue: Issue) -> Any:
    """What a term says, as a proposal's file writes it."""
    if not term.bracketed:
        return written(term.outcomes, issue)
    brackets = {cell: _brackets(some) for cell, some in term.bracketed.items()}
    if issue.kind != "items":
        return brackets[Cell(issue.id)]
    named = written(term.outcomes, issue) if term.outcomes else {}
    return {**named, **{cell.item: held for cell, held in brackets.items()}}


def _brackets(alternatives: tuple[Alternative, ...]) -> dict[str, Any]:
    return {"bracketed": [_alternative(one) for one in alternatives]}


def _alternative(alternative: Alternative) -> Any:
    outcome = "none" if alternative.outcomes is None else outcomes_report(alternative.outcomes)
    return {"outcome": outcome, "by": list(alternative.by)} if alternative.by else outcome


def answer_rows(
    party: Party, statement: Callable[[Statement], Row], filled: Filled
) -> Iterator[Row]:
    """For each answer of a party a line for each statement behind it."""
    for text, answers in party.answers.items():
        for answer in answers:
            key = {"party": party.id, "proposal": text, "since": answer.since.text}
            rest = filled(_answer(answer))
            for said in answer.evidence:
                yield key | rest | statement(said)
                rest = {"answer": answer.says}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer.says,
        "until": answer.until.text if answer.until else "",
        "except": [".".join(filter(None, cell)) for cell in answer.excepted] or None,
        "answer_subject_to": answer.subject_to,
        "answer_note": answer.note,
    }
