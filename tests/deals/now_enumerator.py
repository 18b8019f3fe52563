"""What could be signed now, by trying every set of cells with every outcome."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from math import prod
from typing import Any, NamedTuple

from tests.deals.enumerator import Enumerator, Package
from tests.oracle.naive import Outcome
from tests.oracle.record import Cell

Settled = dict[Cell, set[Outcome]]


class NowTruth(NamedTuple):
    """The largest sets, with all their outcomes, and what stands beside them."""

    packages: list[Package]
    settled: Settled
    missing: set[tuple[Cell, str, Outcome]]
    defeated: set[tuple[str, Cell, bool]]

    @property
    def sets(self) -> set[frozenset[Cell]]:
        return {frozenset(package) for package in self.packages}


class NowEnumerator(Enumerator):
    """Here a package may leave cells out, and a cell may hold several outcomes that stand open."""

    @property
    def sets(self) -> int:
        return prod(len(outcomes) + 1 for outcomes in self.outcomes.values())

    def condition_is(self, member: dict[str, Any], package: Package) -> str:
        values = {"unknown"} if "subject-to" in member else {"holds"}
        for cell, required in self.naive.named_conditions(member.get("if", {})).items():
            standing = standing_in(package, cell)
            if not standing or (standing & required and standing - required):
                values.add("unknown")
            elif not standing & required:
                values.add("fails")
        return next(one for one in ("fails", "unknown", "holds") if one in values)

    def has_all_of_the_offer(self, party: str, cell: Cell, package: Package) -> bool:
        return all(
            standing_in(package, other) and standing_in(package, other) <= named
            for other, named in self.offer_terms(party, cell)
        )

    # What may be signed at all

    def agrees(self, cell: Cell, outcome: Outcome) -> bool:
        described = self.naive.issues[cell[0]].get("options", {}).get(outcome)
        return not (isinstance(described, dict) and described.get("no-agreement", False))

    def makes_sense(self, cell: Cell, package: Package) -> bool:
        return all(
            any(self.has(one, other, package) for other in package)
            for one in self.naive.issues[cell[0]].get("presupposes", ())
        )

    def has(self, presupposed: str, cell: Cell, package: Package) -> bool:
        where, _, option = presupposed.partition("=")
        issue, _, item = where.partition(".")
        if cell[0] != issue or (item and cell[1] != item):
            return False
        return not option or standing_in(package, cell) == {option}

    def is_signed(self, package: Package) -> bool:
        return all(
            self.agrees(cell, package[cell])
            and self.makes_sense(cell, package)
            and self.is_accepted(cell, package)
            for cell in package
        )

    def is_accepted(self, cell: Cell, package: Package) -> bool:
        return all(self.says(party, cell, package) == "yes" for party in self.ids)

    def is_told(self, cell: Cell) -> bool:
        """Whether it is told whose acceptance a cell lacks."""
        return True

    def all_sets(self) -> Iterator[Package]:
        choices = [[None, *outcomes] for outcomes in self.outcomes.values()]
        for some in itertools.product(*choices):
            settled = zip(self.cells, some, strict=True)
            package = {cell: one for cell, one in settled if one is not None}
            if self.is_possible(package):
                yield package

    def now(self) -> NowTruth:
        signed = [package for package in self.all_sets() if self.is_signed(package)] or [{}]
        most = max(len(package) for package in signed)
        packages = [package for package in signed if len(package) == most]
        settled: Settled = {
            cell: {package[cell] for package in packages}
            for cell in self.cells
            if all(cell in package for package in packages)
        }
        touched = {cell for package in packages for cell in package}
        text: Any = settled
        missing = {
            (cell, without[0], outcome)
            for cell in self.cells
            if cell not in touched and self.is_told(cell) and self.makes_sense(cell, text)
            for outcome in self.outcomes[cell]
            if self.agrees(cell, outcome)
            for without in [self.without_yes(cell, outcome, text)]
            if len(without) == 1
            if self.says(without[0], cell, {**text, cell: outcome}) in {"unsaid", "beyond"}
        }
        return NowTruth(packages, settled, missing, set(self.defeated(settled)))

    def without_yes(self, cell: Cell, outcome: Outcome, text: Package) -> list[str]:
        package = {**text, cell: outcome}
        return [party for party in self.ids if self.says(party, cell, package) != "yes"]

    def defeated(self, settled: Settled) -> Iterator[tuple[str, Cell, bool]]:
        """The yeses that could not count any more, and whether as part of an offer."""
        for party, cell in itertools.product(self.ids, self.cells):
            if cell in settled:
                continue
            terms = self.offer_terms(party, cell)
            if dead(terms, settled):
                if self.naive.asked_by_entry(party, cell):
                    yield party, cell, True
            elif any(self.is_dead(party, cell, one, settled) for one in self.outcomes[cell]):
                yield party, cell, False

    def is_dead(self, party: str, cell: Cell, outcome: Outcome, settled: Settled) -> bool:
        members = self.members(party, cell, outcome)
        if not members or self.accepts_by_text(party, cell, outcome):
            return False
        return all(
            dead(self.naive.named_conditions(member.get("if", {})).items(), settled)
            for member in members
        )


def standing_in(package: Any, cell: Cell) -> set[Outcome]:
    """The outcomes that stand open in a cell of a package; none if it leaves the cell out."""
    if cell not in package:
        return set()
    outcomes = package[cell]
    return set(outcomes) if isinstance(outcomes, set) else {outcomes}


def dead(required: Iterable[tuple[Cell, set[Outcome]]], settled: Settled) -> bool:
    return any(cell in settled and not settled[cell] & outcomes for cell, outcomes in required)
