"""The work that one comparison may take, so that no dossier keeps a command busy for ever."""

from __future__ import annotations

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Cell
from claimpos.errors import WrongUsage

_LIMIT = "condition-steps"
_OF_SETS = "blocking-set-steps"
_CONFLICTS = 5
"""All conflicts of a comparison together may take so many times the steps that one may."""


class Effort:
    """Counts the steps taken to weigh conditions, for all cells of a comparison together.

    Apart from these it counts those taken to look for the sets of parties in conflict.
    """

    def __init__(self) -> None:
        self._left = limit(_LIMIT)
        self._left_for_sets = _CONFLICTS * limit(_OF_SETS)

    @property
    def of_next_conflict(self) -> int:
        """The steps that may be taken to look for the sets of parties of one more conflict."""
        return min(limit(_OF_SETS), self._left_for_sets)

    def spend_on_conflict(self, steps: int) -> None:
        """Count the steps taken for one conflict."""
        self._left_for_sets -= min(steps, self._left_for_sets)

    def spend(self, cell: Cell, steps: int) -> None:
        """Count the steps that comparing the parties on a cell takes.

        Raises WrongUsage if they are more than the limit allows.
        """
        self._left -= steps
        if self._left < 0:
            raise WrongUsage(
                f"the positions on “{cell.issue}” take the comparison over the limit of "
                f"{limit(_LIMIT):,} steps; {how_to_raise(_LIMIT)}"
            )
