"""Tables as the sheets of a spreadsheet (.xlsx)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from math import ceil
from typing import Any

from claimpos.dossier.libraries import library
from claimpos.dossier.whole_files import uninterrupted
from claimpos.errors import WrongUsage
from claimpos.importing.exporting import SHEETS
from claimpos.rendering.archives import Undated

Rows = Sequence[Sequence[str]]

_AS_TYPED = "@"
_FULL = "a workbook needs more room than there is in the folder for temporary files"
_NO_DATA = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")
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
    openpyxl makes the workbook and its styles; it would take ten times as long for the cells.
    """
    with library("a workbook", "openpyxl", "xlsx", "export as CSV", megabytes=128):
        from openpyxl import Workbook
        from openpyxl.writer.excel import ExcelWriter
    book = Workbook(write_only=True)
    filled: list[tuple[Any, bytes]] = []
    for name, rows in sheets.items():
        sheet: Any = book.create_sheet(name)
        widths = [_width(column) for column in zip(*rows, strict=True)]
        _lay_out(sheet, widths, len(rows), len(SHEETS[name].keys) if name in SHEETS else 0)
        filled.append((sheet, _sheet_data(rows, widths, _styles(sheet)).encode()))
    book.properties.created = book.properties.modified = _UNDATED
    empty = Undated()
    try:
        with uninterrupted():  # it removes its temporary files by itself
            ExcelWriter(book, empty).save()
    except _no_room():
        raise WrongUsage(_FULL) from None
    data = {sheet.path.lstrip("/"): cells for sheet, cells in filled}
    with zipfile.ZipFile(empty.buffer) as parts, Undated() as archive:
        for name in parts.namelist():
            part = parts.read(name)
            archive.writestr(name, _with_data(part, data[name]) if name in data else part)
    return archive.buffer.getvalue()


def _with_data(sheet: bytes, data: bytes) -> bytes:
    """The part of a sheet, filled.

    Raises WrongUsage if it lacks its end: openpyxl writes it to a file, and may say nothing where
    that is full.
    """
    if not sheet.endswith(_END):
        raise WrongUsage(_FULL)
    head, tail = _NO_DATA.split(sheet, maxsplit=1)
    return b"".join([head, data, tail])


def _no_room() -> tuple[type[Exception], ...]:
    """What openpyxl raises where temporary files cannot be written, by the package it writes with.

    Other faults of the system are reported as they are.
    """
    try:
        from lxml.etree import SerialisationError
    except ModuleNotFoundError:
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
    if len(text) < width and "\n" not in text:
        return 1
    full = width if len(text) < width else width * 0.9
    return sum(max(1, ceil(len(line) / full)) for line in text.split("\n"))


def _styles(sheet: Any) -> tuple[int, int]:
    """The numbers of two styles of a workbook: that of the header, that of the other cells."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    head: Any = WriteOnlyCell(sheet)
    body: Any = WriteOnlyCell(sheet)
    for one in (head, body):
        one.number_format, one.alignment = _AS_TYPED, Alignment(vertical="top", wrap_text=True)
    head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDE5EE")
    return head.style_id, body.style_id


def _sheet_data(rows: Rows, widths: Sequence[int], styles: tuple[int, int]) -> str:
    """The rows of a sheet as SpreadsheetML, every cell a text and none a formula."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(at) for at in range(1, len(widths) + 1)]
    made = ["<sheetData>"]
    for number, row in enumerate(rows, 1):
        style = styles[number > 1]
        made.append(f'<row r="{number}" ht="{_height(row, widths)}" customHeight="1">')
        made += (
            f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{_inert(text)}</t></is></c>'
            for letter, text in zip(letters, row, strict=True)
            if text
        )
        made.append("</row>")
    made.append("</sheetData>")
    return "".join(made)


def _inert(text: str) -> str:
    """A text without markup; a spreadsheet would take some of it for an escape, such as _x000A_."""
    _check_length(text)
    if "_x" in text:
        text = _LIKE_ESCAPE.sub("_x005F_", text)
    return escape(text, quote=False).replace("\r", "&#13;")


def _check_length(text: str) -> None:
    if len(text) > _LONGEST:
        raise WrongUsage(
            f"a text of {len(text):,} characters is too long for a cell of a spreadsheet; "
            "export as csv"
        )
