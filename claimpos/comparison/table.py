"""The positions of some parties on one day, laid out by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from claimpos.comparison.acceptance import SILENT, Stance, stance_of
from claimpos.comparison.effective_positions import NOWHERE, EffectivePositions, is_indirect
from claimpos.comparison.effort import Effort
from claimpos.dossier.model import (
    NOTHING,
    Answer,
    Basis,
    Cell,
    Dossier,
    Entry,
    Issue,
    Named,
    space_of,
)
from claimpos.dossier.outcomes import Outcomes, Space
from claimpos.dossier.timeline import Standing, standing_on


class Table:
    """Who says what to which outcome; stances are worked out when they are first asked for."""

    def __init__(
        self,
        dossier: Dossier,
        parties: Sequence[str],
        day: date,
        basis: Basis = "inferred",
        besides: Named = NOTHING,
    ) -> None:
        """Quantities are cut where an entry in force needs it, and where `besides` does."""
        self.dossier = dossier
        self.parties = tuple(parties)
        self.day = day
        self.basis = basis
        self._besides = besides
        self._effective: EffectivePositions | None = None
        if is_indirect(dossier):
            self._effective = EffectivePositions(dossier, day, basis)
            self._standings = self._effective.standings(parties)
        else:
            self._standings = {
                (party, issue): standing_on(entries, day, basis)
                for party in parties
                for issue, entries in dossier.parties[party].positions.items()
            }
        self._spaces = self._cut_spaces()
        self._stances: dict[tuple[int, Cell], Stance] = {}
        self.effort = Effort()

    def _cut_spaces(self) -> dict[str, Space]:
        standings = self._standings.values()
        # Members of a group hold the same entries, which are gone through once.
        entries = {id(one.entry): one.entry for one in standings if one.entry is not None}.values()
        named = [*self._besides.items(), *(one for entry in entries for one in all_named(entry))]
        return spaces_cut(self.dossier.issues.values(), named)

    @property
    def has_groups(self) -> bool:
        """Whether any group speaks for its members."""
        return self._effective is not None and bool(self._effective.groups)

    def groups_of(self, party: str) -> tuple[str, ...]:
        """The groups that speak for a party, those that speak for these included."""
        return () if self._effective is None else self._effective.groups_of(party)

    def member_among(self, parties: Sequence[str]) -> str:
        """Of exactly a group and a party for which it speaks, that party; else nothing."""
        if len(parties) == 2 and self.has_groups:
            for member, group in (parties, parties[::-1]):
                if group in self.groups_of(member):
                    return member
        return ""

    def has_own_word(self, party: str, issue: str) -> bool:
        """Whether the party itself, by an entry or an answer to a text, has spoken on an issue."""
        if self._effective is None:
            return self.entry(party, issue) is not None
        return self._effective.has_own_word(party, issue)

    def answers(self, party: str) -> Mapping[str, Answer]:
        """The party's own answers to texts that are in force, by the text."""
        return NOTHING if self._effective is None else self._effective.answers(party)

    def among(self, parties: Sequence[str]) -> Table:
        """The table of these parties alone, on the same day."""
        return Table(self.dossier, parties, self.day, self.basis, self._besides)

    def standing(self, party: str, issue: str) -> Standing:
        return self._standings.get((party, issue), NOWHERE)

    def entry(self, party: str, issue: str) -> Entry | None:
        return self.standing(party, issue).entry

    def entry_on(self, party: str, cell: Cell) -> Entry | None:
        """The entry that counts on a cell: the party's own, or that of a group as a member."""
        entry = self.entry(party, cell.issue)
        return entry and entry.on(cell)

    def voice(self, party: str, cell: Cell) -> str:
        """Whose position the party holds on a cell: a group's that speaks for it, or its own."""
        entry = self.entry_on(party, cell)
        return (entry and entry.group) or party

    def one_voice(self, parties: Sequence[str], cell: Cell) -> str:
        """The group whose entry all of these parties hold on a cell; empty if there is none.

        Members that have answered a text for themselves may hold the rest of it only.
        """
        if not self.has_groups:
            return ""
        voices = {self.voice(party, cell) for party in parties}
        if len(voices) > 1 or len(parties) < 2:
            return ""
        return voices.pop() if len({self.stance(party, cell) for party in parties}) == 1 else ""

    def voices(self, parties: Sequence[str], cells: Sequence[Cell]) -> list[tuple[str, ...]]:
        """The parties as they count in shares: a group and those for whom it speaks as one.

        A group speaks for a member where that has no word of its own on any of the cells.
        """
        voices: dict[str, list[str]] = {}
        for party in parties:
            voices.setdefault(self._counted_with(party, cells), []).append(party)
        return [tuple(together) for together in voices.values()]

    def _counted_with(self, party: str, cells: Sequence[Cell]) -> str:
        if not self.has_groups:
            return party
        said = [entry for cell in cells if (entry := self.entry_on(party, cell)) is not None]
        named = [entry for entry in said if entry.reserves or not entry.named().isdisjoint(cells)]
        if any(not entry.group for entry in named):
            return party
        above = self.groups_of(party)
        return named[0].group if named else next(reversed(above), party)

    def space(self, cell: Cell) -> Space:
        return self._spaces[cell.issue]

    def stance(self, party: str, cell: Cell) -> Stance:
        """What the party says on the cell; `SILENT` if it has no entry in force."""
        entry = self.entry_on(party, cell)
        if entry is None:
            return SILENT
        key = (id(entry), cell)  # the table holds the entry, so that its id stays its own
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
