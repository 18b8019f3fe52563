"""Packages of the same rank, all together: what they share, and where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import NamedTuple

from claimpos.deals.choices import Best
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.problem import Position
from claimpos.deals.set_families import factors
from claimpos.dossier.model import Cell


class Linked(NamedTuple):
    """Cells that are linked, and their combinations, both in the agenda's order."""

    cells: tuple[Cell, ...]
    combinations: tuple[tuple[int, ...], ...]
    complete: bool


class Packages(NamedTuple):
    """Packages that are equally good, such as the least-concession packages, all together.

    Every one takes the outcomes `fixed`, any of those that are `free`, and of each of `linked`
    one combination. Where they were not `all_found` in time, there may be others.
    """

    fixed: Mapping[Cell, int]
    free: Mapping[Cell, tuple[int, ...]]
    linked: tuple[Linked, ...]
    all_found: bool = True

    @property
    def number(self) -> int:
        """How many they are."""
        frees = prod(len(outcomes) for outcomes in self.free.values())
        return frees * prod(len(linked.combinations) for linked in self.linked)

    @property
    def complete(self) -> bool:
        return self.all_found and all(linked.complete for linked in self.linked)

    def first(self) -> dict[Cell, int]:
        """The first of them in the agenda's order."""
        package = {**self.fixed, **{cell: outcomes[0] for cell, outcomes in self.free.items()}}
        for linked in self.linked:
            package |= zip(linked.cells, linked.combinations[0], strict=True)
        return package


class Possible(NamedTuple):
    """What some packages may have: outcomes by cell, answers by position."""

    outcomes: dict[Cell, set[int]]
    answers: dict[Position, set[str]]
    complete: bool


def parted(
    cells: tuple[Cell, ...],
    rows: Sequence[tuple[int, ...]],
    complete: bool,
    domains: Mapping[Cell, tuple[int, ...]],
    clock: Clock,
) -> tuple[dict[Cell, tuple[int, ...]], list[Linked]]:
    """The cells of a group that are free, and those that are linked."""
    order = {cell: {outcome: at for at, outcome in enumerate(domains[cell])} for cell in cells}

    def sorted_rows(
        some: Iterable[tuple[int, ...]], which: Sequence[Cell]
    ) -> list[tuple[int, ...]]:
        return sorted(
            set(some),
            key=lambda row: [order[cell][one] for cell, one in zip(which, row, strict=True)],
        )

    try:
        found = factors(rows, clock) if complete else None
    except OutOfTime:
        found = None
    if found is None:
        return {}, [Linked(cells, tuple(sorted_rows(rows, cells)), complete=False)]
    free: dict[Cell, tuple[int, ...]] = {}
    linked = []
    for columns in found:
        some = tuple(cells[column] for column in columns)
        parts = sorted_rows((tuple(row[column] for column in columns) for row in rows), some)
        if len(some) == 1:
            free[some[0]] = tuple(one for (one,) in parts)
        else:
            linked.append(Linked(some, tuple(parts), complete=True))
    return free, linked


def in_agenda_order(
    domains: Mapping[Cell, tuple[int, ...]],
    fixed: Mapping[Cell, int],
    free: Mapping[Cell, tuple[int, ...]],
    linked: Iterable[Linked],
    all_found: bool = True,
) -> Packages:
    """Packages whose cells come in the order of `domains`, the agenda's."""
    place = {cell: at for at, cell in enumerate(domains)}
    return Packages(
        {cell: fixed[cell] for cell in domains if cell in fixed},
        {cell: free[cell] for cell in domains if cell in free},
        tuple(sorted(linked, key=lambda one: place[one.cells[0]])),
        all_found,
    )


class Rows(NamedTuple):
    """Outcomes that go together: some rows, and the outcomes that each cell has in any of all."""

    listed: Sequence[Mapping[Cell, int]]
    outcomes: Mapping[Cell, int]
    complete: bool


def rows_of(best: Best, cells: Sequence[Cell]) -> Rows:
    """The rows of a pattern, in which cells stand in the order of its variables."""
    rows = [dict(zip(cells, row, strict=True)) for row in best.rows]
    return Rows(rows, dict(zip(cells, best.outcomes, strict=True)), best.complete)


def packages_from(
    groups: Iterable[Rows], domains: Mapping[Cell, tuple[int, ...]], clock: Clock
) -> Packages:
    """The packages made of one row of each group.

    Cells and combinations come in the order of `domains`, the agenda's, whatever the search found
    first.
    """
    fixed: dict[Cell, int] = {}
    free: dict[Cell, tuple[int, ...]] = {}
    linked: list[Linked] = []
    place = {cell: at for at, cell in enumerate(domains)}
    for rows, outcomes, complete in groups:
        cells = sorted(rows[0], key=lambda cell: place[cell])
        varying = tuple(cell for cell in cells if rows[0][cell] != outcomes[cell])
        fixed |= {cell: rows[0][cell] for cell in cells if cell not in varying}
        if varying:
            some = [tuple(row[cell] for cell in varying) for row in rows]
            apart, together = parted(varying, some, complete, domains, clock)
            free |= apart
            linked += together
    return in_agenda_order(domains, fixed, free, linked)
