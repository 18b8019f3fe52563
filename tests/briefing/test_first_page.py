"""The first page of a briefing: short, about the core, in keeping with the comparison."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.first_page import MOST_WORDS, first_page
from claimpos.briefing.layout import brief_document, one_page_document
from claimpos.comparison.changes import changes
from claimpos.comparison.verdicts import Comparison
from claimpos.rendering.renderers import page_of, rendered
from tests.conftest import examples
from tests.oracle.dossiers import FEATURES, PlainDossier, bases, dates, dossiers
from tests.oracle.product import load
from tests.support import short_dossier, talks

PARTIES = ["russia", "ukraine", "us", "europe", "china"]


def words(text: str) -> int:
    return sum(re.search(r"\w", word) is not None for word in text.split())


def told(comparison: Comparison) -> str:
    head = {"title": "Title of some words", "dossier": comparison.dossier.title}
    day = {"as_of_in_words": "30 June 2026"}
    return page_of(one_page_document({**head, **day, "first_page": first_page(comparison)}))


def months(page: dict[str, Any], day: date) -> list[date]:
    """The last days of the months of the picture, none of them after the day."""
    ends = []
    for month in page["picture"]["months"]:
        year, number = map(int, month.split("-"))
        ends.append(min(date(year, number, monthrange(year, number)[1]), day))
    return ends


@pytest.mark.parametrize("number", [2, 3, 5, 11])
@pytest.mark.parametrize("day", ["2022-04", "2026-07-01"])
def test_it_has_at_most_350_words(number: int, day: str) -> None:
    comparison = compare(talks(), [*talks().parties][:number], day)
    assert 50 < words(told(comparison)) <= MOST_WORDS


def test_long_titles_leave_room_for_fewer_issues(tmp_path: Any) -> None:
    long = " ".join(["word"] * 40)
    agenda = {f"i{n}": {"title": f"{long} {n}", "options": ["a", "b"]} for n in range(12)}
    parties = {"ann": {"i0": {"demands": "a"}}, "bo": {"i0": {"demands": "b"}}}
    comparison = compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"], "2025")
    picture = first_page(comparison)["picture"]
    assert words(told(comparison)) <= MOST_WORDS
    assert 0 < len(picture["rows"]) < 12
    assert len(picture["rows"]) + picture["left_out"] == 12


@examples(20)
@given(dossiers(min_parties=3, features=FEATURES), dates(), bases())
def test_the_picture_is_that_of_comparisons_month_by_month(
    plain: PlainDossier, day: str, basis: Any
) -> None:
    comparison = compare(load(plain), list(plain.parties), day, basis)
    page = first_page(comparison)
    ends = months(page, comparison.day)
    for at in (0, 6, -1):
        then = compare(comparison.dossier, comparison.parties, ends[at], basis)
        verdicts = {one.issue.id: "silent" if one.silent else one.verdict for one in then.issues}
        for row in page["picture"]["rows"]:
            assert row["verdicts"][at] == verdicts[row["issue"]]


@pytest.mark.parametrize("number", [2, 5])
@pytest.mark.parametrize("day", ["2022-12-31", "2026-07-01"])
def test_nothing_has_moved_since_the_month_that_it_names(number: int, day: str) -> None:
    comparison = compare(talks(), PARTIES[:number], day)
    page = first_page(comparison)
    core = [one.issue.id for one in comparison.issues if one.issue.core]
    last = months(page, comparison.day)[-1]
    between = comparison.dossier, comparison.parties
    later = changes(*between, last, comparison.day, issues=core or None)
    assert {one.step.kind for one in later.entries} <= {"restated"}
    assert later.verdicts == ()
    within = changes(*between, last.replace(day=1) - timedelta(days=1), last, issues=core or None)
    assert {one.step.kind for one in within.entries} - {"restated"} or within.verdicts
    assert f"was in {last:%B %Y}: " in page["moved"]


def test_the_three_disputes_are_on_different_issues() -> None:
    page = first_page(compare(talks(), PARTIES[:2], "2026-07-01"))
    named = re.findall(r"⟨([^⟩]+)⟩ \(", page["disputes"])
    assert len(named) == len(set(named)) == 3


def test_a_dispute_is_told_from_both_sides(tmp_path: Any) -> None:
    parties = {"ann": {"war": {"demands": "on"}}, "bo": {"war": {"demands": "off"}}}
    dossier = short_dossier(tmp_path, {"war": {"options": ["on", "off"]}}, parties)
    page = told(compare(dossier, ["ann", "bo"], "2025"))
    assert "over *War* (Ann demands *On*, Bo demands *Off*)." in page


def test_it_is_about_the_core_where_there_is_one(tmp_path: Any) -> None:
    agenda = {
        "heart": {"options": ["a", "b"], "core": True},
        "rest": {"options": ["a", "b"]},
    }
    parties = {"ann": {"rest": {"demands": "a"}}, "bo": {"rest": {"demands": "b"}}}
    dossier = short_dossier(tmp_path, agenda, parties)
    page = first_page(compare(dossier, ["ann", "bo"], "2025"))
    assert [row["issue"] for row in page["picture"]["rows"]] == ["heart"]
    assert page["counted"].startswith("1 core issue: 0 overlaps, 0 conflicts")
    assert page["disputes"] == "On no issue is every outcome ruled out."
    assert page["moved"] == "No position on core issues has moved yet."
    alone = first_page(compare(dossier, ["ann", "bo"], "2025", issues={"rest"}))
    assert [row["issue"] for row in alone["picture"]["rows"]] == ["rest"]
    assert "Ann took a position on ⟨Rest⟩; Bo took a position on ⟨Rest⟩" in alone["moved"]
    assert "⟨Rest⟩ went from unresolved to conflict" in alone["moved"]


def test_it_says_which_positions_are_compared(tmp_path: Any) -> None:
    """It stands alone, so that what it leaves out must be told there."""
    agenda = {key: {"options": ["a", "b"]} for key in ("hours", "pay")}
    parties = {
        "bloc": {
            "hours": {"since": "2025-01", "demands": "a"},
            "pay": {"since": "2025-03", "demands": "b"},
        },
        "land": {"hours": {"since": "2025-01", "demands": "a"}},
    }
    besides = {"bloc": {"members": ["land"], "speaks-for-members": True}}
    dossier = short_dossier(tmp_path, agenda, parties, {}, besides)
    comparison = compare(dossier, ["bloc", "land"], "2025-04", "stated")
    page = first_page(comparison)
    assert "so only issues on which Land has a position of its own are compared" in page["age"]
    assert "Based only on the parties' own words" in page["age"]
    assert page["moved"].startswith("The latest movement on these issues was in January 2025: ")
    whole = rendered(brief_document(brief_report(comparison)), "github")
    assert whole.count("has a position of its own are compared") == 1
    assert whole.count("only on the parties' own words") == 1


def test_it_names_the_outcome_on_which_they_meet(tmp_path: Any) -> None:
    agenda = {
        "whole": {"options": ["a", "b", "c"]},
        "parts": {"options": ["a", "b"], "items": ["x", "y"]},
    }
    parties = {
        "ann": {"whole": {"proposes": "a", "accepts": "b"}, "parts": {"demands": {"all": "a"}}},
        "bo": {
            "whole": {"proposes": "c", "accepts": "b"},
            "parts": {"demands": {"x": "a", "y": "b"}},
        },
    }
    page = first_page(compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"], "2025"))
    assert (
        "on 1 of 2 issues: ⟨Whole⟩ (⟨B⟩); and on parts of others: ⟨Parts: X⟩ (⟨A⟩)" in page["meet"]
    )


def test_an_issue_open_for_lack_of_a_position_on_a_part_says_so(tmp_path: Any) -> None:
    agenda = {"land": {"options": ["a", "b", "c"], "items": ["x", "y"]}}
    parties = {
        "ann": {"land": {"proposes": {"all": "a"}}},
        "bo": {"land": {"proposes": {"x": "b"}}},
    }
    page = first_page(compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"], "2025"))
    (row,) = page["picture"]["rows"]
    assert row["verdicts"][-1] == "silent"
    assert row["now"] == "unresolved: no recorded position on 1 of 2 sub-issues"
