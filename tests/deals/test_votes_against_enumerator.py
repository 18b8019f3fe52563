"""Packages by decision rules, of random dossiers: the search and brute force say the same.

Every package is built, the enumerator of deals says how each member responds, and that of rules
what comes of it.
"""

from __future__ import annotations

import copy
import itertools
from typing import Any

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.table import Table
from claimpos.deals.clock import Clock
from claimpos.deals.problem import problem_of
from claimpos.deals.signable import signable
from claimpos.deals.voting import voted
from claimpos.dossier.dates import day_of
from tests.conftest import times
from tests.deals.enumerator import Enumerator, Package
from tests.deals.now_enumerator import NowEnumerator
from tests.deals.rule_enumerator import Rule, truth_of
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
    for issue in agenda["issues"].values():
        if draw(st.integers(0, 3)):
            issue["decides"] = draw(rules([*plain.parties]))
    assume(any("decides" in issue for issue in agenda["issues"].values()))
    return plain._replace(agenda=agenda)


@st.composite
def rules(draw: st.DrawFn, ids: list[str]) -> Rule:
    members = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
    rule: Rule = {"of": members}
    kind = draw(st.sampled_from(["rule", "number", "share", "weights"]))
    if kind == "rule":
        rule["rule"] = draw(st.sampled_from(["unanimity", "consensus"]))
    elif kind == "number":
        rule["at-least"] = draw(st.integers(1, len(members)))
    else:
        rule["more-than"] = draw(st.sampled_from(["1/2", "1/3", "60%"]))
        if kind == "weights":
            rule["weights"] = {one: draw(st.integers(1, 4)) for one in members}
    if draw(st.booleans()):
        rule["veto"] = [draw(st.sampled_from(members))]
    if draw(st.booleans()):
        rule["no-position"] = draw(st.sampled_from(["counts-no", "counts-out", "open"]))
    return rule


def rule_on(slow: Enumerator, cell: Cell) -> Rule:
    """The rule of a cell; without one, all must agree."""
    rule: Rule = slow.naive.issues[cell[0]].get("decides", {"rule": "unanimity", "of": slow.ids})
    return rule


def vote(slow: Enumerator, party: str, cell: Cell, package: Package) -> str:
    says = VOTES.get(slow.says(party, cell, package))
    return says or ("silent" if slow.naive.is_silent(party, cell) else "open")


def standing(slow: Enumerator, cell: Cell, package: Package) -> tuple[str, int]:
    """How the vote on a cell stands, and how many votes would have to turn."""
    rule = rule_on(slow, cell)
    votes = {one: vote(slow, one, cell, package) for one in slow.ids}
    truth = truth_of(rule, votes)
    turns = min(map(len, truth.for_a_yes), default=len(rule["of"]) + 1)
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
    every = [
        dict(zip(slow.cells, some, strict=True))
        for some in itertools.product(*(slow.outcomes[cell] for cell in slow.cells))
    ]
    ranks = [rank(slow, package) for package in every]
    best = min(ranks)
    dossier = loaded(plain)
    table = Table(dossier, ids, day_of(DAY))
    problem = problem_of(table, {})
    found = voted(problem, Ballots(table, ids), Clock(None))
    assert found.proved
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
    signed = [package for package in slow.all_sets() if slow.is_signed(package)]
    most = max(map(len, signed))
    largest = [package for package in signed if len(package) == most]
    problem = problem_of(Table(loaded(plain), ids, day_of(DAY)), {})
    found = signable(problem, Clock(None))
    assert found.proved
    assert found.size == most
    always: set[Any] = set.intersection(*(set(package) for package in largest))
    assert {named(cell) for cell in found.settled} == always
    assert found.number == len({frozenset(package) for package in largest})
    event(f"size: {min(most, 3)}")
