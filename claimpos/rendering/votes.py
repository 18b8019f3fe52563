"""Votes in reports, in words and as plain data: rules, what each member says, votes on texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.rendering.document import Block, Heading, Table, paragraphs
from claimpos.wording.dossier_texts import capital
from claimpos.wording.grammar import counted
from claimpos.wording.names import (
    Words,
    cells_in_words,
    cells_title,
    points_in_words,
    written_number,
)
from claimpos.wording.sentences import say
from claimpos.wording.votes import (
    blocking_in_words,
    change_in_words,
    not_applied,
    result_in_words,
    rule_in_words,
    tally_in_words,
)

if TYPE_CHECKING:
    from claimpos.comparison.case import Case
    from claimpos.comparison.smallest_sets import Sets
    from claimpos.comparison.votes import Ballot, Decision
    from claimpos.deals.assessment import Assessment
    from claimpos.deals.text_points import Stated

RESULTS = {Truth.TRUE: "passes", Truth.FALSE: "fails", Truth.UNKNOWN: "open"}


def votes_report(case: Case, written: Callable[[Any], Any]) -> dict[str, Any]:
    """The rule that decides a cell, and the vote on each of its outcomes, as `written`."""
    assert case.ballot is not None
    table = case.common.table
    space = table.space(case.cell)
    return {
        "rule": ballot_report(case.ballot, Words(table.dossier)),
        "votes": [
            {
                "outcome": written(space.outcomes(one.outcome)),
                "vote": decision_report(one.decision),
            }
            for one in case.votes
        ],
    }


def rules_in_words(decided: Iterable[tuple[Ballot, Cell]], words: Words) -> list[str]:
    """Each rule with what it takes and who can block; of several, with what it decides."""
    rules: dict[int, tuple[Ballot, list[Cell]]] = {}
    for ballot, cell in decided:
        rules.setdefault(id(ballot), (ballot, []))[1].append(cell)
    parts = []
    for ballot, cells in rules.values():
        where = "" if len(rules) == 1 else f"{cells_in_words(words.dossier, cells)}: "
        rule = f"{rule_in_words(ballot, words)}; {blocking_in_words(ballot, words)}"
        parts.append(capital(f"{where}{rule}."))
    return parts


def ballot_report(ballot: Ballot, words: Words) -> dict[str, Any]:
    """A rule in words, its members, and the smallest sets that can block."""
    return {
        "needed": rule_in_words(ballot, words),
        "members": list(ballot.members),
        "blocking": _sets(ballot.blocking),
    }


def decision_report(decision: Decision) -> dict[str, Any]:
    """A vote: the result, the votes, and the smallest sets that could change it."""
    return {
        "result": RESULTS[decision.result],
        "votes": dict(decision.votes),
        "to_pass": _sets(decision.to_pass),
        "to_fail": _sets(decision.to_fail),
        "pivotal": list(decision.pivotal),
    }


def _sets(sets: Sets) -> dict[str, Any]:
    return {"size": sets.size, "sets": [list(one) for one in sets.named], "exact": sets.exact}


def vote_blocks(assessment: Assessment) -> Iterable[Block]:
    """The rules, the vote on the whole text, and those on its terms."""
    words = Words(assessment.table.dossier)
    decided = [
        (ballot, term.cell)
        for term in assessment.terms
        if (ballot := assessment.ballots.of(term.cell.issue)) is not None
    ]
    if not decided:
        missing = assessment.ballots.missing()
        issues = {term.cell.issue for term in assessment.terms} & missing.keys()
        if text := not_applied((missing[issue] for issue in issues), words):
            yield paragraphs([text])
        return
    yield Heading("Vote")
    yield paragraphs([*rules_in_words(decided, words), *_whole(assessment, words)])
    yield Table(
        ["Issue", "Result", "Votes", "What would change it"],
        list(_rows(assessment, words)),
        "prose",
    )


def _whole(assessment: Assessment, words: Words) -> Iterable[str]:
    decision = assessment.whole
    ballot = assessment.ballots.of(assessment.terms[0].cell.issue)
    if decision is None or ballot is None:
        return
    change = change_in_words(decision, words)
    yield (
        f"The text as a whole {result_in_words(decision.result)} if each member votes as it has "
        "answered the text or, without an answer, as it votes on the terms: "
        f"{tally_in_words(decision, ballot)}{f'; {change}' if change else ''}."
    )
    for group, members in assessment.led.items():
        yield (
            f"The answer of {words.party(group)} counts for {words.parties(members)}, "
            f"{say('group.members', len(members))} of it."
        )
    passing = sum(
        term.decision is not None and term.decision.result is Truth.TRUE
        for term in assessment.terms
    )
    terms = counted(len(assessment.terms), "term", "terms")
    yield f"Taken one by one, {passing} of {terms} {'passes' if passing == 1 else 'pass'}."


def _rows(assessment: Assessment, words: Words) -> Iterable[list[str]]:
    for term in assessment.terms:
        ballot = assessment.ballots.of(term.cell.issue)
        if term.decision is not None and ballot is not None:
            yield [
                cells_title(words.dossier, [term.cell]),
                result_in_words(term.decision.result),
                tally_in_words(term.decision, ballot),
                capital(change_in_words(term.decision, words)),
            ]


def points_of_parties(assessment: Assessment) -> list[str]:
    """What the text is worth to the parties that state points, and whether that is enough."""
    words = Words(assessment.table.dossier)
    parts = [_points(words.party(party), one) for party, one in assessment.points.items()]
    return [f"Points, as the parties themselves give them: {'; '.join(parts)}."] if parts else []


def _points(party: str, one: Stated) -> str:

    least, most = points_in_words(one.least), points_in_words(one.most)
    text = least if least == most else f"{least} to {most}, as what the text leaves open turns out"
    asked = one.worth.at_least
    if asked is None:
        return f"{party} {text}"
    enough = {
        Truth.TRUE: "enough",
        Truth.FALSE: "too little, so it rejects the text",
        Truth.UNKNOWN: "not settled",
    }[one.is_enough]
    return f"{party} {text} ({enough}: it asks for at least {written_number(asked)})"
