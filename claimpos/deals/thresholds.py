"""Packages that are worth too little by the points that parties state themselves.

What counts is what each party loses, cell by cell, compared with the best that it could have: it
can bear a certain loss and no more. Figures within a range, and cells that a package leaves out,
may turn out in several ways; a package is ruled out if it is worth too little in all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from math import lcm
from operator import add, le
from typing import NamedTuple

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.comparison.votes import Ballot, Vote
from claimpos.deals.elimination import Budget, most_of, summed
from claimpos.deals.problem import worth_on
from claimpos.deals.scored_values import Value, candidates_of, points_on
from claimpos.dossier.model import Cell, DecisionRule, Worth
from claimpos.dossier.outcomes import QuantitySpace

Losses = tuple[int, ...]
"""What each party loses, in parts of a point."""

_MOST_WAYS = 200
_MOST_SUMS = 20_000


class Thresholds(NamedTuple):
    """What parties may lose at most, and what they lose by the outcomes of each cell.

    `at_least` is what each of them asks for, in points. `losses` has the cells of packages: by
    outcome, what may be lost; for 0, what may be lost if the cell is left out. `outside` is what
    may be lost on the cells that no package has, and `at_worst` the most that each may lose there.
    Those who lose too much rule a package out if, by the rule of `ballot`, they can block:
    `by_rule` if it is one of the agenda.
    """

    at_least: Mapping[str, Fraction]
    most: Losses
    losses: Mapping[Cell, Mapping[int, tuple[Losses, ...]]]
    outside: tuple[Losses, ...]
    at_worst: Losses
    ballot: Ballot
    by_rule: bool

    @property
    def are_open(self) -> bool:
        """Whether a package may still be worth too little by what it leaves out."""
        return self.outside != (self.at_worst,)

    def for_sure(self) -> "Thresholds":
        """The same if all that no package has turns out the worst for every party."""
        return self._replace(outside=(self.at_worst,))

    def reduced(self, lost: Losses, to_come: Losses) -> Losses | None:
        """Losses without what no longer matters; None if a package with them is ruled out.

        `to_come` is the most that may be lost besides.
        """
        kept = tuple(
            most + 1 if one > most else 0 if one + more <= most else one
            for one, more, most in zip(lost, to_come, self.most, strict=True)
        )
        return kept if self._are_bearable(kept) else None

    def _are_bearable(self, lost: Losses) -> bool:
        votes: dict[str, Vote] = dict.fromkeys(self.ballot.members, "yes")
        for party, one, most in zip(self.at_least, lost, self.most, strict=True):
            if one > most:
                votes[party] = "no"
        return self.ballot.result(votes) is Truth.TRUE

    def bind(self, domains: Mapping[Cell, Iterable[int]]) -> bool:
        """Whether some package of these outcomes could be worth too little."""
        largest = [
            most_of(each for one in domains[cell] for each in by_outcome[one])
            for cell, by_outcome in self.losses.items()
        ]
        return not self._are_bearable(summed([most_of(self.outside), *largest]))

    def admit(self, package: Mapping[Cell, int]) -> bool:
        """Whether a package, or one of the packages that it leaves open, is worth enough."""
        ways = self.outside
        for cell, by_outcome in self.losses.items():
            ways = _joined(ways, by_outcome[package.get(cell, 0)])
        return any(map(self._are_bearable, ways))

    def budget(
        self, variables: Sequence[Sequence[Cell]], domains: Sequence[Sequence[int]]
    ) -> Budget:
        """The same for variables, each of which stands for cells settled alike; 0 leaves out."""
        uses: dict[int, dict[int, tuple[Losses, ...]]] = {}
        outside = self.outside
        chosen = {cell for cells in variables for cell in cells}
        for cell, by_outcome in self.losses.items():
            if cell not in chosen:
                outside = _joined(outside, by_outcome[0])
        for at, cells in enumerate(variables):
            scored = [cell for cell in cells if cell in self.losses]
            for outcome in domains[at] if scored else ():
                ways: tuple[Losses, ...] = ((0,) * len(self.most),)
                for cell in scored:
                    ways = _joined(ways, self.losses[cell][outcome])
                uses.setdefault(at, {})[outcome] = ways
        return Budget(uses, outside, self.reduced)


def thresholds_of(
    table: PositionTable, domains: Mapping[Cell, Sequence[int]], without: Iterable[str]
) -> Thresholds | None:
    """What parties ask for at least; None if no package of these outcomes can be worth less.

    `without` are issues that no package has, whatever their cells.
    """
    worth = worth_on(table)
    if all(one.at_least is None for one in worth.values()):
        return None
    found = _Reading(table, worth, domains, set(without)).thresholds()
    return found if found.for_sure().bind(domains) else None


class _Reading:
    """The points of those parties that ask for some at least."""

    def __init__(
        self,
        table: PositionTable,
        worth: Mapping[str, Worth],
        domains: Mapping[Cell, Sequence[int]],
        without: set[str],
    ) -> None:
        self.table = table
        self.worth = worth
        self.domains = domains
        self.at_least = {
            party: Fraction(one.at_least)
            for party, one in worth.items()
            if one.at_least is not None
        }
        every = [cell for issue in table.dossier.issues.values() for cell in issue.cells()]
        scored = {cell for one in worth.values() for cell in one.points}
        self.cells = [cell for cell in every if cell in scored]
        self.deciding = Ballots(table, table.parties).common(
            cell for cell in self.cells if cell.issue not in without
        )

    def thresholds(self) -> Thresholds:
        points = {cell: self._points(cell) for cell in self.cells}
        best = [tuple(map(max, zip(*points[cell][0], strict=True))) for cell in self.cells]
        spare = [
            sum((one[at] for one in best), Fraction(0)) - asked
            for at, asked in enumerate(self.at_least.values())
        ]
        scales = _scales(points.values(), spare)

        def losses(cell: Cell, top: tuple[Fraction, ...]) -> dict[int, tuple[Losses, ...]]:
            return {
                outcome: _few(
                    tuple(
                        int((high - own) * scale)
                        for own, high, scale in zip(one, top, scales, strict=True)
                    )
                    for one in some
                )
                for outcome, some in points[cell].items()
            }

        lost_on = {cell: losses(cell, top) for cell, top in zip(self.cells, best, strict=True)}
        nothing = (0,) * len(self.at_least)
        ways: tuple[Losses, ...] = (nothing,)
        worst = nothing
        for cell, top in zip(self.cells, best, strict=True):
            if cell in self.domains:
                continue
            ways = _joined(ways, lost_on[cell][0])
            low = map(min, zip(*points[cell][0], strict=True))
            lost = (int((b - a) * scale) for a, b, scale in zip(low, top, scales, strict=True))
            worst = tuple(map(add, worst, lost))
        return Thresholds(
            self.at_least,
            tuple(int(one * scale) for one, scale in zip(spare, scales, strict=True)),
            {cell: lost_on[cell] for cell in self.cells if cell in self.domains},
            ways,
            worst,
            self.deciding or Ballot(DecisionRule("unanimity"), self.table.parties),
            self.deciding is not None,
        )

    def _points(self, cell: Cell) -> dict[int, list[tuple[Fraction, ...]]]:
        """By outcome of the cell, and for 0 by any of them, what the parties may have there."""
        values = {one: self._values(cell, one) for one in self.domains.get(cell, ())}
        values[0] = (
            [value for some in values.values() for value in some]
            if values
            else candidates_of(self.table.dossier, self.worth.values(), cell, None)
        )

        @cache
        def points(value: Value) -> tuple[Fraction, ...]:
            return tuple(points_on(self.worth[party], cell, value) for party in self.at_least)

        return {one: [*map(points, some)] for one, some in values.items()}

    def _values(self, cell: Cell, outcome: int) -> list[Value]:
        space = self.table.space(cell)
        if not isinstance(space, QuantitySpace):
            return [*space.outcomes(outcome)]
        ranges = space.outcomes(outcome)
        known = candidates_of(self.table.dossier, self.worth.values(), cell, tuple(ranges))
        # Beyond the last value with points they stay what they are, up to an end that does not
        # count itself.
        ends = (end for part in ranges for end in (part.low, part.high) if end is not None)
        return known or [*ends]


def _scales(
    points: Iterable[Mapping[int, Sequence[tuple[Fraction, ...]]]], spare: Sequence[Fraction]
) -> list[int]:
    """By party, what makes all of its points whole."""
    columns = zip(*(one for by in points for some in by.values() for one in some), strict=True)
    return [
        lcm(left.denominator, *(one.denominator for one in own))
        for own, left in zip(columns, spare, strict=True)
    ]


def _joined(ways: Sequence[Losses], more: Sequence[Losses]) -> tuple[Losses, ...]:
    """What may be lost in two places together; only the least of each if the sums are too many."""
    if len(ways) * len(more) > _MOST_SUMS:
        ways, more = [_least_each(ways)], [_least_each(more)]
    return _few(tuple(map(add, one, other)) for one, other in product(ways, more))


def _few(ways: Iterable[Losses]) -> tuple[Losses, ...]:
    """The ways that no other beats: one in which no party loses more, and some party less.

    If there are many, a single one instead: the least that each party may lose, which rules out
    less.
    """
    several = sorted({*ways})
    kept: list[Losses] = []
    for one in several:
        if not any(all(map(le, other, one)) for other in reversed(kept)):
            kept.append(one)
            if len(kept) > _MOST_WAYS:
                return (_least_each(several),)
    return tuple(kept)


def _least_each(ways: Iterable[Losses]) -> Losses:
    return tuple(map(min, zip(*ways, strict=True)))
