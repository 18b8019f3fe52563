"""Which statements a briefing cites, and the numbers under which its notes tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimpos.dossier.model import BASES
from claimpos.rendering.document import Span

Data = Mapping[str, Any]
"""A part of a briefing as plain data."""


class Citations:
    """The notes of a report that the text refers to, numbered anew in its order."""

    def __init__(self, notes: Sequence[Data]) -> None:
        self._notes = {note["number"]: note for note in notes}
        self._numbers: dict[int, int] = {}

    def refs(self, numbers: Iterable[int]) -> Span:
        """References to notes of the report."""
        told = dict.fromkeys(
            self._numbers.setdefault(one, len(self._numbers) + 1) for one in numbers
        )
        return Span(" ".join(map(str, told)), "notes" if told else "")

    def cited(self) -> list[Data]:
        """The notes referred to so far, in order, by their new numbers."""
        return [{**self._notes[old], "number": new} for old, new in self._numbers.items()]

    def best(self, numbers: Sequence[int], most: int) -> list[int]:
        """The strongest of some notes, of equally strong ones the newest, in the order given."""

        def weight(number: int) -> tuple[int, str]:
            note = self._notes[number]
            return BASES.index(note["basis"]), note["said"]

        chosen = sorted(numbers, key=weight, reverse=True)[:most]
        return [number for number in numbers if number in chosen]
