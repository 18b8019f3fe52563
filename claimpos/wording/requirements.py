"""What each outcome would require of whom in order to be acceptable to all parties."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from claimpos.comparison.answers import Outcome, OutcomeAnswer, outcomes_of
from claimpos.comparison.truth import Truth
from claimpos.deals.responses import beyond_offers
from claimpos.wording.names import joined
from claimpos.wording.phrases import Phrases


def requirements(phrases: Phrases) -> Iterator[str]:
    """For each outcome that requires least, what it requires of whom, a sentence each.

    An outcome is left out if another requires concessions or answers of only some of the same
    parties. There are no sentences for an overlap, if no party calls for any outcome, or where a
    vote decides: what it lacks stands beside its tally. If everything called for is ruled out,
    other outcomes are considered, too. For a quantity, figures that one party calls for are
    considered even if another rules them out, as both could move.
    """
    value, wanted = phrases.case.value, phrases.case.wanted
    if phrases.case.ballot is not None:
        return
    if value is Truth.TRUE or (value is Truth.UNKNOWN and not wanted):
        return
    ways: dict[tuple[Obstacle, ...], int] = {}
    outcomes = outcomes_of(phrases.case.common, phrases.case.cell)
    beyond = beyond_offers(phrases.table, phrases.case.cell)
    for outcome in _looked_at(phrases, outcomes):
        for part in _parted(outcome, beyond.values()):
            found = obstacles(part, beyond)
            ways[found] = ways.get(found, 0) | part.mask
    places = {party: number for number, party in enumerate(phrases.case.parties)}
    asked_by = {found: _asked(found, places) for found in ways}
    least = _least(asked_by.values())
    in_words = cache(phrases.outcomes)  # of demands, which nearly every outcome meets again
    for found, mask in ways.items():
        if asked_by[found] in least:
            needs = joined(_needs(phrases, found, in_words))
            yield f"{phrases.outcomes(mask)} would require {needs}"


def _parted(outcome: Outcome, masks: Iterable[int]) -> list[Outcome]:
    """An outcome in parts, each of which lies entirely within or outside each of the masks."""
    parts = [outcome.mask]
    for mask in set(masks):
        parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
    return [outcome._replace(mask=part) for part in parts]


def _looked_at(phrases: Phrases, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    possible = still_open(phrases, outcomes)
    if possible and phrases.issue.kind == "quantity":
        return [one for one in outcomes if one.mask & phrases.case.wanted]
    return possible or outcomes


class Obstacle(NamedTuple):
    """An answer that keeps an outcome from being acceptable to all.

    Attributes:
        answer: The answer.
        value: Whether the party rejects the outcome, or has not answered.
        together: Whether its condition might be met alone, but not together with those of others.
        beyond: Whether the outcome is a figure beyond the party's offer, towards another party.
    """

    answer: OutcomeAnswer
    value: Truth
    together: bool
    beyond: bool


def obstacles(outcome: Outcome, beyond: Mapping[str, int]) -> tuple[Obstacle, ...]:
    """What keeps an outcome from being acceptable to all, party by party."""
    together = outcome.together
    return tuple(
        Obstacle(
            answer,
            outcome.value if together and answer.clauses else answer.value,
            together and bool(answer.clauses),
            answer.rule == "unsaid" and bool(outcome.mask & beyond.get(answer.party, 0)),
        )
        for answer in outcome.answers
        if answer.value is not Truth.TRUE or (together and answer.clauses)
    )


def _asked(found: Iterable[Obstacle], places: Mapping[str, int]) -> int:
    """The parties that would have to give way, and those that would have to answer, as bits."""
    bits = 0
    for one in found:
        bits |= 1 << 2 * places[one.answer.party] + (one.value is Truth.FALSE)
    return bits


def _least(asked: Iterable[int]) -> set[int]:
    """The sets, as bits, that contain no other of the sets."""
    least: list[int] = []
    for _, same in groupby(sorted(set(asked), key=int.bit_count), int.bit_count):
        # Of sets of one size, none contains another.
        least += [one for one in same if not any(fewer & ~one == 0 for fewer in least)]
    return set(least)


def still_open(phrases: Phrases, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes that a party calls for or accepts and that nothing rules out."""
    wanted = phrases.case.wanted
    return [one for one in outcomes if one.value is not Truth.FALSE and one.mask & wanted]


def _needs(
    phrases: Phrases, found: Sequence[Obstacle], in_words: Callable[[int], str]
) -> list[str]:
    """What the parties would have to do; parties that would do the same share a phrase."""
    alike: dict[tuple[object, ...], list[Obstacle]] = {}
    for one in found:
        demands = phrases.case.stance(one.answer.party).demands
        key = demands if one.answer.rule == "demands-else" else one.answer.clauses
        same = one.value if one.together else (one.answer.rule, one.value, key, one.beyond)
        alike.setdefault((one.together, same), []).append(one)
    return [_need(phrases, some, in_words) for some in alike.values()]


def _need(phrases: Phrases, alike: Sequence[Obstacle], in_words: Callable[[int], str]) -> str:
    answer, parties = alike[0].answer, [one.answer.party for one in alike]
    who, one = phrases.words.parties(parties), len(parties) == 1
    ruled_out = alike[0].value is Truth.FALSE
    if alike[0].together:
        if ruled_out:
            either = phrases.words.parties(parties, "or")
            return f"{either} to drop a condition (the conditions cannot all be met together)"
        return f"the conditions of {who} to be met"
    if answer.rule == "refuses":
        return f"{who}{'' if one else ' each'} to give up a red line"
    if answer.rule == "demands-else":
        demanded = in_words(phrases.case.stance(answer.party).demands)
        return f"{who} to drop {'the demand' if one else 'their demands'} for {demanded}"
    if answer.rule == "on-conditions":
        what = "condition" if one else "conditions"
        if ruled_out:
            whose = phrases.words.possessive(parties)
            return f"{whose} {what}, ruled out as things stand, to be met or dropped"
        return f"{phrases.words.possessive(parties)} pending {what} to be met or dropped"
    state = "no recorded position" if answer.rule == "silent" else "no answer so far"
    if alike[0].beyond:
        state = "beyond the offer so far" if one else "beyond their offers so far"
    return f"{who} to accept it ({state})"
