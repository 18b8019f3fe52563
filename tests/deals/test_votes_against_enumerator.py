"""Packages by decision rules, of random dossiers: the search and brute force say the same.

Every package is built, the enumerator of deals says how each member responds, and that of rules
what comes of it.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.table import Table
from claimpos.deals.clock import Clock
from claimpos.deals.problem import Problem, problem_of
from claimpos.deals.signable import Signable, signable
from claimpos.deals.voting import Voted, voted
from claimpos.dossier.dates import day_of
from tests.conftest import times
from tests.deals.enumerator import Enumerator, Package
from tests.deals.now_enumerator import NowEnumerator
from tests.deals.rule_enumerator import Rule, members, truth_of
from tests.deals.test_against_enumerator import DAY, IS_THOROUGH, loaded, named, outcome_holds
from tests.deals.test_now_against_enumerator import MOST_SETS, talks
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import PlainDossier
from tests.oracle.record import Cell

MOST_PACKAGES = 400
VOTES = {"yes": "yes", "crosses": "no", "gives": "no"}


@st.composite
def bodies(draw: st.DrawFn) -> PlainDossier:
    """Negotiations of three, some of whose issues are decided by a rule that names its members."""
    plain = draw(talks())
    assume(len(plain.parties) == 3)
    agenda = copy.deepcopy(plain.agenda)
    same = draw(st.sampled_from([None, None, draw(rules([*plain.parties]))]))
    for issue in agenda["issues"].values():
        if same or draw(st.integers(0, 3)):
            issue["decides"] = same or draw(rules([*plain.parties]))
        if len(options := issue.get("options", {})) > 2 and draw(st.integers(0, 2)) == 0:
            options[draw(st.sampled_from([*options]))] = {"title": "none", "abstention": True}
    assume(any("decides" in issue for issue in agenda["issues"].values()))
    return plain._replace(agenda=agenda)


COUNTS = st.sampled_from(["counts-no", "counts-out", "open"])


@st.composite
def rules(draw: st.DrawFn, ids: list[str]) -> Rule:
    """One rule or, for several majorities, two or three in one."""
    rule: Rule = draw(majorities(ids))
    if draw(st.integers(0, 3)) == 0:
        parts = [draw(majorities(ids)) for _ in range(draw(st.integers(2, 3)))]
        rule = {draw(st.sampled_from(["all-of", "any-of"])): parts}
    if draw(st.booleans()):
        rule["veto"] = [draw(st.sampled_from(ids))]
    for key in ("abstention", "no-position"):
        if draw(st.booleans()):
            rule[key] = draw(COUNTS)
    return rule


@st.composite
def majorities(draw: st.DrawFn, ids: list[str]) -> Rule:
    among = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
    rule: Rule = {"of": among}
    kind = draw(st.sampled_from(["rule", "number", "share", "weights"]))
    if kind == "rule":
        rule["rule"] = draw(st.sampled_from(["unanimity", "consensus"]))
    elif kind == "number":
        rule["at-least"] = draw(st.integers(1, len(among)))
    else:
        rule["more-than"] = draw(st.sampled_from(["1/2", "1/3", "60%"]))
        if kind == "weights":
            rule["weights"] = {one: draw(st.integers(1, 4)) for one in among}
    return rule


def rule_on(slow: Enumerator, cell: Cell) -> Rule:
    """The rule of a cell; without one, all must agree."""
    rule: Rule = slow.naive.issues[cell[0]].get("decides", {"rule": "unanimity", "of": slow.ids})
    return rule


def voters(rule: Rule) -> set[str]:
    return {*members(rule), *rule.get("veto", ())}


def abstains(slow: Enumerator, party: str, cell: Cell) -> bool:
    """Whether it asks for nothing but an option that is an abstention."""
    verbs = ("demands", "proposes", "accepts")
    asked = {one for verb in verbs for one in slow.naive.named_under(verb, party, cell)}
    asked |= {*slow.naive.named_by_text(party, cell)}
    return bool(asked) and all(slow.is_abstention(cell, one) for one in asked)


def vote(slow: Enumerator, party: str, cell: Cell, package: Package) -> str:
    says = slow.says(party, cell, package)
    if says not in {"yes", "crosses"} and abstains(slow, party, cell):
        return "abstains"
    return VOTES.get(says) or ("silent" if slow.naive.is_silent(party, cell) else "open")


def standing(slow: Enumerator, cell: Cell, package: Package) -> tuple[str, int]:
    """How the vote on a cell stands, and how many votes would have to turn."""
    rule = rule_on(slow, cell)
    votes = {one: vote(slow, one, cell, package) for one in slow.ids}
    return standing_of(json.dumps(rule), tuple(votes.items()))


@cache
def standing_of(written: str, votes: tuple[tuple[str, str], ...]) -> tuple[str, int]:
    rule: Rule = json.loads(written)
    truth = truth_of(rule, dict(votes))
    turns = min(map(len, truth.for_a_yes), default=len(voters(rule)) + 1)
    return truth.result, 0 if truth.result == "passes" else turns


def rank(slow: Enumerator, package: Package) -> tuple[int, int, int]:
    told = [standing(slow, cell, package) for cell in package]
    results = [result for result, _ in told]
    return results.count("fails"), results.count("open"), sum(turns for _, turns in told)


@settings(max_examples=times(150 if IS_THOROUGH else 40))
@given(bodies())
def test_the_packages_nearest_to_passing(plain: PlainDossier) -> None:
    ids = list(plain.parties)
    note(files_in_short(plain))
    slow = Enumerator(plain.agenda, plain.parties, ids, DAY, (), (), plain.sources, plain.proposals)
    assume(slow.cells)
    assume(slow.size <= MOST_PACKAGES)
    table = Table(loaded(plain), ids, day_of(DAY))
    problem = problem_of(table, {})
    check_nearest(problem, voted(problem, Ballots(table, ids), Clock(None)), slow)


def check_nearest(problem: Problem, found: Voted, slow: Enumerator) -> None:
    every = [*slow.packages()]
    ranks = [rank(slow, package) for package in every]
    assert found.proved
    if not every:
        assert found.packages is None
        return
    best = min(ranks)
    assert (found.failing, found.pending, found.turns) == best
    assert found.packages is not None
    first = found.packages.first()
    same = [
        rank
        for package, rank in zip(every, ranks, strict=True)
        if all(
            outcome_holds(problem, cell, one, package[named(cell)]) for cell, one in first.items()
        )
    ]
    assert same == [best]
    if found.packages.complete:
        assert found.packages.number == ranks.count(best)
    event(f"failing: {min(best[0], 2)}, open: {min(best[1], 2)}, turns: {min(best[2], 3)}")


class VotedNow(NowEnumerator):
    """What could be signed now where the outcomes of some cells are put to the vote."""

    def is_signed(self, package: Package) -> bool:
        return all(
            self.agrees(cell, package[cell])
            and self.makes_sense(cell, package)
            and standing(self, cell, package)[0] == "passes"
            for cell in package
        )


@settings(max_examples=times(100 if IS_THOROUGH else 30))
@given(bodies())
def test_what_passes_now(plain: PlainDossier) -> None:
    ids = list(plain.parties)
    note(files_in_short(plain))
    slow = VotedNow(plain.agenda, plain.parties, ids, DAY, (), (), plain.sources, plain.proposals)
    assume(slow.sets <= MOST_SETS // 2)
    problem = problem_of(Table(loaded(plain), ids, day_of(DAY)), {})
    check_passing(signable(problem, Clock(None)), slow)


def check_passing(found: Signable, slow: VotedNow) -> None:
    signed = [package for package in slow.all_sets() if slow.is_signed(package)] or [{}]
    most = max(map(len, signed))
    largest = [package for package in signed if len(package) == most]
    assert found.proved
    assert found.size == most
    always: set[Any] = set.intersection(*(set(package) for package in largest))
    assert {named(cell) for cell in found.settled} == always
    assert found.number == len({frozenset(package) for package in largest})
    event(f"size: {min(most, 3)}")
