"""Every file in cases_of_aims/ is a negotiation: what could be signed now, and what is balanced.

`now` has the outcomes of the largest set, `missing` the parties whose acceptance alone a cell
lacks; `totals`, `patterns` and `shared` are of the balanced packages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos.deals.search import find_deals
from claimpos.rendering.deals_report import deals_report
from tests.support import expectations, short_dossier, yaml_data

CASES = Path(__file__).parent / "cases_of_aims"


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_case(path: Path, parties: str, tmp_path: Path) -> None:
    case = yaml_data(path.read_text("utf-8"), path.name)
    dossier = short_dossier(tmp_path, case["agenda"], case["parties"])
    found = find_deals(dossier, parties.split(), "2025-03-14", aims=["now", "balanced"])
    report = deals_report(found)
    assert report["now"]["proved"]
    assert report["balanced"]["proved"]
    now, even = report["now"], report["balanced"]
    told: dict[str, Any] = {
        "now": {one["issue"]: one["outcomes"] for one in now["settled"]},
        "missing": {
            one["issue"]: sorted(
                other["party"] for other in now["missing"] if other["issue"] == one["issue"]
            )
            for one in now["missing"]
        },
        "totals": even["totals"],
        "patterns": even["patterns"],
        "shared": {
            one["issue"]: one["outcomes"][0] for one in even["shared"] if len(one["outcomes"]) == 1
        },
    }
    expected = case["expect"][parties]
    assert {key: told[key] for key in expected} == expected
