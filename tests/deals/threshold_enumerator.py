"""What a package is worth to the parties that state points, by trying every value it may have.

Mixed into an enumerator of packages. Written from the guide's pages on points alone.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from tests.deals.enumerator import frozen, once
from tests.deals.rule_enumerator import Rule, holds
from tests.deals.score_enumerator import on_the_line
from tests.deals.voting_enumerator import Voting, counts
from tests.oracle.naive import Outcome, exact
from tests.oracle.record import Cell

STEPS = 10


class Asking(Voting):
    """`worth` is by party, as its file has it."""

    def __init__(
        self, agenda: dict[str, Any], parties: dict[str, dict[str, Any]], *rest: Any
    ) -> None:
        super().__init__(agenda, parties, *rest)
        self.worth = {one: parties[one]["worth"] for one in self.ids if "worth" in parties[one]}
        self.enough: dict[Any, bool] = {}
        self.scored = [cell for cell in self.naive.cells if any(self.scales(cell).values())]
        self.deciding = self.common_rule()

    @once
    def scales(self, cell: Cell) -> dict[str, dict[str, Any]]:
        """By party, the points that it gives to outcomes of a cell."""
        found = {}
        for party, one in self.worth.items():
            scale = one["issues"].get(cell[0], {})
            found[party] = scale if cell[1] is None else scale.get(cell[1], {})
        return found

    @once
    def points_of(self, party: str, cell: Cell, value: Any) -> Fraction:
        scale = self.scales(cell)[party]
        if not scale:
            return Fraction(0)
        if isinstance(value, str):
            return Fraction(str(scale.get(value, 0)))
        return on_the_line(scale, value)

    # What a package may turn out as

    def grid(self, cell: Cell) -> set[Fraction]:
        """The values that have points, and nine more between each two or, of whole numbers, all.

        Of others, those too at which a party would have what it asks for if it got the best
        elsewhere, to six digits of the distance between two values with points.
        """
        known = sorted({Fraction(str(at)) for scale in self.scales(cell).values() for at in scale})
        if self.naive.issues[cell[0]].get("integer"):
            return {Fraction(one) for one in range(int(known[0]), int(known[-1]) + 1)}
        between = {
            low + (high - low) * step / STEPS
            for low, high in itertools.pairwise(known)
            for step in range(1, STEPS)
        }
        return {*known, *between, *self.reservation_values(cell)}

    def reservation_values(self, cell: Cell) -> Iterator[Fraction]:
        for party, one in self.worth.items():
            scale = self.scales(cell)[party]
            if "at-least" not in one or not scale:
                continue
            elsewhere = sum(
                (self.best(party, other) for other in self.scored if other != cell), Fraction(0)
            )
            wanted = Fraction(str(one["at-least"])) - elsewhere
            ordered = sorted((Fraction(str(at)), Fraction(str(own))) for at, own in scale.items())
            for (low, own), (high, other_own) in itertools.pairwise(ordered):
                if min(own, other_own) < wanted < max(own, other_own):
                    parts = 10 ** (6 - math.floor(math.log10(high - low)))
                    at = (low + (wanted - own) * (high - low) / (other_own - own)) * parts
                    rounded = math.ceil(at) if other_own > own else math.floor(at)
                    yield Fraction(rounded, parts)

    def best(self, party: str, cell: Cell) -> Fraction:
        """The most that an outcome which can be chosen gives a party."""
        scale = self.scales(cell)[party]
        if self.naive.issues[cell[0]]["kind"] == "quantity":
            return max((Fraction(str(own)) for own in scale.values()), default=Fraction(0))
        chosen = {*map(str, self.outcomes[cell])} if cell in self.cells else {*scale}
        return max((Fraction(str(scale.get(one, 0))) for one in chosen), default=Fraction(0))

    @once
    def values(self, cell: Cell, outcome: Outcome) -> set[Any]:
        """The values of an outcome: of a range those of the grid, and its ends if they count."""
        if self.naive.issues[cell[0]]["kind"] != "quantity":
            return {outcome}
        found: set[Any] = set()
        ends: set[Any] = set()
        for left, start, end, right in self.naive.ranges(cell, self.all_alike(cell, {outcome})):
            low_open, high_open = left == "(", right == ")"
            low = None if start is None else exact(start)
            high = None if end is None else exact(end)
            found |= {
                one
                for one in self.grid(cell)
                if low is None or one > low or (one == low and not low_open)
                if high is None or one < high or (one == high and not high_open)
            }
            found |= {low} if low is not None and not low_open else set()
            found |= {high} if high is not None and not high_open else set()
            ends |= {one for one in (low, high) if one is not None}
            if low is not None and high is not None and low_open and high_open:
                found.add((low + high) / 2)
        return found or ends

    def may_be(self, cell: Cell, package: Any) -> set[Any]:
        """What a cell may turn out as: of several outcomes that stand open, or if left out, any."""
        if cell in package:
            chosen = package[cell]
            several: Iterable[Outcome] = chosen if isinstance(chosen, set) else {chosen}
        elif cell in self.cells:
            several = self.outcomes[cell]
        elif self.naive.issues[cell[0]]["kind"] == "quantity":
            return {*self.grid(cell)}
        else:
            several = [
                one for one in self.naive.outcomes[cell] if not self.is_abstention(cell, one)
            ]
        return set().union(*(self.values(cell, one) for one in several))

    def to_fill(self, package: Any) -> list[list[Any]]:
        return [sorted(self.may_be(cell, package), key=str) for cell in self.scored]

    def says_the_same(self, one: Cell, other: Cell) -> bool:
        asking = [party for party, worth in self.worth.items() if "at-least" in worth]
        alike = all(self.scales(one)[party] == self.scales(other)[party] for party in asking)
        return alike and bool(super().says_the_same(one, other))  # type: ignore[misc]

    # Whether it is enough

    def in_points(self, values: Iterable[Any]) -> dict[str, Fraction]:
        chosen = list(zip(self.scored, values, strict=True))
        return {
            party: sum((self.points_of(party, cell, one) for cell, one in chosen), Fraction(0))
            for party in self.worth
        }

    def too_little(self, totals: dict[str, Fraction]) -> set[str]:
        return {
            party
            for party, one in self.worth.items()
            if "at-least" in one and totals[party] < Fraction(str(one["at-least"]))
        }

    def is_enough(self, package: Any) -> bool:
        """Whether it can turn out so that those who have too little cannot block it."""
        key = tuple(frozen(package.get(cell)) for cell in self.scored)
        if key not in self.enough:
            self.enough[key] = any(
                not self.can_block(self.too_little(self.in_points(values)))
                for values in itertools.product(*self.to_fill(package))
            )
        return self.enough[key]

    def is_enough_for_sure(self, package: Any) -> bool:
        """Whether nothing that it leaves out can still make it too little for somebody.

        What can still do so is an open vote, which counts as one against it.
        """
        settled = [one for one in self.scored if one in self.cells]
        rest = [one for one in self.scored if one not in self.cells]
        worst = {
            party: sum(
                (min(self.points_of(party, c, v) for v in self.may_be(c, package)) for c in rest),
                Fraction(0),
            )
            for party in self.worth
        }
        for values in itertools.product(*(self.may_be(cell, package) for cell in settled)):
            own = {
                party: worst[party]
                + sum(
                    (self.points_of(party, c, v) for c, v in zip(settled, values, strict=True)),
                    Fraction(0),
                )
                for party in self.worth
            }
            if not self.can_block(self.too_little(own)):
                return True
        return False

    def is_possible(self, package: Any) -> bool:
        return self.is_enough(package)

    def can_block(self, some: set[str]) -> bool:
        if self.deciding is None:
            return bool(some)
        votes = {one: "no" if one in some else "yes" for one in self.ids}
        return not holds(self.deciding, votes)

    def common_rule(self) -> Rule | None:
        """The rule that decides all of the issues with points, if one does."""
        issues = {cell[0] for cell in self.scored} - self.without
        rules = [self.rules.get(one) for one in issues]
        if not rules or None in rules:
            return None
        first, *others = [rule for rule in rules if rule is not None]
        return first if all(counts(one) == counts(first) for one in others) else None
