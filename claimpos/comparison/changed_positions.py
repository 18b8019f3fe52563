"""Positions after changes: without some statements, or with entries coded otherwise.

Each look at one counts as steps, so that a search among changes ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from claimpos.comparison.acceptance import SILENT, Stance, stance_of
from claimpos.comparison.alterations import (
    Choice,
    choices_of,
    citations,
    evidence_of,
    party_about,
    party_without,
    recoded,
)
from claimpos.comparison.answers_in_force import texts_by_issue
from claimpos.comparison.effort import Effort
from claimpos.comparison.table import PositionTable, all_named, spaces_cut
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.graph import speaking_groups
from claimpos.dossier.model import Cell, Entry, Party, Statement
from claimpos.dossier.outcomes import Space
from claimpos.dossier.timeline import Standing, standing_on

Place = tuple[str, str]
"""A party and an issue."""

Key = tuple[str, str]
"""The party whose file holds a statement, and the statement's id."""

Change = Key | Choice
"""A statement removed, or an entry recoded."""

_MOST_STEPS = 200_000
"""The most steps for all verdicts together; a step looks at one place without a statement."""

_PART_OF_STEPS = 4
"""The part of the steps for the conditions of a comparison that may be taken for all changes: 1/4.

After each change, the positions are laid out anew, which takes longer than weighing conditions.
"""

_EACH_STANDING = 20
"""The steps that it takes to find out where a party stands without a statement."""

_CITATIONS_A_STEP = 40
"""The number of cited statements that take one more step, because each of them is looked at."""


class TooManySteps(Exception):
    """The search takes more steps than it may."""


class ChangedPositions:
    """The parties' positions after changes: without some statements, or coded otherwise."""

    def __init__(self, comparison: Comparison) -> None:
        self.table = comparison.common.table
        self.dossier = comparison.dossier
        self.effort = Effort(_PART_OF_STEPS)
        self._left = _MOST_STEPS
        self._day, self._basis = comparison.day, comparison.basis
        self._holders = {
            party: (party, *self.table.groups_of(party)) for party in comparison.parties
        }
        self._all_holders = dict.fromkeys(one for some in self._holders.values() for one in some)
        self._groups = speaking_groups(self.dossier.parties)
        self._texts = texts_by_issue(self.dossier)
        self._said: dict[Place, Party] = {}
        self._active: dict[Place, Collection[Key]] = {}
        self._touching: dict[Place, dict[Key, Statement]] = {}
        self._choices: dict[Place, frozenset[Choice]] = {}
        self._active_choices: dict[Place, Collection[Choice]] = {}
        self._held: dict[tuple[Place, frozenset[Change]], Standing] = {}
        self._stances: dict[tuple[int, Cell], Stance] = {}
        named = [one for entry in self._all_entries() for one in all_named(entry)]
        named += [
            one
            for text in self.dossier.proposals.values()
            for term in text.terms.values()
            for one in term.outcomes.items()
        ]
        self._spaces = spaces_cut(self.dossier.issues.values(), named)

    def spend(self, steps: int) -> None:
        """Count steps; raises TooManySteps if there are more than the search may take."""
        self._left -= steps
        if self._left < 0:
            raise TooManySteps

    def _all_entries(self) -> Iterator[Entry]:
        for holder in self._all_holders:
            for entries in self.dossier.parties[holder].positions.values():
                yield from entries

    def named_from(self, issue: str) -> dict[str, None]:
        """The issues named by the conditions of any entry on an issue; counts a step."""
        self.spend(1)
        entries = (
            entry
            for holder in self._all_holders
            for entry in self.dossier.parties[holder].positions.get(issue, ())
        )
        return dict.fromkeys(
            cell.issue for entry in entries for one in entry.accepts for cell in one.requires
        )

    def space(self, cell: Cell) -> Space:
        return self._spaces[cell.issue]

    def stance(self, entry: Entry, cell: Cell) -> Stance:
        key = id(entry), cell  # every entry is kept, so that no other gets its id
        if key not in self._stances:
            self._stances[key] = stance_of(entry, cell, self.space)
        return self._stances[key]

    def touching(self, place: Place) -> Mapping[Key, Statement]:
        """The statements behind all entries and answers that may count at a place."""
        if place not in self._touching:
            self._touching[place] = {
                (holder, statement.id): statement
                for holder in self._holders[place[0]]
                for statement in evidence_of(self._about(holder, place[1]))
            }
        return self._touching[place]

    def _about(self, holder: str, issue: str) -> Party:
        """A party with only what may count on an issue, because most parties say much more."""
        key = holder, issue
        if key not in self._said:
            party = self.dossier.parties[holder]
            self._said[key] = party_about(party, issue, self._texts.get(issue, ()))
        return self._said[key]

    def statements(self, keys: Iterable[Key]) -> tuple[tuple[str, Statement], ...]:
        return tuple((party, self.dossier.parties[party].statements[key]) for party, key in keys)

    def _choices_at(self, place: Place) -> frozenset[Choice]:
        if place not in self._choices:
            holders = (self.dossier.parties[one] for one in self._holders[place[0]])
            self._choices[place] = frozenset(
                choice for holder in holders for choice in choices_of(holder, place[1])
            )
        return self._choices[place]

    def standing(self, place: Place, changes: frozenset[Change]) -> Standing:
        """Where a party stands on an issue after some changes."""
        bearing = frozenset(
            one
            for one in changes
            if one in (self._choices_at if isinstance(one, Choice) else self.touching)(place)
        )
        if not bearing or self._stays(place, bearing):
            return self.table.standing(*place)
        if (place, bearing) not in self._held:
            self._held[place, bearing] = self._standing(place, bearing)
        return self._held[place, bearing]

    def _stays(self, place: Place, changes: frozenset[Change]) -> bool:
        """Whether the entry in force is sure to stay: nothing else counts, and it loses nothing."""
        party, issue = place
        entry = self.table.standing(*place).entry
        if entry is None or len(self._holders[party]) > 1 or self._about(party, issue).answers:
            return False
        own = {(party, statement.id) for statement in entry.evidence}
        return own.isdisjoint(changes) and not any(isinstance(one, Choice) for one in changes)

    def _standing(self, place: Place, changes: frozenset[Change]) -> Standing:
        party, issue = place
        parties = {holder: self._about(holder, issue) for holder in self._holders[party]}
        recorded = sum(_size(one, issue) for one in parties.values())
        # What each group says is worked out on each cell.
        cells = len(parties) * len(self.dossier.issues[issue].cells())
        self.spend(_EACH_STANDING + recorded + cells)
        removed: dict[str, set[str]] = {}
        for change in changes:
            if isinstance(change, Choice):
                parties[change.party] = recoded(parties[change.party], change, self._basis)
            else:
                removed.setdefault(change[0], set()).add(change[1])
        for holder, ids in removed.items():
            self.spend(citations(parties[holder]) // _CITATIONS_A_STEP)
            parties[holder] = party_without(parties[holder], ids)
        if len(parties) == 1 and not parties[party].answers:
            return standing_on(parties[party].positions.get(issue, ()), self._day, self._basis)
        from claimpos.comparison.effective_positions import EffectivePositions

        dossier = self.dossier._replace(parties=parties)
        held = EffectivePositions(dossier, self._day, self._basis, None, self._groups, self._texts)
        return held.standing(party, issue)

    def said(self, place: Place, *changes: Change) -> object:
        """What a party says at a place after some changes, apart from when and why."""
        entry = self.standing(place, frozenset(changes)).entry
        if entry is None:
            return None
        return entry.position, [(part.cells, part.entry.position) for part in entry.parts]

    def active_choices(self, places: Iterable[Place]) -> list[Choice]:
        """The recodings that change what a party says at one of the places."""
        return sorted(
            {choice for place in places for choice in self._active_choices_at(place)},
            key=lambda choice: (choice.party, str(choice.cell), choice[2:]),
        )

    def _active_choices_at(self, place: Place) -> Collection[Choice]:
        if place not in self._active_choices:
            now, all_of_them = self.said(place), self._choices_at(place)
            self._active_choices[place] = [
                choice for choice in all_of_them if self.said(place, choice) != now
            ]
        return self._active_choices[place]

    def active(self, places: Iterable[Place]) -> list[Key]:
        """The statements whose removal changes what a party says at one of the places."""
        return sorted({key for place in places for key in self._active_at(place)})

    def _active_at(self, place: Place) -> Collection[Key]:
        if place not in self._active:
            now = self.said(place)
            keys = self.touching(place)
            self._active[place] = [key for key in keys if self.said(place, key) != now]
        return self._active[place]

    def joint(self, places: Iterable[Place], active: Collection[Key]) -> Iterator[tuple[Key, Key]]:
        """The pairs in which a statement that is not active alone adds to the other's removal."""
        for place in places:
            for one, other in combinations(sorted(self.touching(place)), 2):
                self.spend(1)
                if one in active and other in active:
                    continue
                said = self.said(place, one, other)
                if (one not in active and said != self.said(place, other)) or (
                    other not in active and said != self.said(place, one)
                ):
                    yield one, other


class ChangedTable(PositionTable):
    """The table of a comparison after some changes."""

    def __init__(
        self, positions: ChangedPositions, parties: tuple[str, ...], changes: frozenset[Change]
    ) -> None:
        self.dossier = positions.dossier
        self.parties = parties
        self.effort = positions.effort
        self.ballots = positions.table.ballots
        self._positions = positions
        self._changes = changes

    def standing(self, party: str, issue: str) -> Standing:
        return self._positions.standing((party, issue), self._changes)

    def space(self, cell: Cell) -> Space:
        return self._positions.space(cell)

    def stance(self, party: str, cell: Cell) -> Stance:
        entry = self.entry_on(party, cell)
        return SILENT if entry is None else self._positions.stance(entry, cell)


def _size(party: Party, issue: str) -> int:
    """How many entries, acceptances and answers a party has on an issue."""
    entries = party.positions[issue]
    answers = sum(map(len, party.answers.values()))
    return len(entries) + sum(len(entry.accepts) for entry in entries) + answers
