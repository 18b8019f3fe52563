"""A search for packages: the cells, their outcomes, and the positions of some parties."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.ballots import abstentions
from claimpos.comparison.table import PositionTable, all_named
from claimpos.comparison.truth import Truth
from claimpos.deals.elimination import NO_BUDGET, Budget
from claimpos.deals.responses import Response, beyond_offers, response_in, response_to
from claimpos.deals.set_families import bits
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import NOTHING, Cell, Worth
from claimpos.dossier.outcomes import QuantitySpace, Space
from claimpos.errors import WrongUsage

if TYPE_CHECKING:
    from claimpos.deals.thresholds import Thresholds

Domains = Mapping[Cell, tuple[int, ...]]
"""The outcomes that a package may have in each cell, in the agenda's order."""


Concessions = tuple[int, int, int, int, int, int]
"""Red lines given up; demands dropped, of high, medium or no, and low priority; figures beyond an
offer; no answers.
"""

RANKS = (6, 5, 4, 3, 2, 1)
"""The priorities of these counts in the model."""

_DEMANDS = {"high": 1, "medium": 2, "low": 3}
_OTHERS = {"crosses": 0, "beyond": 4, "unsaid": 5}
# The places of these counts: of demands by their priority, and of other responses.


class Position(NamedTuple):
    """What a party's entry says about one cell, conditions included."""

    party: str
    cell: Cell


class OfferKey(NamedTuple):
    """An offer that a party's position is part of, and whose it is: its own or its group's."""

    party: str
    holder: str
    id: str


NO_OFFER = OfferKey("", "", "")

Terms = Mapping[Cell, int]
"""What the party would accept in each cell that its offer speaks of."""

NO_POSITIONS: Mapping[Position, int] = MappingProxyType({})


class Problem(NamedTuple):
    """The outcomes to choose from, and the parties whose positions count.

    An outcome is a set of outcomes of the cell's space between which no position makes a
    difference: an option, or the longest possible range of a quantity. `held` are the parties
    whose no rules a package out, `without` the issues left out. A yes that is part of one of the
    `offers` counts only in packages that have all of its terms. `beyond` is what lies beyond the
    offers of a party. `thresholds` rule out what is worth too little by parties' own points.
    """

    table: PositionTable
    domains: Domains
    held: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    offers: Mapping[OfferKey, Terms] = NOTHING
    beyond: Mapping[Position, int] = NO_POSITIONS
    thresholds: "Thresholds | None" = None

    @property
    def parties(self) -> tuple[str, ...]:
        return self.table.parties

    @property
    def binding(self) -> Iterable[Cell]:
        """The cells whose outcomes decide whether a package is worth enough to all."""
        thresholds = self.thresholds
        return () if thresholds is None or not thresholds.bind(self.domains) else thresholds.losses

    def budget(
        self, variables: Sequence[Sequence[Cell]], domains: Sequence[Sequence[int]]
    ) -> Budget:
        """What choices of outcomes may use up, if parties' own points rule some out."""
        if self.thresholds is None:
            return NO_BUDGET
        return self.thresholds.budget(variables, domains)

    def is_worth_enough(self, package: Mapping[Cell, int]) -> bool:
        """Whether parties' own points do not rule a package out."""
        return self.thresholds is None or self.thresholds.admit(package)

    def positions(self) -> Iterator[tuple[Position, Stance]]:
        """Every party's stance on every cell, even if it has no recorded position."""
        for cell in self.domains:
            for party in self.parties:
                yield Position(party, cell), self.table.stance(party, cell)

    def is_open(self, clause: Clause) -> bool:
        """Whether a condition requires something that no package settles."""
        return clause.is_open or any(cell.issue in self.without for cell, _ in clause.requires)

    def says(self, position: Position, package: Mapping[Cell, int]) -> Response:
        """How a party responds to a cell of a package."""
        beyond = self.beyond.get(position, 0)
        stance = self.table.stance(*position)
        says = response_in(stance, package[position.cell], package, beyond)
        offer = self.offer(position) if says == "yes" else None
        if offer is None or package[position.cell] & self.answered(position):
            return says
        terms = self.offers[offer].items()
        return says if all(package.get(cell, 0) & mask for cell, mask in terms) else "unsaid"

    def answered(self, position: Position) -> int:
        """The outcomes that a party accepts by its answer to a text, whatever it has offered."""
        return _accepted(self.table, position, by_answer=True)

    def says_if_unmet(self, position: Position, outcome: int) -> Response:
        """How a party responds to an outcome if all its conditions for it fail."""
        beyond = self.beyond.get(position, 0)
        return response_to(self.table.stance(*position), outcome, Truth.FALSE, beyond)

    def offer(self, position: Position) -> OfferKey | None:
        """The offer that a position is part of."""
        return _offer(self.table, *position) if self.offers else None

    def bearing(self, position: Position) -> Iterator[Cell]:
        """The cells on whose outcomes a response may depend, its own first, some more than once."""
        yield position.cell
        wanted = reduce(or_, self.domains[position.cell])
        for clause in self.table.stance(*position).conditions_for(wanted):
            yield from (cell for cell, _ in clause.requires)
        yield from self.offers.get(self.offer(position) or NO_OFFER, ())

    def concessions(
        self, positions: Iterable[Position], package: Mapping[Cell, int]
    ) -> tuple[Concessions, ...]:
        """The concessions that a package needs from each party in some of its positions."""
        counts = {party: [0, 0, 0, 0, 0, 0] for party in self.parties}
        for position in positions:
            says = self.says(position, package)
            if says == "gives":
                entry = self.table.entry_on(*position)
                priority = (entry and entry.priority) or "medium"
                counts[position.party][_DEMANDS[priority]] += 1
            elif says != "yes":
                counts[position.party][_OTHERS[says]] += 1
        return tuple((a, b, c, d, e, f) for a, b, c, d, e, f in counts.values())


def ranked(priorities: Iterable[int], counts: Iterable[int]) -> Concessions:
    """The counts of these priorities in the model; of all others, nothing."""
    by_rank = dict(zip(priorities, counts, strict=False))
    six, five, four, three, two, one = (by_rank.get(rank, 0) for rank in RANKS)
    return six, five, four, three, two, one


def problem_of(
    table: PositionTable,
    fixed: Mapping[Cell, int],
    without: Collection[str] = (),
    held: Iterable[str] = (),
) -> Problem:
    """The search among all packages that have one of the outcomes `fixed` in each such cell.

    Raises WrongUsage where the parties and the cells come to more positions than the limit, or
    their own points to more.
    """
    named = set(fixed)
    for party in table.parties:
        for issue in table.dossier.issues:
            entry = table.entry(party, issue)
            if entry is not None and issue not in without:
                named.update(cell for cell, _ in all_named(entry))
    cells = [
        cell
        for issue in table.dossier.issues.values()
        for cell in issue.cells()
        if cell in named and issue.id not in without
    ]
    _check_size(table, cells)
    told_apart = _marks(table, cells, without)
    every = {
        cell: tuple(
            outcome
            for outcome in _outcomes(table.space(cell), told_apart.get(cell), fixed.get(cell))
            if not outcome & ~fixed.get(cell, ~abstentions(table, cell))
        )
        for cell in cells
    }
    # Where all options are abstentions, there is nothing to settle.
    domains = {cell: domain for cell, domain in every.items() if domain or cell in fixed}
    beyond = {
        Position(party, cell): mask
        for cell in domains
        for party, mask in beyond_offers(table, cell).items()
    }
    thresholds = _thresholds(table, domains, without)
    offers = _offers(table)
    return Problem(table, domains, tuple(held), frozenset(without), offers, beyond, thresholds)


def worth_on(table: PositionTable) -> dict[str, Worth]:
    """The points that parties of a table state, as far as evidence of its day goes."""
    found = {}
    for party in table.parties:
        worth = table.dossier.parties[party].worth
        if worth and any(said.said.first <= table.day for said in worth.evidence):
            found[party] = worth
    return found


def _thresholds(
    table: PositionTable, domains: Mapping[Cell, Sequence[int]], without: Collection[str]
) -> "Thresholds | None":
    worth = worth_on(table)
    if not worth:
        return None
    from claimpos.deals.scored_values import check_size
    from claimpos.deals.thresholds import thresholds_of

    check_size(table.dossier, worth.values())
    return thresholds_of(table, domains, without)


def _offer(table: PositionTable, party: str, cell: Cell) -> OfferKey | None:
    entry = table.entry_on(party, cell)
    if entry is None or entry.offer is None:
        return None
    return OfferKey(party, entry.group or party, entry.offer.id)


def _offers(table: PositionTable) -> dict[OfferKey, dict[Cell, int]]:
    """The terms of each offer that is in force."""
    offers: dict[OfferKey, dict[Cell, int]] = {}
    for party in table.parties:
        for issue in table.dossier.issues.values():
            for cell in issue.cells() if table.entry(party, issue.id) else ():
                if (offer := _offer(table, party, cell)) is None:
                    continue
                stance = table.stance(party, cell)
                named = _accepted(table, Position(party, cell), by_answer=False)
                if accepted := stance.demands | stance.proposes | named:
                    offers.setdefault(offer, {})[cell] = accepted
    return offers


def _accepted(table: PositionTable, position: Position, by_answer: bool) -> int:
    """What a party accepts by an answer to a text without conditions, or by its entry."""
    entry, cell = table.entry_on(*position), position.cell
    return reduce(
        or_,
        (
            table.space(cell).mask(one.outcomes[cell])
            for one in (entry.accepts_on(cell) if entry else ())
            if (one.answer is not None and not one.conditional if by_answer else not one.answer)
        ),
        0,
    )


def _check_size(table: PositionTable, cells: Collection[Cell]) -> None:
    number, most = len(table.parties) * len(cells), limit("deals-positions")
    if number > most:
        raise WrongUsage(
            f"{len(table.parties):,} parties on {len(cells):,} issues and sub-issues are "
            f"{number:,} positions, more than the {most:,} that a search takes; name fewer "
            f"parties, leave issues out with --without, or, {how_to_raise('deals-positions')}"
        )


def _marks(
    table: PositionTable, cells: Iterable[Cell], without: Collection[str]
) -> dict[Cell, list[int]]:
    """The sets of values of each quantity that a position or a condition of a package names."""
    marks: dict[Cell, list[int]] = {
        cell: [] for cell in cells if isinstance(table.space(cell), QuantitySpace)
    }
    if not marks:
        return {}
    issues = [issue for key, issue in table.dossier.issues.items() if key not in without]
    every = [cell for issue in issues for cell in issue.cells()]
    for party in table.parties:
        for cell in every:
            if table.entry(party, cell.issue) is None:
                continue
            stance = table.stance(party, cell)
            clauses = stance.clauses
            for clause in clauses:
                for other, mask in clause.requires:
                    if other in marks:
                        marks[other].append(mask)
            if cell in marks:
                marks[cell] += (stance.demands, stance.proposes, stance.accepts, stance.refuses)
                marks[cell] += (stance.yes, stance.conditional)
                marks[cell] += [clause.mask & stance.conditional for clause in clauses]
                if _offer(table, party, cell) is not None:
                    # A yes to a text counts without the other terms of the offer.
                    marks[cell].append(_accepted(table, Position(party, cell), by_answer=True))
    return marks


def _outcomes(space: Space, marks: list[int] | None, fixed: int | None) -> Iterator[int]:
    """The options of a cell; ranges of a quantity that no position distinguishes are merged.

    `marks` are there for a quantity only. A piece is told apart from the one below it where some
    mark has only one of the two. A gap, which has no value, goes with the piece below it.
    """
    if marks is None:
        yield from bits(space.full)
        return
    starts = space.full & -space.full
    for mark in [*marks, *([] if fixed is None else [fixed])]:
        filled = mark | (mark << 1 & ~space.full)
        starts |= (filled ^ filled << 1) & space.full
    ends = [bit.bit_length() - 1 for bit in bits(starts)]
    for first, after in pairwise([*ends, space.full.bit_length()]):
        yield space.full & ((1 << after) - (1 << first))
