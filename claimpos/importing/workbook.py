"""A spreadsheet (.xlsx) as tables: one, or a sheet for each kind of piece."""

import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import NamedTuple

from claimpos.dossier.libraries import library
from claimpos.dossier.lookup import nearest
from claimpos.errors import UnknownName, as_wrong_usage
from claimpos.importing.cell_values import Values
from claimpos.importing.import_log import ImportLog, TablePlace
from claimpos.importing.sheet_reader import SheetReader
from claimpos.importing.table import HELP, Header, InputTable, check_lines, checked
from claimpos.importing.workbook_parts import Parts, sole
from claimpos.wording.names import joined

_SHEETS_NAMED = 20
_BESIDE_CELLS = {"comments": "comments", "drawing": "pictures, charts or text boxes"}


class Sheet(NamedTuple):
    """A sheet of cells: its name, the part that holds it, and whether it is shown."""

    name: str
    part: str
    is_hidden: bool


def read_workbook(
    name: str,
    content: bytes,
    wanted: Header,
    log: ImportLog,
    sheet: str | None = None,
    kinds: Mapping[str, Header] | None = None,
) -> list[InputTable]:
    """The table on a sheet of a workbook, or the tables on its sheets for each kind of piece.

    Args:
        name: The name of the file, for messages.
        content: The workbook.
        wanted: The header to look for.
        log: Where remarks and skipped lines go.
        sheet: The sheet's name; None for the first that has such a header.
        kinds: The names and headers of sheets that are read instead, if there are several.

    Raises WrongUsage for no workbook, and UnknownName for a sheet that it does not have.
    """
    with (
        library("a workbook", "openpyxl", "xlsx", "save the sheet as CSV", megabytes=128),
        as_wrong_usage(f"“{name}” cannot be read as an .xlsx workbook"),
        zipfile.ZipFile(BytesIO(content)) as archive,
    ):
        book = _Book(Parts(archive))
        found = book.of_kinds(kinds or {})
        if len(found) > 1:
            return _tables(book, found, log)
        return [_table(book, wanted, sheet, log)]


class _Book:
    """The sheets of a workbook, each of them read once it is asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        book = sole(parts.related(""), "officeDocument")
        related = parts.related(book)
        self._values = Values(parts, book, related)
        self._readers: dict[Sheet, SheetReader] = {}
        self.sheets = [
            Sheet(held["name"], related[held["id"]][1], held.get("state", "visible") != "visible")
            for above, held in parts.elements(book, "sheet")
            if above == "sheets" and related[held["id"]][0] == "worksheet"
        ]

    def read(self, sheet: Sheet) -> SheetReader:
        if sheet not in self._readers:
            reader = self._readers[sheet] = SheetReader(self._parts, self._values)
            self._parts.read(sheet.part, reader)
        return self._readers[sheet]

    def beside_cells(self, sheet: Sheet) -> list[str]:
        """What a sheet holds beside its cells, none of which is read."""
        kinds = {kind for kind, _ in self._parts.related(sheet.part).values()}
        return [what for kind, what in _BESIDE_CELLS.items() if kind in kinds]

    def has_header(self, sheet: Sheet, wanted: Header) -> bool:
        return wanted.at(self.read(sheet).with_values) is not None

    def of_kinds(self, kinds: Mapping[str, Header]) -> dict[Sheet, Header]:
        """The sheets with the name and the header of a kind, in the order of the kinds."""
        return {
            sheet: header
            for kind, header in kinds.items()
            for sheet in self.sheets
            if sheet.name.strip().casefold() == kind and not sheet.is_hidden
            if self.has_header(sheet, header)
        }


def _tables(book: _Book, found: Mapping[Sheet, Header], log: ImportLog) -> list[InputTable]:
    if unread := _unread(book, found):
        text = f"{unread} not read: only sheets with the names and columns of an export are"
        log.remark(TablePlace(1), text)
    tables = [_of_sheet(book, one, header, log, one.name) for one, header in found.items()]
    check_lines(sum(len(table.rows) for table in tables))
    return tables


def _table(book: _Book, wanted: Header, sheet_name: str | None, log: ImportLog) -> InputTable:
    first, *others = _chosen(book.sheets, sheet_name)
    fit = (sheet for sheet in [first, *others] if not others or book.has_header(sheet, wanted))
    read = next(fit, first)
    if unread := _unread(book, [read]):
        text = f"the sheet “{read.name}” was read; {unread} not: --sheet chooses another"
        log.remark(TablePlace(1), text)
    return _of_sheet(book, read, wanted, log)


def _of_sheet(
    book: _Book, sheet: Sheet, wanted: Header, log: ImportLog, name: str = ""
) -> InputTable:
    """The table on a sheet; the log names the sheet, if it is one of several that are read."""
    reader = book.read(sheet)
    table = checked(reader.with_values, wanted, log, name, reader.why_not)
    reader.report(table.line, log, name)
    if beside := book.beside_cells(sheet):
        text = f"the sheet has {joined(beside)}, which were not read"
        log.remark(TablePlace(1, sheet=name), text)
    return table


def _chosen(sheets: list[Sheet], wanted: str | None) -> list[Sheet]:
    """The sheets to look at, in this order: the first is read if none has a header."""
    if wanted is not None:
        named = [sheet for sheet in sheets if sheet.name == wanted]
        if not named:
            names = [sheet.name for sheet in sheets]
            listed = joined([f"“{name}”" for name in names[:_SHEETS_NAMED]])
            more = f"; the sheets are {listed}"
            raise UnknownName("sheet", wanted, nearest(wanted, names), HELP, more)
        return named
    return [sheet for sheet in sheets if not sheet.is_hidden] or sheets


def _unread(book: _Book, read: Collection[Sheet]) -> str:
    """Which sheets were not read, as the beginning of a sentence; empty if all were."""
    sheets = [sheet for sheet in book.sheets if sheet not in read]
    if not sheets:
        return ""
    names = [
        f"“{sheet.name}”" + (" (hidden)" if sheet.is_hidden else "")
        for sheet in sheets[:_SHEETS_NAMED]
    ]
    if len(sheets) > _SHEETS_NAMED:
        names.append(f"{len(sheets) - _SHEETS_NAMED:,} more")
    return f"{joined(names)} {'was' if len(sheets) == 1 else 'were'}"
