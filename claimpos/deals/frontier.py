"""The efficient frontier: packages that cannot ask less of a party without asking more of another.

What is asked of a party are its own six counts, in the order of the answer's. They add up over
groups of cells that have no bearing on one another, so the frontier of two groups is among the
sums of theirs.
"""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from operator import add, le
from typing import Any, NamedTuple

from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.facts import SolverFacts
from claimpos.deals.grouping import groups
from claimpos.deals.problem import Concessions, Position, Problem
from claimpos.deals.solver import Package, frontier_packages
from claimpos.dossier.model import Cell

_MOST = 2_000
# The outcomes in the packages of all points together.
_MOST_OUTCOMES = 500_000
# A count takes this many bits of a number that has all six counts of a party.
_BITS = 16


class FrontierPoint(NamedTuple):
    """The concessions that some packages need from each party, and one of these packages."""

    concessions: tuple[Concessions, ...]
    package: Mapping[Cell, int]


class Frontier(NamedTuple):
    """The points, smallest concessions by the first party first; empty unless `complete`."""

    points: tuple[FrontierPoint, ...]
    complete: bool


_Own = tuple[tuple[int, ...], Package]


class _Combination(NamedTuple):
    """Packages of several groups together, and the concessions that they need from each party.

    Each party's counts are one number, the gravest first. `packages` is the last group's package,
    linked to those before it.
    """

    asked: tuple[int, ...]
    packages: Any


def frontier_of(problem: Problem, clock: Clock) -> Frontier:
    """The frontier of all packages; incomplete if it has too many points or time ran out."""
    rest = {cell: domain[0] for cell, domain in problem.domains.items()}
    most = min(_MOST, _MOST_OUTCOMES // max(len(rest), 1))
    sums = [_Combination(tuple(0 for _ in problem.parties), None)]
    for group in groups(problem):

        def asks(
            package: Package, positions: Iterable[Position] = group.positions
        ) -> tuple[Concessions, ...]:
            return problem.concessions(positions, {**rest, **package} if package else rest)

        packages: list[Package] = [{}]
        complete = True
        if group.cells:
            facts = SolverFacts(problem, group.positions, group.cells)
            packages, complete = frontier_packages(facts, asks, most, clock)
        own = [
            (tuple(map(_number, asks(package))), {cell: package[cell] for cell in group.cells})
            for package in packages
        ]
        if not complete or clock.over:
            return Frontier((), complete=False)
        try:
            sums = _undominated(_added(sums, own), most, clock)
        except OutOfTime:
            return Frontier((), complete=False)
        if len(sums) > most:
            return Frontier((), complete=False)
    points = (
        FrontierPoint(tuple(map(_counts, one.asked)), rest | _joined(one.packages)) for one in sums
    )
    return Frontier(tuple(points), complete=True)


def _number(concessions: Concessions) -> int:
    number = 0
    for count in concessions:
        number = number << _BITS | count
    return number


def _counts(number: int) -> Concessions:
    one, two, three, four, five, six = (
        number >> _BITS * at & (1 << _BITS) - 1 for at in (5, 4, 3, 2, 1, 0)
    )
    return one, two, three, four, five, six


def _joined(packages: Any) -> Package:
    whole: Package = {}
    while packages is not None:
        packages, last = packages
        whole |= last
    return whole


def _added(sums: Iterable[_Combination], own: Iterable[_Own]) -> Iterator[_Combination]:
    """Every sum combined with every package of the next group, in order of what they ask.

    What is added to sums in order leaves them in order, so that they need only be merged and not
    all be kept.
    """
    ordered = sorted(own, key=lambda one: one[0])

    def with_each(one: _Combination) -> Iterator[_Combination]:
        for asked, package in ordered:
            yield _Combination(tuple(map(add, one.asked, asked)), (one.packages, package))

    return merge(*map(with_each, sums), key=lambda one: one.asked)


def _undominated(sums: Iterable[_Combination], most: int, clock: Clock) -> list[_Combination]:
    """The sums that cannot ask less of one party without asking more of another; of equals one.

    `sums` are in order, and more than one beyond the `most` are not looked for. Raises OutOfTime.
    """
    kept: list[_Combination] = []
    for one in sums:
        clock.check()
        asked = one.asked
        if not any(all(map(le, other.asked, asked)) for other in reversed(kept)):
            kept.append(one)
            if len(kept) > most:
                break
    return kept
