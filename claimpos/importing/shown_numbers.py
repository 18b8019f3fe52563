"""What a cell of a spreadsheet shows of the number that it holds, by its format."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

_SIGNIFICANT = ".15g"  # the digits of a number that a spreadsheet keeps
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?:\$[^\]]*|[A-Za-z]+\d*|[<>=][^\]]*)\]')
_FIXED = re.compile(r"#*(0*)(?:\.(0*#*))?(%?)\Z")


class Exact(str):
    """The text of a number that is exact: a point in it marks decimals, whatever others mark."""

    __slots__ = ()


class ExactFrom1904(Exact):
    """The text of an exact number, in a workbook that counts the days of its dates from 1904."""

    __slots__ = ()


class Format(NamedTuple):
    """A number format.

    Attributes:
        code: As the workbook has it.
        is_date: Whether it shows a date or a time.
        is_span: Whether it shows a length of time.
    """

    code: str
    is_date: bool
    is_span: bool


class Shown(NamedTuple):
    """What is read of a cell, and what to say of it where it shows or holds something else."""

    text: str
    remark: str = ""


def shown_number(written: str, form: Format) -> Shown:
    """A number as its cell shows it, as far as its format is one of plain figures or per cent.

    Of any other format, what the cell holds is read.
    """
    held = _exact(written)
    if form.code in {"General", "@", ""}:
        return Shown(Exact(_plain(held)))
    parts = _FIXED.match(_bare(form.code))
    if parts is None:
        return Shown(
            Exact(_plain(held)), f"holds {_plain(held)}, which is read, and shows it otherwise"
        )
    whole, decimals, percent = parts[1], parts[2] or "", parts[3]
    value = held * 100 if percent else held
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = _plain(rounded)
    if len(whole) > 1 and rounded >= 0:
        digits, point, rest = text.partition(".")
        text = digits.zfill(len(whole)) + point + rest
    more = f"holds {_plain(value)}{percent}, and shows {text}{percent}, which is read"
    return Shown(Exact(text + percent), "" if rounded == value else more)


@lru_cache(maxsize=256)
def _bare(code: str) -> str:
    """The part of a format for numbers above nought, without its texts, spaces and colours."""
    bare = _LITERAL.sub("", code.split(";")[0]).strip(" $€£¥()+-")
    return re.sub(",(?=[0#])", "", bare)


def _exact(written: str) -> Decimal:
    """A number with the fifteen digits that a spreadsheet shows: no 0.30000000000000004."""
    if not re.search(r"[.eE]", written):
        return Decimal(int(written))
    return Decimal(format(float(written), _SIGNIFICANT))


def _plain(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{int(value)}"
    return f"{value:f}".rstrip("0")


def shown_date(number: float, form: Format, from_excel: Callable[[float], Any]) -> Shown:
    """A date or a time as its cell shows it; of a format without days the month or the year."""
    try:
        value = from_excel(number)
    except (OverflowError, ValueError):
        return Shown("#VALUE!")
    text = _text(value)
    if not isinstance(value, date) or form.is_span:
        return Shown(text)
    bare = _LITERAL.sub("", form.code.split(";")[0]).casefold()
    if "d" in bare or "h" in bare or "y" not in bare:
        return Shown(text)
    shorter = f"{value:%Y-%m}" if "m" in bare else f"{value:%Y}"
    return Shown(shorter, f"holds {text}, and shows {shorter}, which is read")


def _text(value: Any) -> str:
    """A date without a time where that is midnight."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def date_text(value: Any) -> str:
    """A date that the workbook itself writes as a text."""
    return _text(value)
