"""How a briefing came about, in five lines."""

from __future__ import annotations

_METHOD = [
    "A party's position is what it is recorded as saying: it demands, proposes or accepts an "
    "outcome, with or without conditions, rejects it (a red line), or leaves it open. The latest "
    "counts.",
    "Overlap: at least one outcome is acceptable to every party. Conflict: every outcome is "
    "ruled out by at least one. Unresolved: neither. A party with no recorded position counts "
    "neither for nor against any outcome.{}",
    "Statements are in the party's own words unless marked as reported by a named outlet, or as "
    "inferred: hints, or conclusions of others. A position is as strong as its strongest "
    "statement.",
    "Sharpest disputes: first where one party demands what another rejects and no condition is "
    "named, then incompatible demands; among equals, where more parties give high priority.",
    "What an outcome would require follows from the positions alone: no party need be ready for "
    "it. Verdicts are neither a prediction nor advice, and no better than their sources.",
]
_BY_VOTE = (
    " Where the agenda states a decision rule, the vote decides instead: overlap if an outcome "
    "passes, conflict if none can pass, unresolved otherwise."
)


def method(by_vote: bool) -> list[str]:
    """The lines; `by_vote`: if an issue is decided by a vote."""
    return [line.format(_BY_VOTE if by_vote else "") for line in _METHOD]
