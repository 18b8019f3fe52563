"""How positions and verdicts moved: the last month with a movement, and verdicts month by month."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.figures import Figures
from claimpos.comparison.history import Kind, events
from claimpos.comparison.reasons import Verdict
from claimpos.comparison.verdict_timeline import Outline, bearing_on, verdicts_over_time
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell, Issue
from claimpos.rendering.document import Sign
from claimpos.wording.names import Words

Months = Sequence[date]
"""The last days of months, the first of them first."""

_NUMBER = 12  # of months in a picture
_NOTHING = Outline("unresolved", "silent")


class MovedPosition(NamedTuple):
    """A position that moved: whose, how, on what, and from which day on."""

    party: str
    kind: Kind
    issue: Issue
    day: date


class Change(NamedTuple):
    """A verdict that changed within the month: on what, from which to which."""

    title: str
    was: Verdict
    now: Verdict


class MonthOfMovement(NamedTuple):
    """What moved in a month; `month` is its last day, or the day of the report."""

    month: date
    steps: tuple[MovedPosition, ...]
    verdicts: tuple[Change, ...]


class Trends:
    """When the positions and verdicts of a comparison last moved, and the verdicts since then.

    The verdicts are those at the ends of the picture's months, and on each day from the last month
    on in which a position moved. Other days, which may be many, are not judged; nor are positions
    compared that moved before that month.
    """

    def __init__(self, comparison: Comparison, timelines: EffectiveTimelines | None = None) -> None:
        """`timelines` of the comparison's dossier, if they are known, are not worked out again."""
        self.comparison = comparison
        dossier, parties = comparison.dossier, comparison.parties
        self._timelines = timelines or EffectiveTimelines(dossier, comparison.basis)
        self._moved = self._last_steps()
        chosen = tuple(party for party in dossier.parties if party in parties)
        issues = [verdict.issue.id for verdict in comparison.issues]
        days = [day for day in self._timelines.days(chosen) if day <= comparison.day]
        if self._moved:
            *months, _ = months_until(self._moved[0].day, comparison.day)
            until = dict.fromkeys(bisect_right(days, month) for month in months)
            days = [days[at - 1] for at in until if at] + days[max(until, default=0) :]
        near = bearing_on(dossier, chosen, issues)
        over_time = verdicts_over_time(
            near,
            [chosen],
            days,
            comparison.basis,
            with_reasons=["unresolved"],
            known=self._timelines.own,
        )[chosen]
        self._days = {issue: [days[turn.day] for turn in over_time[issue]] for issue in issues}
        self._outlines = {issue: [turn.outline for turn in over_time[issue]] for issue in issues}

    def signs(self, months: Months) -> Mapping[str, list[Sign]]:
        """By issue, its verdict at the end of each of these months."""
        return {issue: [_sign(self._on(issue, day)) for day in months] for issue in self._days}

    def last_movement(self) -> MonthOfMovement | None:
        """What moved in the last month in which anything did; None if nothing ever has.

        A position that was said again without change has not moved.
        """
        days = [step.day for step in self._moved]
        days += [day for issue in self._days for day in self._turning(issue)]
        if not days:
            return None
        last = min(last_of_month(max(days)), self.comparison.day)
        first = last.replace(day=1)
        within = tuple(step for step in self._moved if first <= step.day <= last)
        return MonthOfMovement(last, within, tuple(self._changes(first, last)))

    def _on(self, issue: str, day: date) -> Outline:
        at = bisect_right(self._days[issue], day)
        return self._outlines[issue][at - 1] if at else _NOTHING

    def _turning(self, issue: str) -> Iterable[date]:
        """The days on which a verdict, and not only its reason, changed."""
        before = _NOTHING
        for day, outline in zip(self._days[issue], self._outlines[issue], strict=True):
            if dict(_verdicts(before, outline)) != dict(_verdicts(outline, before)):
                yield day
            before = outline

    def _last_steps(self) -> Sequence[MovedPosition]:
        """The steps of the last month in which a position moved, by party and issue."""
        compared = self.comparison
        figures = Figures(self._timelines, compared.parties)
        known = [
            (event, party, verdict.issue)
            for party in compared.parties
            for verdict in compared.issues
            for event in events(self._timelines, party, verdict.issue.id, compared.day)
        ]
        moved: dict[int, MovedPosition] = {}
        first = date.min
        for number in sorted(range(len(known)), key=lambda at: known[at][0].day, reverse=True):
            event, party, issue = known[number]
            if event.day < first:
                break
            kind = event.step(figures, party).kind
            if kind != "restated":
                moved[number] = MovedPosition(party, kind, issue, event.day)
                first = event.day.replace(day=1)
        return [moved[number] for number in sorted(moved)]

    def _changes(self, first: date, last: date) -> Iterable[Change]:
        """The verdicts that differ from those before the month, like sub-issues together."""
        words = Words(self.comparison.dossier)
        before = first - timedelta(days=1) if first > date.min else first
        for issue in self._days:
            was, now = (self._on(issue, day) for day in (before, last))
            old = dict(_verdicts(was, now))
            alike: dict[tuple[Verdict, Verdict], list[Cell]] = {}
            for item, verdict in _verdicts(now, was):
                if old[item] != verdict:
                    alike.setdefault((old[item], verdict), []).append(Cell(issue, item))
            yield from (Change(words.cells(cells), *turn) for turn, cells in alike.items())


def _verdicts(outline: Outline, other: Outline) -> Iterable[tuple[str | None, Verdict]]:
    """The verdict on each sub-issue that either names; of what has none, on the issue."""
    named = {item: verdict for item, verdict, _ in outline.items}
    items = dict.fromkeys([*named, *(item for item, _, _ in other.items)])
    if not items:
        return [(None, outline.verdict)]
    return [(item, named.get(item, "unresolved")) for item in items]


def _sign(outline: Outline) -> Sign:
    """The sign of a verdict; an unresolved one is "silent" if a party has no position."""
    if outline.verdict != "unresolved":
        return outline.verdict
    reasons = [reason for _, verdict, reason in outline.items if verdict == "unresolved"]
    silent = "silent" in reasons if outline.items else outline.reason in ("silent", "own-word")
    return "silent" if silent else "unresolved"


def months_until(last: date, day: date) -> Months:
    """The last days of the twelve months up to that of `last`; the last one is `day` at the latest.

    There are fewer in the first year that a date can have.
    """
    months = [min(last_of_month(last), day)]
    while len(months) < _NUMBER and months[0].replace(day=1) > date.min:
        months.insert(0, months[0].replace(day=1) - timedelta(days=1))
    return months


def last_of_month(day: date) -> date:
    """The last day of the month that a day is in."""
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
