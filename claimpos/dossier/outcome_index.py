"""Outcomes gathered by cell, to compare many of them with many others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimpos.dossier.model import Cell, Issue, Named, space_of
from claimpos.dossier.outcomes import Outcomes, Space


class Gathered:
    """Outcomes gathered by cell, with which each of those `asked` can be compared at once."""

    def __init__(
        self, named: Iterable[Named], asked: Iterable[Named], issues: Mapping[str, Issue]
    ) -> None:
        of_cells: dict[Cell, list[Outcomes]] = {}
        for one in asked:
            for cell, outcomes in one.items():
                of_cells.setdefault(cell, []).append(outcomes)
        gathered: dict[Cell, list[Outcomes]] = {cell: [] for cell in of_cells}
        for one in named:
            for cell in one.keys() & gathered.keys():
                gathered[cell].append(one[cell])
        self.options: dict[Cell, set[object]] = {}
        self.figures: dict[Cell, tuple[Space, int]] = {}
        for cell, several in gathered.items():
            issue = issues[cell.issue]
            if issue.kind != "quantity":
                self.options[cell] = set().union(*several)
                continue
            # One space for all of them, because making one for each pair would take long.
            space = space_of(issue, [*several, *of_cells[cell]])
            merged = tuple(stretch for outcomes in several for stretch in outcomes)
            self.figures[cell] = space, space.mask(merged)  # type: ignore[arg-type]

    def meets(self, cell: Cell, outcomes: Outcomes) -> bool:
        """Whether any of these outcomes of a cell was gathered."""
        if cell in self.options:
            return not self.options[cell].isdisjoint(outcomes)
        space, gathered = self.figures[cell]
        return bool(space.mask(outcomes) & gathered)

    def holds(self, named: Named) -> bool:
        """Whether all of these outcomes were gathered."""
        for cell, outcomes in named.items():
            if cell in self.options:
                if not self.options[cell].issuperset(outcomes):
                    return False
            else:
                space, gathered = self.figures[cell]
                if space.mask(outcomes) & ~gathered:
                    return False
        return True
