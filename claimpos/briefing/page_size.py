"""What a page shows, and how large it would be, so that one beyond the limit is refused at once.

A page holds the verdicts between every two of its parties on every day, so that its size grows
with the square of their number. What is counted is how often an issue is judged anew among a set
of parties, and what answers to texts take besides; the limit is `page-verdicts`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations
from typing import NamedTuple

from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.table import add_dependents, all_named, dependencies_of
from claimpos.comparison.verdict_timeline import Set
from claimpos.dossier.graph import all_reached
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Basis, Dossier, Entry, Issue
from claimpos.dossier.timeline import Timeline, Timelines
from claimpos.errors import WrongUsage
from claimpos.wording.grammar import counted

MOST_JOINT = 5
"""The verdicts of all sets among the parties named are worked out up to this number of parties."""

# What an explanation in words costs, in judgements without one.
_TOLD = 2
# So many entries looked up, or sets of parties looked at, on a day cost as much as a judgement.
_LOOKED_UP = 20
_SETS = 150
# What an answer to a text costs on each issue on which the text has a term, in judgements.
_ANSWERED = 2
# What it takes to lay out a cell of the grid, in judgements.
_CELL = 10
# Of joint verdicts without an explanation, so many cost a judgement: most are remembered ones.
_JOINT = 5
# The share of the limit that sets of parties beyond those asked for may take.
_JOINT_SHARE = 0.15
_LARGEST_SET = 4


class View(NamedTuple):
    """What a page shows: `named` are the parties it compares, `parties` the grid's columns."""

    dossier: Dossier
    named: tuple[str, ...]
    parties: tuple[str, ...]
    issues: tuple[Issue, ...]
    day: date
    basis: Basis
    known: Timelines | None = None
    """The timelines of the dossier, if they are known."""


def fitting(
    dossier: Dossier,
    named: Sequence[str],
    others: Iterable[str],
    basis: Basis,
    known: Timelines | None = None,
) -> tuple[str, ...]:
    """The parties named, and of the others, in their order, as many as the limit has room for.

    `known` are the timelines of the dossier, or of one of which it is a part, if they are known.

    Raises WrongUsage where the parties named are too much alone.
    """
    size, most = _Size(dossier, basis, known), limit("page-verdicts")
    for party in named:
        size.add(party)
    for chosen in explained_sets(named):
        size.judge(chosen, _TOLD)
    for chosen in joint_sets(named):
        size.judge(chosen)
    if size.total > most:
        raise too_large(len(named), len(dossier.issues))
    for party in others:
        if party not in size.sides:
            size.add(party)
            if size.total > most:
                return tuple(size.sides)[:-1]
    return tuple(size.sides)


def sets_with_room(
    dossier: Dossier, parties: Sequence[str], basis: Basis, known: Timelines | None = None
) -> Iterator[Set]:
    """Sets of three or four of a page's parties, as many as there is room for.

    Sets of the first parties come first. For `known`, see `fitting`.
    """
    size = _Size(dossier, basis, known)
    for party in parties:
        size.add(party, pairs=False)
    room = _JOINT * _JOINT_SHARE * limit("page-verdicts")
    for last, party in enumerate(parties):
        for number in range(2, _LARGEST_SET):
            for others in combinations(parties[:last], number):
                chosen = (*others, party)
                room -= size.cost(chosen)
                if room < 0:
                    return
                yield chosen


def check_time_line(dossier: Dossier, parties: Sequence[str], basis: Basis) -> None:
    """Raise WrongUsage where a time line of the parties has more verdicts than the limit allows."""
    size = _Size(dossier, basis)
    for party in parties:
        size.add(party, pairs=False)
    size.judge(tuple(parties))
    if size.total > limit("page-verdicts"):
        raise WrongUsage(
            f"a time line of {counted(len(parties), 'party', 'parties')}, on every day on which a "
            f"position changes, would be too large; name fewer parties; "
            f"{how_to_raise('page-verdicts')}"
        )


def too_large(parties: int, issues: int) -> WrongUsage:
    """The error of a page that would have more verdicts than the limit."""
    return WrongUsage(
        f"a page of {counted(parties, 'party', 'parties')} and {counted(issues, 'issue', 'issues')}"
        ", on every day on which a position changes, would be too large; name fewer parties, "
        f"or issues with --issue, or leave --format html out; {how_to_raise('page-verdicts')}"
    )


class _Side(NamedTuple):
    """What a party adds: the issues on which it moves, by day, how many cells it names on each,
    the issues on which a condition names another, by that other, and how often it moves in all."""

    moving: Mapping[date, Collection[str]]
    cells: Mapping[str, int]
    leading: Mapping[str, Collection[str]]
    moves: int


class _Size:
    """The work of a page to which parties are added one by one."""

    def __init__(self, dossier: Dossier, basis: Basis, known: Timelines | None = None) -> None:
        self.dossier = dossier
        self.basis = basis
        self.sides: dict[str, _Side] = {}
        self._timelines = EffectiveTimelines(dossier, basis, known)
        self._judged = 0
        self._answered = 0
        self._most = limit("page-verdicts")
        # By part of the dossier that is laid out on its own: its issues, days and entries.
        self._part = _parts(dossier)
        self._issues: dict[str, int] = {}
        self._days: dict[str, set[date]] = {}
        self._named: dict[str, int] = {}
        for part in self._part.values():
            self._issues[part] = self._issues.get(part, 0) + 1

    @property
    def total(self) -> int:
        parties = len(self.sides)
        pairs = parties * (parties - 1) // 2
        kept = sum(
            len(days) * ((self._named[part] + parties * self._issues[part]) // _LOOKED_UP)
            + len(days) * pairs // _SETS
            for part, days in self._days.items()
        )
        answered = _ANSWERED * self._answered
        return self._judged + kept + answered + _CELL * parties * len(self.dossier.issues)

    def add(self, party: str, pairs: bool = True) -> None:
        """Add a party and, by default, the pairs that it makes with those before it."""
        positions = self._timelines.positions(party)
        for issue, entries in positions.items():
            part = self._part[issue]
            self._days.setdefault(part, set()).update(Timeline(entries, self.basis).days)
            named = sum(1 + len(one) for entry in entries for _, one in all_named(entry))
            self._named[part] = self._named.get(part, 0) + named
        texts = self.dossier.proposals
        self._answered += sum(
            len(texts[text].terms) for text in self.dossier.parties[party].answers
        )
        self.sides[party] = _side(positions, self.basis)
        for other in list(self.sides)[:-1] if pairs else ():
            self.judge((other, party))

    def judge(self, chosen: Set, weight: int = 1) -> None:
        """Add the verdicts among some of the parties; nothing once there are too many."""
        if self._judged <= self._most:
            self._judged += weight * self.cost(chosen)

    def cost(self, chosen: Set) -> int:
        """How many judgements the verdicts among some of the parties take."""
        return (len(chosen) - 1) * self._judgements(chosen)

    def _judgements(self, chosen: Set) -> int:
        """How often a cell is judged anew among these parties, over all days."""
        sides = [self.sides[party] for party in chosen]
        if not any(side.leading for side in sides):
            return sum(side.moves for side in sides)
        leading: dict[str, set[str]] = {}
        for side in sides:
            for issue, led in side.leading.items():
                leading.setdefault(issue, set()).update(led)
        number = 0
        for day in set().union(*(side.moving for side in sides)):
            moved = chain.from_iterable(side.moving.get(day, ()) for side in sides)
            for issue in all_reached(moved, lambda issue: leading.get(issue, ())):
                number += max(side.cells.get(issue, 1) for side in sides)
        return number


def explained_sets(named: Sequence[str]) -> list[Set]:
    """The sets of parties for which the page explains each verdict in full."""
    return list(dict.fromkeys([*combinations(named, 2), tuple(named)]))


def joint_sets(named: Sequence[str]) -> Iterator[Set]:
    """The sets of more than two of the parties named whose verdicts are on the page."""
    most = len(named) if len(named) <= MOST_JOINT else 2
    return chain.from_iterable(combinations(named, size) for size in range(3, most + 1))


def _side(positions: Mapping[str, Sequence[Entry]], basis: Basis) -> _Side:
    moving: dict[date, set[str]] = {}
    cells: dict[str, int] = {}
    leading: dict[str, set[str]] = {}
    number = 0
    for issue, entries in positions.items():
        cells[issue] = max((len(entry.named()) for entry in entries), default=0) or 1
        for day in Timeline(entries, basis).days:
            moving.setdefault(day, set()).add(issue)
            number += cells[issue]
        add_dependents(leading, issue, entries)
    return _Side(moving, cells, leading, number)


def _parts(dossier: Dossier) -> dict[str, str]:
    """By issue, the part it is laid out with: all that conditions join are taken as one part."""
    joined: set[str] = set()
    for party in dossier.parties.values():
        for issue, entries in party.positions.items():
            if others := set(dependencies_of(entries)):
                joined |= {issue, *others}
    return {issue: "" if issue in joined else issue for issue in dossier.issues}
