"""Packages by priorities alone, of random dossiers: the search and the enumerator say the same."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from claimpos.comparison.table import Table
from claimpos.deals.clock import Clock
from claimpos.deals.packages import Packages
from claimpos.deals.priorities import ByPriorities, by_priorities
from claimpos.deals.problem import Problem, problem_of
from claimpos.dossier.dates import day_of
from tests.conftest import examples, times
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
from tests.deals.test_against_enumerator import (
    DAY,
    IS_THOROUGH,
    MOST_FOR_AIMS,
    is_group_and_member,
    loaded,
    named,
    negotiations,
    outcome_holds,
)
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import PlainDossier
from tests.oracle.record import Cell
from tests.support import (
    full_issue,
    full_party,
)

RANKS = ["high", "high", "medium", "medium", "low", "low", None]
MOST_PACKAGES = 150


def first_verbs(draw: st.DrawFn, outcomes: list[Any]) -> dict[str, Any]:
    """Some verbs with outcomes; red lines are rare, because they leave few packages."""
    one, other = draw(st.permutations(outcomes))[:2]
    return draw(
        st.sampled_from(
            [
                {"demands": one},
                {"demands": one},
                {"demands": one},
                {"demands": one, "accepts": [other]},
                {"proposes": one},
                {"proposes": one, "accepts": [other]},
                {"accepts": [one]},
                {"accepts": [one], "refuses": other},
                {"proposes": one, "refuses": other},
            ]
        )
    )


@st.composite
def rankings(draw: st.DrawFn) -> PlainDossier:
    """A few issues, some with sub-issues, on which two or three parties ask for something."""
    agenda: dict[str, Any] = {}
    for at in range(draw(st.sampled_from([2, 3, 3, 4, 4]))):
        agenda[f"issue-{at}"] = draw(
            st.sampled_from(
                [
                    {"options": ["x", "y"]},
                    {"options": ["x", "y"]},
                    {"options": ["x", "y", "z"]},
                    {"options": ["x", "y"], "items": ["north", "south"]},
                    {"unit": "days"},
                ]
            )
        )
    choices = [key for key, issue in agenda.items() if {*issue} == {"options"}]
    parties: dict[str, Any] = {}
    for party in ["anna", "bert", "carl"][: draw(st.sampled_from([2, 2, 2, 3]))]:
        parties[party] = {}
        for key, issue in agenda.items():
            outcomes: list[Any] = issue.get(
                "options", [{"max": 3}, {"min": 5}, {"above": 3, "below": 5}]
            )
            entry = first_verbs(draw, outcomes)
            if "items" in issue:
                entry = in_items(entry, draw(st.booleans()))
            elif choices and draw(st.integers(0, 1)) == 1:
                settled = draw(st.sampled_from(choices))
                named = [entry.get("demands"), entry.get("proposes"), *entry.get("accepts", [])]
                unnamed = [one for one in outcomes if one not in named]
                if settled != key and unnamed:
                    condition = {settled: draw(st.sampled_from(["x", "y"]))}
                    member = {"outcome": draw(st.sampled_from(unnamed)), "if": condition}
                    entry["accepts"] = [*entry.get("accepts", []), member]
            if rank := draw(st.sampled_from(RANKS)):
                entry["priority"] = rank
            if draw(st.integers(0, 7)):
                parties[party][key] = entry
    return in_full(agenda, parties)


def in_items(entry: dict[str, Any], alike: bool) -> dict[str, Any]:
    """The same of two sub-issues, or of the first alone."""
    items: list[str] = ["north", "south"] if alike else ["north"]
    told: dict[str, Any] = {}
    for verb, outcome in entry.items():
        [one] = outcome if isinstance(outcome, list) else [outcome]
        told[verb] = dict.fromkeys(items, one)
    return told


def in_full(agenda: dict[str, Any], parties: dict[str, Any]) -> PlainDossier:
    issues = {key: full_issue(key, issue) for key, issue in agenda.items()}
    files = {"title": "A test", "groups": {"all-issues": "All issues"}, "issues": issues}
    paper = {"title": "A paper", "publisher": "A", "date": "2025-01-01", "status": "official"}
    own = {party: full_party(party, positions) for party, positions in parties.items()}
    return PlainDossier(files, {"sources": {"paper": paper}}, own)


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
        weights: dict[Cell, int | Fraction] = {}
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
    problem = problem_of(Table(loaded(plain), ids, day_of(DAY)), {}, without, held)
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


@settings(max_examples=times(1_500))
@given(rankings())
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
    problem = problem_of(Table(loaded(plain), ids, day_of(DAY)), {})
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
        parties={new[one]: {**plain.parties[one], "party": new[one]} for one in parties},
    )
    same = {one: one for one in parties}
    assert told(other, {name: one for one, name in new.items()}) == told(plain, same)


SWAP = {"x": "y", "y": "x"}


@st.composite
def mirrored(draw: st.DrawFn) -> PlainDossier:
    """Bert asks for what Anna asks for, with x for y and the issues in the opposite order."""
    keys = [f"issue-{at}" for at in range(draw(st.integers(2, 4)))]
    across = dict(zip(keys, reversed(keys), strict=True))
    parties: dict[str, dict[str, Any]] = {"anna": {}, "bert": {}}
    for key in keys:
        verb, rank = draw(st.sampled_from(["demands", "proposes"])), draw(st.sampled_from(RANKS))
        one, at = draw(st.sampled_from("xy")), draw(st.sampled_from(keys))
        conditional = at != key and draw(st.booleans())
        red_line = draw(st.integers(0, 4)) == 0
        for party, here, there, swap in (
            ("anna", key, at, {"x": "x", "y": "y"}),
            ("bert", across[key], across[at], SWAP),
        ):
            other = swap[SWAP[one]]
            entry: dict[str, Any] = {verb: swap[one]}
            if conditional:
                entry["accepts"] = [{"outcome": other, "if": {there: swap["x"]}}]
            parties[party][here] = (
                entry
                | ({"refuses": other} if red_line else {})
                | ({"priority": rank} if rank else {})
            )
    return in_full({key: {"options": ["x", "y"]} for key in keys}, parties)


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
