"""Groups that speak for their members: entries that contradict each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date

from claimpos.comparison.acceptance import stance_of
from claimpos.comparison.table import all_named, spaces_cut
from claimpos.dossier.model import Cell, Dossier, Entry, Party
from claimpos.dossier.speaking import all_above, speaking_groups
from claimpos.dossier.timeline import Stretch, stretches
from claimpos.validation.rules.rule import Diagnostic, Scope, at, entries_of, note, rules_of


@note(425)
def against_its_group(party: Party, scope: Scope) -> Iterator[Diagnostic]:
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
    for group_id in all_above(party.id, speaking_groups(scope.dossier.parties)):
        group = scope.dossier.parties[group_id]
        for issue in [key for key in party.positions if key in group.positions]:
            held = [*stretches(group.positions[issue])]
            ends = [other.last or date.max for other in held]
            for own in stretches(party.positions[issue]):
                meanwhile = _begun_by(held[bisect_left(ends, own.first) :], own.last)
                if any(_at_odds(scope.dossier, own.entry, other) for other in meanwhile):
                    yield Diagnostic(
                        at(party, own.entry, "since"),
                        f"this entry contradicts the position of “{group_id}”, which speaks for "
                        f"“{party.id}”",
                        "nothing to do if the party says so itself; else correct one of the two",
                    )


def _begun_by(held: Iterable[Stretch], last: date | None) -> Iterator[Entry]:
    """The entries that began by a day."""
    for stretch in held:
        if last is not None and stretch.first > last:
            return
        yield stretch.entry


def _at_odds(dossier: Dossier, own: Entry, other: Entry) -> bool:
    """Whether one entry rules out what the other accepts."""
    named = [*all_named(own), *all_named(other)]
    issues = dict.fromkeys([own.issue, *(cell.issue for cell, _ in named)])
    spaces = spaces_cut([dossier.issues[key] for key in issues], named)
    for cell in own.named() & other.named():
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
    for member, groups in speaking_groups(scope.dossier.parties).items():
        first: dict[tuple[str, date], tuple[str, Entry]] = {}
        for group in map(scope.dossier.parties.__getitem__, groups if len(groups) > 1 else ()):
            for entry in entries_of(group):
                day = entry.since.first
                other_id, other = first.setdefault((entry.issue, day), (group.id, entry))
                if _differ(entry, other) and (group.id, entry.issue, day) not in told:
                    told.add((group.id, entry.issue, day))
                    yield Diagnostic(
                        at(group, entry, "since"),
                        f"“{other_id}” and “{group.id}”, which both speak for “{member}”, say "
                        f"different things from this day on; “{other_id}” counts",
                        "correct a date, or give the member an entry of its own",
                    )


def _differ(one: Entry, other: Entry) -> bool:
    """Whether two entries name different outcomes of a cell that both name."""

    def said(entry: Entry, cell: Cell) -> list[object]:
        verbs = (entry.demands, entry.proposes, entry.refuses)
        accepted = [each.outcomes.get(cell) for each in entry.accepts if cell in each.outcomes]
        return [*(named.get(cell) for named in verbs), accepted]

    return any(said(one, cell) != said(other, cell) for cell in one.named() & other.named())


PARTY = rules_of(against_its_group)
DOSSIER = rules_of(two_groups_at_once)
