"""Decision rules by brute force: every vote still open is tried, and every set of members.

It reads a rule as an agenda writes it, and shares no code with the package. Only for few members.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

Rule = dict[str, Any]
Votes = Mapping[str, str]
"""What each member says: yes, no, abstains, open or silent."""

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


def holds(rule: Rule, votes: Votes) -> bool:
    """Whether a vote without open answers carries the outcome."""
    if any(counted_as(rule, votes[one]) == "no" for one in rule.get("veto", ())):
        return False
    for key, every in (("all-of", all), ("any-of", any)):
        if key in rule:
            return every(holds({**inherited(rule), **part}, votes) for part in rule[key])
    weights = rule.get("weights", {})
    counts = {one: Fraction(str(weights.get(one, 1))) for one in members(rule)}
    told = {one: counted_as(rule, votes[one]) for one in counts}
    yes = [one for one, vote in told.items() if vote == "yes"]
    against = [one for one, vote in told.items() if vote in ("no", "against")]
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


def is_open(rule: Rule, vote: str) -> bool:
    """Whether some part of the rule leaves this vote open."""
    parts = rule.get("all-of") or rule.get("any-of")
    if parts:
        return any(is_open({**inherited(rule), **part}, vote) for part in parts)
    return counted_as(rule, vote) == "open"


def completions(rule: Rule, votes: Votes) -> Iterable[dict[str, str]]:
    """The votes with every open one decided, as a yes, a no or an abstention."""
    every = [["yes", "no"] if is_open(rule, vote) else [vote] for vote in votes.values()]
    for row in itertools.product(*every):
        yield dict(zip(votes, row, strict=True))


def passes(rule: Rule, votes: Votes) -> bool:
    """Whether it passes whatever those still say who have not."""
    return all(holds(rule, one) for one in completions(rule, votes))


def smallest(some: Iterable[str], works: Any) -> set[frozenset[str]]:
    """The smallest of the sets that work; none if none does."""
    candidates = list(some)
    for size in range(len(candidates) + 1):
        found = {frozenset(one) for one in itertools.combinations(candidates, size) if works(one)}
        if found:
            return found
    return set()


def truth_of(rule: Rule, votes: Votes) -> RuleTruth:
    every = members(rule) + [one for one in rule.get("veto", ()) if one not in members(rule)]
    votes = {one: votes[one] for one in every}
    results = {holds(rule, one) for one in completions(rule, votes)}
    result = "open" if len(results) == 2 else "passes" if results == {True} else "fails"

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
