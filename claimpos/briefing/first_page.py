"""The first page of a briefing: three sentences, a picture and the age of the evidence.

It is about the core issues, or about all where none of those compared is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimpos.briefing.ranking import Ranked, conflict, title
from claimpos.briefing.trends import MonthOfMovement, Months, Trends, months_until
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.history import Kind
from claimpos.comparison.verdicts import Comparison, IssueVerdict, compare
from claimpos.rendering.diff import Row, member_notes, rows_of, scope_notes, verdict_counts
from claimpos.rendering.document import plain
from claimpos.wording.age import age_in_full
from claimpos.wording.dossier_texts import label
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, joined, written_month
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import reason_name
from claimpos.wording.votes import outcome_of_an_overlap

MOST_WORDS = 350
"""How many words the page has at most, headings included."""

_FRAME_WORDS = 60
"""What is left of these for the title, the lead of each sentence and the legend."""

_MOST = 3
_MOST_OVERLAPS = 4
_MOST_ROWS = 12

_MOVED: dict[Kind, str] = {
    "new": "took a position on {}",
    "hardened": "hardened on {}",
    "softened": "softened on {}",
    "changed": "shifted on {}",
    "lapsed": "no longer has a position on {}",
}


def first_page(
    comparison: Comparison,
    rows: Sequence[Row] | None = None,
    timelines: EffectiveTimelines | None = None,
) -> dict[str, Any]:
    """The page as data: what it is about, its sentences, its picture, how old the evidence is.

    Which positions are compared, where not all are, stands with the age of the evidence.

    `rows` are those of the comparison, and `timelines` those of its dossier, where they are known
    already.
    """
    core = _core(comparison)
    trends = Trends(core, timelines)
    moved = trends.last_movement()
    known = rows if rows is not None and core is comparison else rows_of(core)
    rows = [row for row in known if row.reason != "one-voice"]
    is_core = any(verdict.issue.core for verdict in core.issues)
    where = "core issues" if core is not comparison else ""
    age = age_in_full(core.dossier, core.newest, core.day, where)
    texts = {
        "counted": _counted(core, is_core),
        "meet": _meet(core, rows, "core issues" if is_core else "issues"),
        "disputes": _disputes(rows),
        "moved": _moved(core, moved, where or ("these issues" if member_notes(core) else "")),
        "age": " ".join([*age, *scope_notes(core)]),
    }
    room = MOST_WORDS - _FRAME_WORDS - sum(len(text.split()) for text in texts.values())
    return {**texts, "picture": _picture(trends, moved, room)}


def _core(comparison: Comparison) -> Comparison:
    """The same comparison of the core issues alone, if there are any among those compared."""
    core = {one.issue.id for one in comparison.issues if one.issue.core}
    if not core or len(core) == len(comparison.issues):
        return comparison
    known = comparison.dossier, comparison.parties, comparison.day, comparison.basis
    return compare(*known, issues=core)


def _counted(core: Comparison, is_core: bool) -> str:
    counts = plain(verdict_counts(core))
    return counts.replace(" issue", " core issue", 1) if is_core else counts


def _meet(core: Comparison, rows: Sequence[Row], issues: str) -> str:
    whole = [one for one in core.issues if one.verdict == "overlap"]
    own: dict[str, list[Row]] = {one.issue.id: [] for one in whole}
    for row in rows:
        own.setdefault(row.issue.issue.id, []).append(row)
    met = {one.issue.id for one in whole}
    parts = [row for row in rows if row.verdict == "overlap" and row.issue.issue.id not in met]
    number = len(core.issues)
    acceptable = outcome_of_an_overlap(core)
    if number == 1 and not parts:
        there = f"There is {acceptable}" if whole else f"There is no{acceptable[2:]}"
        return f"{there} on {label(core.issues[0].issue.title)}."
    if not whole and not parts:
        return f"None of the {number} {issues} has {acceptable}."
    named = _named([_meeting(one, own[one.issue.id]) for one in whole], _MOST_OVERLAPS)
    partly = _named([label(title(row)) + _outcome(row) for row in parts], _MOST)
    if not whole:
        no_whole = f"None of the {number} {issues} as a whole has {acceptable}"
        if number == 1:
            no_whole = f"{label(core.issues[0].issue.title)} as a whole has no{acceptable[2:]}"
        return f"{no_whole}, but there is one on {partly}."
    found = f"There is {acceptable} on {len(whole)} of {number} {issues}: {named}"
    return f"{found}; and on parts of others: {partly}." if parts else f"{found}."


def _meeting(issue: IssueVerdict, own: Sequence[Row]) -> str:
    """An issue that is an overlap, with the outcome if its sub-issues share one."""
    return label(issue.issue.title) + (_outcome(own[0]) if len(own) == 1 else "")


def _outcome(row: Row) -> str:
    """In brackets, what is acceptable to all; nothing if a vote decides without it."""
    phrases = Phrases(row.cells[0].case)
    agreed = phrases.case.agreed
    return f" ({phrases.outcomes(agreed)})" if agreed else ""


def _named(issues: Sequence[str], most: int) -> str:
    """The first issues by name, and the others by number."""
    more = len(issues) - most
    named = [*issues[:most], f"{more} more"] if more > 1 else [*issues]
    return joined(named) if named else ""


def _disputes(rows: Sequence[Row]) -> str:
    """The sharpest conflicts, one for each issue, after the clashing positions in each."""
    ranked = [
        (conflict(number, row, Phrases(row.cells[0].case)), row.issue)
        for number, row in enumerate(rows)
        if row.verdict == "conflict" and row.cells
    ]
    first: dict[str, tuple[Ranked, IssueVerdict]] = {}
    for one in sorted(ranked, key=lambda one: one[0].rank):
        first.setdefault(one[1].issue.id, one)
    named = [*first.values()][:_MOST]
    if not named:
        return "On no issue is every outcome ruled out."
    text = joined(f"{label(issue.issue.title)} ({one.in_short})" for one, issue in named)
    disputes = "dispute is" if len(named) == 1 else "disputes are"
    return f"The sharpest {disputes} over {text}."


def _moved(core: Comparison, moved: MonthOfMovement | None, where: str) -> str:
    """Who moved on what in the last month in which anything did, and which verdicts changed.

    `where` names the issues, if these are not all.
    """
    on_which = f" on {where}" if where else ""
    if moved is None:
        return f"No position{on_which} has moved yet."
    words = Words(core.dossier)
    by_party: dict[str, dict[str, list[str]]] = {}
    for party, kind, issue, _ in moved.steps[: 2 * _MOST]:
        how = words.of(party).in_number(_MOVED[kind])
        by_party.setdefault(party, {}).setdefault(how, []).append(label(issue.title))
    parts = [
        f"{words.party(party)} {joined(how.format(joined(on)) for how, on in ways.items())}"
        for party, ways in by_party.items()
    ]
    if (more := len(moved.steps) - 2 * _MOST) > 0:
        parts.append(f"{counted(more, 'more position', 'more positions')} moved")
    parts += [f"{one.title} went from {one.was} to {one.now}" for one in moved.verdicts[:_MOST]]
    if (more := len(moved.verdicts) - _MOST) > 0:
        parts.append(f"{counted(more, 'more verdict', 'more verdicts')} changed")
    if not moved.verdicts:
        parts.append("no verdict changed")
    month = written_month(moved.month)
    return f"The latest movement{on_which} was in {month}: {'; '.join(parts)}."


def _picture(trends: Trends, moved: MonthOfMovement | None, room: int) -> dict[str, Any]:
    """How the verdicts ran over twelve months, of as many issues as there is room for."""
    core = trends.comparison
    months = months_until(core.day if moved is None else moved.month, core.day)
    runs = trends.signs(months)
    rows: list[dict[str, Any]] = []
    for issue in core.issues[:_MOST_ROWS]:
        now = _now(issue)
        room -= len(issue.issue.title.split()) + len(now.split()) + 1
        if room < 0:
            break
        rows.append(
            {
                "issue": issue.issue.id,
                "title": issue.issue.title,
                "verdicts": runs[issue.issue.id],
                "now": now,
            }
        )
    return {**_month_names(months), "rows": rows, "left_out": len(core.issues) - len(rows)}


def _now(issue: IssueVerdict) -> str:
    """The verdict with its reason or, where sub-issues differ, of how many of them it is.

    Of several reasons, only that a party has no position is named.
    """
    number, parties, whole = len(issue.cells), len(issue.positions), issue.reported_reason
    reasons = {whole} if whole else {cell.reported_reason for cell in issue.cells}
    alike = sum(cell.verdict == issue.verdict for cell in issue.cells)
    if alike < number and whole is None:
        return f"{issue.verdict} on {alike} of {number} sub-issues"
    if len(reasons) == 1:
        return f"{issue.verdict}: {reason_name(reasons.pop(), parties).lower()}"
    if not issue.silent:
        return issue.verdict
    unheard = sum(cell.reason == "silent" for cell in issue.cells)
    reason = reason_name("silent", parties).lower()
    return f"{issue.verdict}: {reason} on {unheard} of {number} sub-issues"


def _month_names(months: Months) -> dict[str, Any]:
    return {
        "months": [f"{day:%Y-%m}" for day in months],
        "months_in_words": [*map(written_month, months)],
    }
