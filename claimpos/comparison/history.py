"""How a party's position on each issue moved, entry by entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from claimpos.comparison.effective_timeline import EffectiveTimeline
from claimpos.comparison.movement import Movement, movement
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import Answer, Basis, Dossier, Entry, Issue
from claimpos.dossier.timeline import Stretch, standing_on

Kind = Literal["new", "hardened", "softened", "changed", "restated", "lapsed"]


class Step(NamedTuple):
    """One event in the history of a position.

    `day` is the first on which `entry` is in force or, where the kind is lapsed, the first on
    which it no longer is. `before` is the entry before it, None for the first, and `movement` what
    differs from that one. `after_silence` tells that the entry before had lapsed: then the kind is
    new, although there is something to compare with.
    """

    kind: Kind
    day: date
    entry: Entry
    before: Entry | None = None
    movement: Movement | None = None
    after_silence: bool = False

    @property
    def last_day(self) -> date:
        """Of a lapse, the last day on which the entry was in force."""
        return self.day - timedelta(days=1)


class IssueHistory(NamedTuple):
    """The steps of a party's position on one issue, the first one first."""

    issue: Issue
    steps: tuple[Step, ...]


class History(NamedTuple):
    """A party's positions up to a day; `set_aside` counts entries too weak to count."""

    dossier: Dossier
    party: str
    day: date
    basis: Basis
    issues: tuple[IssueHistory, ...]
    set_aside: int
    answers: tuple[Answer, ...] = ()
    """What the party has said to texts as a whole, the earliest first."""


def history(
    dossier: Dossier,
    party: str,
    issues: Collection[str] | None = None,
    as_of: date | str | None = None,
    basis: Basis = "inferred",
) -> History:
    """The history of a party, given by its id, on these issues or all that it has spoken on.

    `as_of` and `basis` are those of `compare`: entries that begin later, or are weaker, do not
    count. See `movement` for what hardened and softened mean.

    Raises WrongUsage for an `as_of` that is no date, and KeyError for an id that is no party's.
    """
    day = day_of(as_of)
    found = []
    set_aside = 0
    timeline = EffectiveTimeline(dossier, basis)
    own = dossier.parties[party].positions
    for key, issue in dossier.issues.items():
        if issues is None or key in issues:
            told = tuple(step for step in steps(timeline, party, key) if step.day <= day)
            set_aside += standing_on(own.get(key, ()), day, basis).set_aside
            found.append(IssueHistory(issue, told))
    told_of = tuple(one for one in found if one.steps)
    return History(dossier, party, day, basis, told_of, set_aside, _answers(timeline, party, day))


def _answers(timeline: EffectiveTimeline, party: str, day: date) -> tuple[Answer, ...]:
    """The answers given by a day, as strong as they were when they were given."""
    known = timeline.dossier.parties[party].answers.values()
    given = [answer for answers in known for answer in answers if answer.since.first <= day]
    given.sort(key=lambda answer: answer.since.first)
    in_force = (
        timeline.positions_on(answer.since.first).answers(party).get(answer.text)
        for answer in given
    )
    return tuple(answer for answer in in_force if answer is not None)


def steps(timeline: EffectiveTimeline, party: str, issue: str) -> Iterator[Step]:
    """Each position of a party on an issue that counts, against the one before; each lapse."""
    last: Stretch | None = None
    for stretch in timeline.stretches(party, issue):
        yield _entering(timeline.dossier, stretch, last)
        if stretch.lapses and stretch.last is not None and stretch.last < date.max:
            yield Step("lapsed", stretch.last + timedelta(days=1), stretch.entry)
        last = stretch


def _entering(dossier: Dossier, stretch: Stretch, last: Stretch | None) -> Step:
    if last is None:
        return Step("new", stretch.first, stretch.entry)
    moved = movement(dossier, last.entry, stretch.entry)
    kind: Kind = "new" if last.lapses else moved.direction
    return Step(kind, stretch.first, stretch.entry, last.entry, moved, last.lapses)
