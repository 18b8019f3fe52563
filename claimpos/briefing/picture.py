"""The picture in one paragraph: the counts, the sharpest conflicts, the nearest openings.

Both orders follow from what the parties have said, without weights. A conflict is the sharper the
less room anybody has left: first what one party demands and another refuses, with no condition
named by either; then demands that exclude each other; then the rest. An opening is the nearer the
less is missing: first what all would accept but for open conditions, then what the fewest parties
have yet to answer, of these first where they ask for nothing else, then where they have spoken.
Among equals, issues that more of the parties rank high come first, then the agenda's order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from claimpos.briefing.moves import candidates
from claimpos.comparison.answers import Outcome, outcomes_of
from claimpos.comparison.explanations import VERDICT_WORDS
from claimpos.comparison.phrases import Phrases, agree
from claimpos.comparison.reasons import VERDICTS, has_rival_demands
from claimpos.comparison.verdicts import Comparison
from claimpos.comparison.wording import Words, joined
from claimpos.rendering.diff import Row

MOST = 3
"""How many conflicts and openings the paragraph names."""


class Ranked(NamedTuple):
    """A row of the report with its rank; rows of one rank stand in the agenda's order."""

    rank: tuple[int, ...]
    number: int
    title: str
    why: str


def picture(
    comparison: Comparison, rows: Sequence[tuple[int, Row, Phrases | None]]
) -> dict[str, Any]:
    """The sharpest conflicts and the nearest openings among numbered rows, and the paragraph."""
    conflicts: list[Ranked] = []
    openings: list[Ranked] = []
    for number, row, phrases in rows:
        if phrases is not None and row.verdict == "conflict":
            conflicts.append(_conflict(number, row, phrases))
        if phrases is not None and row.verdict == "unresolved":
            openings += _opening(number, row, phrases)
    sharpest, nearest = _first(conflicts), _first(openings)
    told = [
        _counts(comparison),
        _named("sharpest conflict", sharpest),
        _named("nearest opening", nearest),
    ]
    return {
        "text": " ".join(sentence for sentence in told if sentence),
        "sharpest": sharpest,
        "nearest": nearest,
    }


def _counts(comparison: Comparison) -> str:
    overlap, conflict, unresolved = (comparison.summary[verdict] for verdict in VERDICTS)
    total = len(comparison.issues)
    if total == 1:
        return f"There is one issue, and it is {VERDICT_WORDS[comparison.issues[0].verdict]}."
    words = Words(comparison.dossier)
    anyone = "one of them" if len(comparison.parties) == 2 else "at least one of them"
    unheard = sum(
        one.verdict == "unresolved" and None in one.positions.values() for one in comparison.issues
    )
    which = "which" if unheard == unresolved else f"{unheard} of which"
    silent = f", on {which} {anyone} has no position in force" if unheard else ""
    return (
        f"By what they have said, {words.parties(comparison.parties)} could live with a common "
        f"outcome on "
        f"{overlap or 'none'} of {total} issues; on "
        f"{conflict or 'none'} they rule out every outcome between them; {unresolved or 'none'} "
        f"{'is' if unresolved < 2 else 'are'} unresolved{silent}."
    )


def _named(what: str, first: dict[str, Any]) -> str:
    if not first["rows"]:
        return ""
    one = len(first["rows"]) == 1
    named = "; ".join(
        f"“{row['title']}” (no. {row['number']}), where {row['why']}" for row in first["rows"]
    )
    alike = f"; {first['alike']} more rank equal" if first["alike"] else ""
    return f"The {what} {'is' if one else 's are'} {named}{alike}.".replace(" s are", "s are", 1)


def _first(ranked: list[Ranked]) -> dict[str, Any]:
    ordered = sorted(ranked, key=lambda one: one.rank)
    named = ordered[:MOST]
    alike = sum(one.rank == named[-1].rank for one in ordered[MOST:]) if named else 0
    told = [{"number": one.number, "title": one.title, "why": one.why} for one in named]
    return {"rows": told, "alike": alike}


def title(row: Row) -> str:
    """The row's title, without the items where it has all of them."""
    issue = row.issue.issue
    return issue.title if len(row.cells) == len(issue.cells()) else row.title


def _ranked_high(row: Row) -> int:
    entries = row.issue.positions.values()
    return sum(entry is not None and entry.priority == "high" for entry in entries)


def _conflict(number: int, row: Row, phrases: Phrases) -> Ranked:
    stances = phrases.case.stances
    kind = 2
    if not any(stance.conditional for stance in stances):
        kind = 0 if _demand_refused(phrases) else 1 if has_rival_demands(stances) else 2
    told = phrases.crossings() or phrases.sayings(["demands", "accepts on conditions", "refuses"])
    return Ranked((kind, -_ranked_high(row)), number, title(row), ", and ".join(told))


def _demand_refused(phrases: Phrases) -> bool:
    demanded = refused = 0
    for stance in phrases.case.stances:
        demanded |= stance.demands
        refused |= stance.refuses
    return bool(demanded & refused)


def _opening(number: int, row: Row, phrases: Phrases) -> list[Ranked]:
    wanted = 0
    for stance in phrases.case.stances:
        wanted |= stance.wants
    outcomes = candidates(phrases, outcomes_of(phrases.case.common, phrases.case.cell))
    asked = [outcome for outcome in outcomes if outcome.mask & wanted]
    if not asked:
        return []
    least = min(_distance(phrases, outcome) for outcome in asked)
    mask = 0
    for outcome in asked:
        mask |= outcome.mask if _distance(phrases, outcome) == least else 0
    rank = (*least, -_ranked_high(row))
    return [Ranked(rank, number, title(row), _missing(phrases, mask))]


def _distance(phrases: Phrases, outcome: Outcome) -> tuple[int, int, int]:
    """How many have yet to answer; of these, how many ask for something else, or are silent."""
    lacking = [answer.party for answer in outcome.lacking()]
    elsewhere = sum(bool(phrases.case.stance(party).wants) for party in lacking)
    return len(lacking), elsewhere, sum(party in phrases.case.silent for party in lacking)


def _missing(phrases: Phrases, mask: int) -> str:
    """What keeps these outcomes from being common."""
    told = phrases.outcomes(mask)
    lacking = phrases.unanswered_of(mask)
    if not lacking:
        return f"{told} waits for open conditions"
    parties = [party for party in phrases.case.parties if _lacks(phrases, party, mask)]
    reserving = [party for party, _ in phrases.case.reserving]
    if set(parties) <= set(reserving):
        leave = agree("leaves", parties)
        return f"{phrases.words.parties(parties)} {leave} this open, {told} included"
    return joined(lacking)


def _lacks(phrases: Phrases, party: str, mask: int) -> bool:
    stance = phrases.case.stance(party)
    return bool(mask & ~(stance.yes | stance.conditional))
