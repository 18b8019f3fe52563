"""How verdicts ran month by month, for a picture of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from claimpos.briefing.last_movement import last_of_month
from claimpos.briefing.page_size import bearing_on
from claimpos.comparison.verdict_timeline import Outline, Turn, verdicts_over_time
from claimpos.comparison.verdicts import Comparison
from claimpos.rendering.document import Sign

Months = Sequence[date]
"""The last days of months, the first of them first."""

_NUMBER = 12


def months_until(last: date, day: date) -> Months:
    """The last days of twelve months up to the one that holds `last`, of which none is after `day`.

    There are fewer in the first year that a date can have.
    """
    months = [min(last_of_month(last), day)]
    while len(months) < _NUMBER and months[0].replace(day=1) > date.min:
        months.insert(0, months[0].replace(day=1) - timedelta(days=1))
    return months


def trends(comparison: Comparison, months: Months) -> Mapping[str, list[Sign]]:
    """By issue, its verdict at the end of each of these months."""
    dossier, parties = comparison.dossier, comparison.parties
    chosen = tuple(party for party in dossier.parties if party in parties)
    issues = [verdict.issue.id for verdict in comparison.issues]
    near = bearing_on(dossier, chosen, issues)
    over_time = verdicts_over_time(near, [chosen], months, comparison.basis)[chosen]
    return {issue: _each(over_time[issue], len(months)) for issue in issues}


def _each(turns: Sequence[Turn], number: int) -> list[Sign]:
    found: list[Sign] = ["silent"] * number
    for turn in turns:
        found[turn.day :] = [_sign(turn.outline)] * (number - turn.day)
    return found


def _sign(outline: Outline) -> Sign:
    """The verdict; of one that is open, whether that is because a party has no position."""
    if outline.verdict != "unresolved":
        return outline.verdict
    reasons = [reason for _, verdict, reason in outline.items if verdict == "unresolved"]
    silent = "silent" in reasons if outline.items else outline.reason == "silent"
    return "silent" if silent else "unresolved"
