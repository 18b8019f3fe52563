"""Reads a sheet of a workbook: what its cells show, and which parts are hidden."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import islice

from claimpos.importing.cell_values import IN_RUNS, CellRuns, Values
from claimpos.importing.import_log import ImportLog, TablePlace, shortened
from claimpos.importing.table import check_columns, check_lines
from claimpos.importing.workbook_parts import ExactReader, Parts, Unreadable, is_on, natural

_COORDINATE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_VISITED = 10  # what looking at a merged cell counts, as so many bytes
_REMARKED = 100  # what a cell counts of which something is said
_EMPTY = 5  # what a cell counts that is empty, but is within the table

_NOTHING = re.compile(r"0*(?:\.0*)?\Z")
_SAVE_ANEW = "open and save the file in the spreadsheet"

# The elements that are read, and those that each may lie in.
_CELLS = {
    "worksheet": ("",),
    **dict.fromkeys(("sheetFormatPr", "cols", "sheetData", "mergeCells"), ("worksheet",)),
    "conditionalFormatting": ("worksheet",),
    "cfRule": ("conditionalFormatting",),
    **dict.fromkeys(("iconSet", "dataBar"), ("cfRule",)),
    "col": ("cols",),
    "mergeCell": ("mergeCells",),
    "row": ("sheetData",),
    "c": ("row",),
    **dict.fromkeys(("f", "v", "is"), ("c",)),
    "r": ("is",),
    "t": ("is", "r"),
    **IN_RUNS,
}

Row = dict[int, str]
"""The filled cells of a row, by the numbers of their columns."""


class SheetReader(ExactReader):
    """Reads the filled cells of a sheet, what is merged or hidden, and what has no value."""

    def __init__(self, parts: Parts, values: Values) -> None:
        super().__init__(_CELLS)
        self.rows: dict[int, Row] = {}
        self._without_value: dict[int, str] = {}
        self._why_none: dict[tuple[int, int], str] = {}
        self._hidden: list[int] = []
        self._hidden_columns = self._may_be_struck = self._may_be_otherwise = False
        self._remarks: dict[tuple[int, str], str] = {}  # with a form, as an ImportLog has them
        self._merged: list[tuple[int, int, int, int]] = []
        self._parts = parts
        self._values = values
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._runs = CellRuns()
        self._formula = self._has_value = self._row_hidden = self._hidden_unless_told = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = natural(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            self._row_hidden = self._is_hidden(attributes)
            if self._row in self.rows:
                self._has_no_value(f"the file gives row {self._row} twice; {_SAVE_ANEW}")
        elif name == "c":
            self._cell = attributes
            self._runs.take()
            self._formula = self._has_value = False
            self._column += 1
            if "r" in attributes:
                row, self._column = _place(attributes["r"])
                if row != self._row:
                    why = f"cell {attributes['r']} stands in row {self._row}; {_SAVE_ANEW}"
                    self._has_no_value(why)
        elif name == "f":
            self._formula = True
        elif name in ("v", "is"):
            self._begin_value()
        else:
            self._runs.begins(name, attributes)
            self._begin_around(name, attributes)

    def _begin_around(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheetFormatPr":
            self._hidden_unless_told = is_on(attributes.get("zeroHeight", "0"))
        elif name == "col":
            self._hidden_columns |= _is_hidden(attributes, "width")
        elif name == "cfRule":
            rule, styles = attributes.get("dxfId"), self._values.styles
            self._may_be_struck |= rule in styles.striking
            self._may_be_otherwise |= rule in styles.formatting
        elif name in ("iconSet", "dataBar"):
            self._may_be_otherwise |= not is_on(attributes.get("showValue", "1"))
        elif name == "mergeCell":
            self._parts.spend(100)
            first, _, last = attributes["ref"].partition(":")
            self._merged.append((*_place(first), *_place(last or first)))

    def _is_hidden(self, row: dict[str, str]) -> bool:
        if self._hidden_unless_told and not row.keys() & {"hidden", "ht"}:
            return True
        return _is_hidden(row, "ht")

    def _begin_value(self) -> None:
        if self._has_value:
            self._has_no_value(_twice(self._coordinate()))
        self._has_value = True

    def ends(self, name: str) -> None:
        if name == "mergeCells":
            self._fill()
        if name != "c":
            return
        kind = self._cell.get("t", "n")
        written = self._runs.take()
        if kind == "e":
            self._shows_none(f"cell {self._coordinate()} shows the error {written}")
            return
        style = self._values.style(natural(self._cell.get("s", "0")))
        text, remark = self._values.shown(kind, written, style)
        if text:
            self._keep(text, remark)
            if style.is_struck:
                self._has_no_value(f"cell {self._coordinate()} is struck out")
        elif self._formula:
            self._shows_none(
                f"cell {self._coordinate()} has a formula without a result; {_SAVE_ANEW}"
            )

    def _keep(self, text: str, remark: str) -> None:
        check_columns(self._column)
        self._parts.spend(len(text))
        if self._row_hidden and self._row not in self.rows:
            self._hidden.append(self._row)
        row = self.rows.setdefault(self._row, {})
        if self._column in row:
            self._has_no_value(_twice(self._coordinate()))
        row[self._column] = text
        check_lines(len(self.rows))
        if remark:
            self._remarks[self._row, f"cell {self._coordinate()} {remark}"] = ""

    def _shows_none(self, why: str) -> None:
        self._parts.spend(_REMARKED)
        self._why_none[self._row, self._column] = why
        self._has_no_value(why)

    def _has_no_value(self, why: str) -> None:
        self._without_value.setdefault(self._row, why)
        check_lines(len(self._without_value))

    def text(self, text: str) -> None:
        inline = self._cell.get("t") == "inlineStr"
        if self.path[-1] == ("t" if inline else "v"):
            self._runs.add(text)

    def _coordinate(self) -> str:
        return f"{_letters(self._column)}{self._row}"

    def _fill(self) -> None:
        """Put the text of merged cells, which the first of them holds, into each of them."""
        numbers = sorted(self.rows)
        width = max((max(row) for row in self.rows.values()), default=0)
        for first_row, first, last_row, last in self._merged:
            text = self.rows.get(first_row, {}).get(first, "")
            cells = f"{_letters(first)}{first_row}:{_letters(last)}{last_row}"
            if text:
                remark = f"cells {cells} are merged; each is read as “{shortened(text)}”"
                self._remarks[first_row, remark] = "merged"
            begin, end = bisect_left(numbers, first_row), bisect_right(numbers, last_row)
            for number in islice(numbers, begin, end):
                if why := self._why_none.get((first_row, first)):
                    self._without_value.setdefault(number, why)
                for column in range(first, min(last, width) + 1):
                    self._parts.spend(_VISITED + len(text))
                    self._put(text, number, column, cells)

    def _put(self, text: str, number: int, column: int, cells: str) -> None:
        """Put the text of merged cells into one of them, whatever that holds itself."""
        row = self.rows[number]
        if held := row.get(column, "") * (row.get(column) != text):
            self._parts.spend(_REMARKED)
            remark = (
                f"cell {_letters(column)}{number} holds “{shortened(held)}”, which is not read, "
                f"because the merged cells {cells} hide it"
            )
            self._remarks[number, remark] = "hidden by merged cells"
        if text or held:
            row[column] = text

    @cached_property
    def with_values(self) -> list[tuple[int, list[str]]]:
        """The rows that lack no value, all as wide as the widest: a sheet has no line ends."""
        width = max((max(row) for row in self.rows.values()), default=0)
        numbers = sorted(self.rows.keys() - self._without_value.keys())
        empty = len(numbers) * width - sum(len(self.rows[number]) for number in numbers)
        self._parts.spend(_EMPTY * empty)
        return [
            (number, [self.rows[number].get(column, "") for column in range(1, width + 1)])
            for number in numbers
        ]

    @property
    def why_not(self) -> str:
        """Why the first of the rows that lack a value is not read; empty if all are read."""
        return next(iter(self._without_value.values()), "")

    def report(self, first: int, log: ImportLog, sheet: str) -> None:
        """Log what the sheet does not show, or shows otherwise, from the row of the header on."""

        def at(row: int) -> TablePlace:
            return TablePlace(row, sheet=sheet)

        for row, why in self._without_value.items():
            log.skip(at(row), why)
        for (row, remark), form in self._remarks.items():
            if row >= first:
                log.remark(at(row), remark, form)
        for row in self._hidden:
            log.remark(at(row), "the row is hidden in the spreadsheet; it was read")
        if self._may_be_struck:
            log.remark(at(1), "the spreadsheet strikes out cells by rules; they were read")
        if self._may_be_otherwise:
            log.remark(
                at(1), "the spreadsheet shows numbers otherwise by rules; what cells hold was read"
            )
        if self._hidden_columns:
            log.remark(at(1), "some columns are hidden in the spreadsheet; they were read")


def _twice(coordinate: str) -> str:
    return f"the file gives cell {coordinate} twice; {_SAVE_ANEW}"


def _is_hidden(held: dict[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or has no size."""
    return is_on(held.get("hidden", "0")) or _NOTHING.match(held.get(size, "1")) is not None


def _place(coordinate: str) -> tuple[int, int]:
    """The numbers of the row and the column in a coordinate such as AB12."""
    matched = _COORDINATE.match(coordinate)
    if matched is None:
        raise Unreadable
    number = 0
    for letter in matched[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(matched[2]), number


def _letters(column: int) -> str:
    """The letters of a column by its number: AB of 28."""
    letters = ""
    while column:
        column, at = divmod(column - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters
