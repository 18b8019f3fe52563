"""What `compare` asks of its arguments, and what a comparison carries besides verdicts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimpos import WrongUsage, compare, diff_report
from claimpos.comparison.reasons import concerned
from claimpos.dossier.dates import day_of
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.schemas import schema
from tests.support import short_dossier

AGENDA = {"status": {"options": ["x", "y"]}, "other": {"options": ["x", "y"]}}
PARTIES = {
    "a": {"status": {"demands": "x", "evidence": ["said-so-maybe"]}},
    "b": {"status": {"demands": "x"}, "other": {"proposes": "y", "evidence": ["said-so-maybe"]}},
}


@pytest.mark.parametrize(
    ("parties", "message"),
    [
        ([], "at least two parties"),
        (["a"], "at least two parties"),
        (["a", "b", "a"], "“a” cannot be compared with itself"),
    ],
)
def test_wrong_parties(tmp_path: Path, parties: list[str], message: str) -> None:
    with pytest.raises(WrongUsage, match=message):
        compare(short_dossier(tmp_path, AGENDA, PARTIES), parties)


def test_no_such_party(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        compare(short_dossier(tmp_path, AGENDA, PARTIES), ["a", "nobody"])


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2025", date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2025-03-14", date(2025, 3, 14)),
        (date(2025, 1, 2), date(2025, 1, 2)),
    ],
)
def test_the_day_meant(as_of: str | date, day: date) -> None:
    assert day_of(as_of) == day


@pytest.mark.parametrize("as_of", ["", "soon", 2025, "2025-3-1", "2025-02-29", "20250314", "0999"])
def test_no_day(as_of: Any) -> None:
    with pytest.raises(WrongUsage, match=r"write YYYY-MM-DD, YYYY-MM, YYYY or|no day"):
        day_of(as_of)


def test_without_a_date_it_is_today(tmp_path: Path) -> None:
    before = date.today()
    comparison = compare(short_dossier(tmp_path, AGENDA, PARTIES), ["a", "b"])
    assert before <= comparison.day <= date.today()  # midnight may have passed


def test_entries_set_aside_are_counted_for_the_issues_reported(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, PARTIES)
    counted = {
        issues: compare(dossier, ["a", "b"], "2025", "stated", issues).set_aside
        for issues in (None, ("status",), ("other",))
    }
    assert counted == {None: 2, ("status",): 1, ("other",): 1}
    assert compare(dossier, ["a", "b"], "2025").set_aside == 0


def test_the_summary_counts_the_issues_reported(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, PARTIES)
    assert compare(dossier, ["b", "a"], "2025").summary == {
        "overlap": 1,
        "conflict": 0,
        "unresolved": 1,
    }
    only = compare(dossier, ["b", "a"], "2025", issues=["status"])
    assert [verdict.issue.id for verdict in only.issues] == ["status"]
    assert sum(only.summary.values()) == 1


def test_many_parties_with_alternatives_do_not_multiply(tmp_path: Path) -> None:
    """40 parties, each with two ways to be satisfied: 2^40 combinations if they were tried."""
    agenda: dict[str, Any] = {"deal": {"options": ["yes", "no"]}}
    parties: dict[str, Any] = {}
    for number in range(40):
        ways = [f"c{number}-{way}" for way in range(2)]
        agenda |= {way: {"options": ["yes", "no"]} for way in ways}
        conditions = [{"outcome": "yes", "if": {way: "yes"}} for way in ways]
        parties[f"p{number}"] = {"deal": {"accepts": conditions}}
    comparison = compare(short_dossier(tmp_path, agenda, parties), list(parties), "2025")
    assert comparison.issues[0].reason == "condition-pending"


def test_any_value_will_do(tmp_path: Path) -> None:
    agenda = {"rate": {"unit": "per cent"}}
    whole = {"rate": {"accepts": [{"max": 0}, {"above": 0}]}}
    dossier = short_dossier(tmp_path, agenda, {"a": whole, "b": whole})
    report = diff_report(compare(dossier, ["a", "b"], "2025"))
    assert report["issues"][0]["outcomes"] == [{}]
    assert "Any value is acceptable to both" in report["issues"][0]["explanation"]
    assert Draft202012Validator(schema("diff")).is_valid(report)


def test_who_says_nothing_is_not_at_odds_where_nobody_looked_for_whom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "blocking-set-steps=0")
    agenda = {"x": {"options": ["a", "b"]}}
    parties = {"ann": {"x": {"demands": "a"}}, "bob": {"x": {"refuses": "a"}}, "cy": {}}
    (verdict,) = compare(short_dossier(tmp_path, agenda, parties), [*parties], "2025-03-14").issues
    case = verdict.cells[0].case
    assert (verdict.verdict, case.at_odds.named) == ("conflict", ())
    assert concerned(case) == ("ann", "bob")
