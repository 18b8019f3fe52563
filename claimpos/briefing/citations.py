"""Which statements a briefing cites, and the numbers under which its notes tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimpos.dossier.model import BASES
from claimpos.rendering.document import Span
from claimpos.wording.positions import BASIS_WORDS

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

    def has(self, number: int) -> bool:
        """Whether the text has referred to a note."""
        return number in self._numbers

    def in_short(self, number: int) -> str:
        """A statement that has no note: who made it, when, how that is known, where it stands."""
        note = self._notes[number]
        told = [note["speaker"], note["said_in_words"]]
        told += [BASIS_WORDS[note["basis"]]] if note["basis"] != "stated" else []
        return ", ".join(filter(None, [*told, note["source"]["publisher"]]))

    def best(self, grounds: Iterable[Sequence[int]]) -> list[int]:
        """Of each group of notes the strongest, of equally strong ones the newest; none twice."""

        def weight(number: int) -> tuple[int, str]:
            note = self._notes[number]
            return BASES.index(note["basis"]), note["said"]

        return sorted({max(numbers, key=weight) for numbers in grounds})
