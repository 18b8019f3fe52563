"""A worksheet that is filled in piece by piece."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from claimpos.curating.sheet_form import Field, SheetText
from claimpos.curating.worksheet_form import NO_POSITION, STATEMENT_KEYS, EntryPlace, read_form


class SheetFilling:
    """A worksheet as it was made, and what is filled in so far."""

    def __init__(self, sheet: str) -> None:
        self._lines = sheet.splitlines()
        self.form = read_form(SheetText("", sheet))[0]
        self._values: dict[int, str] = {}
        self._more: dict[int, list[str]] = {}
        self._begun: set[int] = set()

    def text(self) -> str:
        """The worksheet as it is filled in."""
        lines: list[str] = []
        for number, line in enumerate(self._lines, 1):
            value = self._values.get(number, "")
            lines.append(f"{line.partition(':')[0]}: {value}" if value else line)
            lines += self._more.get(number, [])
        return "\n".join(lines) + "\n"

    def copy(self) -> SheetFilling:
        """The same worksheet, which does not change with this one."""
        other = copy(self)
        other._values, other._begun = dict(self._values), set(self._begun)
        other._more = {number: [*lines] for number, lines in self._more.items()}
        return other

    @property
    def is_begun(self) -> bool:
        """Whether anything is filled in."""
        return bool(self._values)

    def mark(self, number: int, reason: str) -> None:
        """Say why a paragraph holds no position."""
        self._fill(self.form.paragraphs[number - 1].marks, {NO_POSITION: reason})

    def add_statement(self, number: int, values: Mapping[str, str]) -> None:
        """Add a statement to a paragraph, in the room that is left or below."""
        fields = self.form.paragraphs[number - 1].statements[0].fields
        if number not in self._begun:
            self._begun.add(number)
            self._fill(fields, values)
            return
        last = max(field.line for field in fields.values())
        lines = [f"{key}: {values[key]}" for key in STATEMENT_KEYS if key in values]
        self._more.setdefault(last, []).extend(["", *lines])

    def enter(self, place: EntryPlace, values: Mapping[str, str]) -> None:
        """Fill in a position."""
        self._fill(place.filled.fields, values)

    def remarks(self, place: EntryPlace) -> list[str]:
        """What the sheet says of an issue and of the party's position so far."""
        first = min(field.line for field in place.filled.fields.values())
        return [line for line in self._lines[place.filled.line : first - 1] if line]

    def _fill(self, fields: Mapping[str, Field], values: Mapping[str, str]) -> None:
        for key, value in values.items():
            self._values[fields[key].line] = value
