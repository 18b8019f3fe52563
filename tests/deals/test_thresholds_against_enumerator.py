"""Each aim under each decision rule, where parties ask for so many points at least.

The search and brute force say the same of random dossiers. Least-concession and balanced packages
count concessions as if all had to agree, but what is worth too little is ruled out by the rule.
"""

from __future__ import annotations

import copy
from typing import Any, TypeVar

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.table import Table
from claimpos.deals.balance import balanced
from claimpos.deals.clock import Clock
from claimpos.deals.problem import Problem, problem_of
from claimpos.deals.search import find_deals
from claimpos.deals.signable import signable
from claimpos.deals.voting import voted
from claimpos.dossier.dates import day_of
from tests.conftest import times
from tests.deals.balance_enumerator import BalanceEnumerator
from tests.deals.now_enumerator import NowEnumerator
from tests.deals.test_against_enumerator import (
    DAY,
    IS_THOROUGH,
    MOST_FOR_AIMS,
    MOST_POSITIONS,
    is_group_and_member,
    loaded,
    negotiations,
)
from tests.deals.test_against_enumerator import (
    check as check_least,
)
from tests.deals.test_balance_against_enumerator import Checked
from tests.deals.test_now_against_enumerator import MOST_SETS, talks
from tests.deals.test_now_against_enumerator import check as check_now
from tests.deals.test_votes_against_enumerator import (
    VotedNow,
    bodies,
    check_nearest,
    check_passing,
)
from tests.deals.threshold_enumerator import Asking
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import PlainDossier

E = TypeVar("E", bound=Asking)

POINTS = st.integers(0, 4)
MOST_FILLED = 150
MANY = settings(max_examples=times(150 if IS_THOROUGH else 20))


class AskingBalanced(Asking, BalanceEnumerator):
    pass


class AskingNow(Asking, NowEnumerator):
    pass


class AskingVotedNow(Asking, VotedNow):
    pass


@st.composite
def asking(draw: st.DrawFn, plains: st.SearchStrategy[PlainDossier]) -> PlainDossier:
    """Negotiations in which one or more of the parties ask for so many points at least."""
    plain = draw(plains)
    assume(not is_group_and_member(plain, list(plain.parties)))
    issues = plain.agenda["issues"]
    parties = copy.deepcopy(plain.parties)
    some = draw(st.lists(st.sampled_from([*parties]), min_size=1, unique=True))
    for party in some:
        scored = draw(st.lists(st.sampled_from([*issues]), min_size=1, max_size=2, unique=True))
        parties[party]["statements"]["brief"] = {
            "source": "paper",
            "said": "2020-01-01",
            "basis": "stated",
            "summary": "So much is worth so much.",
        }
        worth: dict[str, Any] = {
            "evidence": ["brief"],
            "issues": {key: draw(scales(issues[key])) for key in scored},
        }
        if draw(st.integers(0, 4)):
            worth["at-least"] = draw(st.integers(0, 7))
        parties[party]["worth"] = worth
    assume(any("at-least" in parties[one]["worth"] for one in some))
    return plain._replace(parties=parties)


@st.composite
def scales(draw: st.DrawFn, issue: dict[str, Any]) -> dict[Any, Any]:
    """The points of an issue: by option, by some figures, or by item."""
    if issue["kind"] == "items":
        items = draw(st.lists(st.sampled_from([*issue["items"]]), min_size=1, unique=True))
        return {item: draw(scales({**issue, "kind": "choice"})) for item in items}
    if issue["kind"] == "quantity":
        figures = draw(st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True))
        return {figure: draw(POINTS) for figure in sorted(figures)}
    return {option: draw(POINTS) for option in issue["options"]}


def enumerated(kind: type[E], plain: PlainDossier, without: tuple[str, ...] = ()) -> E:
    ids = list(plain.parties)
    slow = kind(plain.agenda, plain.parties, ids, DAY, without, (), plain.sources, plain.proposals)
    slow.state(plain.parties)
    size = 1
    for values in slow.to_fill({}):
        size *= len(values)
    assume(size <= MOST_FILLED)
    note(f"{files_in_short(plain)}\nwithout {without}")
    return slow


def searched(plain: PlainDossier, without: tuple[str, ...] = ()) -> Problem:
    return problem_of(Table(loaded(plain), list(plain.parties), day_of(DAY)), {}, without)


def some_issue(data: st.DataObject, plain: PlainDossier) -> tuple[str, ...]:
    return data.draw(st.sampled_from([(), (), (), tuple(plain.agenda["issues"])[:1]]))


def tell_whether_it_binds(problem: Problem) -> None:
    bound = problem.thresholds is not None and problem.thresholds.bind(problem.domains)
    event(f"points can rule something out: {bound}")


@MANY
@given(asking(st.one_of(negotiations(), bodies())), st.data())
def test_least(plain: PlainDossier, data: st.DataObject) -> None:
    without = some_issue(data, plain)
    slow = enumerated(Asking, plain, without)
    assume(slow.size <= MOST_FOR_AIMS)
    assume(len(slow.ids) * len(slow.cells) <= MOST_POSITIONS)
    found = find_deals(
        loaded(plain),
        slow.ids,
        DAY,
        without=without,
        everything=True,
        frontier=True,
        time_limit=None,
        aims=["least"],
    )
    truth = slow.truth()
    tell_whether_it_binds(found.problem)
    if truth is None:
        assert (found.proved, found.packages, found.answer) == (True, None, "blocked")
        event("no package")
        return
    if found.voted is None:
        if truth.answer == "agreed" and not any(map(slow.is_enough_for_sure, truth.best)):
            truth = truth._replace(answer="open")
    else:
        truth = truth._replace(answer=found.answer)
    check_least(found, truth)


@MANY
@given(asking(st.one_of(negotiations(), bodies())), st.data())
def test_balanced(plain: PlainDossier, data: st.DataObject) -> None:
    without = some_issue(data, plain)
    slow = enumerated(AskingBalanced, plain, without)
    assume(slow.size <= MOST_FOR_AIMS)
    keep = data.draw(st.sampled_from([False, False, True]))
    problem = searched(plain, without)
    found, truth = balanced(problem, Clock(None), keep), slow.balanced(keep)
    tell_whether_it_binds(problem)
    if truth is None:
        assert (found.proved, found.patterns, found.totals) == (True, 0, {})
        event("no package")
        return
    Checked(problem, slow).check(found, truth)
    event(f"patterns: {min(found.patterns, 4)}")


@MANY
@given(asking(talks()), st.data())
def test_now(plain: PlainDossier, data: st.DataObject) -> None:
    without = some_issue(data, plain)
    slow = enumerated(AskingNow, plain, without)
    assume(slow.sets <= MOST_SETS // 4)
    problem = searched(plain, without)
    tell_whether_it_binds(problem)
    found = signable(problem, Clock(None))
    check_now(problem, found, slow, slow.now())
    event(f"cells: {min(found.size, 3)}")


@MANY
@given(asking(bodies()))
def test_now_by_rule(plain: PlainDossier) -> None:
    slow = enumerated(AskingVotedNow, plain)
    assume(slow.sets <= MOST_SETS // 4)
    problem = searched(plain)
    tell_whether_it_binds(problem)
    check_passing(signable(problem, Clock(None)), slow)


@MANY
@given(asking(bodies()))
def test_nearest_to_passing(plain: PlainDossier) -> None:
    slow = enumerated(Asking, plain)
    assume(slow.cells)
    assume(slow.size <= MOST_FOR_AIMS)
    problem = searched(plain)
    tell_whether_it_binds(problem)
    ballots = Ballots(problem.table, slow.ids)
    check_nearest(problem, voted(problem, ballots, Clock(None)), slow)
