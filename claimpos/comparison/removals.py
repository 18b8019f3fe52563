"""Statements whose removal changes a verdict."""

from __future__ import annotations

from typing import NamedTuple

from claimpos.comparison.reasons import Verdict
from claimpos.dossier.model import Statement


class Removal(NamedTuple):
    """Statements, each with the party in whose file it stands, and the verdict without them."""

    statements: tuple[tuple[str, Statement], ...]
    verdict: Verdict


class Fragility(NamedTuple):
    """What a verdict hangs on: the removals of the fewest statements that change it.

    Without any, it takes more than `searched` statements; 0 if there were too many to look at.
    """

    removals: tuple[Removal, ...]
    searched: int

    @property
    def least(self) -> int:
        """How many statements are the fewest; one more than were searched, if none was found."""
        return len(self.removals[0].statements) if self.removals else self.searched + 1
