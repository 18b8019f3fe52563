"""Votes by random rules: the search and the enumerator, which share no code, say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import event, given, note
from hypothesis import strategies as st

from claimpos.comparison.smallest_sets import Sets
from claimpos.comparison.truth import Truth
from claimpos.comparison.votes import Ballot
from claimpos.dossier.findings import SourceText
from claimpos.dossier.model import DecisionRule
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.decides import read_rule
from claimpos.dossier.reading.form import Misshapen, Reading
from tests.conftest import examples
from tests.deals.rule_enumerator import Rule, everybody, truth_of

MEMBERS = ["anna", "bert", "carl", "dora", "emil"]
RESULTS = {Truth.TRUE: "passes", Truth.FALSE: "fails", Truth.UNKNOWN: "open"}
COUNTS = ["counts-no", "counts-out", "open"]


def rule_of(rule: Rule) -> DecisionRule:
    source = SourceText("agenda.yaml", json.dumps(rule))
    node, findings = parse(source)
    assert not findings
    return read_rule(node, Reading(source))


def some_members() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=5, unique=True)


@st.composite
def counting(draw: st.DrawFn) -> Rule:
    """What a rule or a part of one counts abstentions and missing positions as, if it says so."""
    keys = [key for key in ("abstention", "no-position") if draw(st.booleans())]
    return {key: draw(st.sampled_from(COUNTS)) for key in keys}


@st.composite
def simple(draw: st.DrawFn, nested: bool) -> Rule:
    """One condition; a nested rule may have the whole's members, and counts as the whole does."""
    rule = draw(counting())
    if not nested or draw(st.booleans()):
        rule["of"] = draw(some_members())
    if draw(st.integers(0, 3)) == 0:
        rule["rule"] = draw(st.sampled_from(["unanimity", "consensus"]))
        return rule
    key = draw(st.sampled_from(["at-least", "more-than"]))
    shares = ["50%", "2/3", "55%", "1/2", "65%", "0%", "33.5%"]
    rule[key] = draw(st.one_of(st.integers(0, 6), st.sampled_from(shares)))
    if "of" in rule and draw(st.booleans()):
        weights = st.sampled_from([1, 2, 3, 0, 1.5, 10])
        rule["weights"] = {one: draw(weights) for one in rule["of"]}
    return rule


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    rule: Rule = draw(simple(nested=False))
    if draw(st.integers(0, 2)) == 0:
        key = draw(st.sampled_from(["all-of", "any-of"]))
        parts = draw(st.lists(simple(nested=True), min_size=2, max_size=3))
        if draw(st.integers(0, 3)) == 0:
            inner = draw(st.lists(simple(nested=True), min_size=2, max_size=2))
            parts.append({draw(st.sampled_from(["all-of", "any-of"])): inner, **draw(counting())})
        parts = [draw(with_veto(part, often=4)) for part in parts]
        rule = {"of": draw(some_members()), key: parts, **draw(counting())}
    return draw(with_veto(rule, often=2))


@st.composite
def with_veto(draw: st.DrawFn, rule: Rule, often: int) -> Rule:
    """The rule, which has a veto as often as once in so many times."""
    return rule if draw(st.integers(1, often)) > 1 else {**rule, "veto": draw(some_members())[:2]}


def told(sets: Sets) -> Any:
    return None if sets.size is None else (sets.size, {frozenset(one) for one in sets.named})


@examples(200, thorough=10_000)
@given(rules(), st.data())
def test_votes(rule: Rule, data: st.DataObject) -> None:
    every = everybody(rule)
    cast = st.sampled_from(["yes", "yes", "no", "abstains", "open", "silent"])
    votes = {one: data.draw(cast) for one in every}
    note(f"{rule}\n{votes}")
    ballot = Ballot(rule_of(rule), MEMBERS)
    assert {*ballot.members} == {*every}
    found, truth = ballot.decision(votes), truth_of(rule, votes)  # type: ignore[arg-type]
    assert RESULTS[found.result] == truth.result
    for sets, expected in (
        (found.to_pass, truth.for_a_yes),
        (found.to_fail, truth.for_a_no),
        (ballot.blocking, truth.blocking),
    ):
        assert sets.exact
        assert sets.size == min(map(len, expected), default=None)
        assert {frozenset(one) for one in sets.named} in (expected, set())
        if sets.size == 1 or 0 < len(expected) <= 4:
            assert {frozenset(one) for one in sets.named} == expected
    assert {*found.pivotal} == pivotal(truth.result, truth.for_a_yes, truth.for_a_no)
    event(truth.result)
    event(f"fewest: {found.to_pass.size}")


def pivotal(result: str, for_a_yes: set[frozenset[str]], for_a_no: set[frozenset[str]]) -> set[str]:
    sets = for_a_no if result == "passes" else for_a_yes
    return {member for one in sets if len(one) == 1 for member in one}


@pytest.mark.parametrize(
    "rule", ["majority", {}, {"at-least": 1, "rule": "unanimity"}, {"all-of": []}]
)
def test_what_is_no_rule(rule: Any) -> None:
    with pytest.raises(Misshapen):
        rule_of(rule)


@examples(100)
@given(rules(), st.permutations(MEMBERS), st.data())
def test_names_and_order_change_nothing(rule: Rule, order: list[str], data: st.DataObject) -> None:
    """Whoever is called what, and in whichever order members are listed."""
    new = dict(zip(MEMBERS, order, strict=True))

    def renamed(part: Rule) -> Rule:
        return {
            key: {new[one]: value[one] for one in reversed(value)}
            if key == "weights"
            else [new[one] for one in reversed(value)]
            if key in ("of", "veto")
            else [renamed(one) for one in reversed(value)]
            if key in ("all-of", "any-of")
            else value
            for key, value in part.items()
        }

    every = everybody(rule)
    cast = st.sampled_from(["yes", "yes", "no", "abstains", "open", "silent"])
    votes: dict[str, Any] = {one: data.draw(cast) for one in every}
    one = Ballot(rule_of(rule), MEMBERS).decision(votes)
    other = Ballot(rule_of(renamed(rule)), MEMBERS).decision(
        {new[member]: vote for member, vote in votes.items()}
    )
    assert one.result is other.result
    assert one.to_pass.size == other.to_pass.size
    assert one.to_fail.size == other.to_fail.size
    assert {new[member] for member in one.pivotal} == {*other.pivotal}
