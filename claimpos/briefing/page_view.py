"""What a page shows, and things that it keeps once and points to by number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from claimpos.dossier.model import Basis, Dossier, Issue
from claimpos.records import NamedTuple


class View(NamedTuple):
    """What a page shows: `named` are the parties it compares, `parties` the grid's columns."""

    dossier: Dossier
    named: tuple[str, ...]
    parties: tuple[str, ...]
    issues: tuple[Issue, ...]
    day: date
    basis: Basis


class Numbered:
    """Things that are kept once, and pointed to by number."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))

    def things(self) -> list[Any]:
        return list(self._numbers)


def flat(values: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Of pairs of a day's number and a value, the first of each run of equal values, in a row."""
    turns: list[int] = []
    for day, value in values:
        if not turns or turns[-1] != value:
            turns += [day, value]
    return tuple(turns)
