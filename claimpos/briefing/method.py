"""How a briefing came about, in five lines."""

from __future__ import annotations

from claimpos.comparison.verdicts import Comparison


def method(comparison: Comparison) -> list[str]:
    """The five lines that close a briefing."""
    return [
        "A party's position is what it has said: it demands, proposes or accepts an outcome, with "
        "or without conditions, refuses it, or leaves it open. The entry that began last counts.",
        "An overlap is an outcome that all have said they could live with; a conflict, that every "
        "outcome is ruled out by one of them; all else is unresolved. Silence is neither a yes "
        "nor a no.",
        "A position rests on statements: stated (the party's own words), reported (told by a named "
        "outlet) or inferred (hinted, or concluded by others), and is as strong as the best.",
        "Sharpest are conflicts where one party demands what another refuses and no condition is "
        "named, then demands that exclude each other; nearest, openings that hang on conditions "
        "alone, then those that the fewest have yet to answer. What parties rank high comes first.",
        "What would have to move follows from the positions alone; nobody is said to be ready for "
        "it. Verdicts are about what was said up to the day named, one issue at a time: no "
        "prediction, no advice, and no better than the sources in the notes.",
    ]
