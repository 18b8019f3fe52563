"""The smallest sets of members whose change of vote is enough."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from math import comb, prod

from claimpos.records import NamedTuple

_MOST_STEPS = 20_000
_MOST_SETS = 4

Shape = int | tuple[bool, tuple["Shape", ...]]
"""The number of a sum, or all or any of several; for a defeat, all and any change places."""


class Sets(NamedTuple):
    """The smallest sets of members that bring something about.

    `size` is None if no set does. `named` are all of them, or none if they are too many. With
    `exact` false the search was given up: smaller sets are ruled out, sets of `size` are not found.
    """

    size: int | None
    named: tuple[tuple[str, ...], ...] = ()
    exact: bool = True


def smallest_sets(
    movers: Sequence[str], shape: Shape, lacking: Sequence[int], gains: Sequence[Sequence[int]]
) -> Sets:
    """The smallest sets of movers with enough gains in all, or any, of some sums.

    `lacking` is what each sum lacks, and `gains` what each mover adds to it, none of it negative.
    """
    return _Smallest(movers, shape, lacking, gains).sets()


class _Smallest:
    """The search for the smallest sets of movers with enough gains in the sums that matter."""

    def __init__(
        self,
        movers: Sequence[str],
        shape: Shape,
        lacking: Sequence[int],
        gains: Sequence[Sequence[int]],
    ) -> None:
        self.movers = movers
        self.shape = shape
        self.lacking = lacking
        alike: dict[tuple[int, ...], list[int]] = {}
        for at in range(len(movers)):
            alike.setdefault(tuple(gain[at] for gain in gains), []).append(at)
        # Those who add more come first; those who add the same are kept together.
        self.classes = sorted(alike.items(), key=lambda one: (-sum(one[0]), one[0]))
        self.steps = 0

    def sets(self) -> Sets:
        size = self._at_least()
        if size is None:
            return Sets(None)
        while size <= len(self.movers):
            found = self._of_size(size)
            if self.steps > _MOST_STEPS and not found:
                return Sets(size, (), exact=False)
            if found:
                return Sets(size, self._named(found))
            size += 1
        return Sets(None)

    def _at_least(self) -> int | None:
        """A lower bound from each sum by itself; None if all movers together are not enough."""

        def least(shape: Shape) -> int | None:
            if isinstance(shape, int):
                return self._alone(shape)
            every, parts = shape
            values = [least(part) for part in parts]
            known = [value for value in values if value is not None]
            if every:
                return max(known, default=0) if len(known) == len(values) else None
            return min(known, default=None)

        return least(self.shape)

    def _alone(self, at: int) -> int | None:
        """How many movers one sum takes, those who add most to it first; None if all fall short."""
        lacking, number = self.lacking[at], 0
        for gains, some in sorted(self.classes, key=lambda one: -one[0][at]):
            if lacking <= 0:
                break
            if gains[at] <= 0:
                return None
            taken = min(len(some), -(-lacking // gains[at]))
            lacking -= taken * gains[at]
            number += taken
        return number if lacking <= 0 else None

    def _of_size(self, size: int) -> list[tuple[int, ...]]:
        """The first few sets of this size that are enough, as numbers of movers from each class."""
        found: list[tuple[int, ...]] = []
        enough = _MOST_SETS if size > 1 else len(self.classes)

        def go(place: int, left: int, lacking: Sequence[int], taken: tuple[int, ...]) -> None:
            self.steps += 1
            if self.steps > _MOST_STEPS or len(found) > enough:
                return
            if not self._possible(place, left, lacking):
                return
            if left == 0 or place == len(self.classes):
                if left == 0:
                    found.append(taken + (0,) * (len(self.classes) - len(taken)))
                return
            gains, some = self.classes[place]
            for number in range(min(left, len(some)), -1, -1):
                rest = [need - number * gain for need, gain in zip(lacking, gains, strict=True)]
                go(place + 1, left - number, rest, (*taken, number))

        go(0, size, self.lacking, ())
        return found

    def _possible(self, place: int, left: int, lacking: Sequence[int]) -> bool:
        """Whether the movers not yet considered could add enough."""

        def most(at: int) -> int:
            total, room = 0, left
            for gain, number in sorted(
                ((gains[at], len(some)) for gains, some in self.classes[place:]), reverse=True
            ):
                taken = min(number, room)
                total, room = total + taken * gain, room - taken
                if not room:
                    break
            return total

        def could(shape: Shape) -> bool:
            if isinstance(shape, int):
                return lacking[shape] <= 0 or most(shape) >= lacking[shape]
            every, parts = shape
            return (all if every else any)(map(could, parts))

        return could(self.shape)

    def _named(self, found: Sequence[tuple[int, ...]]) -> tuple[tuple[str, ...], ...]:
        """The sets by name, if they are few."""
        number = sum(
            prod(comb(len(some), taken) for taken, (_, some) in zip(row, self.classes, strict=True))
            for row in found
        )
        most = len(self.movers) if sum(found[0]) == 1 else _MOST_SETS
        if number > most or self.steps > _MOST_STEPS:
            return ()
        sets = []
        for row in found:
            choices = [
                combinations(some, taken)
                for taken, (_, some) in zip(row, self.classes, strict=True)
            ]
            for chosen in product(*choices):
                sets.append(sorted(at for some in chosen for at in some))
        return tuple(tuple(self.movers[at] for at in one) for one in sorted(sets))
