"""Packages that are worth too little by the points that parties state themselves.

What counts is what each party loses, cell by cell, compared with the best that it could have: it
can bear a certain loss and no more. Figures within a range, and cells that a package leaves out,
may turn out in several ways; a package is ruled out if it is worth too little in all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, partial, reduce
from itertools import product
from math import floor
from operator import add, le, or_
from typing import NamedTuple

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.comparison.votes import Ballot, Vote
from claimpos.deals.elimination import Budget, most_of, summed
from claimpos.deals.problem import worth_on
from claimpos.deals.scored_values import Candidates, Value, common_denominator, points_on
from claimpos.dossier.model import Cell, DecisionRule, Worth
from claimpos.dossier.outcomes import Number, Outcomes, QuantitySpace

Losses = tuple[int, ...]
"""What each party loses, in parts of a point."""

_MOST_WAYS = 250
_MOST_SUMS = 20_000
_MOST_APART = 2_000
_SOME_WAYS = 16  # of each place, once there are too many to join all


class Ways(NamedTuple):
    """What may be lost: ways of which no other is better for all; perhaps not all of these."""

    losses: tuple[Losses, ...]
    are_all: bool = True


class Thresholds(NamedTuple):
    """What parties may lose at most, and what they lose by the outcomes of each cell.

    `at_least` is what each of them asks for, in points. `losses` has the cells of packages: by
    outcome, what may be lost; for 0, what may be lost if the cell is left out. `outside` is what
    may be lost on each cell that no package has, and `at_worst` the most that each may lose there.
    Those who lose too much rule a package out if, by the rule of `ballot`, they can block:
    `by_rule` if it is one of the agenda. Of `sampled` cells not all is tried that they may turn out
    as, so a package may be ruled out that could be worth enough.
    """

    at_least: Mapping[str, Fraction]
    most: Losses
    losses: Mapping[Cell, Mapping[int, Ways]]
    outside: tuple[Ways, ...]
    at_worst: tuple[Losses, ...]
    ballot: Ballot
    by_rule: bool
    sampled: tuple[Cell, ...] = ()

    @property
    def are_open(self) -> bool:
        """Whether a package may still be worth too little by what it leaves out."""
        pairs = zip(self.outside, self.at_worst, strict=True)
        return any(ways.losses != (worst,) for ways, worst in pairs)

    def for_sure(self) -> "Thresholds":
        """The same if all that no package has turns out the worst for every party."""
        return self._replace(outside=tuple(Ways((worst,)) for worst in self.at_worst))

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
        if all(map(le, lost, self.most)):
            return True
        votes: dict[str, Vote] = dict.fromkeys(self.ballot.members, "yes")
        for party, one, most in zip(self.at_least, lost, self.most, strict=True):
            if one > most:
                votes[party] = "no"
        return self.ballot.result(votes) is Truth.TRUE

    def bind(self, domains: Mapping[Cell, Iterable[int]]) -> bool:
        """Whether some package of these outcomes could be worth too little."""
        largest = [
            most_of(each for one in domains[cell] for each in by_outcome[one].losses)
            for cell, by_outcome in self.losses.items()
        ]
        largest += [most_of(ways.losses) for ways in self.outside]
        return not self._are_bearable(summed([(0,) * len(self.most), *largest]))

    def admit(self, package: Mapping[Cell, int]) -> bool:
        """Whether a package, or one of the packages that it leaves open, is worth enough."""
        inside = [by_outcome[package.get(cell, 0)] for cell, by_outcome in self.losses.items()]
        return any(map(self._are_bearable, self.joined([*self.outside, *inside]).losses))

    def budget(
        self, variables: Sequence[Sequence[Cell]], domains: Sequence[Sequence[int]]
    ) -> Budget:
        """The same for variables, each of which stands for cells settled alike; 0 leaves out."""
        uses: dict[int, dict[int, tuple[Losses, ...]]] = {}
        chosen = {cell for cells in variables for cell in cells}
        left_out = [by[0] for cell, by in self.losses.items() if cell not in chosen]
        outside = self.joined([*self.outside, *left_out])
        complete = outside.are_all
        for at, cells in enumerate(variables):
            scored = [self.losses[cell] for cell in cells if cell in self.losses]
            for outcome in domains[at] if scored else ():
                ways = self.joined(by_outcome[outcome] for by_outcome in scored)
                complete = complete and ways.are_all
                uses.setdefault(at, {})[outcome] = ways.losses
        return Budget(uses, outside.losses, self.reduced, complete)

    def joined(self, several: Iterable[Ways]) -> Ways:
        """What may be lost in several places together, unless it is too much.

        It is not all where the sums are too many.
        """
        joined = Ways(((0,) * len(self.most),))
        for ways in several:
            one, other = joined.losses, ways.losses
            are_all = joined.are_all and len(one) * len(other) <= _MOST_SUMS
            if not are_all:
                one, other = _spread(one, _SOME_WAYS), _spread(other, _SOME_WAYS)
            sums = {tuple(map(add, *pair)) for pair in product(one, other)}
            joined = _few(filter(self._are_bearable, sums))
            if not joined.losses:
                return Ways((min(sums),), are_all)
            joined = joined._replace(are_all=joined.are_all and are_all)
        return joined


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
        self.outside = [cell for cell in self.cells if cell not in domains]
        left: dict[Cell, Outcomes] = {}
        for cell, domain in domains.items():
            space = table.space(cell)
            if not isinstance(space, QuantitySpace):
                left[cell] = frozenset(space.outcomes(reduce(or_, domain, 0)))
        self.candidates = Candidates(table.dossier, worth.values(), left)
        self.deciding = Ballots(table, table.parties).common(
            cell for cell in self.cells if cell.issue not in without
        )

    def thresholds(self) -> Thresholds:
        points = {cell: self._points(cell) for cell in self.cells}
        best = {cell: tuple(map(max, zip(*points[cell][0], strict=True))) for cell in self.cells}
        spare = [
            sum((one[at] for one in best.values()), Fraction(0)) - asked
            for at, asked in enumerate(self.at_least.values())
        ]
        scales = _scales(points.values(), spare)

        def lost(cell: Cell, some: Iterable[Fraction]) -> Losses:
            """What is lost compared with the best: whole numbers for all that is tried."""
            each = zip(best[cell], some, scales, strict=True)
            return tuple(floor((high - own) * scale) for high, own, scale in each)

        losses = {
            cell: {one: _few(lost(cell, each) for each in some) for one, some in by.items()}
            for cell, by in points.items()
        }
        worst = [lost(cell, map(min, zip(*points[cell][0], strict=True))) for cell in self.outside]
        return self._bounded(
            Thresholds(
                self.at_least,
                tuple(int(one * scale) for one, scale in zip(spare, scales, strict=True)),
                {cell: losses[cell] for cell in self.cells if cell in self.domains},
                tuple(losses[cell][0] for cell in self.outside),
                tuple(worst),
                self.deciding or Ballot(DecisionRule("unanimity"), self.table.parties),
                self.deciding is not None,
                tuple(cell for cell in self.cells if self._is_sampled(cell, losses[cell], lost)),
            )
        )

    def _bounded(self, found: Thresholds) -> Thresholds:
        """The same with what no package has as one place, unless there are too many ways for that.

        The solver can do with some more, place by place. Beyond, only some ways are tried.
        """
        joined = found.joined(found.outside)
        if not joined.are_all and sum(len(ways.losses) for ways in found.outside) <= _MOST_APART:
            return found
        several = {
            cell
            for cell, ways in zip(self.outside, found.outside, strict=True)
            if len(ways.losses) > 1 and not joined.are_all
        }
        return found._replace(
            outside=(joined,),
            at_worst=(summed([(0,) * len(found.most), *found.at_worst]),),
            sampled=tuple(cell for cell in self.cells if cell in several.union(found.sampled)),
        )

    def _is_sampled(
        self,
        cell: Cell,
        losses: Mapping[int, Ways],
        lost: Callable[[Cell, Iterable[Fraction]], Losses],
    ) -> bool:
        """Whether something that is not tried could be worth more than all that is."""
        if not all(ways.are_all for ways in losses.values()):
            return True
        if self.candidates.are_all(cell):
            return False
        for one, ways in losses.items():
            ends = (lost(cell, self._points_of(cell, end)) for end in self._open_ends(cell, one))
            if len(ways.losses) > 1 or any(not all(map(le, ways.losses[0], end)) for end in ends):
                return True
        return False

    def _open_ends(self, cell: Cell, outcome: int) -> Iterator[Number]:
        """The ends of ranges of a quantity that are not in them; values nearby are not tried."""
        space = self.table.space(cell)
        ranges = space.outcomes(outcome) if outcome and isinstance(space, QuantitySpace) else ()
        for low, high, low_open, high_open in ranges:
            yield from [low] if low_open and low is not None else ()
            yield from [high] if high_open and high is not None else ()

    def _points(self, cell: Cell) -> dict[int, list[tuple[Fraction, ...]]]:
        """By outcome of the cell, and for 0 by any of them, what the parties may have there."""
        values = {one: self._values(cell, one) for one in self.domains.get(cell, ())}
        values[0] = (
            [value for some in values.values() for value in some]
            if values
            else self.candidates.of(cell)
        )

        points = cache(partial(self._points_of, cell))
        return {one: [*map(points, some)] for one, some in values.items()}

    def _points_of(self, cell: Cell, value: Value) -> tuple[Fraction, ...]:
        return tuple(points_on(self.worth[party], cell, value) for party in self.at_least)

    def _values(self, cell: Cell, outcome: int) -> list[Value]:
        space = self.table.space(cell)
        if not isinstance(space, QuantitySpace):
            return [*space.outcomes(outcome)]
        ranges = space.outcomes(outcome)
        known = self.candidates.of(cell, tuple(ranges))
        # Beyond the last value with points they stay what they are, up to an end that does not
        # count itself.
        ends = (end for part in ranges for end in (part.low, part.high) if end is not None)
        return known or [*ends]


def _scales(
    points: Iterable[Mapping[int, Sequence[tuple[Fraction, ...]]]], spare: Sequence[Fraction]
) -> list[int]:
    """By party, what makes all of its points whole."""
    columns = zip(*(one for by in points for some in by.values() for one in some), strict=True)
    return [common_denominator([left, *own]) for own, left in zip(columns, spare, strict=True)]


def _few(ways: Iterable[Losses]) -> Ways:
    """The ways that no other beats: one in which no party loses more, and some party less.

    If there are many, some of them.
    """
    several = sorted({*ways})
    kept = _unbeaten(several, 2 * _MOST_WAYS)
    if kept is None:
        kept = _unbeaten(_spread(several, 2 * _MOST_WAYS), len(several)) or []
        return Ways(_spread(kept, _MOST_WAYS), are_all=False)
    return Ways(_spread(kept, _MOST_WAYS), len(kept) <= _MOST_WAYS)


def _unbeaten(several: Iterable[Losses], most: int) -> list[Losses] | None:
    """The ways, sorted, that no other beats; None if they are more than `most`."""
    kept: list[Losses] = []
    for one in several:
        if not any(all(map(le, other, one)) for other in reversed(kept)):
            kept.append(one)
            if len(kept) > most:
                return None
    return kept


def _spread(several: Sequence[Losses], most: int) -> tuple[Losses, ...]:
    """At most so many, evenly from the first to the last."""
    if len(several) <= most:
        return tuple(several)
    last = len(several) - 1
    return tuple(several[at * last // (most - 1)] for at in range(most))
