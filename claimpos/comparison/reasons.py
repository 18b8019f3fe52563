"""The reasons for verdicts: when each applies, and which parties it concerns.

`_RULES` is the one table of reasons. Of the reasons for a verdict, the first that applies counts.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from claimpos.comparison.truth import Truth

if TYPE_CHECKING:
    from claimpos.comparison.acceptance import Stance
    from claimpos.comparison.case import Case
    from claimpos.comparison.conditions import Common
    from claimpos.dossier.model import Issue

Verdict = Literal["overlap", "conflict", "unresolved"]
Reason = Literal[
    "one-voice",
    "passes",
    "fails",
    "could-pass",
    "shared-aim",
    "condition-met",
    "common-ground",
    "condition-failed",
    "red-line",
    "rival-demands",
    "ruled-out",
    "silent",
    "interlocking",
    "condition-pending",
    "proposals-ruled-out",
    "apart",
    "reserved",
    "unanswered",
]
"""Why a verdict is what it is. Reports give `one-voice` in place of any other reason."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

VERDICT_OF: dict[Truth, Verdict] = {
    Truth.TRUE: "overlap",
    Truth.FALSE: "conflict",
    Truth.UNKNOWN: "unresolved",
}


class _Rule(NamedTuple):
    """The verdict that a reason is for, whether it applies to a case, and whom it concerns."""

    verdict: Verdict
    applies: "Callable[[Case], object]"
    concerns: "Callable[[Case], Iterable[str]]"


def _always(case: "Case") -> bool:
    return True


def _everyone(case: "Case") -> Sequence[str]:
    return case.parties


def _voted_on(case: "Case") -> bool:
    return case.ballot is not None


def _in_favour(case: "Case") -> list[str]:
    """Who votes for an outcome that passes."""
    passing = [vote.decision for vote in case.votes if vote.decision.result is Truth.TRUE]
    return [party for decision in passing for party in decision.of("yes")]


def _accepted_on_conditions(case: "Case") -> bool:
    """Whether every outcome acceptable to all is so only because a condition is met."""
    unconditional = case.agreed
    for stance in case.stances:
        unconditional &= ~stance.conditional
    return not unconditional


def _at_odds(case: "Case") -> Sequence[str]:
    return case.at_odds.parties


def has_rival_demands(stances: "Sequence[Stance]") -> bool:
    """Whether the demands of two parties have no outcome in common."""
    demands = dict.fromkeys(stance.demands for stance in stances if stance.demands)
    return any(not one & other for one, other in combinations(demands, 2))


def _pending(case: "Case") -> int:
    """The outcomes that all accept, some on conditions, and that nothing has ruled out."""
    return case.but_for_conditions & ~case.common.ground(case.cell).no


def _interlock(case: "Case") -> bool:
    """Whether conditions only wait for each other: counted as met at first, all of them are met."""
    return bool(_pending(case)) and case.common.value(case.cell, start=Truth.TRUE) is Truth.TRUE


def _on_conditions(case: "Case") -> list[str]:
    """The parties that would accept on conditions, and only so, what no party has ruled out."""
    pending = _pending(case)
    return [party for party in case.parties if case.stance(party).conditions_for(pending)]


def _all_ruled_out(case: "Case") -> bool:
    return bool(case.wanted) and not case.wanted & ~case.common.ground(case.cell).no


def _too_far(case: "Case") -> list[str]:
    return [party for pair in case.apart for party in (*pair.some, *pair.others)]


def _leaving_open(case: "Case") -> list[str]:
    return [party for party, _ in case.reserving]


def _without_answer(case: "Case") -> list[str]:
    """The parties that have not accepted what others call for and no party has ruled out."""
    wanted = case.wanted & ~case.common.ground(case.cell).no
    return [
        party
        for party, stance in zip(case.parties, case.stances, strict=True)
        if wanted & ~(stance.yes | stance.conditional)
    ]


_RULES: dict[Reason, _Rule] = {
    "passes": _Rule("overlap", _voted_on, _in_favour),
    "shared-aim": _Rule("overlap", lambda case: case.shared_aims, _everyone),
    "condition-met": _Rule("overlap", _accepted_on_conditions, _everyone),
    "common-ground": _Rule("overlap", _always, _everyone),
    "fails": _Rule("conflict", _voted_on, _everyone),
    "condition-failed": _Rule("conflict", lambda case: case.but_for_conditions, _at_odds),
    "red-line": _Rule("conflict", lambda case: case.crossed, _at_odds),
    "rival-demands": _Rule("conflict", lambda case: has_rival_demands(case.stances), _at_odds),
    "ruled-out": _Rule("conflict", _always, _at_odds),
    "could-pass": _Rule("unresolved", _voted_on, _everyone),
    "silent": _Rule("unresolved", lambda case: case.silent, lambda case: case.silent),
    "interlocking": _Rule("unresolved", _interlock, _on_conditions),
    "condition-pending": _Rule("unresolved", _pending, _on_conditions),
    "proposals-ruled-out": _Rule("unresolved", _all_ruled_out, _everyone),
    "apart": _Rule("unresolved", lambda case: case.is_apart, _too_far),
    "reserved": _Rule("unresolved", lambda case: case.reserving, _leaving_open),
    "unanswered": _Rule("unresolved", _always, _without_answer),
}
"""Each reason that depends on positions, in the order in which those of a verdict are tried."""

REASONS: dict[Verdict, tuple[Reason, ...]] = {
    verdict: tuple(reason for reason, rule in _RULES.items() if rule.verdict == verdict)
    for verdict in VERDICTS
}


def first_reason(verdict: Verdict, case: "Case") -> Reason:
    """The first of the verdict's reasons that applies to the case, which has this verdict."""
    return next(reason for reason in REASONS[verdict] if _RULES[reason].applies(case))


def concerned(case: "Case") -> tuple[str, ...]:
    """The parties that the reason of a case's verdict is about, in the order of the comparison.

    Of a conflict, those in one of the smallest sets that it is between; of a condition, those that
    set it. If the reason is about no party more than about the others, all of them.
    """
    rule = _RULES.get(case.reported_reason)
    found = set() if rule is None else {*rule.concerns(case)}
    return tuple(party for party in case.parties if party in found) or case.parties


def reason_without_cells(common: "Common", issue: "Issue") -> Reason:
    """The reason for an issue with sub-issues of which the parties name none."""
    entries = [common.table.entry(party, issue.id) for party in common.parties]
    return "silent" if None in entries else "reserved"
