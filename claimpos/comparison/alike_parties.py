"""Which parties say the same of a cell and of every cell that it leads to."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.comparison.acceptance import Stance
from claimpos.comparison.table import Table
from claimpos.dossier.graph import all_reached
from claimpos.dossier.model import Cell


def alike_by_cell(table: Table, parties: Sequence[str]) -> dict[Cell, list[tuple[str, ...]]]:
    """For each cell that conditions join to others, the parties that say the same on all these."""
    joined: dict[Cell, set[Cell]] = {}
    for party in parties:
        for issue in table.dossier.issues.values():
            for cell in table.cells(issue, [party]):
                for clause in table.stance(party, cell).clauses:
                    table.effort.spend(cell, len(clause.requires))
                    for other, _ in clause.requires:
                        joined.setdefault(cell, set()).add(other)
                        joined.setdefault(other, set()).add(cell)
    alike: dict[Cell, list[tuple[str, ...]]] = {}
    for cell in joined:
        if cell not in alike:
            together = all_reached([cell], joined.__getitem__)
            sides: dict[tuple[Stance, ...], list[str]] = {}
            for party in parties:
                said = tuple(table.stance(party, other) for other in together)
                if any(stance.no or stance.conditional for stance in said):
                    sides.setdefault(said, []).append(party)
            told = [tuple(some) for some in sides.values()]
            alike |= dict.fromkeys(together, told)
    return alike
