"""Packages by priorities alone: hand-made cases.

Every file in cases_of_priorities/ is a negotiation; `alone` tells how many packages no other beats
for each party that ranks issues, `packages` which no other beats for all of them, `says` what the
whole report, and `says-in-short` what the short one, has among its sentences.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos.comparison.table import PositionTable
from claimpos.deals.clock import Clock
from claimpos.deals.priorities import by_priorities
from claimpos.deals.problem import Problem, problem_of
from claimpos.deals.search import Aim, find_deals
from claimpos.dossier.dates import day_of
from claimpos.rendering.deals import deals_document
from claimpos.rendering.deals_report import deals_report
from claimpos.rendering.renderers import rendered
from tests.deals.test_cases_of_votes import validated
from tests.support import EVIDENCE, expectations, short_dossier, yaml_data

DAY = "2025-03-14"
CASES = Path(__file__).parent / "cases_of_priorities"


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_case(path: Path, parties: str, tmp_path: Path) -> None:
    case = yaml_data(path.read_text("utf-8"), path.name)
    dossier = short_dossier(tmp_path, case["agenda"], case["parties"])
    deals = find_deals(dossier, parties.split(), DAY)
    found = validated(deals_report(deals), "deals").get("priorities")
    expected = case["expect"][parties]
    assert (found is None) == (expected is None)
    if found is None:
        return
    for key, in_short in (("says", False), ("says-in-short", True)):
        text = " ".join(rendered(deals_document(deals, in_short=in_short)).split())
        _, heading, section = text.partition("PRIORITIES")
        assert bool(heading) == (key in expected or not in_short)
        assert [one for one in expected.get(key, ()) if one not in section] == []
    packages = [
        {
            ".".join(filter(None, (cell["issue"], cell.get("item")))): cell["outcome"]
            for cell in one["packages"]["fixed"]
        }
        | {"best-for": one["best_for"]}
        for one in found["packages"]
    ]
    told = {"alone": found["alone"], "count": found["count"], "packages": packages}
    assert expected | {key: told[key] for key in expected.keys() & told.keys()} == expected


LAND = {"land": {"options": ["mine", "yours"]}, "water": {"options": ["mine", "yours"]}}


def problem_in(folder: Path, agenda: dict[str, Any], parties: dict[str, Any]) -> Problem:
    table = PositionTable(short_dossier(folder, agenda, parties), [*parties], day_of(DAY))
    return problem_of(table, {})


def ranked(wanted: str, *ranks: str) -> dict[str, Any]:
    return {
        key: {"demands": wanted, "priority": rank}
        for key, rank in zip(["land", "water"], ranks, strict=True)
    }


def test_who_states_points_or_ranks_nothing_is_left_out(tmp_path: Path) -> None:
    parties = {
        "anna": ranked("mine", "high", "low"),
        "bert": ranked("yours", "high", "low"),
        "carl": ranked("yours", "low", "low"),
    }
    worth = {"evidence": [EVIDENCE], "issues": {"land": {"mine": 1, "yours": 0}}}
    dossier = short_dossier(tmp_path, LAND, parties, {}, {"bert": {"worth": worth}})
    found = find_deals(dossier, [*parties], DAY).priorities
    assert found is not None
    assert (found.alone, found.scored, found.unranked) == ({"anna": 1}, ("bert",), ("carl",))


@pytest.mark.parametrize("change", ["a red line", "a rule", "an aim"])
def test_not_compared(change: str, tmp_path: Path) -> None:
    """Where every package gives up a red line, members vote, or one thing only is looked for."""
    parties = {"anna": ranked("mine", "high", "low"), "bert": ranked("yours", "high", "low")}
    agenda: dict[str, Any] = {key: dict(issue) for key, issue in LAND.items()}
    if change == "a red line":
        parties["anna"]["land"]["refuses"] = "yours"
        parties["bert"]["land"]["refuses"] = "mine"
    if change == "a rule":
        parties["carl"] = {}
        agenda["land"]["decides"] = {"at-least": 2, "of": ["anna", "bert", "carl"]}
    dossier = short_dossier(tmp_path, agenda, parties)
    aims: tuple[Aim, ...] | None = ("least",) if change == "an aim" else None
    assert find_deals(dossier, [*parties], DAY, aims=aims).priorities is None


def test_too_many_to_compare_and_ten_of_many(tmp_path: Path) -> None:
    agenda = {f"issue-{at}": {"options": ["mine", "yours"]} for at in range(14)}

    def party(wanted: str, issues: int) -> dict[str, Any]:
        keys = list(agenda)[:issues]
        ranks = ["high" if at == 0 else "low" for at in range(issues)]
        return {
            key: {"demands": wanted, "priority": rank}
            for key, rank in zip(keys, ranks, strict=True)
        }

    for issues, number in ((5, 32), (14, None)):
        parties = {"anna": party("mine", issues), "bert": party("yours", issues)}
        problem = problem_in(tmp_path / f"{issues}", agenda, parties)
        found = by_priorities(problem, False, Clock(None))
        assert found is not None
        assert (found.number, found.alone) == (number, {"anna": 1, "bert": 1})
        assert len(found.packages) == (10 if number else 0)
        every = by_priorities(problem, True, Clock(None)) if number else None
        if every is not None:
            assert len(every.packages) == number
            assert every.packages[:10] == found.packages


def test_no_time_is_told(tmp_path: Path) -> None:
    parties = {"anna": ranked("mine", "high", "low"), "bert": ranked("yours", "high", "low")}
    found = by_priorities(problem_in(tmp_path, LAND, parties), False, Clock(0))
    assert found is not None
    assert (found.number, found.alone, found.packages) == (None, {"anna": None, "bert": None}, ())
