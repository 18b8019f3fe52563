"""One table, with what makes spreadsheets hard to read, in workbooks of three programs."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined

DAY = date(2025, 3, 14)
DAYS = "dd.mm.yyyy"
MONTHS = "mmm yyyy"
PERCENT = "0.0%"
GROUPED = "#,##0.00"


class Shown(NamedTuple):
    """A number or a day in a format."""

    value: float | date
    format: str


class Formula(NamedTuple):
    """A formula with its result: a number, an error, or None where none is saved."""

    text: str
    result: float | str | None


Cell = str | float | Shown | Formula | None
Rows = Mapping[int, list[Cell]]

_HEAD: list[Cell] = ["party", "issue", "since", "demands", "unit", "note"]
_SINCE = Shown(DAY, DAYS)
TABLE: Rows = {
    1: ["Spring 2025"],
    3: _HEAD,
    4: ["a", "Pay", _SINCE, Shown(0.065, PERCENT), None, "both\nof them"],
    5: ["b", "Pay", None, Shown(0.07, PERCENT)],
    6: ["c", "Pay", _SINCE, Formula("1/0", "#DIV/0!")],
    7: ["d", "Hours", _SINCE, 434.9999999999999, "h", "a_x000D_b"],
    8: ["e", "Hours", 45730, 400, "h"],
    9: ["f", "Hours", _SINCE, Formula("400+36", 436), "h"],
    10: ["g", "Hours", _SINCE, Formula("400+37", None), "h"],
    11: ["h", "Hours", Shown(DAY, MONTHS), 438, "h", "“so”, =1 & <b>"],
    12: ["i", "Fee", _SINCE, "1.234,5", "EUR"],
    13: ["j", "Fee", _SINCE, Shown(85000, GROUPED), "EUR"],
    14: ["k", "Fee", _SINCE, 0.1 + 0.2, "EUR"],
    16: ["Legend: a is the union"],
}
MERGED_WITH_THE_NEXT = ("C4", "F4")
HIDDEN_ROW = 5
HIDDEN_COLUMN = "E"
LAST_ROW = 1_048_576  # has a height of its own
# By name, with whether they are hidden. Before them all stands a chart.
SHEETS: Mapping[str, tuple[Rows, bool]] = {
    "Cover": ({1: ["Positions of the parties"]}, False),
    "Old": ({1: _HEAD, 2: ["z", "Pay", _SINCE, 1]}, True),
    "Table": (TABLE, False),
}


def by_openpyxl() -> bytes:
    """The workbook by openpyxl, which saves no result of a formula: what has one is a number."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.create_chartsheet("Chart")
    for name, (rows, hidden) in SHEETS.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if hidden else "visible"
        for place, cell in _cells(rows):
            value: Any = cell
            match cell:
                case Shown(value, code):
                    sheet[place].number_format = code
                case Formula(text, None):
                    value = f"={text}"
                case Formula(_, value):
                    pass
                case str():  # openpyxl leaves it to its users to escape characters
                    value = cell.replace("\n", "\r\n").replace("_x000D_", "_x005F_x000D_")
            sheet[place] = value
    for place in MERGED_WITH_THE_NEXT:
        sheet.merge_cells(f"{place}:{_below(place)}")
    sheet.row_dimensions[HIDDEN_ROW].hidden = True
    sheet.column_dimensions[HIDDEN_COLUMN].hidden = True
    sheet.row_dimensions[LAST_ROW].height = 20
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def by_xlsxwriter() -> bytes:
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Table!$D$4:$D$5"})
    book.add_chartsheet("Chart").set_chart(chart)
    for name, (rows, hidden) in SHEETS.items():
        sheet = book.add_worksheet(name)
        if hidden:
            sheet.hide()
        for place in MERGED_WITH_THE_NEXT if rows is TABLE else ():
            sheet.merge_range(f"{place}:{_below(place)}", "")
        for place, cell in _cells(rows):
            match cell:
                case Shown(date() as day, code):
                    sheet.write_datetime(place, day, book.add_format({"num_format": code}))
                case Shown(value, code):
                    sheet.write(place, value, book.add_format({"num_format": code}))
                case Formula(text, result):
                    sheet.write_formula(place, f"={text}", None, "" if result is None else result)
                case str():
                    sheet.write_string(place, cell.replace("\n", "\r\n"))
                case _:
                    sheet.write(place, cell)
    sheet.set_row(HIDDEN_ROW - 1, None, None, {"hidden": True})
    sheet.set_column(f"{HIDDEN_COLUMN}:{HIDDEN_COLUMN}", None, None, {"hidden": True})
    sheet.set_row(LAST_ROW - 1, 20)
    book.close()
    return held.getvalue()


_TEMPLATE = Path(__file__).parent / "table.fods.j2"
_STYLES = {DAYS: "days", MONTHS: "months", PERCENT: "percent", GROUPED: "grouped"}


def opendocument() -> bytes:
    """The table as a file of LibreOffice's own (.fods).

    It has no sheet that is a chart. LibreOffice works out every formula as it opens a file, so the
    formula without a result comes to an error.
    """
    sheets = [
        {
            "name": name,
            "hidden": hidden,
            "hidden_row": HIDDEN_ROW if rows is TABLE else None,
            "hidden_column": HIDDEN_COLUMN if rows is TABLE else None,
            "rows": {
                number: [
                    _opendocument_cell(cell, rows is TABLE and place in MERGED_WITH_THE_NEXT)
                    for place, cell in _cells({number: rows.get(number, [])})
                ]
                for number in range(1, max(rows) + 1)
            },
            "rows_below": LAST_ROW - max(rows),
        }
        for name, (rows, hidden) in SHEETS.items()
    ]
    template = Environment(autoescape=True, undefined=StrictUndefined)
    return template.from_string(_TEMPLATE.read_text("utf-8")).render(sheets=sheets).encode()


def _opendocument_cell(cell: Cell, is_merged: bool) -> dict[str, Any]:
    attributes: dict[str, Any] = {"table:number-rows-spanned": 2} if is_merged else {}
    text: list[str] = []
    match cell:
        case Shown(value, code):
            kind = {DAYS: "date", MONTHS: "date", PERCENT: "percentage"}.get(code, "float")
            attributes[f"office:{'date-' * (kind == 'date')}value"] = value
            attributes["office:value-type"] = kind
            attributes["table:style-name"] = f"in-{_STYLES[code]}"
        case Formula(written, result):
            attributes["table:formula"] = f"of:={'1/0' if result is None else written}"
        case str():
            attributes["office:value-type"] = "string"
            text = cell.split("\n")
        case int() | float():
            attributes["office:value"] = cell
            attributes["office:value-type"] = "float"
    return {"attributes": attributes, "text": text}


def saved_by_libreoffice(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Files by name, opened by LibreOffice, which must be on the path, and saved as workbooks.

    The folder is empty; LibreOffice keeps its settings there, too.
    """
    for name, content in files.items():
        (folder / name).write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    convert = ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*convert, "--outdir", "saved", *files],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: (folder / "saved" / name).with_suffix(".xlsx").read_bytes() for name in files}


def _cells(rows: Rows) -> Iterator[tuple[str, Cell]]:
    for number, row in rows.items():
        for at, cell in enumerate(row):
            yield f"{'ABCDEF'[at]}{number}", cell


def _below(place: str) -> str:
    return f"{place[0]}{int(place[1:]) + 1}"
