"""A spreadsheet (.xlsx) as a table, and a table as a spreadsheet."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.parsers.expat import ParserCreate

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import ClaimposError, WrongUsage
from claimpos.importing.import_log import Account, Place
from claimpos.importing.table import Table, check_columns, check_lines, checked

_AT_ONCE = 65_536
# How deep the elements of a part may be nested; in a sheet with rich text it is eight.
_DEEPEST = 64
# How many bytes an element that is kept costs beside its own.
_KEPT = 100
_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

Attributes = Mapping[str, str]


class Unreadable(Exception):
    """The archive is not a workbook."""


class Parts:
    """The parts of a workbook by name; all that is read of them is counted together."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = limit("workbook-bytes")

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def spend(self, size: int) -> None:
        """Count so many bytes or characters; raises WrongUsage where the limit is met."""
        self._left -= size
        if self._left < 0:
            raise WrongUsage(
                f"the unpacked workbook has more than {limit('workbook-bytes'):,} bytes; "
                + how_to_raise("workbook-bytes")
            )

    def read(self, name: str, reader: Reader) -> None:
        """Let a reader see the elements of a part; raises Unreadable, and others of libraries."""
        if self._archive.getinfo(name).compress_type not in _COMPRESSIONS:
            raise Unreadable
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
        with self._archive.open(name) as part:
            while piece := part.read(_AT_ONCE):
                self.spend(len(piece))
                parser.Parse(piece, False)
        parser.Parse(b"", True)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that a part is related to: the kind and the name of each, by its id there."""
        folder, file = posixpath.split(name)
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        if relations not in self:
            return {}
        found = {}
        for _, attributes in self.elements(relations, "Relationship"):
            kind = attributes["Type"].rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
            found[attributes["Id"]] = kind, target.lstrip("/")
        return found

    def elements(self, name: str, *wanted: str) -> list[tuple[str, Attributes]]:
        """The elements of these names in a part, in their order, with their attributes."""
        listing = _Listing(wanted, self)
        self.read(name, listing)
        return listing.found


class Reader:
    """Sees the elements of a part one after the other, by their names without a namespace."""

    def __init__(self) -> None:
        self.path: list[str] = []
        """The element at hand and those that it stands in, the outermost first."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name.rpartition(" ")[2])
        if len(self.path) > _DEEPEST:
            raise Unreadable
        self.begins(self.path[-1], attributes)

    def end(self, _: str) -> None:
        self.ends(self.path[-1])
        self.path.pop()

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def ends(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A stretch of text in the element at hand."""


class _Listing(Reader):
    def __init__(self, wanted: tuple[str, ...], parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.wanted = wanted
        self.found: list[tuple[str, Attributes]] = []

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.wanted:
            self._parts.spend(_KEPT)
            plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            self.found.append((self.path[-2] if len(self.path) > 1 else "", plain))


def _refuse(*_: object) -> None:
    """A document type could define entities, each of which stands for many of the next."""
    raise Unreadable


NEEDED = "spreadsheets need openpyxl: pip install 'claimpos[xlsx]', or save the sheet as CSV"

_COORDINATE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_LONGEST_FORMAT = 255  # of a number; a spreadsheet allows no longer one
_SHEETS_NAMED = 20

Row = dict[int, str]
"""The filled cells of a row, by the numbers of their columns."""


def read_workbook(name: str, content: bytes, account: Account) -> Table:
    """The table on a workbook's first sheet; raises WrongUsage, with the name, for no workbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            rows = _first_sheet(Parts(archive), account)
    except (ClaimposError, OSError):
        raise
    except ImportError:
        raise WrongUsage(NEEDED) from None
    except Exception as error:  # of zipfile, zlib, expat and openpyxl each has its own
        raise WrongUsage(f"“{name}” cannot be read as an .xlsx workbook") from error
    return checked(_rectangular(rows), account)


def _first_sheet(parts: Parts, account: Account) -> dict[int, Row]:
    book = next(name for kind, name in parts.related("").values() if kind == "officeDocument")
    related = parts.related(book)
    sheets = [
        (attributes["name"], related[attributes["id"]][1])
        for _, attributes in parts.elements(book, "sheet")
        if related[attributes["id"]][0] == "worksheet"
    ]
    (_, first), *others = sheets
    for other, _ in others[:_SHEETS_NAMED]:
        account.remark(Place(1), f"the sheet “{other}” was not read; only the first is")
    if len(others) > _SHEETS_NAMED:
        account.remark(Place(1), f"only the first of {len(sheets):,} sheets was read")
    reader = _SheetReader(parts, _Values(parts, book, dict(related.values())))
    parts.read(first, reader)
    for row in sorted(reader.without_result):
        why = "a cell has a formula without a result; open and save the file in the spreadsheet"
        account.leave_out(Place(row), why)
        reader.rows.pop(row, None)
    return reader.rows


class _Values:
    """What the cells of a workbook say, from the texts and styles that they refer to."""

    def __init__(self, parts: Parts, book: str, related: dict[str, str]) -> None:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

        self._from_excel = from_excel
        self._from_iso: Callable[[str], Any] = from_ISO8601
        texts = _TextReader()
        if "sharedStrings" in related:
            parts.read(related["sharedStrings"], texts)
        self._texts = texts.found
        found = parts.elements(related["styles"], "numFmt", "xf") if "styles" in related else []
        formats = dict(BUILTIN_FORMATS)
        for parent, held in found:
            if parent == "numFmts" and len(held["formatCode"]) <= _LONGEST_FORMAT:
                formats[int(held["numFmtId"])] = held["formatCode"]
        used = [int(held.get("numFmtId", 0)) for parent, held in found if parent == "cellXfs"]
        codes = [formats.get(number, "General") for number in used]
        dates = {code: is_date_format(code) for code in {*codes}}
        self._dates = [dates[code] for code in codes]
        spans = {code: is_timedelta_format(code) for code in {*codes}}
        self._spans = [spans[code] for code in codes]
        properties = parts.elements(book, "workbookPr")
        from_1904 = any(held.get("date1904") in {"1", "true"} for _, held in properties)
        self._epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH

    def text(self, kind: str, written: str, style: int) -> str:
        """A cell of this kind as text."""
        if not written:
            return ""
        if kind == "s":
            return self._texts[_natural(written)]
        if kind == "b":
            return "true" if int(written) else "false"
        if kind == "d":
            return _text(self._from_iso(written))
        return self._number(written, style) if kind == "n" else written

    def _number(self, written: str, style: int) -> str:
        value = float(written) if re.search("[.eE]", written) else int(written)
        if style >= len(self._dates) or not self._dates[style]:
            return _text(value)
        try:
            return _text(self._from_excel(value, self._epoch, timedelta=self._spans[style]))
        except (OverflowError, ValueError):
            return "#VALUE!"


class _TextReader(Reader):
    """Reads the texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._pieces: list[str] = []

    def ends(self, name: str) -> None:
        if name == "si":
            self.found.append("".join(self._pieces).replace("x005F_", ""))
            self._pieces.clear()

    def text(self, text: str) -> None:
        if self.path[-1] == "t" and "rPh" not in self.path:
            self._pieces.append(text)


class _SheetReader(Reader):
    """Reads the filled cells of a sheet, and in which rows a formula has no result."""

    def __init__(self, parts: Parts, values: _Values) -> None:
        super().__init__()
        self.rows: dict[int, Row] = {}
        self.without_result: set[int] = set()
        self._parts = parts
        self._values = values
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._pieces: list[str] = []
        self._formula = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = _natural(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "c":
            self._cell = attributes
            self._pieces.clear()
            self._formula = False
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
        elif name == "f":
            self._formula = True

    def ends(self, name: str) -> None:
        if name != "c":
            return
        style = _natural(self._cell.get("s", "0"))
        text = self._values.text(self._cell.get("t", "n"), "".join(self._pieces), style)
        if text:
            check_columns(self._column)
            self._parts.spend(len(text))
            self.rows.setdefault(self._row, {})[self._column] = text
            check_lines(len(self.rows))
        elif self._formula:
            self.without_result.add(self._row)
            check_lines(len(self.without_result))

    def text(self, text: str) -> None:
        inline = self._cell.get("t") == "inlineStr"
        if self.path[-1] == ("t" if inline else "v") and "rPh" not in self.path:
            self._pieces.append(text)


def _natural(written: str) -> int:
    if not (written.isascii() and written.isdigit()):
        raise Unreadable
    return int(written)


def _column(coordinate: str) -> int:
    """The number of the column in a coordinate such as AB12."""
    matched = _COORDINATE.match(coordinate)
    if matched is None:
        raise Unreadable
    number = 0
    for letter in matched[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _rectangular(rows: dict[int, Row]) -> list[tuple[int, list[str]]]:
    """The rows, all as wide as the widest: a sheet has no say in where a line ends."""
    width = max((max(row) for row in rows.values()), default=0)
    return [
        (number, [rows[number].get(column, "") for column in range(1, width + 1)])
        for number in sorted(rows)
    ]


def _text(value: Any) -> str:
    """A cell as text: a day without a time, a whole number without a point."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return f"{int(exact)}" if exact == exact.to_integral_value() else f"{exact:f}"
    return str(value)


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
