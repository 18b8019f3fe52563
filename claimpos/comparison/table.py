"""The positions of some parties on one day, by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from itertools import chain, product
from typing import TYPE_CHECKING

from claimpos.comparison.acceptance import SILENT, Stance, stance_of
from claimpos.comparison.effort import Effort
from claimpos.dossier.graph import all_reached, is_indirect
from claimpos.dossier.model import (
    NOTHING,
    Answer,
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
from claimpos.dossier.timeline import (
    NOWHERE,
    HeldAnswer,
    Standing,
    Timelines,
    own_standings,
)
from claimpos.errors import WrongUsage

if TYPE_CHECKING:
    from claimpos.comparison.effective_positions import EffectivePositions, Voice
    from claimpos.comparison.votes import Ballot

_OFFER = "offer "
"""The beginning of the name of an offer, in sets that hold names of issues and offers."""


class PositionTable:
    """The position of each party on each cell; stances are worked out when they are needed."""

    _altered: Collection[tuple[str, Cell]] = ()
    """Where `with_stances` has put other stances."""

    def __init__(
        self,
        dossier: Dossier,
        parties: Sequence[str],
        day: date,
        basis: Basis = "inferred",
        besides: Named = NOTHING,
        timelines: Timelines | None = None,
        effective: EffectivePositions | None = None,
    ) -> None:
        """Lay out the parties' positions on a day.

        Args:
            dossier: The dossier.
            parties: The ids of the parties.
            day: The day.
            basis: The weakest evidence that counts.
            besides: Outcomes at whose ends quantities are cut, besides those of the entries in
                force.
            timelines: The timelines of the dossier, if there is a table for each of many days.
            effective: The positions of all parties on the day, if they are known.
        """
        self.dossier = dossier
        self.parties = tuple(parties)
        self._among = frozenset(parties)
        self.day = day
        self.basis = basis
        self._besides = besides
        self._timelines = timelines
        self._effective: EffectivePositions | None = None
        if is_indirect(dossier):
            from claimpos.comparison.effective_positions import EffectivePositions

            self._effective = effective or EffectivePositions(dossier, day, basis, timelines)
            self._standings = self._effective.standings(parties)
        else:
            self._standings = {
                (party, issue): standing
                for party in parties
                for issue, standing in self.own_standings(party).items()
            }
        self._spaces = self._cut_spaces()
        self._stances: dict[tuple[int, Cell], Stance] = {}
        self._held: dict[tuple[str, Cell], Stance] = {}
        self.effort = Effort()
        # The decision rules that are ready for counting; tables of one dossier may share them.
        self.ballots: list[Ballot] = []

    @cached_property
    def timelines(self) -> Timelines:
        """The timelines of the dossier's parties, for those who ask about other days."""
        return self._timelines or Timelines(self.dossier, self.basis)

    def own_standings(self, party: str) -> Mapping[str, Standing]:
        """Where a party itself stands on each issue on which it has ever had a position."""
        if self._timelines is None:
            return own_standings(self.dossier.parties[party], self.day, self.basis)
        timelines = self._timelines.of(party)
        return {issue: timeline.on(self.day) for issue, timeline in timelines.items()}

    def _cut_spaces(self) -> dict[str, Space]:
        standings = self._standings.values()
        # Each entry once, because members of a group hold the same ones.
        entries = {id(one.entry): one.entry for one in standings if one.entry is not None}.values()
        named = chain(self._besides.items(), chain.from_iterable(map(all_named, entries)))
        return spaces_cut(self.dossier.issues.values(), named)

    @property
    def has_groups(self) -> bool:
        """Whether any group speaks for its members."""
        return self._effective is not None and bool(self._effective.groups)

    def groups_of(self, party: str) -> tuple[str, ...]:
        """The groups that speak for a party, directly or through other groups."""
        return () if self._effective is None else self._effective.groups_of(party)

    def following(self, party: str, cell: Cell) -> tuple[str, ...]:
        """The parties of the table for which a party speaks on a cell, as its members."""
        if self._effective is None:
            return ()
        return tuple(one for one in self._effective.following(party, cell) if one in self._among)

    def member_among(self, parties: Sequence[str]) -> str:
        """The member, if these are exactly a group and a party for which it speaks; else ""."""
        if len(parties) == 2 and self.has_groups:
            for member, group in (parties, parties[::-1]):
                if group in self.groups_of(member):
                    return member
        return ""

    def has_own_word(self, party: str, issue: str) -> bool:
        """Whether the party itself has a position on an issue, by an entry or an accepted text."""
        if self._effective is None:
            return self.entry(party, issue) is not None
        return self._effective.has_own_word(party, issue)

    def has_own_entry(self, party: str, cell: Cell) -> bool:
        """Whether what the party holds on a cell is in an entry of its own file."""
        entry = self.entry_on(party, cell)
        return entry is not None and not entry.group and not entry.is_answer

    def answers(self, party: str) -> Mapping[str, Answer]:
        """The party's own answers to texts that are in force, by text."""
        return NOTHING if self._effective is None else self._effective.answers(party)

    def answer_on(self, party: str, cell: Cell, text: str) -> HeldAnswer | None:
        """The answer to a text that counts for a party on the cell of a term, if there is one."""
        return None if self._effective is None else self._effective.answer_on(party, cell, text)

    def among(self, parties: Sequence[str]) -> PositionTable:
        """The table of only these parties, on the same day."""
        table = PositionTable(
            self.dossier,
            parties,
            self.day,
            self.basis,
            self._besides,
            self._timelines,
            self._effective,
        )
        table.ballots = self.ballots
        return table

    def with_stances(self, stances: Mapping[tuple[str, Cell], Stance]) -> PositionTable:
        """The same table, but with these stances of some parties on some cells."""
        table = copy(self)
        table._held = dict(stances)
        table._altered = frozenset(stances)
        return table

    def is_silent(self, party: str, cell: Cell) -> bool:
        """Whether a party has no position in force on a cell, and does not leave the issue open."""
        if (party, cell) in self._altered:
            return not self.stance(party, cell).names
        entry = self.entry_on(party, cell)
        if entry is None:
            return True
        if cell.item is None or entry.reserves:
            return False
        return not self.stance(party, cell).names

    def standing(self, party: str, issue: str) -> Standing:
        """Where the party stands on an issue."""
        return self._standings.get((party, issue), NOWHERE)

    def entry(self, party: str, issue: str) -> Entry | None:
        """The party's current position on an issue, if it has one."""
        return self.standing(party, issue).entry

    def entry_on(self, party: str, cell: Cell) -> Entry | None:
        """The entry that counts on a cell: the party's own, or that of a group as a member."""
        entry = self.entry(party, cell.issue)
        return entry.on(cell) if entry is not None and entry.parts else entry

    def voice(self, party: str, cell: Cell) -> Voice | None:
        """Whose entry the party holds on a cell, and whose acceptance of a text.

        None if it has neither, or if the dossier has neither speaking groups nor answers.
        """
        return None if self._effective is None else self._effective.voice(party, cell)

    def one_voice(self, parties: Sequence[str], cell: Cell) -> str:
        """The group whose position all of these parties hold on a cell; else "".

        That is its entry or, if none of them holds an entry, its acceptance of a text.
        """
        if not self.has_groups or len(parties) < 2:
            return ""
        first, *others = {self.voice(party, cell) for party in parties}
        return "" if others or first is None else first[0] or first[1]

    def voices(self, parties: Sequence[str], issue: str) -> list[tuple[str, ...]]:
        """The parties in sets that count as one: a group, and members for which it speaks.

        A group of the table speaks for a member that has no position of its own on the issue.
        """
        voices: dict[str, list[str]] = {}
        for party in parties:
            voices.setdefault(self._counted_as(party, issue), []).append(party)
        return [tuple(together) for together in voices.values()]

    def _counted_as(self, party: str, issue: str) -> str:
        groups = {} if self._effective is None else self._effective.groups
        while party in groups and not self.has_own_word(party, issue):
            above = next((group for group in groups[party] if group in self._among), None)
            if above is None:
                break
            party = above
        return party

    def space(self, cell: Cell) -> Space:
        """The outcomes of a cell."""
        return self._spaces[cell.issue]

    def stance(self, party: str, cell: Cell) -> Stance:
        """The party's stance on a cell; `SILENT` if it has no entry in force."""
        held = self._held.get((party, cell))
        if held is None:
            held = self._held[party, cell] = self._stance(self.entry_on(party, cell), cell)
        return held

    def stance_without_own(self, party: str, cell: Cell) -> Stance:
        """The party's stance if its own position no longer held: that of its groups, if any."""
        if self._effective is None or not self.has_own_entry(party, cell):
            return SILENT
        entry = self._effective.of_groups(party, cell) if self.groups_of(party) else None
        return SILENT if entry is None else stance_of(entry, cell, self.space)

    def _stance(self, entry: Entry | None, cell: Cell) -> Stance:
        """The stance of an entry on a cell, the same object for all members that hold the entry."""
        if entry is None:
            return SILENT
        key = (id(entry), cell)  # the table keeps the entry, so that no other gets its id
        if key not in self._stances:
            self._stances[key] = stance_of(entry, cell, self.space)
        return self._stances[key]

    def cells(self, issue: Issue, parties: Sequence[str]) -> list[Cell]:
        """The cells of an issue on which some parties can be compared.

        Of an issue with items, only those that an entry in force of one of them names.
        """
        if issue.kind != "items":
            return issue.cells()
        entries = [self.entry(party, issue.id) for party in parties]
        named = set().union(*(entry.named() for entry in entries if entry is not None))
        return [cell for cell in issue.cells() if cell in named]

    def newest(self, issues: Collection[str]) -> dict[str, PartialDate | None]:
        """The date of each party's newest evidence in force on these issues, if it has any."""
        newest: dict[str, PartialDate | None] = dict.fromkeys(self.parties)
        for (party, issue), standing in self._standings.items():
            for statement in standing.entry.evidence if standing.entry else ():
                known = newest[party]
                if issue in issues and (known is None or known.first < statement.said.first):
                    newest[party] = statement.said
        return newest

    def set_aside(self, issues: Iterable[str]) -> int:
        """How many entries on these issues have begun but rest on too weak evidence."""
        wanted = set(issues)
        return sum(
            standing.set_aside
            for (_, issue), standing in self._standings.items()
            if issue in wanted
        )


def check_parties(parties: Sequence[str]) -> None:
    """Raise WrongUsage for fewer than two parties, or one named twice."""
    if len(parties) < 2:
        raise WrongUsage("a comparison needs at least two parties")
    for party, count in Counter(parties).items():
        if count > 1:
            raise WrongUsage(f"the party “{party}” cannot be compared with itself")


def spaces_cut(issues: Iterable[Issue], named: Iterable[tuple[Cell, Outcomes]]) -> dict[str, Space]:
    """The outcomes of each issue's cells; quantities are cut at the ends of what is named."""
    issues = [*issues]
    cuts: dict[str, list[Outcomes]] = {issue.id: [] for issue in issues if issue.kind == "quantity"}
    for cell, outcomes in named if cuts else ():
        if cell.issue in cuts:
            cuts[cell.issue].append(outcomes)
    return {issue.id: space_of(issue, cuts.get(issue.id, ())) for issue in issues}


def spaces_of(dossier: Dossier, *entries: Entry) -> dict[str, Space]:
    """The outcomes of the cells that entries on one issue name, also in their conditions."""
    issues = dict.fromkeys(
        issue
        for entry in entries
        for issue in (
            entry.issue,
            *(cell.issue for acceptance in entry.accepts for cell in acceptance.requires),
        )
    )
    named = chain.from_iterable(map(all_named, entries))
    return spaces_cut([dossier.issues[issue] for issue in issues], named)


def all_named(entry: Entry) -> Iterable[tuple[Cell, Outcomes]]:
    """The outcomes that an entry names, in its position and in its conditions, with their cells."""
    for named in (entry.demands, entry.proposes, entry.refuses):
        yield from named.items()
    for acceptance in entry.accepts:
        yield from acceptance.outcomes.items()
        yield from acceptance.requires.items()


def dependencies_of(entries: Iterable[Entry]) -> Iterator[str]:
    """The issues and offers on which the verdict on the entries' issue, or its words, may depend.

    These are the issues that conditions name, and the names of offers, which no issue has.
    """
    for entry in entries:
        for acceptance in entry.accepts:
            yield from (cell.issue for cell in acceptance.requires)
        if entry.offer is not None:
            yield _OFFER + entry.offer.id


def add_dependents(dependents: dict[str, set[str]], issue: str, entries: Iterable[Entry]) -> None:
    """Note in `dependents`, under each issue or offer that bears on these entries, their issue."""
    for other in dependencies_of(entries):
        dependents.setdefault(other, set()).add(issue)
        if other.startswith(_OFFER):  # the terms of an offer bear on one another
            dependents.setdefault(issue, set()).add(other)


def alike_by_cell(
    table: PositionTable, parties: Sequence[str]
) -> dict[Cell, list[tuple[str, ...]]]:
    """For each cell that conditions join to others, the parties with the same stances on all."""
    joined = _joined_by_conditions(table, parties)
    alike: dict[Cell, list[tuple[str, ...]]] = {}
    for cell in joined:
        if cell not in alike:
            together = all_reached([cell], joined.__getitem__)
            sides: dict[tuple[Stance, ...], list[str]] = {}
            for party in parties:
                stances = tuple(table.stance(party, other) for other in together)
                if any(stance.no or stance.conditional for stance in stances):
                    sides.setdefault(stances, []).append(party)
            grouped = [tuple(side) for side in sides.values()]
            alike |= dict.fromkeys(together, grouped)
    return alike


def _joined_by_conditions(table: PositionTable, parties: Sequence[str]) -> dict[Cell, set[Cell]]:
    """For each cell on which conditions are, or that they name, the cells at the other end."""
    joined: dict[Cell, set[Cell]] = {}
    issues = table.dossier.issues.values()
    for party, issue in product(parties, issues):
        for cell in table.cells(issue, [party]):
            for clause in table.stance(party, cell).clauses:
                table.effort.spend(cell, len(clause.requires))
                for other, _ in clause.requires:
                    joined.setdefault(cell, set()).add(other)
                    joined.setdefault(other, set()).add(cell)
    return joined
