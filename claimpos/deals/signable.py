"""What could be signed now: the largest sets of cells to whose outcomes every party has said yes.

Where a decision rule of the agenda applies, its members decide instead of all parties, but for what
one of those held votes against.

A condition counts as met only if the set itself meets it, and a yes that is part of an offer only
if the set has all of the offer's terms. Outcomes in which nothing is agreed do not count, and an
issue only if what it presupposes is in the set, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from math import prod
from operator import and_, or_
from typing import NamedTuple

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.truth import Truth
from claimpos.deals.choices import Choices, Cost, Values
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.elimination import Factor, Part, parts_of
from claimpos.deals.problem import NO_OFFER, OfferKey, Position, Problem
from claimpos.deals.responses import responses_in
from claimpos.deals.voting import is_held_against, passes_in
from claimpos.dossier.model import Cell, Presupposed

Text = Mapping[Cell, int]
"""The outcomes of some cells; several of a cell stand open."""


class MissingYes(NamedTuple):
    """A cell that lacks only one party's yes, to any of some outcomes.

    `pending` are those of them that the party would accept on conditions.
    """

    cell: Cell
    party: str
    outcomes: int
    pending: int


class Defeated(NamedTuple):
    """Yeses that could no longer count, because a condition or an offer could then not be met.

    `by` are the cells whose outcomes would see to that.
    """

    party: str
    cells: tuple[Cell, ...]
    outcomes: tuple[int, ...]
    offer: OfferKey | None
    by: tuple[Cell, ...]


class Signable(NamedTuple):
    """What could be signed now.

    `settled` are the cells of every largest set, with all outcomes that they have in any. Where
    the largest sets differ in cells, each has one of the `alternatives`, for each part of the
    agenda. `size` counts the cells of a set, and no set has more than `most`; `number` counts the
    sets, all of them if `counted`. `linked` tells that not all outcomes of `settled` go together;
    it is None if there are too many to tell.
    Without `proved`, there were too many combinations or, if not `in_time`, time ran out.
    """

    settled: Text
    alternatives: tuple[tuple[Text, ...], ...]
    size: int
    most: int
    number: int
    counted: bool
    linked: bool | None
    proved: bool
    missing: tuple[MissingYes, ...]
    defeated: tuple[Defeated, ...]
    in_time: bool = True


def signable(problem: Problem, clock: Clock) -> Signable:
    """What could be signed now; out of time, what needs no condition and no offer, and no more."""
    search, in_time = _Search(problem), True
    try:
        parts = search.parts(clock)
    except OutOfTime:
        parts, in_time = [], False
    if any(not part.choices and part.complete for part in parts):
        found = Signable({}, (), 0, 0, 1, True, False, True, (), ())
    elif parts and all(part.complete for part in parts):
        found = search.largest(parts)
    elif search.candidates and problem.thresholds is None:
        found = search.outright()
    else:
        most = len(search.candidates)
        found = Signable({}, (), 0, most, 1, not most, False, not most, (), ())
    found = found._replace(in_time=in_time)
    if clock.over and not found.proved:
        return found
    return found._replace(
        missing=tuple(search.missing(found)), defeated=tuple(_defeated(problem, found.settled))
    )


class _Search:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ballots = Ballots(problem.table, problem.parties)
        self.candidates = {cell: mask for cell in problem.domains if (mask := self._at_best(cell))}
        self.cells = list(self.candidates)

    def _at_best(self, cell: Cell) -> int:
        """The outcomes of a cell that could be signed if all conditions were met."""
        agreeing = self._agreeing(cell)
        if self.ballots.of(cell.issue) is None:
            return reduce(and_, self._would_accept(cell), agreeing)
        return reduce(
            or_,
            (
                one & agreeing
                for one in self.problem.domains[cell]
                if one & agreeing
                and self.ballots.result(cell, one, lambda clause: Truth.TRUE) is Truth.TRUE
            ),
            0,
        )

    def _would_accept(self, cell: Cell) -> Iterator[int]:
        for party in self.problem.parties:
            stance = self.problem.table.stance(party, cell)
            yield stance.yes | stance.conditional

    def _agreeing(self, cell: Cell) -> int:
        """The outcomes of a cell in which something is agreed."""
        table = self.problem.table
        nothing = table.space(cell).mask(table.dossier.issues[cell.issue].no_agreement)
        return reduce(or_, self.problem.domains[cell], 0) & ~nothing

    def parts(self, clock: Clock) -> list[Part]:
        """The largest sets, part by part; a variable that is 0 is a cell outside the set.

        Raises OutOfTime.
        """
        domains = [
            [0, *(one for one in self.problem.domains[cell] if one & mask)]
            for cell, mask in self.candidates.items()
        ]
        number = {cell: at for at, cell in enumerate(self.cells)}
        factors = [self._factor(cell, number) for cell in self.cells]
        budget = self.problem.budget([[cell] for cell in self.cells], domains)
        return parts_of(domains, factors, 1, clock, budget)

    def _factor(self, cell: Cell, number: Mapping[Cell, int]) -> Factor:
        bearing = dict.fromkeys([cell, *self._bearing(cell)])
        cells = [one for one in bearing if one in number]
        bit = 1 << number[cell]

        def cost(values: Values) -> Cost | None:
            text = {one: value for one, value in zip(cells, values, strict=True) if value}
            if cell not in text:
                return Cost(amount=1, pattern=bit)
            return Cost() if self._is_signed(cell, text) else None

        return Factor(tuple(number[one] for one in cells), cost)

    def _bearing(self, cell: Cell) -> Iterator[Cell]:
        """The cells on which it may depend whether a cell can be in the set."""
        problem, wanted = self.problem, self.candidates[cell]
        for party in problem.parties:
            for clause in problem.table.stance(party, cell).conditions_for(wanted):
                yield from (other for other, _ in clause.requires)
            offer = problem.offer(Position(party, cell))
            yield from problem.offers.get(offer or NO_OFFER, ())
        for one in problem.table.dossier.issues[cell.issue].presupposes:
            yield from self._cells_of(one)

    def _cells_of(self, one: Presupposed) -> list[Cell]:
        """The cells any of which would do for what is presupposed."""
        issue = self.problem.table.dossier.issues[one.issue]
        return [cell for cell in issue.cells() if one.item in (None, cell.item)]

    def _is_signed(self, cell: Cell, text: Text) -> bool:
        """Whether a cell can be in a set that has these outcomes and no others."""
        return (
            self._makes_sense(cell, text)
            and passes_in(self.problem, self.ballots, cell, text) is Truth.TRUE
            and not is_held_against(self.problem, self.ballots, cell, text)
        )

    def _makes_sense(self, cell: Cell, text: Text) -> bool:
        """Whether a text has what the cell's issue presupposes."""
        issue = self.problem.table.dossier.issues[cell.issue]
        return all(
            any(other in text and self._is(one, other, text) for other in self._cells_of(one))
            for one in issue.presupposes
        )

    def _is(self, one: Presupposed, cell: Cell, text: Text) -> bool:
        if one.option is None:
            return True
        return not text[cell] & ~self.problem.table.space(cell).mask(frozenset([one.option]))

    def largest(self, parts: Sequence[Part]) -> Signable:
        """The largest sets, of which the search found these parts."""
        settled: dict[Cell, int] = {}
        alternatives: list[tuple[Text, ...]] = []
        size, number, counted = 0, 1, True
        linked: list[bool | None] = []
        for part in parts:
            (((absent,), choices),) = part.choices.items()
            cells = [self.cells[variable] for variable in part.variables]
            size += len(cells) - absent
            number *= len(choices.patterns)
            counted = counted and choices.complete
            sets = [
                {cell: mask for cell, mask in zip(cells, best.outcomes, strict=True) if mask}
                for best in choices.patterns.values()
            ]
            always = [cell for cell in cells if all(cell in one for one in sets)]
            settled |= {cell: reduce(or_, (one[cell] for one in sets)) for cell in always}
            if len(sets) > 1:
                alternatives.append(
                    tuple(
                        {cell: mask for cell, mask in one.items() if cell not in always}
                        for one in sets
                    )
                )
            own = {cell: settled[cell] for cell in always}
            linked.append(self._is_linked(cells, choices, own))
        ordered = {cell: settled[cell] for cell in self.cells if cell in settled}
        return Signable(
            ordered,
            tuple(alternatives),
            size,
            size,
            number,
            counted,
            next((one for one in (True, None) if one in linked), False),
            True,
            (),
            (),
        )

    def _is_linked(self, cells: Sequence[Cell], choices: Choices, settled: Text) -> bool | None:
        """Whether some outcomes do not go together; None if there are too many to tell."""
        places = [cells.index(cell) for cell in settled]
        known = choices.patterns.values()
        together = {tuple(row[at] for at in places) for best in known for row in best.rows}
        if len(together) == prod(
            sum(bool(one & mask) for one in self.problem.domains[cell])
            for cell, mask in settled.items()
        ):
            return False
        return True if all(best.complete for best in known) else None

    def outright(self) -> Signable:
        """The cells to whose outcomes every party says yes whatever the rest."""
        problem, settled = self.problem, {}
        for cell, mask in self.candidates.items():
            if self.ballots.of(cell.issue) is not None:
                continue
            stances = [problem.table.stance(party, cell) for party in problem.parties]
            offers = any(problem.offer(Position(party, cell)) for party in problem.parties)
            yes = reduce(and_, (stance.yes for stance in stances), mask)
            if yes and not offers and not problem.table.dossier.issues[cell.issue].presupposes:
                settled[cell] = yes
        most = len(self.candidates)
        return Signable(settled, (), len(settled), most, 1, False, False, False, (), ())

    def missing(self, found: Signable) -> Iterator[MissingYes]:
        """The cells outside every largest set that lack only one party's yes."""
        inside = {cell for parts in found.alternatives for one in parts for cell in one}
        for cell in self.problem.domains:
            if cell in found.settled or cell in inside or self.ballots.of(cell.issue):
                continue
            if self._makes_sense(cell, found.settled) and (wanted := self._agreeing(cell)):
                yield from self._missing_in(cell, wanted, found.settled)

    def _missing_in(self, cell: Cell, wanted: int, text: Text) -> Iterator[MissingYes]:
        problem, parties = self.problem, self.problem.parties
        yes, unanswered = [], []
        for party in parties:
            position = Position(party, cell)
            stance, beyond = problem.table.stance(*position), problem.beyond.get(position, 0)
            said = responses_in(stance, wanted, text, beyond)
            held_back = 0
            if not self._has_offer(position, text):
                held_back = said.get("yes", 0) & ~problem.answered(position)
            yes.append(said.get("yes", 0) & ~held_back)
            unanswered.append(said.get("unsaid", 0) | said.get("beyond", 0) | held_back)
        before = list(accumulate(yes, and_, initial=-1))
        after = list(accumulate(reversed(yes), and_, initial=-1))[-2::-1]
        for at, party in enumerate(parties):
            if outcomes := unanswered[at] & before[at] & after[at]:
                stance = problem.table.stance(party, cell)
                yield MissingYes(
                    cell, party, outcomes, outcomes & (stance.conditional | stance.yes)
                )

    def _has_offer(self, position: Position, text: Text) -> bool:
        """Whether a text, with a term of the position's own cell, has all terms of its offer."""
        offer = self.problem.offer(position)
        return offer is None or all(
            cell == position.cell or (cell in text and not text[cell] & ~mask)
            for cell, mask in self.problem.offers.get(offer, {}).items()
        )


def _defeated(problem: Problem, settled: Text) -> Iterator[Defeated]:
    """What is accepted on conditions, or in offers, that what is settled leaves unmet."""
    dead: dict[OfferKey, tuple[Cell, ...]] = {}
    for key, terms in problem.offers.items():
        if by := _against(terms.items(), settled):
            dead[key] = by
            left_over = {
                cell: mask
                for cell, mask in terms.items()
                if cell in problem.domains and cell not in settled
            }
            if left_over:
                yield Defeated(key.party, (*left_over,), (*left_over.values(),), key, by)
    for position, stance in problem.positions():
        if position.cell in settled or problem.offer(position) in dead:
            continue
        left = stance.conditional
        against_it: list[Cell] = []
        for clause in stance.clauses:
            if against := _against(clause.requires, settled):
                against_it += against
            else:
                left &= ~clause.mask
        if left and against_it:
            yield Defeated(
                position.party, (position.cell,), (left,), None, tuple(dict.fromkeys(against_it))
            )


def _against(required: Iterable[tuple[Cell, int]], settled: Text) -> tuple[Cell, ...]:
    """The cells whose settled outcomes are none of those required."""
    return tuple(cell for cell, mask in required if cell in settled and not settled[cell] & mask)
