"""Verdicts and reasons in words, for readers who have never seen the tool."""

from __future__ import annotations

from claimpos.comparison.reasons import Reason, Verdict

VERDICT_WORDS: dict[Verdict, str] = {
    "overlap": "Overlap",
    "conflict": "Conflict",
    "unresolved": "Unresolved",
}

REASON_WORDS: dict[Reason, tuple[str, str]] = {
    "shared-aim": ("Shared aim", "All of them demand or propose a common outcome."),
    "condition-met": ("Condition met", "Every common outcome rests on a condition, and it holds."),
    "common-ground": ("Common ground", "There is an outcome that all of them could live with."),
    "condition-failed": (
        "Condition failed",
        "There would be a common outcome but for conditions that fail.",
    ),
    "red-line": ("Red line", "One refuses what another demands, proposes or accepts."),
    "rival-demands": ("Rival demands", "Demands of theirs have no outcome in common."),
    "ruled-out": ("Ruled out", "Between them the parties rule every outcome out."),
    "silent": ("Silent", "Not all of them have a position in force."),
    "mutual": (
        "Mutual",
        "Conditions wait only for one another: a package could meet them together.",
    ),
    "conditional": (
        "Conditional",
        "There would be a common outcome, but conditions are not settled yet.",
    ),
    "blocked": ("Blocked", "All that anybody asks for is ruled out; only the rest is left."),
    "reserved": ("Reserved", "One of them says that it leaves the matter open."),
    "unaddressed": ("Unaddressed", "They have spoken past each other."),
}
"""A reason's name, and when it applies."""
