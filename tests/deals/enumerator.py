"""A second, deliberately simple reading of what deals there are.

It builds every package there is and asks every party about every cell of it. It shares no code
with the package; of the naive diff it uses the reading of entries. Only for small dossiers.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import wraps
from math import prod
from typing import Any, NamedTuple, TypeVar

from tests.oracle.naive import Number, Outcome, exact, naive_comparison, plain
from tests.oracle.record import Cell, Held, accepted_members

Position = tuple[str, Cell]
Package = dict[Cell, Outcome]
Fix = dict[Cell, set[Outcome]]
Point = tuple[tuple[int, ...], ...]

PRIORITIES = {"high": 1, "medium": 2, "low": 3}
BEYOND, UNSAID = 4, 5


class Truth(NamedTuple):
    """Everything there is to say about the deals of a dossier."""

    answer: str
    concessions: tuple[int, ...]
    best: list[Package]
    ways_out: set[frozenset[Position]]
    conflict_sets: set[frozenset[Position]]
    says: dict[Position, set[str]]
    frontier: set[Point]


T = TypeVar("T")


def remembered(judge: Callable[..., T]) -> Callable[..., T]:
    """What a party says of a cell, judged once for all packages that are alike where it matters.

    The party is None where what all parties say matters.
    """

    @wraps(judge)
    def judged(self: Enumerator, party: str | None, cell: Cell, package: Package) -> T:
        alike = tuple(frozen(package.get(one)) for one in self.bearing(party, cell))
        key = judge.__name__, party, cell, alike
        if key not in self.judged:
            self.judged[key] = judge(self, party, cell, package)
        answer: T = self.judged[key]
        return answer

    return judged


def once(read: Callable[..., T]) -> Callable[..., T]:
    """What is the same for all packages, read once for the same arguments."""

    @wraps(read)
    def done(self: Enumerator, *arguments: Any) -> T:
        key = read.__name__, *arguments
        if key not in self.judged:
            self.judged[key] = read(self, *arguments)
        known: T = self.judged[key]
        return known

    return done


def frozen(outcomes: Any) -> Any:
    return frozenset(outcomes) if isinstance(outcomes, set) else outcomes


class Enumerator:
    def __init__(
        self,
        agenda: dict[str, Any],
        parties: dict[str, dict[str, Any]],
        ids: list[str],
        as_of: str = "2025-03-14",
        without: Iterable[str] = (),
        held: Iterable[str] = (),
        sources: dict[str, Any] | None = None,
        proposals: dict[str, dict[str, Any]] | None = None,
    ) -> None:
        self.naive = naive_comparison(agenda, parties, ids, as_of, "inferred", sources, proposals)
        self.ids = ids
        self.judged: dict[Any, Any] = {}
        self.bearings: dict[Any, tuple[Cell, ...]] = {}
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
        """What a party's conditions name, but for those of its positions on an issue left out."""
        return [
            self.naive.named_conditions(member["if"])
            for cell in self.naive.cells
            if cell[0] not in self.without
            for member in accepted_members(self.naive.entries[party, cell] or {})
            if "if" in member and self.naive.is_named(member["outcome"], cell)
        ]

    def speaks_of(self, party: str, cell: Cell) -> bool:
        if self.naive.names_item(party, cell):
            return True
        return any(cell in condition for condition in self.conditions(party))

    def told_apart(self, cell: Cell) -> list[Outcome]:
        """One of each run of outcomes between which nobody makes a difference."""
        outcomes = self.naive.outcomes[cell]
        if self.naive.issues[cell[0]]["kind"] != "quantity":
            return [outcome for outcome in outcomes if not self.is_abstention(cell, outcome)]
        marks = [self.mark(cell, outcome) for outcome in outcomes]
        return [
            outcome for at, outcome in enumerate(outcomes) if at == 0 or marks[at] != marks[at - 1]
        ]

    def is_abstention(self, cell: Cell, outcome: Outcome) -> bool:
        """An option that is no outcome of any package."""
        described = self.naive.issues[cell[0]].get("options", {}).get(outcome)
        return isinstance(described, dict) and described.get("abstention", False)

    def mark(self, cell: Cell, outcome: Outcome) -> list[Any]:
        marks: list[Any] = []
        for party in self.ids:
            by_text = self.accepts_by_text(party, cell, outcome)
            accepted = by_text == "yes" or self.plain_yes(party, cell, outcome)
            marks += self.named_as(party, cell, outcome)
            # A no that a yes to a text has overtaken makes no difference.
            marks.append(not accepted and self.entry_has(party, cell, "refuses", outcome))
            marks.append("yes" if accepted else self.yes_to_a_text(party, cell, outcome))
            marks.append([] if accepted else self.members(party, cell, outcome))
            if "offer" in (self.naive.entries[party, cell] or {}):
                marks.append(by_text == "yes")  # which counts without the offer's other terms
            marks += [outcome in one[cell] for one in self.conditions(party) if cell in one]
        return marks

    @once
    def yes_to_a_text(self, party: str, cell: Cell, outcome: Outcome) -> str:
        """A yes to a text as `accepts_by_text` has it, if it adds anything.

        Subject to something, it adds nothing where the party has said yes outright.
        """
        by_text = self.accepts_by_text(party, cell, outcome)
        demanded = outcome in self.naive.named_under("demands", party, cell)
        outright = self.plain_yes(party, cell, outcome) or (
            demanded and not self.members(party, cell, outcome)
        )
        return "" if by_text == "pending" and outright else by_text

    def named_as(self, party: str, cell: Cell, outcome: Outcome) -> list[bool]:
        """Under which verbs a party names an outcome."""
        accepted = self.naive.members_naming(party, cell, outcome)
        return [
            bool(accepted or self.yes_to_a_text(party, cell, outcome)),
            *(
                outcome in self.naive.named_under(verb, party, cell)
                for verb in ("demands", "proposes", "refuses")
            ),
        ]

    # What a party says

    @once
    def entry_has(self, party: str, cell: Cell, verb: str, outcome: Outcome) -> bool:
        entry = self.naive.entries[party, cell] or {}
        return verb in entry and outcome in self.naive.named(entry[verb], cell)

    @once
    def plain_yes(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        """Does the party's entry say yes to the outcome, whatever else holds?"""
        if self.entry_has(party, cell, "proposes", outcome):
            return True
        naming = self.naive.members_naming(party, cell, outcome)
        return any("if" not in member and "subject-to" not in member for member in naming)

    @once
    def members(self, party: str, cell: Cell, outcome: Outcome) -> list[dict[str, Any]]:
        """The conditional acceptances of the outcome, where there is no plain yes."""
        if self.plain_yes(party, cell, outcome):
            return []
        return self.naive.members_naming(party, cell, outcome)

    @once
    def accepts_by_text(self, party: str, cell: Cell, outcome: Outcome) -> str:
        """A yes to a text that names the outcome: "yes", "pending" or nothing."""
        if outcome in self.naive.named_by_text(party, cell, pending=False):
            return "yes"
        return "pending" if outcome in self.naive.named_by_text(party, cell) else ""

    def condition_is(self, member: dict[str, Any], package: Package) -> str:
        needed = self.naive.named_conditions(member.get("if", {}))
        for cell, required in needed.items():
            if cell in package and package[cell] not in required:
                return "fails"
        if "subject-to" in member or any(cell[0] in self.without for cell in needed):
            return "unknown"
        return "holds"

    def bearing(self, party: str | None, cell: Cell) -> tuple[Cell, ...]:
        """The cells on whose outcomes it depends what a party, or any party, says of a cell."""
        if (party, cell) not in self.bearings:
            found = [cell]
            for one in self.ids if party is None else [party]:
                for member in accepted_members(self.naive.entries[one, cell] or {}):
                    found += self.naive.named_conditions(member.get("if", {}))
                found += [other for other, _ in self.offer_terms(one, cell)]
            self.bearings[party, cell] = tuple(dict.fromkeys(found))
        return self.bearings[party, cell]

    @remembered
    def says(self, party: str, cell: Cell, package: Package) -> str:
        """The response to one outcome of a package; the numbers beyond an offer told apart."""
        response = self.says_at_once(party, cell, package)
        if response == "unaddressed":
            return "beyond" if self.is_beyond(party, cell, package) else "unsaid"
        return response

    def says_at_once(self, party: str, cell: Cell, package: Package) -> str:
        """The response but for `beyond`: "unaddressed" where no rule applies.

        A yes to a text lowers nothing: it counts where the entry says less.
        """
        by_text = self.accepts_by_text(party, cell, package[cell])
        if by_text == "yes":
            return "yes"
        by_entry = self.says_by_entry(party, cell, package)
        if by_entry == "yes" and not self.has_all_of_the_offer(party, cell, package):
            by_entry = "unsaid"
        return "unsaid" if by_text and by_entry != "yes" else by_entry

    def says_by_entry(self, party: str, cell: Cell, package: Package) -> str:
        outcome = package[cell]
        if self.naive.entries[party, cell] is None:
            return "unaddressed"
        if self.plain_yes(party, cell, outcome):
            return "yes"
        refused = self.entry_has(party, cell, "refuses", outcome)
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
        return "gives" if demanded else "unaddressed"

    def has_all_of_the_offer(self, party: str, cell: Cell, package: Package) -> bool:
        """Does the package have a term of each cell of the offer that the entry belongs to?"""
        terms = self.offer_terms(party, cell)
        return all(other in package and package[other] in named for other, named in terms)

    @once
    def offer_terms(self, party: str, cell: Cell) -> list[tuple[Cell, set[Outcome]]]:
        """What the offer that the entry belongs to names, by the cell."""
        held = self.naive.held[party, cell]
        if held is None or "offer" not in held.entry:
            return []
        terms = [
            (other, self.naive.asked_by_entry(party, other))
            for other in self.naive.cells
            if self.is_of_the_offer(self.naive.held[party, other], held)
        ]
        return [(other, named) for other, named in terms if named]

    def is_of_the_offer(self, one: Held | None, held: Held) -> bool:
        return (
            one is not None
            and one.holder == held.holder
            and one.entry.get("offer") == held.entry["offer"]
        )

    # Numbers

    @once
    def said_yes_to(self, party: str, cell: Cell) -> set[Outcome]:
        """The values to which the party says yes without conditions."""
        demanded = self.naive.named_under("demands", party, cell)
        return {
            value
            for value in self.outcomes[cell]
            if self.plain_yes(party, cell, value)
            or (value in demanded and not self.members(party, cell, value))
            or self.accepts_by_text(party, cell, value) == "yes"
        }

    def is_beyond(self, party: str, cell: Cell, package: Package) -> bool:
        """Does the value lie beyond all to which the party has said yes, on the side of a value
        to which another party has said yes? A party with a demand has ruled it out instead, and
        only a yes without conditions counts."""
        if self.naive.issues[cell[0]]["kind"] != "quantity":
            return False
        if "demands" in (self.naive.entries[party, cell] or {}):
            return False
        own = numbers(self.said_yes_to(party, cell))
        others = [
            number
            for other in self.ids
            if other != party
            for number in numbers(self.said_yes_to(other, cell))
        ]
        [value] = numbers([package[cell]])
        if not own or not others:
            return False
        is_above = value > max(own) and max(others) > max(own)
        return is_above or (value < min(own) and min(others) < min(own))

    def half_way(self, cell: Cell, package: Package) -> Number | None:
        """The middle of the stretch between the nearest yeses of two parties, if the package has
        just this stretch; of whole numbers, the lower of two."""
        at = self.outcomes[cell].index(package[cell])
        if not 0 < at < len(self.outcomes[cell]) - 1:
            return None
        before, after = self.outcomes[cell][at - 1], self.outcomes[cell][at + 1]
        yeses = {party: self.said_yes_to(party, cell) for party in self.ids}
        below = [party for party in self.ids if before in yeses[party]]
        above = [party for party in self.ids if after in yeses[party]]
        if not below or not above or len({*below, *above}) < 2:
            return None
        if any(package[cell] in values for values in yeses.values()):
            return None
        [*_, (_, _, start, _)] = self.naive.ranges(cell, self.all_alike(cell, {before}))
        [(_, end, _, _), *_] = self.naive.ranges(cell, self.all_alike(cell, {after}))
        assert start is not None
        assert end is not None
        middle = (exact(start) + exact(end)) / 2
        if self.naive.issues[cell[0]].get("integer", False):
            middle = Fraction(math.floor(middle))
        return plain(middle)

    def all_alike(self, cell: Cell, values: set[Outcome]) -> set[Outcome]:
        """The values and those between which and them nobody makes a difference."""
        found: set[Outcome] = set()
        chosen = False
        for outcome in self.naive.outcomes[cell]:
            if outcome in self.outcomes[cell]:
                chosen = outcome in values
            if chosen:
                found.add(outcome)
        return found

    def concessions(self, says: dict[Position, str]) -> tuple[int, ...]:
        counts = [0] * 6
        for (party, cell), response in says.items():
            entry = self.naive.entries[party, cell] or {}
            if response == "crosses":
                counts[0] += 1
            elif response == "gives":
                counts[PRIORITIES[entry.get("priority", "medium")]] += 1
            elif response == "beyond":
                counts[BEYOND] += 1
            elif response == "unsaid":
                counts[UNSAID] += 1
        return tuple(counts)

    # All packages

    def packages(self) -> Iterable[Package]:
        for outcomes in itertools.product(*self.outcomes.values()):
            package = dict(zip(self.cells, outcomes, strict=True))
            if self.is_possible(package):
                yield package

    def is_possible(self, package: Package) -> bool:
        """Whether nothing but positions rules a package out."""
        return True

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
                    self.concessions({one: says[one] for one in says if one[0] == party})
                    for party in self.ids
                )
            )
            asks = self.concessions(says)
            if asks < least:
                best, least = [], asks
            if asks == least:
                best.append((package, says))
        if not moves:
            return None
        ways_out = smallest(moves)
        all_says: dict[Position, set[str]] = {}
        for _, says in best:
            for position, response in says.items():
                all_says.setdefault(position, set()).add(response)
        answer = (
            "blocked" if any(least[:4]) else "open" if any(least) or not best[0][0] else "agreed"
        )
        packages = [package for package, _ in best]
        locks, best_points = conflict_sets(ways_out), undominated(points)
        return Truth(answer, least, packages, ways_out, locks, all_says, best_points)


def numbers(outcomes: Iterable[Outcome]) -> list[Fraction]:
    return sorted(outcome for outcome in outcomes if isinstance(outcome, Fraction))


def smallest(some: Iterable[frozenset[Position]]) -> set[frozenset[Position]]:
    """The sets of which no other is a part."""
    found: list[frozenset[Position]] = []
    for one in sorted(set(some), key=len):
        if not any(other <= one for other in found):
            found.append(one)
    return set(found)


def conflict_sets(ways_out: set[frozenset[Position]]) -> set[frozenset[Position]]:
    """The smallest sets of positions of which every package moves one."""
    if frozenset() in ways_out:
        return set()
    found: set[frozenset[Position]] = {frozenset()}
    for way in ways_out:
        found = smallest(
            one if one & way else one | {position} for one in found for position in way
        )
    return found


def undominated(points: set[Point]) -> set[Point]:
    """The points for which no other asks one party less and no party more."""
    found: list[Point] = []
    for one in sorted(points):  # whatever asks less of one and no more of another comes first
        if not any(
            all(mine <= theirs for mine, theirs in zip(other, one, strict=True)) for other in found
        ):
            found.append(one)
    return set(found)


def sticking_points(some: set[frozenset[Position]]) -> set[frozenset[Position]]:
    """The positions of conflict sets that hang together by sharing positions."""
    unions: list[set[Position]] = []
    for conflict_set in some:
        together = set(conflict_set)
        for union in [union for union in unions if union & conflict_set]:
            unions.remove(union)
            together |= union
        unions.append(together)
    return {frozenset(union) for union in unions}
