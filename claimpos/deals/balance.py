"""Balanced packages: what parties give is as even as can be, the largest total first.

The largest total that any party gives is as small as possible, then the next largest, and so on;
of equals, those with the fewest points of high priority given. Who gives where is a pattern: with
several balanced patterns no package is the balanced one.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations, product
from operator import add, and_, or_
from typing import NamedTuple

from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.elimination import Part, Totals, Values, parts_of, undominated
from claimpos.deals.packages import Packages, parted
from claimpos.deals.points import Giving, Point
from claimpos.deals.problem import Problem
from claimpos.dossier.model import Cell

_MOST_SUMS = 20_000
_FEW = 300
_PAIRS = 3

_Rank = tuple[list[int], list[int]]
"""What packages are compared by: red lines, if these come first, and the totals from the top."""


class Range(NamedTuple):
    """The least and the most of a count among several packages."""

    least: int
    most: int


class Concession(NamedTuple):
    """A party that gives at a point: in every balanced pattern, or in some."""

    party: str
    point: Point
    always: bool


class Balanced(NamedTuple):
    """The balanced packages of a search.

    What parties give is counted in halves: `totals` by party, `from_the_top` the largest first.
    `patterns` are counted, all of them if `counted`. `shared` are the cells that have the same
    outcomes in all patterns. `packages` are there if there is one pattern only. `bound` is the
    least that the largest total is proved to be, in halves. Without any package, `totals` is empty.
    """

    totals: Mapping[str, Range]
    from_the_top: tuple[int, ...]
    high: int
    red_lines: Mapping[str, Range]
    patterns: int
    counted: bool
    shared: Mapping[Cell, int]
    concessions: tuple[Concession, ...]
    packages: Packages | None
    points: int
    proved: bool
    bound: int


def balanced(problem: Problem, clock: Clock, keep_red_lines: bool = False) -> Balanced:
    """The balanced packages; out of time, nothing but what the largest total is at least.

    With `keep_red_lines` packages that give up the fewest red lines come first.
    """
    giving = Giving(problem, keep_red_lines)
    bound = _bound(giving)
    try:
        parts = parts_of(giving.domains, giving.factors(), giving.counted, clock)
        return _Balance(giving, parts, bound, clock).result()
    except OutOfTime:
        points = len(giving.points)
        return Balanced({}, (), 0, {}, 0, False, {}, (), None, points, False, bound)


class _Rest(NamedTuple):
    """What some parts come to: each total at least and at most; at least all totals together, and
    those of two parties."""

    least: Totals
    most: Totals
    together: int
    pairs: Mapping[tuple[int, int], int]


class _Sum(NamedTuple):
    """Choices in some parts with the same totals: how many patterns, and their red lines."""

    patterns: int
    least: tuple[int, ...]
    most: tuple[int, ...]


class _Balance:
    """The best sums of the choices in all parts."""

    def __init__(self, giving: Giving, parts: Iterable[Part], bound: int, clock: Clock) -> None:
        self.giving = giving
        self.parties = len(giving.problem.parties)
        self.parts = sorted(parts, key=_weight, reverse=True)
        self.bound = bound
        self.clock = clock
        self.proved = all(part.complete for part in self.parts)

    def rank(self, totals: Totals) -> _Rank:
        """What is compared: red lines if they come first, then the totals from the top."""
        own, red = totals[: self.parties], totals[self.parties :]
        return list(red), sorted(own, reverse=True)

    def result(self) -> Balanced:
        """Raises OutOfTime."""
        layers = self._layers()
        ends = layers[-1]
        if not ends:
            return Balanced(
                {},
                (),
                0,
                {},
                0,
                True,
                {},
                (),
                None,
                len(self.giving.points),
                self.proved,
                self.bound,
            )
        best = min((self.rank(totals), high) for totals, high in ends.items())
        chosen = [one for one, high in ends.items() if (self.rank(one), high) == best]
        used = self._used(layers, chosen)
        return self._described(best[0][1], best[1], chosen, used)

    def _layers(self) -> list[dict[Totals, int]]:
        """After each part, the sums that may be best, with their points of high priority."""
        rest = self._rest()
        good = self._good(rest)
        proved, self.proved = self.proved, True
        layers = self._summed(rest, good, _MOST_SUMS)
        self.proved = self.proved and proved
        return layers

    def _good(self, rest: Sequence[_Rest]) -> _Rank | None:
        """The rank of good packages, found among few; None if there are none.

        Totals are allowed to be larger and larger until something is found.
        """
        start = rest[0]
        pair = max((start.pairs[one] for one in self.pairs), default=0)
        largest = max(
            -(-pair // 2), -(-start.together // self.parties), *start.least[: self.parties]
        )
        most = max(start.most[: self.parties])
        while largest < most and not self.giving.keep_red_lines:
            few = self._summed(rest, ([], [largest] * self.parties), _FEW)
            if few[-1]:
                return min(map(self.rank, few[-1]))
            largest += 1
        return min(map(self.rank, self._summed(rest, None, _FEW)[-1]), default=None)

    def _rest(self) -> list[_Rest]:
        """What the parts after each part come to."""
        pairs = list(combinations(range(self.parties), 2))
        nothing = (0,) * self.giving.counted
        rest = [_Rest(nothing, nothing, 0, dict.fromkeys(pairs, 0))]
        for part in reversed(self.parts):
            left, choices = rest[-1], list(part.choices) or [nothing]
            columns = list(zip(*choices, strict=True))
            rest.append(
                _Rest(
                    tuple(map(add, left.least, map(min, columns))),
                    tuple(map(add, left.most, map(max, columns))),
                    left.together + min(sum(one[: self.parties]) for one in choices),
                    {
                        (one, other): known + min(totals[one] + totals[other] for totals in choices)
                        for (one, other), known in left.pairs.items()
                    },
                )
            )
        self.pairs = heapq.nlargest(_PAIRS, pairs, key=rest[-1].pairs.__getitem__)
        return rest[::-1]

    def _summed(
        self,
        rest: Sequence[_Rest],
        ranked: _Rank | None,
        most: int,
    ) -> list[dict[Totals, int]]:
        layers: list[dict[Totals, int]] = [{(0,) * self.giving.counted: 0}]
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
        ranked: _Rank | None,
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

    def _may_be(self, totals: Totals, left: _Rest, ranked: _Rank) -> bool:
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

    def _used(
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

    def _described(
        self,
        from_the_top: Sequence[int],
        high: int,
        chosen: Sequence[Totals],
        used: Sequence[dict[Totals, set[Totals]]],
    ) -> Balanced:
        parties = self.giving.problem.parties
        parts = [
            _Alternatives(self.giving, part, set().union(*steps.values()))
            for part, steps in zip(self.parts, used, strict=True)
        ]
        ends = self._counted(parts, used)
        sums = [ends[one] for one in chosen]
        totals = {
            party: Range(min(column), max(column))
            for party, column in zip(parties, zip(*chosen, strict=True), strict=False)
        }
        reds = {
            party: Range(min(one.least[at] for one in sums), max(one.most[at] for one in sums))
            for at, party in enumerate(parties)
        }
        patterns = sum(one.patterns for one in sums)
        counted = self.proved and all(part.counted for part in parts)
        packages = None
        if patterns == 1 and counted:
            packages = _packages(self.giving, parts, self.clock)
        shared = {cell: mask for part in parts for cell, mask in part.shared().items()}
        return Balanced(
            totals,
            tuple(from_the_top),
            high,
            reds,
            patterns,
            counted,
            {cell: shared[cell] for cell in self.giving.problem.domains if cell in shared},
            tuple(self._concessions(parts)),
            packages,
            len(self.giving.points),
            self.proved,
            from_the_top[0] if self.proved else self.bound,
        )

    def _counted(
        self, parts: Sequence[_Alternatives], used: Sequence[dict[Totals, set[Totals]]]
    ) -> dict[Totals, _Sum]:
        """The sums that lead to the best ones, in the end these, with their patterns counted."""
        nothing = (0,) * len(self.giving.problem.parties)
        sums = {(0,) * self.giving.counted: _Sum(1, nothing, nothing)}
        for part, steps in zip(parts, used, strict=True):
            self.clock.check()
            known = {more: part.sum_of(more) for more in set().union(*steps.values())}
            following: dict[Totals, _Sum] = {}
            for totals, choices in steps.items():
                for more in choices:
                    end = tuple(map(add, totals, more))
                    added = _one_after_another(sums[totals], known[more])
                    following[end] = _either(following[end], added) if end in following else added
            sums = following
        return sums

    def _concessions(self, parts: Iterable[_Alternatives]) -> Iterator[Concession]:
        """Who gives where, in the order of the agenda and of the parties."""
        some = reduce(or_, (part.some for part in parts), 0)
        always = reduce(or_, (part.always for part in parts), 0)
        sure = {(party, point) for party, point in self.giving.gives(always)}
        for party, point in self.giving.gives(some):
            yield Concession(party, point, (party, point) in sure)


class _Alternatives:
    """What the balanced patterns may be in one part."""

    def __init__(self, giving: Giving, part: Part, totals: Iterable[Totals]) -> None:
        self.giving = giving
        self.variables = part.variables
        self.choices = {one: part.choices[one] for one in sorted(totals)}
        patterns = [bits for choices in self.choices.values() for bits in choices.patterns]
        self.some = reduce(or_, patterns)
        self.always = reduce(and_, patterns)
        self.counted = all(choices.complete for choices in self.choices.values())

    def sum_of(self, totals: Totals) -> _Sum:
        """How many patterns have these totals, and the red lines given up in them."""
        choices = self.choices[totals]
        reds = [
            self.giving.red_lines(self.variables, self._package(row))
            for best in choices.patterns.values()
            for row in best.rows
        ]
        columns = list(zip(*reds, strict=True))
        least, most = tuple(map(min, columns)), tuple(map(max, columns))
        return _Sum(len(choices.patterns), least, most)

    def _package(self, row: Values) -> dict[Cell, int]:
        return self.giving.package(self.variables, row)

    def shared(self) -> dict[Cell, int]:
        """The cells with the same outcomes in every pattern, and these outcomes."""
        by_pattern = [
            [reduce(or_, column) for column in zip(*best.rows, strict=True)]
            for choices in self.choices.values()
            for best in choices.patterns.values()
        ]
        return {
            cell: column[0]
            for variable, column in zip(self.variables, zip(*by_pattern, strict=True), strict=True)
            if len(set(column)) == 1
            for cell in self.giving.points[variable].cells
        }

    def rows(self) -> tuple[list[dict[Cell, int]], bool]:
        """The packages of the only pattern, and whether these are all."""
        ((best,),) = (choices.patterns.values() for choices in self.choices.values())
        return [self._package(row) for row in best.rows], best.complete


def _packages(giving: Giving, parts: Iterable[_Alternatives], clock: Clock) -> Packages:
    """The packages of the only pattern."""
    fixed: dict[Cell, int] = {}
    free: dict[Cell, tuple[int, ...]] = {}
    linked = []
    for part in parts:
        rows, complete = part.rows()
        cells = tuple(rows[0])
        varying = tuple(cell for cell in cells if len({row[cell] for row in rows}) > 1)
        fixed |= {cell: rows[0][cell] for cell in cells if cell not in varying}
        if varying:
            some = [tuple(row[cell] for cell in varying) for row in rows]
            apart, together = parted(varying, some, complete, giving.problem.domains, clock)
            free |= apart
            linked += together
    domains = giving.problem.domains
    return Packages(
        {cell: fixed[cell] for cell in domains if cell in fixed},
        {cell: free[cell] for cell in domains if cell in free},
        tuple(linked),
    )


def _one_after_another(one: _Sum, other: _Sum) -> _Sum:
    return _Sum(
        one.patterns * other.patterns,
        tuple(map(add, one.least, other.least)),
        tuple(map(add, one.most, other.most)),
    )


def _either(one: _Sum, other: _Sum) -> _Sum:
    return _Sum(
        one.patterns + other.patterns,
        tuple(map(min, one.least, other.least)),
        tuple(map(max, one.most, other.most)),
    )


def _bound(giving: Giving) -> int:
    """What the largest total is at least, in halves, without any search.

    Each point taken alone, somebody must give so much; at the best all give alike.
    """
    least = sum(
        min((giving.least(point, outcome) for outcome in point.outcomes), default=0)
        for point in giving.points
    )
    return -(-least // len(giving.problem.parties))


def _weight(part: Part) -> tuple[int, int]:
    """How much is at stake in a part: the largest single difference, and among how many choices."""
    columns = zip(*part.choices, strict=True)
    return max((max(column) - min(column) for column in columns), default=0), len(part.choices)
