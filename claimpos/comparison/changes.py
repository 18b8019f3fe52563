"""What changed between two days or two versions of a dossier, and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.causes import Cause, Causes, standing_in
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.effort import Effort
from claimpos.comparison.figures import DistanceChange, Figures, distance_changes
from claimpos.comparison.history import Step, events
from claimpos.comparison.movement import movement
from claimpos.comparison.reasons import Reason, Verdict
from claimpos.comparison.renames import Rename, renames, with_new_ids
from claimpos.comparison.verdicts import Comparison, compare_each
from claimpos.dossier.dates import day_of
from claimpos.dossier.evidence import known_by
from claimpos.dossier.model import Basis, Cell, Dossier, Entry, Issue, Party
from claimpos.errors import WrongUsage

if TYPE_CHECKING:
    from claimpos.comparison.redefinitions import Redefinition

_HEIGHT: Mapping[Verdict, int] = {"conflict": 0, "unresolved": 1, "overlap": 2}


class EntryChange(NamedTuple):
    """A position that began or ended, and how it moved.

    If it ended, `issue` is that of the earlier agenda.
    """

    party: str
    issue: Issue
    step: Step


class Ruling(NamedTuple):
    """A verdict and its reason; there is no reason if no party names the sub-issue."""

    verdict: Verdict = "unresolved"
    reason: Reason | None = None


class VerdictChange(NamedTuple):
    """A cell whose verdict changed.

    `causes` are changed positions that are enough for the new verdict, none of them superfluous;
    there are none if the agenda changed.
    """

    cell: Cell
    was: Ruling
    now: Ruling
    causes: tuple[Cause, ...]

    @property
    def closer(self) -> bool:
        """Whether the verdict moved towards overlap."""
        return _HEIGHT[self.now.verdict] > _HEIGHT[self.was.verdict]

    @property
    def by_silence(self) -> bool:
        """Whether it changed only because positions ended."""
        return bool(self.causes) and all(cause.entry is None for cause in self.causes)


class Changes(NamedTuple):
    """What changed between two comparisons of the same parties.

    Attributes:
        dossier: The issues and parties of both comparisons.
        before: The earlier comparison; ids that were renamed are the new ones.
        after: The later comparison.
        entries: The positions that began or ended.
        verdicts: The verdicts that changed.
        elsewhere: The number of entries that were edited without any effect on that day.
        beyond: The number of entries of other parties, or on other issues, that were edited.
        distances: The distances between figures that changed.
        renames: The ids that changed.
        redefinitions: What else was edited in the files.
    """

    dossier: Dossier
    before: Comparison
    after: Comparison
    entries: tuple[EntryChange, ...]
    verdicts: tuple[VerdictChange, ...]
    elsewhere: int = 0
    distances: tuple[DistanceChange, ...] = ()
    renames: tuple[Rename, ...] = ()
    redefinitions: "tuple[Redefinition, ...]" = ()
    beyond: int = 0

    def distances_that(self, narrowed: bool) -> list[DistanceChange]:
        """The distances between figures that narrowed, or those that widened."""
        return [change for change in self.distances if change.narrowed is narrowed]

    def moved(self, closer: bool) -> list[VerdictChange]:
        """The verdicts that moved towards overlap, or those that moved away from it."""
        return [
            change
            for change in self.verdicts
            if change.closer is closer and "one-voice" not in (change.was.reason, change.now.reason)
        ]


def changes(
    dossier: Dossier,
    parties: Sequence[str],
    since: date | str,
    until: date | str | None = None,
    basis: Basis = "inferred",
    issues: Collection[str] | None = None,
) -> Changes:
    """What changed after the day `since`, up to and including the day `until` (today).

    The entries are all that came into force or lapsed in that time, even if others have followed;
    the verdicts are those of the two days. For `parties`, `basis`, `issues` and errors, see
    `compare`; WrongUsage is also raised if `since` is later than `until`.
    """
    first, last = day_of(since), day_of(until, dossier.closed)
    if first > last:
        raise WrongUsage(f"{first} is later than {last}; put the earlier day first")
    dossier = known_by(dossier, last)
    before, after = compare_each([(dossier, first), (dossier, last)], parties, basis, issues)
    timelines = EffectiveTimelines(dossier, basis)
    figures = Figures(timelines, parties)
    happened = [
        (event, party, issue)
        for party in parties
        for issue in dossier.issues.values()
        if issues is None or issue.id in issues
        for event in events(timelines, party, issue.id, last)
        if first < event.day
    ]
    happened.sort(key=lambda one: one[0].day)
    entries = tuple(
        EntryChange(party, issue, event.step(figures, party)) for event, party, issue in happened
    )
    verdicts = _verdicts(dossier, before, after)
    distances = _distances(before, after)
    return Changes(dossier, before, after, entries, verdicts, distances=distances)


def edits(
    old: Dossier,
    new: Dossier,
    parties: Sequence[str],
    as_of: date | str | None = None,
    basis: Basis = "inferred",
    issues: Collection[str] | None = None,
) -> Changes:
    """What an edit of a dossier's files changes in the comparison of some parties on one day.

    The entries are those in force on that day that differ between the versions, or are only in one.
    A party or an issue that only one version has counts as without positions in the other, unless
    it was renamed; `parties` and `issues` are given by their new ids.

    Without `as_of`, the day is today where the versions disagree on when the talks closed, so that
    no edit of it leaves aside what was said later.

    For errors, see `compare`; WrongUsage is also raised if ids have exchanged their titles.
    """
    from claimpos.comparison.redefinitions import redefinitions

    day = day_of(as_of, new.closed if new.closed == old.closed else None)
    renamed = renames(old, new)
    filed = with_new_ids(old, renamed), new
    old, new = (known_by(one, day) for one in filed)
    both = together(old, new)
    sides = [(_with_parties(one, both), day) for one in (old, new)]
    before, after = compare_each(sides, parties, basis, issues)
    chosen = [key for key in both.issues if issues is None or key in issues]
    effort = Effort()
    entries = [
        change
        for issue in chosen
        for party in parties
        for change in _edited(both, before, after, party, both.issues[issue], effort)
    ]
    untold = _filed_differently(*filed) - {place for one in entries for place in _places_of(one)}
    elsewhere = sum(party in parties and issue in chosen for party, issue, _ in untold)
    return Changes(
        both,
        before,
        after,
        tuple(entries),
        _verdicts(both, before, after),
        elsewhere,
        _distances(before, after),
        renamed,
        redefinitions(*filed),
        len(untold) - elsewhere,
    )


def together(old: Dossier, new: Dossier) -> Dossier:
    """The new dossier with, in addition, the parties and issues that only the old one had."""
    return new._replace(
        groups={**old.groups, **new.groups},
        issues={**old.issues, **new.issues},
        parties={**old.parties, **new.parties},
    )


def _with_parties(dossier: Dossier, other: Dossier) -> Dossier:
    """The dossier with, in addition, the parties that only the other has, without positions."""
    missing = {
        key: Party(key, party.name, party.short, {})
        for key, party in other.parties.items()
        if key not in dossier.parties
    }
    return dossier._replace(parties={**dossier.parties, **missing}) if missing else dossier


def _edited(
    both: Dossier,
    before: Comparison,
    after: Comparison,
    party: str,
    issue: Issue,
    effort: Effort,
) -> Iterator[EntryChange]:
    old, new = standing_in(before, party, issue.id).entry, standing_in(after, party, issue.id).entry
    if old == new:
        return
    effort.tell_change()
    if new is None:
        assert old is not None
        earlier_issue = before.dossier.issues[issue.id]
        yield EntryChange(party, earlier_issue, Step("lapsed", after.day, old))
    elif old is None:
        yield EntryChange(party, issue, Step("new", new.since.first, new))
    else:
        moved = movement(both, old, new, effort)
        yield EntryChange(party, issue, Step(moved.direction, new.since.first, new, old, moved))


Filed = tuple[str, str, date]
"""The place of an entry in the files: its party, its issue, the first day of its `since`."""


def _filed_differently(old: Dossier, new: Dossier) -> set[Filed]:
    """The places of all entries that differ, or that only one version has."""
    from claimpos.comparison.redefinitions import edited_keys

    before, after = _filed(old), _filed(new)
    both = before.keys() & after.keys()
    edited = {key for key in both if before[key] != after[key]}
    return (before.keys() ^ after.keys()) | {
        key for key in edited if edited_keys(before[key], after[key])
    }


def _filed(dossier: Dossier) -> dict[Filed, Entry]:
    return {
        (party.id, issue, entry.since.first): entry
        for party in dossier.parties.values()
        for issue, entries in party.positions.items()
        for entry in entries
    }


def _places_of(change: EntryChange) -> Iterator[Filed]:
    """The places of a party's own entries that an edited position consists of, in both versions."""
    for position in (change.step.before, change.step.entry):
        for entry in () if position is None else position.pieces():
            if not entry.group:
                yield change.party, change.issue.id, entry.since.first


def _verdicts(dossier: Dossier, before: Comparison, after: Comparison) -> tuple[VerdictChange, ...]:
    old, new = _rulings(before), _rulings(after)
    search = Causes(dossier, before, after)
    by_issue: dict[str, list[Cell]] = {issue: [] for issue in dossier.issues}
    for cell in dict.fromkeys([*new, *old]):
        by_issue[cell.issue].append(cell)
    changed = [
        (cell, old.get(cell, Ruling()), new.get(cell, Ruling()))
        for cells in by_issue.values()
        for cell in cells
    ]
    return tuple(
        VerdictChange(cell, was, now, search.of(cell, now.verdict))
        for cell, was, now in changed
        if was.verdict != now.verdict
    )


def _distances(before: Comparison, after: Comparison) -> tuple[DistanceChange, ...]:
    old, new = (
        [(cell.cell, cell.case) for issue in one.issues for cell in issue.cells]
        for one in (before, after)
    )
    return tuple(distance_changes(old, new))


def _rulings(comparison: Comparison) -> dict[Cell, Ruling]:
    return {
        cell.cell: Ruling(cell.verdict, cell.reported_reason)
        for issue in comparison.issues
        for cell in issue.cells
    }
