"""The most even sums of the choices in all parts: the largest total first, then the next.

Sums are built part by part. One is dropped if, whatever is still to come, it must end up worse than
packages that are known; these are found first, among few.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from operator import add
from typing import NamedTuple

from claimpos.deals.choices import Totals
from claimpos.deals.clock import Clock
from claimpos.deals.elimination import Part, undominated

_MOST_SUMS = 20_000
_FEW = 300
_PAIRS = 3
_PAIRED = 100

Rank = tuple[list[int], list[int]]
"""What packages are compared by: red lines, if these come first, and the totals from the top."""


class _Rest(NamedTuple):
    """What some parts come to: each total at least and at most; at least all totals together, and
    those of some pairs of parties."""

    least: Totals
    most: Totals
    together: int
    pairs: Mapping[tuple[int, int], int]


class EvenSums:
    """A search for the most even sums.

    Totals are those of `parties`, then, if more are `counted`, what comes first: red lines.
    `proved` tells whether nothing was left out on the way; the largest total is at least `bound`.
    """

    def __init__(self, parts: Iterable[Part], parties: int, counted: int, clock: Clock) -> None:
        self.parties = parties
        self.counted = counted
        self.parts = sorted(parts, key=_weight, reverse=True)
        self.clock = clock
        self.proved = all(part.complete for part in self.parts)
        self.bound = 0
        self.pairs: list[tuple[int, int]] = []

    def rank(self, totals: Totals) -> Rank:
        """What is compared: red lines if they come first, then the totals from the top."""
        own, red = totals[: self.parties], totals[self.parties :]
        return list(red), sorted(own, reverse=True)

    def layers(self) -> list[dict[Totals, int]]:
        """After each part, the sums that may be best, with their points of high priority."""
        self.pairs = self._heaviest_pairs()
        rest = self._rest()
        good = self._good(rest)
        proved, self.proved = self.proved, True
        layers = self._summed(rest, good, _MOST_SUMS)
        self.proved = self.proved and proved
        return layers

    def _good(self, rest: Sequence[_Rest]) -> Rank | None:
        """The rank of good packages, found among few; None if there are none.

        Totals are allowed to be larger and larger until something is found.
        """
        start = rest[0]
        pair = max((start.pairs[one] for one in self.pairs), default=0)
        largest = max(
            -(-pair // 2), -(-start.together // self.parties), *start.least[: self.parties]
        )
        self.bound = largest if self.proved else 0
        most = max(start.most[: self.parties])
        while largest < most and self.counted == self.parties:
            few = self._summed(rest, ([], [largest] * self.parties), _FEW)
            if few[-1]:
                return min(map(self.rank, few[-1]))
            largest += 1
        return min(map(self.rank, self._summed(rest, None, _FEW)[-1]), default=None)

    def _rest(self) -> list[_Rest]:
        """What the parts after each part come to."""
        nothing = (0,) * self.counted
        rest = [_Rest(nothing, nothing, 0, dict.fromkeys(self.pairs, 0))]
        for part in reversed(self.parts):
            left, choices = rest[-1], list(part.choices) or [nothing]
            columns = list(zip(*choices, strict=True))
            rest.append(
                _Rest(
                    tuple(map(add, left.least, map(min, columns))),
                    tuple(map(add, left.most, map(max, columns))),
                    left.together + min(sum(one[: self.parties]) for one in choices),
                    {pair: left.pairs[pair] + _together(choices, *pair) for pair in self.pairs},
                )
            )
        return rest[::-1]

    def _heaviest_pairs(self) -> list[tuple[int, int]]:
        """A few pairs of parties whose totals together are at least the most.

        Of many parties, they are looked for among those whose own totals are at least the most.
        """
        parts = [list(part.choices) for part in self.parts if part.choices]
        least = [0] * self.parties
        for choices in parts:
            least = list(map(add, least, map(min, zip(*choices, strict=True))))
        some = sorted(heapq.nlargest(_PAIRED, range(self.parties), key=least.__getitem__))
        pairs = dict.fromkeys(combinations(some, 2), 0)
        for choices in self.clock.checked(parts):
            for pair in pairs:
                pairs[pair] += _together(choices, *pair)
        return heapq.nlargest(_PAIRS, pairs, key=pairs.__getitem__)

    def _summed(
        self,
        rest: Sequence[_Rest],
        ranked: Rank | None,
        most: int,
    ) -> list[dict[Totals, int]]:
        layers: list[dict[Totals, int]] = [{(0,) * self.counted: 0}]
        for part, left in zip(self.parts, rest[1:], strict=True):
            self.clock.check()
            sums: dict[Totals, int] = {}
            for (totals, high), (more, choices) in product(
                layers[-1].items(), part.choices.items()
            ):
                one = tuple(map(add, totals, more))
                important = high + choices.important
                if one not in sums or important < sums[one]:
                    sums[one] = important
            layers.append(self._pruned(sums, left, ranked, most))
        return layers

    def _pruned(
        self,
        sums: dict[Totals, int],
        left: _Rest,
        ranked: Rank | None,
        most: int,
    ) -> dict[Totals, int]:
        self.clock.check()
        hopeful = [one for one in sums if ranked is None or self._may_be(one, left, ranked)]
        if len(hopeful) <= _FEW:
            hopeful = undominated(hopeful)
        if len(hopeful) > most:
            self.proved = False
            hopeful.sort(key=lambda one: self.rank(tuple(map(add, one, left.least))))
            hopeful = hopeful[:most]
        return {one: sums[one] for one in hopeful}

    def _may_be(self, totals: Totals, left: _Rest, ranked: Rank) -> bool:
        """Whether a sum can still become no worse than a known one."""
        at_least = tuple(map(add, totals, left.least))
        at_best = self.rank(at_least)
        if at_best > ranked or at_best[0] < ranked[0]:
            return at_best < ranked
        largest, *others = ranked[1]
        together = max(largest + others[0], 2 * (largest - 1))
        if any(
            totals[one] + totals[other] + left.pairs[one, other] > together
            for one, other in self.pairs
        ):
            return False
        own = zip(totals[: self.parties], left.most, strict=False)
        return sum(min(largest - one, more) for one, more in own) >= left.together

    def used(
        self, layers: Sequence[dict[Totals, int]], chosen: Iterable[Totals]
    ) -> list[dict[Totals, set[Totals]]]:
        """For each part, from which sums which of its choices lead on to the best sums."""
        used: list[dict[Totals, set[Totals]]] = []
        wanted = {one: layers[-1][one] for one in chosen}
        for part, before in zip(reversed(self.parts), layers[-2::-1], strict=True):
            steps: dict[Totals, set[Totals]] = {}
            for (totals, high), (more, choices) in product(before.items(), part.choices.items()):
                if wanted.get(tuple(map(add, totals, more))) == high + choices.important:
                    steps.setdefault(totals, set()).add(more)
            used.append(steps)
            wanted = {totals: before[totals] for totals in steps}
        return used[::-1]


def _together(choices: Iterable[Totals], one: int, other: int) -> int:
    """What two parties' totals together are at least."""
    return min(totals[one] + totals[other] for totals in choices)


def _weight(part: Part) -> tuple[int, int]:
    """How much is at stake in a part: the largest single difference, and among how many choices."""
    columns = zip(*part.choices, strict=True)
    return max((max(column) - min(column) for column in columns), default=0), len(part.choices)
