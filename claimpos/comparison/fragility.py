"""What verdicts hang on: the fewest statements without which a verdict would be different.

A verdict is worked out without each statement that bears on it, then without each two. Without a
statement, the verbs and entries that rest on it alone are gone too, and the entry before is in
force again. The search is exhaustive for one and for two: a pair is skipped only if one of its
statements adds nothing to the removal of the other, at any place that bears on the verdict. Choices
of coding are tried one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations

from claimpos.comparison.alterations import (
    Choice,
    Fragility,
    Removal,
)
from claimpos.comparison.changed_positions import (
    Change,
    ChangedPositions,
    ChangedTable,
    Key,
    Place,
    TooManySteps,
)
from claimpos.comparison.conditions import Common
from claimpos.comparison.reasons import VERDICT_OF, Verdict
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.graph import all_reached
from claimpos.dossier.model import Cell, Issue
from claimpos.errors import WrongUsage

_Value = Callable[[Common], Truth]

_MOST_PAIRS = 20_000
"""The most pairs of statements that are tried for one verdict."""


def with_fragility(comparison: Comparison) -> Comparison:
    """The comparison with each verdict that hangs on a single statement marked."""
    found = Fragilities(comparison)
    issues = []
    for verdict in comparison.issues:
        cells = tuple(
            cell._replace(hangs_on=found.of_cell(cell.cell, most=1)) for cell in verdict.cells
        )
        is_one_cell = verdict.issue.kind != "items"
        whole = cells[0].hangs_on if is_one_cell else found.of_issue(verdict.issue, most=1)
        issues.append(verdict._replace(cells=cells, hangs_on=whole))
    return comparison._replace(issues=tuple(issues))


class Fragilities:
    """What the verdicts of a comparison hang on, each worked out when it is needed."""

    def __init__(self, comparison: Comparison) -> None:
        self._parties = comparison.parties
        self._issues = comparison.dossier.issues
        self._positions = ChangedPositions(comparison)
        self._now = self._common(())
        self._bearing: dict[str, tuple[str, ...]] = {}

    def of_cell(self, cell: Cell, most: int = 2) -> Fragility:
        """What the verdict on a cell hangs on, removing at most `most` statements at once."""
        return self._search(cell.issue, lambda common: common.verdict_value(cell), most)

    def of_issue(self, issue: Issue, most: int = 2) -> Fragility:
        """What the verdict on an issue as a whole hangs on."""
        return self._search(issue.id, lambda common: common.issue_value(issue), most)

    def choices(self, cell: Cell) -> tuple[tuple[Choice, Verdict], ...] | None:
        """The choices of coding that change the verdict on a cell, each with the new verdict.

        None if there are too many to try.
        """
        try:
            places = self._places(cell.issue)
            self._positions.spend(len(places))
            before = self._now.verdict_value(cell)
            found = []
            for choice in self._positions.active_choices(places):
                self._positions.spend(len(places))
                if (after := self._common((choice,)).verdict_value(cell)) is not before:
                    found.append((choice, VERDICT_OF[after]))
            return tuple(found)
        except (TooManySteps, WrongUsage):
            return None

    def _search(self, issue: str, value: _Value, most: int) -> Fragility:
        try:
            return self._searched(self._places(issue), value, most)
        except (TooManySteps, WrongUsage):  # the latter, where conditions take too many
            return Fragility((), 0)

    def _searched(self, places: Sequence[Place], value: _Value, most: int) -> Fragility:
        self._positions.spend(len(places))
        before = value(self._now)

        def changing(removals: Iterable[tuple[Key, ...]]) -> tuple[Removal, ...]:
            found = []
            for keys in removals:
                self._positions.spend(len(places))
                if (after := value(self._common(keys))) is not before:
                    found.append(Removal(self._positions.statements(keys), VERDICT_OF[after]))
            return tuple(found)

        active = self._positions.active(places)
        found = changing((key,) for key in active)
        if found or most == 1:
            return Fragility(found, 1)
        pairs = {*combinations(active, 2), *self._positions.joint(places, {*active})}
        if len(pairs) > _MOST_PAIRS:
            return Fragility((), 1)
        return Fragility(changing(sorted(pairs)), 2)

    def _common(self, changes: Collection[Change]) -> Common:
        return Common(
            ChangedTable(self._positions, self._parties, frozenset(changes)), self._parties
        )

    def _places(self, issue: str) -> list[Place]:
        """All places that bear on an issue by any entry, in force or not."""
        if issue not in self._bearing:
            self._bearing[issue] = tuple(all_reached([issue], self._positions.named_from))
        return [(party, other) for other in self._bearing[issue] for party in self._parties]
