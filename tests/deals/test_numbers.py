"""Figures between two parties: what lies beyond an offer, the middle, a range answered in parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos.deals.assessment import assess
from claimpos.deals.search import Deals, find_deals
from claimpos.dossier.model import Cell, PartialDate, Proposal, Term
from claimpos.dossier.outcomes import Range
from claimpos.rendering.assess import assess_document
from claimpos.rendering.assess_report import assess_report, assess_rows
from claimpos.rendering.data import csv_text
from claimpos.rendering.deals import deals_document
from claimpos.rendering.deals_packages import concessions_of_one
from claimpos.rendering.deals_report import deals_report
from claimpos.rendering.renderers import rendered
from claimpos.rendering.saved_proposals import package_text
from tests.support import short_dossier, yaml_data

AGENDA: dict[str, Any] = {
    "price": {"unit": "euros", "minimum": 0},
    "staff": {"unit": "workers", "integer": True, "minimum": 0},
}
PARTIES: dict[str, Any] = {
    "buyers": {"price": {"accepts": {"max": 300}, "refuses": {"min": 500}}},
    "sellers": {"price": {"accepts": {"min": 500}, "refuses": {"max": 300}}},
}


def talks(folder: Path, **staff: Any) -> Deals:
    parties = {
        party: {**positions, **({"staff": staff[party]} if party in staff else {})}
        for party, positions in PARTIES.items()
    }
    dossier = short_dossier(folder, AGENDA, parties)
    return find_deals(dossier, list(parties), "2025-03-14", frontier=True)


def text_of(price: Range) -> Proposal:
    day = PartialDate("2025-03-14", *2 * [date(2025, 3, 14)])
    return Proposal(
        "draft",
        "A draft",
        day,
        "draft",
        None,
        {"price": Term({Cell("price"): (price,)}, "A term.")},
    )


def test_a_saved_package_takes_the_middle(tmp_path: Path) -> None:
    found = talks(tmp_path)
    assert found.packages is not None
    saved = yaml_data(package_text(found, found.packages, "middle"))
    assert saved["terms"]["price"] == {
        "outcome": 400,
        "summary": "In the least-concession packages a range; half way, by arithmetic.",
    }


@pytest.mark.parametrize(("low", "high", "middle"), [(5, 8, 6), (5, 9, 7), (5, 6, None)])
def test_the_middle_of_whole_numbers_is_one(
    low: int, high: int, middle: int | None, tmp_path: Path
) -> None:
    buyers = {"accepts": {"max": low}, "refuses": {"min": high}}
    sellers = {"accepts": {"min": high}, "refuses": {"max": low}}
    found = talks(tmp_path, buyers=buyers, sellers=sellers)
    assert found.packages is not None
    saved = yaml_data(package_text(found, found.packages, "middle"))
    if middle is None:
        assert found.answer == "blocked"
    else:
        assert saved["terms"]["staff"]["outcome"] == middle


def test_a_gap_in_one_party_s_own_offer_is_not_halved(tmp_path: Path) -> None:
    buyers = {"accepts": [2, 9]}
    sellers = {"refuses": [{"max": 2}, {"min": 9}]}
    found = talks(tmp_path, buyers=buyers, sellers=sellers)
    assert found.packages is not None
    saved = yaml_data(package_text(found, found.packages, "own"))
    assert saved["terms"]["staff"]["outcome"] == {"min": 3, "max": 8}


def test_a_saved_package_gets_the_answers_of_the_package(tmp_path: Path) -> None:
    found = talks(tmp_path)
    assessed = assess(found.problem.table.dossier, text_of(Range(400, 400)), as_of="2025-03-14")
    assert assessed.terms[0].says == {"buyers": "beyond", "sellers": "beyond"}


def test_reports_say_what_lies_beyond_an_offer(tmp_path: Path) -> None:
    found = talks(tmp_path)
    report = deals_report(found)
    assert report["concessions"]["beyond"] == 2
    assert report["by_party"]["buyers"]["beyond"] == [{"issue": "price"}]
    assert [point["concessions"]["buyers"]["beyond"] for point in report["frontier"]["points"]]
    text = rendered(deals_document(found), "github")
    assert "2 figures beyond an offer" in text
    assert "beyond its offer" in text
    assert "Beyond its offer" in text
    assert concessions_of_one((0, 0, 0, 0, 1, 0)) == "1 figure beyond an offer"


# What the text has as a price, and what the buyers and the sellers say to it.
PARTS: list[tuple[Range, str, str]] = [
    (
        Range(300, 400),
        "yes at 300; beyond its offer above",
        "red line at 300; beyond its offer above",
    ),
    (
        Range(200, None),
        "yes up to 300; beyond its offer at more than 300 and less than 500; red line above",
        "red line up to 300; beyond its offer at more than 300 and less than 500; yes above",
    ),
    (Range(200, 300, high_open=True), "accepts", "red line"),
    (Range(301, 499), "beyond its offer", "beyond its offer"),
    (
        Range(400, 500),
        "beyond its offer below 500; red line at 500",
        "beyond its offer below 500; yes at 500",
    ),
]


def test_a_range_of_whole_numbers_is_answered_from_the_lowest_up(tmp_path: Path) -> None:
    agenda = {"price": {**AGENDA["price"], "integer": True}}
    parties = {"buyers": {"price": {"accepts": 5}}}
    dossier = short_dossier(tmp_path, agenda, parties)
    assessed = assess(dossier, text_of(Range(5, None)), as_of="2025-03-14")
    assert "Buyers: yes at 5; no answer above (" in rendered(assess_document([assessed]), "github")


@pytest.mark.parametrize(("price", "buyers", "sellers"), PARTS)
def test_a_range_is_answered_in_parts(
    price: Range, buyers: str, sellers: str, tmp_path: Path
) -> None:
    dossier = short_dossier(tmp_path, AGENDA, PARTIES)
    text = rendered(
        assess_document([assess(dossier, text_of(price), as_of="2025-03-14")]), "github"
    )
    assert f"Buyers: {buyers} (" in text
    assert f"Sellers: {sellers} (" in text


def test_the_parts_of_a_range_as_data(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, PARTIES)
    assessed = [assess(dossier, text_of(Range(300, 400)), as_of="2025-03-14")]
    (term,) = assess_report(assessed)["terms"]
    assert term["says"] == {"buyers": "unsaid", "sellers": "unsaid"}
    assert term["parts"]["buyers"] == [
        {"outcome": 300, "says": "yes"},
        {"outcome": {"above": 300, "max": 400}, "says": "beyond"},
    ]
    assert "yes at 300; beyond its offer above" in csv_text(*assess_rows(assessed))
