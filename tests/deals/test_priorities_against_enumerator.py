"""Packages by priorities alone, of random dossiers: the search and the enumerator say the same."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from claimpos.comparison.table import PositionTable
from claimpos.deals.clock import Clock
from claimpos.deals.packages import Packages
from claimpos.deals.priorities import ByPriorities, by_priorities
from claimpos.deals.problem import Problem, problem_of
from claimpos.deals.weightings import Matter as Ranked
from claimpos.deals.weightings import Weightings
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import Cell
from tests.conftest import examples, times
from tests.deals.priority_dossiers import RANKS, SWAP, mirrored, rankings, rivals
from tests.deals.priority_enumerator import (
    Judge,
    Levels,
    Matter,
    PriorityEnumerator,
    PriorityTruth,
    Weights,
    fits,
    worth,
)
from tests.deals.random_dossiers import DAY, is_group_and_member, negotiations
from tests.deals.same_deals import named, outcome_holds
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import PlainDossier
from tests.oracle.product import load
from tests.oracle.record import Cell as NaiveCell

MOST_PACKAGES = 150
MOST_FOR_AIMS = 400
IS_THOROUGH = times(1) > 1


def multiplied(problem: Problem, packages: Packages, slow: PriorityEnumerator) -> set[Any]:
    """All packages of a description, as tuples of outcomes."""
    assert packages.complete
    choices = [
        *([[(cell, mask)]] for cell, mask in packages.fixed.items()),
        *([[(cell, one)] for one in some] for cell, some in packages.free.items()),
        *(
            [list(zip(linked.cells, row, strict=True)) for row in linked.combinations]
            for linked in packages.linked
        ),
    ]
    found: set[Any] = set()
    for some in itertools.product(*choices):
        row = dict(itertools.chain(*some))
        several = [
            [
                one
                for one in slow.outcomes[named(cell)]
                if outcome_holds(problem, cell, row[cell], one)
            ]
            for cell in problem.domains
        ]
        found |= set(itertools.product(*several))
    return found


def check(
    problem: Problem, found: ByPriorities, slow: PriorityEnumerator, truth: PriorityTruth
) -> None:
    ranking = slow.ranking()
    assert found.alone == {party: len(some) for party, some in truth.alone.items()}
    assert found.unranked == tuple(party for party in slow.ids if party not in ranking)
    assert found.number == len(found.packages) == len(truth.together)
    told = {
        (frozenset(multiplied(problem, one.packages, slow)), one.best_for) for one in found.packages
    }
    assert told == {
        (
            frozenset(tuple(package.values()) for package in packages),
            tuple(
                party
                for party, levels in zip(ranking, key, strict=True)
                if levels in truth.alone[party]
            ),
        )
        for key, packages in truth.together.items()
    }


def random_weights(matters: list[Matter], chance: random.Random) -> Weights:
    """A weighting that fits, by no recipe: numbers are drawn until the ranks are in order."""
    while True:
        sums = [Fraction(chance.randint(0, 6)) for _ in matters]
        weights: dict[NaiveCell, int | Fraction] = {}
        for total, (_, cells) in zip(sums, matters, strict=True):
            shares = [chance.randint(0, 3) for _ in cells]
            shares[chance.randrange(len(cells))] += 1
            for cell, share in zip(cells, shares, strict=True):
                weights[cell] = total * share / sum(shares)
        if fits(weights, matters):
            return weights


def check_no_weighting_contradicts(slow: PriorityEnumerator, truth: PriorityTruth) -> None:
    """What is never worse is worth as much under random weightings and scales; and each extreme
    weighting fits, so that what it tells apart is told apart by one that fits."""
    chance = random.Random(0)
    for at, party in enumerate(slow.ranking()):
        cells, matters = slow.spoken(party), slow.matters(party)
        judge = Judge(cells, matters)
        every: list[Levels] = sorted({key[at] for key in truth.all})[:12]
        for _ in range(5):
            weights = random_weights(matters, chance)
            scale = sorted(Fraction(chance.randint(0, 9)) for _ in range(5))
            for one, other in itertools.permutations(every, 2):
                if judge.never_worse(one, other):
                    a, b = (
                        worth(weights, dict(zip(cells, levels, strict=True)), scale)
                        for levels in (one, other)
                    )
                    assert a >= b


def compared(
    plain: PlainDossier, without: tuple[str, ...], held: tuple[str, ...], most: int
) -> None:
    ids = list(plain.parties)
    note(f"{files_in_short(plain)}\nwithout {without}, held {held}")
    slow = PriorityEnumerator(
        plain.agenda, plain.parties, ids, DAY, without, held, plain.sources, plain.proposals
    )
    assume(slow.size <= most)
    problem = problem_of(PositionTable(load(plain), ids, day_of(DAY)), {}, without, held)
    found = by_priorities(problem, True, Clock(None))
    event(f"ranking: {len(slow.ranking())}")
    truth = slow.by_priorities() if slow.ranking() else None
    if truth is None or not truth.all:
        assert found is None
        return
    assert found is not None
    check(problem, found, slow, truth)
    check_no_weighting_contradicts(slow, truth)
    event(f"undominated together: {min(len(truth.together), 6)}")
    event(f"beaten: {len(truth.together) < len(truth.all)}")
    event(f"several alone: {any(len(one) > 1 for one in truth.alone.values())}")


@st.composite
def two_packages(draw: st.DrawFn) -> tuple[list[Matter], Levels, Levels]:
    """What a party ranks, and how two packages do for it: on most of what it ranks high, the first
    does better."""
    ranks = draw(st.lists(st.sampled_from(RANKS), min_size=1, max_size=5))
    steps = st.sampled_from(draw(st.sampled_from([[0, 4], [0, 4], [0, 2, 4], [0, 1, 2, 3, 4]])))
    matters: list[Matter] = []
    one: list[int] = []
    other: list[int] = []
    for at, rank in enumerate(["high", *ranks]):
        cells = tuple((f"issue-{at}", item) for item in "ab"[: draw(st.sampled_from([1, 1, 2]))])
        matters.append((rank, cells))
        for _ in cells:
            levels = [draw(steps), draw(steps)]
            if rank in ("high", None) and draw(st.integers(0, 7)):
                levels.sort(reverse=True)
            one.append(levels[0])
            other.append(levels[1])
    return matters, tuple(one), tuple(other)


@settings(max_examples=times(3_000))
@given(two_packages())
def test_weightings(case: tuple[list[Matter], Levels, Levels]) -> None:
    """One package is never worse than another where no extreme weighting makes it so."""
    matters, *both = case
    cells = [cell for _, some in matters for cell in some]
    weightings = Weightings(
        [Ranked(rank or "", tuple(Cell(*cell) for cell in some)) for rank, some in matters]
    )
    one, other = (
        sum(
            weightings.shortfall(Cell(*cell), 4 - level)
            for cell, level in zip(cells, levels, strict=True)
        )
        for levels in both
    )
    truth = Judge(cells, matters).never_worse(*both)
    assert weightings.never_worse(one, other) == truth
    assert not truth or one == other or weightings.weighed(one) < weightings.weighed(other)
    event(f"never worse: {truth}, though in places: {truth and bool(one & ~other)}")


@settings(max_examples=times(1_500))
@given(st.one_of(rankings(), rivals()))
def test_priorities(plain: PlainDossier) -> None:
    compared(plain, (), (), MOST_PACKAGES)


@settings(max_examples=times(150 if IS_THOROUGH else 40))
@given(negotiations(), st.data())
def test_priorities_in_dossiers_of_all_features(plain: PlainDossier, data: st.DataObject) -> None:
    ids = list(plain.parties)
    without = data.draw(st.sampled_from([(), (), (), tuple(plain.agenda["issues"])[:1]]))
    held = data.draw(st.sampled_from([(), (), (), tuple(ids[:1])]))
    assume(not is_group_and_member(plain, ids))
    compared(plain, without, held, MOST_FOR_AIMS)


def told(plain: PlainDossier, names: dict[str, str]) -> tuple[Any, set[Any]]:
    """How many packages are left for each party, and which for all; parties by other names."""
    ids = list(plain.parties)
    problem = problem_of(PositionTable(load(plain), ids, day_of(DAY)), {})
    found = by_priorities(problem, True, Clock(None))
    if found is None:
        return None, set()
    slow = PriorityEnumerator(plain.agenda, plain.parties, ids, DAY)
    packages = set()
    for one in found.packages:
        rows = multiplied(problem, one.packages, slow)
        by_issue = [frozenset(zip(slow.cells, row, strict=True)) for row in rows]
        packages.add((frozenset(by_issue), frozenset(names[party] for party in one.best_for)))
    return {names[party]: number for party, number in found.alone.items()}, packages


@examples(100)
@given(rankings(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(plain: PlainDossier, chance: random.Random) -> None:
    issues, parties = list(plain.agenda["issues"]), list(plain.parties)
    chance.shuffle(issues)
    chance.shuffle(parties)
    new = dict(zip(parties, reversed(parties), strict=True))
    other = plain._replace(
        agenda=plain.agenda | {"issues": {key: plain.agenda["issues"][key] for key in issues}},
        parties={
            new[one]: {**plain.parties[one], "party": new[one], "name": new[one].title()}
            for one in parties
        },
    )
    same = {one: one for one in parties}
    assert told(other, {name: one for one, name in new.items()}) == told(plain, same)


@examples(100)
@given(mirrored())
def test_mirrored_positions_leave_mirrored_packages(plain: PlainDossier) -> None:
    keys = list(plain.agenda["issues"])
    across = dict(zip(keys, reversed(keys), strict=True))
    number, packages = told(plain, {"anna": "anna", "bert": "bert"})
    assert number is None or number["anna"] == number["bert"]
    exchanged = {"anna": "bert", "bert": "anna"}
    assert packages == {
        (
            frozenset(
                frozenset(((across[key], item), SWAP[one]) for (key, item), one in package)
                for package in some
            ),
            frozenset(exchanged[party] for party in best_for),
        )
        for some, best_for in packages
    }
    event(f"packages: {min(len(packages), 6)}")
