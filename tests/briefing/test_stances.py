"""What a cell of the grid says: the weight in words, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimpos.briefing.stances import StanceInWords, stances
from claimpos.dossier.model import Cell, Dossier, Entry
from claimpos.validation.rules.consistency import _differ
from claimpos.wording.names import Words
from tests.support import short_dossier

AGENDA: dict[str, Any] = {
    "truce": {"options": ["now", "later", "never"]},
    "land": {"options": ["mine", "yours"], "items": ["hill", "dale", "moor"]},
    "cap": {"unit": "boats"},
}

CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("truce", {"demands": "now"}, ["demands ⟨Now⟩"]),
    ("truce", {"refuses": "never"}, ["red line: rejects ⟨Never⟩"]),
    (
        "truce",
        {"demands": "now", "refuses": ["later", "never"]},
        ["demands ⟨Now⟩, red line: rejects every other outcome"],
    ),
    (
        "truce",
        {"proposes": "now", "accepts": ["later"]},
        ["proposes ⟨Now⟩, accepts ⟨Later⟩"],
    ),
    (
        "truce",
        {"accepts": [{"outcome": "now", "subject-to": "a vote"}]},
        ["would accept ⟨Now⟩ on conditions"],
    ),
    (
        "truce",
        {
            "demands": "now",
            "refuses": ["later", "never"],
            "accepts": [{"outcome": "later", "subject-to": "a vote"}],
        },
        [
            "demands ⟨Now⟩, would accept ⟨Later⟩ on conditions, "
            "red line: rejects ⟨Later⟩ and ⟨Never⟩"
        ],
    ),
    ("truce", {"reserves": "When."}, ["leaves this open"]),
    (
        "truce",
        {"accepts": "now", "reserves": "Where."},
        ["accepts ⟨Now⟩", "leaves questions open"],
    ),
    ("land", {"demands": {"all": "mine"}}, ["All 3: demands ⟨Mine⟩"]),
    (
        "land",
        {"proposes": {"hill": "mine", "moor": "mine"}, "refuses": {"dale": "yours"}},
        ["Hill and Moor: proposes ⟨Mine⟩", "Dale: red line: rejects ⟨Yours⟩"],
    ),
    (
        "land",
        {"proposes": {"hill": "mine"}, "reserves": "How far the dale reaches."},
        ["Hill: proposes ⟨Mine⟩", "Dale and Moor: leaves questions open"],
    ),
    (
        "land",
        {"proposes": {"all": "mine"}, "reserves": "When."},
        ["All 3: proposes ⟨Mine⟩", "leaves questions open"],
    ),
    ("land", {"reserves": "All of it."}, ["leaves this open"]),
    ("cap", {"accepts": {"max": 5}}, ["accepts at most 5 boats"]),
]


def written(stance: StanceInWords) -> str:
    said = ", ".join(map(str, stance.said))
    return f"{stance.items}: {said}" if stance.items else said


@pytest.mark.parametrize(("issue", "entry", "told"), CASES)
def test_a_position_in_weights_and_words(
    issue: str, entry: dict[str, Any], told: list[str], tmp_path: Path
) -> None:
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {issue: entry}})
    (position,) = dossier.parties["ann"].positions[issue]
    found = stances(position, dossier.issues[issue], Words(dossier))
    assert [written(one) for one in found] == told


class Asked(dict[Cell, Any]):
    """What is named on cells, which counts how often it is asked whether it names one."""

    times = 0

    def __contains__(self, cell: object) -> bool:
        Asked.times += 1
        return super().__contains__(cell)


@pytest.mark.parametrize(
    "what",
    [
        lambda dossier, one: stances(one, dossier.issues["land"], Words(dossier)),
        lambda dossier, one: _differ(one, one),
    ],
    ids=["what a position says", "whether two positions differ"],
)
def test_no_item_is_looked_for_in_each_acceptance(
    what: Callable[[Dossier, Entry], object], tmp_path: Path
) -> None:
    items = [f"i{at}" for at in range(100)]
    accepts = [{"outcome": {item: "mine"}, "subject-to": "a vote"} for item in items]
    agenda = {"land": {"options": ["mine", "yours"], "items": items}}
    dossier = short_dossier(tmp_path, agenda, {"ann": {"land": {"accepts": accepts}}})
    (entry,) = dossier.parties["ann"].positions["land"]
    counted = (one._replace(outcomes=Asked(one.outcomes)) for one in entry.accepts)
    Asked.times = 0
    what(dossier, entry._replace(accepts=tuple(counted)))
    assert Asked.times <= len(items)
