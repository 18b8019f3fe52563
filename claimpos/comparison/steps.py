"""How a verdict comes about, step by step: each cell once, then the cells that conditions lead to.

A step holds the outcomes of a cell and what each party says to each. A condition leads to steps of
its own, which may lead back: since each cell has one step, circles end where they began.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimpos.comparison.answers import Outcome, outcomes_of
from claimpos.comparison.conditions import Common
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell


class Step(NamedTuple):
    """Cells that are alike, and the outcomes asked of them; `led_to` if only a condition asks."""

    cells: tuple[Cell, ...]
    outcomes: tuple[Outcome, ...]
    led_to: bool

    @property
    def value(self) -> Truth:
        """Whether any of the outcomes is common to all parties."""
        return max((outcome.value for outcome in self.outcomes), default=Truth.UNKNOWN)


def steps(common: Common, cells: Sequence[Cell]) -> list[Step]:
    """The steps to the verdicts on these cells, those asked for first.

    Of a cell that only conditions lead to, the outcomes that they name are told.
    """
    told = {cell: outcomes_of(common, cell) for cell in cells}
    needed = dict.fromkeys(cells, -1)
    queue = deque(outcome for cell in cells for outcome in told[cell])
    while queue:
        for cell, mask in _led_to(queue.popleft()):
            if cell not in told:
                told[cell] = outcomes_of(common, cell)
            fresh = mask & ~needed.get(cell, 0)
            needed[cell] = needed.get(cell, 0) | mask
            queue.extend(outcome for outcome in told[cell] if outcome.mask & fresh)
    return _folded(
        [
            Step((cell,), tuple(one for one in told[cell] if one.mask & mask), cell not in cells)
            for cell, mask in needed.items()
        ]
    )


def _led_to(outcome: Outcome) -> Iterator[tuple[Cell, int]]:
    for answer in outcome.answers:
        for clause in answer.clauses:
            yield from clause.requires


def _folded(found: Sequence[Step]) -> list[Step]:
    """Items of one issue that are alike in everything share a step."""
    alike: dict[tuple[str, tuple[Outcome, ...], bool], list[Cell]] = {}
    for step in found:
        key = (step.cells[0].issue, step.outcomes, step.led_to)
        alike.setdefault(key, []).extend(step.cells)
    return [Step(tuple(cells), outcomes, led_to) for (_, outcomes, led_to), cells in alike.items()]
