"""What the shipped dossier says of how positions moved, as an observer of the talks would."""

from __future__ import annotations

import pytest

from claimpos import load_dossier
from claimpos.comparison.changes import Changes, changes
from claimpos.comparison.history import history
from claimpos.dossier.locate import shipped
from claimpos.dossier.model import Cell, Dossier


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return load_dossier(shipped("positions"))


@pytest.fixture(scope="module")
def spring_to_autumn(dossier: Dossier) -> Changes:
    return changes(dossier, ["russia", "us"], "2025-03-14", "2025-11-22")


# Party, issue: the steps up to the end of 2025, each by its first day (of a lapse, the day after).
HISTORIES = {
    ("us", "annexation-recognition"): [
        ("2022-10-11", "new"),
        ("2025-01-20", "lapsed"),  # another administration
        ("2025-04-17", "new"),  # in law for Crimea, in fact for the rest
        ("2025-11-20", "changed"),  # one level lower for Crimea
        ("2025-11-23", "changed"),  # left open in Geneva
    ],
    ("us", "nato-membership"): [
        ("2023-07-11", "new"),
        ("2024-07-10", "restated"),
        ("2025-01-20", "lapsed"),
        ("2025-02-12", "new"),
        ("2025-04-17", "changed"),
        ("2025-11-20", "changed"),
        ("2025-11-23", "changed"),  # left open in Geneva, and never told since
    ],
    ("russia", "arms-during-truce"): [
        ("2025-03-13", "new"),  # hinted
        ("2025-03-18", "hardened"),  # called the key condition
        ("2025-06-02", "restated"),
        ("2025-08-15", "lapsed"),  # the offer was overtaken in Alaska
    ],
}


@pytest.mark.parametrize(("party", "issue"), HISTORIES)
def test_history(party: str, issue: str, dossier: Dossier) -> None:
    (found,) = history(dossier, party, {issue}, "2025").issues
    told = [(step.day.isoformat(), step.kind) for step in found.steps]
    assert told == HISTORIES[party, issue]


def test_crimea_went_down_a_level_and_the_regions_stayed(dossier: Dossier) -> None:
    (found,) = history(dossier, "us", {"annexation-recognition"}, "2025-11-22").issues
    moved = found.steps[-1].movement
    assert moved is not None
    assert {(shift.cell.item, *shift.outcomes, shift.was, shift.now) for shift in moved.shifts} == {
        (region, *shift)
        for region in ("crimea", "sevastopol")
        for shift in (("de-facto", "unsaid", "yes"), ("de-jure", "yes", "unsaid"))
    }


def test_russia_and_the_us_from_spring_to_autumn(spring_to_autumn: Changes) -> None:
    """In March nothing was settled between them; the draft of November met Russia on much."""
    found = {
        change.cell: [
            (cause.party, cause.entry and cause.entry.since.text) for cause in change.causes
        ]
        for change in spring_to_autumn.verdicts
    }
    draft = [("us", "2025-11-20")]
    assert found[Cell("nato-membership")] == draft
    assert found[Cell("withdrawal", "donetsk")] == draft
    assert found[Cell("nuclear-status")] == draft
    assert found[Cell("ceasefire")] == [("russia", "2025-10-21"), ("us", "2025-11-20")]
    assert not any(cell.issue == "annexation-recognition" for cell in found)


def test_they_came_closer_and_nothing_moved_apart(spring_to_autumn: Changes) -> None:
    assert len(spring_to_autumn.moved(closer=True)) == len(spring_to_autumn.verdicts) == 14
    assert spring_to_autumn.moved(closer=False) == []
    assert not any(change.by_silence for change in spring_to_autumn.verdicts)
