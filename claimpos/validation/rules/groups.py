"""Groups that speak for their members: entries that contradict each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from claimpos.comparison.acceptance import stance_of
from claimpos.comparison.table import all_named, spaces_cut
from claimpos.dossier.graph import all_above, speaking_groups
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.locate import file_of
from claimpos.dossier.model import Cell, Dossier, Entry, Party
from claimpos.dossier.timeline import Stretch, stretches
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, at, entries_of, note, rules_of


class _Budget:
    """How many pairs of entries a rule may still compare."""

    def __init__(self) -> None:
        self.most = self.left = limit("group-pairs")

    @property
    def spent(self) -> bool:
        return self.left < 0

    def finding(self, party: str) -> Diagnostic:
        """That the rule goes no further than this party."""
        return Diagnostic(
            Place(file_of(party), ("party",)),
            f"after {self.most:,} pairs of entries, those of members and of groups that speak for "
            "them are no longer compared",
            how_to_raise("group-pairs"),
        )


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
    budget = _Budget()
    held: dict[tuple[str, str], list[Stretch]] = {}
    for member in groups:
        for group in all_above(member, groups):
            budget.left -= 1
            theirs = parties[group].positions
            for issue in [key for key in parties[member].positions if key in theirs]:
                if (group, issue) not in held:
                    held[group, issue] = [*stretches(theirs[issue])]
                told = _contradicting(parties[member], issue, held[group, issue], scope, budget)
                for entry in told:
                    yield Diagnostic(
                        at(parties[member], entry, "since"),
                        f"this entry contradicts the position of “{group}”, which speaks for "
                        f"“{member}”",
                        "nothing to do if the party says so itself; else correct one of the two",
                    )
            if budget.spent:
                yield budget.finding(member)
                return


def _contradicting(
    party: Party, issue: str, held: Sequence[Stretch], scope: Scope, budget: _Budget
) -> Iterator[Entry]:
    """The party's entries at odds with one that its group held meanwhile."""
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
    if not cells:
        return False
    named = [*all_named(own), *all_named(other)]
    issues = dict.fromkeys([own.issue, *(cell.issue for cell, _ in named)])
    spaces = spaces_cut([dossier.issues[key] for key in issues], named)
    for cell in cells:
        one, two = (
            stance_of(entry, cell, lambda cell: spaces[cell.issue]) for entry in (own, other)
        )
        if one.yes & two.no or one.no & two.yes:
            return True
    return False


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
    told: set[tuple[str, str, date]] = set()
    budget = _Budget()
    for member, groups in speaking_groups(scope.dossier.parties).items():
        first: dict[tuple[str, date], tuple[str, Entry]] = {}
        for group in map(scope.dossier.parties.__getitem__, groups if len(groups) > 1 else ()):
            for entry in entries_of(group):
                day = entry.since.first
                other_id, other = first.setdefault((entry.issue, day), (group.id, entry))
                if entry is other:
                    continue
                budget.left -= 1
                if _differ(entry, other) and (group.id, entry.issue, day) not in told:
                    told.add((group.id, entry.issue, day))
                    yield Diagnostic(
                        at(group, entry, "since"),
                        f"“{other_id}” and “{group.id}”, which both speak for “{member}”, say "
                        f"different things from this day on; “{other_id}” counts",
                        "correct a date, or give the member an entry of its own",
                    )
        if budget.spent:
            yield budget.finding(member)
            return


def _differ(one: Entry, other: Entry) -> bool:
    """Whether two entries name different outcomes of a cell that both name."""

    def said(entry: Entry, cell: Cell) -> list[object]:
        verbs = (entry.demands, entry.proposes, entry.refuses)
        accepted = [each.outcomes.get(cell) for each in entry.accepts if cell in each.outcomes]
        return [*(named.get(cell) for named in verbs), accepted]

    return any(said(one, cell) != said(other, cell) for cell in one.named() & other.named())


DOSSIER = rules_of(against_its_group, two_groups_at_once)
