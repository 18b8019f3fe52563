"""Verdicts and reasons by name, with what each means, for readers who have never seen the tool."""

from __future__ import annotations

from claimpos.comparison.reasons import Reason, Verdict

VERDICT_NAMES: dict[Verdict, str] = {
    "overlap": "Overlap",
    "conflict": "Conflict",
    "unresolved": "Unresolved",
}
VERDICT_TITLES: dict[Verdict, str] = {
    "overlap": "Overlaps",
    "conflict": "Conflicts",
    "unresolved": "Unresolved",
}
VERDICT_WORDS: dict[Verdict, str] = {
    "overlap": "an overlap",
    "conflict": "a conflict",
    "unresolved": "unresolved",
}
VERDICT_MEANINGS: dict[Verdict, str] = {
    "overlap": "At least one outcome is acceptable to every party.",
    "conflict": "Every outcome is ruled out by at least one party.",
    "unresolved": "Nothing is acceptable to all yet, but something is still possible.",
}
_BY_VOTE: dict[Verdict, str] = {
    "overlap": "Where a decision rule applies, at least one outcome passes.",
    "conflict": "Where a decision rule applies, no outcome can pass.",
    "unresolved": "Where a decision rule applies, no outcome passes yet, but one still can.",
}

REASONS_IN_WORDS: dict[Reason, tuple[str, str]] = {
    "one-voice": (
        "One voice",
        "Every party holds the same group's position, as the group or as its member.",
    ),
    "passes": ("Passes", "At least one outcome passes by the agenda's decision rule."),
    "shared-aim": ("Backed by all", "Every party demands or proposes the same outcome."),
    "condition-met": (
        "Condition met",
        "An outcome is acceptable on a condition, and every party accepts what that requires.",
    ),
    "common-ground": (
        "Acceptable to all",
        "At least one outcome is acceptable to every party, though not every party calls for it.",
    ),
    "fails": ("Fails", "By the agenda's decision rule, no outcome can pass."),
    "condition-failed": (
        "Condition ruled out",
        "There would be an overlap, but what a condition requires is ruled out.",
    ),
    "red-line": ("Red line", "One party rejects what another demands, proposes or accepts."),
    "rival-demands": (
        "Incompatible demands",
        "Two parties' demands have no outcome in common.",
    ),
    "ruled-out": ("Every outcome ruled out", "Between them the parties rule out every outcome."),
    "could-pass": (
        "Could still pass",
        "No outcome passes by the agenda's decision rule yet, but at least one still can.",
    ),
    "silent": (
        "No recorded position",
        "At least one party has no current position in this dossier.",
    ),
    "interlocking": (
        "Interlocking conditions",
        "Each party's condition waits for the other's; one package could meet both.",
    ),
    "condition-pending": (
        "Condition pending",
        "An overlap depends on a condition that is still undecided.",
    ),
    "proposals-ruled-out": (
        "Every proposal ruled out",
        "Everything put forward is ruled out; no party has put forward what remains.",
    ),
    "apart": (
        "Figures apart",
        "Every party has accepted some figures, but two parties have accepted none in common.",
    ),
    "reserved": ("Left open", "A party says that it has not decided."),
    "unanswered": (
        "Unanswered",
        "Each has spoken; at least one has neither accepted nor rejected what another calls for.",
    ),
}
"""A reason's name, and when it applies."""

NAMED_PLAINLY: frozenset[Reason] = frozenset(
    ("one-voice", "shared-aim", "condition-met", "common-ground", "silent")
)
"""The reasons whose names say enough beside what their verdicts mean."""


def verdict_meaning(verdict: Verdict, by_vote: bool) -> str:
    """What a verdict means; `by_vote`: also on issues that are decided by a vote."""
    return (
        f"{VERDICT_MEANINGS[verdict]} {_BY_VOTE[verdict]}" if by_vote else VERDICT_MEANINGS[verdict]
    )


def reason_name(reason: Reason, parties: int = 0) -> str:
    """What readers call a reason; of two parties, “both” stands for “all”."""
    name, _ = REASONS_IN_WORDS[reason]
    return name.replace(" all", " both") if parties == 2 and name.endswith(" all") else name


def reason_meaning(reason: Reason, parties: int = 0) -> str:
    """When a reason applies; of two parties, “the other” stands for “another”."""
    _, meaning = REASONS_IN_WORDS[reason]
    return meaning.replace("what another ", "what the other ") if parties == 2 else meaning
