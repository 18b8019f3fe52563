"""Verdicts and reasons in words: names, what they mean, and the sentences that explain them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from claimpos.comparison.case import Case
from claimpos.comparison.distances import widest_gap
from claimpos.comparison.reasons import REASONS, Reason, Verdict
from claimpos.comparison.truth import Truth
from claimpos.dossier.outcomes import QuantitySpace
from claimpos.wording.distances import distances_in_words
from claimpos.wording.names import written_day, written_gap
from claimpos.wording.phrases import Phrases
from claimpos.wording.positions import date_of_position
from claimpos.wording.sentences import say

VERDICT_WORDS: dict[Verdict, str] = {
    "overlap": "an overlap",
    "conflict": "a conflict",
    "unresolved": "unresolved",
}

# What the explanation says for each reason: sentences without a capital and a full stop.


def _backed_by_all(phrases: Phrases) -> list[str]:
    aims = phrases.case.shared_aims
    asked = {stance.demands | stance.proposes for stance in phrases.case.stances}
    if asked == {aims}:
        everyone = {"parties": phrases.everyone(), "outcomes": phrases.outcomes(aims)}
        sentences = [say("why.all-call-for", len(phrases.case.parties), **everyone)]
    else:
        said = "; ".join(phrases.sayings(["demands", "proposes"]))
        backed = phrases.outcomes(aims, "and")
        sentences = [said, say("why.all-back", len(phrases.case.parties), outcomes=backed)]
    if rest := phrases.case.agreed & ~aims:
        number, _ = phrases.number(rest)
        outcomes = phrases.outcomes(rest, "and")
        sentences.append(say("why.also-acceptable", number, outcomes=outcomes, all=phrases.all()))
    return sentences


def _condition_met(phrases: Phrases) -> list[str]:
    agreed = phrases.case.agreed
    return [phrases.acceptable(agreed), *phrases.accepts_as_met(agreed)]


def _condition_ruled_out(phrases: Phrases) -> list[str]:
    return _failed_conditions(phrases, phrases.case.but_for_conditions)


def _failed_conditions(phrases: Phrases, mask: int) -> list[str]:
    """The conditions on which these outcomes would be accepted, and why they fail."""
    waits = phrases.would_accept(mask, *Truth)
    obstacles = phrases.obstacles(mask) or [say("condition.cannot-all-be-met")]
    return [*waits, *obstacles] if waits else []


def _dead_conditions(phrases: Phrases) -> list[str]:
    """The conditions that are ruled out, if there are also other reasons for the verdict."""
    conditional = 0
    for stance in phrases.case.stances:
        conditional |= stance.conditional
    mask = conditional & phrases.case.common.ground(phrases.case.cell).no
    waits = phrases.would_accept(mask, Truth.FALSE)
    return [*waits, *phrases.obstacles(mask)] if waits else []


def _red_line(phrases: Phrases) -> list[str]:
    return [*phrases.crossings(), *_dead_conditions(phrases)]


def _incompatible_demands(phrases: Phrases) -> list[str]:
    demands = phrases.sayings(["demands"])
    if phrases.beside_positions:
        sentence = say("conflict.demands-of", parties=phrases.everyone())
        return [sentence, *_dead_conditions(phrases)]
    none_meets = say("conflict.demands", len(demands))
    return ["; ".join(demands), none_meets, *_dead_conditions(phrases)]


def _every_outcome_ruled_out(phrases: Phrases) -> list[str]:
    said = "; ".join(phrases.sayings(["demands", "rejects"]))
    if phrases.case.at_odds.least == 1:
        key = "conflict.alone" if len(phrases.case.parties) == 1 else "conflict.each"
        return [said, phrases.of_parties(key, phrases.case.parties)]
    return [*_dead_conditions(phrases), said, say("conflict.between-them")]


def no_recorded_position(phrases: Phrases) -> list[str]:
    """Which parties have no position here: none at all, one that lapsed or does not cover this."""
    lapsed: dict[date, list[str]] = {}
    passed_over: dict[str, list[str]] = {}
    unheard: list[str] = []
    for party in phrases.case.silent:
        standing = phrases.table.standing(party, phrases.issue.id)
        if standing.entry is not None:
            passed_over.setdefault(date_of_position(standing.entry), []).append(party)
        elif standing.lapsed is not None:
            lapsed.setdefault(standing.lapsed, []).append(party)
        else:
            unheard.append(party)
    said = []
    if unheard:
        said.append(phrases.of_parties("open.no-position", unheard))
    positions = phrases.words.positions_of
    said += [
        say("open.lapsed", positions=positions(parties), day=written_day(day))
        for day, parties in lapsed.items()
    ]
    said += [
        say("open.not-covered", len(parties), positions=positions(parties), day=day)
        for day, parties in passed_over.items()
    ]
    return said


def _interlocking_conditions(phrases: Phrases) -> list[str]:
    mask = phrases.case.but_for_conditions
    waits = phrases.would_accept(mask, *Truth)
    for cell, needed in phrases.required(mask):
        case = Case(phrases.case.common, cell)
        waits += Phrases(case).would_accept(needed, *Truth, elsewhere=cell != phrases.case.cell)
    waits = list(dict.fromkeys(waits))
    if len(waits) == 2:
        return ["; ".join(waits), say("condition.each-waits")]
    return [*waits, say("condition.all-wait")]


def _condition_pending(phrases: Phrases) -> list[str]:
    ground = phrases.case.common.ground(phrases.case.cell)
    still_open = phrases.case.but_for_conditions & ~ground.no
    pending = phrases.would_accept(still_open, Truth.UNKNOWN)
    unanswered = phrases.unanswered(still_open)
    if unanswered:
        return [*pending, *unanswered]
    if phrases.beside_positions and len(pending) == 1:
        return [say("condition.which-no-issue", accepts=pending[0])]
    return [*pending, say("condition.no-issue")]


def _proposals_ruled_out(phrases: Phrases) -> list[str]:
    return [
        *phrases.crossings(),
        *(
            _failed_conditions(phrases, phrases.case.but_for_conditions)
            or _dead_conditions(phrases)
        ),
        _what_remains(phrases),
    ]


def _what_remains(phrases: Phrases) -> str:
    ground = phrases.case.common.ground(phrases.case.cell)
    left = phrases.table.space(phrases.case.cell).full & ~ground.no
    return say("open.what-remains", outcomes=phrases.outcomes(left))


def _acceptable_to_all(phrases: Phrases) -> list[str]:
    return [phrases.acceptable(phrases.case.agreed)]


def _unanswered(phrases: Phrases) -> list[str]:
    ground = phrases.case.common.ground(phrases.case.cell)
    answers = phrases.unanswered_of(phrases.case.wanted & ~ground.no)
    return [
        *_what_each_says(phrases),
        *_dead_conditions(phrases),
        *(answers or [_what_remains(phrases)]),
        *_distance(phrases),
    ]


def _distance(phrases: Phrases) -> list[str]:
    """For a quantity, how far apart the values are that parties call for or accept."""
    space = phrases.table.space(phrases.case.cell)
    wants = [stance.wants for stance in phrases.case.stances if stance.wants]
    if not isinstance(space, QuantitySpace) or len(wants) < 2:
        return []
    widest = widest_gap(phrases.table, phrases.case.cell, space, wants)
    gap = written_gap(widest or 0, phrases.issue.unit)
    return [say("apart.positions", gap=gap)] if widest else []


def _apart(phrases: Phrases) -> list[str]:
    return [*distances_in_words(phrases), *_dead_conditions(phrases)]


def _what_each_says(phrases: Phrases) -> list[str]:
    if phrases.beside_positions:
        return []
    said = phrases.sayings()
    return ["; ".join(said)] if said else []


_EXPLAINED: dict[Reason, Callable[[Phrases], list[str]]] = {
    "shared-aim": _backed_by_all,
    "condition-met": _condition_met,
    "common-ground": _acceptable_to_all,
    "condition-failed": _condition_ruled_out,
    "red-line": _red_line,
    "rival-demands": _incompatible_demands,
    "ruled-out": _every_outcome_ruled_out,
    "silent": no_recorded_position,
    "interlocking": _interlocking_conditions,
    "condition-pending": _condition_pending,
    "proposals-ruled-out": _proposals_ruled_out,
    "apart": _apart,
    "unanswered": _unanswered,
}
NAMED_PLAINLY: Collection[Reason] = (
    *("one-voice", "shared-aim", "condition-met", "common-ground", "silent"),
)
"""The reasons that need no meaning beside their names and those of their verdicts."""


def verdict_name(verdict: Verdict) -> str:
    """The name of a verdict, with a capital."""
    return say(f"verdict.{verdict}")


def verdict_title(verdict: Verdict) -> str:
    """The heading above what has this verdict."""
    return say(f"verdict.{verdict}.heading")


def verdict_meaning(verdict: Verdict, by_vote: bool) -> str:
    """What a verdict means; with `by_vote`, also on issues that are decided by a vote.

    It has no capital, as after a colon.
    """
    meaning = say(f"verdict.{verdict}.meaning")
    return f"{meaning} {say(f'verdict.{verdict}.by-vote')}" if by_vote else meaning


def reason_name(reason: Reason, parties: int = 0) -> str:
    """A reason's name; if there are two parties, with “both” instead of “all”."""
    return say(f"reason.{reason}", parties)


def reason_meaning(reason: Reason, parties: int = 0) -> str:
    """When a reason applies; if there are two parties, with “the other” instead of “another”.

    It has no capital, as after a colon.
    """
    return say(f"reason.{reason}.meaning", parties)


def reason_names() -> dict[Reason, str]:
    """The names of all reasons, in their order."""
    named: dict[Reason, str] = {"one-voice": reason_name("one-voice")}
    return named | {one: reason_name(one) for known in REASONS.values() for one in known}


def reason_sentences(reason: Reason, phrases: Phrases) -> list[str]:
    """Why the verdict on a case is what it is, by this reason.

    One that has no sentences of its own is explained by what each party says.
    """
    return _EXPLAINED.get(reason, _what_each_says)(phrases)
