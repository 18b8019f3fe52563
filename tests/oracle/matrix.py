"""What a matrix says of two parties, and which issues it may call acceptable to all."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any, NamedTuple

from .naive import NaiveComparison, naive_summary
from .record import Cell

ENOUGH = Fraction(3, 4)


class NaivePair(NamedTuple):
    """How many issues have which verdict, `silent` being a part of the unresolved; and of how
    many clear verdicts what share are overlaps, cells left aside on which both are one voice."""

    counts: dict[str, int]
    agreement: Fraction | None
    clear: int


def naive_pair(comparison: NaiveComparison) -> NaivePair:
    results = {issue: comparison.issue_result(issue) for issue in comparison.issues}
    clear = Counter(verdict_of_two_voices(result) for result in results.values())
    overlaps, conflicts = clear["overlap"], clear["conflict"]
    return NaivePair(
        naive_summary(results),
        Fraction(overlaps, overlaps + conflicts) if overlaps + conflicts else None,
        overlaps + conflicts,
    )


def verdict_of_two_voices(result: dict[str, Any]) -> str:
    """The verdict of an issue by the cells on which the parties are not one voice."""
    cells = list(result["items"].values()) if "items" in result else [result]
    verdicts = {cell["verdict"] for cell in cells if "one_voice" not in cell}
    return next(
        (verdict for verdict in ("conflict", "unresolved", "overlap") if verdict in verdicts),
        "unresolved",
    )


def acceptable_to(comparison: NaiveComparison, issue: str) -> tuple[list[str], bool]:
    """The parties with a position on each cell of an issue if an outcome is acceptable to all of
    them, otherwise nobody; and whether they are enough to speak of all."""
    cells = [
        cell
        for cell in comparison.cells
        if cell[0] == issue and any(comparison.names_item(p, cell) for p in comparison.ids)
    ]
    speaking = [p for p in comparison.ids if cells and has_position(comparison, p, cells)]
    if not speaking:
        return [], False
    if comparison.among(speaking).issue_result(issue)["verdict"] != "overlap":
        return [], False
    voices = {voice(comparison, party, issue) for party in speaking}
    everybody = {voice(comparison, party, issue) for party in comparison.ids}
    return speaking, Fraction(len(voices), len(everybody)) >= ENOUGH


def has_position(comparison: NaiveComparison, party: str, cells: list[Cell]) -> bool:
    return not any(comparison.is_silent(party, cell) for cell in cells)


def voice(comparison: NaiveComparison, party: str, issue: str) -> str:
    """The party, or the group in the comparison that speaks for it on the issue."""
    if comparison.record.has_word_of_its_own(party, issue):
        return party
    for group in comparison.record.groups_of(party):
        if group in comparison.ids:
            return voice(comparison, group, issue)
    return party
