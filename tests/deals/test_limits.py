"""Dossiers too large for the time given, or for all that there is to list."""

from __future__ import annotations

import _thread
import random
import threading
import time
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from claimpos.comparison.table import PositionTable
from claimpos.deals import clock, elimination, frontier, search
from claimpos.deals.balance import balanced
from claimpos.deals.clock import Clock
from claimpos.deals.conflict_sets import _GroupSearch
from claimpos.deals.facts import SolverFacts
from claimpos.deals.grouping import PositionGroup
from claimpos.deals.points import Giving, Package
from claimpos.deals.problem import problem_of
from claimpos.deals.search import find_deals
from claimpos.deals.solver import hitting_sets, least
from claimpos.dossier.dates import day_of
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from claimpos.rendering.deals import answer_in_words, deals_document
from claimpos.rendering.deals_report import deals_report
from claimpos.rendering.renderers import rendered
from tests.benchmarks.generated import bargaining
from tests.support import interruptible, largely, short_dossier, within

DAY = "2025-03-14"


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return short_dossier(tmp_path_factory.mktemp("big"), *bargaining(16, 80))


def test_out_of_time_it_says_what_was_found_and_what_is_proved(big: Dossier) -> None:
    found = find_deals(big, list(big.parties), DAY, time_limit=0)
    assert not found.proved
    assert found.concessions is not None
    assert found.packages is not None
    assert found.bound <= found.concessions
    package = found.packages.first()
    asked = found.problem.concessions((one for one, _ in found.problem.positions()), package)
    assert tuple(map(sum, zip(*asked, strict=True))) == found.concessions
    report = deals_report(found)
    assert report["proved"] is False
    assert report["packages"]["complete"] is False
    text = " ".join(rendered(deals_document(found)).split())
    assert "Time ran out. Best package found so far: " in text
    assert "Proven so far: no package needs less than " not in text
    bound = found._replace(bound=(0, 0, 1, 0, 0, 3))
    text_with_bound = " ".join(rendered(deals_document(bound)).split())
    assert "Proven so far: no package needs less than no red lines given up, 1 d" in text_with_bound
    assert "BEST PACKAGE FOUND SO FAR Other packages may need smaller concessions." in text
    assert "concessions (proven)" not in text
    assert "equally even" not in text
    assert "Time ran out before balanced packages were found." in text
    assert "LEAST-CONCESSION" not in text
    assert found.sticking_points == ()
    assert "Time ran out before the sticking points were found." in text


def test_out_of_time_nobody_is_said_to_stand_in_the_way_of_every_package(big: Dossier) -> None:
    found = find_deals(big, list(big.parties), DAY, time_limit=0)
    blocked = found._replace(answer="blocked", proved=False, bound=(0, 0, 0, 0, 0, 3))
    assert answer_in_words(blocked).startswith("Undecided in the time given: ")
    for proved in (blocked._replace(bound=(0, 0, 1, 0, 0, 0)), blocked._replace(proved=True)):
        assert answer_in_words(proved).startswith("No deal without concessions: every ")


def test_what_is_proved_by_the_limit_is_no_more_than_the_least(big: Dossier) -> None:
    table = PositionTable(big, list(big.parties), day_of(DAY))
    best = least(SolverFacts(problem_of(table, {})), Clock(None))
    assert best.proved
    assert best.bound == best.concessions
    for limit in (0.05, 0.2):
        found = find_deals(big, list(big.parties), DAY, time_limit=limit)
        assert found.concessions is not None
        assert found.bound <= best.concessions <= found.concessions


@pytest.mark.large
def test_of_too_many_ways_out_the_smallest_are_shown_and_a_conflict_set(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, *bargaining(12, 40))
    found = find_deals(dossier, list(dossier.parties), DAY, time_limit=None, aims=["least"])
    point = max(found.sticking_points, key=lambda one: len(one.positions))
    assert not point.complete
    assert len(point.ways_out) == 10
    assert len(point.ways_out) < point.ways_out_count
    (conflict_set,) = point.conflict_sets
    assert conflict_set
    assert all(
        any(move.position in conflict_set for move in way.moves) for way in point.ways_out
    ), "every way out undoes every conflict set"
    text = " ".join(rendered(deals_document(found)).split())
    assert "There are more ways: too many to list, or time ran out." in text
    assert "there may be more" in text


def test_silence_is_no_agreement(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, {"i": {"options": ["a", "b"]}}, {"ann": {}, "bo": {}})
    found = find_deals(dossier, ["ann", "bo"], DAY, frontier=True)
    assert (found.answer, found.proved) == ("open", True)
    text = rendered(deals_document(found))
    assert text.startswith("No party names an outcome of these issues, so there is no package")
    assert "PACKAGES" not in text
    assert "FRONTIER" not in text


def test_where_nothing_is_asked_no_package_is_listed(tmp_path: Path) -> None:
    """2^40 packages ask nothing: they are counted, not gone through."""
    issues = [f"i{number}" for number in range(40)]
    agenda = {issue: {"options": ["a", "b"]} for issue in issues}
    positions = {issue: {"accepts": ["a", "b"]} for issue in issues}
    dossier = short_dossier(tmp_path, agenda, {"ann": positions, "bo": positions})
    found = find_deals(dossier, ["ann", "bo"], DAY, frontier=True, time_limit=20)
    assert (found.answer, found.proved) == ("agreed", True)
    assert found.packages is not None
    assert (found.packages.number, found.packages.complete) == (2**40, True)
    assert found.frontier is not None
    assert len(found.frontier.points) == 1


@pytest.mark.large
def test_a_frontier_of_too_many_points_is_not_listed(tmp_path: Path) -> None:
    agenda = {f"i{number}": {"options": ["a", "b", "c", "d"]} for number in range(16)}
    ranks = ["high", "medium", "low"]
    people = {
        who: {
            issue: {"demands": "abcd"[at], "priority": ranks[(at + number) % 3]}
            for number, issue in enumerate(agenda)
        }
        for at, who in enumerate(("ann", "bo", "cy", "dee"))
    }
    dossier = short_dossier(tmp_path, agenda, people)
    found = find_deals(dossier, list(people), DAY, frontier=True, time_limit=10)
    assert found.frontier is not None
    assert not found.frontier.complete
    assert found.frontier.points == ()
    text = " ".join(rendered(deals_document(found)).split())
    assert "It has too many points to list, or time ran out." in text


def test_of_many_linked_issues_fewer_combinations_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A combination is as long as many issues are linked, so there is room for fewer of them."""
    agenda = {issue: {"options": ["a", "b"]} for issue in ("x", *(f"i{at}" for at in range(8)))}
    linked = [*agenda][1:]
    people = {
        who: {
            "x": {"accepts": [{"outcome": "a", "if": {issue: own}} for issue in linked]},
            **{issue: {"accepts": [{"outcome": own, "if": {"x": "a"}}]} for issue in linked},
        }
        for who, own in (("ann", "a"), ("bo", "b"))
    }
    dossier = short_dossier(tmp_path, agenda, people)
    monkeypatch.setattr(search, "_MOST_OUTCOMES", 240)
    found = find_deals(dossier, [*people], DAY, aims=["least"]).packages
    assert found is not None
    (combinations,) = found.linked
    assert (len(combinations.cells), len(combinations.combinations)) == (8, 30)
    assert not found.complete


def test_of_many_issues_a_frontier_may_have_fewer_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agenda = {f"i{number}": {"options": ["a", "b"]} for number in range(9)}
    people = {
        who: {issue: {"demands": own} for issue in agenda}
        for who, own in (("ann", "a"), ("bo", "b"))
    }
    dossier = short_dossier(tmp_path, agenda, people)
    for most, points in ((90, 10), (89, 0)):
        monkeypatch.setattr(frontier, "_MOST_OUTCOMES", most)
        found = find_deals(dossier, [*people], DAY, frontier=True, aims=["least"]).frontier
        assert found is not None
        assert (len(found.points), found.complete) == (points, points > 0)


@pytest.mark.parametrize("limit", largely([0.3, 0.6, 1, 1.5, 2.5], 0.6))
def test_whenever_time_runs_out_there_is_a_report(big: Dossier, limit: float) -> None:
    found = find_deals(big, list(big.parties), DAY, frontier=True, time_limit=limit)
    assert rendered(deals_document(found))
    assert deals_report(found)["format"] == "claimpos.deals/2"
    for point in found.sticking_points:
        assert all(way.moves for way in point.ways_out)


def test_the_limit_holds_within_half_a_second(
    big: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in CPU time, because other work may keep the machine busy."""
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=time.process_time))
    start = time.process_time()
    find_deals(big, list(big.parties), DAY, time_limit=0.3)
    assert time.process_time() - start < 0.3 + 0.5


def test_the_limit_holds_while_red_lines_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The patterns of one part may have very many packages."""
    agenda = {
        "x": {"options": ["a", "b", "c"], "items": ["h", "d", "m"]},
        "y": {"options": ["a", "b", "c"]},
    }
    people = {
        party: {
            "x": {
                "accepts": [
                    {"outcome": {item: [one, "b"]}, "if": {"y": needed}}
                    for item, needed in zip("hdm", conditions, strict=True)
                ]
            }
        }
        for party, one, conditions in (("ann", "a", "abc"), ("bo", "c", "bca"))
    }
    dossier = short_dossier(tmp_path, agenda, people)
    problem = problem_of(PositionTable(dossier, ["ann", "bo"], day_of(DAY)), {})
    times = 0
    count = Giving.red_lines
    until = Clock(60)

    def counted(self: Giving, variables: Sequence[int], package: Package) -> list[int]:
        nonlocal times
        times += 1
        if times == ends_after:
            until._end = 0.0
        return count(self, variables, package)

    monkeypatch.setattr(Giving, "red_lines", counted)
    ends_after = 0
    assert balanced(problem, until).in_time
    assert times > 5
    times, ends_after = 0, 5
    assert not balanced(problem, until).in_time
    assert times == 5


@pytest.mark.large
def test_the_limit_holds_for_16_000_positions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read before the search, and told after it, fits into the time as well."""
    dossier = short_dossier(tmp_path, *bargaining(40, 400))
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=time.process_time))
    for limit in (0.2, 0.5, 1, 2):
        with within(limit + 0.5):
            find_deals(dossier, list(dossier.parties), DAY, time_limit=limit)


@pytest.mark.large
def test_the_limit_holds_for_more_than_a_thousand_parties(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their pairs are too many to look at each, and so are ways in which one alone resolves it."""
    agenda = {issue: {"options": ["a", "b", "c"]} for issue in ("i", "j", "k")}
    chance = random.Random(1)
    people = {
        f"p{number}": {
            issue: dict(zip(("demands", "refuses"), chance.sample("abc", 2), strict=True))
            for issue in agenda
        }
        for number in range(1_500)
    }
    dossier = short_dossier(tmp_path, agenda, people)
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=time.process_time))
    with within(2 + 1):
        find_deals(dossier, list(dossier.parties), DAY, time_limit=2)


def test_an_interrupt_stops_the_solver() -> None:
    """2^40 sets would be listed."""
    family = [0b11 << 2 * at for at in range(40)]
    start = time.monotonic()
    with interruptible():
        threading.Timer(0.1, _thread.interrupt_main).start()
        with pytest.raises(KeyboardInterrupt):
            hitting_sets(family, 10**9, Clock(60))
    assert time.monotonic() - start < 10


class Until:
    """A clock that runs out once it has been asked so many times."""

    def __init__(self, asked: int) -> None:
        self.asked = asked

    @property
    def over(self) -> bool:
        self.asked -= 1
        return self.asked < 0

    left = None

    def check(self, needed: float = 0.0) -> None:
        """There is always time to prepare a question."""


def test_out_of_time_no_party_is_said_to_resolve_a_sticking_point_alone(tmp_path: Path) -> None:
    """Nor one that says nothing, which could not be shown to stand either."""
    agenda = {issue: {"options": ["a", "b"]} for issue in ("i", "j")}
    people = {"ann": {"i": {"demands": "a"}}, "bo": {"i": {"demands": "b"}, "j": {"accepts": "a"}}}
    dossier = short_dossier(tmp_path, agenda, people)
    problem = problem_of(PositionTable(dossier, ["ann", "bo"], day_of(DAY)), {})
    cells = tuple(problem.domains)
    group = PositionGroup(positions=tuple(one for one, _ in problem.positions()), cells=cells)
    found = [
        _GroupSearch(problem, group, (), False, cast(Clock, Until(asked)))._resolved_by("ann")
        for asked in range(6)
    ]
    (alone,) = set(found) - {0}
    assert found[0] == 0
    assert group.positions[alone.bit_length() - 1] == ("ann", cells[0])


@pytest.mark.parametrize("ruled", [False, True])
def test_too_many_combinations_are_not_said_to_be_a_lack_of_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ruled: bool
) -> None:
    """Where conditions link all issues, and no more than one combination is kept in mind."""
    rule = {"decides": {"at-least": 2}} if ruled else {}
    agenda = {f"i{at}": {"options": ["a", "b"], **rule} for at in range(4)}
    people = {
        who: {
            f"i{at}": {"accepts": [{"outcome": "a", "if": {f"i{(at + by) % 4}": "b"}}, "b"]}
            for at in range(4)
        }
        for by, who in enumerate(("ann", "bo", "cy"), start=1)
    }
    dossier = short_dossier(tmp_path, agenda, people)

    def told(limit: float | None) -> str:
        found = find_deals(dossier, [*people], DAY, time_limit=limit)
        return " ".join(rendered(deals_document(found), width=1000).split())

    assert "Time ran out" not in told(None)
    assert "Time ran out" in told(0)
    assert "too many combinations" not in told(0)
    monkeypatch.setattr(elimination, "_MOST_STATES", 1)
    text = told(None)
    assert "There are too many combinations to compare all" in text
    assert "Time ran out" not in text


ODD = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43)


def pointed(folder: Path, values: int) -> Dossier:
    """Two parties that give points to so many values of a quantity."""
    scale = {str(at): at * at % 97 for at in range(values)}
    worth = {"at-least": 1, "evidence": ["said-so"], "issues": {"x": scale}}
    people = {who: {"x": {"accepts": {"min": 1}}} for who in ("ann", "bo")}
    agenda = {"x": {"unit": "tons"}}
    return short_dossier(folder, agenda, people, {}, {who: {"worth": worth} for who in people})


@pytest.mark.large
def test_points_of_many_values_are_worked_out_quickly(tmp_path: Path) -> None:
    dossier = pointed(tmp_path, 1_000)
    with within(4):
        find_deals(dossier, ["ann", "bo"], DAY, time_limit=0)


def test_points_of_too_many_values_meet_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = pointed(tmp_path, 8)
    monkeypatch.setenv(VARIABLE, "scored-outcomes=320")
    assert find_deals(dossier, ["ann", "bo"], DAY).scores is not None
    monkeypatch.setenv(VARIABLE, "scored-outcomes=319")
    with pytest.raises(WrongUsage, match="scored-outcomes"):
        find_deals(dossier, ["ann", "bo"], DAY)


def opposed(folder: Path, number: int) -> Dossier:
    """Three parties that want opposite things of so many quantities, with positions on one."""
    agenda = {f"x{at}": {"unit": "tons", "integer": True} for at in range(number)}
    scales = {
        "ann": {x: {"0": 0, "200": 100 + at} for at, x in enumerate(agenda)},
        "bo": {x: {"0": 100 - at, "200": 0} for at, x in enumerate(agenda)},
        "cy": {x: {"0": 0, f"{70 + at}": 100, "200": 0} for at, x in enumerate(agenda)},
    }
    people = {who: {"x0": {"accepts": {"min": 0}}} for who in scales}
    besides = {
        who: {"worth": {"at-least": 45 * number, "evidence": ["said-so"], "issues": scale}}
        for who, scale in scales.items()
    }
    return short_dossier(folder, agenda, people, {}, besides)


def test_many_ways_in_which_points_turn_out_keep_to_the_time_given(tmp_path: Path) -> None:
    dossier = opposed(tmp_path, 40)
    with within(8):
        found = find_deals(dossier, ["ann", "bo", "cy"], DAY, time_limit=1)
    assert found.problem.thresholds is not None
    assert len(found.problem.thresholds.sampled) > 4
    text = " ".join(rendered(deals_document(found), width=1000).split())
    assert " issues and sub-issues, not all values are tried: what is called proven holds" in text


def test_points_of_too_many_digits_meet_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of values 7, 11, 13, … apart, one party's points at the other's are fractions of these."""
    ends = accumulate(number for number in range(3, 2_000, 2) if all(number % one for one in ODD))
    between = {str(end): end % 7 for end in ends}
    scales = {"ann": between, "bo": {str(int(end) + 1): 2 for end in between}}
    people = {who: {"x": {"accepts": {"min": 1}}} for who in scales}
    besides = {
        who: {"worth": {"at-least": 1, "evidence": ["said-so"], "issues": {"x": scale}}}
        for who, scale in scales.items()
    }
    dossier = short_dossier(tmp_path, {"x": {"unit": "tons"}}, people, {}, besides)
    monkeypatch.setenv(VARIABLE, "points-digits=300")
    with within(4), pytest.raises(WrongUsage, match=r"up to 300 digits; .*points-digits=…"):
        find_deals(dossier, [*people], DAY)


def test_the_solver_itself_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    agenda = {"toll": {"unit": "euros", "minimum": 0}, "road": {"options": ["wide", "narrow"]}}
    parties = {"ann": {"toll": {"refuses": {"min": 0}}}, "bo": {"road": {"proposes": "wide"}}}
    deals = find_deals(short_dossier(tmp_path, agenda, parties), ["ann", "bo"], DAY)
    assert deals_report(deals)
    assert tuple(capfd.readouterr()) == ("", "")
