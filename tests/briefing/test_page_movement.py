"""What the page marks at each step of its slider, counted against `claimpos changes`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.comparison.changes import Changes, changes
from claimpos.comparison.history import Kind
from claimpos.comparison.verdict_timeline import days_of_change
from claimpos.dossier.model import Dossier
from claimpos.wording.grammar import counted
from claimpos.wording.movement import KIND_NAMES
from claimpos.wording.names import written_day
from tests.briefing.browser import driven
from tests.briefing.pages import page_file
from tests.support import TALKS, largely

pytestmark = pytest.mark.large

SHIPPED = Path(__file__).parents[2] / "positions"
NAMED = ["russia", "ukraine", "us"]
MADE = {TALKS: "2025-12-30", SHIPPED: "2026-06-30"}


class Drive:
    """A page driven through some of its days of change."""

    def __init__(self, folder: Path, every: int, factory: pytest.TempPathFactory) -> None:
        self.dossier = load_dossier(folder)
        last = date.fromisoformat(MADE[folder])
        self.known = [
            day for day in days_of_change(self.dossier, self.dossier.parties) if day <= last
        ]
        self.days = sorted(self.known[-1:0:-every])
        self.origin = self.known[len(self.known) // 2]
        page = page_file(factory, folder, NAMED, MADE[folder])
        days = ",".join(day.isoformat() for day in self.days)
        self.seen = driven("drive_steps.cjs", str(page), days, written_day(self.origin))

    def before(self, day: date) -> date:
        return self.known[self.known.index(day) - 1]


@pytest.fixture(
    scope="module", params=largely([(TALKS, 30), (SHIPPED, 1)], (TALKS, 30)), ids=["some", "all"]
)
def drive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Drive:
    folder, every = request.param
    return Drive(folder, every, tmp_path_factory)


def cells(dossier: Dossier, found: Changes) -> list[list[str]]:
    named = {(one.party, one.issue.id) for one in found.entries}
    return sorted([dossier.parties[party].label, issue] for party, issue in named)


def marks(seen: Iterable[Any]) -> list[list[str]]:
    return sorted(list(one) for one in seen)


def in_words(found: Changes, everybody: Changes) -> str:
    """What the page says of a step: of all positions, and of the verdicts of the parties chosen."""
    moved = []
    if closer := len(found.moved(closer=True)):
        moved.append(f"{counted(closer, 'verdict', 'verdicts')} towards overlap")
    if away := len(found.moved(closer=False)):
        one = f"{away} away from it" if closer else counted(away, "verdict", "verdicts")
        moved.append(one if closer else f"{one} away from overlap")
    of_each = kinds_of_each(everybody)
    restated = sum(set(kinds) == {"restated"} for kinds in of_each.values())
    changed = len(of_each) - restated
    told = f"{counted(changed, 'position', 'positions')} changed" if changed else ""
    told = told or "no position changed"
    if restated:
        told += f", {restated} restated"
    if not of_each and not moved:
        return f"{told}."
    return f"{told}; {', '.join(moved) or 'no verdict moved'}."


def kinds_of_each(found: Changes) -> dict[tuple[str, str], list[Kind]]:
    """How each position moved, step by step."""
    of_each: dict[tuple[str, str], list[Kind]] = {}
    for one in found.entries:
        of_each.setdefault((one.party, one.issue.id), []).append(one.step.kind)
    return of_each


def mark_in_words(kinds: list[Kind]) -> str:
    """The mark of a cell: how its position moved, or that it was restated."""
    moves = [kind for kind in kinds if kind != "restated"]
    return f"Moved {len(moves)} times" if len(moves) > 1 else KIND_NAMES[(moves or kinds)[0]]


def test_the_cells_marked_are_those_that_changes_names(drive: Drive) -> None:
    everybody = drive.dossier.negotiating
    counts = set()
    for day in drive.days:
        told, marked = drive.seen["steps"][day.isoformat()]
        all_of_them = changes(drive.dossier, everybody, drive.before(day), day)
        named = cells(drive.dossier, all_of_them)
        assert marks(marked) == named
        chosen = changes(drive.dossier, NAMED, drive.before(day), day)
        assert told == in_words(chosen, all_of_them)
        counts.add(len(named))
    assert len(counts) > 1


def test_what_moved_between_two_days(drive: Drive) -> None:
    last = drive.days[-1]
    shown, told, marked, fragment = drive.seen["since"]
    found = changes(drive.dossier, drive.dossier.negotiating, drive.origin, last)
    named = cells(drive.dossier, found)
    assert marks(marked) == named
    assert shown == f"From {written_day(drive.origin)} to {written_day(last)}:"
    assert told == in_words(changes(drive.dossier, NAMED, drive.origin, last), found)
    assert fragment.endswith(f"since={drive.origin}")
    rows = {issue for _, issue in named}
    moved = drive.seen["changed"]
    assert {row.removeprefix("issue-") for row, has_mark in moved if has_mark} == rows


def test_a_mark_counts_moves_and_not_what_was_said_again(drive: Drive) -> None:
    dossier = drive.dossier
    found = changes(dossier, dossier.negotiating, drive.origin, drive.days[-1])
    of_each = kinds_of_each(found)
    assert any("restated" in kinds and set(kinds) != {"restated"} for kinds in of_each.values())
    told = [
        [dossier.parties[party].label, issue, mark_in_words(kinds)]
        for (party, issue), kinds in of_each.items()
    ]
    assert marks(drive.seen["marks"]) == sorted(told)


def test_the_list_names_each_cell_and_the_change_is_announced(drive: Drive) -> None:
    last = drive.days[-1]
    told, marked = drive.seen["steps"][last.isoformat()]
    assert drive.seen["list"] == len(marked)
    assert drive.seen["announced"] == f"{written_day(last)}: {told}"


def test_the_axis_is_one_of_time(drive: Drive) -> None:
    ticks = dict(drive.seen["axis"])
    first, last = drive.known[0], date.fromisoformat(max(ticks))
    assert set(ticks) == {day.isoformat() for day in [*drive.known, last]}
    for day, place in ticks.items():
        true = (date.fromisoformat(day) - first) / (last - first)
        assert place == pytest.approx(true, abs=0.01)


def test_the_slider_stays_in_sight(drive: Drive) -> None:
    assert drive.seen["stuck"] == 0


def test_nothing_goes_wrong(drive: Drive) -> None:
    assert drive.seen["errors"] == []
