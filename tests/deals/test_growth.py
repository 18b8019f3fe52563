"""Dossiers made to be slow: what is told to the solver grows no faster than what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import clingo
import pytest

from claimpos.comparison.table import PositionTable
from claimpos.deals import facts as facts_module
from claimpos.deals.assessment import assess
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.facts import SolverFacts
from claimpos.deals.grouping import groups
from claimpos.deals.problem import problem_of
from claimpos.deals.search import Deals, find_deals
from claimpos.deals.set_families import factors
from claimpos.dossier.dates import day_of
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from claimpos.rendering.deals import deals_document
from claimpos.rendering.deals_report import deals_report
from claimpos.rendering.renderers import rendered
from tests.benchmarks.generated import bargaining
from tests.support import EVIDENCE, largely, short_dossier, within

DAY = "2025-03-14"
CHOICE = {"options": ["a", "b"]}
FIGURE = {"unit": "t"}

Made = tuple[dict[str, Any], ...]


def conditions_on_figures(size: int) -> Made:
    """Each condition asks for another range of one quantity."""
    people = {
        who: {
            "deal": {
                "demands": "a",
                "accepts": [
                    {
                        "outcome": "b",
                        "if": {"sum": {"min": 4 * at + shift, "max": 4 * at + shift + 1}},
                    }
                    for at in range(size)
                ],
            }
        }
        for shift, who in enumerate(("ann", "bo"))
    }
    return {"deal": CHOICE, "sum": FIGURE}, people


def figures_on_conditions(size: int) -> Made:
    """Each of many figures is accepted on a condition of its own."""
    people = {
        who: {
            "sum": {
                "demands": {"max": -1},
                "accepts": [
                    {"outcome": {"min": 4 * at + shift}, "if": {"deal": "ab"[at % 2]}}
                    for at in range(size)
                ],
            }
        }
        for shift, who in enumerate(("ann", "bo"))
    }
    return {"deal": CHOICE, "sum": FIGURE}, people


def figures_on_figures(size: int) -> Made:
    people = {
        who: {
            "sum": {
                "accepts": [
                    {"outcome": {"max": 4 * at + shift}, "if": {"fee": {"min": 3 * at + shift}}}
                    for at in range(size)
                ],
            }
        }
        for shift, who in enumerate(("ann", "bo"))
    }
    return {"fee": FIGURE, "sum": FIGURE}, people


def many_end_points(size: int) -> Made:
    people = {
        who: {
            "sum": {
                "demands": [
                    {"min": 4 * at + shift, "max": 4 * at + shift + 1} for at in range(size)
                ]
            }
        }
        for shift, who in enumerate(("ann", "bo"))
    }
    return {"deal": CHOICE, "sum": FIGURE}, people


def many_parties_each_with_a_figure(size: int) -> Made:
    people = {
        f"p{at}": {"sum": {"refuses": {"min": 2 * at, "max": 2 * at + 1}}} for at in range(size)
    }
    return {"sum": {**FIGURE, "integer": True}}, people


def conditions_on_options(size: int) -> Made:
    """Each condition asks for another of very many options."""
    options = [f"o{at}" for at in range(size)]
    people = {
        who: {
            "deal": {
                "demands": "a",
                "accepts": [{"outcome": "b", "if": {"form": option}} for option in options],
            }
        }
        for who in ("ann", "bo")
    }
    return {"deal": CHOICE, "form": {"options": options}}, people


ATTACKS: list[Callable[[int], Made]] = [
    conditions_on_figures,
    figures_on_conditions,
    figures_on_figures,
    many_end_points,
    many_parties_each_with_a_figure,
    conditions_on_options,
]


def facts_of(folder: Path, made: Made) -> SolverFacts:
    dossier = short_dossier(folder, *made)
    return SolverFacts(problem_of(PositionTable(dossier, list(dossier.parties), day_of(DAY)), {}))


def told(folder: Path, made: Made) -> str:
    return " ".join(facts_of(folder, made).texts)


LEAST_WORTH: Made = (
    {"deal": CHOICE},
    {"ann": {}, "bo": {}},
    {},
    {
        "ann": {
            "worth": {"issues": {"deal": {"a": 3, "b": 0}}, "at-least": 1, "evidence": [EVIDENCE]}
        }
    },
)


@pytest.mark.parametrize(
    ("made", "sections"),
    [
        (conditions_on_options(2), set()),
        (figures_on_conditions(60), {"long"}),
        (LEAST_WORTH, {"points"}),
    ],
)
def test_the_solver_gets_only_the_sections_that_facts_need(
    tmp_path: Path, made: Made, sections: set[str]
) -> None:
    assert facts_of(tmp_path, made).sections == sections


@pytest.mark.parametrize("attack", ATTACKS)
def test_facts_grow_no_faster_than_the_dossier(
    tmp_path: Path, attack: Callable[[int], Made]
) -> None:
    small, large = (told(tmp_path / str(size), attack(size)).count(".") for size in (60, 240))
    assert large < 4 * 1.2 * small


@pytest.mark.parametrize("attack", largely(ATTACKS, many_end_points))
def test_time_and_memory_suffice(tmp_path: Path, attack: Callable[[int], Made]) -> None:
    dossier = short_dossier(tmp_path, *attack(400))
    with within(8):
        found = find_deals(dossier, list(dossier.parties), DAY, time_limit=3)
        assert deals_report(found)["format"] == "claimpos.deals/2"


@pytest.mark.large
def test_points_against_each_other_in_many_ways(tmp_path: Path) -> None:
    """Two parties lose points on issues of which packages have none, in 40,000 ways."""
    options = [f"o{at}" for at in range(200)]
    points = {"left": [*range(200)], "right": [200 * at for at in range(200)]}
    worth = {
        who: {
            "at-least": 20_000,
            "evidence": [EVIDENCE],
            "issues": {
                issue: dict(zip(options, (some if who == "ann" else reversed(some)), strict=True))
                for issue, some in points.items()
            },
        }
        for who in ("ann", "bo")
    }
    issues = {"deal": CHOICE, **{issue: {"options": options} for issue in points}}
    people = {who: {"deal": {"accepts": ["a", "b"]}} for who in worth}
    more = {who: {"worth": own} for who, own in worth.items()}
    dossier = short_dossier(tmp_path, issues, people, {}, more)
    with within(3):
        find_deals(dossier, ["ann", "bo"], DAY, time_limit=2)


@pytest.mark.parametrize("seed", largely(range(5), 0))
def test_spans_of_outcomes_say_the_same_as_each_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dossier = short_dossier(tmp_path, *bargaining(4, 12, seed))
    each = find_deals(dossier, list(dossier.parties), DAY, time_limit=None, frontier=True)
    monkeypatch.setattr(facts_module, "_FEW", 1)
    spans = find_deals(dossier, list(dossier.parties), DAY, time_limit=None, frontier=True)
    assert compared(spans) == compared(each)


def compared(found: Deals) -> list[object]:
    """All that is found but for what depends on which of equal packages is found first."""
    points = found.frontier.points if found.frontier else ()
    sticking_points = [
        point._replace(taken=(), ranking_decides=None) for point in found.sticking_points
    ]
    return [
        found.concessions,
        found.packages,
        found.shares,
        sticking_points,
        [point.concessions for point in points],
    ]


def test_conditions_bear_on_each_cell_once_whatever_the_number_of_its_outcomes(
    tmp_path: Path,
) -> None:
    dossier = short_dossier(tmp_path, *conditions_on_figures(50))
    problem = problem_of(PositionTable(dossier, ["ann", "bo"], day_of(DAY)), {})
    (group,) = groups(problem)
    assert len(group.cells) == 2
    assert len(group.positions) == 4


@pytest.fixture
def big(tmp_path: Path) -> Dossier:
    return short_dossier(tmp_path, *bargaining(10, 40))


def test_without_time_nothing_is_grounded(big: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    """And yet there is a package to tell of, in which those held say no to nothing."""

    def ground(*_: object) -> None:
        raise AssertionError("grounding cannot be interrupted")

    monkeypatch.setattr(clingo.Control, "ground", ground)
    found = find_deals(big, list(big.parties), DAY, frontier=True, time_limit=0)
    assert not found.proved
    assert found.packages is not None
    assert set(found.packages.first()) == set(found.problem.domains)
    assert "Time ran out" in rendered(deals_document(found))
    held = find_deals(big, list(big.parties), DAY, held=["p3"], time_limit=0)
    assert held.packages is not None
    package = held.packages.first()
    for position, _ in held.problem.positions():
        if position.party == "p3":
            assert held.problem.says(position, package) in ("yes", "unsaid", "beyond")


def test_the_package_without_a_search_keeps_to_what_nobody_refuses(tmp_path: Path) -> None:
    agenda = {issue: {"options": ["a", "b", "c"]} for issue in ("i", "j")}
    people = {
        "ann": {"i": {"refuses": "a"}, "j": {"demands": "b"}},
        "bo": {"i": {"refuses": "b"}, "j": {"refuses": ["a", "b"]}},
    }
    dossier = short_dossier(tmp_path, agenda, people)
    found = find_deals(dossier, ["ann", "bo"], DAY, time_limit=0)
    assert found.concessions is not None
    assert found.concessions[0] == 0


def test_time_runs_out_while_packages_are_put_in_order() -> None:
    rows = [(one, two, three) for one in range(9) for two in range(9) for three in range(9)]
    with pytest.raises(OutOfTime):
        factors(rows, Clock(0))
    assert factors(rows, Clock(None)) == [(0,), (1,), (2,)]


@pytest.mark.parametrize(("parties", "issues"), [(3, 4), (11, 1), (2, 6), (4, 3), (6, 2)])
def test_too_many_positions_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parties: int, issues: int
) -> None:
    monkeypatch.setenv(VARIABLE, "deals-positions=10")
    agenda = {f"i{at}": CHOICE for at in range(issues)}
    people = {f"p{who}": {issue: {"demands": "a"} for issue in agenda} for who in range(parties)}
    dossier = short_dossier(tmp_path, agenda, people)
    with pytest.raises(WrongUsage, match=r"--without, or, to raise .*deals-positions=…"):
        find_deals(dossier, list(people), DAY)
    without = [issue for issue in agenda if issue != "i0"]
    assert find_deals(dossier, list(people)[:2], DAY, without=without).answer == "agreed"


@pytest.mark.large
def test_many_answers_to_many_texts_are_assessed_quickly(tmp_path: Path) -> None:
    issues = [f"i{at}" for at in range(20)]
    texts = {f"t{at}": {"date": "2026", "terms": dict.fromkeys(issues, "a")} for at in range(100)}
    days = [date(2025, 1, 1) + timedelta(at) for at in range(150)]
    answers = [{"since": str(day), "says": "accepts"} for day in days]
    besides = {"p": {"answers": dict.fromkeys(texts, answers)}}
    agenda = dict.fromkeys(issues, CHOICE)
    dossier = short_dossier(tmp_path, agenda, {"p": {}, "q": {}}, texts, besides)
    with within(1.5):
        found = [assess(dossier, text) for text in dossier.proposals.values()]
    assert {one.terms[0].says["p"] for one in found} == {"yes"}
