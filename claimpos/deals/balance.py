"""Balanced packages: what parties give is as even as can be, the largest total first.

The largest total that any party gives is as small as possible, then the next largest, and so on;
of equals, those with the fewest points of high priority given. Who gives where, and how much there,
is a pattern: with several balanced patterns no package is the balanced one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add, and_, or_
from typing import NamedTuple

from claimpos.deals.choices import Best, Totals, Values
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.elimination import Part, parts_of
from claimpos.deals.even_sums import EvenSums
from claimpos.deals.packages import Packages, Rows, packages_from
from claimpos.deals.points import Giving, Point
from claimpos.deals.problem import Problem
from claimpos.dossier.model import Cell


class CountRange(NamedTuple):
    """The least and the most of a count among several packages."""

    least: int
    most: int


class BalancedConcession(NamedTuple):
    """A party that gives at a point: in every balanced pattern, or in some."""

    party: str
    point: Point
    always: bool


class Balanced(NamedTuple):
    """The balanced packages of a search.

    What parties give is counted in halves: `totals` by party, `from_the_top` the largest first.
    Without `proved`, there were too many combinations or, if not `in_time`, time ran out.
    `patterns` are counted, all of them if `counted`. `shared` are the cells that have the same
    outcomes in all patterns. `packages` are there if there is one pattern only. `bound` is the
    least that the largest total is proved to be, in halves. Without any package, `totals` is empty.
    """

    totals: Mapping[str, CountRange]
    from_the_top: tuple[int, ...]
    high: int
    red_lines: Mapping[str, CountRange]
    patterns: int
    counted: bool
    shared: Mapping[Cell, int]
    concessions: tuple[BalancedConcession, ...]
    packages: Packages | None
    points: int
    proved: bool
    bound: int
    keep_red_lines: bool = False
    in_time: bool = True


def balanced(problem: Problem, clock: Clock, keep_red_lines: bool = False) -> Balanced:
    """The balanced packages; out of time, nothing but what the largest total is at least.

    With `keep_red_lines` packages that give up the fewest red lines come first.
    """
    giving = Giving(problem, keep_red_lines)
    bound = _bound(giving, clock)
    try:
        cells = [point.cells for point in giving.points]
        budget = problem.budget(cells, giving.domains)
        parts = parts_of(
            giving.domains, giving.factors(), giving.counted, clock, budget, giving.helpers
        )
        found = _Balance(giving, parts, bound, clock).result()
        return found._replace(keep_red_lines=keep_red_lines)
    except OutOfTime:
        points = len(giving.points)
        return Balanced({}, (), 0, {}, 0, False, {}, (), None, points, False, bound, in_time=False)


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
        self.sums = EvenSums(parts, self.parties, giving.counted, clock)
        self.parts = self.sums.parts
        self.bound = bound
        self.clock = clock

    def result(self) -> Balanced:
        """Raises OutOfTime."""
        layers = self.sums.layers()
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
                self.sums.proved,
                self.bound,
            )
        best = min((self.sums.rank(totals), high) for totals, high in ends.items())
        chosen = [one for one, high in ends.items() if (self.sums.rank(one), high) == best]
        used = self.sums.used(layers, chosen)
        return self._described(best[0][1], best[1], chosen, used)

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
            party: CountRange(min(column), max(column))
            for party, column in zip(parties, zip(*chosen, strict=True), strict=False)
        }
        reds = {
            party: CountRange(min(one.least[at] for one in sums), max(one.most[at] for one in sums))
            for at, party in enumerate(parties)
        }
        patterns = sum(one.patterns for one in sums)
        counted = self.sums.proved and all(part.counted for part in parts)
        packages = None
        if patterns == 1 and counted:
            rows = (part.rows() for part in parts)
            packages = packages_from(rows, self.giving.problem.domains, self.clock)
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
            self.sums.proved,
            from_the_top[0] if self.sums.proved else max(self.bound, self.sums.bound),
        )

    def _counted(
        self, parts: "Sequence[_Alternatives]", used: Sequence[dict[Totals, set[Totals]]]
    ) -> dict[Totals, _Sum]:
        """The sums that lead to the best ones, in the end these, with their patterns counted."""
        nothing = (0,) * len(self.giving.problem.parties)
        sums = {(0,) * self.giving.counted: _Sum(1, nothing, nothing)}
        for part, steps in zip(parts, used, strict=True):
            self.clock.check()
            known = {more: part.sum_of(more, self.clock) for more in set().union(*steps.values())}
            following: dict[Totals, _Sum] = {}
            for totals, choices in steps.items():
                for more in choices:
                    end = tuple(map(add, totals, more))
                    added = _one_after_another(sums[totals], known[more])
                    following[end] = _either(following[end], added) if end in following else added
            sums = following
        return sums

    def _concessions(self, parts: "Iterable[_Alternatives]") -> Iterator[BalancedConcession]:
        """Who gives where, in the order of the agenda and of the parties."""
        some = reduce(or_, (part.some for part in parts), 0)
        always = reduce(or_, (part.always for part in parts), 0)
        sure = {(party, point) for party, point in self.giving.conceding(always)}
        for party, point in self.giving.conceding(some):
            yield BalancedConcession(party, point, (party, point) in sure)


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

    def sum_of(self, totals: Totals, clock: Clock) -> _Sum:
        """How many patterns have these totals, and the red lines given up in them.

        Raises OutOfTime.
        """
        choices = self.choices[totals]
        reds = [
            reds
            for pattern, best in choices.patterns.items()
            for reds in self._red_lines(pattern, best, clock)
        ]
        columns = list(zip(*reds, strict=True))
        least, most = tuple(map(min, columns)), tuple(map(max, columns))
        return _Sum(len(choices.patterns), least, most)

    def _red_lines(self, pattern: int, best: Best, clock: Clock) -> Iterator[Sequence[int]]:
        """The red lines that each party gives up in packages of a pattern; or what they may be."""
        for row in clock.checked(best.rows):
            yield self.giving.red_lines(self.variables, self._package(row))
        if not best.complete:
            may = Counter(
                party
                for party, point in self.giving.conceding(pattern)
                if self.giving.may_cross(party, point)
            )
            yield [0] * len(self.giving.problem.parties)
            yield [may[party] for party in self.giving.problem.parties]

    def _package(self, row: Values) -> dict[Cell, int]:
        return self.giving.package(self.variables, row)

    def shared(self) -> dict[Cell, int]:
        """The cells with the same outcomes in every pattern, and these outcomes."""
        by_pattern = [
            best.outcomes for choices in self.choices.values() for best in choices.patterns.values()
        ]
        return {
            cell: column[0]
            for variable, column in zip(self.variables, zip(*by_pattern, strict=True), strict=True)
            if len(set(column)) == 1
            for cell in self.giving.points[variable].cells
        }

    def rows(self) -> Rows:
        """The packages of the only pattern."""
        ((best,),) = (choices.patterns.values() for choices in self.choices.values())
        rows = [self._package(row) for row in best.rows]
        return Rows(rows, self._package(best.outcomes), best.complete)


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


def _bound(giving: Giving, clock: Clock) -> int:
    """What the largest total is at least, in halves, without any search.

    Each point taken alone, somebody must give so much; at the best all give alike. Points that
    there is no time for count as if nobody gave anything there.
    """
    least = 0
    for point in giving.points:
        if clock.over:
            break
        least += min((giving.least(point, outcome) for outcome in point.outcomes), default=0)
    return -(-least // len(giving.problem.parties))
