"""Trade-offs between two parties: two matters, on each of which another of them gives way.

These are two sticking points or, where the parties' own points join such matters, issues of one.
Each has a recorded reason to: it ranks the matter lower than the other one, would accept there on a
condition that the other's concession meets, or has hedged. Nothing is estimated.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import Literal, NamedTuple, get_args

from claimpos.deals.conflict_sets import StickingPoint, WayOut
from claimpos.deals.problem import Position, Problem
from claimpos.dossier.model import Cell

Ground = Literal["condition", "priority", "conditional", "mixed", "inferred"]
"""Why a party might give way, the strongest first: the other's concession meets its condition; it
ranks the matter lower; it has accepted, on conditions, what it would have to accept; statements of
its own do not fit; what it would have to drop rests on inference.
"""

GROUNDS: tuple[Ground, ...] = get_args(Ground)
_RANKS = ("low", "medium", "high")
_MOST = 10


class Concession(NamedTuple):
    """One side of a trade-off: who gives way, where, how, and on what grounds."""

    party: str
    point: StickingPoint
    way: WayOut
    grounds: tuple[Ground, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(dict.fromkeys(move.position.cell for move in self.way.moves))


class TradeOff(NamedTuple):
    """Two concessions that answer each other."""

    one: Concession
    other: Concession


def trade_offs_of(problem: Problem, points: Sequence[StickingPoint]) -> tuple[TradeOff, ...]:
    """At most ten trade-offs between two parties, those with the best grounds first."""
    if len(problem.parties) != 2:
        return ()
    one, other = problem.parties
    found = [
        TradeOff(first, second)
        for at, against in permutations(range(len(points)), 2)
        for first, second in _pairs(problem, (one, points[at]), (other, points[against]))
    ]
    if problem.thresholds is not None:
        found += [trade for point in points for trade in _within(problem, point)]
    found.sort(key=_rank)
    return tuple(_each_point_once_at_a_time(found))


def _pairs(
    problem: Problem, mine: tuple[str, StickingPoint], yours: tuple[str, StickingPoint]
) -> Iterator[tuple[Concession, Concession]]:
    (party, here), (counterpart, there) = mine, yours
    if {one.cell.issue for one in here.positions} & {one.cell.issue for one in there.positions}:
        return
    for way in here.alone.get(party, ())[:1]:
        for answer in there.alone.get(counterpart, ())[:1]:
            grounds = tuple(_grounds(problem, party, way, answer))
            grounds_there = tuple(_grounds(problem, counterpart, answer, way))
            if grounds and grounds_there:
                yield (
                    Concession(party, here, way, grounds),
                    Concession(counterpart, there, answer, grounds_there),
                )


def _within(problem: Problem, point: StickingPoint) -> Iterator[TradeOff]:
    """The ways out of one sticking point in which the parties give way on different issues."""
    one, other = problem.parties
    for way in point.ways_out:
        mine, yours = _share_of(one, way), _share_of(other, way)
        issues = {cell.issue for cell in mine.outcomes} & {cell.issue for cell in yours.outcomes}
        if not mine.moves or not yours.moves or issues:
            continue
        grounds = tuple(_grounds(problem, one, mine, yours))
        grounds_there = tuple(_grounds(problem, other, yours, mine))
        if grounds and grounds_there:
            yield TradeOff(
                Concession(one, point, mine, grounds),
                Concession(other, point, yours, grounds_there),
            )


def _share_of(party: str, way: WayOut) -> WayOut:
    """What one party concedes in a way out, and the outcomes there."""
    moves = tuple(move for move in way.moves if move.position.party == party)
    cells = dict.fromkeys(move.position.cell for move in moves)
    return WayOut(moves, {cell: way.outcomes[cell] for cell in cells})


def _grounds(problem: Problem, party: str, way: WayOut, answer: WayOut) -> Iterator[Ground]:
    """Why a party might give way in exchange for the other's answer."""
    table = problem.table
    moved = [move.position for move in way.moves]
    if any(_meets(problem, position, answer) for position in moved):
        yield "condition"
    own_there = [Position(party, cell) for cell in answer.outcomes]
    here, elsewhere = _ranks(problem, moved), _ranks(problem, own_there)
    if here and elsewhere and max(here) < min(elsewhere):
        yield "priority"
    if any(_leads_to(way, one) & table.stance(*one).conditional for one in moved):
        yield "conditional"
    entries = [table.entry_on(*one) for one in moved]
    if any(entry is not None and entry.against for entry in entries):
        yield "mixed"
    verbs = ["refuses" if move.red_line else "demands" for move in way.moves]
    if all(
        entry is not None and getattr(entry, verb) and entry.basis_of(verb) == "inferred"
        for entry, verb in zip(entries, verbs, strict=True)
    ):
        yield "inferred"


def _leads_to(way: WayOut, position: Position) -> int:
    """The outcomes that a way leads to where a position moves."""
    return sum(way.outcomes.get(position.cell, ()))


def _meets(problem: Problem, position: Position, answer: WayOut) -> bool:
    """Whether the other's answer meets a condition of the position."""
    return any(
        outcome & mask
        for clause in problem.table.stance(*position).clauses
        for cell, mask in clause.requires
        for outcome in answer.outcomes.get(cell, ())
    )


def _ranks(problem: Problem, positions: Iterable[Position]) -> list[int]:
    """The priorities that a party has recorded there; none unless it has for each."""
    entries = [problem.table.entry_on(*one) for one in positions]
    written = [entry.priority for entry in entries if entry is not None and entry.priority]
    return [_RANKS.index(one) for one in written] if len(written) == len(entries) else []


def _rank(trade: TradeOff) -> tuple[int, ...]:
    """Fewest red lines, then the best grounds of the side that has the weaker ones."""
    sides = (trade.one, trade.other)
    red_lines = sum(side.way.red_lines for side in sides)
    best = sorted((GROUNDS.index(side.grounds[0]) for side in sides), reverse=True)
    moves = sum(len(side.way.moves) for side in sides)
    return red_lines, *best, moves


def _each_point_once_at_a_time(found: Sequence[TradeOff]) -> list[TradeOff]:
    """The first ten; a concession comes again only after others have had their turn."""
    chosen: list[TradeOff] = []
    waiting = list(found)
    while waiting and len(chosen) < _MOST:
        used: set[tuple[str, tuple[Cell, ...]]] = set()
        left = []
        for trade in waiting:
            sides = {(side.party, side.cells) for side in (trade.one, trade.other)}
            if sides & used or len(chosen) >= _MOST:
                left.append(trade)
            else:
                chosen.append(trade)
                used |= sides
        waiting = left
    return chosen
