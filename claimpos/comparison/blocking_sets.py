"""Finds whom a conflict is between: the smallest sets of parties that are in conflict.

A set is smallest if no part of it is in conflict. As another party never makes a verdict more
favourable, sets are searched by size, and a set is skipped if a part of it is in conflict. Without
conditions, a set is in conflict if its parties rule out every outcome between them, so that it is a
cover of the outcomes: each step adds a party that may rule out an outcome not yet covered. With
conditions, outcomes that depend on them count as covered at first; then the comparison decides.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from itertools import product
from math import prod
from typing import NamedTuple, TypeVar

from claimpos.comparison.acceptance import Stance
from claimpos.comparison.conditions import Common
from claimpos.comparison.effort import Effort
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell

T = TypeVar("T")

LARGEST = 5
"""The largest sets that are searched for, in parties."""

_OFTEN = 2
"""What is worked out for sets of up to so many parties is kept, because other cells need it."""


class Alike(NamedTuple):
    """Sets of parties that are in conflict for the same reasons: any party of each side.

    All parties of a side have the same stance on everything that bears on the conflict.
    """

    sides: tuple[tuple[str, ...], ...]

    @property
    def number(self) -> int:
        return prod(map(len, self.sides))

    @property
    def example(self) -> tuple[str, ...]:
        return tuple(side[0] for side in self.sides)

    def first(self, some: int) -> Iterator[tuple[str, ...]]:
        """Some of the sets, at least the first `some` of them in the order of the parties."""
        return product(*(side[:some] for side in self.sides))


class BlockingSets(NamedTuple):
    """The smallest sets in conflict, and the size of the smallest of all.

    If none was found, `least` is the size from which on there may be some.
    """

    least: int
    alike: tuple[Alike, ...]


def blocking_sets(common: Common, cell: Cell) -> BlockingSets:
    """The smallest sets of parties that are in conflict on a cell whose verdict is conflict.

    Sets of more than `LARGEST` parties are not searched for. The search ends early, without the
    larger sets, if it takes more steps than the limits on one conflict or on a comparison allow.
    """
    search = _Search(common, cell)
    found = search.smallest()
    common.table.effort.spend_on_conflict(search.steps.taken)
    return found


class _OutOfSteps(Exception):
    """The search for the sets of one conflict has taken as many steps as it may."""


class _Steps(Effort):
    """Counts the steps of one search; raises _OutOfSteps if there are too many."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.taken = 0
        self.most = most

    def spend(self, cell: Cell, steps: int) -> None:
        self.taken += steps
        if self.taken > self.most:
            raise _OutOfSteps


class _Search:
    def __init__(self, common: Common, cell: Cell) -> None:
        self.common = common
        self.cell = cell
        self.full = common.table.space(cell).full
        self.steps = _Steps(common.table.effort.of_next_conflict)
        self.table = copy(common.table)
        self.table.effort = self.steps
        self.conditional = any(
            common.table.stance(party, cell).conditional for party in common.parties
        )
        self.sides = common.alike_on(cell) if self.conditional else _alike_here(common, cell)
        stances = [common.table.stance(side[0], cell) for side in self.sides]
        # What each side rules out by itself, including by its own conditions.
        self.ruled_out = [
            common.among(side[:1]).ground(cell).no if stance.conditional else stance.no
            for side, stance in zip(self.sides, stances, strict=True)
        ]
        self.coverable = [stance.no | stance.conditional for stance in stances]

    def smallest(self) -> BlockingSets:
        alone = [not self.full & ~ruled_out for ruled_out in self.ruled_out]
        found = [1 << number for number, in_conflict in enumerate(alone) if in_conflict]
        least = 1 if found else 0
        for size in range(2, min(LARGEST, len(self.sides)) + 1):
            try:
                found += [*self._of_size(size, tuple(found))]
            except _OutOfSteps:
                return BlockingSets(least or size, tuple(map(self._alike, found)))
            least = least or (size if found else 0)
        return BlockingSets(least or LARGEST, tuple(map(self._alike, found)))

    def _alike(self, chosen: int) -> Alike:
        return Alike(tuple(self._chosen(chosen, self.sides)))

    def _of_size(self, size: int, smaller: Sequence[int]) -> Iterator[int]:
        """The sets of this size that are in conflict and contain none of the `smaller` sets."""
        waiting = [(0, size, self.full, list(range(len(self.sides))))]
        while waiting:
            chosen, missing, left, allowed = waiting.pop()
            self.steps.spend(self.cell, 1 + (len(allowed) + len(smaller)) // 8)
            if any(not fewer & ~chosen for fewer in smaller):
                continue
            if not missing:
                if self._in_conflict(chosen):
                    yield chosen
                continue
            next_ones = self._covering(left, allowed, last=missing == 1)
            # A side used in one branch is left out of the later ones, so that each set occurs once.
            for place, number in enumerate(next_ones):
                taken = {*next_ones[: place + 1]}
                rest = [one for one in allowed if one not in taken]
                left_then = left & ~self.coverable[number]
                waiting.append((chosen | 1 << number, missing - 1, left_then, rest))

    def _covering(self, left: int, allowed: Sequence[int], last: bool) -> list[int]:
        """The sides that may come next: if outcomes are left to cover, those covering the first."""
        if not left:
            return list(allowed) if self.conditional else []
        wanted = left if last else left & -left
        return [one for one in allowed if not wanted & ~self.coverable[one]]

    def _in_conflict(self, chosen: int) -> bool:
        left = self.full
        for ruled_out in self._chosen(chosen, self.ruled_out):
            left &= ~ruled_out
        if not left or not self.conditional:
            return not left
        parties = tuple(side[0] for side in self._chosen(chosen, self.sides))
        if len(parties) <= _OFTEN:
            return self.common.among(parties).value(self.cell) is Truth.FALSE
        return Common(self.table, parties).value(self.cell) is Truth.FALSE

    def _chosen(self, chosen: int, things: Sequence[T]) -> Iterator[T]:
        while chosen:
            number = (chosen & -chosen).bit_length() - 1
            chosen &= chosen - 1
            yield things[number]


def _alike_here(common: Common, cell: Cell) -> list[tuple[str, ...]]:
    """The parties that rule out an outcome of a cell, with those of the same stance together."""
    sides: dict[Stance, list[str]] = {}
    for party in common.parties:
        stance = common.table.stance(party, cell)
        if stance.no:
            sides.setdefault(stance, []).append(party)
    return [tuple(parties) for parties in sides.values()]
