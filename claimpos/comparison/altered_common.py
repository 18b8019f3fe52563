"""What would be acceptable to several parties if some of them had other stances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimpos.comparison.acceptance import AnswerKinds, Stance
from claimpos.comparison.conditions import Common, Ground
from claimpos.comparison.pending_conditions import PendingOutcomes
from claimpos.dossier.model import Cell


class AlteredCommon(Common):
    """The common ground if some parties had other stances on some cells."""

    def __init__(self, before: Common, stances: Mapping[tuple[str, Cell], Stance]) -> None:
        super().__init__(before.table.with_stances(stances), before.parties)
        self._before = before
        self._altered: dict[Cell, dict[str, Stance]] = {}
        for (party, cell), stance in stances.items():
            self._altered.setdefault(cell, {})[party] = stance

    def static(self, cell: Cell) -> tuple[Ground, PendingOutcomes | None]:
        return super().static(cell) if cell in self._altered else self._before.static(cell)

    def stances_on(self, cell: Cell) -> Sequence[Stance]:
        altered = self._altered.get(cell, {})
        held = zip(self.parties, self._before.stances_on(cell), strict=True)
        return [altered.get(party, stance) for party, stance in held]

    def said_by_some(self, cell: Cell) -> AnswerKinds:
        """As of any parties; of one other stance, without looking at those of all the others."""
        if len(self._altered[cell]) > 1:
            return super().said_by_some(cell)
        ((party, stance),) = self._altered[cell].items()
        old = self._before.table.stance(party, cell)
        return self._before.said_besides(cell, old.kinds).joined(stance.kinds)
