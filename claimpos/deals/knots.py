"""What stands in the way of a deal: positions that cannot all stand, and what undoes that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from claimpos.deals.facts import Facts
from claimpos.deals.families import bits, connected, hitting_sets
from claimpos.deals.problem import Group, Position, Problem
from claimpos.deals.solver import Clock, can_stand, minimal_moves, possible_with
from claimpos.dossier.model import Cell

_FEW = 10
# Beyond these a knot is told by what was found until then: the ways out of one group of cells,
# and the sets looked at while its deadlocks are worked out.
_MOST_WAYS = 20_000
_MOST_SETS = 5_000


class Move(NamedTuple):
    """A position that moves; `red_line` if its party cannot do so without crossing one."""

    position: Position
    red_line: bool


class WayOut(NamedTuple):
    """Positions whose moving undoes a knot, and the outcomes it leads to on its cells."""

    moves: tuple[Move, ...]
    outcomes: Mapping[Cell, tuple[int, ...]]

    @property
    def red_lines(self) -> int:
        return sum(move.red_line for move in self.moves)

    @property
    def parties(self) -> set[str]:
        return {move.position.party for move in self.moves}


class Knot(NamedTuple):
    """Deadlocks that share positions, and the ways out: the shortest, and how many there are.

    `complete` is False where there were too many to list, or no time; the counts are then of
    what was found. `alone` has, by party, the ways out by its moving alone. `never_decides` is
    a way out of no more positions than that of the packages that ask least, over more red lines.
    """

    positions: tuple[Position, ...]
    deadlocks: tuple[tuple[Position, ...], ...]
    deadlocks_count: int
    ways_out: tuple[WayOut, ...]
    ways_out_count: int
    alone: Mapping[str, tuple[WayOut, ...]]
    never_decides: WayOut | None
    complete: bool


def knots_of(
    problem: Problem,
    groups: Iterable[Group],
    moved: Collection[Position],
    everything: bool,
    clock: Clock,
) -> tuple[Knot, ...]:
    """The knots in groups of cells; `moved` are the positions that a best package moves."""
    found: list[Knot] = []
    for group in groups:
        if any(position in moved for position in group.positions):
            found += _Tangle(problem, group, moved, everything, clock).knots()
    return tuple(sorted(found, key=lambda knot: _order(problem, knot.positions)))


def _order(problem: Problem, positions: Sequence[Position]) -> list[tuple[int, int]]:
    cells, parties = list(problem.domains), problem.parties
    return [(cells.index(one.cell), parties.index(one.party)) for one in positions]


class _Tangle:
    """The knots of one group of cells."""

    def __init__(
        self,
        problem: Problem,
        group: Group,
        moved: Collection[Position],
        everything: bool,
        clock: Clock,
    ) -> None:
        self.positions = sorted(group.positions, key=lambda position: _order(problem, [position]))
        self.problem = problem
        self.moved = moved
        self.everything = everything
        self.clock = clock
        self.facts = Facts(problem, group.positions, group.cells)

    def knots(self) -> list[Knot]:
        ways, complete = minimal_moves(self.facts, _MOST_WAYS, self.clock)
        family = [self._mask(way) for way in ways]
        deadlocks = hitting_sets(family, _MOST_SETS) if complete else None
        if deadlocks is None:
            union = 0
            for way in family:
                union |= way
            return [self._knot(union, [self._one_deadlock()], family, union, complete=False)]
        involved = sum(connected(deadlocks))
        knots = []
        for union in connected(deadlocks):
            own = [deadlock for deadlock in deadlocks if deadlock & union]
            knots.append(self._knot(union, own, hitting_sets(own) or [], involved))
        return knots

    def _mask(self, positions: Iterable[Position]) -> int:
        return sum(1 << self.positions.index(position) for position in positions)

    def _of(self, mask: int) -> tuple[Position, ...]:
        return tuple(self.positions[bit.bit_length() - 1] for bit in bits(mask))

    def _knot(
        self,
        union: int,
        deadlocks: Sequence[int],
        ways: Sequence[int],
        involved: int,
        complete: bool = True,
    ) -> Knot:
        """`involved` are the positions that are part of any knot of the group."""
        taken = self._mask(self.moved_here()) & union
        short = sorted(ways, key=lambda way: (way.bit_count(), self._order(way)))
        shown = self._shown(short, taken)
        told = {way: self._way(way, union, involved) for way in shown}
        ordered = sorted(told.values(), key=lambda way: (len(way.moves), way.red_lines))
        alone = {
            party: tuple(way for way in ordered if way.parties == {party})
            for party in self.problem.parties
        }
        listed = ordered if self.everything else ordered[:_FEW]
        locks = sorted(deadlocks, key=lambda lock: (lock.bit_count(), self._order(lock)))
        return Knot(
            self._of(union),
            tuple(self._of(lock) for lock in (locks if self.everything else locks[:_FEW])),
            len(deadlocks),
            tuple(listed),
            len(ways),
            {party: ways for party, ways in alone.items() if ways},
            self._never(taken, ordered, union, involved),
            complete,
        )

    def moved_here(self) -> list[Position]:
        """The positions of the group that the best package moves."""
        return [position for position in self.positions if position in self.moved]

    def _order(self, mask: int) -> list[int]:
        return [bit.bit_length() for bit in bits(mask)]

    def _shown(self, ways: Sequence[int], taken: int) -> list[int]:
        """The ways out worth telling: the shortest, and each party's own."""
        if self.everything:
            return list(ways)
        longest = ways[min(_FEW, len(ways)) - 1].bit_count() if ways else 0
        near = [way for way in ways if way.bit_count() <= longest][: 4 * _FEW]
        own = [
            next((way for way in ways if not way & ~mine), 0)
            for mine in (
                self._mask(p for p in self.positions if p.party == party)
                for party in self.problem.parties
            )
        ]
        return list(dict.fromkeys([*near, *filter(None, own)]))

    def _way(self, way: int, union: int, involved: int) -> WayOut:
        every = (1 << len(self.positions)) - 1
        standing = self._of(every & ~involved | union & ~way)
        left = possible_with(self.facts, standing, self.clock)
        moves = tuple(
            Move(position, "gives" not in left.answers.get(position, ()))
            for position in self._of(way)
        )
        cells = dict.fromkeys(position.cell for position in self._of(union))
        outcomes = {
            cell: tuple(
                one for one in self.problem.domains[cell] if one in left.outcomes.get(cell, ())
            )
            for cell in cells
        }
        return WayOut(moves, outcomes)

    def _never(
        self, taken: int, ways: Sequence[WayOut], union: int, involved: int
    ) -> WayOut | None:
        if not taken:
            return None
        reds = self._way(taken, union, involved).red_lines
        return next(
            (way for way in ways if len(way.moves) <= taken.bit_count() and way.red_lines > reds),
            None,
        )

    def _one_deadlock(self) -> int:
        """One set of positions that cannot all stand, none to spare."""
        left = list(self.positions)
        for position in self.positions:
            fewer = [one for one in left if one != position]
            if not can_stand(self.facts, fewer):
                left = fewer
        return self._mask(left)
