"""The summary in one paragraph: the counts, the sharpest conflicts, the fewest answers missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimpos.briefing.ranking import Ranked, conflict, opening
from claimpos.comparison.reasons import VERDICTS
from claimpos.comparison.verdicts import Comparison
from claimpos.rendering.diff import Row, one_voice_in_words
from claimpos.wording.names import counted, label
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import VERDICT_WORDS
from claimpos.wording.texts import answers_to_texts
from claimpos.wording.votes import outcome_of_an_overlap

MOST = 3
"""How many conflicts and openings the paragraph names."""


def picture(
    comparison: Comparison, rows: Sequence[tuple[int, Row, Phrases | None]]
) -> dict[str, Any]:
    """The sharpest conflicts and the nearest openings among numbered rows, and the paragraph."""
    conflicts: list[Ranked] = []
    openings: list[Ranked] = []
    for number, row, phrases in rows:
        if row.reason == "one-voice":
            continue
        if phrases is not None and row.verdict == "conflict":
            conflicts.append(conflict(number, row, phrases))
        if phrases is not None and row.verdict == "unresolved":
            openings += opening(number, row, phrases)
    sharpest, nearest = _first(conflicts), _first(openings)
    told = [
        *answers_to_texts(comparison.common.table),
        _counts(comparison),
        one_voice_in_words(comparison),
        _named("The sharpest conflict is over", "The sharpest conflicts are over", sharpest),
        _named("Fewest answers are missing on", "Fewest answers are missing on", nearest),
    ]
    return {
        "text": " ".join(sentence for sentence in told if sentence),
        "sharpest": sharpest,
        "nearest": nearest,
    }


def _counts(comparison: Comparison) -> str:
    overlap, ruled_out, unresolved = (comparison.summary[verdict] for verdict in VERDICTS)
    total = len(comparison.issues)
    if total == 1:
        return f"There is one issue, and it is {VERDICT_WORDS[comparison.issues[0].verdict]}."
    unheard = comparison.silent
    these = "this one" if unresolved == 1 else f"{unheard} of these"
    silent = f"; on {these}, at least one party has no recorded position"
    excluded = (
        f"On {ruled_out}, every outcome is ruled out"
        if ruled_out
        else "On no issue is every outcome ruled out"
    )
    return (
        f"On the record, {outcome_of_an_overlap(comparison)} exists on "
        f"{overlap or 'none'} of {total} issues. {excluded}. "
        f"{unresolved or 'None'} {'is' if unresolved < 2 else 'are'} unresolved"
        f"{silent if unheard else ''}."
    )


def _named(one: str, several: str, first: dict[str, Any]) -> str:
    if not first["rows"]:
        return ""
    named = "; ".join(
        f"{label(row['title'])} (no. {row['number']}): {row['why']}" for row in first["rows"]
    )
    alike = f"; {_rank_equally(first['alike'])}" if first["alike"] else ""
    return f"{one if len(first['rows']) == 1 else several} {named}{alike}."


def _rank_equally(others: int) -> str:
    return f"{counted(others, 'other ranks', 'others rank')} equally"


def _first(ranked: list[Ranked]) -> dict[str, Any]:
    ordered = sorted(ranked, key=lambda one: one.rank)
    named = ordered[:MOST]
    alike = sum(one.rank == named[-1].rank for one in ordered[MOST:]) if named else 0
    told = [{"number": one.number, "title": one.title, "why": one.why} for one in named]
    return {"rows": told, "alike": alike}
