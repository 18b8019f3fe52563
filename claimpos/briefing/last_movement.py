"""The last month in which a position or a verdict changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from claimpos.comparison.changes import Changes, changes
from claimpos.comparison.history import Kind
from claimpos.comparison.reasons import Verdict
from claimpos.comparison.verdict_timeline import days_of_change
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell, Issue
from claimpos.wording.names import Words


class Change(NamedTuple):
    """A verdict that is another one at the end of the month: on what, and which."""

    title: str
    now: Verdict


class Movement(NamedTuple):
    """What moved in a month, of which `month` is the last day, or the day of the report."""

    month: date
    steps: tuple[tuple[str, Kind, Issue], ...]
    verdicts: tuple[Change, ...]

    @property
    def month_in_words(self) -> str:
        return f"{self.month:%B %Y}"


def last_movement(comparison: Comparison) -> Movement | None:
    """What moved in the last month in which anything did, on the issues compared; None if never.

    A position that was said again without change has not moved.
    """
    issues = [verdict.issue.id for verdict in comparison.issues]
    days = days_of_change(comparison.dossier, comparison.parties, comparison.basis)
    months = {day.replace(day=1) for day in days if day <= comparison.day}
    for first in sorted(months, reverse=True):
        if first == date.min:
            break
        last = min(last_of_month(first), comparison.day)
        known = comparison.dossier, comparison.parties, first - timedelta(days=1), last
        found = changes(*known, comparison.basis, issues)
        moved = tuple(
            (one.party, one.step.kind, one.issue)
            for one in found.entries
            if one.step.kind != "restated"
        )
        if moved or found.verdicts:
            return Movement(last, moved, _verdicts(found))
    return None


def last_of_month(day: date) -> date:
    """The last day of the month that a day is in."""
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _verdicts(found: Changes) -> tuple[Change, ...]:
    """The changed verdicts, like sub-issues of an issue together."""
    words = Words(found.dossier)
    alike: dict[tuple[str, Verdict], list[Cell]] = {}
    for change in found.verdicts:
        alike.setdefault((change.cell.issue, change.now.verdict), []).append(change.cell)
    return tuple(Change(words.cells(cells), now) for (_, now), cells in alike.items())
