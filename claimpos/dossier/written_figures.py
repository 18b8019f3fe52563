"""Understands figures as people write them: 6,5 or 1.000,5, “at least 6”, “6 to 8 per cent”."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from claimpos.dossier.limits import MAX_DIGITS

Number = int | Decimal
Written = Number | Mapping[str, Number]
"""A number, or a range as a position file writes it."""

Mark = Literal[".", ","]
_MARKS: tuple[Mark, ...] = (".", ",")

# Minus signs, Arabic decimal marks, and what separates thousands besides point and comma.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2012\u2013\ufe63\uff0d", "-"),
        "\u066b": ".",
        **dict.fromkeys("\u066c\u2019'_\u00a0\u202f\u2009\u2007 ", "\u00a0"),
    }
)
_GROUPED = r"[1-9]\d{{0,2}}(?:{0}\d{{3}})+|[1-9]\d?(?:{0}\d{{2}})+{0}\d{{3}}"
_UNDIVIDED = r"\d+"


def _pattern(mark: str) -> re.Pattern[str]:
    other = "," if mark == "." else r"\."
    whole = "|".join([_UNDIVIDED, _GROUPED.format("\u00a0"), _GROUPED.format(other)])
    return re.compile(rf"([+-]?)({whole})?(?:{re.escape(mark)}(\d+))?\Z", re.ASCII)


_PATTERNS = {mark: _pattern(mark) for mark in _MARKS}

# A number has at most MAX_DIGITS digits, but signs and spaces between them.
_LONGEST = 10 * MAX_DIGITS

_LEADING = {
    "min": (">=", "=>", "≥", "⩾", "at least", "no less than", "not less than", "a minimum of"),
    "max": ("<=", "=<", "≤", "⩽", "at most", "up to", "no more than", "not more than"),
    "above": (">", "more than", "over", "above"),
    "below": ("<", "less than", "under", "below", "fewer than"),
}
_TRAILING = {"min": ("or more", "or above"), "max": ("or less", "or fewer", "or below")}
_SPANS = (
    r"(?is)(?:between\s++(?P<low>.+?)(?<!\s)\s++and\s++(?P<high>.+)|(?:from\s++)?(?P<from>.+?)"
    r"(?:(?<!\s)\s++to\s++|(?:(?<!\s)\s++)?[–—]\s*+|(?<=[\d%])\s*+-\s*+(?=\d))(?P<to>.+))\Z"
)
PERCENT = "per cent"
# Several spellings of one unit.
_SPELLINGS = (
    {"%", PERCENT, "percent", "pct"},
    {"€", "eur", "euro", "euros"},
    {"£", "gbp", "pound", "pounds"},
    {"us$", "usd", "us dollar", "us dollars"},
    {"chf", "sfr.", "fr.", "swiss franc", "swiss francs"},
    {"kg", "kgs"},
    {"km", "kms"},
    {"lb", "lbs"},
    {"yr", "yrs"},
    {"hr", "hrs"},
    {"ha"},
    {"bn"},
)
_KNOWN = frozenset().union(*_SPELLINGS)
# Shorter words are symbols, in which capitals tell (mt, Mt), and an s at the end may mean seconds.
_SHORTEST_WORD = 3
_SHORTEST_PLURAL = 4
_SIGNS = "%‰°€$£¥₹₽₴₺₩₪₦"
_CODES = (
    "AED|AUD|BRL|CAD|CHF|CNY|CZK|DKK|EGP|EUR|GBP|HUF|IDR|ILS|INR|JPY|KES|KRW|MXN|NGN|NOK|NZD|PKR|"
    "PLN|RON|RUB|SAR|SEK|TRY|UAH|USD|ZAR"
)
# A unit before a number is a currency; one behind it is words or a sign.
_BEFORE = re.compile(
    rf"(?:^|(?<=[\s<>=≤≥]))((?:[A-Z]{{1,3}})?[€$£¥₹₽₴₺₩₪₦]|{_CODES})(?=\s?[+-]?[\d.,])"
)
_WORD = r"[^\W\d_][\w./²³₂-]*+"
_BEHIND = re.compile(
    rf"\d(\s?[{_SIGNS}](?:[ /]?{_WORD}){{0,3}}|(?:\s{_WORD}){{1,4}}(?:\s[A-Z]{{0,3}}[{_SIGNS}])?)\Z"
)
# Words behind a number that are not its unit: a month, the time of day, the rest of a clause.
_NO_UNIT = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|[ap]\.?m\b|o.clock|and\b|as\b|at\b|but\b|"
    r"by\b|if\b|in\b|of\b|on\b|or\b|out\b|than\b|to\b|with\b)",
    re.IGNORECASE,
)


def numbers_meant(text: str, marks: tuple[Mark, ...] = _MARKS) -> tuple[Number, ...]:
    """The numbers that a text can mean: one of 6,5; two of 1,000; none of “six”.

    Args:
        text: What was written, a number alone.
        marks: What may mark decimals; the other one of point and comma then separates thousands.
    """
    if len(text) > _LONGEST:
        return ()
    plain = "".join(str(int(one)) if one.isdecimal() else one for one in text.strip())
    plain = plain.translate(_PLAIN)
    found: dict[Number, None] = {}
    for mark in marks:
        if (parts := _PATTERNS[mark].match(plain)) and (parts[2] or parts[3]):
            whole = re.sub(r"\D", "", parts[2] or "0")
            if len(whole) + len(parts[3] or "") <= MAX_DIGITS:
                sign = "-" if parts[1] == "-" else ""
                found[_number(f"{sign}{whole}.{parts[3] or '0'}")] = None
    return tuple(sorted(found, key=lambda number: abs(Decimal(number)), reverse=True))


def numbers_in(text: str, unit: str, marks: tuple[Mark, ...] = _MARKS) -> tuple[Number, ...]:
    """The numbers that a text can mean, which may include the unit of the issue: 40 %."""
    return numbers_meant(_without_unit(text, unit), marks)


def _number(written: str) -> Number:
    exact = Decimal(written)
    return int(exact) if exact == exact.to_integral_value() else exact


def figures_meant(
    text: str, unit: str = "", marks: tuple[Mark, ...] = _MARKS
) -> tuple[Written, ...]:
    """The numbers and ranges that a text can mean; none if that is unsure.

    Args:
        text: What was written.
        unit: The unit of the issue, which may come before or after a number.
        marks: As for `numbers_meant`.
    """
    if len(text) > _LONGEST:
        return ()
    bare = text.strip()
    for end, leading in _LEADING.items():
        for word in leading:
            if bare.casefold().startswith(word) and not _runs_on(bare, word):
                return _ranges(end, bare[len(word) :], unit, marks)
    for end, trailing in _TRAILING.items():
        for word in trailing:
            if bare.casefold().endswith(f" {word}"):
                return _ranges(end, bare[: -len(word)], unit, marks)
    if alone := numbers_meant(_without_unit(bare, unit), marks):
        return alone
    return _stretch(bare, unit, marks)


def _runs_on(text: str, word: str) -> bool:
    """Whether the text begins with a longer word: overall, not over."""
    return word[-1].isalpha() and text[len(word) : len(word) + 1].isalpha()


def _ranges(end: str, rest: str, unit: str, marks: tuple[Mark, ...]) -> tuple[Written, ...]:
    return tuple({end: one} for one in numbers_meant(_without_unit(rest.strip(), unit), marks))


def _stretch(text: str, unit: str, marks: tuple[Mark, ...]) -> tuple[Written, ...]:
    """The range from one number to a larger one, if each can mean only one number."""
    match = re.match(_SPANS, text)
    if match is None:
        return ()
    ends = [
        numbers_meant(_without_unit(match[one] or match[other], unit), marks)
        for one, other in (("low", "from"), ("high", "to"))
    ]
    if any(len(meant) != 1 for meant in ends) or ends[0][0] >= ends[1][0]:
        return ()
    return ({"min": ends[0][0], "max": ends[1][0]},)


def _without_unit(text: str, unit: str) -> str:
    """The text without the issue's unit before or after the number; unchanged if there is none."""
    bare = text.strip()
    for name in sorted(spellings(unit), key=len, reverse=True):
        size = len(name)
        if _spelt(bare[-size:]) == name and not bare[:-size][-1:].isalpha():
            return bare[:-size].strip()
        if _spelt(bare[:size]) == name and not bare[size:][:1].isalpha():
            return bare[size:].strip()
    amount, _, money = _spelt(unit).rpartition(" ")
    if (
        amount
        and _spelt(bare[: len(money)]) == money
        and _spelt(bare[-len(amount) - 1 :]) == f" {amount}"
    ):
        return bare[len(money) : -len(amount)].strip()  # $ 300 million
    return bare


def spellings(unit: str) -> set[str]:
    """The spellings of a unit, in small letters but for symbols such as Mt, which mt is not."""
    spelt = _spelt(unit.strip())
    last = spelt.rpartition(" ")[2]
    is_plural = last.islower() and len(last) >= _SHORTEST_PLURAL
    names = {spelt, spelt.removesuffix("s") if is_plural else spelt} - {""}
    if spelt.startswith(("per cent", "percent")):
        spelt = PERCENT
    return names.union(*(same for same in _SPELLINGS if spelt in same))


def _spelt(unit: str) -> str:
    """A unit as long as it is, in small letters but for symbols."""
    whole = unit.lower()
    return whole if whole in _KNOWN else " ".join(map(_spelt_word, unit.split(" ")))


def _spelt_word(word: str) -> str:
    small = word.lower()
    is_word = len(word) >= _SHORTEST_WORD and word in {small, small.upper(), small.capitalize()}
    return small if is_word or small in _KNOWN else word.replace("\u00b5", "\u03bc")


def unit_beside(text: str, marks: tuple[Mark, ...] = _MARKS) -> str:
    """The unit of a figure: “t” in “at least 100 t”; none in “6”, “Article 5” or “5 March”."""
    if len(text) > _LONGEST:
        return ""
    bare = " ".join(text.split())
    for trailing in (one for some in _TRAILING.values() for one in some):
        bare = bare.removesuffix(f" {trailing}")
    before, behind = _BEFORE.search(bare), _BEHIND.search(bare)
    words = behind[1].strip() if behind else ""
    if _NO_UNIT.match(words):
        return ""
    if words and not _is_unit(words):
        return ""
    unit = " ".join(filter(None, (words, before[1] if before else "")))
    return unit if unit and figures_meant(text, unit, marks) else ""


def _is_unit(words: str) -> bool:
    """Whether words behind a number are no further figure: ½ is one, and no unit."""
    return (words[0].isalpha() or words[0] in _SIGNS) and all(
        one.isalpha() or one.isdigit() or not one.isnumeric() for one in words
    )


def as_written(figure: Written) -> str:
    """A number or a range as a position file writes it: 6.5, {min: 6, max: 8}."""
    if isinstance(figure, Mapping):
        return "{" + ", ".join(f"{end}: {value}" for end, value in figure.items()) + "}"
    return str(figure)


HOW = "write a number alone, with a point for decimals, or a range with min, max, above or below"


def remedy(meant: tuple[Written, ...]) -> str:
    """The remedy for a figure: what to write or, if it is unsure what is meant, the forms."""
    if not meant:
        return HOW
    first, *others = map(as_written, meant)
    if not others:
        return f"write {first}"
    return f"write {first} if thousands are meant, else {others[0]}"
