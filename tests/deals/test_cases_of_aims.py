"""Every file in cases_of_aims/ is a negotiation: what could be signed now, and what is balanced.

`now` has the outcomes of the largest set, `missing` the parties whose acceptance alone a cell
lacks, `defeated` the offers of parties that it would defeat, with the cells of what they accept;
`totals`, `patterns` and `shared` are of the balanced packages. `without` are issues left out;
`files` and `proposals` are as in other cases. The enumerators are asked the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos.deals.search import AIMS, find_deals
from claimpos.rendering.deals_report import deals_report
from tests.deals.test_against_enumerator import Now, Packages, compare
from tests.deals.test_cases import cell
from tests.oracle.cases import dossier_of
from tests.oracle.product import load
from tests.support import expectations, yaml_data

CASES = Path(__file__).parent / "cases_of_aims"
DAY = "2025-03-14"


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_case(path: Path, parties: str) -> None:
    case = yaml_data(path.read_text("utf-8"), path.name)
    dossier, without = load(dossier_of(case)), case.get("without", ())
    found = find_deals(dossier, parties.split(), DAY, without=without, aims=["now", "balanced"])
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
        "defeated": {
            f"{one['party']} {one.get('offer', '')}".strip(): [*map(cell, one["acceptances"])]
            for one in now["defeated"]
        },
        "totals": even["totals"],
        "patterns": even["patterns"],
        "shared": {
            cell(one): one["outcomes"][0] for one in even["shared"] if len(one["outcomes"]) == 1
        },
    }
    expected = case["expect"][parties]
    assert {key: told[key] for key in expected} == expected


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_enumerators(path: Path, parties: str) -> None:
    case = yaml_data(path.read_text("utf-8"), path.name)
    plain, without, ids = dossier_of(case), tuple(case.get("without", ())), parties.split()
    files = (plain.agenda, plain.parties, ids, DAY, without, (), plain.sources, plain.proposals)
    slow, now = Packages(*files), Now(*files)
    found = find_deals(
        load(plain), ids, DAY, without=without, everything=True, frontier=True, aims=AIMS
    )
    compare(found, slow, slow.truth(), now)
