"""The work that one comparison may take, so that no dossier keeps a command busy for ever."""

from __future__ import annotations

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Cell
from claimpos.errors import WrongUsage

_LIMIT = "condition-steps"


class Effort:
    """Counts the steps taken to weigh conditions, for all cells of a comparison together."""

    def __init__(self) -> None:
        self._left = limit(_LIMIT)

    def spend(self, cell: Cell, steps: int) -> None:
        """Count the steps that the conditions on a cell take.

        Raises WrongUsage if they are more than the limit allows.
        """
        self._left -= steps
        if self._left < 0:
            raise WrongUsage(
                f"the conditions on “{cell.issue}” take the comparison over the limit of "
                f"{limit(_LIMIT):,} steps; {how_to_raise(_LIMIT)}"
            )
