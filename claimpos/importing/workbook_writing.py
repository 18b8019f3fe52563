"""A table as a spreadsheet (.xlsx)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from claimpos.errors import WrongUsage
from claimpos.importing.workbook_parts import NEEDED

_LONGEST = 32_767  # what a cell of a spreadsheet holds; openpyxl cuts the rest off
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet, its cells texts that no spreadsheet runs; raises WrongUsage."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
    except ImportError:
        raise WrongUsage(NEEDED) from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("positions")
    sheet.freeze_panes = "A2"
    for row in rows:
        cells: list[object] = []
        for text in row:
            if len(text) > _LONGEST:
                message = (
                    f"a text of {len(text):,} characters is too long for a cell of a spreadsheet"
                )
                raise WrongUsage(f"{message}; export as csv")
            cell = WriteOnlyCell(sheet, value=text) if text else None
            if cell is not None:
                cell.data_type = "s"  # openpyxl takes what begins with = for a formula
            cells.append(cell)
        sheet.append(cells)
    held = io.BytesIO()
    book.save(held)
    return _undated(held)


def _undated(held: io.BytesIO) -> bytes:
    """The workbook without the time at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return made.getvalue()
