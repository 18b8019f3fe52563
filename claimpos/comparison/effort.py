"""Counts the steps that a comparison takes, so that it ends."""

from __future__ import annotations

from claimpos.dossier.limits import how_to_raise, limit, limits
from claimpos.dossier.model import Cell
from claimpos.errors import WrongUsage

_LIMIT = "condition-steps"
_OF_SETS = "blocking-set-steps"
_CHANGES = "position-changes"
_PAIRS = "party-pairs"
_CONFLICTS = 5
"""How many times as many steps all conflicts of a comparison may take as one conflict may."""

_STEPS_FOR_VOTES = 300_000
"""The steps that all searches for pivotal members may take, in one comparison."""


class Effort:
    """Counts the steps taken to weigh conditions, for all cells of a comparison together.

    The steps of the searches for sets of parties in conflict, or with a pivotal vote, are counted
    separately, and so are the changes of positions, and the pairs of parties, that are told.
    """

    def __init__(self, part: int = 1) -> None:
        """Leave as many steps as the limits allow; of those for conditions, one part in `part`."""
        most = limits()
        self._left = most[_LIMIT] // part
        self._left_for_sets = _CONFLICTS * most[_OF_SETS]
        self.left_for_votes = _STEPS_FOR_VOTES
        self._left_for_changes = most[_CHANGES]
        self._left_for_pairs = most[_PAIRS]

    def spend_on_vote(self, steps: int) -> None:
        """Count the steps that the search for those who can change the result of a vote took."""
        self.left_for_votes -= min(steps, self.left_for_votes)

    @property
    def of_next_conflict(self) -> int:
        """The steps that the search for the sets of the next conflict may take."""
        return min(limit(_OF_SETS), self._left_for_sets)

    def spend_on_conflict(self, steps: int) -> None:
        """Count the steps that the search took for one conflict."""
        self._left_for_sets -= min(steps, self._left_for_sets)

    def tell_change(self) -> None:
        """Count a change of a position; raises WrongUsage if there are more than the limit."""
        self._left_for_changes -= 1
        if self._left_for_changes < 0:
            raise WrongUsage(
                f"the positions change more than {limit(_CHANGES):,} times; ask for fewer parties "
                f"or issues, or, {how_to_raise(_CHANGES)}"
            )

    def tell_pairs(self, number: int) -> None:
        """Count pairs of parties that a report covers; raises WrongUsage beyond the limit."""
        self._left_for_pairs -= number
        if self._left_for_pairs < 0:
            raise WrongUsage(
                f"the report would cover more than {limit(_PAIRS):,} pairs of parties; ask for "
                f"fewer parties or issues, or, {how_to_raise(_PAIRS)}"
            )

    def spend(self, cell: Cell, steps: int) -> None:
        """Count steps that are taken for a cell; raises WrongUsage if they exceed the limit."""
        self._left -= steps
        if self._left < 0:
            raise WrongUsage(
                f"the positions on “{cell.issue}” take the comparison over the limit of "
                f"{limit(_LIMIT):,} steps; {how_to_raise(_LIMIT)}"
            )
