"""Which entry is in force on a day, and what is said of those that are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos.dossier.model import Entry
from claimpos.dossier.timeline import Standing, standing_on
from tests.support import short_dossier

STATED, REPORTED, INFERRED = ["said-so"], ["said-so-reportedly"], ["said-so-maybe"]


def entries_of(folder: Path, *entries: dict[str, Any]) -> tuple[Entry, ...]:
    listed = [{"reserves": f"the one of {one['since']}", **one} for one in entries]
    dossier = short_dossier(folder, {"q": {"unit": "kg"}}, {"a": {"q": listed}})
    return dossier.parties["a"].positions["q"]


def in_force(entries: tuple[Entry, ...], day: date) -> str | None:
    entry = standing_on(entries, day).entry
    return entry.since.text if entry else None


def test_the_entry_that_began_last(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, {"since": "2025-03"}, {"since": 2024}, {"since": "2025-03-14"})
    assert [entry.since.text for entry in entries] == ["2024", "2025-03", "2025-03-14"]
    assert in_force(entries, date(2023, 12, 31)) is None
    assert in_force(entries, date(2024, 1, 1)) == "2024"
    assert in_force(entries, date(2025, 2, 28)) == "2024"
    assert in_force(entries, date(2025, 3, 1)) == "2025-03"
    assert in_force(entries, date(2025, 3, 13)) == "2025-03"
    assert in_force(entries, date(2025, 3, 14)) == "2025-03-14"


def test_nothing_ever_said() -> None:
    assert standing_on((), date(2025, 1, 1)) == Standing()


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (2024, date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2024-02-10", date(2024, 2, 10)),
    ],
)
def test_an_entry_holds_through_its_last_day(tmp_path: Path, until: str | int, last: date) -> None:
    entries = entries_of(tmp_path, {"since": 2023}, {"since": "2024-01", "until": until})
    assert in_force(entries, last) == "2024-01"
    after = standing_on(entries, date.fromordinal(last.toordinal() + 1))
    assert (after.entry, after.lapsed) == (None, last), "an older entry does not come back"


def test_a_later_entry_ends_one_that_has_an_end_of_its_own(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, {"since": 2023, "until": 2030}, {"since": 2024})
    assert in_force(entries, date(2025, 1, 1)) == "2024"


def test_weak_entries_are_set_aside_before_one_is_chosen(tmp_path: Path) -> None:
    entries = entries_of(
        tmp_path,
        {"since": 2022, "evidence": STATED},
        {"since": 2023, "evidence": REPORTED},
        {"since": 2024, "evidence": INFERRED, "until": "2024-06"},
        {"since": 2026, "evidence": INFERRED},
    )
    day = date(2025, 1, 1)
    assert standing_on(entries, day) == Standing(None, date(2024, 6, 30))
    assert standing_on(entries, day, "reported") == Standing(entries[1], None, 1)
    assert standing_on(entries, day, "stated") == Standing(entries[0], None, 2)
    assert standing_on(entries[1:], day, "stated") == Standing(None, None, 2)


def test_an_entry_is_as_strong_as_its_best_statement(tmp_path: Path) -> None:
    (entry,) = entries_of(tmp_path, {"since": 2024, "evidence": [*INFERRED, *STATED, *REPORTED]})
    assert entry.basis == "stated"
    assert standing_on((entry,), date(2025, 1, 1), "stated").entry == entry
