"""A text put to the vote: by the agenda's decision rules, as a whole and term by term."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from claimpos.comparison.truth import Truth
from claimpos.comparison.votes import Ballot
from claimpos.deals.assessment import Assessment
from claimpos.dossier.model import Cell
from claimpos.rendering.document import Block, Heading, Table, paragraphs
from claimpos.rendering.votes import ballot_report, decision_report
from claimpos.wording.names import Words, capital, cells_in_words, cells_title
from claimpos.wording.votes import (
    blocking_in_words,
    change_in_words,
    not_applied,
    result_in_words,
    rule_in_words,
    tally_in_words,
)


def vote_blocks(assessment: Assessment) -> Iterable[Block]:
    """The rules, the vote on the whole text, and those on its terms."""
    words = Words(assessment.table.dossier)
    rules: dict[int, tuple[Ballot, list[Cell]]] = {}
    for term in assessment.terms:
        if (ballot := assessment.ballots.of(term.cell.issue)) is not None:
            rules.setdefault(id(ballot), (ballot, []))[1].append(term.cell)
    if not rules:
        missing = assessment.ballots.missing()
        issues = {term.cell.issue for term in assessment.terms} & missing.keys()
        if told := not_applied((missing[issue] for issue in issues), words):
            yield paragraphs([told])
        return
    yield Heading("Vote")
    told_rules = [
        f"{'' if len(rules) == 1 else f'{capital(cells_in_words(words.dossier, cells))}: '}"
        f"{capital(rule_in_words(ballot, words))}; {blocking_in_words(ballot, words)}."
        for ballot, cells in rules.values()
    ]
    yield paragraphs([*told_rules, *_whole(assessment, words)])
    yield Table(
        ["Issue", "Result", "Votes", "To change it"], list(_rows(assessment, words)), "prose"
    )


def _whole(assessment: Assessment, words: Words) -> Iterable[str]:
    decision = assessment.whole
    if decision is None:
        return
    change = change_in_words(decision, words)
    told = f"{result_in_words(decision.result)}: {tally_in_words(decision)}"
    yield (
        "If members vote on the whole as they have answered the text or, without an answer, as on "
        f"its terms, it {told}{f'; {change}' if change else ''}."
    )
    passing = sum(
        term.decision is not None and term.decision.result is Truth.TRUE
        for term in assessment.terms
    )
    yield f"Taken one by one, {passing} of its {len(assessment.terms)} terms pass."


def _rows(assessment: Assessment, words: Words) -> Iterable[list[str]]:
    for term in assessment.terms:
        if term.decision is not None:
            yield [
                cells_title(words.dossier, [term.cell]),
                result_in_words(term.decision.result),
                tally_in_words(term.decision),
                capital(change_in_words(term.decision, words)),
            ]


def whole_report(assessment: Assessment) -> dict[str, Any]:
    """The vote on the whole text as data, if one rule decides all of its terms."""
    if assessment.whole is None:
        return {}
    ballot = assessment.ballots.of(assessment.terms[0].cell.issue)
    assert ballot is not None
    words = Words(assessment.table.dossier)
    return {"rule": ballot_report(ballot, words), "vote": decision_report(assessment.whole)}
