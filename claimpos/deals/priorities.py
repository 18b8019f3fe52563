"""Packages by priorities alone: those that no other beats, whatever the issues weigh."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from operator import or_
from typing import Any, NamedTuple

from claimpos.deals.choices import Cost, Values
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.elimination import Factor, parts_of
from claimpos.deals.packages import Packages, Rows, packages_from, rows_of
from claimpos.deals.problem import Position, Problem, worth_on
from claimpos.deals.weightings import Matter, Weightings, matters_of, ranks_some, steps_short
from claimpos.dossier.model import Cell

_MOST = 500
_MOST_POSITIONS = 300
_FEW = 10


class Undominated(NamedTuple):
    """A package that no other beats, with those that do equally well for all who rank issues.

    `best_for` are the parties for which, taken alone, no other package beats it.
    """

    packages: Packages
    best_for: tuple[str, ...]


class ByPriorities(NamedTuple):
    """The packages without a red line given up that no other beats under all fitting weightings.

    `alone` gives, for each party that ranks issues and states no points, the number of packages
    that no other beats for it; `number`, how many remain for all these parties together. Packages
    that do equally well for all of them count as one. Both are None if there are too many to
    compare, or time ran out. `packages` are all of them, or the first ten. `cells` are those whose
    outcomes matter to these parties. `scored` are the parties that state points, `unranked` those
    that neither state points nor rank issues.
    """

    alone: Mapping[str, int | None]
    number: int | None
    packages: tuple[Undominated, ...]
    cells: tuple[Cell, ...]
    scored: tuple[str, ...]
    unranked: tuple[str, ...]

    @property
    def narrows(self) -> bool:
        """Whether it says more than that one party gets its way as far as red lines allow."""
        return self.number is not None and (self.number > 1 or len(self.alone) > 1)


def by_priorities(problem: Problem, everything: bool, clock: Clock) -> ByPriorities | None:
    """The packages that priorities leave, all or the first ten.

    None if nobody ranks issues, or every package gives up a red line.
    """
    worth = worth_on(problem.table)
    matters = {
        party: own
        for party in problem.parties
        if party not in worth and ranks_some(own := matters_of(problem, party))
    }
    if not matters:
        return None
    scored = tuple(party for party in problem.parties if party in worth)
    unranked = tuple(one for one in problem.parties if one not in matters and one not in worth)
    nothing = ByPriorities(dict.fromkeys(matters), None, (), (), scored, unranked)
    counted = [
        Position(party, cell)
        for party, some in matters.items()
        for matter in some
        for cell in matter.cells
    ]
    if len(counted) > _MOST_POSITIONS:
        return nothing
    mattering = {cell for position in counted for cell in problem.bearing(position)}
    cells = tuple(cell for cell in problem.domains if cell in mattering)
    try:
        clock.check()
        search = _Search(problem, matters, counted, clock)
        if search.parts is None:
            return nothing
        found = search.result(nothing._replace(cells=cells), everything)
    except OutOfTime:
        return nothing
    return None if found.number == 0 else found


class _Choice(NamedTuple):
    """Outcomes of a part: where they fall short for each party, and all rows that do just so."""

    short: tuple[int, ...]
    rows: Rows


class _Sum(NamedTuple):
    """Choices in several parts: where they fall short, and the last choice with those before."""

    short: tuple[int, ...]
    choices: Any


def _listed(one: _Sum) -> Iterator[_Choice]:
    choices = one.choices
    while choices is not None:
        choices, last = choices
        yield last


class _Search:
    """Raises OutOfTime. `parts` is None if they have too many choices."""

    def __init__(
        self,
        problem: Problem,
        matters: Mapping[str, Sequence[Matter]],
        counted: Sequence[Position],
        clock: Clock,
    ) -> None:
        self.problem = problem
        self.clock = clock
        self._counted = counted
        self.parties = list(matters)
        self.weightings = [Weightings(some) for some in matters.values()]
        self.cells = list(problem.domains)
        self._variable = {cell: at for at, cell in enumerate(self.cells)}
        self.parts = self._parts()

    def _parts(self) -> list[list[_Choice]] | None:
        domains = list(self.problem.domains.values())
        budget = self.problem.budget([[cell] for cell in self.cells], domains)
        parts = parts_of(domains, self._factors(), len(self._counted), self.clock, budget)
        if not all(part.complete for part in parts):
            return None
        found = []
        for part in parts:
            cells = [self.cells[variable] for variable in part.variables]
            choices = []
            for totals, same in part.choices.items():
                (best,) = same.patterns.values()
                choices.append(_Choice(self._short(totals), rows_of(best, cells)))
            found.append(choices)
        return found

    def _short(self, totals: Sequence[int]) -> tuple[int, ...]:
        short = dict.fromkeys(self.parties, 0)
        weightings = dict(zip(self.parties, self.weightings, strict=True))
        for position, steps in zip(self._counted, totals, strict=True):
            short[position.party] |= weightings[position.party].shortfall(position.cell, steps)
        return tuple(short.values())

    def _factors(self) -> Iterator[Factor]:
        """How many steps outcomes fall short for those who rank issues; none crosses a red line."""
        number = {position: at for at, position in enumerate(self._counted)}
        for position, stance in self.problem.positions():
            if position in number or stance.refuses or position.party in self.problem.held:
                yield self._factor(position, number.get(position))

    def _factor(self, position: Position, number: int | None) -> Factor:
        problem = self.problem
        bearing = dict.fromkeys(problem.bearing(position))
        scope = tuple(self._variable[cell] for cell in bearing if cell in self._variable)
        cells = [self.cells[variable] for variable in scope]

        def cost(values: Values) -> Cost | None:
            package = dict(zip(cells, values, strict=True))
            says = problem.says(position, package)
            if says == "crosses" or (says == "gives" and position.party in problem.held):
                return None
            if number is None:
                return Cost()
            return Cost(number, steps_short(problem, position, package[position.cell], says))

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
        together.sort(key=lambda one: self._order(one, best))
        packages = [
            Undominated(
                self._packages(one),
                tuple(
                    party
                    for party, short, some in zip(self.parties, one.short, best, strict=True)
                    if short in some
                ),
            )
            for one in (together if everything else together[:_FEW])
        ]
        return nothing._replace(alone=counts, number=len(together), packages=tuple(packages))

    def _order(self, one: _Sum, best: Sequence[set[int]]) -> tuple[bool, list[int], list[int]]:
        """The key for sorting packages: those best for a party first, then those in which the
        largest number of demands that a party drops is smallest, then in the agenda's order."""
        is_best = any(short in some for short, some in zip(one.short, best, strict=True))
        dropped = [
            weightings.dropped(short)
            for short, weightings in zip(one.short, self.weightings, strict=True)
        ]
        rows = (choice.rows.listed[0] for choice in _listed(one))
        first = {cell: mask for row in rows for cell, mask in row.items()}
        places = [domain.index(first[cell]) for cell, domain in self.problem.domains.items()]
        return not is_best, sorted(dropped, reverse=True), places

    def _packages(self, one: _Sum) -> Packages:
        rows = (choice.rows for choice in _listed(one))
        return packages_from(rows, self.problem.domains, self.clock)

    def _undominated(self, parties: Sequence[int]) -> list[_Sum] | None:
        """The sums of choices that no other beats for these parties; None if there are too many.

        Adding the same choice to two sums does not change whether one beats the other.
        """
        sums = [_Sum((0,) * len(parties), None)]
        for choices in self.parts or ():
            added: dict[tuple[int, ...], Any] = {}
            for one, choice in product(sums, choices):
                self.clock.check()
                own = (choice.short[at] for at in parties)
                short = tuple(map(or_, one.short, own))
                added.setdefault(short, (one.choices, choice))
            sums = self._unbeaten(added, [self.weightings[at] for at in parties])
            if len(sums) > _MOST:
                return None
        return sums

    def _unbeaten(
        self, added: Mapping[tuple[int, ...], Any], weightings: Sequence[Weightings]
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
