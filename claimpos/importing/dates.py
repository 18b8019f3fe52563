"""The dates of tables, in the forms that people and spreadsheets write them."""

from __future__ import annotations

import re
from typing import Literal

from claimpos.dossier.dates import partial_date
from claimpos.importing.import_log import LeftOut

Order = Literal["day-first", "month-first"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?\Z")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?\Z")
_YEAR_LAST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\Z")
_DAY_MONTH = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?[ -])?([A-Za-z]{3,9})\.?,?[ -](\d{4})\Z")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\Z")


def read_date(text: str, order: Order | None = None) -> str:
    """A date as YYYY, YYYY-MM or YYYY-MM-DD.

    `order` says whether 3/4/2025 is the third of April or the fourth of March. Raises LeftOut if
    the text is no date, or might be two.
    """
    found = _as_written(text) or _in_words(text) or _in_figures(text, order)
    if found is None:
        raise LeftOut(f"“{text}” is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
    try:
        partial_date(found)
    except ValueError:
        raise LeftOut(f"“{text}” is in no calendar") from None
    return found


def _as_written(text: str) -> str | None:
    if timed := _TIME.match(text):
        return timed[1]
    if parts := _YEAR_FIRST.match(text):
        return _joined(parts[1], parts[2], parts[3])
    try:
        return partial_date(text).text
    except ValueError:
        return None


def _in_words(text: str) -> str | None:
    if parts := _DAY_MONTH.match(text):
        day, name, year = parts.groups()
    elif parts := _MONTH_DAY.match(text):
        name, day, year = parts.groups()
    else:
        return None
    months = [at for at, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    return _joined(year, str(months[0]), day) if len(months) == 1 else None


def _in_figures(text: str, order: Order | None) -> str | None:
    parts = _YEAR_LAST.match(text)
    if parts is None:
        return None
    one, other, year = parts.groups()
    if order is None:
        order = "day-first" if int(one) > 12 else "month-first" if int(other) > 12 else None
    if order is None and one != other:
        raise LeftOut(f"“{text}” may be two dates; say --dates day-first or --dates month-first")
    day, month = (other, one) if order == "month-first" else (one, other)
    return _joined(year, month, day)


def _joined(year: str, month: str, day: str | None) -> str:
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])
