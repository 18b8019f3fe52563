"""Which conflicts are the sharpest, which openings the nearest, and the summary that names them.

Both orders follow from what the parties have said, without weights. The sharpest conflicts leave
the parties the least room: first those in which one party demands what another rejects and neither
names a condition, then incompatible demands, then the rest. The nearest openings lack the least:
first outcomes that depend on pending conditions alone, then those that the fewest parties have yet
to answer; among these, parties that call for nothing else come first, then parties that have a
position. Ties go to issues to which more parties give high priority, then to the agenda's order.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from claimpos.comparison.answers import Outcome, outcomes_of
from claimpos.comparison.reasons import VERDICTS, has_rival_demands
from claimpos.comparison.verdicts import Comparison
from claimpos.rendering.diff import Row, one_voice_in_words
from claimpos.wording.dossier_texts import label
from claimpos.wording.grammar import counted
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import VERDICT_WORDS
from claimpos.wording.requirements import still_open
from claimpos.wording.texts import answers_to_texts
from claimpos.wording.votes import outcome_of_an_overlap


class Ranked(NamedTuple):
    """A row of the report with its rank; rows of one rank stand in the agenda's order.

    `in_short` is the first part of `why`.
    """

    rank: tuple[int, ...]
    number: int
    title: str
    why: str
    in_short: str = ""


def title(row: Row) -> str:
    """The row's title, without the items where it has all of them."""
    issue = row.issue.issue
    return issue.title if len(row.cells) == len(issue.cells()) else row.title


def _ranked_high(row: Row) -> int:
    entries = row.issue.positions.values()
    held = (entry.pieces() for entry in entries if entry is not None)
    return sum(any(part.priority == "high" for part in parts) for parts in held)


def conflict(number: int, row: Row, phrases: Phrases) -> Ranked:
    """The rank of a conflict, and the positions that clash in it."""
    named = [one for one in phrases.case.at_odds.named if one.reason == phrases.case.reason]
    those = phrases.at_odds(named) if named else phrases
    stances = those.case.stances
    kind = 2
    if not any(stance.conditional for stance in stances):
        kind = 0 if _demand_refused(those) else 1 if has_rival_demands(stances) else 2
    crossings = those.crossings()
    parts = crossings or those.sayings(["demands", "would accept", "rejects"])
    rank = kind, -_ranked_high(row)
    in_short = crossings[0] if crossings else ", ".join(parts)
    return Ranked(rank, number, title(row), ", and ".join(parts), in_short)


def _demand_refused(phrases: Phrases) -> bool:
    demanded = refused = 0
    for stance in phrases.case.stances:
        demanded |= stance.demands
        refused |= stance.refuses
    return bool(demanded & refused)


def opening(number: int, row: Row, phrases: Phrases) -> list[Ranked]:
    """The rank of an opening, and what is missing; empty if no party calls for what is left."""
    asked = still_open(phrases, outcomes_of(phrases.case.common, phrases.case.cell))
    if not asked:
        return []
    distances = [_distance(phrases, outcome) for outcome in asked]
    least = min(distances)
    mask = 0
    for outcome, distance in zip(asked, distances, strict=True):
        mask |= outcome.mask if distance == least else 0
    rank = (*least, -_ranked_high(row))
    return [Ranked(rank, number, title(row), _missing(phrases, mask))]


def _distance(phrases: Phrases, outcome: Outcome) -> tuple[int, int, int]:
    """How many have yet to answer; of these, how many ask for something else, or are silent."""
    lacking = [answer.party for answer in outcome.lacking()]
    elsewhere = sum(bool(phrases.case.stance(party).wants) for party in lacking)
    return len(lacking), elsewhere, len(set(phrases.case.silent).intersection(lacking))


def _missing(phrases: Phrases, mask: int) -> str:
    """What keeps these outcomes from being acceptable to all."""
    text = phrases.outcomes(mask)
    lacking = phrases.unanswered_of(mask)
    if not lacking:
        return "; ".join([f"{text} depends on pending conditions", *phrases.unanswered(mask)])
    parties = [party for party in phrases.case.parties if _lacks(phrases, party, mask)]
    reserving = [party for party, _ in phrases.case.reserving]
    if set(parties) <= set(reserving):
        have = phrases.words.agree("has", parties)
        return f"{phrases.left_open(parties)} and {have} neither accepted nor rejected {text}"
    return ", and ".join(lacking)


def _lacks(phrases: Phrases, party: str, mask: int) -> bool:
    stance = phrases.case.stance(party)
    return bool(mask & ~(stance.yes | stance.conditional))


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
    parts = [
        *answers_to_texts(comparison.common.table),
        _counts(comparison),
        one_voice_in_words(comparison),
        _named("The sharpest conflict is over", "The sharpest conflicts are over", sharpest),
        _named("Fewest answers are missing on", "Fewest answers are missing on", nearest),
    ]
    return {
        "text": " ".join(sentence for sentence in parts if sentence),
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
    rows = [{"number": one.number, "title": one.title, "why": one.why} for one in named]
    return {"rows": rows, "alike": alike}
