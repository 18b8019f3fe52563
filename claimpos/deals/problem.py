"""The positions of some parties as a search for packages: cells, outcomes, who says what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby, product
from typing import NamedTuple

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.table import Table, all_named
from claimpos.deals.responses import Response, response_in
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import QuantitySpace

Domains = Mapping[Cell, tuple[int, ...]]
"""The outcomes that a package may have in each cell, in the agenda's order."""


Asks = tuple[int, int, int, int, int]
"""Red lines crossed; demands of high, of medium or no, of low priority given up; yeses to say."""

RANKS = (5, 4, 3, 2, 1)
"""The priorities of these counts in the model."""


class Position(NamedTuple):
    """What one party's entry says on one cell, conditions included."""

    party: str
    cell: Cell


class Problem(NamedTuple):
    """What there is to choose from, and the parties that have their say.

    An outcome is a set of outcomes of the cell's space between which no position makes a
    difference: an option, or the longest possible range of a quantity. `held` are the parties
    whose no rules a package out, `without` the issues left out.
    """

    table: Table
    domains: Domains
    held: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def parties(self) -> tuple[str, ...]:
        return self.table.parties

    def positions(self) -> Iterator[tuple[Position, Stance]]:
        """Every party's stance on every cell, silence included."""
        for cell in self.domains:
            for party in self.parties:
                yield Position(party, cell), self.table.stance(party, cell)

    def is_open(self, clause: Clause) -> bool:
        """Whether a condition asks something that no package settles."""
        return bool(clause.subject_to) or any(
            cell.issue in self.without for cell, _ in clause.requires
        )

    def says(self, position: Position, package: Mapping[Cell, int]) -> Response:
        """What a party says to a cell of a package."""
        return response_in(self.table.stance(*position), package[position.cell], package)

    def asks(self, positions: Iterable[Position], package: Mapping[Cell, int]) -> tuple[Asks, ...]:
        """What a package asks of each party in some of its positions."""
        counts = {party: [0, 0, 0, 0, 0] for party in self.parties}
        for position in positions:
            entry = self.table.entry(position.party, position.cell.issue)
            says = self.says(position, package)
            gives = ("high", "medium", "low").index((entry and entry.priority) or "medium") + 1
            at = {"crosses": 0, "gives": gives, "unsaid": 4}.get(says)
            if at is not None:
                counts[position.party][at] += 1
        return tuple((a, b, c, d, e) for a, b, c, d, e in counts.values())


def problem_of(
    table: Table,
    fixed: Mapping[Cell, int],
    without: Collection[str] = (),
    held: Iterable[str] = (),
) -> Problem:
    """The search among all packages that have one of the outcomes `fixed` in each such cell."""
    named = set(fixed)
    for party in table.parties:
        for issue in table.dossier.issues:
            entry = table.entry(party, issue)
            if entry is not None:
                named.update(cell for cell, _ in all_named(entry))
    cells = [
        cell
        for issue in table.dossier.issues.values()
        for cell in issue.cells()
        if cell in named and issue.id not in without
    ]
    told_apart = _marks(table, cells)
    domains = {
        cell: tuple(
            outcome
            for outcome in _outcomes(table, cell, told_apart[cell], fixed.get(cell))
            if not outcome & ~fixed.get(cell, outcome)
        )
        for cell in cells
    }
    return Problem(table, domains, tuple(held), frozenset(without))


def _marks(table: Table, cells: Iterable[Cell]) -> dict[Cell, list[int]]:
    """The sets of outcomes of each cell that a position or a condition speaks of."""
    marks: dict[Cell, list[int]] = {cell: [] for cell in cells}
    every = [cell for issue in table.dossier.issues.values() for cell in issue.cells()]
    for party, cell in product(table.parties, every):
        stance = table.stance(party, cell)
        clauses = stance.clauses
        for other, mask in (needed for clause in clauses for needed in clause.requires):
            if other in marks:
                marks[other].append(mask)
        if cell in marks:
            marks[cell] += (stance.demands, stance.proposes, stance.accepts, stance.refuses)
            marks[cell] += (stance.yes, stance.conditional)
            marks[cell] += [clause.mask & stance.conditional for clause in clauses]
    return marks


def _outcomes(table: Table, cell: Cell, marks: list[int], fixed: int | None) -> Iterator[int]:
    """The options of a cell; of a quantity, its pieces merged where nobody tells them apart."""
    space = table.space(cell)
    pieces = [1 << bit for bit in range(space.full.bit_length()) if space.full >> bit & 1]
    if not isinstance(space, QuantitySpace):
        yield from pieces
        return
    distinct = [*marks, *([] if fixed is None else [fixed])]
    for _, run in groupby(pieces, key=lambda piece: [bool(piece & mark) for mark in distinct]):
        yield sum(run)


class Group(NamedTuple):
    """Cells that have a bearing on one another's answers, and the positions on them.

    A position on which no choice has a bearing is a group of its own, without cells.
    """

    cells: tuple[Cell, ...]
    positions: tuple[Position, ...]


def groups(problem: Problem) -> list[Group]:
    """The cells that leave a choice, in groups between which no answer depends on both."""
    leader = {cell: cell for cell, domain in problem.domains.items() if len(domain) > 1}

    def lead(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = cell = leader[leader[cell]]
        return cell

    bearing = {
        position: [
            cell
            for cell in (position.cell, *_bearing(problem, stance, position.cell))
            if cell in leader
        ]
        for position, stance in problem.positions()
    }
    for cells in bearing.values():
        for cell in cells[1:]:
            leader[lead(cell)] = lead(cells[0])
    found: dict[Cell | Position, Group] = {}
    for cell in leader:
        group = found.setdefault(lead(cell), Group((), ()))
        found[lead(cell)] = group._replace(cells=(*group.cells, cell))
    for position, cells in bearing.items():
        key = lead(cells[0]) if cells else position
        group = found.setdefault(key, Group((), ()))
        found[key] = group._replace(positions=(*group.positions, position))
    return list(found.values())


def _bearing(problem: Problem, stance: Stance, cell: Cell) -> Iterator[Cell]:
    """The cells whose outcomes may decide on the conditions of a stance."""
    for outcome in problem.domains[cell]:
        for clause in stance.conditions_for(outcome):
            undecided = []
            for other, mask in clause.requires:
                domain = problem.domains.get(other, ())
                meeting = sum(bool(one & mask) for one in domain)
                if domain and not meeting:
                    break
                if meeting < len(domain):
                    undecided.append(other)
            else:
                yield from undecided
