"""Balanced packages, by trying every package there is."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from tests.deals.enumerator import Enumerator, Package, numbers, once, remembered
from tests.oracle.naive import Outcome
from tests.oracle.record import Cell

Point = tuple[Cell, ...]
Pattern = frozenset[tuple[tuple[str, Point], Fraction]]


class BalanceTruth(NamedTuple):
    """The balanced patterns with their packages, and what all parties give in them."""

    from_the_top: list[Fraction]
    high: int
    by_pattern: dict[Pattern, list[Package]]
    totals: dict[str, set[Fraction]]
    red_lines: dict[str, set[int]]


class BalanceEnumerator(Enumerator):
    """What parties give at points, whichever verbs they use."""

    def points(self) -> list[Point]:
        """Cells of an issue on which every party says the same are one point."""
        points: list[list[Cell]] = []
        for cell in self.cells:
            for point in points:
                if point[0][0] == cell[0] and self.says_the_same(point[0], cell):
                    point.append(cell)
                    break
            else:
                points.append([cell])
        return [tuple(point) for point in points]

    def says_the_same(self, one: Cell, other: Cell) -> bool:
        return all(self.word(party, one) == self.word(party, other) for party in self.ids)

    def word(self, party: str, cell: Cell) -> list[Any]:
        held = self.naive.held[party, cell]
        offer = held.entry.get("offer") if held else None
        said: list[Any] = [offer]
        abstentions = [one for one in self.naive.outcomes[cell] if self.is_abstention(cell, one)]
        for outcome in [*self.outcomes[cell], *abstentions]:
            said += self.named_as(party, cell, outcome)
            said.append(self.plain_yes(party, cell, outcome))
            said.append(self.yes_to_a_text(party, cell, outcome))
        said.append(
            [
                (
                    sorted(map(str, self.naive.named(member["outcome"], cell))),
                    self.naive.named_conditions(member.get("if", {})),
                    member.get("subject-to"),
                )
                for member in self.naive_members(party, cell)
            ]
        )
        return said

    def naive_members(self, party: str, cell: Cell) -> list[dict[str, Any]]:
        """The conditional acceptances that name an outcome of the cell."""
        found: list[dict[str, Any]] = []
        for outcome in self.outcomes[cell]:
            for member in self.naive.members_naming(party, cell, outcome):
                if member not in found and ("if" in member or "subject-to" in member):
                    found.append(member)
        return found

    # What a party gives

    @once
    def said_yes_at_all(self, party: str, cell: Cell) -> set[Outcome]:
        """What it has said yes to, on whatever conditions."""
        verbs = ("demands", "proposes", "accepts")
        return {one for verb in verbs for one in self.naive.named_under(verb, party, cell)}

    @once
    def refuses(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        return outcome in self.naive.named_under("refuses", party, cell)

    @remembered
    def amount(self, party: str, cell: Cell, package: Package) -> Fraction:
        outcome = package[cell]
        refused = self.refuses(party, cell, outcome)
        if self.says(party, cell, package) == "yes":
            return Fraction(0)
        if not (refused or self.said_yes_at_all(party, cell)):
            return Fraction(0)
        demanded = self.naive.named_under("demands", party, cell)
        elsewhere = bool(demanded) and outcome not in demanded
        if not refused and not elsewhere and self.gives_the_price(party, cell, package):
            return Fraction(0)
        return Fraction(1, 2) if self.is_between(party, cell, outcome) else Fraction(1)

    def gives_the_price(self, party: str, cell: Cell, package: Package) -> bool:
        """Some price of the outcome is unpaid only where the party itself does not want it paid."""
        return any(
            unpaid and all(self.gives_outright(party, other, package[other]) for other in unpaid)
            for unpaid in self.prices(party, cell, package)
        )

    def prices(self, party: str, cell: Cell, package: Package) -> Iterable[list[Cell]]:
        outcome = package[cell]
        plain = self.plain_yes(party, cell, outcome)
        demanded = outcome in self.naive.named_under("demands", party, cell)
        if not plain and self.accepts_by_text(party, cell, outcome) != "yes":
            for member in self.naive.members_naming(party, cell, outcome):
                needed = self.naive.named_conditions(member.get("if", {}))
                if "subject-to" not in member and all(other in package for other in needed):
                    yield [other for other, named in needed.items() if package[other] not in named]
        if plain or (demanded and not self.members(party, cell, outcome)):
            terms = self.offer_terms(party, cell)
            if terms and all(other in package for other, _ in terms):
                yield [other for other, named in terms if package[other] not in named]

    def gives_outright(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        said_yes = self.said_yes_at_all(party, cell)
        if outcome in said_yes:
            return False
        return bool(said_yes) or self.refuses(party, cell, outcome)

    @once
    def is_between(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        if self.naive.issues[cell[0]]["kind"] != "quantity":
            return False
        yeses = {one: set(numbers(self.said_yes_to(one, cell))) for one in self.ids}
        [figure] = numbers([outcome])
        everybody = set().union(*yeses.values())
        others = set().union(*(yeses[one] for one in self.ids if one != party))
        below = max((one for one in everybody if one < figure), default=None)
        above = min((one for one in everybody if one > figure), default=None)
        if figure in everybody or below is None or above is None:
            return False
        own = yeses[party]
        return (below in own and above in others) or (below in others and above in own)

    @once
    def steps(self, party: str, cell: Cell, outcome: Outcome) -> int:
        """How many outcomes a figure is from the nearest yes of the party."""
        own = numbers(self.said_yes_to(party, cell))
        if self.naive.issues[cell[0]]["kind"] != "quantity" or not own:
            return 0
        order = sorted(numbers(self.outcomes[cell]))
        return min(abs(order.index(outcome) - order.index(one)) for one in own)  # type: ignore[arg-type]

    # All packages

    def balanced(self, keep_red_lines: bool = False) -> BalanceTruth | None:
        """None if those held rule out every package."""
        points = self.points()
        judged = []
        for outcomes in itertools.product(*(self.outcomes[point[0]] for point in points)):
            package = {
                cell: outcome
                for point, outcome in zip(points, outcomes, strict=True)
                for cell in point
            }
            if self.is_possible(package) and not any(
                self.says(party, cell, package) in {"gives", "crosses"}
                for party in self.held
                for cell in self.cells
            ):
                judged.append((package, self.given(points, package)))
        if not judged:
            return None

        def rank(
            package: Package, given: dict[tuple[str, Point], Fraction]
        ) -> tuple[int, list[Fraction], int]:
            reds = sum(self.red_lines(points, package).values()) if keep_red_lines else 0
            high = sum(
                (self.naive.entries[party, point[0]] or {}).get("priority") == "high"
                for party, point in given
            )
            return reds, sorted(self.totals(given).values(), reverse=True), high

        best = min(rank(*one) for one in judged)
        chosen = [one for one in judged if rank(*one) == best]
        patterns: dict[Pattern, list[Package]] = {}
        for package, given in chosen:
            patterns.setdefault(frozenset(given.items()), []).append(package)
        by_pattern = {
            pattern: self.nearest(pattern, packages) for pattern, packages in patterns.items()
        }
        kept = [package for packages in by_pattern.values() for package in packages]
        totals = [self.totals(self.given(points, package)) for package in kept]
        reds = [self.red_lines(points, package) for package in kept]
        return BalanceTruth(
            best[1],
            best[2],
            by_pattern,
            {party: {one[party] for one in totals} for party in self.ids},
            {party: {one[party] for one in reds} for party in self.ids},
        )

    def given(self, points: Iterable[Point], package: Package) -> dict[tuple[str, Point], Fraction]:
        given = {
            (party, point): max(self.amount(party, cell, package) for cell in point)
            for party in self.ids
            for point in points
        }
        return {key: amount for key, amount in given.items() if amount}

    def totals(self, given: dict[tuple[str, Point], Fraction]) -> dict[str, Fraction]:
        return {
            party: sum((amount for (who, _), amount in given.items() if who == party), Fraction(0))
            for party in self.ids
        }

    def red_lines(self, points: Iterable[Point], package: Package) -> dict[str, int]:
        return {
            party: sum(
                any(self.says(party, cell, package) == "crosses" for cell in point)
                for point in points
            )
            for party in self.ids
        }

    def nearest(self, pattern: Pattern, packages: list[Package]) -> list[Package]:
        """The packages of a pattern with the fewest answers missing, then the nearest figures."""

        def rank(package: Package) -> tuple[int, int]:
            missing = sum(
                not self.said_yes_at_all(party, cell)
                and self.says(party, cell, package) in {"unsaid", "beyond"}
                for party in self.ids
                for cell in self.cells
            )
            far = sum(
                self.steps(party, point[0], package[point[0]]) for (party, point), _ in pattern
            )
            return missing, far

        least = min(map(rank, packages))
        return [package for package in packages if rank(package) == least]
