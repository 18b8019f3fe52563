"""How parties vote on what a package has, and which packages come nearest to passing.

Mixed into an enumerator of packages, beside that of rules.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from tests.deals.enumerator import Enumerator, Package, once, remembered
from tests.deals.now_enumerator import NowEnumerator
from tests.deals.rule_enumerator import Rule, inherited, members, share_of, truth_of
from tests.oracle.record import Cell

VOTES = {"yes": "yes", "crosses": "no", "gives": "no"}


def everybody(parties: Mapping[str, dict[str, Any]]) -> list[str]:
    """The members of a rule that names none."""
    return [
        party
        for party, file in parties.items()
        if file.get("role") != "mediator"
        if not (file.get("speaks-for-members") and {*file.get("members", ())} & parties.keys())
    ]


def spelt_out(written: Rule | str, all_voters: list[str]) -> Rule:
    """A rule as a map in which each part names its members."""
    rule: Rule = {"rule": written} if isinstance(written, str) else written
    for key in ("all-of", "any-of"):
        if key in rule:
            parts = [one if isinstance(one, dict) else {"rule": one} for one in rule[key]]
            own = [spelt_out({**inherited(rule), **part}, all_voters) for part in parts]
            return {**rule, key: own}
    return rule if {"of", "weights"} & rule.keys() else {**rule, "of": all_voters}


def in_full(rule: Rule) -> Rule:
    """The rule with what abstentions and missing positions count as, said outright."""
    usual = {"unanimity": "open", "consensus": "counts-out"}.get(rule.get("rule", ""), "counts-no")
    return {"abstention": usual, "no-position": "open", **rule}


def counts(rule: Rule) -> Any:
    """What a rule counts and needs: equal for rules that say the same in different words."""
    veto, full = frozenset(rule.get("veto", ())), in_full(rule)
    counted = full["abstention"], full["no-position"]
    for key in ("all-of", "any-of"):
        if key in rule:
            parts = [counts({**inherited(rule), **part}) for part in rule[key]]
            return [key, parts, veto, counted if veto else ()]
    voting, given = members(rule), rule.get("weights", {})
    asked: list[Any] = [counted, veto, frozenset(voting)]
    if "rule" in rule:
        return asked
    weights = {one: Fraction(str(given.get(one, 1))) for one in voting}
    (key,) = {"at-least", "more-than"} & rule.keys()
    share = share_of(rule[key])
    needed = Fraction(str(rule[key])) if share is None else share
    are_whole = share is None and all(one.denominator == 1 for one in weights.values())
    if are_whole and key == "more-than":
        key, needed = "at-least", needed + 1
    return [*asked, weights, key, needed, share is None]


ALL_MUST_AGREE = {"rule": "unanimity", "abstention": "open", "no-position": "open"}


def all_must_agree(issue: dict[str, Any]) -> bool:
    """Whether its rule says no more than what holds without any rule."""
    written = issue.get("decides", "unanimity")
    return in_full({"rule": written} if isinstance(written, str) else written) == ALL_MUST_AGREE


def takes_no_vote(issue: dict[str, Any]) -> bool:
    """Whether all must agree, with no option that is an abstention."""
    options = issue.get("options", {}).values()
    can_abstain = any(isinstance(one, dict) and one.get("abstention") for one in options)
    return all_must_agree(issue) and not can_abstain


def voters(rule: Rule) -> set[str]:
    return {*members(rule), *rule.get("veto", ())}


def rules_that_decide(
    agenda: dict[str, Any], parties: Mapping[str, dict[str, Any]], ids: Collection[str]
) -> dict[str, Rule]:
    """The rules of issues, among these parties."""
    written = {
        key: spelt_out(
            issue.get("decides", "unanimity"),
            [*ids] if all_must_agree(issue) else everybody(parties),
        )
        for key, issue in agenda["issues"].items()
        if len(ids) > 2 and not takes_no_vote(issue)
    }
    return {key: rule for key, rule in written.items() if voters(rule) <= {*ids}}


class Voting(Enumerator):
    """`rules` are those that decide: three or more are compared, with all members among them."""

    def __init__(
        self, agenda: dict[str, Any], parties: dict[str, dict[str, Any]], *rest: Any
    ) -> None:
        super().__init__(agenda, parties, *rest)
        self.rules = rules_that_decide(agenda, parties, self.ids)

    @once
    def abstains(self, party: str, cell: Cell) -> bool:
        """Whether it asks for nothing but an option that is an abstention."""
        verbs = ("demands", "proposes", "accepts")
        asked = {one for verb in verbs for one in self.naive.named_under(verb, party, cell)}
        asked |= {*self.naive.named_by_text(party, cell)}
        return bool(asked) and all(self.is_abstention(cell, one) for one in asked)

    def vote(self, party: str, cell: Cell, package: Package) -> str:
        says = self.says(party, cell, package)
        if says not in {"yes", "crosses"} and self.abstains(party, cell):
            return "abstains"
        return VOTES.get(says) or ("silent" if self.naive.is_silent(party, cell) else "open")

    @remembered
    def standing(self, everybody: None, cell: Cell, package: Package) -> tuple[str, int]:
        """How the vote on a cell stands, and how many votes would have to turn.

        Without a rule, all must agree.
        """
        rule = self.rules.get(cell[0]) or {"rule": "unanimity", "of": self.ids}
        votes = tuple((one, self.vote(one, cell, package)) for one in self.ids)
        return standing_of(json.dumps(rule), votes)

    def is_held_against(self, cell: Cell, package: Package) -> bool:
        """Whether a party that is held votes against what a package has in a cell."""
        return any(self.vote(party, cell, package) == "no" for party in self.held)

    def put_to_the_vote(self) -> Iterator[Package]:
        """The packages in which those held vote against nothing."""
        for package in self.packages():
            if not any(self.is_held_against(cell, package) for cell in package):
                yield package

    def distance(self, package: Package) -> tuple[int, int, int]:
        """How far a package is from passing."""
        told = [self.standing(None, cell, package) for cell in package]
        results = [result for result, _ in told]
        return results.count("fails"), results.count("open"), sum(turns for _, turns in told)


@cache
def standing_of(written: str, votes: tuple[tuple[str, str], ...]) -> tuple[str, int]:
    rule: Rule = json.loads(written)
    truth = truth_of(rule, dict(votes))
    turns = min(map(len, truth.for_a_yes), default=len(voters(rule)) + 1)
    return truth.result, 0 if truth.result == "passes" else turns


class VotedNow(Voting, NowEnumerator):
    """What could be signed now where the outcomes of some cells are put to the vote."""

    def is_accepted(self, cell: Cell, package: Package) -> bool:
        passes = self.standing(None, cell, package)[0] == "passes"
        return passes and not self.is_held_against(cell, package)

    def is_told(self, cell: Cell) -> bool:
        return cell[0] not in self.rules
