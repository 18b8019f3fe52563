"""Dates that may be a whole year or month."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from claimpos.dossier.model import PartialDate
from claimpos.errors import WrongUsage

_DATE = re.compile(r"[1-9][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?\Z")


def is_date(written: str) -> bool:
    """Whether a text has the form of a date; the day need not exist."""
    return _DATE.match(written) is not None


@lru_cache(maxsize=4096)
def partial_date(written: str) -> PartialDate:
    """The first and last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Raises ValueError if the text has none of these forms, or the calendar no such day.
    """
    if not is_date(written):
        raise ValueError(written)
    first = date.fromisoformat((written + "-01-01")[:10])
    if len(written) == 10:
        return PartialDate(written, first, first)
    if len(written) == 4 or first.month == 12:
        return PartialDate(written, first, first.replace(month=12, day=31))
    return PartialDate(written, first, first.replace(month=first.month + 1) - timedelta(days=1))


def no_such_day(written: str) -> str:
    """The message for a text that has the form of a date but names no day of the calendar."""
    if not is_date(written):
        return ""
    try:
        partial_date(written)
    except ValueError:
        return f"there is no day {written}"
    return ""


TODAY = "today"


def day_of(as_of: date | str | None, closed: PartialDate | None = None) -> date:
    """The day that `as_of` means: of a year or a month, the last.

    Args:
        as_of: None means the day on which the talks closed or, if they have not, today; the text
            “today” means today in any case.
        closed: The day on which the talks closed, if they have.

    Raises WrongUsage for a text that is not a date.
    """
    if as_of is None and closed is not None:
        return closed.last
    if as_of is None or as_of == TODAY:
        return today()
    if isinstance(as_of, date):
        return as_of
    return date_asked(as_of).last


def today() -> date:
    """The calendar's day; raises WrongUsage if the system's clock shows none that a date can be."""
    try:
        return date.today()
    except (ValueError, OverflowError, OSError):
        raise WrongUsage(
            "the clock of this system does not show a year from 1 to 9999; set the clock"
        ) from None


def date_asked(written: str) -> PartialDate:
    """The date that a user names; raises WrongUsage for a text that is not a date."""
    try:
        return partial_date(written)
    except (TypeError, ValueError):
        if isinstance(written, str) and (message := no_such_day(written)):
            raise WrongUsage(message) from None
        message = f"“{written}” is not a valid date; write YYYY-MM-DD, YYYY-MM, YYYY or today"
        raise WrongUsage(message) from None
