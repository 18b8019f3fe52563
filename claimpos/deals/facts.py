"""A search for packages as facts, in the words of its model, `model.lp`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.truth import Truth
from claimpos.deals.problem import RANKS, Position, Problem
from claimpos.deals.responses import response_to
from claimpos.dossier.model import Cell


class Facts:
    """The facts of some positions, and the numbers that stand for cells, parties and outcomes.

    A cell outside `free` is left the first of its outcomes only.
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
        self._free = set(self.cells if free is None else free)
        self._touched = set(self._free)
        self._conditions = 0
        chosen = None if positions is None else set(positions)
        told = [
            fact
            for position, stance in problem.positions()
            if chosen is None or position in chosen
            for fact in self._said(position, stance)
        ]
        self.text = " ".join([*told, *self._outcomes()])

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
        """That these positions must stand."""
        return " ".join(f"stands({self._name(position)})." for position in positions)

    def may_stand(self, positions: Iterable[Position]) -> str:
        """That these positions may be asked to stand, or to be spared a red line."""
        names = map(self._name, positions)
        return " ".join(f"{{ stands({name}) }}. {{ spared({name}) }}." for name in names)

    def asked(self, number: int, asks: Iterable[Iterable[int]]) -> str:
        """What a numbered package asks of each party, its counts from the gravest on."""
        return " ".join(
            f"found({number},{party},{rank},{count})."
            for party, counts in enumerate(asks)
            for rank, count in zip(RANKS, counts, strict=True)
        )

    def _name(self, position: Position) -> str:
        return f"{self._party[position.party]},{self._cell[position.cell]}"

    def _domain(self, cell: Cell) -> list[tuple[int, int]]:
        domain = list(enumerate(self.problem.domains[cell]))
        return domain if cell in self._free else domain[:1]

    def _outcomes(self) -> Iterator[str]:
        for cell in self._touched:
            for number, _ in self._domain(cell):
                yield f"outcome({self._cell[cell]},{number})."

    def _said(self, position: Position, stance: Stance) -> Iterator[str]:
        self._touched.add(position.cell)
        name = self._name(position)
        known: dict[Clause, int] = {}
        for number, outcome in self._domain(position.cell):
            clauses = stance.conditions_for(outcome)
            failing = response_to(stance, outcome, Truth.FALSE)
            yes = "gets" if outcome & (stance.demands | stance.proposes) else "lives"
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
        entry = self.problem.table.entry(position.party, position.cell.issue)
        if entry is not None:
            yield f"priority({name},{entry.priority or 'medium'})."
        if position.party in self.problem.held:
            yield self.stand([position])

    def _condition(self, number: int, clause: Clause) -> Iterator[str]:
        if self.problem.is_open(clause):
            yield f"open({number})."
        for cell, mask in clause.requires:
            if cell not in self._cell:
                continue
            self._touched.add(cell)
            yield f"needs({number},{self._cell[cell]})."
            for outcome_number, outcome in self._domain(cell):
                if outcome & mask:
                    yield f"meets({number},{self._cell[cell]},{outcome_number})."
