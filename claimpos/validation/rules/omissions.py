"""Omissions: what an entry drops without mention of what the one before it said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from claimpos.comparison.acceptance import Stance, stance_of
from claimpos.comparison.table import spaces_of
from claimpos.dossier.model import Cell, Dossier, Entry, Party
from claimpos.dossier.outcomes import Space
from claimpos.validation.rules.rule import Diagnostic, Scope, at, note


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
        if older.refuses and (outcomes := _dropped(older, newer, scope.dossier, _lost_refusals)):
            yield Diagnostic(
                at(party, newer),
                f"the entry before rejected {outcomes}; this one does not mention it: does the "
                "party no longer reject it?",
                "repeat it under `refuses` if the party still rejects it; if not, add what the "
                "party now accepts",
            )


def _lost_refusals(before: Stance, after: Stance) -> int:
    return before.refuses & ~(after.wants | after.refuses)


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
        has_conditions = any(acceptance.conditional for acceptance in older.accepts)
        if has_conditions and (outcomes := _dropped(older, newer, scope.dossier, _lost_conditions)):
            yield Diagnostic(
                at(party, newer),
                f"the entry before accepted {outcomes} on a condition; this one does not mention "
                "it: did the party drop the condition, or the outcome?",
                "repeat the condition if it still holds, or accept or reject the outcome without "
                "it",
            )


def _lost_conditions(before: Stance, after: Stance) -> int:
    return before.conditional & ~(after.accepts | after.proposes | after.refuses)


def _successions(party: Party) -> Iterator[tuple[Entry, Entry]]:
    """Each entry of a party that has one before it: the one before, and the entry."""
    for entries in party.positions.values():
        yield from pairwise(entries)


def stances_of_both(
    one: Entry, other: Entry, cells: Iterable[Cell], dossier: Dossier
) -> Iterator[tuple[Cell, Space, Stance, Stance]]:
    """The stances of two entries on an issue, for each of some cells."""
    spaces = spaces_of(dossier, one, other)
    for cell in cells:
        said, answered = (
            stance_of(entry, cell, lambda cell: spaces[cell.issue]) for entry in (one, other)
        )
        yield cell, spaces[cell.issue], said, answered


def _dropped(
    older: Entry, newer: Entry, dossier: Dossier, lost: Callable[[Stance, Stance], int]
) -> str:
    """The outcomes that are lost from one entry to the next, in words; else empty."""
    by_outcomes: dict[str, list[str]] = {}
    for cell, space, before, after in stances_of_both(
        older, newer, sorted(older.named(), key=str), dossier
    ):
        if mask := lost(before, after):
            by_outcomes.setdefault(_options(space, mask), []).append(cell.item or "")
    return "; ".join(
        f"{outcomes} ({', '.join(items)})" if items[0] else outcomes
        for outcomes, items in by_outcomes.items()
    )


def _options(space: Space, mask: int) -> str:
    """The options of a mask, in words; for a quantity, only the word “figures”."""
    outcomes = space.outcomes(mask)
    if any(not isinstance(outcome, str) for outcome in outcomes):
        return "figures"
    return ", ".join(f"“{outcome}”" for outcome in outcomes)
