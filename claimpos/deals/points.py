"""What a package asks each party to give, point by point, whatever verb it used.

A point is a cell, or the sub-issues of an issue on which every party says the same. A party gives
at a point if it does not say yes to the outcome although it has said yes to something there, or if
it has refused the outcome. It gives half if a figure lies strictly between a yes of its own and one
of another party, with no other yes between.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import or_
from typing import NamedTuple

from claimpos.deals.choices import Cost, Values
from claimpos.deals.elimination import Factor
from claimpos.deals.offer_terms import OfferTerms
from claimpos.deals.problem import NO_OFFER, OfferKey, Position, Problem, worth_on
from claimpos.deals.responses import Response
from claimpos.dossier.model import NOTHING, Cell, Points
from claimpos.dossier.outcomes import QuantitySpace

HALF, WHOLE = 1, 2
"""What a party gives at a point, in halves."""

Package = Mapping[Cell, int]

_FEW_TERMS = 1
"""Of an offer with more terms than these, what a party gives depends on their largest level."""


class Point(NamedTuple):
    """Cells that are settled alike, and the outcomes that they may have."""

    cells: tuple[Cell, ...]
    outcomes: tuple[int, ...]


class GivenPoints(NamedTuple):
    """What a party gives in a package: points, in halves, and how many red lines among them."""

    points: int
    red_lines: int


def points_of(problem: Problem) -> list[Point]:
    """The cells of a search, those together on which every party says the same.

    Nor may the points differ that a party gives there, if it asks for some at least.
    """
    asking = [one.points for one in worth_on(problem.table).values() if one.at_least is not None]
    alike: dict[tuple[object, ...], list[Cell]] = {}
    for cell, outcomes in problem.domains.items():
        positions = [Position(party, cell) for party in problem.parties]
        said = [(problem.table.stance(*one), problem.offer(one)) for one in positions]
        points = [_comparable(scales.get(cell, ())) for scales in asking]
        alike.setdefault((cell.issue, outcomes, *said, *points), []).append(cell)
    return [Point(tuple(cells), problem.domains[cells[0]]) for cells in alike.values()]


def _comparable(points: Points) -> frozenset[object]:
    return frozenset(points.items() if isinstance(points, Mapping) else points)


class Giving:
    """What each party gives at each point, as costs of the points' outcomes.

    With `keep_red_lines` there is one more that costs are counted for, behind the parties: it bears
    every red line given up.
    """

    def __init__(self, problem: Problem, keep_red_lines: bool = False) -> None:
        self.problem = problem
        self.points = points_of(problem)
        self.keep_red_lines = keep_red_lines
        self._variable = {cell: at for at, point in enumerate(self.points) for cell in point.cells}
        self._others: dict[Position, int] = {}
        terms = {key: self._terms_of(key) for key in problem.offers}
        self._terms = {key: one for key, one in terms.items() if one is not None}
        several = [key for key, one in self._terms.items() if len(one.reachable) > 1]
        self._level = {key: at for at, key in enumerate(several, start=len(self.points))}

    @property
    def domains(self) -> list[tuple[int, ...]]:
        """The outcomes of each point and, behind them, the levels of offers with many terms."""
        levels = [self._terms[key].reachable for key in self._level]
        return [*(point.outcomes for point in self.points), *levels]

    @property
    def helpers(self) -> Collection[int]:
        """The variables that stand for levels of offers."""
        return {*self._level.values()}

    @property
    def counted(self) -> int:
        """For how many costs are counted."""
        return len(self.problem.parties) + self.keep_red_lines

    def factors(self) -> Iterator[Factor]:
        """The costs for each party at each point, but where it says nothing."""
        for at, point in enumerate(self.points):
            for number, party in enumerate(self.problem.parties):
                stance = self.problem.table.stance(party, point.cells[0])
                if stance.yes or stance.no or stance.conditional:
                    yield self._factor(at, number)
                if self.keep_red_lines and stance.refuses:
                    yield self._red_lines(at, party)

    def conceding(self, pattern: int) -> Iterator[tuple[str, Point]]:
        """Which parties concede at which points in a pattern."""
        for at, point in enumerate(self.points):
            for number, party in enumerate(self.problem.parties):
                if pattern & self._bit(number, at):
                    yield party, point

    def may_cross(self, party: str, point: Point) -> bool:
        """Whether some outcome at a point is beyond a red line of the party."""
        return any(self.problem.table.stance(party, cell).refuses for cell in point.cells)

    def package(self, variables: Sequence[int], values: Values) -> dict[Cell, int]:
        """The outcomes that some points have, cell by cell."""
        return {
            cell: value
            for variable, value in zip(variables, values, strict=True)
            for cell in self.points[variable].cells
        }

    def red_lines(self, variables: Sequence[int], package: Package) -> list[int]:
        """At how many of some points each party gives up a red line."""
        return [
            sum(
                any(self._says(Position(party, cell), package) == "crosses" for cell in cells)
                for cells in (self.points[variable].cells for variable in variables)
            )
            for party in self.problem.parties
        ]

    def given(self, package: Package) -> dict[str, GivenPoints]:
        """What each party gives in a whole package."""
        reds = self.red_lines(range(len(self.points)), package)
        return {
            party: GivenPoints(
                sum(
                    max(self.amount(Position(party, cell), package) for cell in point.cells)
                    for point in self.points
                ),
                number,
            )
            for party, number in zip(self.problem.parties, reds, strict=True)
        }

    def amount(self, position: Position, package: Package) -> int:
        """What a party gives in a cell of a package, in halves."""
        says = self._says(position, package)
        stance = self.problem.table.stance(*position)
        outcome = package[position.cell]
        refused = bool(outcome & stance.refuses)
        if says == "yes" or not (stance.yes | stance.conditional or refused):
            return 0
        demands_another = bool(stance.demands and not outcome & stance.demands)
        if not (refused or demands_another) and self._gives_the_price(position, package):
            return 0
        return HALF if self._is_between(position, outcome) else WHOLE

    def least(self, point: Point, outcome: int) -> int:
        """What all parties together give at least where a point has an outcome, in halves."""
        given = 0
        for party in self.problem.parties:
            position = Position(party, point.cells[0])
            stance = self.problem.table.stance(*position)
            said_yes = stance.yes | stance.conditional
            if not outcome & said_yes and (said_yes or outcome & stance.refuses):
                given += HALF if self._is_between(position, outcome) else WHOLE
        return given

    def _says(self, position: Position, package: Package) -> Response:
        return self.problem.says(position, package)

    def _bit(self, party: int, point: int) -> int:
        """That a party gives at a point; the next higher bit says that it gives half."""
        return 1 << 2 * (point * len(self.problem.parties) + party)

    def _terms_of(self, offer: OfferKey) -> OfferTerms | None:
        """The terms of an offer; None if they are few, or no package has all of them."""
        terms = self.problem.offers[offer]
        if not terms.keys() <= self._variable.keys():
            return None
        levels: dict[int, dict[int, int]] = {}
        for at in dict.fromkeys(self._variable[cell] for cell in terms):
            for outcome in self.points[at].outcomes:
                package = dict.fromkeys(self.points[at].cells, outcome)
                unpaid = [one for one in package if one in terms and not outcome & terms[one]]
                given = all(self._gives_outright(offer.party, one, package) for one in unpaid)
                levels.setdefault(at, {})[outcome] = (1 if given else 2) if unpaid else 0
        return OfferTerms(levels) if len(levels) > _FEW_TERMS else None

    def _offer(self, at: int, party: str) -> OfferKey:
        """The offer that a party's position at a point is part of."""
        return self.problem.offer(Position(party, self.points[at].cells[0])) or NO_OFFER

    def _settled(self, scope: Sequence[int], values: Values, offer: OfferKey) -> Package | None:
        """Outcomes from which follows what a party gives; None if these values never go together.

        Of an offer with many terms they are such that its level is the one given. A level above the
        right one need not be ruled out: with it, nobody gives less.
        """
        known = {at: one for at, one in zip(scope, values, strict=True) if at < len(self.points)}
        if (terms := self._terms.get(offer)) is not None:
            level = values[-1] if offer in self._level else terms.least
            rest = terms.outcomes(known, level)
            if rest is None:
                return None
            known |= rest
        return self.package([*known], tuple(known.values()))

    def _scope(self, at: int, party: str) -> tuple[int, ...]:
        """The variables on which it depends what a party gives at a point."""
        problem, point, offer = self.problem, self.points[at], self._offer(at, party)
        wanted = reduce(or_, point.outcomes)
        bearing: list[Cell] = []
        for cell in point.cells:
            for clause in problem.table.stance(party, cell).conditions_for(wanted):
                bearing += (other for other, _ in clause.requires)
        if offer not in self._terms:
            terms = problem.offers.get(offer, NOTHING)
            bearing += terms if terms.keys() <= self._variable.keys() else ()
        others = (self._variable[cell] for cell in bearing if cell in self._variable)
        level = [self._level[offer]] if offer in self._level else []
        return tuple(dict.fromkeys(chain([at], others, level)))

    def _factor(self, at: int, number: int) -> Factor:
        point, party, problem = self.points[at], self.problem.parties[number], self.problem
        scope, offer = self._scope(at, party), self._offer(at, party)
        positions = [Position(party, cell) for cell in point.cells]
        entry = problem.table.entry_on(*positions[0])
        high = int(entry is not None and entry.priority == "high")

        def cost(values: Values) -> Cost | None:
            package = self._settled(scope, values, offer)
            if package is None:
                return None
            said = [self._says(one, package) for one in positions]
            if party in problem.held and {"gives", "crosses"} & {*said}:
                return None
            amount = max(self.amount(one, package) for one in positions)
            if amount:
                far = self._distance(positions[0], values[0])
                whole = self._bit(number, at)
                pattern = whole | whole << 1 if amount == HALF else whole
                return Cost(number, amount, high, pattern, 0, far)
            stance = problem.table.stance(*positions[0])
            is_unanswered = not (stance.yes | stance.conditional) and said[0] != "yes"
            return Cost(number, answers=len(positions) * is_unanswered)

        return Factor(scope, cost)

    def _red_lines(self, at: int, party: str) -> Factor:
        scope, offer, cells = self._scope(at, party), self._offer(at, party), self.points[at].cells

        def cost(values: Values) -> Cost | None:
            package = self._settled(scope, values, offer)
            if package is None:
                return None
            given_up = any(
                self._says(Position(party, cell), package) == "crosses" for cell in cells
            )
            return Cost(len(self.problem.parties), WHOLE * given_up)

        return Factor(scope, cost)

    def _gives_the_price(self, position: Position, package: Package) -> bool:
        """Whether a price that was not paid is one that the party does not want itself.

        The price of an outcome is what its condition requires, or the other terms of its offer.
        """
        return any(
            unpaid and all(self._gives_outright(position.party, cell, package) for cell in unpaid)
            for unpaid in self._unpaid(position, package)
        )

    def _unpaid(self, position: Position, package: Package) -> Iterator[list[Cell]]:
        """For each price of an outcome, the cells where the package does not pay it."""
        stance, problem = self.problem.table.stance(*position), self.problem
        outcome = package[position.cell]
        for clause in stance.conditions_for(outcome):
            if not problem.is_open(clause):
                yield [cell for cell, mask in clause.requires if not package[cell] & mask]
        offer = problem.offer(position)
        if offer is not None and outcome & stance.yes & ~problem.answered(position):
            terms = problem.offers[offer]
            if all(cell in package for cell in terms):
                yield [cell for cell, mask in terms.items() if not package[cell] & mask]

    def _gives_outright(self, party: str, cell: Cell, package: Package) -> bool:
        """Whether it gives in a cell for another reason than a price that was not paid."""
        stance = self.problem.table.stance(party, cell)
        said_yes = stance.yes | stance.conditional
        outcome = package[cell]
        return not outcome & said_yes and bool(said_yes or outcome & stance.refuses)

    def _is_between(self, position: Position, outcome: int) -> bool:
        """Whether figures lie strictly between a yes of the party and the nearest of another."""
        table = self.problem.table
        if not isinstance(table.space(position.cell), QuantitySpace):
            return False
        own, others = table.stance(*position).yes, self._yes_of_others(position)
        everybody = own | others
        below, above = everybody & (outcome & -outcome) - 1, everybody >> outcome.bit_length()
        if everybody & outcome or not below or not above:
            return False
        low = 1 << below.bit_length() - 1
        high = (above & -above) << outcome.bit_length()
        return bool((low & own and high & others) or (low & others and high & own))

    def _yes_of_others(self, position: Position) -> int:
        """The outcomes of a cell to which a party other than the position's has said yes."""
        if position not in self._others:
            table, (party, cell) = self.problem.table, position
            stances = (table.stance(one, cell) for one in self.problem.parties if one != party)
            self._others[position] = reduce(or_, (stance.yes for stance in stances), 0)
        return self._others[position]

    def _distance(self, position: Position, outcome: int) -> int:
        """How many outcomes of a quantity lie from a figure to the nearest yes of the party."""
        table = self.problem.table
        own = table.stance(*position).yes
        if not own or outcome & own or not isinstance(table.space(position.cell), QuantitySpace):
            return 0
        domain = self.problem.domains[position.cell]
        below, above = own & (outcome & -outcome) - 1, own >> outcome.bit_length()
        steps = []
        # An outcome may be of several figures, of which the largest tells its place.
        at, places = outcome.bit_length(), [one.bit_length() for one in domain]
        if below:
            steps.append(sum(below.bit_length() < one < at for one in places))
        if above:
            nearest = at + (above & -above).bit_length()
            steps.append(sum(at < one < nearest for one in places))
        return 1 + min(steps, default=0)
