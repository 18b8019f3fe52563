"""Decision rules by brute force: every vote still open is tried, and every set of members.

It reads a rule as an agenda writes it, and shares no code with the package. Only for few members.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

Rule = dict[str, Any]
Votes = Mapping[str, str]
"""What each member says: yes, no, abstains, open or silent."""

NOBODY: Votes = {}

INHERITED = ("of", "abstention", "no-position")


class RuleTruth(NamedTuple):
    """What there is to say of a vote; sets have the fewest members that do."""

    result: str
    for_a_yes: set[frozenset[str]]
    for_a_no: set[frozenset[str]]
    blocking: set[frozenset[str]]


def share_of(written: Any) -> Fraction | None:
    """The share that is written as 55% or 2/3; None for a number of votes."""
    if not isinstance(written, str):
        return None
    if written.endswith("%"):
        return Fraction(written[:-1]) / 100
    return Fraction(written)


def members(rule: Rule) -> list[str]:
    own = rule.get("of") or rule.get("weights") or []
    parts = rule.get("all-of") or rule.get("any-of")
    if parts:
        every = [one for part in parts for one in members({**inherited(rule), **part})]
        return list(dict.fromkeys(every))
    return list(own)


def everybody(rule: Rule) -> list[str]:
    """The members of a rule, and those with a veto in it or in a part of it."""
    parts = rule.get("all-of") or rule.get("any-of") or []
    inner = [one for part in parts for one in everybody({**inherited(rule), **part})]
    return list(dict.fromkeys([*members(rule), *inner, *rule.get("veto", ())]))


def inherited(rule: Rule) -> Rule:
    return {key: rule[key] for key in INHERITED if key in rule}


def counted_as(rule: Rule, vote: str) -> str:
    """A vote as the rule counts it: yes, no, against (a no without a veto), out or open."""
    usual = {"unanimity": "open", "consensus": "counts-out"}.get(rule.get("rule", ""), "counts-no")
    said: str = {
        "abstains": rule.get("abstention", usual),
        "silent": rule.get("no-position", "open"),
    }.get(vote, vote)
    return {"counts-no": "against", "counts-out": "out"}.get(said, said)


def holds(rule: Rule, votes: Votes, decided: Votes = NOBODY) -> bool:
    """Whether a vote carries the outcome.

    `decided` is how the members vote in the end whose votes are open to the rule or a part of it.
    """

    def told(member: str) -> str:
        vote = counted_as(rule, votes[member])
        return decided[member] if vote == "open" else vote

    if any(told(one) == "no" for one in rule.get("veto", ())):
        return False
    for key, every in (("all-of", all), ("any-of", any)):
        if key in rule:
            return every(holds({**inherited(rule), **part}, votes, decided) for part in rule[key])
    weights = rule.get("weights", {})
    counts = {one: Fraction(str(weights.get(one, 1))) for one in members(rule)}
    yes = [one for one in counts if told(one) == "yes"]
    against = [one for one in counts if told(one) in ("no", "against")]
    if not yes:
        return False
    if "rule" in rule:
        return not against
    (key,) = {"at-least", "more-than"} & rule.keys()
    total = sum(counts[one] for one in yes)
    needed = Fraction(str(rule[key])) if share_of(rule[key]) is None else share_of(rule[key])
    assert needed is not None
    if share_of(rule[key]) is not None:
        needed *= sum(counts[one] for one in (*yes, *against))
    return total >= needed if key == "at-least" else total > needed


def completions(votes: Votes) -> Iterator[dict[str, str]]:
    """All ways in which the members may vote in the end who have voted neither way."""
    left = [one for one, vote in votes.items() if vote not in ("yes", "no")]
    for row in itertools.product(["yes", "no"], repeat=len(left)):
        yield dict(zip(left, row, strict=True))


def passes(rule: Rule, votes: Votes) -> bool:
    """Whether it passes whatever those still say who have not."""
    return all(holds(rule, votes, one) for one in completions(votes))


def result_of(rule: Rule, votes: Votes) -> str:
    results = {holds(rule, votes, one) for one in completions(votes)}
    return "open" if len(results) == 2 else "passes" if results == {True} else "fails"


def smallest(some: Iterable[str], works: Any) -> set[frozenset[str]]:
    """The smallest of the sets that work; none if none does."""
    candidates = list(some)
    for size in range(len(candidates) + 1):
        found = {frozenset(one) for one in itertools.combinations(candidates, size) if works(one)}
        if found:
            return found
    return set()


def truth_of(rule: Rule, votes: Votes) -> RuleTruth:
    every = everybody(rule)
    votes = {one: votes[one] for one in every}
    result = result_of(rule, votes)

    def changed(some: Iterable[str], vote: str) -> dict[str, str]:
        return {**votes, **dict.fromkeys(some, vote)}

    return RuleTruth(
        result,
        smallest(
            (one for one, vote in votes.items() if vote != "yes"),
            lambda some: passes(rule, changed(some, "yes")),
        ),
        smallest(
            (one for one, vote in votes.items() if vote == "yes"),
            lambda some: not passes(rule, changed(some, "no")),
        )
        if result == "passes"
        else set(),
        smallest(
            every,
            lambda some: (
                not holds(rule, {**dict.fromkeys(votes, "yes"), **dict.fromkeys(some, "no")})
            ),
        ),
    )
