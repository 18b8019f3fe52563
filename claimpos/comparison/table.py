"""The positions of some parties on one day, laid out by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from claimpos.comparison.acceptance import SILENT, Stance, stance_of
from claimpos.comparison.effort import Effort
from claimpos.dossier.model import (
    NOTHING,
    Basis,
    Cell,
    Dossier,
    Entry,
    Issue,
    Named,
    PartialDate,
    space_of,
)
from claimpos.dossier.outcomes import Outcomes, Space
from claimpos.dossier.timeline import NOWHERE, Standing, Timelines, own_standings

OFFER = "offer "
"""What the name of an offer among those of issues begins with."""


class Table:
    """Who says what to which outcome; stances are worked out when they are first asked for."""

    def __init__(
        self,
        dossier: Dossier,
        parties: Sequence[str],
        day: date,
        basis: Basis = "inferred",
        besides: Named = NOTHING,
        timelines: Timelines | None = None,
    ) -> None:
        """Quantities are cut where an entry in force needs it, and where `besides` does.

        `timelines` are those of the dossier and basis, for a table that is one of many days'.
        """
        self.dossier = dossier
        self.parties = tuple(parties)
        self._day = day
        self._basis = basis
        self._besides = besides
        self._timelines = timelines
        self._standings = {
            (party, issue): standing
            for party in parties
            for issue, standing in self.own_standings(party).items()
        }
        self._spaces = self._cut_spaces()
        self._stances: dict[tuple[str, Cell], Stance] = {}
        self.effort = Effort()

    def own_standings(self, party: str) -> Mapping[str, Standing]:
        """Where a party itself stands on each issue on which it has ever had a position."""
        if self._timelines is None:
            return own_standings(self.dossier.parties[party], self._day, self._basis)
        timelines = self._timelines.of(party)
        return {issue: timeline.on(self._day) for issue, timeline in timelines.items()}

    def _cut_spaces(self) -> dict[str, Space]:
        entries = [one.entry for one in self._standings.values() if one.entry is not None]
        named = [*self._besides.items(), *(one for entry in entries for one in all_named(entry))]
        return spaces_cut(self.dossier.issues.values(), named)

    def among(self, parties: Sequence[str]) -> Table:
        """The table of these parties alone, on the same day."""
        return Table(self.dossier, parties, self._day, self._basis, self._besides, self._timelines)

    def standing(self, party: str, issue: str) -> Standing:
        return self._standings.get((party, issue), NOWHERE)

    def entry(self, party: str, issue: str) -> Entry | None:
        return self.standing(party, issue).entry

    def space(self, cell: Cell) -> Space:
        return self._spaces[cell.issue]

    def stance(self, party: str, cell: Cell) -> Stance:
        """What the party says on the cell; `SILENT` if it has no entry in force."""
        entry = self.entry(party, cell.issue)
        if entry is None:
            return SILENT
        key = (party, cell)
        if key not in self._stances:
            self._stances[key] = stance_of(entry, cell, self.space)
        return self._stances[key]

    def cells(self, issue: Issue, parties: Sequence[str]) -> list[Cell]:
        """The cells of an issue that there is something to say about among some parties.

        Of an issue with items, those that an entry in force of theirs names.
        """
        if issue.kind != "items":
            return issue.cells()
        entries = [self.entry(party, issue.id) for party in parties]
        named = set().union(*(entry.named() for entry in entries if entry is not None))
        return [cell for cell in issue.cells() if cell in named]

    def newest(self, issues: Collection[str]) -> dict[str, PartialDate | None]:
        """The day of each party's newest evidence in force on these issues, if it has any."""
        newest: dict[str, PartialDate | None] = dict.fromkeys(self.parties)
        for (party, issue), standing in self._standings.items():
            for statement in standing.entry.evidence if standing.entry else ():
                known = newest[party]
                if issue in issues and (known is None or known.first < statement.said.first):
                    newest[party] = statement.said
        return newest

    def set_aside(self, issues: Iterable[str]) -> int:
        """How many entries on these issues had begun but rest on too weak a basis."""
        wanted = set(issues)
        return sum(
            standing.set_aside
            for (_, issue), standing in self._standings.items()
            if issue in wanted
        )


def spaces_cut(issues: Iterable[Issue], named: Iterable[tuple[Cell, Outcomes]]) -> dict[str, Space]:
    """The outcomes of each issue's cells; a quantity is cut where one of those named needs it."""
    by_issue: dict[str, tuple[Issue, list[Outcomes]]] = {issue.id: (issue, []) for issue in issues}
    for cell, outcomes in named:
        by_issue[cell.issue][1].append(outcomes)
    return {key: space_of(issue, outcomes) for key, (issue, outcomes) in by_issue.items()}


def all_named(entry: Entry) -> Iterable[tuple[Cell, Outcomes]]:
    """What an entry names in its position and in its conditions, cell by cell."""
    for named in (entry.demands, entry.proposes, entry.refuses):
        yield from named.items()
    for acceptance in entry.accepts:
        yield from acceptance.outcomes.items()
        yield from acceptance.requires.items()


def bearing(entries: Iterable[Entry]) -> Iterator[str]:
    """What else the verdict on the entries' issue, or its explanation, may hang on.

    The issues that conditions name and, of each offer, a name that no issue has.
    """
    for entry in entries:
        for acceptance in entry.accepts:
            yield from (cell.issue for cell in acceptance.requires)
        if entry.offer is not None:
            yield OFFER + entry.offer.id
