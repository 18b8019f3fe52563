"""Every file in cases/ is a small negotiation and what its deals must be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos.deals.search import Deals, find_deals
from claimpos.rendering.deals_report import deals_report
from tests.support import expectations, short_dossier, yaml_data

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_case(path: Path, parties: str, tmp_path: Path) -> None:
    case = yaml_data(path.read_text("utf-8"), path.name)
    dossier = short_dossier(tmp_path, case["agenda"], case["parties"])
    found = find_deals(dossier, parties.split(), "2025-03-14")
    said = told(found)
    expected = {"answer": "", "concessions": [], "sticking_points": [], **case["expect"][parties]}
    assert {key: said[key] for key in expected} == expected


def told(found: Deals) -> dict[str, Any]:
    """The report in the shorthand of the cases; a move over a red line ends in an exclamation."""
    report = deals_report(found)
    packages = report["packages"]
    assert found.concessions is not None
    return {
        "answer": report["answer"],
        "concessions": list(found.concessions),
        "count": packages["count"],
        "fixed": {cell(one): one["outcome"] for one in packages["fixed"]},
        "free": {cell(one): one["outcomes"] for one in packages["free"]},
        "leads_to": [
            [{cell(one): one["outcomes"] for one in way["leads_to"]} for way in point["ways_out"]]
            for point in report["sticking_points"]
        ],
        "sticking_points": [
            {"alone": point["alone"], "ways": [way(one) for one in point["ways_out"]]}
            for point in report["sticking_points"]
        ],
    }


def cell(one: dict[str, Any]) -> str:
    return ".".join(filter(None, (one["issue"], one.get("item"))))


def way(one: dict[str, Any]) -> str:
    moves = (
        f"{move['party']} {cell(move)}{'!' if move['red_line'] else ''}" for move in one["moves"]
    )
    return ", ".join(sorted(moves))
