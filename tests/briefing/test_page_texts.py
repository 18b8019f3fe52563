"""The texts of a page, against the comparison of texts and against assessments."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.page import page
from claimpos.briefing.page_size import View
from claimpos.briefing.page_texts import texts_data
from claimpos.deals.assessment import assess
from claimpos.deals.side_by_side import side_by_side
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Cell, Dossier
from tests.support import short_dossier

DAY = date(2025, 12, 30)
PARTIES = ("russia", "ukraine", "us", "europe")


def view_of(dossier: Dossier, parties: tuple[str, ...], day: date = DAY) -> View:
    return View(dossier, parties[:2], parties, tuple(dossier.issues.values()), day, "inferred")


@pytest.fixture(scope="module")
def data(dossier: Dossier) -> dict[str, Any]:
    return texts_data(view_of(dossier, PARTIES))


def terms_of(data: dict[str, Any], dossier: Dossier) -> dict[Cell, dict[int, Any]]:
    """The page's terms by cell."""
    issues = list(dossier.issues.values())
    found = {}
    for place, title, said in data["terms"]:
        issue = issues[place]
        items = [item for item, name in issue.items.items() if name == title]
        found[Cell(issue.id, items[0] if items else None)] = said
    return found


def test_texts_differ_where_the_comparison_of_texts_says(
    dossier: Dossier, data: dict[str, Any]
) -> None:
    known = [one for one in dossier.proposals.values() if one.date.last <= DAY]
    assert {one["id"] for one in data["proposals"]} == {one.id for one in known}
    assessed = [
        assess(dossier, dossier.proposals[one["id"]], PARTIES, DAY) for one in data["proposals"]
    ]
    terms = terms_of(data, dossier)
    for one, other in combinations(range(len(assessed)), 2):
        found = side_by_side([assessed[one], assessed[other]])
        both = {cell for cell, said in terms.items() if one in said and other in said}
        assert both == set(found.common)
        differing = {cell for cell in both if terms[cell][one][0] != terms[cell][other][0]}
        assert differing == set(found.differing)


def test_who_rules_a_term_out_is_who_the_assessment_says(
    dossier: Dossier, data: dict[str, Any]
) -> None:
    terms = terms_of(data, dossier)
    told = 0
    for number, text in enumerate(data["proposals"]):
        for term in assess(dossier, dossier.proposals[text["id"]], PARTIES, DAY).terms:
            _, _, rejecting, excluding = terms[term.cell][number]
            says = [term.says[party] for party in PARTIES]
            assert [PARTIES[one] for one in rejecting] == [
                party for party, one in zip(PARTIES, says, strict=True) if one == "crosses"
            ]
            assert [PARTIES[one] for one in excluding] == [
                party for party, one in zip(PARTIES, says, strict=True) if one == "gives"
            ]
            told += len(rejecting) + len(excluding)
    assert told > 20


def test_the_fullest_text_is_put_beside_the_newest_full_one(
    dossier: Dossier, data: dict[str, Any]
) -> None:
    sizes = [
        sum(number in said for said in terms_of(data, dossier).values())
        for number in range(len(data["proposals"]))
    ]
    one, other = data["beside"]
    assert max(sizes) in (sizes[one], sizes[other])
    newest = max(
        number
        for number, size in enumerate(sizes)
        if size >= max(sizes) / 2 and sizes.index(max(sizes)) != number
    )
    assert newest in (one, other)


AGENDA: dict[str, Any] = {"road": {"options": ["toll", "free"]}, "price": {"unit": "euros"}}
TEXTS: dict[str, Any] = {
    "first": {"date": "2024", "terms": {"road": "toll", "price": 5}},
    "second": {
        "date": "2025-02",
        "status": "bracketed",
        "terms": {"road": {"bracketed": ["toll", {"outcome": "free", "by": ["a"]}]}},
    },
    "later": {"date": "2026", "terms": {"road": "free"}},
}


def small(tmp_path: Path) -> Dossier:
    people: dict[str, Any] = {"a": {"road": {"demands": "free"}}, "b": {}}
    return short_dossier(tmp_path, AGENDA, people, TEXTS)


def test_brackets_are_told_and_later_texts_are_not(tmp_path: Path) -> None:
    data = texts_data(view_of(small(tmp_path), ("a", "b")))
    assert [text["id"] for text in data["proposals"]] == ["first", "second"]
    (road, price) = data["terms"]
    assert road[2][1][1] == "in brackets: ⟨Toll⟩ or ⟨Free⟩ (A)"
    assert road[2][0][0] != road[2][1][0]
    assert list(price[2]) == [0]
    assert price[2][0][1:] == ["5 euros", [], []]


def test_no_text_at_all(tmp_path: Path) -> None:
    data = texts_data(view_of(small(tmp_path), ("a", "b"), date(2023, 1, 1)))
    assert (data["proposals"], data["terms"], data["beside"]) == ([], [], [])


def test_only_the_newest_texts_where_there_is_room_for_no_more(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = sum(len(issue.cells()) for issue in dossier.issues.values())
    monkeypatch.setenv(VARIABLE, f"assessed-answers={2 * cells * len(PARTIES)}")
    data = texts_data(view_of(dossier, PARTIES))
    assert len(data["proposals"]) == 2
    assert data["proposals"][-1]["id"] == "twenty-points-2025-12"


def test_the_page_counts_the_texts_that_it_has_no_room_for(tmp_path: Path) -> None:
    parties = {"ann": {"toll": {"demands": "paid"}}, "bo": {}}
    told = "not on this page, which has no room for more"
    for number in (30, 31, 33):
        texts = {f"text-{at}": {"terms": {"toll": "paid"}} for at in range(number)}
        agenda = {"toll": {"options": ["paid", "free"]}}
        comparison = compare(short_dossier(tmp_path, agenda, parties, texts), [*parties], "2025")
        written = page(comparison, brief_report(comparison))
        assert written.count('name="text[]"') == 30
        assert (told in written) == (number > 30)
        assert (f"{number - 30} older texts are {told}." in written) == (number > 31)
