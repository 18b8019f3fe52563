"""What each outcome of a quantity would require, of both sides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.wording.phrases import Phrases
from claimpos.wording.requirements import requirements
from tests.support import short_dossier

AGENDA: dict[str, Any] = {"price": {"unit": "euros", "minimum": 0}}

# What the buyers and the sellers say of the price, the reason, and what would be required.
WAYS: list[tuple[dict[str, Any], dict[str, Any], str, list[str]]] = [
    (
        *({"accepts": {"max": 300}}, {"accepts": {"min": 500}}, "apart"),
        [
            "at most 300 euros would require Sellers to accept it (beyond the offer so far)",
            "at least 500 euros would require Buyers to accept it (beyond the offer so far)",
        ],
    ),
    (
        *({"demands": {"max": 300}}, {"accepts": 500}, "apart"),
        [
            "at most 300 euros would require Sellers to accept it (beyond the offer so far)",
            "500 euros would require Buyers to drop the demand for at most 300 euros",
        ],
    ),
    (
        *({"proposes": 300, "refuses": {"min": 500}}, {"accepts": {"min": 500}, "refuses": 300}),
        "proposals-ruled-out",
        [
            "300 euros would require Sellers to give up a red line",
            "more than 300 and less than 500 euros would require Buyers and Sellers to accept it "
            "(beyond their offers so far)",
            "at least 500 euros would require Buyers to give up a red line",
        ],
    ),
]


@pytest.mark.parametrize(("buyers", "sellers", "reason", "told"), WAYS)
def test_both_sides_are_told_what_it_would_take(
    buyers: dict[str, Any], sellers: dict[str, Any], reason: str, told: list[str], tmp_path: Path
) -> None:
    parties = {"buyers": {"price": buyers}, "sellers": {"price": sellers}}
    dossier = short_dossier(tmp_path, AGENDA, parties)
    (issue,) = compare(dossier, list(parties), "2025-03-14").issues
    assert issue.reason == reason
    found = requirements(Phrases(issue.cells[0].case))
    assert [one for one in told if one not in found] == []
