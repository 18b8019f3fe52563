"""Finds the changed positions because of which a verdict changed.

Changed positions replace the old ones, those nearest to the cell first, until the new verdict
appears. Then each change is undone in turn, and stays undone if the verdict remains. What is left
is enough, and none of it can be left out; another set of changes might do as well. (This is the
deletion method for a minimal unsatisfiable subset: J. Marques-Silva, "Minimal unsatisfiability:
models, algorithms and applications", ISMVL 2010.)
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from claimpos.comparison.acceptance import SILENT, Stance, stance_of
from claimpos.comparison.conditions import Common
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.effort import Effort
from claimpos.comparison.reasons import VERDICT_OF, Verdict
from claimpos.comparison.table import PositionTable, all_named, spaces_cut
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell, Dossier, Entry, Named, PartialDate
from claimpos.dossier.outcomes import Space
from claimpos.dossier.timeline import NOWHERE, Standing

Place = tuple[str, str]
"""A party and an issue."""


_ONE_BY_ONE = 8
"""How many groups of changes are tried one by one, before the steps double."""


class Cause(NamedTuple):
    """A changed position because of which a verdict changed; without an entry, it ended.

    `since` is the first day, after the earlier of the days compared, from which on the party has
    held without a break what bears on the verdict; a later entry may only restate it.
    """

    party: str
    issue: str
    entry: Entry | None
    since: PartialDate | None = None


def standing_in(comparison: Comparison, party: str, issue: str) -> Standing:
    """Where a party of a comparison stands on an issue, whether or not the issue is reported."""
    return comparison.common.table.standing(party, issue)


class _Mixed(PositionTable):
    """A table of the old positions, except in some places, where it has the new ones."""

    def __init__(self, causes: "Causes", changed: Collection[Place]) -> None:
        self.dossier = causes.dossier
        self.parties = causes.parties
        self.effort = causes.effort
        self.ballots = causes.ballots
        self._causes = causes
        self._changed = changed

    def standing(self, party: str, issue: str) -> Standing:
        place = party, issue
        standings = self._causes.new if place in self._changed else self._causes.old
        return standings.get(place, NOWHERE)

    def space(self, cell: Cell) -> Space:
        return self._causes.spaces[cell.issue]

    def stance(self, party: str, cell: Cell) -> Stance:
        return self._causes.stance(cell, self.entry_on(party, cell))


class Causes:
    """The search for the changed positions because of which verdicts changed."""

    def __init__(self, dossier: Dossier, before: Comparison, after: Comparison) -> None:
        self.dossier = dossier
        self.before, self.after = before, after
        self.parties = after.parties
        self.old = self._standings(before)
        self.new = self._standings(after)
        self.changed: dict[str, list[Place]] = {}
        for place in dict.fromkeys([*self.new, *self.old]):
            old, new = self.old.get(place, NOWHERE), self.new.get(place, NOWHERE)
            if _position(new) != _position(old):
                self.changed.setdefault(place[1], []).append(place)
        entries = [one.entry for one in (*self.old.values(), *self.new.values()) if one.entry]
        named = (one for entry in entries for one in all_named(entry))
        self.spaces = spaces_cut(dossier.issues.values(), named)
        self._stances: dict[tuple[Cell, int], Stance] = {}
        self._named: dict[str, Collection[str]] = {}
        self.effort = Effort()
        self.ballots = after.common.table.ballots
        self._timelines = EffectiveTimelines(after.dossier, after.basis)

    def _standings(self, comparison: Comparison) -> dict[Place, Standing]:
        return {
            (party, issue): standing_in(comparison, party, issue)
            for party in self.parties
            for issue in comparison.dossier.issues
        }

    def stance(self, cell: Cell, entry: Entry | None) -> Stance:
        """The stance of an entry on a cell, worked out once; the entries are held, so ids stay."""
        if entry is None:
            return SILENT
        key = cell, id(entry)
        if key not in self._stances:
            self._stances[key] = stance_of(entry, cell, lambda other: self.spaces[other.issue])
        return self._stances[key]

    def of(self, cell: Cell, verdict: Verdict) -> tuple[Cause, ...]:
        """The changes nearest to a cell that explain its new verdict, without superfluous ones."""
        groups = [
            places
            for issues in self._bearing_on(cell)
            if (places := [place for issue in issues for place in self.changed.get(issue, ())])
        ]
        far = self._nearest(cell, verdict, groups)
        if far is None:
            return ()
        needed = [place for group in groups[:far] for place in group]
        left = -1
        while left != len(needed):  # a change may only become superfluous once others are gone
            left = len(needed)
            needed = self._without_superfluous(cell, verdict, needed)
        return tuple(
            Cause(*place, self.new.get(place, NOWHERE).entry, self._since(place, cell))
            for place in needed
        )

    def _nearest(self, cell: Cell, verdict: Verdict, groups: Sequence[list[Place]]) -> int | None:
        """The number of groups of changes that lead to the verdict; None if not even all do.

        The first few are added one by one, more of them in steps that double, then halve.
        """
        ends = list(accumulate(map(len, groups), initial=0))
        places = [place for group in groups for place in group]

        def enough(count: int) -> bool:
            return self._verdict(cell, places[: ends[count]]) == verdict

        low = high = step = 0
        while high < len(groups):
            low, high = high, min(high + max(1, step), len(groups))
            if enough(high):
                break
            step = 2 * step if step else int(high >= _ONE_BY_ONE)
        else:
            return None
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        return high

    def _without_superfluous(
        self, cell: Cell, verdict: Verdict, places: list[Place]
    ) -> list[Place]:
        """The changes without those that make no difference, tried from the farthest.

        While they make none, twice as many are tried at once, so that the few that matter among
        many are found soon.
        """
        end, step = len(places), 1
        while end > 0:
            start = max(0, end - step)
            fewer = places[:start] + places[end:]
            if self._verdict(cell, fewer) == verdict:
                places, end, step = fewer, start, 2 * step
            elif step == 1:
                end -= 1
            else:
                step = 1
        return places

    def _since(self, place: Place, cell: Cell) -> PartialDate | None:
        entry = self.new.get(place, NOWHERE).entry
        if entry is None:
            return None
        issue = place[1]
        cells = [cell] if cell.issue == issue else self.dossier.issues[issue].cells()
        *earlier, now = self._timelines.stretches(*place, self.after.day)
        since = now.since
        for stretch in reversed(earlier):
            if stretch.first <= self.before.day or stretch.lapses:
                break
            if _said(stretch.entry, cells) != _said(entry, cells):
                break
            since = stretch.since
        return since

    def _bearing_on(self, cell: Cell) -> Iterator[list[str]]:
        """The cell's issue, then those to which conditions lead from it, by their distance."""
        nearest = [cell.issue]
        reached = {cell.issue}
        while nearest:
            yield nearest
            named = dict.fromkeys(key for issue in nearest for key in self._leading(issue))
            nearest = [issue for issue in named if issue not in reached]
            reached.update(nearest)

    def _leading(self, issue: str) -> Collection[str]:
        """The issues that are named by entries in force on an issue, before or after."""
        if issue not in self._named:
            entries = [
                standings.get((party, issue), NOWHERE).entry
                for standings in (self.old, self.new)
                for party in self.parties
            ]
            self._named[issue] = dict.fromkeys(
                cell.issue for entry in entries if entry for cell, _ in all_named(entry)
            )
        return self._named[issue]

    def _verdict(self, cell: Cell, changed: Sequence[Place]) -> Verdict:
        """The cell's verdict if only these of the positions had changed."""
        self.effort.spend(cell, len(self.parties))  # each party's stance is looked at
        mixed = _Mixed(self, frozenset(changed))
        return VERDICT_OF[Common(mixed, self.parties).verdict_value(cell)]


def _position(standing: Standing) -> tuple[object, ...] | None:
    return None if standing.entry is None else standing.entry.position


def _said(entry: Entry, cells: Sequence[Cell]) -> tuple[object, ...]:
    """What an entry says on some cells, and on which basis, for comparisons."""
    among = frozenset(cells)

    def on(named: Named) -> dict[Cell, object]:
        return {cell: named[cell] for cell in named.keys() & among}

    named = entry.accepts_on(*cells) if len(cells) == 1 else entry.accepts
    accepts = [(on(one.outcomes), dict(one.requires), one.subject_to) for one in named]
    return (
        *map(on, (entry.demands, entry.proposes, entry.refuses)),
        [one for one in accepts if one[0]],
        bool(entry.reserves),
        entry.basis,
    )
