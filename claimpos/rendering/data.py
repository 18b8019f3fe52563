"""JSON and CSV that keep numbers exact and carry nothing a program would run."""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from claimpos.dossier.outcomes import Number
from claimpos.rendering.text import UNSAFE, inert_json, safe

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
    """The text from which `no_formula` made this; a text that had quotes was given more of them."""
    if "'" not in text:
        return text
    return re.sub(_BEGINNING, lambda found: _freed(found[1], found.start() == 0, found[2]), text)


def _quoted(begun: str, is_first: bool, sign: str) -> str:
    """The beginning of a cell, with a ' if it is that of a formula, if only without white space."""
    if sign or re.search(_STRIPPED, f",{begun}" if is_first else begun):
        begun = "'" * is_first + begun.translate(_WITH_QUOTES)
    return begun + sign


def _freed(quoted: str, is_first: bool, sign: str) -> str:
    begun = quoted.removeprefix("'") if is_first else quoted
    for delimiter in _DELIMITERS:
        begun = begun.replace(f"{delimiter}'", delimiter)
    return begun + sign if _quoted(begun, is_first, sign) == quoted + sign else quoted + sign


Rows = tuple[Sequence[str], Iterable[Sequence[str | Number]]]
"""The heads of the columns, and the lines."""

# A number that JSON's own encoder would round is carried through it as a marked text; no text of
# a dossier holds U+0000.
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?\Z"
_MARKED = r'"\\u0000([-+0-9.eE]+)\\u0000"'


def json_text(report: Any) -> str:
    """The report as JSON, two spaces an indent, with a line end."""
    import json

    encoder = json.JSONEncoder(ensure_ascii=False, indent=2, default=_mark)
    text = io.StringIO()
    text.writelines(encoder.iterencode(report))  # all parts at once would take much memory
    exact = inert_json(re.sub(_MARKED, r"\1", text.getvalue()))
    return re.sub(UNSAFE, lambda found: f"\\u{ord(found.group()):04x}", exact) + "\n"


def _mark(value: object) -> str:
    if isinstance(value, Decimal):
        return f"\0{value:f}\0"
    raise TypeError(f"no JSON for {type(value).__name__}")


def data_number(value: Fraction) -> int | Decimal:
    """A number of a report: whole, or with at most six decimals."""
    if value.denominator == 1:
        return value.numerator
    return Decimal(round(value * 10**6)).scaleb(-6, Context(prec=100))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | Number]]) -> str:
    """Rows as RFC 4180 CSV; a text that a spreadsheet would run as a formula is quoted with '."""
    return _table((header, *rows), ",")


def excel_csv(
    header: Sequence[str], rows: Iterable[Sequence[str]], measured: Container[str]
) -> str:
    """Rows for an Excel in whose language a comma marks decimals, which it opens as they are.

    Columns are separated by semicolons, figures in `measured` columns have a comma, and a
    byte-order mark says UTF-8.
    """
    at = frozenset(number for number, name in enumerate(header) if name in measured)
    return "\ufeff" + _table((header, *rows), ";", at)


def _table(rows: Iterable[Sequence[Any]], delimiter: str, with_comma: Container[int] = ()) -> str:
    import csv

    lines = io.StringIO()
    # Most cells of a dossier's table are empty.
    made = (
        [
            "" if one == "" else _with_comma(one) if at in with_comma else _harmless(one)
            for at, one in enumerate(row)
        ]
        for row in rows
    )
    csv.writer(lines, delimiter=delimiter).writerows(made)
    return lines.getvalue()


def _with_comma(text: str) -> str:
    return text.replace(".", ",") if re.match(_NUMBER, text) else no_formula(safe(text))


def _harmless(value: str | Number) -> str | Number:
    return no_formula(safe(value)) if isinstance(value, str) else value
