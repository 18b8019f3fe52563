"""All weightings that fit a party's priorities, and what packages are worth under them.

A weighting fits a party's priorities if each issue that the party ranks higher weighs at least as
much as each that it ranks lower; how a weight is divided among sub-issues is open, and so is the
weight of what the party has not ranked. A package is worth to the party the sum of these weights,
each times a number for how well the package does there, which falls from step to step. Every
weighting is a sum of extreme ones, in which all issues above a rank, and any of that rank, weigh 1
in one cell each, and only one step counts. So one package is worth no less than another under all
of them if, at every step, each issue lost can be paired with a gained one that ranks higher.
"""

from collections.abc import Iterable, Sequence
from math import lcm
from typing import NamedTuple

from claimpos.deals.problem import Position, Problem
from claimpos.deals.responses import Response
from claimpos.dossier.model import Cell

_RANKS = ("high", "medium", "low")
_STEPS: dict[Response, int] = {"yes": 1, "unsaid": 2, "beyond": 3, "gives": 4}
"""How many steps a response falls short of what the party calls for."""

_WORST = 4


class Matter(NamedTuple):
    """The cells of an issue on which a party has a position, ranked alike or not at all."""

    rank: str
    cells: tuple[Cell, ...]


def matters_of(problem: Problem, party: str) -> list[Matter]:
    """What a party has a position on, by issue and rank."""
    by_issue: dict[tuple[str, str], list[Cell]] = {}
    for cell in problem.domains:
        entry, stance = problem.table.entry_on(party, cell), problem.table.stance(party, cell)
        if entry is not None and stance.yes | stance.no | stance.conditional:
            by_issue.setdefault((cell.issue, entry.priority), []).append(cell)
    return [Matter(rank, tuple(cells)) for (_, rank), cells in by_issue.items()]


def ranks_some(matters: Iterable[Matter]) -> bool:
    """Whether any of them ranks above another."""
    return len({one.rank for one in matters} - {""}) > 1


def steps_short(problem: Problem, position: Position, outcome: int, says: Response) -> int:
    """By how many steps an outcome falls short of what the party calls for."""
    stance = problem.table.stance(*position)
    called_for = outcome & (stance.demands | stance.proposes)
    return 0 if says == "yes" and called_for else _STEPS[says]


class _Rank(NamedTuple):
    """Issues of one rank, as bits: those of a single cell together, each other one by itself."""

    simple: int
    divided: tuple[int, ...]

    def lost(self, cells: int) -> int:
        """How many issues lose if these cells do: all of an issue's weight may lie in any cell."""
        return (cells & self.simple).bit_count() + sum(1 for one in self.divided if cells & one)

    def gained(self, cells: int) -> int:
        """How many issues gain if these cells do: an issue gains only if all its cells do."""
        whole = sum(1 for one in self.divided if cells & one == one)
        return (cells & self.simple).bit_count() + whole


class Weightings:
    """All weightings that fit the priorities of a party.

    How a package does for the party is given in bits: for each step, the cells where the package
    falls short of it.
    """

    def __init__(self, matters: Sequence[Matter]) -> None:
        cells = [cell for matter in matters for cell in matter.cells]
        self._bit = {cell: 1 << at for at, cell in enumerate(cells)}
        self._size = len(cells)
        self._every = (1 << self._size) - 1
        by_rank = {
            rank: [self._bits(one.cells) for one in matters if one.rank == rank] for rank in _RANKS
        }
        self._ranks = [
            _Rank(
                sum(one for one in some if one.bit_count() == 1),
                tuple(one for one in some if one.bit_count() > 1),
            )
            for some in by_rank.values()
            if some
        ]
        first = next(rank for rank in _RANKS if by_rank[rank])
        self._never_lost = self._at_all_steps(
            cell for one in matters if one.rank in ("", first) for cell in one.cells
        )
        each = lcm(*(len(one.cells) for one in matters))
        weights = {"high": 3, "medium": 2, "low": 1, "": 1}
        self._weighed = [
            (weights[one.rank] * each // len(one.cells), self._at_all_steps(one.cells))
            for one in matters
        ]

    def shortfall(self, cell: Cell, steps: int) -> int:
        """The bits of a cell where a package falls short by so many steps."""
        return sum(self._bit[cell] << step * self._size for step in range(steps))

    def dropped(self, short: int) -> int:
        """In how many cells the party drops a demand."""
        return (short >> (_WORST - 1) * self._size).bit_count()

    def weighed(self, short: int) -> int:
        """How far a package falls short under a weighting in which a higher rank weighs more, so
        that every package that is beaten falls farther short than the one that beats it."""
        return sum(weight * (short & mask).bit_count() for weight, mask in self._weighed)

    def never_worse(self, one: int, other: int) -> bool:
        """Whether one package is worth no less than the other under all weightings."""
        lost = one & ~other
        if not lost:
            return True
        if lost & self._never_lost:
            return False
        gained = other & ~one
        steps = {
            (lost >> at & self._every, gained >> at & self._every)
            for at in range(0, _WORST * self._size, self._size)
        }
        return all(self._is_made_up(*step) for step in steps)

    def _is_made_up(self, lost: int, gained: int) -> bool:
        """Whether each issue lost can be paired with one gained that ranks higher."""
        unpaired = 0
        for rank in self._ranks:
            losses = rank.lost(lost)
            if losses > unpaired:
                return False
            unpaired += rank.gained(gained) - losses
        return True

    def _bits(self, cells: Iterable[Cell]) -> int:
        return sum(self._bit[cell] for cell in cells)

    def _at_all_steps(self, cells: Iterable[Cell]) -> int:
        return sum(self.shortfall(cell, _WORST) for cell in cells)
