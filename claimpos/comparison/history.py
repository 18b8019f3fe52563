"""The history of a party's positions: how each entry moved from the one before."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.figures import DistanceChange, Figures
from claimpos.comparison.movement import Movement, has_moved, movement
from claimpos.dossier.dates import day_of
from claimpos.dossier.evidence import known_by
from claimpos.dossier.model import (
    BASES,
    Answer,
    Basis,
    Cell,
    Dossier,
    Entry,
    Issue,
    Offer,
    PartialDate,
    strongest,
)
from claimpos.dossier.timeline import Stretch, standing_on

Kind = Literal["new", "hardened", "softened", "changed", "restated", "lapsed"]


class Step(NamedTuple):
    """One event in the history of a position.

    Attributes:
        kind: How the position moved, or that it is new or has lapsed.
        day: The first day on which the entry is in force or, if it has lapsed, no longer is.
        entry: The position.
        before: The entry before it; None for the first.
        movement: What differs from that entry.
        since: The first day, as it was written.
        ended: The offer whose end brought the entry back into force or made it lapse.
        distances: The distances from other parties' figures that the step changes.
    """

    kind: Kind
    day: date
    entry: Entry
    before: Entry | None = None
    movement: Movement | None = None
    since: PartialDate | None = None
    ended: Offer | None = None
    distances: tuple[DistanceChange, ...] = ()

    @property
    def after_silence(self) -> bool:
        """Whether the entry before had lapsed, so that the position is new but can be compared."""
        return self.kind == "new" and self.before is not None

    @property
    def continues(self) -> bool:
        """Whether it is still the entry before, which says more or less from this day on."""
        return self.before is not None and self.before.since == self.entry.since

    @property
    def last_day(self) -> date:
        """The last day on which a lapsed entry was in force."""
        return self.day - timedelta(days=1)


class IssueHistory(NamedTuple):
    """The steps of a party's position on one issue, from the first."""

    issue: Issue
    steps: tuple[Step, ...]


class History(NamedTuple):
    """The history of a party up to a day; `set_aside` counts entries with too weak evidence."""

    dossier: Dossier
    party: str
    day: date
    basis: Basis
    issues: tuple[IssueHistory, ...]
    set_aside: int
    answers: tuple[Answer, ...] = ()
    """The party's answers to texts as a whole, from the earliest."""


def history(
    dossier: Dossier,
    party: str,
    issues: Collection[str] | None = None,
    as_of: date | str | None = None,
    basis: Basis = "inferred",
) -> History:
    """The history of a party, given by its id, on these issues or on all.

    For `as_of` and `basis`, see `compare`: entries that begin later, or rest on weaker evidence, do
    not count. For the meaning of hardened and softened, see `movement`.

    Raises WrongUsage for an `as_of` that is not a date, and KeyError for an id that no party has.
    """
    day = day_of(as_of, dossier.closed)
    dossier = known_by(dossier, day)
    found = []
    set_aside = 0
    timelines = EffectiveTimelines(dossier, basis)
    figures = Figures(timelines, dossier.negotiating)
    own = dossier.parties[party].positions
    for key, issue in dossier.issues.items():
        if issues is None or key in issues:
            set_aside += standing_on(own.get(key, ()), day, basis).set_aside
            found.append(IssueHistory(issue, tuple(steps(figures, party, key, day))))
    with_steps = tuple(one for one in found if one.steps)
    answers = tuple(
        one
        for one in _answers(timelines, party, day)
        if issues is None or not dossier.proposals[one.text].terms.keys().isdisjoint(issues)
    )
    return History(dossier, party, day, basis, with_steps, set_aside, answers)


def _answers(timelines: EffectiveTimelines, party: str, day: date) -> list[Answer]:
    """The answers given by a day, if their evidence is strong enough, in order of their dates."""
    known = timelines.dossier.parties[party].answers.values()
    given = [answer for answers in known for answer in answers if answer.since.first <= day]
    given.sort(key=lambda answer: answer.since.first)
    weakest = BASES.index(timelines.basis)
    return [one for one in given if BASES.index(strongest(one.evidence)) >= weakest]


class Event(NamedTuple):
    """A day on which a position began or lapsed; `step` works out how it moved.

    `stretch` is the position that began or lapsed, `before` the one before it, if there is one.
    """

    day: date
    stretch: Stretch
    before: Stretch | None
    is_lapse: bool = False

    def step(self, figures: Figures, party: str) -> Step:
        """The step of this party's position.

        Raises WrongUsage if there are, with those of the same timelines before, more than the limit
        allows, or if they take more steps than it allows.
        """
        figures.timelines.effort.tell_change()
        stretch, last = self.stretch, self.before
        if self.is_lapse:
            return Step("lapsed", self.day, stretch.entry, ended=stretch.ended)
        kind: Kind = "new"
        moved = None
        distances: tuple[DistanceChange, ...] = ()
        if last is not None:
            distances = figures.changes(party, last.entry, stretch.entry, self.day)
            moved = movement(
                figures.dossier, last.entry, stretch.entry, figures.timelines.effort, distances
            )
            kind = "new" if last.lapses else moved.direction
        return Step(
            kind,
            self.day,
            stretch.entry,
            None if last is None else last.entry,
            moved,
            stretch.since,
            stretch.after,
            distances,
        )


def events(
    timelines: EffectiveTimelines, party: str, issue: str, by: date = date.max
) -> Iterator[Event]:
    """The days on which a party's position on an issue began or lapsed, as known on `by`."""
    last: Stretch | None = None
    for stretch in timelines.stretches(party, issue, by):
        yield Event(stretch.first, stretch, last)
        if stretch.lapses and stretch.last is not None:
            yield Event(stretch.last + timedelta(days=1), stretch, last, is_lapse=True)
        last = stretch


def steps(figures: Figures, party: str, issue: str, by: date = date.max) -> Iterator[Step]:
    """The steps of a party's position on one issue that happened and were known by the day `by`.

    Raises WrongUsage like `Event.step`.
    """
    for event in events(figures.timelines, party, issue, by):
        yield event.step(figures, party)


def first_held(
    timelines: EffectiveTimelines,
    party: str,
    issue: str,
    by: date,
    cells: Collection[Cell] | None = None,
) -> Entry | None:
    """The entry from which on a party has held its position of a day.

    It is the current entry or, if that only restates earlier ones on these `cells`, or on all, on
    evidence no stronger than theirs, the earliest of those. None if the party has no position.
    """
    first: Stretch | None = None
    weakest = 0
    for stretch in reversed(timelines.stretches(party, issue, by)):
        strength = timelines.strength(stretch.entry)
        if first is None:
            weakest = strength
        elif (
            stretch.lapses
            or strength < weakest
            or has_moved(timelines.dossier, stretch.entry, first.entry, timelines.effort, cells)
        ):
            break
        first = stretch
    return None if first is None else first.entry
