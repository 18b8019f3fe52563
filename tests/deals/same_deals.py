"""Whether what was found in a search is what an enumerator found: aim by aim."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from math import prod
from typing import Any

from claimpos.deals.balance import Balanced, CountRange
from claimpos.deals.conflict_sets import StickingPoint
from claimpos.deals.packages import Packages
from claimpos.deals.problem import Problem
from claimpos.deals.search import Deals
from claimpos.deals.signable import Signable
from claimpos.deals.voting import Voted
from claimpos.dossier.model import Cell
from tests.deals.balance_enumerator import BalanceTruth
from tests.deals.enumerator import Enumerator, Package, Position, Truth, sticking_points
from tests.deals.now_enumerator import NowTruth
from tests.deals.voting_enumerator import Voting
from tests.oracle.naive import range_holds

PlainCell = tuple[str, str | None]


def named(cell: Cell) -> PlainCell:
    return cell.issue, cell.item


def positions(some: Iterable[Any]) -> frozenset[Position]:
    return frozenset((one.party, named(one.cell)) for one in some)


def listed(packages: Packages) -> list[dict[Cell, int]]:
    """Every package, multiplied out of its description."""
    choices: list[list[Any]] = [
        *([[(cell, outcome)]] for cell, outcome in packages.fixed.items()),
        *([[(cell, one)] for one in some] for cell, some in packages.free.items()),
        *(
            [list(zip(linked.cells, row, strict=True)) for row in linked.combinations]
            for linked in packages.linked
        ),
    ]
    return [dict(itertools.chain(*some)) for some in itertools.product(*choices)]


def outcome_holds(problem: Problem, cell: Cell, outcome: int, sample: Any) -> bool:
    """Whether an outcome, or a set of outcomes, of a cell has what the sample stands for."""
    outcomes = problem.table.space(cell).outcomes(outcome)
    if not outcomes or isinstance(outcomes[0], str):
        return sample in outcomes
    ends = ("min", "max", "above", "below")
    for stretch in outcomes:
        low, high, low_open, high_open = stretch
        spec = {
            "above" if low_open else "min": low,
            "below" if high_open else "max": high,
        }
        spec = {end: spec[end] for end in ends if spec.get(end) is not None}
        if not spec or range_holds(spec, sample):
            return True
    return False


class Same:
    """A search and an enumerator of the same dossier."""

    def __init__(self, problem: Problem, slow: Enumerator) -> None:
        self.problem = problem
        self.slow = slow
        self.known: dict[tuple[Cell, int], frozenset[Any]] = {}

    def outcomes(self, cell: Cell, mask: int) -> frozenset[Any]:
        """What the enumerator calls these outcomes of a cell."""
        if (cell, mask) not in self.known:
            self.known[cell, mask] = frozenset(
                one
                for one in self.slow.outcomes[named(cell)]
                if outcome_holds(self.problem, cell, mask, one)
            )
        return self.known[cell, mask]

    def rows(self, packages: Packages) -> list[tuple[Any, ...]]:
        """The packages as the enumerator has them, a value for each cell."""
        cells = [*self.problem.domains]
        return [
            row
            for one in listed(packages)
            for row in itertools.product(*(self.outcomes(cell, one[cell]) for cell in cells))
        ]

    def row(self, package: Package) -> tuple[Any, ...]:
        return tuple(package[cell] for cell in self.slow.cells)

    # The least-concession packages

    def least(self, found: Deals, truth: Truth, answer: str) -> None:
        assert found.proved
        assert (found.answer, found.concessions) == (answer, truth.concessions)
        assert found.packages is not None
        best = self.rows(found.packages)
        assert found.packages.number == len(best) == len(truth.best)
        assert set(best) == set(map(self.row, truth.best))
        self.shares(found, truth)
        self.frontier(found, truth)
        self.sticking_points(found, truth)

    def sticking_points(self, found: Deals, truth: Truth) -> None:
        assert {positions(one.positions) for one in found.sticking_points} == sticking_points(
            truth.conflict_sets
        )
        locks = {positions(lock) for point in found.sticking_points for lock in point.conflict_sets}
        assert locks == truth.conflict_sets
        ways = {
            frozenset().union(*some)
            for some in itertools.product(*(found_ways(point) for point in found.sticking_points))
        }
        assert ways == truth.ways_out

    def shares(self, found: Deals, truth: Truth) -> None:
        for party, share in found.shares.items():
            for cell in found.problem.domains:
                says = truth.says[party, named(cell)]
                assert (cell in share.red_lines) == ("crosses" in says)
                assert (cell in share.concedes) == (says <= {"gives", "crosses"})
                assert (cell in share.unanswered) == (says == {"unsaid"})
                if cell in share.gets + share.accepts:
                    assert says == {"yes"}

    def frontier(self, found: Deals, truth: Truth) -> None:
        assert found.frontier is not None
        assert found.frontier.complete
        points = [point.concessions for point in found.frontier.points]
        assert points == sorted(truth.frontier)
        for point in found.frontier.points:
            everywhere = [one for one, _ in found.problem.positions()]
            assert found.problem.concessions(everywhere, point.package) == point.concessions

    # The balanced packages

    def balanced(self, found: Balanced, truth: BalanceTruth) -> None:
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
            assert found.packages.complete
            assert set(self.rows(found.packages)) == set(map(self.row, packages))

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

    # What could be signed now

    def now(self, found: Signable, truth: NowTruth) -> None:
        assert found.proved
        assert found.size == found.most == len(truth.packages[0])
        assert (found.number, found.counted) == (len(truth.sets), True)
        settled = {named(cell): self.outcomes(cell, mask) for cell, mask in found.settled.items()}
        assert settled == truth.settled
        assert sets(found) == truth.sets
        rows = {tuple(package[cell] for cell in truth.settled) for package in truth.packages}
        assert found.linked == (len(rows) < prod(map(len, truth.settled.values())))
        missing = {
            (named(one.cell), one.party, outcome)
            for one in found.missing
            for outcome in self.outcomes(one.cell, one.outcomes)
        }
        assert missing == truth.missing
        assert {
            (one.party, named(cell), bool(one.offer))
            for one in found.defeated
            for cell in one.cells
        } == truth.defeated

    # The packages that come nearest to passing

    def nearest(self, found: Voted, slow: Voting) -> Mapping[tuple[Any, ...], Any]:
        """The same packages; returned with how far each is from passing."""
        distances = {
            self.row(package): slow.distance(package) for package in slow.put_to_the_vote()
        }
        assert found.proved
        if not distances:
            assert found.packages is None
            return distances
        best = min(distances.values())
        assert (found.failing, found.pending, found.turns) == best
        assert found.packages is not None
        rows = self.rows(found.packages)
        assert {distances[row] for row in rows} == {best}
        if found.packages.complete:
            assert len(rows) == [*distances.values()].count(best)
        return distances


def halves(counts: set[Any], times: int = 2) -> CountRange:
    return CountRange(int(times * min(counts)), int(times * max(counts)))


def sets(found: Signable) -> set[frozenset[PlainCell]]:
    every = [frozenset(map(named, found.settled))]
    for alternatives in found.alternatives:
        every = [one | set(map(named, other)) for one in every for other in alternatives]
    return set(every)


def found_ways(point: StickingPoint) -> set[frozenset[Position]]:
    return {positions(move.position for move in way.moves) for way in point.ways_out}
