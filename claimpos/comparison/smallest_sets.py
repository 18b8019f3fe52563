"""Finds the smallest sets of members that can change a result by changing their votes."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import comb, prod
from typing import NamedTuple

from claimpos.comparison.effort import Effort

_MOST_STEPS = 20_000
"""The most steps of one search; each looks at the movers left, in each sum."""

_LOOKS_A_STEP = 200
"""How many of them, times sums, take one more step."""

_MOST_SETS = 4

Shape = int | tuple[bool, tuple["Shape", ...]]
"""The index of a sum that must be reached, or several shapes of which all (True) or any must be."""


class Sets(NamedTuple):
    """The smallest sets of members that can change a result.

    Attributes:
        size: How many members it takes; None if no number is enough.
        named: All sets of this size; none of them, if there are too many.
        exact: Whether the search was completed; if not, it takes at least `size` members.
    """

    size: int | None
    named: tuple[tuple[str, ...], ...] = ()
    exact: bool = True


def smallest_sets(
    movers: Sequence[str],
    shape: Shape,
    lacking: Sequence[int],
    gains: Sequence[Sequence[int]],
    effort: Effort,
) -> Sets:
    """The smallest sets of movers that add enough to some sums.

    Args:
        movers: The members who may change their votes.
        shape: Which of the sums must be reached.
        lacking: What each sum lacks.
        gains: What each mover adds to each sum, in the order of sums and movers; never negative.
        effort: What counts the steps; where none are left, the search is not completed.
    """
    search = _Smallest(movers, shape, lacking, gains, min(_MOST_STEPS, effort.left_for_votes))
    found = search.sets()
    effort.spend_on_vote(search.steps)
    return found


class _Choice(NamedTuple):
    """How many movers are taken of each of the first classes; what that leaves to take, and lacks.

    There may be as many classes as parties, so that no function calls itself for each.
    """

    left: int
    lacking: Sequence[int]
    taken: tuple[int, ...]


class _Smallest:
    """The search for the smallest sets of movers with enough gains in the sums that matter."""

    def __init__(
        self,
        movers: Sequence[str],
        shape: Shape,
        lacking: Sequence[int],
        gains: Sequence[Sequence[int]],
        most_steps: int,
    ) -> None:
        self.movers = movers
        self.shape = shape
        self.lacking = lacking
        alike: dict[tuple[int, ...], list[int]] = {}
        for at in range(len(movers)):
            alike.setdefault(tuple(gain[at] for gain in gains), []).append(at)
        # Movers who add more come first; those who add the same form one class.
        self.classes = sorted(alike.items(), key=lambda one: (-sum(one[0]), one[0]))
        # For each sum, what one mover of each class adds, the most first; the place of the class;
        # how many movers it has.
        self.by_gain = [
            sorted(
                ((gains[at], place, len(some)) for place, (gains, some) in enumerate(self.classes)),
                reverse=True,
            )
            for at in range(len(lacking))
        ]
        self.steps = 0
        self.most_steps = most_steps

    def sets(self) -> Sets:
        size = self._at_least()
        if size is None:
            return Sets(None)
        while size <= len(self.movers):
            found = self._of_size(size)
            if self.steps > self.most_steps and not found:
                return Sets(size, (), exact=False)
            if found:
                return Sets(size, self._named(found))
            size += 1
        return Sets(None)

    def _at_least(self) -> int | None:
        """A lower bound for the size, from each sum alone; None if all movers are not enough."""

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
        """How many movers it takes to reach one sum; None if all of them are not enough."""
        lacking, number = self.lacking[at], 0
        for gain, _, some in self.by_gain[at]:
            if lacking <= 0:
                break
            if gain <= 0:
                return None
            taken = min(some, -(-lacking // gain))
            lacking -= taken * gain
            number += taken
        return number if lacking <= 0 else None

    def _of_size(self, size: int) -> list[tuple[int, ...]]:
        """The first few sets of this size that are enough, as numbers of movers of each class."""
        found: list[tuple[int, ...]] = []
        enough = _MOST_SETS if size > 1 else len(self.classes)

        waiting = [iter([_Choice(size, self.lacking, ())])]
        while waiting and len(found) <= enough:
            one = next(waiting[-1], None)
            if one is None:
                waiting.pop()
                continue
            place = len(one.taken)
            left_here = len(self.classes) - place
            self.steps += 1 + len(self.lacking) * left_here // _LOOKS_A_STEP
            if self.steps > self.most_steps:
                break
            if not self._possible(place, one.left, one.lacking):
                continue
            if one.left == 0:
                found.append(one.taken + (0,) * left_here)
            elif left_here:
                waiting.append(self._following(one))
        return found

    def _following(self, one: _Choice) -> Iterator[_Choice]:
        """The same with some of the next class taken as well: as many as there are, then fewer."""
        gains, some = self.classes[len(one.taken)]
        for number in range(min(one.left, len(some)), -1, -1):
            rest = [need - number * gain for need, gain in zip(one.lacking, gains, strict=True)]
            yield _Choice(one.left - number, rest, (*one.taken, number))

    def _possible(self, place: int, left: int, lacking: Sequence[int]) -> bool:
        """Whether `left` movers of the classes from `place` on could add what is lacking."""

        def most(at: int) -> int:
            total, room = 0, left
            for gain, where, number in self.by_gain[at]:
                if where < place:
                    continue
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
        """All sets by the movers' names; none, if there are too many."""
        number = sum(
            prod(comb(len(some), taken) for taken, (_, some) in zip(row, self.classes, strict=True))
            for row in found
        )
        most = len(self.movers) if sum(found[0]) == 1 else _MOST_SETS
        if number > most or self.steps > self.most_steps:
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
