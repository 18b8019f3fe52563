"""Translates a search for packages into facts for the solver's model, `model.lp`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from itertools import count
from operator import or_
from typing import TYPE_CHECKING

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.deals.problem import RANKS, OfferKey, Position, Problem
from claimpos.dossier.model import Cell

if TYPE_CHECKING:
    from claimpos.comparison.votes import Slack
    from claimpos.deals.thresholds import Losses, Thresholds

# Of a cell of more outcomes than this, spans of outcomes are given rather than each: a quantity
# has twice as many outcomes as end points, and with each of them every condition on it, and every
# party's answer, would be given anew.
_FEW = 16
_CHUNK = 10_000

IndexRange = tuple[int, int]
"""The numbers of the first and the last of outcomes that follow one another."""


class SolverFacts:
    """The facts of some positions, and the numbers that stand for cells, parties and outcomes.

    A cell outside `free` is left the first of its outcomes only. `texts` are the facts in chunks,
    `sections` those of the model that they need besides what is always there.
    """

    def __init__(
        self,
        problem: Problem,
        positions: Collection[Position] | None = None,
        free: Collection[Cell] | None = None,
    ) -> None:
        self.problem = problem
        self.cells = list(problem.domains)
        self._cell = {cell: number for number, cell in enumerate(self.cells)}
        self._party = {party: number for number, party in enumerate(problem.parties)}
        self._touches_all = free is None
        self._free = set(self.cells if free is None else free)
        self._touched = set(self._free)
        self._conditions = 0
        self._offers: dict[OfferKey, int] = {}
        self._rows: dict[Cell, _Row] = {}
        said = (
            problem.positions()
            if positions is None
            else ((position, problem.table.stance(*position)) for position in positions)
        )
        facts = [fact for position, stance in said for fact in self._said(position, stance)]
        points = [*self._points()]
        facts += points
        facts += self._outcomes()
        needed = {"long": self._rows, "points": points}
        self.sections = frozenset(name for name, some in needed.items() if some)
        self.texts = [" ".join(facts[at : at + _CHUNK]) for at in range(0, len(facts), _CHUNK)]

    def outcome(self, cell: int, number: int) -> int:
        """The outcome of a cell that a number stands for."""
        return self.problem.domains[self.cells[cell]][number]

    def number(self, cell: Cell) -> int:
        """The number that stands for a cell."""
        return self._cell[cell]

    def position(self, party: int, cell: int) -> Position:
        """The position that two numbers stand for."""
        return Position(self.problem.parties[party], self.cells[cell])

    def stand(self, positions: Iterable[Position]) -> str:
        """The facts that require these positions to be met."""
        return " ".join(f"stands({self._name(position)})." for position in positions)

    def may_stand(self, positions: Iterable[Position]) -> str:
        """The facts that let the solver assume these positions met, or their red lines kept."""
        names = map(self._name, positions)
        return " ".join(f"{{ stands({name}) }}. {{ spared({name}) }}." for name in names)

    def asked(self, number: int, concessions: Iterable[Iterable[int]]) -> str:
        """The concessions that a numbered package needs from each party, the gravest first."""
        return " ".join(
            f"found({number},{party},{rank},{count})."
            for party, counts in enumerate(concessions)
            for rank, count in zip(RANKS, counts, strict=True)
        )

    def _name(self, position: Position) -> str:
        return f"{self._party[position.party]},{self._cell[position.cell]}"

    def _domain(self, cell: Cell) -> list[tuple[int, int]]:
        domain = list(enumerate(self.problem.domains[cell]))
        return domain if cell in self._free else domain[:1]

    def _row(self, cell: Cell) -> _Row | None:
        """The ordered outcomes of a cell that has too many to list each."""
        if cell not in self._free or len(self.problem.domains[cell]) <= _FEW:
            return None
        if cell not in self._rows:
            space = self.problem.table.space(cell)
            self._rows[cell] = _Row(self.problem.domains[cell], space.full)
        return self._rows[cell]

    def _outcomes(self) -> Iterator[str]:
        for cell in self._touched:
            if (row := self._row(cell)) is not None:
                yield f"outcome({self._cell[cell]},0..{row.last}). long({self._cell[cell]})."
                continue
            for number, _ in self._domain(cell):
                yield f"outcome({self._cell[cell]},{number})."

    def _said(self, position: Position, stance: Stance) -> Iterator[str]:
        self._touched.add(position.cell)
        row = self._row(position.cell)
        if row is None:
            yield from self._each(position, stance)
        else:
            yield from self._spans(position, stance, row)
        entry = self.problem.table.entry_on(position.party, position.cell)
        if entry is not None:
            yield f"priority({self._name(position)},{entry.priority or 'medium'})."
        if position.party in self.problem.held:
            yield self.stand([position])
        offer = self.problem.offer(position)
        if offer in self.problem.offers and offer is not None:
            yield from self._part_of(position, offer)

    def _part_of(self, position: Position, offer: OfferKey) -> Iterator[str]:
        """That a yes is part of an offer, and where a package lacks a term of it."""
        new = offer not in self._offers
        number = self._offers.setdefault(offer, len(self._offers))
        yield f"part({self._name(position)},{number})."
        for first, last in self._spans_of(position.cell, self.problem.answered(position)):
            yield f"answered({self._name(position)},{first},{last})."
        for cell, mask in self.problem.offers[offer].items() if new else ():
            if cell not in self._cell:
                yield f"broken({number})."
                continue
            self._touched.add(cell)
            for first, last in self._spans_of(cell, ~mask):
                yield f"breaks({number},{self._cell[cell]},{first},{last})."

    def _spans_of(self, cell: Cell, mask: int) -> Iterator[IndexRange]:
        """The outcomes of a cell that are among those of a mask, in spans."""
        if (row := self._row(cell)) is not None:
            yield from row.spans(row.whole & mask)
            return
        for number, outcome in self._domain(cell):
            if outcome & mask:
                yield number, number

    def _each(self, position: Position, stance: Stance) -> Iterator[str]:
        """How a party responds to each outcome."""
        name = self._name(position)
        known: dict[Clause, int] = {}
        for number, outcome in self._domain(position.cell):
            clauses = stance.conditions_for(outcome)
            failing = self.problem.says_if_unmet(position, outcome)
            yes = "gets" if outcome & (stance.demands | stance.proposes) else "accepts"
            if not clauses:
                yield f"answer({name},{number},{yes if failing == 'yes' else failing})."
                continue
            yield f"granted({name},{number},{yes}). otherwise({name},{number},{failing})."
            for clause in clauses:
                if clause not in known:
                    known[clause] = self._conditions
                    self._conditions += 1
                    yield from self._condition(known[clause], clause)
                yield f"offer({name},{number},{known[clause]})."

    def _spans(self, position: Position, stance: Stance, row: _Row) -> Iterator[str]:
        """How a party responds to each span of outcomes."""
        name = self._name(position)
        asked = stance.demands | stance.proposes
        beyond = self.problem.beyond.get(position, 0)
        for alike in _alike(row.whole, asked, beyond, stance):
            failing = self.problem.says_if_unmet(position, alike)
            yes = "gets" if alike & asked else "accepts"
            for first, last in row.spans(alike):
                span = f"{name},{first},{last}"
                if alike & stance.conditional:
                    yield f"granted({span},{yes}). otherwise({span},{failing})."
                else:
                    yield f"answer({span},{yes if failing == 'yes' else failing})."
        for clause in stance.conditions_for(row.whole):
            yield from self._condition(self._conditions, clause)
            for first, last in row.spans(clause.mask & stance.conditional):
                yield f"offer({name},{first},{last},{self._conditions})."
            self._conditions += 1

    def _points(self) -> Iterator[str]:
        """What parties may lose by their own points; nothing where no choice here decides it."""
        thresholds, binding = self.problem.thresholds, self.problem.binding
        if thresholds is None or not (self._touches_all or self._free.intersection(binding)):
            return
        from claimpos.deals.large_sums import Term, exceeding

        lost: list[list[list[Term]]] = [[] for _ in thresholds.at_least]
        way = count()
        for place, by_number in self._turning_out(thresholds):
            alike: list[list[Term]] = [[] for _ in lost]
            for number, ways in by_number:
                for losses in ways:
                    at = next(way)
                    yield f"ways({place},{number},{at})."
                    for terms, one in zip(alike, losses, strict=True):
                        terms.append(Term(one, f"turns_out({place},{at})"))
            for groups, terms in zip(lost, alike, strict=True):
                groups.append(terms)
        for party, groups, most in zip(thresholds.at_least, lost, thresholds.most, strict=True):
            yield from exceeding(f"worth_too_little({self._party[party]})", groups, most)
        yield from self._rule(thresholds.ballot.slack)

    def _turning_out(
        self, thresholds: Thresholds
    ) -> Iterator[tuple[str, list[tuple[int, tuple[Losses, ...]]]]]:
        """For each cell, also those that no package has, what may be lost by number of outcome."""
        for cell, by_outcome in thresholds.losses.items():
            self._touched.add(cell)
            domain = self._domain(cell)
            yield (
                f"{self._cell[cell]}",
                [(at, by_outcome[outcome].losses) for at, outcome in domain],
            )
        for number, ways in enumerate(thresholds.outside):
            yield f"outside({number})", [(0, ways.losses)]

    def _rule(self, slack: Slack) -> Iterator[str]:
        """The rule by which those who lose too much can block; it is numbered from the root."""
        from claimpos.comparison.votes import Weighed
        from claimpos.deals.large_sums import Term, exceeding

        number = count()

        def facts_of(one: Slack, at: int) -> Iterator[str]:
            if isinstance(one, Weighed):
                against = [
                    [Term(weight, f"worth_too_little({self._party[party]})")]
                    for party, weight in one.weights.items()
                    if party in self._party
                ]
                yield from exceeding(f"unmet({at})", against, one.most)
                return
            yield f"{'every' if one.every else 'some'}({at})."
            for part in one.parts:
                below = next(number)
                yield f"part_of({below},{at})."
                yield from facts_of(part, below)

        root = next(number)
        yield f"whole({root})."
        yield from facts_of(slack, root)

    def _condition(self, number: int, clause: Clause) -> Iterator[str]:
        if self.problem.is_open(clause):
            yield f"open({number})."
        for cell, mask in clause.requires:
            if cell not in self._cell:
                continue
            self._touched.add(cell)
            if (row := self._row(cell)) is not None:
                for first, last in row.spans(row.whole & ~mask):
                    yield f"misses({number},{self._cell[cell]},{first},{last})."
                continue
            yield f"needs({number},{self._cell[cell]})."
            for outcome_number, outcome in self._domain(cell):
                if outcome & mask:
                    yield f"meets({number},{self._cell[cell]},{outcome_number})."


class _Row:
    """The outcomes of a cell in a row, by number: `last` is the last, `whole` are all of them."""

    def __init__(self, domain: tuple[int, ...], full: int) -> None:
        self.last = len(domain) - 1
        self.whole = reduce(or_, domain)
        self._gaps = ~full
        self._starts = [(outcome & -outcome).bit_length() - 1 for outcome in domain]

    def spans(self, mask: int) -> Iterator[IndexRange]:
        """The spans of a set of outcomes, the lowest first; none touches the next."""
        left = mask & self.whole
        left |= left << 1 & self._gaps  # a gap, which has no value, parts no outcomes
        span: IndexRange | None = None
        while left:
            start = (left & -left).bit_length() - 1
            run = left >> start
            end = start + (~run & run + 1).bit_length() - 1
            left &= ~((1 << end) - 1)
            first, last = (
                bisect_right(self._starts, start) - 1,
                bisect_right(self._starts, end - 1) - 1,
            )
            if span is not None and first > span[1] + 1:
                yield span
                span = None
            span = (first if span is None else span[0], last)
        if span is not None:
            yield span


def _alike(whole: int, asked: int, beyond: int, stance: Stance) -> list[int]:
    """Sets of outcomes; within each, the stance responds the same to all."""
    parts = [whole]
    for mask in (asked, beyond, stance.yes, stance.conditional, stance.refuses, stance.no):
        parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
    return parts
