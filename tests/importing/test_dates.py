"""Dates in the forms of tables: read where they can be one day only."""

from __future__ import annotations

import pytest

from claimpos.dossier.dates import Order
from claimpos.importing.cells import read_date
from claimpos.importing.import_log import Skipped


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-03-13", "2025-03-13"),
        ("2025/3/13", "2025-03-13"),
        ("2025.03", "2025-03"),
        ("2025-03-13 00:00:00", "2025-03-13"),
        ("2025-03-13T14:30:00.5Z", "2025-03-13"),
        ("13 March 2025", "2025-03-13"),
        ("13. Mar 2025", "2025-03-13"),
        ("1st May 2025", "2025-05-01"),
        ("March 2025", "2025-03"),
        ("Mar 5, 2025", "2025-03-05"),
        ("13/03/2025", "2025-03-13"),
        ("03/13/2025", "2025-03-13"),
        ("5.5.2025", "2025-05-05"),
    ],
)
def test_one_day_only(text: str, found: str) -> None:
    assert read_date(text) == found


@pytest.mark.parametrize(
    ("order", "found"), [("day-first", "2025-04-03"), ("month-first", "2025-03-04")]
)
def test_the_order_of_day_and_month_is_asked_for(order: Order, found: str) -> None:
    assert read_date("03/04/2025", order) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/04/2025", "can mean two dates"),
        ("30.02.2025", "there is no day 2025-02-30"),
        ("2025-13-01", "not a valid date"),
        ("3/4/25", "not a valid date"),
        ("Ma 2025", "not a valid date"),
        ("soon", "not a valid date"),
        ("0999", "not a valid date"),
    ],
)
def test_left_out(text: str, why: str) -> None:
    with pytest.raises(Skipped, match=why):
        read_date(text)


def test_a_month_that_no_year_has() -> None:
    with pytest.raises(Skipped, match="not a valid date"):
        read_date("2025/13/01")


def test_a_date_that_does_not_fit_the_order_stated() -> None:
    with pytest.raises(Skipped, match="not a valid date"):
        read_date("03/13/2025", "day-first")


def test_the_number_by_which_a_spreadsheet_counts_days() -> None:
    with pytest.raises(Skipped, match="spreadsheet's number of 2025-03-14"):
        read_date("45730")
