"""Columns of lines in the units that an editor counts: characters, or pairs or single bytes.

A stranger's file may be one line of megabytes, with a finding in every few characters. So the
characters of a line that count for more than one are looked up once, and not for each column.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from claimpos.dossier.findings import SourceText

# For each encoding, the characters that count for one more, then those that do for yet another.
_WIDER = {
    "utf-8": ("[^\x00-\x7f]", "[\u0800-\U0010ffff]", "[\U00010000-\U0010ffff]"),
    "utf-16": ("[\U00010000-\U0010ffff]",),
    "utf-32": (),
}


class CountedLine:
    """A line, whose columns count from 0, and the units of an encoding: utf-8, utf-16 or utf-32."""

    def __init__(self, text: str, encoding: str) -> None:
        self._length = len(text)
        wider = () if text.isascii() else _WIDER[encoding]
        self._wider = [
            array("L", (found.start() for found in re.finditer(characters, text)))
            for characters in wider
        ]

    def units(self, column: int) -> int:
        """How many units stand before a column."""
        end = min(column, self._length)
        return end + sum(bisect_left(some, end) for some in self._wider)

    def column(self, units: int) -> int:
        """The first column before which so many units stand, or the end of the line."""
        return bisect_left(range(self._length), units, key=self.units)


class CountedText:
    """Texts, of each of which a line is counted once while no other text is asked about."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._source: SourceText | None = None
        self._lines: dict[int, CountedLine] = {}

    def line(self, source: SourceText, number: int) -> CountedLine:
        """A line of a text, by its number from 1."""
        if source is not self._source:
            self._source, self._lines = source, {}
        if number not in self._lines:
            self._lines[number] = CountedLine(source.line(number), self._encoding)
        return self._lines[number]
