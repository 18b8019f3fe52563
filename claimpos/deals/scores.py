"""Scores that parties state themselves: packages on the Pareto frontier, and fair ones among them.

Points add up over cells, so the frontier of some cells is among the sums of their own outcomes.
Of a quantity those values are taken that points are given for, and between each two of them nine
more or, of whole numbers, all if they are few. Nothing here depends on positions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import prod
from operator import add
from typing import NamedTuple

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.comparison.votes import Ballot, Vote
from claimpos.deals.adjusted_winner import AdjustedWinner, adjusted_winner
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.problem import worth_on
from claimpos.deals.scored_values import Candidates, Value, common_denominator, points_on
from claimpos.dossier.model import NOTHING, Cell, Named, Worth

_MOST = 3_000


class Scored(NamedTuple):
    """A package, and the points that it is worth to each party that states any."""

    package: Mapping[Cell, Value]
    points: Mapping[str, Fraction]


class Scores(NamedTuple):
    """What packages are worth to the parties that state points.

    `frontier` are the packages that cannot give one party more without giving another less, among
    those that give no party, or by a decision rule none that can block, less than it asks for. With
    `complete` false, there may be others. Of `sampled` cells, only some values are tried.
    """

    worth: Mapping[str, Worth]
    cells: tuple[Cell, ...]
    frontier: tuple[Scored, ...]
    complete: bool
    nash: Scored | None
    kalai_smorodinsky: Scored | None
    adjusted_winner: AdjustedWinner | None
    ballot: Ballot | None = None
    elsewhere: tuple[Mapping[str, Fraction], ...] = (NOTHING,)
    """What the cells with points that are left out may be worth besides."""
    sampled: tuple[Cell, ...] = ()

    def is_enough(self, points: Mapping[str, Fraction]) -> bool:
        """Whether those to whom a package of these points is too little cannot block it."""
        return any(
            is_acceptable(
                {party: own + more.get(party, 0) for party, own in points.items()},
                self.worth,
                self.ballot,
            )
            for more in self.elsewhere
        )

    @property
    def acceptable(self) -> bool:
        """Whether a package is enough for all or, by a rule, for enough members."""
        return bool(self.frontier)


def is_acceptable(
    points: Mapping[str, Fraction], worth: Mapping[str, Worth], ballot: Ballot | None
) -> bool:
    """Whether those to whom a package of these points is too little cannot block it."""
    enough = {
        party: one.at_least is None or points[party] >= Fraction(one.at_least)
        for party, one in worth.items()
    }
    if ballot is None:
        return all(enough.values())
    votes: dict[str, Vote] = dict.fromkeys(ballot.members, "yes")
    votes |= {party: "no" for party, well in enough.items() if not well}
    return ballot.result(votes) is Truth.TRUE


def scores_of(
    table: PositionTable, fixed: Named, without: Iterable[str], clock: Clock
) -> Scores | None:
    """The packages worth most to the parties; None if fewer than two state points on them."""
    worth = worth_on(table)
    if len(worth) < 2:
        return None
    left_out = set(without)
    every = [cell for issue in table.dossier.issues.values() for cell in issue.cells()]
    scored = {cell for one in worth.values() for cell in one.points}
    cells = tuple(cell for cell in every if cell in scored and cell.issue not in left_out)
    if not cells:
        return None
    others = [cell for cell in every if cell in scored and cell.issue in left_out]
    search = _Search(table, worth, cells, fixed, clock)
    return search.scores(_Search(table, worth, others, NOTHING, clock))


class _Search:
    def __init__(
        self,
        table: PositionTable,
        worth: Mapping[str, Worth],
        cells: Sequence[Cell],
        fixed: Named,
        clock: Clock,
    ) -> None:
        self.table = table
        self.worth = worth
        self.parties = list(worth)
        self.cells = cells
        self.clock = clock
        candidates = Candidates(table.dossier, worth.values(), fixed)
        self.candidates = {cell: candidates.of(cell, fixed.get(cell)) for cell in cells}
        # Where only one party gives points, the best and the worst are among what is tried.
        self.sampled = tuple(
            cell
            for cell in cells
            if len(self.candidates[cell]) > 1
            and not candidates.are_all(cell)
            and sum(cell in one.points for one in worth.values()) > 1
        )
        self.ballot = Ballots(table, table.parties).common(cells)

    def scores(self, left_out: "_Search") -> Scores:
        """The scores of packages of these cells; `left_out` are cells that can still decide."""
        try:
            sums, complete = self._frontier()
            besides, _ = left_out._frontier()
        except OutOfTime:
            sums, complete, besides = [], False, []
        elsewhere = tuple(left_out._scored(*one).points for one in besides)
        found = Scores(
            self.worth,
            tuple(self.cells),
            (),
            complete,
            None,
            None,
            self._adjusted_winner() if self._is_between_two() else None,
            self.ballot,
            elsewhere,
            self.sampled,
        )
        scored = [self._scored(points, chosen) for points, chosen in sums]
        frontier = sorted(
            (one for one in scored if found.is_enough(one.points)),
            key=lambda one: [one.points[party] for party in self.parties],
            reverse=True,
        )
        return found._replace(
            frontier=tuple(frontier),
            nash=_nash(frontier, self.worth),
            kalai_smorodinsky=_kalai_smorodinsky(frontier, self.worth),
        )

    def _frontier(self) -> tuple[list[tuple[tuple[int, ...], tuple[Value, ...]]], bool]:
        """Sums of points, as whole numbers, and the outcomes they come from. Raises OutOfTime."""
        # Where no value of a fixed range can be named, nothing is proven.
        complete = all(self.candidates.values())
        sums: list[tuple[tuple[int, ...], tuple[Value, ...]]] = [((0,) * len(self.parties), ())]
        for cell in self.cells:
            options = [(self._whole_points(cell, one), one) for one in self.candidates[cell]]
            added: dict[tuple[int, ...], tuple[Value, ...]] = {}
            for points, chosen in sums:
                self.clock.check()
                for more, value in options:
                    added.setdefault(tuple(map(add, points, more)), (*chosen, value))
            sums = self._undominated(added)
            if len(sums) > _MOST:
                sums, complete = sums[:_MOST], False
        return sums, complete

    def _undominated(
        self, added: Mapping[tuple[int, ...], tuple[Value, ...]]
    ) -> list[tuple[tuple[int, ...], tuple[Value, ...]]]:
        """Those for which no other is worth as much to all and more to one; the most first."""
        kept: list[tuple[int, ...]] = []
        if len(self.parties) == 2:
            for one in sorted(added, reverse=True):
                if not kept or one[1] > kept[-1][1]:
                    kept.append(one)
            return [(one, added[one]) for one in kept]
        for one in sorted(added, key=lambda one: (sum(one), one), reverse=True):
            self.clock.check()
            if not any(all(a >= b for a, b in zip(other, one, strict=True)) for other in kept):
                kept.append(one)
                if len(kept) > _MOST:
                    break
        return [(one, added[one]) for one in kept]

    def _points(self, party: str, cell: Cell, value: Value) -> Fraction:
        return points_on(self.worth[party], cell, value)

    def _whole_points(self, cell: Cell, value: Value) -> tuple[int, ...]:
        return tuple(
            int(self._points(party, cell, value) * self._scales[party]) for party in self.parties
        )

    @cached_property
    def _scales(self) -> dict[str, int]:
        """By party, what makes all of its points whole."""
        return {
            one: common_denominator(
                self._points(one, cell, value)
                for cell, values in self.candidates.items()
                for value in values
            )
            for one in self.parties
        }

    def _scored(self, points: tuple[int, ...], chosen: tuple[Value, ...]) -> Scored:
        exact = {
            party: Fraction(one, self._scales[party])
            for party, one in zip(self.parties, points, strict=True)
        }
        return Scored(dict(zip(self.cells, chosen, strict=True)), exact)

    def _adjusted_winner(self) -> AdjustedWinner | None:
        one, other = self.parties
        points = {
            cell: [(self._points(one, cell, v), self._points(other, cell, v)) for v in values]
            for cell, values in self.candidates.items()
        }
        return adjusted_winner((one, other), points)

    def _is_between_two(self) -> bool:
        two = len(self.parties) == len(self.table.parties) == 2
        return two and all(self.candidates.values())


def gains(one: Scored, worth: Mapping[str, Worth]) -> Iterator[Fraction]:
    """What each party has more than without a deal; a party that names nothing begins at 0."""
    for party, own in worth.items():
        yield one.points[party] - Fraction(own.no_deal or 0)


def _better_than_none(frontier: Iterable[Scored], worth: Mapping[str, Worth]) -> list[Scored]:
    return [one for one in frontier if all(gain >= 0 for gain in gains(one, worth))]


def _nash(frontier: Iterable[Scored], worth: Mapping[str, Worth]) -> Scored | None:
    """The largest product of gains (J. F. Nash, The bargaining problem, 1950)."""
    candidates = _better_than_none(frontier, worth)
    return max(candidates, key=lambda one: prod(gains(one, worth)), default=None)


def _kalai_smorodinsky(frontier: Iterable[Scored], worth: Mapping[str, Worth]) -> Scored | None:
    """The most even shares of what each could gain at best (Kalai and Smorodinsky, 1975)."""
    candidates = _better_than_none(frontier, worth)
    if not candidates:
        return None
    ideal = [max(column) for column in zip(*(gains(one, worth) for one in candidates), strict=True)]

    def evenness(one: Scored) -> list[Fraction]:
        shares = zip(gains(one, worth), ideal, strict=True)
        return sorted(gain / best if best else Fraction(1) for gain, best in shares)

    return max(candidates, key=evenness)
