"""How verdicts run over time, for many sets of parties of one dossier.

Every verdict comes from the same code as that of a single comparison. What makes many of them
cheap: an issue is judged anew only on a day, and only for parties, on which an entry begins or
ends on the issue itself or on one that conditions lead to from it; and issues that no condition
joins are laid out apart from one another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from claimpos.comparison.conditions import Common
from claimpos.comparison.reasons import VERDICT_OF, Case, Reason, Verdict, reason_without_cells
from claimpos.comparison.table import Table
from claimpos.comparison.verdicts import IssueVerdict, verdicts_on
from claimpos.dossier.model import BASES, Basis, Dossier, Entry, Issue, Party
from claimpos.dossier.timeline import Standing

Set = tuple[str, ...]
"""The ids of two or more parties, in the order of the dossier."""


class Outline(NamedTuple):
    """A verdict without words: on an issue and, of one with items, on each that is named."""

    verdict: Verdict
    reason: Reason | None
    items: tuple[tuple[str, Verdict, Reason], ...] = ()


class Turn(NamedTuple):
    """The verdict from the day of this number on, `told` in words where these were asked for."""

    day: int
    outline: Outline
    told: str = ""


Course = Mapping[Set, Mapping[str, Sequence[Turn]]]
"""For each set of parties and each issue, the turns its verdict takes."""


def days_of_change(
    dossier: Dossier, parties: Iterable[str], basis: Basis = "inferred"
) -> list[date]:
    """The days on which a position of these parties begins, or is for the first time no more."""
    days = set()
    for party in parties:
        for entries in dossier.parties[party].positions.values():
            for entry in entries:
                if BASES.index(entry.basis) >= BASES.index(basis):
                    days.add(entry.since.first)
                    if entry.until is not None and entry.until.last < date.max:
                        days.add(entry.until.last + timedelta(days=1))
    return sorted(days)


def course_of(
    dossier: Dossier,
    sets: Collection[Set],
    days: Sequence[date],
    basis: Basis = "inferred",
    told: Collection[Set] = (),
) -> Course:
    """The verdicts of these sets of parties on each of the days, which ascend.

    An issue's turns are those days' numbers on which its verdict, or its explanation for the sets
    in `told`, is another than on the day before.
    """
    parties = list(dict.fromkeys(party for chosen in sets for party in chosen))
    course: dict[Set, dict[str, list[Turn]]] = {
        chosen: {issue: [] for issue in dossier.issues} for chosen in sets
    }
    for part, leading in _parts(dossier, parties):
        moves = days_of_change(part, parties, basis)
        before: dict[tuple[str, str], Standing] = {}
        seen = -1
        for number, day in enumerate(days):
            if (passed := bisect_right(moves, day)) == seen:
                continue
            seen = passed
            table = Table(part, parties, day, basis)
            now = {(p, i): table.standing(p, i) for p in parties for i in part.issues}
            touched = _touched(before, now, leading)
            before = now
            _take(course, number, table, touched, told)
    return course


def _take(
    course: Mapping[Set, dict[str, list[Turn]]],
    number: int,
    table: Table,
    touched: Mapping[str, Collection[str]],
    told: Collection[Set],
) -> None:
    for chosen, turns in course.items():
        wanted = set().union(*(touched.get(party, ()) for party in chosen))
        issues = [issue for key, issue in table.dossier.issues.items() if key in wanted]
        if not issues:
            continue
        for issue, outline, words in _judged(table, chosen, issues, chosen in told):
            if not turns[issue] or turns[issue][-1][1:] != (outline, words):
                turns[issue].append(Turn(number, outline, words))


def _judged(
    table: Table, chosen: Set, issues: Sequence[Issue], told: bool
) -> Iterator[tuple[str, Outline, str]]:
    if told:
        for verdict in verdicts_on(table.among(chosen), issues):
            yield verdict.issue.id, outline_of(verdict), verdict.explanation
        return
    common = Common(table, chosen)
    for issue in issues:
        yield issue.id, _outline(common, issue), ""


def outline_of(verdict: IssueVerdict) -> Outline:
    """A verdict without its words."""
    items = [
        (cell.cell.item, cell.verdict, cell.reason)
        for cell in verdict.cells
        if cell.cell.item is not None
    ]
    return Outline(verdict.verdict, verdict.reason, tuple(items))


def _outline(common: Common, issue: Issue) -> Outline:
    cases = [Case(common, cell) for cell in common.cells(issue)]
    if issue.kind != "items":
        (case,) = cases
        return Outline(case.verdict, case.reason)
    items = [(case.cell.item or "", case.verdict, case.reason) for case in cases]
    reason = None if items else reason_without_cells(common, issue)
    return Outline(VERDICT_OF[common.issue_value(issue)], reason, tuple(items))


def _touched(
    before: Mapping[tuple[str, str], Standing],
    now: Mapping[tuple[str, str], Standing],
    leading: Mapping[str, Collection[str]],
) -> dict[str, set[str]]:
    """For each party, the issues whose verdict may be another since it moved."""
    touched: dict[str, set[str]] = {}
    for (party, issue), standing in now.items():
        if before.get((party, issue)) != standing:
            touched.setdefault(party, set()).update(leading[issue])
    return touched


def _parts(
    dossier: Dossier, parties: Sequence[str]
) -> Iterator[tuple[Dossier, Mapping[str, Collection[str]]]]:
    """The dossier cut where no condition joins its issues.

    With each part, for each of its issues, those from which conditions lead to it, and itself.
    """
    leads = _leads(dossier, parties)
    left = dict.fromkeys(dossier.issues)
    while left:
        first = next(iter(left))
        members = _reached([first], {key: leads[key] | _leading(leads, key) for key in leads})
        issues = {key: issue for key, issue in dossier.issues.items() if key in members}
        sides = {party: _within(dossier.parties[party], issues) for party in parties}
        reached = {key: _reached([key], leads) for key in issues}
        leading = {key: {one for one in issues if key in reached[one]} for key in issues}
        yield dossier._replace(issues=issues, parties=sides), leading
        for key in issues:
            del left[key]


def _leading(leads: Mapping[str, set[str]], issue: str) -> set[str]:
    return {one for one, others in leads.items() if issue in others}


def _leads(dossier: Dossier, parties: Iterable[str]) -> dict[str, set[str]]:
    """The issues that conditions on an issue name, whenever they were made."""
    leads: dict[str, set[str]] = {issue: set() for issue in dossier.issues}
    for party in parties:
        for issue, entries in dossier.parties[party].positions.items():
            leads[issue].update(_named_by(entries))
    return leads


def _named_by(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        for acceptance in entry.accepts:
            yield from (cell.issue for cell in acceptance.requires)


def _reached(start: Sequence[str], leads: Mapping[str, Collection[str]]) -> set[str]:
    reached = set(start)
    queue = list(start)
    while queue:
        new = set(leads[queue.pop()]) - reached
        reached |= new
        queue.extend(new)
    return reached


def _within(party: Party, issues: Collection[str]) -> Party:
    positions = {issue: entries for issue, entries in party.positions.items() if issue in issues}
    return party._replace(positions=positions)
