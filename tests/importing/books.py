"""Workbooks for tests, and what of them was read."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from claimpos.dossier.outcomes import Range
from tests.importing.support import Result, imported

HEAD = ["party", "issue", "since", "demands", "unit", "note"]
DAY = date(2025, 3, 14)

# A row of cells: texts, numbers with a format, formulas, errors.
Cell = Any


def by_openpyxl(make: Callable[[Any, Any], None]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    make(book, book.active)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def table(*rows: list[Cell], formats: dict[str, str] | None = None) -> bytes:
    """A workbook of a header and rows, with the number formats of some cells."""

    def make(_: Any, sheet: Any) -> None:
        for row in (HEAD, *rows):
            sheet.append(row)
        for cell, code in (formats or {}).items():
            sheet[cell].number_format = code

    return by_openpyxl(make)


def of(folder: Path, content: bytes, name: str = "table.xlsx", **more: Any) -> Result:
    return imported(folder, content, name=name, **more)


def demands(result: Result, party: str = "a") -> Any:
    (entry, *_) = result.dossier.parties[party].positions["pay"]
    ((outcome,),) = entry.demands.values()
    return outcome.low if isinstance(outcome, Range) and outcome.is_point else outcome
