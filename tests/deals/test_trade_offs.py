"""Trade-offs between two parties: only where both have recorded grounds to give way."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from claimpos.deals.problem import Position
from claimpos.deals.search import find_deals
from claimpos.dossier.model import Cell
from claimpos.rendering.deals_report import deals_report
from tests.deals.test_cases_of_votes import validated
from tests.support import EVIDENCE, short_dossier

DAY = "2025-03-14"
AGENDA = {
    "land": {"options": ["mine", "yours"]},
    "water": {"options": ["mine", "yours"]},
    "fish": {"options": ["mine", "yours"]},
}
UNRANKED = {"land": {"demands": "mine"}, "water": {"demands": "mine"}}
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[Any]]] = {
    "nothing on record": (
        UNRANKED,
        {"land": {"demands": "yours"}, "water": {"demands": "yours"}},
        [],
    ),
    "priorities": (
        {
            "land": {"demands": "mine", "priority": "low"},
            "water": {"demands": "mine", "priority": "high"},
        },
        {
            "land": {"demands": "yours", "priority": "high"},
            "water": {"demands": "yours", "priority": "medium"},
        },
        [("land", ["priority"], "water", ["priority"])],
    ),
    "one side alone has grounds": (
        {
            "land": {"demands": "mine", "priority": "low"},
            "water": {"demands": "mine", "priority": "high"},
        },
        {"land": {"demands": "yours"}, "water": {"demands": "yours"}},
        [],
    ),
    "a condition": (
        {
            "land": {"demands": "mine", "accepts": [{"outcome": "yours", "if": {"water": "mine"}}]},
            "water": {"demands": "mine"},
        },
        {
            "land": {"demands": "yours", "priority": "high"},
            "water": {"demands": "yours", "priority": "low"},
        },
        [],  # linked so, the two are one sticking point
    ),
    "inferred": (
        {
            "land": {"demands": "mine", "evidence": ["said-so-maybe"]},
            "water": {"demands": "mine"},
        },
        {
            "land": {"demands": "yours"},
            "water": {"demands": "yours", "evidence": ["said-so-maybe"]},
        },
        [("land", ["inferred"], "water", ["inferred"])],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_trade_offs(name: str, tmp_path: Path) -> None:
    anna, bert, expected = CASES[name]
    dossier = short_dossier(tmp_path, AGENDA, {"anna": anna, "bert": bert})
    report = validated(deals_report(find_deals(dossier, ["anna", "bert"], DAY)), "deals")
    told = [
        (
            one["one"]["cells"][0]["issue"],
            one["one"]["grounds"],
            one["other"]["cells"][0]["issue"],
            one["other"]["grounds"],
        )
        for one in report.get("trade_offs", [])
    ]
    assert told == expected


WORTH = {
    "anna": {"land": {"mine": 30, "yours": 0}, "water": {"mine": 70, "yours": 0}},
    "bert": {"land": {"mine": 0, "yours": 70}, "water": {"mine": 0, "yours": 30}},
}


@pytest.mark.parametrize("at_least", [0, 30, 31, 60, 70, 71])
def test_where_points_join_two_sticking_points_no_trade_off_is_lost(
    at_least: int, tmp_path: Path
) -> None:
    """Or settle each of them, or rule out every package: by trying all packages."""
    parties = {
        "anna": {
            "land": {"demands": "mine", "priority": "low"},
            "water": {"demands": "mine", "priority": "high"},
        },
        "bert": {
            "land": {"demands": "yours", "priority": "high"},
            "water": {"demands": "yours", "priority": "low"},
        },
    }
    besides = {
        one: {"worth": {"evidence": [EVIDENCE], "at-least": at_least, "issues": issues}}
        for one, issues in WORTH.items()
    }
    agenda = {key: issue for key, issue in AGENDA.items() if key != "fish"}
    dossier = short_dossier(tmp_path, agenda, parties, {}, besides)
    found = find_deals(dossier, ["anna", "bert"], DAY)
    enough = [
        (land, water)
        for land, water in itertools.product(["mine", "yours"], repeat=2)
        if all(one["land"][land] + one["water"][water] >= at_least for one in WORTH.values())
    ]
    expected = [("land", "water")] if ("yours", "mine") in enough else []
    told = [(trade.one.cells[0].issue, trade.other.cells[0].issue) for trade in found.trade_offs]
    assert told == expected


def test_at_most_ten_and_none_among_three(tmp_path: Path) -> None:
    agenda = {f"issue-{at}": {"options": ["mine", "yours"]} for at in range(12)}

    def party(wanted: str, high: int) -> dict[str, Any]:
        return {
            key: {"demands": wanted, "priority": "high" if at % 2 == high else "low"}
            for at, key in enumerate(agenda)
        }

    parties = {"anna": party("mine", 0), "bert": party("yours", 1)}
    found = find_deals(short_dossier(tmp_path / "two", agenda, parties), [*parties], DAY)
    assert len(found.trade_offs) == 10
    assert len({one.one.cells for one in found.trade_offs}) == 6
    parties["carl"] = {}
    found = find_deals(short_dossier(tmp_path / "three", agenda, parties), [*parties], DAY)
    assert found.trade_offs == ()


def test_only_the_priorities_on_the_issues_of_a_pair_count(tmp_path: Path) -> None:
    """Conditions join three issues to one sticking point; no pair is about Bo's high priority."""
    ann: dict[str, Any] = {
        "i0": {
            "demands": "y",
            "accepts": ["x", {"outcome": "y", "if": {"i2": "y"}}, "z"],
            "priority": "low",
        },
        "i2": {"demands": "x", "refuses": "y", "priority": "high"},
        "k": {"demands": "x", "refuses": "y"},
    }
    bo: dict[str, Any] = {
        "i0": {
            "accepts": ["y", {"outcome": "z", "if": {"i2": "z"}}],
            "refuses": "z",
            "priority": "low",
        },
        "i1": {
            "accepts": [{"outcome": "y", "if": {"i0": "y"}}],
            "refuses": ["x", "y"],
            "priority": "high",
        },
        "i2": {"proposes": "y", "accepts": "z", "priority": "medium"},
        "k": {"demands": "y", "priority": "low"},
    }
    agenda = {
        issue: {"options": [*options]}
        for issue, options in {"i0": "xyz", "i1": "xy", "i2": "xyz", "k": "xy"}.items()
    }
    dossier = short_dossier(tmp_path, agenda, {"ann": ann, "bo": bo})
    found = find_deals(dossier, ["ann", "bo"], DAY, time_limit=None)
    (joined,) = (one for one in found.sticking_points if len(one.positions) > 2)
    assert Position("bo", Cell("i1")) in joined.positions
    assert not found.trade_offs
