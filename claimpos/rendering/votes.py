"""Votes for several reports: the rules in words, and as plain data what each member says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from claimpos.comparison.reasons import Case
from claimpos.comparison.smallest_sets import Sets
from claimpos.comparison.truth import Truth
from claimpos.comparison.votes import Ballot, Decision
from claimpos.dossier.model import Cell
from claimpos.wording.names import Words, capital, cells_in_words
from claimpos.wording.votes import blocking_in_words, rule_in_words

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
    told = []
    for ballot, cells in rules.values():
        where = "" if len(rules) == 1 else f"{cells_in_words(words.dossier, cells)}: "
        rule = f"{rule_in_words(ballot, words)}; {blocking_in_words(ballot, words)}"
        told.append(capital(f"{where}{rule}."))
    return told


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
