"""Coding: what an entry drops without a word, and what is not coded alike for two parties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from claimpos.comparison.acceptance import Stance, stance_of
from claimpos.comparison.conditions import Common
from claimpos.comparison.table import Table, all_named, spaces_cut
from claimpos.comparison.truth import Truth
from claimpos.dossier.locate import file_of
from claimpos.dossier.model import Cell, Dossier, Entry, Party
from claimpos.dossier.outcomes import Space
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, Since, at, note, rules_of


@note(430)
def dropped_refusal(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP430 note: an entry does not mention what the one before it rejected

    The entry before rejected an outcome; this one does not name it at all. An entry is the whole
    position from its day on, so the red line is gone.

    FAIL
        positions:
          status:
            - {since: 2024, demands: open, refuses: [barred, deferred], evidence: [said]}
            - {since: 2025, demands: open, refuses: barred, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2024, demands: open, refuses: [barred, deferred], evidence: [said]}
            - {since: 2025, demands: open, refuses: barred, accepts: deferred, evidence: [said]}
    """
    for older, newer in _successions(party):
        if older.refuses:
            dropped = [
                (cell, _options(space, lost))
                for cell, space, before, after in _stances(older, newer, scope.dossier)
                if (lost := before.refuses & ~(after.wants | after.refuses))
            ]
            if dropped:
                yield Diagnostic(
                    at(party, newer),
                    f"the entry before rejected {_named(dropped)}; this one does not mention it: "
                    "does the party no longer reject it?",
                    "repeat it under `refuses` if the party still rejects it; if not, add what the "
                    "party now accepts",
                )


@note(431)
def dropped_condition(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP431 note: an entry does not mention a condition that the one before it set

    The entry before accepted an outcome on a condition. This one names it under `demands` alone,
    which counts as a yes without the condition, or not at all.

    FAIL
        positions:
          status:
            - since: 2024
              demands: open
              accepts: [{outcome: open, if: {cap: 500}}]
              evidence: [said]
            - {since: 2025, demands: open, evidence: [said]}
          cap:
            - {since: 2024, accepts: 500, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2024, accepts: [{outcome: open, if: {cap: 500}}], evidence: [said]}
            - {since: 2025, accepts: open, evidence: [said]}
          cap:
            - {since: 2024, accepts: 500, evidence: [said]}
    """
    for older, newer in _successions(party):
        if any(acceptance.conditional for acceptance in older.accepts):
            dropped = [
                (cell, _options(space, lost))
                for cell, space, before, after in _stances(older, newer, scope.dossier)
                if (lost := before.conditional & ~(after.accepts | after.proposes | after.refuses))
            ]
            if dropped:
                yield Diagnostic(
                    at(party, newer),
                    f"the entry before accepted {_named(dropped)} on a condition; this one does "
                    "not mention it: did the party drop the condition, or the outcome?",
                    "repeat the condition if it still holds, or accept or reject the outcome "
                    "without it",
                )


def _successions(party: Party) -> Iterator[tuple[Entry, Entry]]:
    """Each entry of a party that follows another, with the one before."""
    for entries in party.positions.values():
        yield from pairwise(entries)


def _stances(
    older: Entry, newer: Entry, dossier: Dossier
) -> Iterator[tuple[Cell, Space, Stance, Stance]]:
    """What two entries say on each cell that the older one names."""
    named = [*all_named(older), *all_named(newer)]
    issues = dict.fromkeys([older.issue, *(cell.issue for cell, _ in named)])
    spaces = spaces_cut([dossier.issues[key] for key in issues], named)
    for cell in sorted(older.named(), key=str):
        before, after = (
            stance_of(entry, cell, lambda other: spaces[other.issue]) for entry in (older, newer)
        )
        yield cell, spaces[cell.issue], before, after


def _options(space: Space, mask: int) -> str:
    """The options of a mask; of a quantity there is no more to say than that."""
    outcomes = space.outcomes(mask)
    if any(not isinstance(outcome, str) for outcome in outcomes):
        return "figures"
    return ", ".join(f"“{outcome}”" for outcome in outcomes)


def _named(told: list[tuple[Cell, str]]) -> str:
    by_outcomes: dict[str, list[str]] = {}
    for cell, outcomes in told:
        by_outcomes.setdefault(outcomes, []).append(cell.item or "")
    return "; ".join(
        f"{outcomes} ({', '.join(items)})" if items[0] else outcomes
        for outcomes, items in by_outcomes.items()
    )


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
    table = Table(scope.dossier, scope.dossier.negotiating, scope.today)
    commons: dict[tuple[str, str], Common] = {}
    for issue in scope.dossier.issues.values():
        told: set[tuple[str, str]] = set()
        for cell in table.cells(issue, table.parties):
            for refusing, other in _unequal(table, cell, commons):
                pair = (refusing, other) if refusing < other else (other, refusing)
                if pair not in told:
                    told.add(pair)
                    yield _unequally_coded(table, cell, refusing, other)


def _unequal(
    table: Table, cell: Cell, commons: dict[tuple[str, str], Common]
) -> Iterator[tuple[str, str]]:
    """The pairs in conflict on a cell of whom one alone refuses what the other calls for."""
    stances = {party: table.stance(party, cell) for party in table.parties}
    speaking = [
        party
        for party, stance in stances.items()
        if (stance.demands or stance.refuses) and table.has_own_entry(party, cell)
    ]
    for pair in combinations(speaking, 2):
        for refusing, other in (pair, pair[::-1]):
            one, two = stances[refusing], stances[other]
            calls_for = one.demands | one.proposes
            if one.refuses & two.demands and calls_for & ~two.refuses:
                if pair not in commons:
                    commons[pair] = Common(table, pair)
                if commons[pair].value(cell) is Truth.FALSE:
                    yield refusing, other


def _unequally_coded(table: Table, cell: Cell, refusing: str, other: str) -> Diagnostic:
    entry = table.entry_on(other, cell)
    assert entry is not None  # one who demands has an entry
    return Diagnostic(
        Place(file_of(other), ("positions", cell.issue, Since(entry.since.text))),
        f"“{refusing}” rejects what “{other}” demands on “{cell.issue}”, while “{other}” is not "
        f"coded as rejecting what “{refusing}” calls for",
        f"add it under `refuses` if “{other}” has explicitly rejected it; if not, silence "
        "this note, and say why",
    )


PARTY = rules_of(dropped_refusal, dropped_condition)
DOSSIER = rules_of(unequal_coding)
