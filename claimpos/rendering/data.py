"""JSON and CSV that keep numbers exact and carry nothing a program would run."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from claimpos.dossier.outcomes import Number
from claimpos.rendering.ci_log import inert_json
from claimpos.rendering.formulas import no_formula
from claimpos.rendering.text import UNSAFE, safe

Rows = tuple[Sequence[str], Iterable[Sequence[str | Number]]]
"""The heads of the columns, and the lines."""

# A number that JSON's own encoder would round is carried through it as a marked text; no text of
# a dossier holds U+0000.
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?\Z"
_MARKED = r'"\\u0000([-+0-9.eE]+)\\u0000"'


def json_text(report: Any) -> str:
    """The report as JSON, two spaces an indent, with a line end."""
    text = json.dumps(report, ensure_ascii=False, indent=2, default=_mark)
    exact = inert_json(re.sub(_MARKED, r"\1", text))
    return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", exact) + "\n"


def _mark(value: object) -> str:
    if isinstance(value, Decimal):
        return f"\0{value:f}\0"
    raise TypeError(f"no JSON for {type(value).__name__}")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | Number]]) -> str:
    """Rows as RFC 4180 CSV; a text that a spreadsheet would run as a formula is quoted with '."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    for row in (header, *rows):
        writer.writerow([_harmless(value) for value in row])
    return lines.getvalue()


def excel_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows for an Excel in whose language a comma marks decimals, which it opens as they are.

    Columns are separated by semicolons, numbers have a comma, and a byte-order mark says UTF-8.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";")
    for row in (header, *rows):
        writer.writerow([_with_comma(text) for text in row])
    return f"\ufeff{lines.getvalue()}"


def _with_comma(text: str) -> str:
    return text.replace(".", ",") if re.match(_NUMBER, text) else no_formula(safe(text))


def _harmless(value: str | Number) -> str | Number:
    return no_formula(safe(value)) if isinstance(value, str) else value
