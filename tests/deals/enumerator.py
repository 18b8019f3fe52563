"""A second, deliberately simple reading of what deals there are.

It builds every package there is and asks every party about every cell of it. It shares no code
with the package; of the naive diff it uses the reading of entries. Only for small dossiers.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from math import prod
from typing import Any, NamedTuple

from tests.oracle.naive import Cell, NaiveComparison, Outcome, accepted_members

Position = tuple[str, Cell]
Package = dict[Cell, Outcome]
Fix = dict[Cell, set[Outcome]]
Point = tuple[tuple[int, ...], ...]

MEDIUM = {"high": 1, "medium": 2, "low": 3}


class Truth(NamedTuple):
    """Everything there is to say about the deals of a dossier."""

    answer: str
    asks: tuple[int, ...]
    best: list[Package]
    ways_out: set[frozenset[Position]]
    deadlocks: set[frozenset[Position]]
    says: dict[Position, set[str]]
    frontier: set[Point]


class Enumerator:
    def __init__(
        self,
        agenda: dict[str, Any],
        parties: dict[str, dict[str, Any]],
        ids: list[str],
        as_of: str = "2025-03-14",
        without: Iterable[str] = (),
        held: Iterable[str] = (),
    ) -> None:
        self.naive = NaiveComparison(agenda, parties, ids, as_of, "inferred")
        self.ids = ids
        self.held = set(held)
        self.without = set(without)
        named = {
            cell for cell in self.naive.cells if any(self.speaks_of(party, cell) for party in ids)
        }
        self.cells = [c for c in self.naive.cells if c in named and c[0] not in self.without]
        self.outcomes = {cell: self.told_apart(cell) for cell in self.cells}

    @property
    def size(self) -> int:
        return prod(len(outcomes) for outcomes in self.outcomes.values())

    # What there is to decide

    def conditions(self, party: str) -> list[dict[Cell, set[Outcome]]]:
        return [
            self.naive.named_conditions(member["if"])
            for issue in self.naive.issues
            for member in accepted_members(self.naive.entries[party, issue] or {})
            if "if" in member
        ]

    def speaks_of(self, party: str, cell: Cell) -> bool:
        if self.naive.names_item(party, cell):
            return True
        return any(cell in condition for condition in self.conditions(party))

    def told_apart(self, cell: Cell) -> list[Outcome]:
        """One of each run of outcomes between which nobody makes a difference."""
        outcomes = self.naive.outcomes[cell]
        if self.naive.issues[cell[0]]["kind"] != "quantity":
            return outcomes
        marks = [self.mark(cell, outcome) for outcome in outcomes]
        return [
            outcome for at, outcome in enumerate(outcomes) if at == 0 or marks[at] != marks[at - 1]
        ]

    def mark(self, cell: Cell, outcome: Outcome) -> list[Any]:
        marks: list[Any] = []
        for party in self.ids:
            for verb in ("demands", "proposes", "accepts", "refuses"):
                marks.append(outcome in self.naive.named_under(verb, party, cell))
            marks.append(self.plain_yes(party, cell, outcome))
            marks.append(self.members(party, cell, outcome))
            marks += [outcome in one[cell] for one in self.conditions(party) if cell in one]
        return marks

    # What a party says

    def plain_yes(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        if outcome in self.naive.named_under("proposes", party, cell):
            return True
        return any(
            outcome in self.naive.named(member["outcome"], cell)
            for member in accepted_members(self.naive.entries[party, cell[0]] or {})
            if "if" not in member and "subject-to" not in member
        )

    def members(self, party: str, cell: Cell, outcome: Outcome) -> list[dict[str, Any]]:
        """The conditional acceptances of the outcome, where there is no plain yes."""
        if self.plain_yes(party, cell, outcome):
            return []
        return [
            member
            for member in accepted_members(self.naive.entries[party, cell[0]] or {})
            if outcome in self.naive.named(member["outcome"], cell)
        ]

    def condition_is(self, member: dict[str, Any], package: Package) -> str:
        needed = self.naive.named_conditions(member.get("if", {}))
        for cell, required in needed.items():
            if cell in package and package[cell] not in required:
                return "fails"
        if "subject-to" in member or any(cell[0] in self.without for cell in needed):
            return "unknown"
        return "holds"

    def says(self, party: str, cell: Cell, package: Package) -> str:
        outcome = package[cell]
        entry = self.naive.entries[party, cell[0]]
        if entry is None:
            return "unsaid"
        if self.plain_yes(party, cell, outcome):
            return "yes"
        refused = outcome in self.naive.named_under("refuses", party, cell)
        if members := self.members(party, cell, outcome):
            values = [self.condition_is(member, package) for member in members]
            if "holds" in values:
                return "yes"
            if "unknown" in values:
                return "unsaid"
            return "crosses" if refused else "gives"
        demanded = self.naive.named_under("demands", party, cell)
        if outcome in demanded:
            return "yes"
        if refused:
            return "crosses"
        return "gives" if demanded else "unsaid"

    def asks(self, says: dict[Position, str]) -> tuple[int, ...]:
        counts = [0, 0, 0, 0, 0]
        for (party, cell), response in says.items():
            entry = self.naive.entries[party, cell[0]] or {}
            if response == "crosses":
                counts[0] += 1
            elif response == "gives":
                counts[MEDIUM[entry.get("priority", "medium")]] += 1
            elif response == "unsaid":
                counts[4] += 1
        return tuple(counts)

    # All packages

    def packages(self) -> Iterable[Package]:
        for outcomes in itertools.product(*self.outcomes.values()):
            yield dict(zip(self.cells, outcomes, strict=True))

    def truth(self) -> Truth | None:
        """None if those held rule out every package."""
        best: list[tuple[Package, dict[Position, str]]] = []
        least: tuple[int, ...] = (1 << 30,)
        moves: set[frozenset[Position]] = set()
        points: set[Point] = set()
        for package in self.packages():
            says = {
                (party, cell): self.says(party, cell, package)
                for party in self.ids
                for cell in self.cells
            }
            moved = frozenset(p for p, response in says.items() if response in {"gives", "crosses"})
            if any(party in self.held for party, _ in moved):
                continue
            moves.add(moved)
            points.add(
                tuple(
                    self.asks({one: says[one] for one in says if one[0] == party})
                    for party in self.ids
                )
            )
            asks = self.asks(says)
            if asks < least:
                best, least = [], asks
            if asks == least:
                best.append((package, says))
        if not moves:
            return None
        ways_out = {one for one in moves if not any(other < one for other in moves)}
        all_says: dict[Position, set[str]] = {}
        for _, says in best:
            for position, response in says.items():
                all_says.setdefault(position, set()).add(response)
        answer = "blocked" if any(least[:4]) else "open" if least[4] or not best[0][0] else "agreed"
        packages = [package for package, _ in best]
        locks, best_points = deadlocks(ways_out), undominated(points)
        return Truth(answer, least, packages, ways_out, locks, all_says, best_points)


def deadlocks(ways_out: set[frozenset[Position]]) -> set[frozenset[Position]]:
    """The smallest sets of positions of which every package moves one."""
    involved = sorted(set().union(*ways_out), key=repr)
    found: set[frozenset[Position]] = set()
    if frozenset() in ways_out:
        return found
    for size in range(1, len(involved) + 1):
        for some in itertools.combinations(involved, size):
            chosen = frozenset(some)
            if any(known <= chosen for known in found):
                continue
            if all(chosen & way for way in ways_out):
                found.add(chosen)
    return found


def undominated(points: set[Point]) -> set[Point]:
    """The points for which no other asks one party less and no party more."""
    return {
        one
        for one in points
        if not any(
            other != one and all(mine <= theirs for mine, theirs in zip(other, one, strict=True))
            for other in points
        )
    }


def knots(some: set[frozenset[Position]]) -> set[frozenset[Position]]:
    """The positions of deadlocks that hang together by sharing positions."""
    unions: list[set[Position]] = []
    for deadlock in some:
        together = set(deadlock)
        for union in [union for union in unions if union & deadlock]:
            unions.remove(union)
            together |= union
        unions.append(together)
    return {frozenset(union) for union in unions}
