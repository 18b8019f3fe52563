"""Balanced packages of random dossiers: the search and the enumerator say the same."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from claimpos.comparison.table import Table
from claimpos.deals.balance import Balanced, Range, balanced
from claimpos.deals.clock import Clock
from claimpos.deals.packages import Packages
from claimpos.deals.problem import Problem, problem_of
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import Cell
from tests.conftest import times
from tests.deals.balance_enumerator import BalanceEnumerator, BalanceTruth
from tests.deals.enumerator import Package
from tests.deals.test_against_enumerator import (
    DAY,
    IS_THOROUGH,
    MOST_FOR_AIMS,
    is_group_and_member,
    loaded,
    named,
    negotiations,
    outcome_holds,
)
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import PlainDossier


def halves(counts: set[Any], times: int = 2) -> Range:
    return Range(int(times * min(counts)), int(times * max(counts)))


class Checked:
    """A dossier as searched and as enumerated."""

    def __init__(self, problem: Problem, slow: BalanceEnumerator) -> None:
        self.problem = problem
        self.slow = slow

    def outcomes(self, cell: Cell, mask: int) -> frozenset[Any]:
        return frozenset(
            one
            for one in self.slow.outcomes[named(cell)]
            if outcome_holds(self.problem, cell, mask, one)
        )

    def check(self, found: Balanced, truth: BalanceTruth) -> None:
        assert found.proved
        assert found.counted
        assert list(found.from_the_top) == [int(2 * one) for one in truth.from_the_top]
        assert found.high == truth.high
        assert found.totals == {party: halves(one) for party, one in truth.totals.items()}
        assert found.red_lines == {party: halves(one, 1) for party, one in truth.red_lines.items()}
        assert found.patterns == len(truth.by_pattern)
        told = {
            (one.party, tuple(map(named, one.point.cells)), one.always) for one in found.concessions
        }
        patterns = [frozenset(where for where, _ in pattern) for pattern in truth.by_pattern]
        assert told == {
            (*one, all(one in pattern for pattern in patterns))
            for one in frozenset().union(*patterns)
        }
        shared = {named(cell): self.outcomes(cell, mask) for cell, mask in found.shared.items()}
        assert shared == self.shared(truth)
        assert (found.packages is None) == (len(patterns) > 1)
        if found.packages is not None:
            (packages,) = truth.by_pattern.values()
            self.check_packages(found.packages, packages)

    def shared(self, truth: BalanceTruth) -> dict[Any, frozenset[Any]]:
        found = {}
        for cell in self.slow.cells:
            each = {
                frozenset(package[cell] for package in packages)
                for packages in truth.by_pattern.values()
            }
            if len(each) == 1:
                found[cell] = each.pop()
        return found

    def check_packages(self, packages: Packages, truth: list[Package]) -> None:
        choices = [
            *([[(cell, mask)]] for cell, mask in packages.fixed.items()),
            *([[(cell, one)] for one in some] for cell, some in packages.free.items()),
            *(
                [list(zip(linked.cells, row, strict=True)) for row in linked.combinations]
                for linked in packages.linked
            ),
        ]
        assert packages.complete
        found = set()
        for some in itertools.product(*choices):
            row = dict(itertools.chain(*some))
            several = [self.outcomes(cell, row[cell]) for cell in self.problem.domains]
            found |= set(itertools.product(*several))
        assert found == {tuple(package[cell] for cell in self.slow.cells) for package in truth}


@settings(max_examples=times(150 if IS_THOROUGH else 40))
@given(negotiations(), st.data())
def test_balanced_packages(plain: PlainDossier, data: st.DataObject) -> None:
    ids = list(plain.parties)
    without = data.draw(st.sampled_from([(), (), (), tuple(plain.agenda["issues"])[:1]]))
    held = data.draw(st.sampled_from([(), (), (), tuple(ids[:1])]))
    keep = data.draw(st.sampled_from([False, False, True]))
    assume(not is_group_and_member(plain, ids))
    note(f"{files_in_short(plain)}\nwithout {without}, held {held}, red lines kept: {keep}")
    slow = BalanceEnumerator(
        plain.agenda, plain.parties, ids, DAY, without, held, plain.sources, plain.proposals
    )
    assume(slow.size <= MOST_FOR_AIMS)
    problem = problem_of(Table(loaded(plain), ids, day_of(DAY)), {}, without, held)
    found, truth = balanced(problem, Clock(None), keep), slow.balanced(keep)
    if truth is None:
        assert (found.proved, found.patterns, found.totals) == (True, 0, {})
        return
    Checked(problem, slow).check(found, truth)
    event(f"patterns: {min(found.patterns, 4)}")
    event(f"halves: {any(one % 2 for one in found.from_the_top)}")
    event(f"largest total: {min(found.from_the_top[0], 5)}")
