"""Packages by priorities alone: those that no other beats, whatever the issues weigh.

A weighting fits the priorities of a party if each issue that it ranks higher weighs at least as
much as each that it ranks lower; how the weight is divided among sub-issues is open, and so is the
weight of what it has not ranked. What a package is worth to it is the sum of the weights, each
times a number for how the package does there, which falls from step to step. The weightings are
sums of extreme ones, in which all issues above a rank, and any of that rank, weigh 1 in one cell
each, and only one step counts. So one package is worth no less than another under all of them if,
at every step, each issue lost can be paired with one gained that ranks higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import product
from math import lcm
from operator import or_
from typing import Any, NamedTuple

from claimpos.deals.choices import Cost, Values
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.elimination import Factor, parts_of
from claimpos.deals.packages import Packages, packages_from
from claimpos.deals.problem import Position, Problem
from claimpos.deals.scores import worth_on
from claimpos.dossier.model import Cell

_RANKS = ("high", "medium", "low")
_STEPS = {"yes": 1, "unsaid": 2, "beyond": 3, "gives": 4}
"""How many steps a response falls short of what the party calls for."""

_WORST = 4
_MOST = 500
_FEW = 10


class Undominated(NamedTuple):
    """A package that no other beats, with those that are alike to all who rank issues.

    `best_for` are the parties for which, taken alone, no other package beats it.
    """

    packages: Packages
    best_for: tuple[str, ...]


class ByPriorities(NamedTuple):
    """The packages without a red line given up that no other beats under all fitting weightings.

    `alone` tells, for each party that ranks issues and states no points, how many no other beats
    for it; `number` for how many none is better for one of these parties and no worse for any.
    Packages that are alike to all of them count as one. None if there are too many to compare, or
    time ran out. `packages` are all of them, or the first ten. `scored` are parties that state
    points, `unranked` those that neither do nor rank issues.
    """

    alone: Mapping[str, int | None]
    number: int | None
    packages: tuple[Undominated, ...]
    scored: tuple[str, ...]
    unranked: tuple[str, ...]


def by_priorities(problem: Problem, everything: bool, clock: Clock) -> ByPriorities | None:
    """The packages that priorities leave, all or the first ten; None if nobody ranks issues."""
    worth = worth_on(problem.table)
    matters = {
        party: found
        for party in problem.parties
        if party not in worth and len(_ranks(found := _matters(problem, party))) > 1
    }
    if not matters:
        return None
    scored = tuple(party for party in problem.parties if party in worth)
    unranked = tuple(one for one in problem.parties if one not in matters and one not in worth)
    nothing = ByPriorities(dict.fromkeys(matters), None, (), scored, unranked)
    try:
        search = _Search(problem, matters, clock)
        return nothing if search.parts is None else search.result(nothing, everything)
    except OutOfTime:
        return nothing


class _Matter(NamedTuple):
    """The cells of an issue on which a party has a position, ranked alike or not at all."""

    rank: str
    cells: tuple[Cell, ...]


def _matters(problem: Problem, party: str) -> list[_Matter]:
    by_issue: dict[tuple[str, str], list[Cell]] = {}
    for cell in problem.domains:
        entry, stance = problem.table.entry_on(party, cell), problem.table.stance(party, cell)
        if entry is not None and stance.yes | stance.no | stance.conditional:
            by_issue.setdefault((cell.issue, entry.priority), []).append(cell)
    return [_Matter(rank, tuple(cells)) for (_, rank), cells in by_issue.items()]


def _ranks(matters: Iterable[_Matter]) -> set[str]:
    return {one.rank for one in matters} - {""}


class _Weightings:
    """All weightings that fit the priorities of a party.

    How a package does for it are bits: for each step, the cells where the package falls short of
    it.
    """

    def __init__(self, matters: Sequence[_Matter]) -> None:
        cells = [cell for matter in matters for cell in matter.cells]
        self._place = {cell: at for at, cell in enumerate(cells)}
        ranks = [rank for rank in _RANKS if rank in _ranks(matters)]
        fixed = [one for one in matters if one.rank in ("", ranks[0])]
        self._never_lost = reduce(or_, (self._mask(one.cells, _WORST) for one in fixed), 0)
        self._by_step = [
            [[self._at(one.cells, step) for one in matters if one.rank == rank] for rank in ranks]
            for step in range(1, _WORST + 1)
        ]
        self.dropped = self._at(cells, _WORST)
        each = lcm(*(len(one.cells) for one in matters))
        weights = {"": 1, **{rank: len(ranks) - at for at, rank in enumerate(ranks)}}
        self._weighed = [
            (weights[one.rank] * each // len(one.cells), self._mask(one.cells, _WORST))
            for one in matters
        ]

    def shortfall(self, cell: Cell, steps: int) -> int:
        """The bits of a cell where a package falls short by so many steps."""
        return self._mask([cell], steps)

    def _mask(self, cells: Iterable[Cell], steps: int) -> int:
        return reduce(or_, (self._at(cells, step) for step in range(1, steps + 1)), 0)

    def _at(self, cells: Iterable[Cell], step: int) -> int:
        return sum(1 << (step - 1) * len(self._place) + self._place[cell] for cell in cells)

    def weighed(self, short: int) -> int:
        """How far a package falls short under one weighting in which no higher rank is equal to a
        lower one, so that every package that is beaten falls farther short than what beats it."""
        return sum(weight * (short & mask).bit_count() for weight, mask in self._weighed)

    def never_worse(self, one: int, other: int) -> bool:
        """Whether one package is worth no less than the other under all weightings."""
        lost, gained = one & ~other, other & ~one
        if lost & self._never_lost:
            return False
        return not lost or all(_made_up(ranks, lost, gained) for ranks in self._by_step)


def _made_up(ranks: Iterable[Iterable[int]], lost: int, gained: int) -> bool:
    """Whether each issue lost can be paired with one gained that ranks higher.

    The weight of an issue may lie in any of its cells: it is lost if one of them is, and gained if
    all are.
    """
    unpaired = 0
    for masks in ranks:
        losses = sum(1 for mask in masks if lost & mask)
        if losses > unpaired:
            return False
        unpaired += sum(1 for mask in masks if gained & mask == mask) - losses
    return True


class _Choice(NamedTuple):
    """Outcomes of a part: how they do for each party, and all rows of outcomes that do so."""

    short: tuple[int, ...]
    rows: list[dict[Cell, int]]
    complete: bool


class _Sum(NamedTuple):
    """Choices in several parts: how they do for some parties, and the last with those before."""

    short: tuple[int, ...]
    choices: Any


class _Search:
    """Raises OutOfTime. `parts` is None if they have too many choices."""

    def __init__(
        self, problem: Problem, matters: Mapping[str, Sequence[_Matter]], clock: Clock
    ) -> None:
        self.problem = problem
        self.clock = clock
        self.parties = list(matters)
        self.weightings = [_Weightings(some) for some in matters.values()]
        self.cells = list(problem.domains)
        self._variable = {cell: at for at, cell in enumerate(self.cells)}
        self._counted = [
            Position(party, cell)
            for party, some in matters.items()
            for matter in some
            for cell in matter.cells
        ]
        self.parts = self._parts()

    def _parts(self) -> list[list[_Choice]] | None:
        domains = list(self.problem.domains.values())
        budget = self.problem.budget([[cell] for cell in self.cells], domains)
        counted = len(self._counted)
        parts = parts_of(domains, self._factors(), counted, self.clock, budget)
        if not all(part.complete for part in parts):
            return None
        found = []
        for part in parts:
            cells = [self.cells[variable] for variable in part.variables]
            choices = []
            for totals, same in part.choices.items():
                (best,) = same.patterns.values()
                rows = [dict(zip(cells, row, strict=True)) for row in best.rows]
                choices.append(_Choice(self._short(totals), rows, best.complete))
            found.append(choices)
        return found

    def _short(self, totals: Sequence[int]) -> tuple[int, ...]:
        short = dict.fromkeys(self.parties, 0)
        weightings = dict(zip(self.parties, self.weightings, strict=True))
        for position, steps in zip(self._counted, totals, strict=True):
            short[position.party] |= weightings[position.party].shortfall(position.cell, steps)
        return tuple(short.values())

    def _factors(self) -> Iterator[Factor]:
        """How many steps outcomes fall short for those who rank issues; no red line is given up."""
        number = {position: at for at, position in enumerate(self._counted)}
        for position, stance in self.problem.positions():
            if position in number or stance.refuses or position.party in self.problem.held:
                yield self._factor(position, number.get(position))

    def _factor(self, position: Position, number: int | None) -> Factor:
        problem, stance = self.problem, self.problem.table.stance(*position)
        bearing = dict.fromkeys(problem.bearing(position))
        scope = tuple(self._variable[cell] for cell in bearing if cell in self._variable)
        cells = [self.cells[variable] for variable in scope]

        def cost(values: Values) -> Cost | None:
            package = dict(zip(cells, values, strict=True))
            says = problem.says(position, package)
            if says == "crosses" or (says == "gives" and position.party in problem.held):
                return None
            called_for = package[position.cell] & (stance.demands | stance.proposes)
            steps = 0 if says == "yes" and called_for else _STEPS[says]
            return Cost() if number is None else Cost(number, steps)

        return Factor(scope, cost)

    def result(self, nothing: ByPriorities, everything: bool) -> ByPriorities:
        """The packages that priorities leave, those first that are best for a party."""
        alone = [self._undominated([at]) for at in range(len(self.parties))]
        counts = {
            party: None if some is None else len(some)
            for party, some in zip(self.parties, alone, strict=True)
        }
        best = [{one.short[0] for one in some or ()} for some in alone]
        together = self._undominated(range(len(self.parties)))
        if together is None:
            return nothing._replace(alone=counts)
        found = [
            Undominated(
                self._packages(one),
                tuple(
                    party
                    for party, short, some in zip(self.parties, one.short, best, strict=True)
                    if short in some
                ),
            )
            for one in sorted(together, key=lambda one: self._order(one, best))
        ]
        few = found if everything else found[:_FEW]
        return nothing._replace(alone=counts, number=len(found), packages=tuple(few))

    def _order(self, one: _Sum, best: Sequence[set[int]]) -> tuple[bool, list[int]]:
        """Those best for a party first, then those with the most even numbers of demands dropped,
        the largest first."""
        is_best = any(short in some for short, some in zip(one.short, best, strict=True))
        dropped = [
            (short & weightings.dropped).bit_count()
            for short, weightings in zip(one.short, self.weightings, strict=True)
        ]
        return not is_best, sorted(dropped, reverse=True)

    def _packages(self, one: _Sum) -> Packages:
        rows, choices = [], one.choices
        while choices is not None:
            choices, last = choices
            rows.append((last.rows, last.complete))
        return packages_from(rows, self.problem.domains, self.clock)

    def _undominated(self, parties: Sequence[int]) -> list[_Sum] | None:
        """The sums of choices that no other beats for these parties; None if there are too many.

        What is added to two sums does not change whether one beats the other.
        """
        sums = [_Sum((0,) * len(parties), None)]
        for choices in self.parts or ():
            added: dict[tuple[int, ...], Any] = {}
            for one, choice in product(sums, choices):
                own = (choice.short[at] for at in parties)
                short = tuple(map(or_, one.short, own))
                added.setdefault(short, (one.choices, choice))
            sums = self._unbeaten(added, [self.weightings[at] for at in parties])
            if len(sums) > _MOST:
                return None
        return sums

    def _unbeaten(
        self, added: Mapping[tuple[int, ...], Any], weightings: Sequence[_Weightings]
    ) -> list[_Sum]:
        """Those that no other beats, in an order in which none comes before what beats it."""
        kept: list[tuple[int, ...]] = []

        def beats(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
            return all(w.never_worse(a, b) for w, a, b in zip(weightings, one, other, strict=True))

        def weighed(short: tuple[int, ...]) -> int:
            return sum(w.weighed(own) for w, own in zip(weightings, short, strict=True))

        for short in sorted(added, key=weighed):
            self.clock.check()
            if not any(beats(other, short) for other in kept):
                kept.append(short)
                if len(kept) > _MOST:
                    break
        return [_Sum(short, added[short]) for short in kept]
