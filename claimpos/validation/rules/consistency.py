"""Consistency: entries that contradict each other, or are coded by different measures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, product
from typing import TYPE_CHECKING

from claimpos.comparison.acceptance import Stance
from claimpos.comparison.table import PositionTable
from claimpos.dossier.graph import all_above, speaking_groups
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.locate import AGENDA, file_of
from claimpos.dossier.model import Cell, Dossier, Entry, Party
from claimpos.dossier.timeline import Stretch, stretches
from claimpos.validation.rules.omissions import stances_of_both
from claimpos.validation.rules.rule import (
    Diagnostic,
    Place,
    Scope,
    at,
    entries_of,
    note,
)

if TYPE_CHECKING:
    from claimpos.comparison.conditions import Common

_AT_ODDS = 30
"""A pair of parties at odds counts as so many other pairs, because to check it takes longer."""


@note(432)
def unequal_coding(scope: Scope) -> Iterator[Diagnostic]:
    """CP432 note: only one of two parties at odds is coded as rejecting what the other calls for

    One party refuses what the other demands, and calls for something that the other has not
    refused. Only the first then has a red line, which may only be due to the coding. Reported once
    for each issue and pair of parties, for their own entries in force today.

    FAIL
        # Another party demands at least 60 per cent, and refuses 50 or less.
        positions:
          share:
            - {since: 2025, demands: {max: 40}, evidence: [said]}
    PASS
        # Another party demands at least 60 per cent, and refuses 50 or less.
        positions:
          share:
            - {since: 2025, demands: {max: 40}, refuses: {min: 60}, evidence: [said]}
    """
    table = PositionTable(scope.dossier, scope.dossier.negotiating, scope.today)
    speaking: dict[str, list[tuple[int, str]]] = {}
    for number, party in enumerate(table.parties):
        for key in scope.dossier.parties[party].positions:
            speaking.setdefault(key, []).append((number, party))
    at_odds = _AtOdds(table)
    budget = _Budget("coding-pairs", "positions, the coding of parties at odds is")
    for issue in scope.dossier.issues.values():
        reported: set[tuple[str, str]] = set()
        for cell in table.cells(issue, table.parties):
            parties = speaking.get(issue.id, ())
            for refusing, other in _unequal(at_odds, cell, parties, budget):
                pair = (refusing, other) if refusing < other else (other, refusing)
                if pair not in reported:
                    reported.add(pair)
                    yield _unequally_coded(table, cell, refusing, other)
            if budget.spent:
                yield budget.finding(Place(AGENDA, ("issues", issue.id), key=True))
                return


class _AtOdds:
    """Whether two parties rule out each outcome of a cell between them."""

    def __init__(self, table: PositionTable) -> None:
        self.table = table
        self._commons: dict[tuple[str, ...], Common] = {}

    def left(self, cell: Cell, one: Stance, two: Stance) -> int:
        """The outcomes that neither stance rules out unconditionally."""
        return self.table.space(cell).full & ~(one.no | two.no)

    def may_be(self, cell: Cell, one: Stance, two: Stance) -> bool:
        """Whether they do so by these stances, if no condition is met."""
        return not self.left(cell, one, two) & ~(one.conditional | two.conditional)

    def are(self, cell: Cell, parties: tuple[str, str]) -> bool:
        """Whether they do, if they may be, as conditions are met or fail."""
        one, two = parties
        if not self.left(cell, self.table.stance(one, cell), self.table.stance(two, cell)):
            return True
        from claimpos.comparison.conditions import Common
        from claimpos.comparison.truth import Truth

        if parties not in self._commons:
            self._commons[parties] = Common(self.table, parties)
        return self._commons[parties].value(cell) is Truth.FALSE


def _unequal(
    at_odds: _AtOdds, cell: Cell, parties: Iterable[tuple[int, str]], budget: _Budget
) -> Iterator[tuple[str, str]]:
    """The pairs in conflict on a cell in which only the first rejects what the other demands.

    `parties` are those with entries of their own on the issue, and their places in the table.
    """
    table = at_odds.table
    alike: dict[Stance, list[tuple[int, str]]] = {}
    for at_party, party in parties:
        stance = table.stance(party, cell)
        if (stance.demands or stance.refuses) and table.has_own_entry(party, cell):
            alike.setdefault(stance, []).append((at_party, party))
    budget.left -= len(alike) ** 2
    pairs = () if budget.spent else product(alike, repeat=2)
    for one, two in (pair for pair in pairs if _rejects_alone(*pair)):
        if not at_odds.may_be(cell, one, two):
            continue
        both_do = _rejects_alone(two, one)
        for (at_one, refusing), (at_two, other) in product(alike[one], alike[two]):
            budget.left -= _AT_ODDS
            if budget.spent:
                return
            if both_do and at_two < at_one:  # then it is reported of the first
                continue
            if at_odds.are(cell, (refusing, other) if at_one < at_two else (other, refusing)):
                yield refusing, other


def _rejects_alone(one: Stance, two: Stance) -> bool:
    """Whether one position rejects what the other demands, which does not reject all of it."""
    return bool(one.refuses & two.demands and (one.demands | one.proposes) & ~two.refuses)


def _unequally_coded(table: PositionTable, cell: Cell, refusing: str, other: str) -> Diagnostic:
    entry = table.entry_on(other, cell)
    assert entry is not None  # because the party demands something
    return Diagnostic(
        at(table.dossier.parties[other], entry),
        f"“{refusing}” rejects what “{other}” demands on “{cell.issue}”, while “{other}” is not "
        f"coded as rejecting what “{refusing}” calls for",
        f"add it under `refuses` if “{other}” has explicitly rejected it; if not, silence "
        "this note, and say why",
    )


class _Budget:
    """Counts the pairs of entries that a rule may still compare."""

    def __init__(self, name: str, pairs: str) -> None:
        self.name = name
        self.pairs = pairs
        self.most = self.left = limit(name)

    @property
    def spent(self) -> bool:
        return self.left < 0

    def finding(self, place: Place) -> Diagnostic:
        """The diagnostic that the rule does not go on after this place."""
        message = f"after {self.most:,} pairs of {self.pairs} no longer compared"
        return Diagnostic(place, message, how_to_raise(self.name))


def _of_groups() -> _Budget:
    return _Budget("group-pairs", "entries, those of members and of groups that speak for them are")


@note(425)
def against_its_group(scope: Scope) -> Iterator[Diagnostic]:
    """CP425 note: a member's own entry contradicts that of a group that speaks for it

    One of them rules out what the other accepts, while both are in force. The member's own entry
    counts.

    FAIL
        # The group “alliance” demands a rate of at most 3 since 2024, and lists this party.
        positions:
          rate:
            - {since: 2025, demands: {min: 5}, evidence: [said]}
    PASS
        positions:
          rate:
            - {since: 2025, demands: {max: 2}, evidence: [said]}
    """
    parties = scope.dossier.parties
    groups = speaking_groups(parties)
    budget = _of_groups()
    held: dict[tuple[str, str], list[Stretch]] = {}
    for member in groups:
        for group in all_above(member, groups):
            budget.left -= 1
            theirs = parties[group].positions
            for issue in [key for key in parties[member].positions if key in theirs]:
                if (group, issue) not in held:
                    held[group, issue] = [*stretches(theirs[issue])]
                entries = _contradicting(parties[member], issue, held[group, issue], scope, budget)
                for entry in entries:
                    yield Diagnostic(
                        at(parties[member], entry, "since"),
                        f"this entry contradicts the position of “{group}”, which speaks for "
                        f"“{member}”",
                        "nothing to do if the party says so itself; else correct one of the two",
                    )
            if budget.spent:
                yield budget.finding(Place(file_of(member), ("party",)))
                return


def _contradicting(
    party: Party, issue: str, held: Sequence[Stretch], scope: Scope, budget: _Budget
) -> Iterator[Entry]:
    """The party's entries that contradict one of its group's from the same time."""
    for own in stretches(party.positions[issue]):
        begun = bisect_left(held, own.first, key=lambda other: other.last or date.max)
        for other in islice(held, begun, None):
            if budget.spent or (own.last is not None and other.first > own.last):
                break
            budget.left -= 1
            if _at_odds(scope.dossier, own.entry, other.entry):
                yield own.entry
                break


def _at_odds(dossier: Dossier, own: Entry, other: Entry) -> bool:
    """Whether one entry rules out what the other accepts."""
    cells = own.named() & other.named()
    stances = stances_of_both(own, other, cells, dossier) if cells else ()
    return any(one.yes & two.no or one.no & two.yes for _, _, one, two in stances)


@note(426)
def two_groups_at_once(scope: Scope) -> Iterator[Diagnostic]:
    """CP426 note: two groups that speak for one party say different things from the same day on

    If two groups speak for a party, the later entry counts; if both begin on the same day, that of
    the group whose file comes first.

    FAIL
        # The group “alliance” demands a rate of at most 3 since 2024, and lists “user” too.
        members: [user]
        speaks-for-members: true
        positions:
          rate:
            - {since: 2024, demands: {min: 5}, evidence: [said]}
    PASS
        members: [user]
        speaks-for-members: true
        positions:
          rate:
            - {since: 2025, demands: {min: 5}, evidence: [said]}
    """
    reported: set[tuple[str, str, date]] = set()
    budget = _of_groups()
    for member, groups in speaking_groups(scope.dossier.parties).items():
        first: dict[tuple[str, date], tuple[str, Entry]] = {}
        for group in map(scope.dossier.parties.__getitem__, groups if len(groups) > 1 else ()):
            for entry in entries_of(group):
                day = entry.since.first
                other_id, other = first.setdefault((entry.issue, day), (group.id, entry))
                if entry is other:
                    continue
                budget.left -= 1
                if _differ(entry, other) and (group.id, entry.issue, day) not in reported:
                    reported.add((group.id, entry.issue, day))
                    yield Diagnostic(
                        at(group, entry, "since"),
                        f"“{other_id}” and “{group.id}”, which both speak for “{member}”, say "
                        f"different things from this day on; “{other_id}” counts",
                        "correct a date, or give the member an entry of its own",
                    )
        if budget.spent:
            yield budget.finding(Place(file_of(member), ("party",)))
            return


def _differ(one: Entry, other: Entry) -> bool:
    """Whether two entries name different outcomes of a cell that both name."""

    def said(entry: Entry, cell: Cell) -> list[object]:
        verbs = (entry.demands, entry.proposes, entry.refuses)
        accepted = [each.outcomes[cell] for each in entry.accepts_on(cell)]
        return [*(named.get(cell) for named in verbs), accepted]

    return any(said(one, cell) != said(other, cell) for cell in one.named() & other.named())
