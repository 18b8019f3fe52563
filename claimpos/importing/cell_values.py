"""What the cells of a workbook say, from the texts and the styles that they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from claimpos.importing.cell_styles import CellStyle, read_cell_styles
from claimpos.importing.shown_numbers import (
    ExactFrom1904,
    Format,
    date_text,
    shown_date,
    shown_number,
    shown_text,
)
from claimpos.importing.text_blocks import at_height, joined_runs
from claimpos.importing.workbook_parts import ExactReader, Parts, is_on, natural, sole

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

# The elements that are read, and those that each may lie in.
IN_RUNS = {"rPr": ("r",), "vertAlign": ("rPr",), "strike": ("rPr",)}
_TEXTS = {"sst": ("",), "si": ("sst",), "r": ("si",), "t": ("si", "r"), **IN_RUNS}


class Values:
    """What the cells of a workbook say, from the texts and styles that they refer to."""

    def __init__(self, parts: Parts, book: str, related: Mapping[str, tuple[str, str]]) -> None:
        from openpyxl.styles.numbers import is_date_format, is_timedelta_format
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

        self._from_excel = from_excel
        self._from_iso: Callable[[str], Any] = from_ISO8601
        texts = _TextReader()
        if strings := sole(related, "sharedStrings"):
            parts.read(strings, texts)
        self._texts = texts.found
        self.styles = read_cell_styles(parts, sole(related, "styles"))
        self._forms = {
            code: Format(code, is_date_format(code), is_timedelta_format(code))
            for code in {CellStyle().code, *(style.code for style in self.styles.of_cells)}
        }
        properties = parts.elements(book, "workbookPr")
        self._from_1904 = any(is_on(held.get("date1904", "0")) for _, held in properties)
        self._epoch = MAC_EPOCH if self._from_1904 else WINDOWS_EPOCH

    def style(self, number: int) -> CellStyle:
        """The style with a number."""
        known = self.styles.of_cells
        return known[number] if number < len(known) else CellStyle()

    def shown(self, kind: str, written: str, style: CellStyle) -> tuple[str, str]:
        """What is read of a cell of this kind, and what to say of it."""
        if not written:
            return "", ""
        form = self._forms[style.code]
        if kind == "s":
            return shown_text(self._texts[natural(written)], form.code)
        if kind == "b":
            return ("true" if int(written) else "false"), ""
        if kind == "d":
            return date_text(self._from_iso(written)), ""
        if kind == "n":
            return self._number(written, form)
        return shown_text(unescaped(written), form.code)

    def _number(self, written: str, form: Format) -> tuple[str, str]:
        if not form.is_date:
            shown = shown_number(written, form)
            return shown._replace(text=ExactFrom1904(shown.text)) if self._from_1904 else shown

        def from_excel(number: float) -> Any:
            return self._from_excel(number, self._epoch, timedelta=form.is_span)

        number = float(written) if re.search("[.eE]", written) else int(written)
        return shown_date(number, form, from_excel)


def unescaped(text: str) -> str:
    """A text without the escapes by which a workbook writes some characters, as _x000D_.

    Line ends become line feeds, whichever way the program that saved the workbook wrote them.
    """
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n")


class CellRuns:
    """The runs of a text in a cell.

    What is raised or lowered is written so that it runs into no figure, as ¹ for the mark of a
    note; what is struck out stands between tildes.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[str, bool]] = []
        self._height = ""
        self._struck = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self._height, self._struck = "", False
        elif name == "vertAlign":
            self._height = attributes.get("val", "")
        elif name == "strike":
            self._struck = is_on(attributes.get("val", "1"))

    def add(self, text: str) -> None:
        self._runs.append((at_height(text, self._height), self._struck))

    def take(self) -> str:
        """All of the text; the next one begins."""
        runs, self._runs = self._runs, []
        self._height, self._struck = "", False
        return runs[0][0] if len(runs) == 1 and not runs[0][1] else joined_runs(runs)


class _TextReader(ExactReader):
    """Reads the texts that cells share."""

    def __init__(self) -> None:
        super().__init__(_TEXTS)
        self.found: list[str] = []
        self._runs = CellRuns()

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        self._runs.begins(name, attributes)

    def ends(self, name: str) -> None:
        if name == "si":
            self.found.append(unescaped(self._runs.take()))

    def text(self, text: str) -> None:
        if self.path[-1] == "t":
            self._runs.add(text)
