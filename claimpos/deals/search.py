"""Deals among two or more parties: whether there is one, and the least-concession packages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from math import prod
from typing import Literal, NamedTuple

from claimpos.comparison.table import Table
from claimpos.comparison.verdicts import check_parties
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.conflict_sets import Knot, knots_of
from claimpos.deals.facts import Facts
from claimpos.deals.frontier import Frontier, frontier_of
from claimpos.deals.problem import Asks, Position, Problem, groups, problem_of
from claimpos.deals.responses import Response
from claimpos.deals.set_families import factors
from claimpos.deals.solver import Least, Possible, combinations, least, possible
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import NOTHING, Basis, Cell, Dossier, Named, PartialDate

Answer = Literal["agreed", "open", "blocked"]
_MOST = 20_000


class Linked(NamedTuple):
    """Cells that are linked: the combinations, in the order found, and how many there are."""

    cells: tuple[Cell, ...]
    combinations: tuple[tuple[int, ...], ...]
    complete: bool


class Packages(NamedTuple):
    """The least-concession packages, all together.

    Every one takes the outcomes `fixed`, any of those that are `free`, and of each of `linked`
    one combination. Where they were not `all_found` in time, others may ask as little.
    """

    fixed: Mapping[Cell, int]
    free: Mapping[Cell, tuple[int, ...]]
    linked: tuple[Linked, ...]
    all_found: bool = True

    @property
    def number(self) -> int:
        """How many they are."""
        frees = prod(len(outcomes) for outcomes in self.free.values())
        return frees * prod(len(linked.combinations) for linked in self.linked)

    @property
    def complete(self) -> bool:
        return self.all_found and all(linked.complete for linked in self.linked)

    def first(self) -> dict[Cell, int]:
        """The first of them in the agenda's order."""
        package = {**self.fixed, **{cell: outcomes[0] for cell, outcomes in self.free.items()}}
        for linked in self.linked:
            package |= zip(linked.cells, linked.combinations[0], strict=True)
        return package


class Share(NamedTuple):
    """What the least-concession packages mean for one party; `depends` varies among them."""

    gets: tuple[Cell, ...]
    lives_with: tuple[Cell, ...]
    gives: tuple[Cell, ...]
    still_to_say: tuple[Cell, ...]
    depends: tuple[Cell, ...]
    red_lines: tuple[Cell, ...]
    beyond: tuple[Cell, ...]


class Deals(NamedTuple):
    """The result; `bound` is the least that every package is proved to ask."""

    problem: Problem
    day: date
    basis: Basis
    fixed: Named
    answer: Answer
    proved: bool
    asks: Asks | None
    bound: Asks
    packages: Packages | None
    shares: Mapping[str, Share]
    unsaid: Mapping[str, int]
    knots: tuple[Knot, ...]
    all_knots: bool
    left_out: tuple[Cell, ...]
    frontier: Frontier | None = None

    @property
    def parties(self) -> tuple[str, ...]:
        return self.problem.parties

    @property
    def newest(self) -> dict[str, PartialDate | None]:
        """The day of each party's newest evidence in force on the issues of the packages."""
        table = self.problem.table
        return table.newest(table.dossier.issues.keys() - self.problem.without)


def find_deals(
    dossier: Dossier,
    parties: Sequence[str],
    as_of: date | str | None = None,
    basis: Basis = "inferred",
    fixed: Named = NOTHING,
    without: Collection[str] = (),
    held: Collection[str] = (),
    everything: bool = False,
    frontier: bool = False,
    time_limit: float | None = 30,
) -> Deals:
    """Search for packages that two or more parties, given by their ids, could all sign.

    `fixed` leaves only these outcomes, `without` leaves issues out, `held` are parties whose no
    rules a package out. `everything` lists all ways out and deadlocks of a knot rather than ten;
    `frontier` looks for the frontier too.
    After `time_limit` seconds it is the best found, with `proved` false.

    Raises WrongUsage for fewer than two parties, one named twice, or an `as_of` that is no date,
    and KeyError for an id that is no party's or no issue's.
    """
    check_parties(parties)
    day = day_of(as_of, dossier.closed)
    clock = Clock(time_limit)
    table = Table(dossier, parties, day, basis, fixed)
    masks = {cell: table.space(cell).mask(outcomes) for cell, outcomes in fixed.items()}
    problem = problem_of(table, masks, without, held)
    search = _Search(problem, everything, clock)
    every = [cell for issue in dossier.issues.values() for cell in issue.cells()]
    return Deals(
        problem=problem,
        day=day,
        basis=basis,
        fixed=fixed,
        answer=search.answer,
        proved=search.proved,
        asks=None if search.least.package is None else search.least.asks,
        bound=search.least.bound,
        packages=search.packages,
        shares=search.shares,
        unsaid=search.unsaid,
        knots=search.knots,
        all_knots=search.all_knots,
        left_out=tuple(cell for cell in every if cell not in problem.domains),
        frontier=frontier_of(problem, clock) if frontier and search.packages else None,
    )


class _Search:
    """One search: a least-concession package, then all of them, then the sticking points."""

    def __init__(self, problem: Problem, everything: bool, clock: Clock) -> None:
        self.problem = problem
        self.clock = clock
        self.facts = Facts(problem)
        self.least = least(self.facts, clock)
        self.packages: Packages | None = None
        self.shares: Mapping[str, Share] = {}
        self.unsaid: Mapping[str, int] = {}
        self.knots: tuple[Knot, ...] = ()
        self.all_knots = True
        self.proved = self.least.proved
        self.described = True
        self.answer: Answer = _answer(self.least)
        if self.least.package is not None:
            self._describe(self.least.package, everything)

    def _describe(self, package: Mapping[Cell, int], everything: bool) -> None:
        problem = self.problem
        says = {one: problem.says(one, package) for one, _ in problem.positions()}
        self.unsaid = {
            party: sum(response == "unsaid" for one, response in says.items() if one.party == party)
            for party in problem.parties
        }
        left = possible(self.facts, self.clock) if self.least.proved else None
        if left is None or not left.complete:
            self.described = False
            left = _only(package, problem)
        self.packages = self._packages(left, package)
        self.shares = {party: _share(problem, party, left) for party in problem.parties}
        if self.answer == "blocked":
            moved = {one for one, response in says.items() if response in ("gives", "crosses")}
            self.knots, self.all_knots = knots_of(
                problem, groups(problem), moved, everything, self.clock
            )

    def _packages(self, left: Possible, known: Mapping[Cell, int]) -> Packages:
        """The remaining packages; `known` is one of them, and the result if time runs out."""
        domains = {
            cell: tuple(one for one in domain if one in left.outcomes[cell])
            for cell, domain in self.problem.domains.items()
        }
        narrowed = self.problem._replace(domains=domains)
        fixed = {cell: domain[0] for cell, domain in domains.items() if len(domain) == 1}
        free: dict[Cell, tuple[int, ...]] = {}
        linked: list[Linked] = []
        for group in groups(narrowed):
            if len(group.cells) == 1:
                free[group.cells[0]] = domains[group.cells[0]]
            elif group.cells:
                facts = Facts(narrowed, group.positions, group.cells)
                rows, complete = combinations(facts, group.cells, _MOST, self.clock)
                rows = rows or [tuple(known[cell] for cell in group.cells)]
                apart, together = _parted(group.cells, rows, complete, domains, self.clock)
                free |= apart
                linked += together
        in_order = {cell: free[cell] for cell in domains if cell in free}
        return Packages(fixed, in_order, tuple(linked), self.described)


def _answer(found: Least) -> Answer:
    if found.package is None or any(found.asks[:4]):
        return "blocked"
    # A package of nothing has no yes that could be agreed.
    return "open" if any(found.asks[4:]) or not found.package else "agreed"


def _only(package: Mapping[Cell, int], problem: Problem) -> Possible:
    """The result if only one package is known."""
    outcomes = {cell: {outcome} for cell, outcome in package.items()}
    answers: dict[Position, set[str]] = {}
    for position, stance in problem.positions():
        says: Response = problem.says(position, package)
        wanted = package[position.cell] & (stance.demands | stance.proposes)
        answers[position] = {says if says != "yes" else "gets" if wanted else "lives"}
    return Possible(outcomes, answers, complete=False)


def _parted(
    cells: tuple[Cell, ...],
    rows: Sequence[tuple[int, ...]],
    complete: bool,
    domains: Mapping[Cell, tuple[int, ...]],
    clock: Clock,
) -> tuple[dict[Cell, tuple[int, ...]], list[Linked]]:
    """The cells of a group that are free, and those that are linked."""
    order = {cell: {outcome: at for at, outcome in enumerate(domains[cell])} for cell in cells}

    def in_agenda_order(
        some: Iterable[tuple[int, ...]], which: Sequence[Cell]
    ) -> list[tuple[int, ...]]:
        return sorted(
            set(some),
            key=lambda row: [order[cell][one] for cell, one in zip(which, row, strict=True)],
        )

    try:
        found = factors(rows, clock) if complete else None
    except OutOfTime:
        found = None
    if found is None:
        return {}, [Linked(cells, tuple(in_agenda_order(rows, cells)), complete=False)]
    free: dict[Cell, tuple[int, ...]] = {}
    linked = []
    for columns in found:
        some = tuple(cells[column] for column in columns)
        parts = in_agenda_order((tuple(row[column] for column in columns) for row in rows), some)
        if len(some) == 1:
            free[some[0]] = tuple(one for (one,) in parts)
        else:
            linked.append(Linked(some, tuple(parts), complete=True))
    return free, linked


def _share(problem: Problem, party: str, left: Possible) -> Share:
    told: dict[str, list[Cell]] = {}
    crossed = []
    for cell in problem.domains:
        answers = left.answers.get(Position(party, cell), set())
        if "crosses" in answers:
            crossed.append(cell)
        if answers <= {"gives", "crosses"}:
            told.setdefault("gives", []).append(cell)
        else:
            told.setdefault(answers.copy().pop() if len(answers) == 1 else "depends", []).append(
                cell
            )
    gets, lives, gives, unsaid, depends, beyond = (
        tuple(told.get(key, ()))
        for key in ("gets", "lives", "gives", "unsaid", "depends", "beyond")
    )
    return Share(gets, lives, gives, unsaid, depends, tuple(crossed), beyond)
