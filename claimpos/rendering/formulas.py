"""Texts that a spreadsheet does not run as formulas."""

from __future__ import annotations

import re

# A spreadsheet may split a table at another character than it was made with, and then takes quotes
# for text, so a cell may begin after each of these, and each line.
_DELIMITERS = ";,|\t\r\n"
# The beginning of the text or of such a cell, all up to the first letter there, and the sign of a
# formula, if that follows. Taken whole whatever follows, because long runs would cost their square.
_BEGINNING = r"((?:\A|[;,|\t\r\n])[\s;,|'\"]*+)([=+@\-＝＋＠－]?)"
_STRIPPED = r"[;,|\t\r\n]'*[\t\r]"
_WITH_QUOTES = str.maketrans({delimiter: f"{delimiter}'" for delimiter in _DELIMITERS})


def no_formula(text: str) -> str:
    """The text, with a ' wherever a spreadsheet would run it as a formula; see `formula_freed`."""
    return re.sub(_BEGINNING, lambda found: _quoted(found[1], found.start() == 0, found[2]), text)


def formula_freed(text: str) -> str:
    """The text that `no_formula` made this of: one that has quotes already was given more."""
    if "'" not in text:
        return text
    return re.sub(_BEGINNING, lambda found: _freed(found[1], found.start() == 0, found[2]), text)


def _quoted(begun: str, is_first: bool, sign: str) -> str:
    """The beginning of a cell, with a ' if it is one of a formula, or is once it is stripped."""
    if sign or re.search(_STRIPPED, f",{begun}" if is_first else begun):
        begun = "'" * is_first + begun.translate(_WITH_QUOTES)
    return begun + sign


def _freed(quoted: str, is_first: bool, sign: str) -> str:
    begun = quoted.removeprefix("'") if is_first else quoted
    for delimiter in _DELIMITERS:
        begun = begun.replace(f"{delimiter}'", delimiter)
    return begun + sign if _quoted(begun, is_first, sign) == quoted + sign else quoted + sign
