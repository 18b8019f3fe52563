"""Works out values that depend on each other, until none changes any more."""

from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush

from claimpos.dossier.model import Cell


def work_out(
    cells: Sequence[Cell],
    leads_to: Callable[[Cell], Iterable[Cell]],
    has_changed: Callable[[Cell], bool],
) -> None:
    """Work out the value of each cell, and again if that of one that it leads to has changed.

    Args:
        cells: The cells, each after those that it leads to, except on circles. They are taken in
            this order, so that without circles each is looked at once.
        leads_to: The cells on whose values that of a cell depends.
        has_changed: Works out the value of a cell, and returns whether it is another one now.
    """
    place = {cell: number for number, cell in enumerate(cells)}
    waiting: dict[Cell, list[int]] = {cell: [] for cell in cells}
    for cell in cells:
        for other in leads_to(cell):
            if other in waiting:
                waiting[other].append(place[cell])
    queue = list(range(len(cells)))
    queued = set(queue)
    while queue:
        number = heappop(queue)
        queued.remove(number)
        cell = cells[number]
        if has_changed(cell):
            for again in waiting[cell]:
                if again not in queued:
                    queued.add(again)
                    heappush(queue, again)
