"""The solver and brute force, which share no code, say the same of random dossiers.

Each aim under each kind of decision rule, whether or not parties ask for so many points at least.
Least-concession and balanced packages count concessions as if all had to agree, but what is worth
too little is ruled out by the rule.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from claimpos.deals.balance import Balanced, balanced
from claimpos.deals.clock import Clock
from claimpos.deals.problem import Problem
from claimpos.deals.search import AIMS, Deals, find_deals
from claimpos.deals.signable import Signable, signable
from tests.conftest import examples
from tests.deals.balance_enumerator import BalanceEnumerator
from tests.deals.enumerator import Package, Truth
from tests.deals.random_dossiers import DAY, KINDS, Negotiation, asked_for
from tests.deals.rule_enumerator import Rule, members
from tests.deals.same_deals import Same, named
from tests.deals.threshold_enumerator import Asking
from tests.deals.voting_enumerator import VotedNow
from tests.oracle.compare import files_in_short
from tests.oracle.product import load
from tests.support import largely

MOST_PACKAGES = 400
MOST_SETS = 1500
MOST_FILLED = 150
MOST_POSITIONS = 16


class Packages(Asking, BalanceEnumerator):
    """Whole packages."""


class Now(Asking, VotedNow):
    """Sets of cells."""


def enumerators(asked: Negotiation) -> tuple[Packages, Now]:
    """Both, of a dossier that is small enough for them."""
    plain = asked.plain
    files = (plain.agenda, plain.parties, asked.ids, DAY, asked.without)
    slow = Packages(*files, asked.held, plain.sources, plain.proposals)
    assume(slow.size <= MOST_PACKAGES)
    now = Now(*files, asked.held, plain.sources, plain.proposals)
    assume(now.sets <= MOST_SETS)
    filled = 1
    for values in slow.to_fill({}):
        filled *= len(values)
    assume(filled <= MOST_FILLED)
    return slow, now


def answer_by_votes(slow: Packages, distances: Mapping[Any, tuple[int, int, int]]) -> str:
    """The answer where a decision rule applies."""
    best = min(distances.values(), default=None)
    if best is None or best[0]:
        return "blocked"
    nearest = [one for one, distance in distances.items() if distance == best]
    packages = [dict(zip(slow.cells, one, strict=True)) for one in nearest]
    if best[1] or not slow.cells or not any(map(slow.is_enough_for_sure, packages)):
        return "open"
    return "agreed"


def answer_by_concessions(slow: Packages, truth: Truth | None) -> str:
    """The answer where all must agree."""
    if truth is None:
        return "blocked"
    if truth.answer == "agreed" and not any(map(slow.is_enough_for_sure, truth.best)):
        return "open"
    return truth.answer


def compare(
    found: Deals, slow: Packages, truth: Truth | None, now: Now, keep_red_lines: bool = False
) -> None:
    same = Same(found.problem, slow)
    assert [named(cell) for cell in found.problem.domains] == slow.cells
    assert (found.voted is not None) == bool(slow.rules)
    even = slow.balanced(keep_red_lines)
    if found.voted is None:
        answer = answer_by_concessions(slow, truth)
    else:
        answer = answer_by_votes(slow, same.nearest(found.voted, slow))
    assert found.answer == answer
    if truth is None:
        assert (found.proved, found.concessions, found.packages) == (True, None, None)
    else:
        same.least(found, truth, answer)
    assert found.balanced is not None
    if even is None:
        assert (found.balanced.proved, found.balanced.patterns) == (True, 0)
        assert found.balanced.totals == {}
    else:
        same.balanced(found.balanced, even)
    assert found.now is not None
    Same(found.problem, now).now(found.now, now.now())


@pytest.mark.parametrize("kind", largely(KINDS, next(iter(KINDS))))
@examples(40, thorough=1500)
@given(data=st.data())
def test_every_aim(kind: str, data: st.DataObject) -> None:
    asked = data.draw(asked_for(kind))
    note(f"{files_in_short(asked.plain)}\n{asked[1:]}")
    slow, now = enumerators(asked)
    truth = slow.truth()
    assume(truth is None or len(frozenset().union(*truth.ways_out)) <= MOST_POSITIONS)
    found = find_deals(
        load(asked.plain),
        asked.ids,
        DAY,
        without=asked.without,
        held=asked.held,
        everything=True,
        frontier=True,
        time_limit=None,
        aims=AIMS,
        keep_red_lines=asked.keep_red_lines,
    )
    compare(found, slow, truth, now, asked.keep_red_lines)
    tell_what_was_reached(found, slow, kind)


# So that one sees that few of these dossiers are trivial: --hypothesis-show-statistics.


def tell_what_was_reached(found: Deals, slow: Packages, kind: str) -> None:
    assert found.now is not None
    assert found.balanced is not None
    event(f"answer: {found.answer}")
    event(f"sticking points: {min(len(found.sticking_points), 3)}")
    event(f"could be signed now: {min(found.now.size, 3)}")
    for what, number in (
        ("least-concession packages", found.packages.number if found.packages else 0),
        ("balanced patterns", found.balanced.patterns),
        ("sets that could be signed", found.now.number),
    ):
        event(f"{what}: {'several' if number > 1 else number}")
    if slow.worth:
        event("points are asked for")
    if found.problem.thresholds is not None:
        tell_whether_points_decide(found.problem, found.now, found.balanced)
    if slow.rules:
        event("the rule applies")
        other = without_what_is_special(slow, kind)
        if nearest(slow) != nearest(other):
            event("the rule, or what is special about it, decides which packages are nearest")
        if standing(slow) != standing(other):
            event("the rule, or what is special about it, decides how near they come")


def tell_whether_points_decide(problem: Problem, now: Signable, even: Balanced) -> None:
    event("some package is worth too little")
    bare = problem._replace(thresholds=None)
    if balanced(bare, Clock(None), even.keep_red_lines) != even:
        event("points decide what is balanced")
    if signable(bare, Clock(None)) != now:
        event("points decide what could be signed now")


def nearest(slow: Packages) -> list[Package]:
    packages = [*slow.put_to_the_vote()]
    best = min(map(slow.distance, packages), default=None)
    return [one for one in packages if slow.distance(one) == best]


def standing(slow: Packages) -> tuple[int, int] | None:
    """On how many cells the vote fails, and is open, in the packages that come nearest."""
    return min((slow.distance(one)[:2] for one in slow.put_to_the_vote()), default=None)


def without_what_is_special(slow: Packages, kind: str) -> Packages:
    """The same, with rules that have no veto, count all alike, or whatever else their kind has."""
    other = copy.copy(slow)
    other.rules = {
        issue: plainer for issue, rule in slow.rules.items() if (plainer := less(rule, kind))
    }
    other.judged = {key: one for key, one in slow.judged.items() if key[0] != "standing"}
    return other


def less(rule: Rule, kind: str) -> Rule | None:
    if kind in ("veto", "abstention", "no-position"):
        return {key: one for key, one in rule.items() if key != kind}
    if kind == "weights":
        rest = {key: one for key, one in rule.items() if key != kind}
        return {**rest, "of": members(rule)}
    if kind in ("double-majority", "any-of"):
        first: Rule = next((rule[key] for key in ("all-of", "any-of") if key in rule), [rule])[0]
        return first
    return None
