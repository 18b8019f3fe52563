"""Dates, which may be a year or a month: as files write them, and as people do."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

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
        closed: The day on which the talks closed; one in the future does not count.

    Raises WrongUsage for a text that is not a date.
    """
    if as_of is None or as_of == TODAY:
        now = today()
        return now if as_of or closed is None else min(closed.last, now)
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


# ---- dates as people write them ----

Order = Literal["day-first", "month-first"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Patterns are compiled when they are used, because a valid dossier needs none.
_TIME = r"(?a)(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?\Z"
_YEAR_FIRST = (
    r"(?a)(\d{4})([-/.\u2010\u2011\u2013])(\d{1,2})(?:\2(\d{1,2}))?\Z|(\d{4})(\d\d)(\d\d)\Z"
)
_YEAR_LAST = r"(?a)(\d{1,2})([/. -]) ?(\d{1,2})\2 ?(\d{4})\Z"
_DAY_MONTH = r"(?a)(?:(\d{1,2})(?:st|nd|rd|th)?\.?[ -])?([A-Za-z]{3,9})\.?,?[ -](\d{4})\Z"
_MONTH_DAY = r"(?a)([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\Z"

HOW = "write YYYY-MM-DD, YYYY-MM or YYYY"


def dates_meant(text: str, order: Order | None = None) -> tuple[str, ...]:
    """The dates that a text can mean, as YYYY-MM-DD, YYYY-MM or YYYY; the day need not exist.

    If there are two, the first is the one with the day before the month. An `order` leaves one.
    """
    bare = " ".join(text.split(" ")).strip()
    if timed := re.match(_TIME, bare):
        return (timed[1],)
    if is_date(bare):
        return (bare,)
    if parts := re.match(_YEAR_FIRST, bare):
        return _dates((parts[1] or parts[5], parts[3] or parts[6], parts[4] or parts[7]))
    if parts := re.match(_YEAR_LAST, bare):
        one, other, year = parts[1], parts[3], parts[4]
        day_first, month_first = (year, other, one), (year, one, other)
        if order is not None:
            return _dates(day_first if order == "day-first" else month_first)
        if parts[2] == ".":  # with full stops the day comes first
            return _dates(day_first)
        return _dates(day_first, month_first)
    return _in_words(bare)


def _in_words(text: str) -> tuple[str, ...]:
    if parts := re.match(_DAY_MONTH, text):
        day, name, year = parts.groups()
    elif parts := re.match(_MONTH_DAY, text):
        name, day, year = parts.groups()
    else:
        return ()
    months = [at for at, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    if len(months) != 1 and name.lower() != "sept":
        return ()
    return _dates((year, str(months[0] if months else 9), day))


def _dates(*parts: tuple[str, str, str | None]) -> tuple[str, ...]:
    """The dates made of years, months and days, without those that are impossible."""
    joined = ("-".join(one.zfill(2) for one in date if one) for date in parts)
    return tuple(dict.fromkeys(filter(is_date, joined)))


# From here Excel counts days, if they are in 1901 or later.
_DAY_NOUGHT = date(1899, 12, 30)
_DAY_NOUGHT_OF_1904 = date(1904, 1, 1)
_SERIAL = r"(?a)[1-9]\d{4}(?:\.0+)?\Z"


def serial_meant(text: str, from_1904: bool = False) -> str:
    """The day whose serial number in a spreadsheet a text may be, from 1927 to 2177; else empty.

    Some workbooks count days from 1904, all others from 1900.
    """
    if not re.match(_SERIAL, text):
        return ""
    nought = _DAY_NOUGHT_OF_1904 if from_1904 else _DAY_NOUGHT
    return (nought + timedelta(days=int(text[:5]))).isoformat()


def date_remedy(text: str) -> str:
    """The remedy for a date in the wrong form: what to write or, if that is unsure, the forms."""
    meant = [date for date in dates_meant(text) if not no_such_day(date)]
    if not meant:
        return HOW
    if len(meant) == 1:
        return f"write {partial_date(meant[0]).text}"
    return f"write {meant[0]} if the day stands first, else {meant[1]}"
