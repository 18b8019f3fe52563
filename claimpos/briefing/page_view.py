"""What a page shows, and how its data keep things once and refer to them by number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from claimpos.dossier.model import Basis, Dossier, Issue


class View(NamedTuple):
    """What a page shows: `named` are the parties it compares, `parties` the grid's columns."""

    dossier: Dossier
    named: tuple[str, ...]
    parties: tuple[str, ...]
    issues: tuple[Issue, ...]
    day: date
    basis: Basis


class Pool:
    """Things that are kept once; calling it with a thing returns the number of that."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))

    def things(self) -> list[Any]:
        return list(self._numbers)


def flat(values: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Pairs of a day's number and a value as a flat list, without those that repeat the value."""
    turns: list[int] = []
    for day, value in values:
        if not turns or turns[-1] != value:
            turns += [day, value]
    return tuple(turns)
