"""Tables as the sheets of a spreadsheet (.xlsx)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

from claimpos.errors import NotInstalled, WrongUsage
from claimpos.importing.exporting import SHEETS
from claimpos.rendering.archives import Undated

Rows = Sequence[Sequence[str]]

_AS_TYPED = "@"
_FULL = "a workbook needs more room than there is in the folder for temporary files"
_END = b"</worksheet>"
_LONGEST = 32_767  # what a cell of a spreadsheet holds; openpyxl cuts the rest off
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNDATED = datetime(1980, 1, 1)

# The width of a column, in characters; a longer text wraps within its cell.
_NARROWEST, _WIDEST = 8, 40
_ROOM = 4  # for the button of the filter
_MOST_FROZEN = 60  # of a narrow window, something must move
_POINTS_OF_LINE, _HIGHEST = 15, 405


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of sheets by name, the first row of each its header; raises WrongUsage.

    The cells are texts that no spreadsheet runs; what is typed below them is kept as typed, too.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        raise NotInstalled("a workbook", "openpyxl", "xlsx", "export as CSV") from None
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet: Any = book.create_sheet(name)
        widths = [_width(column) for column in zip(*rows, strict=True)]
        _lay_out(sheet, widths, len(rows), len(SHEETS[name].keys) if name in SHEETS else 0)
        for number, row in enumerate(rows, 1):
            sheet.row_dimensions[number].height = _height(row, widths)
        try:
            for cells in _cells(sheet, rows):
                sheet.append(cells)
        except _no_room():
            raise WrongUsage(_FULL) from None
    archive = Undated()
    book.properties.created = book.properties.modified = _UNDATED
    ExcelWriter(book, archive).save()
    made = archive.buffer.getvalue()
    _check_whole(made)
    return made


def _check_whole(made: bytes) -> None:
    """Raise WrongUsage if a sheet lacks its end: openpyxl writes it to a file, and may say nothing
    where that is full.
    """
    with zipfile.ZipFile(BytesIO(made)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and not archive.read(name).endswith(_END):
                raise WrongUsage(_FULL)


def _no_room() -> tuple[type[Exception], ...]:
    """What openpyxl raises where temporary files cannot be written, by the package it writes with.

    Other faults of the system are reported as they are.
    """
    try:
        from lxml.etree import SerialisationError
    except ImportError:
        return ()
    return (SerialisationError,)


def _lay_out(sheet: Any, widths: Sequence[int], length: int, keys: int) -> None:
    """Give the columns widths and filters, and fix the header and the columns of the keys."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(widths, 1):
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width = width
        column.number_format = _AS_TYPED
        column.alignment = Alignment(vertical="top", wrap_text=True)
    frozen = keys if sum(widths[:keys]) <= _MOST_FROZEN else 0
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{length}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each of the whole width
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _width(cells: Sequence[str]) -> int:
    """The width of a column: that of its longest line, within bounds."""
    head, *texts = cells
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 1, len(head) + _ROOM, _NARROWEST), _WIDEST)


def _height(row: Sequence[str], widths: Sequence[int]) -> int:
    """The height of a row, in points, that shows all lines of its texts, if it may be so high."""
    lines = max(_lines(text, width) for text, width in zip(row, widths, strict=True))
    return min(lines * _POINTS_OF_LINE, _HIGHEST)


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes; it is broken between words, so lines are not full."""
    full = width if len(text) < width else width * 0.9
    return sum(max(1, ceil(len(line) / full)) for line in text.split("\n"))


def _cells(sheet: Any, rows: Rows) -> Iterator[list[Any]]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    # openpyxl compares a style that is set with all others; so each is set once.
    head: Any = WriteOnlyCell(sheet)
    body: Any = WriteOnlyCell(sheet)
    for one in (head, body):
        one.number_format, one.alignment = _AS_TYPED, Alignment(vertical="top", wrap_text=True)
    head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDE5EE")
    for number, row in enumerate(rows):
        style = (body if number else head)._style
        cells: list[Any] = []
        for text in row:
            _check_length(text)
            cell: Any = WriteOnlyCell(sheet, value=_escaped(text)) if text else None
            if cell is not None:
                cell.data_type = "s"  # openpyxl takes what begins with = for a formula
                cell._style = style
            cells.append(cell)
        yield cells


def _escaped(text: str) -> str:
    """The text with an escape for what a spreadsheet would take for one, such as _x000A_."""
    return _LIKE_ESCAPE.sub("_x005F_", text)


def _check_length(text: str) -> None:
    if len(text) > _LONGEST:
        raise WrongUsage(
            f"a text of {len(text):,} characters is too long for a cell of a spreadsheet; "
            "export as csv"
        )
