"""How a briefing came about, in five lines."""

from __future__ import annotations

METHOD = [
    "A party's position is what it is recorded as saying: it demands, proposes or accepts an "
    "outcome, with or without conditions, rejects it, or leaves it open. The latest counts. "
    "A red line is any outcome that a party has explicitly rejected.",
    "Overlap: at least one outcome is acceptable to every party. Conflict: every outcome is "
    "ruled out by at least one party. Unresolved: neither. A party with no recorded position "
    "counts neither for nor against any outcome.",
    "Positions rest on statements: the party's own words, reports by a named outlet, or "
    "inference (hints, or conclusions of others). A position is as strong as its strongest "
    "statement.",
    "Sharpest conflicts: first those in which one party demands what another rejects and no "
    "condition is named, then incompatible demands. Fewest answers missing: first outcomes "
    "for which only conditions are pending, then those that the fewest parties have not "
    "answered. Issues that more parties give high priority come first.",
    "What each outcome would require follows from the positions alone; it does not say that "
    "any party is ready for it. Verdicts are about what was said up to the day named, one "
    "issue at a time. They are neither a prediction nor advice, and no better than the sources "
    "in the notes.",
]
