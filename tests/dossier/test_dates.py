"""Whole years and months as dates."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NoReturn
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.dates import day_of, is_date, partial_date
from claimpos.errors import WrongUsage
from tests.cli.in_process import claimpos
from tests.cli.process import WORKED

DAYS = st.dates(min_value=date(1000, 1, 1))

PARTS = [
    ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ("1000", date(1000, 1, 1), date(1000, 12, 31)),
    ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ("2025-04", date(2025, 4, 1), date(2025, 4, 30)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2100-02", date(2100, 2, 1), date(2100, 2, 28)),
    ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
]


@pytest.mark.parametrize(("written", "first", "last"), PARTS)
def test_first_and_last_day(written: str, first: date, last: date) -> None:
    assert partial_date(written) == (written, first, last)


@given(DAYS)
def test_a_day_lies_in_its_month_and_year(day: date) -> None:
    written = day.isoformat()
    assert partial_date(written)[1:] == (day, day)
    for part in (written[:7], written[:4]):
        _, first, last = partial_date(part)
        assert first <= day <= last
        assert (first.isoformat()[: len(part)], last.isoformat()[: len(part)]) == (part, part)
        before_and_after = [first - timedelta(1), last + timedelta(1)] if part != "9999" else []
        assert all(not other.isoformat().startswith(part) for other in before_and_after)


NO_DATES = ["", "25", "0999", "12025", "2025-3", "2025-13", "2025-00", "2025-03-32", "2025-03-00"]
NO_DATES += ["2025/03/13", "2025-03-13T12:00", "13-03-2025", " 2025", "2025\n", "２０２５", "2025-"]


@pytest.mark.parametrize("written", NO_DATES)
def test_what_has_not_the_form_of_a_date(written: str) -> None:
    assert not is_date(written)
    with pytest.raises(ValueError, match=rf"^{re.escape(written)}\Z"):
        partial_date(written)


@pytest.mark.parametrize("written", ["2025-02-29", "2100-02-29", "2025-04-31", "2025-02-31"])
def test_a_day_that_no_calendar_has(written: str) -> None:
    assert is_date(written)
    with pytest.raises(ValueError, match="day is out of range"):
        partial_date(written)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("year 60000 is out of range"),
        OverflowError("timestamp out of range for platform time_t"),
        OSError(75, "Value too large for defined data type"),
    ],
)
def test_a_clock_that_shows_no_day_is_told(error: Exception) -> None:
    class Stopped(date):
        @classmethod
        def today(cls) -> NoReturn:
            raise error

    with mock.patch("claimpos.dossier.dates.date", Stopped):
        for asked in (None, "today"):
            with pytest.raises(WrongUsage, match="set the clock"):
                day_of(asked)
        done = claimpos("validate", str(WORKED))
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "set the clock" in done.stderr
