"""Understands dates as people write them: 14.03.2025, 3 Feb 2026, 3/4/2025."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from claimpos.dossier.dates import is_date, no_such_day, partial_date

Order = Literal["day-first", "month-first"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?\Z",
    re.ASCII,
)
_YEAR_FIRST = re.compile(
    r"(\d{4})([-/.\u2010\u2011\u2013])(\d{1,2})(?:\2(\d{1,2}))?\Z|(\d{4})(\d\d)(\d\d)\Z", re.ASCII
)
_YEAR_LAST = re.compile(r"(\d{1,2})([/. -]) ?(\d{1,2})\2 ?(\d{4})\Z", re.ASCII)
_DAY_MONTH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?[ -])?([A-Za-z]{3,9})\.?,?[ -](\d{4})\Z", re.ASCII
)
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\Z", re.ASCII)

HOW = "write YYYY-MM-DD, YYYY-MM or YYYY"


def dates_meant(text: str, order: Order | None = None) -> tuple[str, ...]:
    """The dates that a text can mean, as YYYY-MM-DD, YYYY-MM or YYYY; the day need not exist.

    If there are two, the first is the one with the day before the month. An `order` leaves one.
    """
    bare = " ".join(text.split(" ")).strip()
    if timed := _TIME.match(bare):
        return (timed[1],)
    if is_date(bare):
        return (bare,)
    if parts := _YEAR_FIRST.match(bare):
        return _dates((parts[1] or parts[5], parts[3] or parts[6], parts[4] or parts[7]))
    if parts := _YEAR_LAST.match(bare):
        one, other, year = parts[1], parts[3], parts[4]
        day_first, month_first = (year, other, one), (year, one, other)
        if order is not None:
            return _dates(day_first if order == "day-first" else month_first)
        if parts[2] == ".":  # with full stops the day comes first
            return _dates(day_first)
        return _dates(day_first, month_first)
    return _in_words(bare)


def _in_words(text: str) -> tuple[str, ...]:
    if parts := _DAY_MONTH.match(text):
        day, name, year = parts.groups()
    elif parts := _MONTH_DAY.match(text):
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
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.0+)?\Z", re.ASCII)


def serial_meant(text: str, from_1904: bool = False) -> str:
    """The day whose serial number in a spreadsheet a text may be, from 1927 to 2177; else empty.

    Some workbooks count days from 1904, all others from 1900.
    """
    if not _SERIAL.match(text):
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
