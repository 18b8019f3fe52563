"""Whom a verdict's reason concerns: who agrees, is at odds, or has yet to answer or decide."""

from __future__ import annotations

from collections.abc import Callable

from claimpos.comparison.reasons import Case, Reason
from claimpos.comparison.truth import Truth


def concerned(case: Case) -> tuple[str, ...]:
    """The parties that the reason of a case's verdict is about, in the order of the comparison.

    Of a conflict, those in one of the smallest sets that it is between; of a condition, those that
    set it. Where the reason is about no party more than about others, all of them.
    """
    found = set(_CONCERNED.get(case.reads, _everyone)(case))
    return tuple(party for party in case.parties if party in found) or case.parties


def _everyone(case: Case) -> tuple[str, ...]:
    return case.parties


def _at_odds(case: Case) -> tuple[str, ...]:
    return case.at_odds.parties


def _on_conditions(case: Case) -> list[str]:
    """The parties that would accept on conditions, and only so, what no party has ruled out."""
    still_open = case.but_for_conditions & ~case.common.ground(case.cell).no
    return [party for party in case.parties if case.stance(party).conditions_for(still_open)]


def _without_answer(case: Case) -> list[str]:
    """The parties that have not accepted what others call for and no party has ruled out."""
    wanted = 0
    for stance in case.stances:
        wanted |= stance.wants
    wanted &= ~case.common.ground(case.cell).no
    return [
        party
        for party, stance in zip(case.parties, case.stances, strict=True)
        if wanted & ~(stance.yes | stance.conditional)
    ]


def _in_favour(case: Case) -> list[str]:
    """Who votes for an outcome that passes."""
    passing = [vote.decision for vote in case.votes if vote.decision.result is Truth.TRUE]
    return [party for decision in passing for party in decision.of("yes")]


_CONCERNED: dict[Reason, Callable[[Case], list[str] | tuple[str, ...]]] = {
    "passes": _in_favour,
    "condition-failed": _at_odds,
    "red-line": _at_odds,
    "rival-demands": _at_odds,
    "ruled-out": _at_odds,
    "silent": lambda case: case.silent,
    "interlocking": _on_conditions,
    "condition-pending": _on_conditions,
    "apart": lambda case: [one for pair in case.apart for one in (*pair.some, *pair.others)],
    "reserved": lambda case: [party for party, _ in case.reserving],
    "unanswered": _without_answer,
}
