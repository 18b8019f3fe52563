"""What a cell of a spreadsheet shows of the number that it holds, by its format."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from claimpos.dossier.written_figures import unit_beside
from claimpos.importing.import_log import shortened

_SIGNIFICANT = ".15g"  # the digits of a number that a spreadsheet keeps
_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]|.', re.DOTALL)
_CONDITION = re.compile(r"\[[<>=]")
_SIGNS = re.compile("[()\u2212\u2013-]")
_MINUS = {"-", "\u2212", "\u2013"}
_OF_FIGURES = re.compile("[0#?]")
_DASHES_FOR_ZERO = {"-", "–", "—"}
_SHOWN = re.compile(r'\[\$([^\]-]+)|"(.*)"|\\(.)', re.DOTALL)
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


class ShownCell(NamedTuple):
    """What is read of a cell, and what to say of it where it shows or holds something else."""

    text: str
    remark: str = ""


def shown_number(written: str, form: Format) -> ShownCell:
    """A number as its cell shows it, as far as its format is one of plain figures or per cent.

    Of any other format, what the cell holds is read.
    """
    held = _exact(written)
    if form.code in {"General", "@", ""}:
        return ShownCell(Exact(_plain(held)))
    section = _section(form.code, held)
    parts = section and _FIXED.match(section.figures)
    if not section or not parts:
        return _otherwise(held, "shows it otherwise")
    if _SIGNS.sub("", section.words).strip() not in {"", "%", section.money}:
        return _otherwise(held, f"shows “{section.words}” beside it")
    if held < 0 and any(section.signs) and section is _sections(form.code)[0]:
        return _otherwise(held, "shows it otherwise")  # with a second minus
    whole, decimals, percent = parts[1], parts[2] or "", parts[3]
    value = held * 100 if percent else held
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    if not re.search("[0#?]" if rounded else "0", section.figures):
        return _otherwise(held, _shows(section))
    text = _plain(rounded)
    if len(whole) > 1 and rounded >= 0:
        digits, point, rest = text.partition(".")
        text = digits.zfill(len(whole)) + point + rest
    sign = percent or section.words * (section.words == "%") or f" {section.money}".rstrip()
    shown = _signed(text, section) if held > 0 else Exact(text)
    more = f"holds {_plain(value)}{sign}, and shows {shown}{sign}, which is read"
    is_told = rounded != value or shown != text
    return ShownCell(type(shown)(shown + sign), more if is_told else "")


def _signed(text: str, section: "_Section") -> str:
    """A number above zero with the signs that its format adds: (12), which may mean -12."""
    before, behind = section.signs
    is_exact = before in {"", *_MINUS} and not behind
    return Exact(before + text) if is_exact else f"{before}{text}{behind}"


def shown_text(text: str, code: str) -> ShownCell:
    """A text, and what to say of it if a format with a section for texts shows something else."""
    section = _sections(code)[3] if len(_sections(code)) > 3 else None
    if section is None or "@" in section.figures or section.figures == "General":
        return ShownCell(text)
    return ShownCell(text, f"holds “{shortened(text)}”, which is read, and {_shows(section)}")


def _otherwise(held: Decimal, what: str) -> ShownCell:
    return ShownCell(Exact(_plain(held)), f"holds {_plain(held)}, which is read, and {what}")


class _Section(NamedTuple):
    """A part of a format: the figures that it shows, and the words and the money beside them.

    `signs` are the minus signs and brackets before the figures, and those behind.
    """

    figures: str
    words: str
    money: str
    signs: tuple[str, str]
    is_conditional: bool
    has_sign: bool


def _shows(section: _Section) -> str:
    return f"shows “{section.words}”" if section.words else "shows nothing"


def _section(code: str, held: Decimal) -> _Section | None:
    """The section of a format that shows a number as it is; None if that is not plain to see."""
    sections = _sections(code)
    at = 1 if held < 0 else 2 if held == 0 else 0
    section = sections[at if at < len(sections) else 0]
    if any(one.is_conditional for one in sections):
        return None
    if held < 0 and section is not sections[0] and not section.has_sign:
        return None
    is_dash = held == 0 and section.words in _DASHES_FOR_ZERO
    return section._replace(figures="0", words="") if is_dash else section


@lru_cache(maxsize=256)
def _sections(code: str) -> list[_Section]:
    """The sections of a format: for positive and negative numbers, zero, and texts."""
    parts: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        if token == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return [*map(_section_of, parts)]


def _section_of(tokens: list[str]) -> _Section:
    bare = "".join(token for token in tokens if len(token) == 1)
    words = "".join(map(_shown_as_it_is, tokens))
    figures = re.sub(",(?=[0#])", "", bare.strip(" $€£¥()+-"))
    is_conditional = any(map(_CONDITION.match, tokens))
    money = next(filter(None, map(_money, tokens)), "")
    has_sign = bool(re.search("[-(−]", bare + words))
    return _Section(figures, words.strip(), money, _signs(tokens), is_conditional, has_sign)


def _signs(tokens: list[str]) -> tuple[str, str]:
    at = [number for number, token in enumerate(tokens) if _OF_FIGURES.fullmatch(token)]
    first, last = (at[0], at[-1]) if at else (len(tokens), len(tokens))
    literal = [token if len(token) == 1 else _shown_as_it_is(token) for token in tokens]
    before, behind = "".join(literal[:first]), "".join(literal[last + 1 :])
    return "".join(_SIGNS.findall(before)), "".join(_SIGNS.findall(behind))


def _shown_as_it_is(token: str) -> str:
    """The text that a token of a format shows: “€” in quotes, behind a backslash, in [$€-407]."""
    found = _SHOWN.match(token)
    return (found[1] or found[2] or found[3] or "") if found else ""


def _money(token: str) -> str:
    """The currency that a token of a format shows, if it is one."""
    shown = (token if len(token) == 1 else _shown_as_it_is(token)).strip()
    return shown if shown and unit_beside(f"{shown} 1") == shown else ""


def _exact(written: str) -> Decimal:
    """A number with the fifteen digits that a spreadsheet shows: no 0.30000000000000004."""
    if not re.search(r"[.eE]", written):
        return Decimal(int(written))
    return Decimal(format(float(written), _SIGNIFICANT))


def _plain(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{int(value)}"
    return f"{value:f}".rstrip("0")


def shown_date(number: float, form: Format, from_excel: Callable[[float], Any]) -> ShownCell:
    """A date or a time as its cell shows it; of a format without days the month or the year."""
    try:
        value = from_excel(number)
    except (OverflowError, ValueError):
        return ShownCell("#VALUE!")
    text = _text(value)
    if not isinstance(value, date) or form.is_span:
        return ShownCell(text)
    tokens = _TOKEN.findall(form.code.partition(";")[0])
    bare = "".join(token for token in tokens if len(token) == 1).casefold()
    if "y" not in bare:
        return ShownCell(text, f"holds {text}, which is read, and shows no year")
    if "d" in bare or "h" in bare:
        return ShownCell(text)
    shorter = f"{value:%Y-%m}" if "m" in bare else f"{value:%Y}"
    return ShownCell(shorter, f"holds {text}, and shows {shorter}, which is read")


def _text(value: Any) -> str:
    """A date without a time where that is midnight; a length of time in hours and minutes."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(abs(value).total_seconds()), 60)
        sign = "-" if value < timedelta() else ""
        return f"{sign}{minutes // 60}:{minutes % 60:02}" + f":{seconds:02}" * (seconds > 0)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def date_text(value: Any) -> str:
    """A date that the workbook itself writes as a text."""
    return _text(value)
