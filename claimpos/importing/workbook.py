"""A spreadsheet (.xlsx) → its header and rows, by openpyxl."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import zip_longest
from typing import Any

from claimpos.errors import WrongUsage
from claimpos.importing.account import Account, Place
from claimpos.importing.csv_file import Table, checked

NEEDED = "spreadsheets need openpyxl: pip install 'claimpos[xlsx]', or save the sheet as CSV"


def read_workbook(name: str, content: bytes, account: Account) -> Table:
    """The table on a workbook's first sheet; raises WrongUsage, with the name, for no workbook."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise WrongUsage(NEEDED) from None
    try:
        values = load_workbook(BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(BytesIO(content), read_only=True)
        first, *others = values.sheetnames
        for other in others:
            account.remark(Place(1), f"the sheet “{other}” is not read, only the first is")
        both = zip(values[first].values, formulas[first].values, strict=False)
        rows = [
            (number, [*map(_text, row)])
            for number, (row, written) in enumerate(both, 1)
            if _computed(row, written, number, account)
        ]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError):
        raise WrongUsage(f"“{name}” is no .xlsx workbook that can be read") from None
    return checked(_rectangular(rows), account)


def _computed(values: Any, formulas: Any, number: int, account: Account) -> bool:
    """Whether every formula of a row has its result; a row without is told and left out."""
    missing = any(
        value is None and isinstance(written, str) and written.startswith("=")
        for value, written in zip_longest(values, formulas)
    )
    if missing:
        why = "a cell holds a formula without its result; open and save it in the spreadsheet"
        account.leave_out(Place(number), why)
    return not missing


def _rectangular(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows, all as wide as the widest: a sheet has no say in where a line ends."""
    width = max((len(row) for _, row in rows), default=0)
    return [(number, [*row, *[""] * (width - len(row))]) for number, row in rows]


def _text(value: Any) -> str:
    """A cell as text: a day without a time, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return f"{int(exact)}" if exact == exact.to_integral_value() else f"{exact:f}"
    return str(value)
