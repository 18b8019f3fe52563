"""Because of which position a verdict changed.

The changed positions nearest to a cell are put among the old ones until the new verdict appears;
then each is taken back in turn, and stays so if the verdict does. What is left is enough, and
none of it can be spared; another set may do as well. (Deletion, as for a minimal unsatisfiable
subset: J. Marques-Silva, "Minimal unsatisfiability: models, algorithms and applications", ISMVL
2010.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from claimpos.comparison.acceptance import SILENT, Stance, stance_of
from claimpos.comparison.conditions import Common
from claimpos.comparison.effort import Effort
from claimpos.comparison.reasons import VERDICT_OF, Verdict
from claimpos.comparison.table import Table, all_named, spaces_cut
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell, Dossier, Entry, Named, PartialDate
from claimpos.dossier.outcomes import Space
from claimpos.dossier.timeline import Standing, standing_on, stretches

Place = tuple[str, str]
"""A party and an issue."""


class Cause(NamedTuple):
    """A party's position on an issue that a changed verdict comes from; without one, silence.

    `since` is the day, after the first of those compared, from which on the party has said without
    a break what bears on the verdict; the entry in force may restate it.
    """

    party: str
    issue: str
    entry: Entry | None
    since: PartialDate | None = None


def standing_in(comparison: Comparison, party: str, issue: str) -> Standing:
    """Where a party of a comparison stands on an issue, whichever issues are reported."""
    entries = entries_of(comparison.dossier, party, issue)
    return standing_on(entries, comparison.day, comparison.basis)


def entries_of(dossier: Dossier, party: str, issue: str) -> tuple[Entry, ...]:
    """A party's entries on an issue, the earliest first."""
    return dossier.parties[party].positions.get(issue, ())


class _Mixed(Table):
    """The old positions of some parties, but for some places where they have the new ones."""

    def __init__(self, causes: Causes, changed: Collection[Place]) -> None:
        self.dossier = causes.dossier
        self.parties = causes.parties
        self.effort = causes.effort
        self._causes = causes
        self._changed = changed

    def standing(self, party: str, issue: str) -> Standing:
        place = party, issue
        return (self._causes.new if place in self._changed else self._causes.old)[place]

    def space(self, cell: Cell) -> Space:
        return self._causes.spaces[cell.issue]

    def stance(self, party: str, cell: Cell) -> Stance:
        return self._causes.stance(cell, self.entry(party, cell.issue))


class Causes:
    """The search for the changed positions that a changed verdict comes from."""

    def __init__(self, dossier: Dossier, before: Comparison, after: Comparison) -> None:
        self.dossier = dossier
        self.before, self.after = before, after
        self.parties = after.parties
        self.old = self._standings(before)
        self.new = self._standings(after)
        self.changed: dict[str, list[Place]] = {}
        for place, standing in self.new.items():
            if standing.entry != self.old[place].entry:
                self.changed.setdefault(place[1], []).append(place)
        entries = [one.entry for one in (*self.old.values(), *self.new.values()) if one.entry]
        named = (one for entry in entries for one in all_named(entry))
        self.spaces = spaces_cut(dossier.issues.values(), named)
        self._stances: dict[tuple[Cell, int], Stance] = {}
        self.effort = Effort()

    def _standings(self, comparison: Comparison) -> dict[Place, Standing]:
        return {
            (party, issue): standing_in(comparison, party, issue)
            for party in self.parties
            for issue in self.dossier.issues
        }

    def stance(self, cell: Cell, entry: Entry | None) -> Stance:
        """What an entry says of a cell, worked out once; the entries outlive their ids."""
        if entry is None:
            return SILENT
        key = cell, id(entry)
        if key not in self._stances:
            self._stances[key] = stance_of(entry, cell, lambda other: self.spaces[other.issue])
        return self._stances[key]

    def of(self, cell: Cell, verdict: Verdict) -> tuple[Cause, ...]:
        """Take the changes nearest to the cell that are enough; leave out what makes no odds."""
        needed: list[Place] = []
        for issues in self._bearing_on(cell):
            needed += [place for issue in issues for place in self.changed.get(issue, ())]
            if self._verdict(cell, needed) == verdict:
                break
        else:
            return ()
        idle = True
        while idle:  # what could not be left out at first may be so when others are
            idle = False
            for place in reversed(needed):
                fewer = [one for one in needed if one != place]
                if self._verdict(cell, fewer) == verdict:
                    needed, idle = fewer, True
        return tuple(
            Cause(*place, self.new[place].entry, self._since(place, cell)) for place in needed
        )

    def _since(self, place: Place, cell: Cell) -> PartialDate | None:
        entry = self.new[place].entry
        if entry is None:
            return None
        issue = place[1]
        cells = [cell] if cell.issue == issue else self.dossier.issues[issue].cells()
        since = entry.since
        entries = entries_of(self.after.dossier, *place)
        for stretch in reversed(list(stretches(entries, self.after.basis))):
            if self.before.day < stretch.first < entry.since.first:
                if stretch.lapses or _said(stretch.entry, cells) != _said(entry, cells):
                    break
                since = stretch.entry.since
        return since

    def _bearing_on(self, cell: Cell) -> Iterator[list[str]]:
        """The cell's own issue, then those that conditions lead to from it, by their distance."""
        nearest = [cell.issue]
        reached = {cell.issue}
        while nearest:
            yield nearest
            named = dict.fromkeys(key for issue in nearest for key in self._named_with(issue))
            nearest = [issue for issue in named if issue not in reached]
            reached.update(nearest)

    def _named_with(self, issue: str) -> Iterator[str]:
        for standings in (self.old, self.new):
            for party in self.parties:
                entry = standings[party, issue].entry
                if entry is not None:
                    yield from (named.issue for named, _ in all_named(entry))

    def _verdict(self, cell: Cell, changed: Sequence[Place]) -> Verdict:
        """The cell's verdict if, of all that changed, only these positions had."""
        return VERDICT_OF[Common(_Mixed(self, changed), self.parties).value(cell)]


def _said(entry: Entry, cells: Sequence[Cell]) -> tuple[object, ...]:
    """What an entry says on some cells, and how strongly; equal where it is the same."""

    def on(named: Named) -> dict[Cell, object]:
        return {cell: named[cell] for cell in cells if cell in named}

    accepts = [(on(one.outcomes), dict(one.requires), one.subject_to) for one in entry.accepts]
    return (
        *map(on, (entry.demands, entry.proposes, entry.refuses)),
        [one for one in accepts if one[0]],
        bool(entry.reserves),
        entry.basis,
    )
