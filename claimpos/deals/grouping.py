"""Cells in groups that have no bearing on one another, so that each can be searched alone."""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from claimpos.comparison.acceptance import Stance
from claimpos.deals.problem import NO_OFFER, Position, Problem
from claimpos.dossier.model import Cell


class PositionGroup(NamedTuple):
    """Cells whose answers depend on one another, and the positions on them.

    A position on which no choice has a bearing is a group of its own, without cells.
    """

    cells: tuple[Cell, ...]
    positions: tuple[Position, ...]


def groups(problem: Problem) -> list[PositionGroup]:
    """The cells with a choice, in groups such that no answer depends on two groups."""
    leader = {cell: cell for cell, domain in problem.domains.items() if len(domain) > 1}

    def lead(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = cell = leader[leader[cell]]
        return cell

    wholes = {cell: reduce(or_, domain, 0) for cell, domain in problem.domains.items()}
    bearing = {
        position: [
            cell
            for cell in (
                position.cell,
                *_bearing(wholes, stance, position.cell),
                *problem.offers.get(problem.offer(position) or NO_OFFER, ()),
            )
            if cell in leader
        ]
        for position, stance in problem.positions()
    }
    scored = [cell for cell in problem.binding if cell in leader]
    for cells in (*bearing.values(), scored):
        for cell in cells[1:]:
            leader[lead(cell)] = lead(cells[0])
    found: dict[Cell | Position, tuple[list[Cell], list[Position]]] = {}
    for cell in leader:
        found.setdefault(lead(cell), ([], []))[0].append(cell)
    for position, cells in bearing.items():
        key = lead(cells[0]) if cells else position
        found.setdefault(key, ([], []))[1].append(position)
    return [PositionGroup(tuple(cells), tuple(positions)) for cells, positions in found.values()]


def _bearing(wholes: Mapping[Cell, int], stance: Stance, cell: Cell) -> Iterator[Cell]:
    """The cells whose outcomes can decide the conditions of a stance.

    `wholes` are all outcomes that there are in each cell; no mask of a condition parts one of them.
    """
    for clause in stance.conditions_for(wholes[cell]):
        undecided = []
        for other, mask in clause.requires:
            whole = wholes.get(other, 0)
            if whole and not whole & mask:
                break
            if whole & ~mask:
                undecided.append(other)
        else:
            yield from undecided
