"""How a comparison would end if parties said something else on some cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimpos.comparison.acceptance import Stance
from claimpos.comparison.conditions import Common
from claimpos.comparison.table import Table
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Space
from claimpos.dossier.timeline import Standing

Said = Mapping[tuple[str, Cell], Stance]
"""What some parties say on some cells."""


class AlteredTable(Table):
    """A table of positions in which some parties say something else on some cells."""

    def __init__(self, table: Table, said: Said) -> None:
        self.dossier = table.dossier
        self.parties = table.parties
        self.effort = table.effort
        self._table = table
        self._said = said

    def standing(self, party: str, issue: str) -> Standing:
        return self._table.standing(party, issue)

    def space(self, cell: Cell) -> Space:
        return self._table.space(cell)

    def stance(self, party: str, cell: Cell) -> Stance:
        altered = self._said.get((party, cell))
        return self._table.stance(party, cell) if altered is None else altered


class Alterations:
    """Works out what alterations of a comparison's positions change."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self.table = common.table
        issues = self.table.dossier.issues.values()
        cells = [cell for issue in issues for cell in common.cells(issue)]
        self._places = {cell: place for place, cell in enumerate(cells)}
        self._waiting = self._conditions_on()

    def _conditions_on(self) -> dict[Cell, set[Cell]]:
        """The cells on which some party has a condition on each cell."""
        waiting: dict[Cell, set[Cell]] = {}
        for cell in self._places:
            for party in self.common.parties:
                for clause in self.table.stance(party, cell).clauses:
                    for other, _ in clause.requires:
                        waiting.setdefault(other, set()).add(cell)
        return waiting

    def changed(self, said: Said) -> dict[Cell, Truth]:
        """The cells that would have another value, with that value, in the agenda's order."""
        reached = {cell for _, cell in said}
        ahead = [*reached]
        while ahead:
            for cell in self._waiting.get(ahead.pop(), ()):
                if cell not in reached:
                    reached.add(cell)
                    ahead.append(cell)
        altered = Common(AlteredTable(self.table, said), self.common.parties)
        known = sorted(reached & self._places.keys(), key=self._places.__getitem__)
        values = ((cell, altered.value(cell)) for cell in known)
        return {cell: value for cell, value in values if value is not self.common.value(cell)}

    def held_also(self, party: str, cells: Iterable[Cell], stance: Stance) -> Said:
        """A party's stance on some cells as its own, and as that of members it speaks for."""
        return {
            (holder, cell): stance
            for cell in cells
            for holder in (party, *self.table.following(party, cell))
        }
