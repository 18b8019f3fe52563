"""The sticking points of a deal: incompatible positions, and the ways to resolve them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.facts import SolverFacts
from claimpos.deals.grouping import PositionGroup, groups
from claimpos.deals.problem import Position, Problem
from claimpos.deals.set_families import bits, connected
from claimpos.deals.solver import (
    PackageQueries,
    fewest_moves,
    hitting_sets,
    minimal_moves,
)
from claimpos.dossier.model import Cell

_FEW = 10
# So many of the shortest ways out are looked at to list the ten with the fewest red lines.
_LOOKED_AT = 20
# Of one with more ways out, or conflict sets, only the first are found: so many with ten
# positions, fewer with more.
_MOST = 50_000


class Move(NamedTuple):
    """A position that changes; `red_line` if its party must give up a red line to change it."""

    position: Position
    red_line: bool


class WayOut(NamedTuple):
    """Positions whose change resolves a sticking point, and the outcomes this leads to."""

    moves: tuple[Move, ...]
    outcomes: Mapping[Cell, tuple[int, ...]]

    @property
    def red_lines(self) -> int:
        return sum(move.red_line for move in self.moves)

    @property
    def parties(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(move.position.party for move in self.moves))


class StickingPoint(NamedTuple):
    """Incompatible positions that overlap, and the ways to resolve them: the shortest, and a count.

    `complete` is False where there were too many to list, or no time; the counts are then of
    what was found. `alone` has, by party, the ways out by its moving alone. `ranking_decides` is
    a way out of no more positions than that of the least-concession packages, over more red lines.
    """

    positions: tuple[Position, ...]
    conflict_sets: tuple[tuple[Position, ...], ...]
    conflict_sets_count: int
    ways_out: tuple[WayOut, ...]
    ways_out_count: int
    alone: Mapping[str, tuple[WayOut, ...]]
    taken: tuple[Position, ...]
    ranking_decides: WayOut | None
    complete: bool


def sticking_points_of(
    problem: Problem, moved: Collection[Position], everything: bool, clock: Clock
) -> tuple[tuple[StickingPoint, ...], bool]:
    """The sticking points, and whether there was time to find them all.

    `moved` are the positions that a best package moves: where it moves none, there is no
    sticking point.
    """
    if clock.over:
        return (), False
    found: list[StickingPoint] = []
    every = True
    for group in groups(problem):
        if any(position in moved for position in group.positions):
            sticking_points = _sticking_points_in(problem, group, moved, everything, clock)
            every = every and not (clock.over and not sticking_points)
            found += sticking_points
    order = {position: at for at, (position, _) in enumerate(problem.positions())}
    return tuple(sorted(found, key=lambda point: [order[one] for one in point.positions])), every


def _sticking_points_in(
    problem: Problem,
    group: PositionGroup,
    moved: Collection[Position],
    everything: bool,
    clock: Clock,
) -> list[StickingPoint]:
    """The sticking points in one group; none if there is no time to search it."""
    try:
        clock.check()
        return _GroupSearch(problem, group, moved, everything, clock).sticking_points()
    except OutOfTime:
        return []


class _GroupSearch:
    """The sticking points of one group of cells; positions are the bits of a mask."""

    def __init__(
        self,
        problem: Problem,
        group: PositionGroup,
        moved: Collection[Position],
        everything: bool,
        clock: Clock,
    ) -> None:
        self.positions = tuple(one for one in group.positions if _may_say_no(problem, one))
        self.bit = {position: 1 << at for at, position in enumerate(self.positions)}
        self.problem = problem
        self.taken = self._mask(one for one in self.positions if one in moved)
        self.everything = everything
        self.clock = clock
        self.facts = SolverFacts(problem, group.positions, group.cells)
        self.standing = PackageQueries(self.facts, self.positions, clock)
        self.most = (10 if everything else 1) * 10 * _MOST // max(len(self.positions), 10)
        self.always_red = self._mask(one for one in self.positions if _only_red(problem, one))
        self.mine = dict.fromkeys(problem.parties, 0)
        for position, bit in self.bit.items():
            self.mine[position.party] |= bit

    def sticking_points(self) -> list[StickingPoint]:
        ways, complete = minimal_moves(self.facts, self.positions, self.most, self.clock)
        conflict_sets, all_found = (
            hitting_sets(ways, self.most, self.clock) if complete else ([], False)
        )
        if not all_found:
            return self._at_least(ways)
        involved = sum(connected(conflict_sets))
        return [
            self._sticking_point(
                union,
                [conflict_set for conflict_set in conflict_sets if conflict_set & union],
                list(dict.fromkeys(way & union for way in ways)),
                involved,
            )
            for union in connected(conflict_sets)
        ]

    def _at_least(self, ways: Sequence[int]) -> list[StickingPoint]:
        """What is known of sticking points with too many ways to resolve them to list all."""
        shortest = fewest_moves(self.facts, self.positions, _FEW, self.clock)
        alone = filter(None, map(self._resolved_by, self.problem.parties))
        known = list(dict.fromkeys([*shortest, *alone, *ways]))
        conflict_set = self._mask(self.standing.incompatible(self.positions))
        union = conflict_set
        for way in known:
            union |= way
        if not union:
            return []
        conflict_sets = [conflict_set] if conflict_set else []
        return [self._sticking_point(union, conflict_sets, known, union, complete=False)]

    def _mask(self, positions: Iterable[Position]) -> int:
        return sum(self.bit[position] for position in positions)

    def _of(self, mask: int) -> tuple[Position, ...]:
        return tuple(self.positions[bit.bit_length() - 1] for bit in bits(mask))

    def _sticking_point(
        self,
        union: int,
        conflict_sets: Sequence[int],
        ways: Sequence[int],
        involved: int,
        complete: bool = True,
    ) -> StickingPoint:
        """`involved` are the positions that are part of any sticking point of the group."""
        stay = ((1 << len(self.positions)) - 1) & ~involved
        short = sorted(
            ways, key=lambda way: (way.bit_count(), self._at_least_red(way), self._order(way))
        )
        looked_at = len(short) if self.everything else _LOOKED_AT
        own = {
            party: next((way for way in short if not way & ~self.mine[party]), 0)
            for party in self.problem.parties
        }
        wanted = dict.fromkeys([*short[:looked_at], *filter(None, own.values())])
        known = [self._way(way, union, stay) for way in wanted]
        ordered = sorted(filter(None, known), key=lambda way: (len(way.moves), way.red_lines))
        ordered_sets = sorted(conflict_sets, key=lambda some: (some.bit_count(), self._order(some)))
        return StickingPoint(
            self._of(union),
            tuple(map(self._of, ordered_sets if self.everything else ordered_sets[:_FEW])),
            len(conflict_sets),
            tuple(ordered if self.everything else ordered[:_FEW]),
            len(ways),
            {
                party: tuple(one for one in ordered if one.parties == (party,))
                for party, way in own.items()
                if way and any(one.parties == (party,) for one in ordered)
            },
            self._of(self.taken & union),
            self._by_ranking(ordered, union, stay),
            complete and len(ordered) == len(known),
        )

    def _order(self, mask: int) -> list[int]:
        return [bit.bit_length() for bit in bits(mask)]

    def _at_least_red(self, mask: int) -> int:
        """How many of these positions can change only by giving up a red line, in any package."""
        return (mask & self.always_red).bit_count()

    def _resolved_by(self, party: str) -> int:
        """A way in which the party alone resolves it, without listing all; 0 if out of time."""
        if self.clock.over:
            return 0
        mine = self.mine[party]
        kept = list(self._of(self._mask(self.positions) & ~mine))
        if not self.standing.can_stand(kept):
            return 0
        for position in self._of(mine):
            if self.standing.can_stand([*kept, position]):
                kept.append(position)
        return 0 if self.clock.over else mine & ~self._mask(kept)

    def _way(self, way: int, union: int, stay: int) -> WayOut | None:
        """What a way leads to, and which red lines it gives up; None if time ran out."""
        standing = self._of(stay | union & ~way)
        left = self.standing.possible(standing)
        if not left.complete or not left.outcomes:
            return None
        moves = tuple(
            Move(position, "gives" not in left.answers.get(position, ()))
            for position in self._of(way)
        )
        spared = [move.position for move in moves if not move.red_line]
        if any("crosses" in left.answers[position] for position in spared):
            # What only a red line leads to is no outcome of a way that needs none.
            without = self.standing.possible(standing, spared)
            left = without if without.complete and without.outcomes else left
        cells = dict.fromkeys(position.cell for position in self._of(union))
        outcomes = {
            cell: tuple(
                one for one in self.problem.domains[cell] if one in left.outcomes.get(cell, ())
            )
            for cell in cells
        }
        return WayOut(moves, outcomes)

    def _by_ranking(self, ways: Sequence[WayOut], union: int, stay: int) -> WayOut | None:
        taken = self.taken & union
        if not taken:
            return None
        best = self._way(taken, union, stay)
        if best is None:
            return None
        few, reds = len(best.moves), best.red_lines
        return next((way for way in ways if len(way.moves) <= few and way.red_lines > reds), None)


def _may_say_no(problem: Problem, position: Position) -> bool:
    """Whether the position can stand in the way of a deal; no recorded position never does."""
    stance = problem.table.stance(*position)
    return bool(stance.no or stance.conditional)


def _only_red(problem: Problem, position: Position) -> bool:
    """Whether any outcome of the cell is a red line if the party's conditions are not met."""
    outcomes = problem.domains[position.cell]
    return "gives" not in {problem.says_if_unmet(position, one) for one in outcomes}
