"""Which conflicts are the sharpest, and which openings the nearest.

Both orders follow from what the parties have said, without weights. A conflict is the sharper the
less room anybody has left: first what one party demands and another refuses, with no condition
named by either; then demands that exclude each other; then the rest. An opening is the nearer the
less is missing: first what all would accept but for open conditions, then what the fewest parties
have yet to answer, of these first where they ask for nothing else, then where they have spoken.
Among equals, issues that more of the parties rank high come first, then the agenda's order.
"""

from __future__ import annotations

from typing import NamedTuple

from claimpos.comparison.answers import Outcome, outcomes_of
from claimpos.comparison.reasons import has_rival_demands
from claimpos.rendering.diff import Row
from claimpos.wording.phrases import Phrases
from claimpos.wording.requirements import still_open


class Ranked(NamedTuple):
    """A row of the report with its rank; rows of one rank stand in the agenda's order.

    `in_short` is the first part of why it is there.
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
    """The rank of a conflict, and what stands against each other."""
    named = [one for one in phrases.case.at_odds.named if one.reason == phrases.case.reason]
    those = phrases.at_odds(named) if named else phrases
    stances = those.case.stances
    kind = 2
    if not any(stance.conditional for stance in stances):
        kind = 0 if _demand_refused(those) else 1 if has_rival_demands(stances) else 2
    told = those.crossings() or those.sayings(["demands", "would accept", "rejects"])
    rank = kind, -_ranked_high(row)
    return Ranked(rank, number, title(row), ", and ".join(told), told[0] if told else "")


def _demand_refused(phrases: Phrases) -> bool:
    demanded = refused = 0
    for stance in phrases.case.stances:
        demanded |= stance.demands
        refused |= stance.refuses
    return bool(demanded & refused)


def opening(number: int, row: Row, phrases: Phrases) -> list[Ranked]:
    """The rank of an opening, and what is missing; nothing where nobody asks for what is left."""
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
    """What keeps these outcomes from being common."""
    told = phrases.outcomes(mask)
    lacking = phrases.unanswered_of(mask)
    if not lacking:
        return "; ".join([f"{told} depends on pending conditions", *phrases.unanswered(mask)])
    parties = [party for party in phrases.case.parties if _lacks(phrases, party, mask)]
    reserving = [party for party, _ in phrases.case.reserving]
    if set(parties) <= set(reserving):
        have = phrases.words.agree("has", parties)
        return f"{phrases.left_open(parties)} and {have} neither accepted nor rejected {told}"
    return ", and ".join(lacking)


def _lacks(phrases: Phrases, party: str, mask: int) -> bool:
    stance = phrases.case.stance(party)
    return bool(mask & ~(stance.yes | stance.conditional))
