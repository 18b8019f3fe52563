"""What hardened, softened, changed and restated mean, case by case and in general."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from claimpos.comparison.acceptance import Stance, stance_of
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.effort import Effort
from claimpos.comparison.history import first_held
from claimpos.comparison.movement import Movement, has_moved, movement
from claimpos.dossier.model import Cell, Entry
from claimpos.dossier.outcomes import Space
from claimpos.wording.positions import period
from tests.conftest import examples
from tests.oracle.dossiers import PlainDossier, dossiers
from tests.oracle.product import load
from tests.support import short_dossier

AGENDA = {
    "war": {"options": ["on", "off", "frozen"]},
    "arms": {"options": ["go-on", "stop"]},
    "cap": {"unit": "men", "integer": True, "minimum": 0},
    "land": {"options": ["mine", "yours"], "items": ["hill", "dale"]},
}

IF_STOP = {"outcome": "on", "if": {"arms": "stop"}}
IF_EITHER = {"outcome": "on", "if": {"arms": ["stop", "go-on"]}}
IF_MORE = {"outcome": "on", "if": {"arms": "stop", "cap": {"max": 10}}}
IF_CAP = {"outcome": "on", "if": {"cap": {"max": 10}}}
IF_VOTE = {"outcome": "on", "subject-to": "a vote"}

# The issue, the older entry, the newer one, and the direction.
CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    "nothing moves": ("war", {"accepts": "on"}, {"accepts": "on"}, "restated"),
    "a step that counts neither way, beside one that does": (
        *("war", {"refuses": "on", "accepts": [IF_STOP]}),
        *({"refuses": "off"}, "hardened"),
    ),
    "a step that counts neither way, alone": (
        *("war", {"refuses": ["on", "off"], "accepts": [IF_STOP]}),
        *({"refuses": "off"}, "changed"),
    ),
    "a call for what was accepted": ("war", {"accepts": "on"}, {"proposes": "on"}, "changed"),
    "a call is dropped": (
        *("war", {"demands": "on"}),
        *({"accepts": "on", "refuses": ["off", "frozen"]}, "changed"),
    ),
    "all else refused, in other words": (
        *("war", {"demands": "on"}),
        *({"demands": "on", "refuses": ["off", "frozen"]}, "restated"),
    ),
    "a proposal becomes a demand": ("war", {"proposes": "on"}, {"demands": "on"}, "hardened"),
    "a demand becomes a proposal": ("war", {"demands": "on"}, {"proposes": "on"}, "softened"),
    "an open question becomes a demand": (
        *("war", {"reserves": "All."}, {"demands": "on"}, "hardened"),
    ),
    "a red line more": ("war", {"refuses": "on"}, {"refuses": ["on", "off"]}, "hardened"),
    "a red line less": ("war", {"refuses": ["on", "off"]}, {"refuses": "on"}, "softened"),
    "one red line for another": ("war", {"refuses": "on"}, {"refuses": "off"}, "changed"),
    "it could live with more": ("war", {"accepts": "on"}, {"accepts": ["on", "off"]}, "softened"),
    "it takes a yes back": ("war", {"accepts": ["on", "off"]}, {"accepts": "on"}, "hardened"),
    "it proposes something else": ("war", {"proposes": "on"}, {"proposes": "off"}, "changed"),
    "it proposes more": ("war", {"proposes": "on"}, {"proposes": ["on", "off"]}, "changed"),
    "it proposes what it had refused": ("war", {"refuses": "on"}, {"proposes": "on"}, "softened"),
    "it refuses what it had proposed": ("war", {"proposes": "on"}, {"refuses": "on"}, "hardened"),
    "a yes gets a condition": ("war", {"accepts": "on"}, {"accepts": [IF_STOP]}, "hardened"),
    "a condition is dropped": ("war", {"accepts": [IF_STOP]}, {"accepts": "on"}, "softened"),
    "a conditional yes": ("war", {"reserves": "All."}, {"accepts": [IF_STOP]}, "softened"),
    "a condition more": ("war", {"accepts": [IF_STOP]}, {"accepts": [IF_MORE]}, "hardened"),
    "a condition less": ("war", {"accepts": [IF_MORE]}, {"accepts": [IF_STOP]}, "softened"),
    "a wider condition": ("war", {"accepts": [IF_STOP]}, {"accepts": [IF_EITHER]}, "softened"),
    "another condition": ("war", {"accepts": [IF_STOP]}, {"accepts": [IF_CAP]}, "changed"),
    "a vote besides": (
        *("war", {"accepts": [IF_STOP]}),
        *({"accepts": [{**IF_STOP, "subject-to": "a vote"}]}, "hardened"),
    ),
    "a vote instead": ("war", {"accepts": [IF_STOP]}, {"accepts": [IF_VOTE]}, "changed"),
    "another way to a yes": (
        *("war", {"accepts": [IF_STOP]}, {"accepts": [IF_STOP, IF_CAP]}, "softened"),
    ),
    "conditions in another order": (
        *("war", {"accepts": [IF_STOP, IF_CAP]}, {"accepts": [IF_CAP, IF_STOP]}, "restated"),
    ),
    "never, unless": (
        *("war", {"accepts": [IF_STOP]}, {"accepts": [IF_STOP], "refuses": "on"}, "hardened"),
    ),
    "no longer never, unless": (
        *("war", {"accepts": [IF_STOP], "refuses": "on"}, {"accepts": [IF_STOP]}, "softened"),
    ),
    "never, unless, where nothing was said": (
        *("war", {"reserves": "All."}, {"accepts": [IF_STOP], "refuses": "on"}, "changed"),
    ),
    "never, unless, and on less": (
        *("war", {"accepts": [IF_MORE]}, {"accepts": [IF_STOP], "refuses": "on"}, "hardened"),
    ),
    "no longer never, unless, and on other conditions": (
        *("war", {"accepts": [IF_CAP], "refuses": "on"}, {"accepts": [IF_STOP]}, "softened"),
    ),
    "never, unless, on other conditions, and a yes more": (
        *("war", {"accepts": [IF_STOP]}),
        *({"accepts": [IF_CAP, "off"], "refuses": "on"}, "changed"),
    ),
    "no longer never, unless, on other conditions, and a red line more": (
        *("war", {"accepts": [IF_STOP], "refuses": "on"}),
        *({"accepts": [IF_CAP], "refuses": "off"}, "changed"),
    ),
    "a red line gets an exception": (
        *("war", {"refuses": "on"}, {"accepts": [IF_STOP], "refuses": "on"}, "softened"),
    ),
    "a demand on a condition ends": (
        *("war", {"demands": "on", "accepts": [IF_STOP]}, {"reserves": "All."}, "softened"),
    ),
    "a demand gets a condition": (
        *("war", {"demands": "on"}, {"demands": "on", "accepts": [IF_STOP]}, "hardened"),
    ),
    "a proposal on a condition": (
        *("war", {"reserves": "All."}, {"proposes": "on", "accepts": [IF_STOP]}, "changed"),
    ),
    "a proposal on a condition becomes a demand": (
        *("war", {"proposes": "on", "accepts": [IF_STOP]}),
        *({"demands": "on", "accepts": [IF_STOP]}, "hardened"),
    ),
    "a cap that rises": ("cap", {"demands": {"max": 10}}, {"demands": {"max": 20}}, "softened"),
    "a cap that falls": ("cap", {"demands": {"max": 20}}, {"demands": {"max": 10}}, "hardened"),
    "a cap written otherwise": (
        *("cap", {"demands": {"max": 10}}, {"demands": {"below": 11}}, "restated"),
    ),
    "a cap shifted": (
        *("cap", {"demands": {"min": 5, "max": 10}}, {"demands": {"min": 8, "max": 20}}, "changed"),
    ),
    "one item up, the other down": (
        *("land", {"refuses": {"hill": "yours"}}, {"refuses": {"dale": "yours"}}, "changed"),
    ),
    "a demand for one item more": (
        *("land", {"demands": {"hill": "mine"}}, {"demands": {"all": "mine"}}, "hardened"),
    ),
}


def moved(folder: Path, issue: str, older: dict[str, Any], newer: dict[str, Any]) -> Movement:
    entries = [{"since": "2024", **older}, {"since": "2025", **newer}]
    dossier = short_dossier(folder, AGENDA, {"ann": {issue: entries}})
    old, new = dossier.parties["ann"].positions[issue]
    return movement(dossier, old, new, Effort())


@pytest.mark.parametrize("name", CASES)
def test_direction(name: str, tmp_path: Path) -> None:
    issue, older, newer, direction = CASES[name]
    assert moved(tmp_path, issue, older, newer).direction == direction


def test_a_call_on_a_condition_is_no_rejection(tmp_path: Path) -> None:
    demand = {"demands": "on", "accepts": [IF_STOP]}
    found = moved(tmp_path, "war", demand, {"reserves": "All."}).shifts
    assert {(one.was, one.now, one.asked, *sorted(map(str, one.outcomes))) for one in found} == {
        ("conditional", "unsaid", True, "on"),
        ("no", "unsaid", False, "frozen", "off"),
    }


MINE, YOURS = {"hill": "mine"}, {"hill": "yours"}
# Entries on land, one a year from 2021 on; since when the last is held: on all, and on the hill.
AGAIN, ONCE = "since 2021, restated in 2023", "since 2021, restated in 2022"
HELD: dict[str, tuple[list[dict[str, Any]], str, str]] = {
    "one entry": ([{"demands": MINE}], "since 2021", "since 2021"),
    "said again twice": ([{"demands": MINE}] * 3, AGAIN, AGAIN),
    "as it had always been": (
        [{"demands": MINE, "standing": True}, {"demands": MINE}],
        "since 2021 or earlier, restated in 2022",
        "since 2021 or earlier, restated in 2022",
    ),
    "with an end": (
        [{"demands": MINE}, {"demands": MINE, "until": "2040", "deadline": True}],
        "from 2021 to 2040, restated in 2022",
        "from 2021 to 2040, restated in 2022",
    ),
    "moved in between": (
        [{"demands": MINE}, {"demands": YOURS}, {"demands": MINE}],
        "since 2023",
        "since 2023",
    ),
    "moved elsewhere": (
        [{"demands": MINE}, {"demands": {**MINE, "dale": "mine"}}],
        "since 2022",
        ONCE,
    ),
    "on evidence that was weaker": (
        [{"demands": MINE, "evidence": ["said-so-maybe"]}, {"demands": MINE}, {"demands": MINE}],
        "since 2022, restated in 2023",
        "since 2022, restated in 2023",
    ),
    "on evidence that is weaker now": (
        [{"demands": MINE}, {"demands": MINE, "evidence": ["said-so-maybe"]}],
        ONCE,
        ONCE,
    ),
    "lapsed in between": (
        [{"demands": MINE, "until": "2021-06"}, {"demands": MINE}],
        "since 2022",
        "since 2022",
    ),
}


@pytest.mark.parametrize("name", HELD)
def test_a_position_is_held_since_the_entry_that_was_restated(name: str, tmp_path: Path) -> None:
    said, on_all, on_the_hill = HELD[name]
    entries = [{"since": str(year), **one} for year, one in enumerate(said, 2021)]
    timelines = EffectiveTimelines(short_dossier(tmp_path, AGENDA, {"ann": {"land": entries}}))
    day = date(2025, 1, 1)
    last = timelines.stretches("ann", "land", day)[-1].entry
    for cells, told in ((None, on_all), ({Cell("land", "hill")}, on_the_hill)):
        assert period(last, first_held(timelines, "ann", "land", day, cells)) == told


@examples(50)
@given(dossiers())
def test_back_again_is_the_opposite(plain: PlainDossier) -> None:
    dossier = load(plain)
    opposite = {"hardened": "softened", "softened": "hardened"}
    for party in dossier.parties.values():
        for entries in party.positions.values():
            for older, newer in pairwise(entries):
                there, back = (
                    movement(dossier, older, newer, Effort()),
                    movement(dossier, newer, older, Effort()),
                )
                assert back.direction == opposite.get(there.direction, there.direction)
                assert {(shift.cell, shift.was, shift.now) for shift in there.shifts} == {
                    (shift.cell, shift.now, shift.was) for shift in back.shifts
                }
                same = movement(dossier, older, older, Effort())
                assert (same.direction, same.shifts) == ("restated", ())
                assert back.figures == there.figures[::-1]


def test_of_many_items_only_those_asked_for_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [f"i{at}" for at in range(50)]
    first = {"since": "2025-01-01", "demands": dict.fromkeys(items[:20], "a")}
    second = {"since": "2025-02-01", "demands": dict.fromkeys(items[:19], "a")}
    agenda = {"x": {"options": ["a", "b"], "items": items}}
    dossier = short_dossier(tmp_path, agenda, {"ann": {"x": [first, second]}})
    older, newer = dossier.parties["ann"].positions["x"]
    asked: list[Cell] = []

    def counted(entry: Entry, cell: Cell, space: Callable[[Cell], Space]) -> Stance:
        asked.append(cell)
        return stance_of(entry, cell, space)

    monkeypatch.setattr("claimpos.comparison.movement.stance_of", counted)
    for cells, moved, number in (
        ({Cell("x", "i3"), Cell("x", "i40")}, False, 2),
        ({Cell("x", "i19")}, True, 2),
        (None, True, 40),
    ):
        asked.clear()
        assert has_moved(dossier, older, newer, Effort(), cells) is moved
        assert len(asked) <= number
