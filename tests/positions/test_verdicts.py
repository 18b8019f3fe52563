"""What the shipped dossier concludes, held against what is known of the talks."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Any

import pytest

from claimpos import compare, diff_report
from claimpos.dossier.model import Cell
from claimpos.wording.verdicts import explain_issue
from tests.comparison.test_cases import cells_of
from tests.positions.test_files import dossier
from tests.support import largely

DATES = [
    "2022-04-30",
    "2022-11-30",
    "2024-06-30",
    "2025-03-14",
    "2025-05-01",
    "2025-06-05",
    "2025-11-22",
    "2025-11-30",
    "2025-12-30",
    "2026-06-30",
]


@cache
def cells(day: str, *parties: str) -> dict[str, dict[str, Any]]:
    return cells_of(diff_report(compare(dossier, parties, as_of=day)))


@pytest.mark.parametrize("day", largely(DATES, *DATES[::2]))
def test_every_pair_and_all_compare(day: str) -> None:
    groups = [*combinations(dossier.parties, 2), tuple(dossier.parties)]
    for parties in groups:
        comparison = compare(dossier, parties, as_of=day)
        assert sum(comparison.summary.values()) == len(dossier.issues)
        assert all(
            explain_issue(verdict) for verdict in comparison.issues if verdict.reason != "reserved"
        )


VERDICTS = [
    # The day after the article's events.
    ("2025-03-14", "russia ukraine", "ceasefire", "conflict", "condition-failed"),
    ("2025-03-14", "russia us", "ceasefire", "unresolved", "condition-pending"),
    ("2025-03-14", "us ukraine", "ceasefire", "overlap", None),
    ("2025-03-14", "russia ukraine", "annexation-recognition", "conflict", None),
    ("2025-03-14", "russia ukraine", "nato-membership", "conflict", None),
    ("2025-03-14", "russia ukraine", "eu-membership", "overlap", None),
    ("2025-03-14", "russia europe", "peacetime-force", "unresolved", None),
    # June 2025: two truces of 30 days that are not the same truce.
    ("2025-06-05", "russia ukraine", "ceasefire", "conflict", None),
    ("2025-06-05", "russia ukraine", "annexation-recognition", "conflict", None),
    ("2025-06-05", "russia ukraine", "nato-membership", "conflict", None),
    ("2025-06-05", "russia ukraine", "force-limits", "conflict", None),
    ("2025-06-05", "russia ukraine", "foreign-troops", "conflict", None),
]


@pytest.mark.parametrize(("day", "parties", "cell", "verdict", "reason"), VERDICTS)
def test_verdict(day: str, parties: str, cell: str, verdict: str, reason: str | None) -> None:
    found = cells(day, *parties.split())[cell]
    assert found["verdict"] == verdict, found["explanation"]
    assert reason in (None, found["reason"])


def test_the_truce_names_the_conditions_that_block_it() -> None:
    explanation = cells("2025-03-14", "russia", "ukraine")["ceasefire"]["explanation"]
    assert "Foreign arms during a truce" in explanation
    assert "Mobilisation during a truce" in explanation
    assert "Ukraine rejects" in explanation


def test_two_truces_of_thirty_days_are_not_the_same() -> None:
    assert cells("2025-06-05", "russia", "ukraine")["truce-length"]["verdict"] != "overlap"


MEET = [
    "znpp",
    "lower-dnipro.dnipro-passage",
    "lower-dnipro.kakhovka-dam",
    "lower-dnipro.kinburn-spit",
]
DIFFER = ["territory-sequence", "sanctions", "guarantees", "force-limits"]


def test_texts_of_april_2025_meet_and_differ_where_they_did() -> None:
    us = terms("us-text-2025-04")
    others = terms("europe-ukraine-text-2025-04")
    meeting = [cell for cell in us.keys() & others.keys() if us[cell] == others[cell]]
    for name in MEET:
        issue, _, item = name.partition(".")
        assert Cell(issue, item or None) in meeting, name
    for issue in DIFFER:
        assert not [cell for cell in meeting if cell.issue == issue], issue


@pytest.mark.parametrize("party", ["ukraine", "europe"])
def test_entries_of_may_2025_meet_and_differ_likewise(party: str) -> None:
    found = cells("2025-05-01", "us", party)
    assert {name: found[name]["verdict"] for name in MEET} == dict.fromkeys(MEET, "overlap")
    assert "overlap" not in {found[name]["verdict"] for name in DIFFER}


def terms(proposal: str) -> dict[Cell, Any]:
    found = dossier.proposals[proposal].terms.values()
    return {cell: outcomes for term in found for cell, outcomes in term.outcomes.items()}
