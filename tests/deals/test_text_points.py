"""What a text may be worth: the least and the most of the outcomes that it leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos.comparison.table import PositionTable
from claimpos.deals.assessment import assess
from claimpos.deals.text_points import points_of_text
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import Cell, Dossier, Named
from claimpos.dossier.outcomes import Range
from tests.support import EVIDENCE, short_dossier

DAY = "2025-03-14"
AGENDA = {
    "pay": {"unit": "per cent"},
    "days": {"unit": "days", "integer": True},
    "pet": {
        "options": {
            "cat": "a cat",
            "dog": "a dog",
            "abstain": {"title": "abstention", "abstention": True},
        }
    },
}
SCALE = {"0": 0, "5": 100, "6": 0, "20": 0}
DRAFT = {"terms": {"pay": {"bracketed": [5, "none"]}, "days": 0, "pet": "dog"}}
WORTH = {"pay": SCALE, "days": SCALE, "pet": {"cat": 7, "dog": 0}}


def dossier_in(folder: Path) -> Dossier:
    besides = {"ann": {"worth": {"evidence": [EVIDENCE], "issues": WORTH, "at-least": 50}}}
    return short_dossier(folder, AGENDA, {"ann": {}, "bob": {}}, {"draft": DRAFT}, besides)


@pytest.mark.parametrize(
    ("cell", "outcomes", "least", "most"),
    [
        ("pay", (Range(5, None, True),), 0, 100),
        ("days", (Range(5, None, True),), 0, 0),
        ("days", (Range(5, None),), 0, 100),
        ("days", (Range(None, 5, False, True),), 0, 80),
        ("pet", frozenset(["cat"]), 7, 7),
        ("pet", frozenset(["dog"]), 0, 0),
        ("pet", frozenset(["cat", "dog"]), 0, 7),
    ],
)
def test_points(cell: str, outcomes: Any, least: int, most: int, tmp_path: Path) -> None:
    rest: Named = {Cell("pay"): (Range(0, 0),), Cell("days"): (Range(0, 0),)}
    table = PositionTable(dossier_in(tmp_path), ["ann", "bob"], day_of(DAY))
    text = {**rest, Cell("pet"): frozenset(["dog"]), Cell(cell): outcomes}
    found = points_of_text(table, text)["ann"]
    assert found.least == least
    assert found.most == most


def test_a_bracket_that_may_be_no_text_leaves_everything(tmp_path: Path) -> None:
    dossier = dossier_in(tmp_path)
    found = assess(dossier, dossier.proposals["draft"]).points["ann"]
    assert found.least == 0
    assert found.most == 100
