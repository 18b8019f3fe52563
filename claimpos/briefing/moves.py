"""What would have to move for an outcome to be common, as far as the parties have said."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.comparison.answers import Answer, Outcome, outcomes_of
from claimpos.comparison.phrases import Phrases
from claimpos.comparison.truth import Truth


def moves(phrases: Phrases) -> list[str]:
    """For each outcome that asks little, who would have to do what; nothing for an overlap.

    An outcome is left out if for another fewer of the same would have to give way, or to answer.
    Where nobody asks for any outcome that is left, there is nothing to say.
    """
    asked = any(stance.wants for stance in phrases.case.stances)
    if phrases.case.value is Truth.TRUE or (phrases.case.value is Truth.UNKNOWN and not asked):
        return []
    ways: dict[tuple[Answer, ...], int] = {}
    for outcome in candidates(phrases, outcomes_of(phrases.case.common, phrases.case.cell)):
        needed = obstacles(outcome)
        ways[needed] = ways.get(needed, 0) | outcome.mask
    return [
        f"for {phrases.outcomes(mask)}, {'; '.join(_needs(phrases, needed))}"
        for needed, mask in ways.items()
        if not any(_asks_less(others, needed) for others in ways)
    ]


def _asks_less(others: Sequence[Answer], needed: Sequence[Answer]) -> bool:
    """Whether the others are some of those needed, giving way and answering taken apart."""
    less, more = (
        [
            {one.party for one in answers if (one.value is Truth.FALSE) is gives}
            for gives in (True, False)
        ]
        for answers in (others, needed)
    )
    return less != more and all(few <= many for few, many in zip(less, more, strict=True))


def candidates(phrases: Phrases, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes asked for and not ruled out; failing these, those not ruled out, or all."""
    wanted = 0
    for stance in phrases.case.stances:
        wanted |= stance.wants
    possible = [one for one in outcomes if one.value is not Truth.FALSE]
    return [one for one in possible if one.mask & wanted] or possible or list(outcomes)


def obstacles(outcome: Outcome) -> tuple[Answer, ...]:
    """The answers that keep an outcome from being common.

    Where each of them would do but the conditions do not go together, all that hang on conditions.
    """
    found = tuple(answer for answer in outcome.answers if answer.value is not Truth.TRUE)
    return found or tuple(answer for answer in outcome.answers if answer.clauses)


def _needs(phrases: Phrases, needed: Sequence[Answer]) -> list[str]:
    """What the parties would have to do, those that would do the same in one phrase."""
    if all(answer.value is Truth.TRUE for answer in needed):
        who = phrases.words.parties(answer.party for answer in needed)
        return [f"the conditions of {who} cannot be met together, and one would have to be dropped"]
    alike: dict[tuple[object, ...], list[Answer]] = {}
    for answer in needed:
        demands = phrases.case.stance(answer.party).demands
        key = demands if answer.rule == "demands-else" else answer.clauses
        alike.setdefault((answer.rule, answer.value, key), []).append(answer)
    return [_need(phrases, answers) for answers in alike.values()]


def _need(phrases: Phrases, answers: Sequence[Answer]) -> str:
    answer, parties = answers[0], [answer.party for answer in answers]
    who, one = phrases.words.parties(parties), len(parties) == 1
    if answer.rule == "refuses":
        return f"{who} would have to lift {'its refusal' if one else 'their refusals'}"
    if answer.rule == "demands-else":
        demanded = phrases.outcomes(phrases.case.stance(answer.party).demands)
        demand = "its demand" if one else "their demands"
        return f"{who} would have to let go of {demand} for {demanded}"
    if answer.rule == "on-conditions":
        state = "fails as things stand" if answer.value is Truth.FALSE else "is not settled yet"
        return f"the condition of {who} would have to be met, which {state}, or dropped"
    has = "has" if one else "have"
    if answer.rule == "silent":
        return f"{who}, which {has} no position in force, would have to say yes"
    return f"{who}, which {has} said neither yes nor no, would have to say yes"
