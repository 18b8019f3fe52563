"""Packages by priorities alone, by trying every package and every extreme weighting.

Written from the definition in the guide. A weighting gives a number, 0 or more, to each issue or
sub-issue on which a party has a position, and fits if what the party ranks higher weighs in sum at
least as much as what it ranks lower. Of these, all are tried in which each issue weighs 1 in one
sub-issue, or nothing; what else fits is a sum of such ones.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeVar

from tests.deals.enumerator import Enumerator, Package
from tests.oracle.record import Cell

Weights = Mapping[Cell, int | Fraction]
Levels = tuple[int, ...]
Matter = tuple[str | None, tuple[Cell, ...]]
T = TypeVar("T")

ORDER = ["low", "medium", "high"]
LEVELS = {"gives": 0, "beyond": 1, "unsaid": 2, "yes": 3}
CALLED_FOR = 4


class PriorityTruth(NamedTuple):
    """What no other package beats: for each party alone, and for all who rank issues together.

    A package stands for all that have the same levels for these parties.
    """

    alone: dict[str, set[Levels]]
    together: dict[tuple[Levels, ...], list[Package]]
    all: dict[tuple[Levels, ...], list[Package]]


class PriorityEnumerator(Enumerator):
    """How well packages do for parties that rank issues."""

    def priority(self, party: str, cell: Cell) -> str | None:
        priority: str | None = (self.naive.entries[party, cell] or {}).get("priority")
        return priority

    def spoken(self, party: str) -> list[Cell]:
        """The cells on which a party has a position."""
        return [cell for cell in self.cells if self.naive.names_item(party, cell)]

    def ranking(self) -> list[str]:
        """The parties that rank one issue above another."""
        return [
            party
            for party in self.ids
            if len({self.priority(party, cell) for cell in self.spoken(party)} - {None}) > 1
        ]

    def matters(self, party: str) -> list[Matter]:
        """Its issues, or the parts of one that it ranks differently, with their sub-issues."""
        found: dict[tuple[str, str | None], list[Cell]] = {}
        for cell in self.spoken(party):
            found.setdefault((cell[0], self.priority(party, cell)), []).append(cell)
        return [(rank, tuple(cells)) for (_, rank), cells in found.items()]

    def level(self, party: str, cell: Cell, package: Package) -> int:
        says = self.says(party, cell, package)
        asked = [self.naive.named_under(verb, party, cell) for verb in ("demands", "proposes")]
        if says == "yes" and any(package[cell] in named for named in asked):
            return CALLED_FOR
        return LEVELS[says]

    def levels(self, party: str, package: Package) -> Levels:
        return tuple(self.level(party, cell, package) for cell in self.spoken(party))

    def kept_packages(self) -> Iterable[Package]:
        """Those in which nobody gives up a red line, and those held concede nothing."""
        for package in self.packages():
            said = {
                (party, self.says(party, cell, package))
                for party in self.ids
                for cell in self.cells
            }
            if not any(
                says == "crosses" or (says == "gives" and party in self.held)
                for party, says in said
            ):
                yield package

    def by_priorities(self) -> PriorityTruth:
        ranking = self.ranking()
        every: dict[tuple[Levels, ...], list[Package]] = {}
        for package in self.kept_packages():
            key = tuple(self.levels(party, package) for party in ranking)
            every.setdefault(key, []).append(package)
        judges = [Judge(self.spoken(party), self.matters(party)) for party in ranking]
        alone = {
            party: undominated({key[at] for key in every}, judges[at].never_worse)
            for at, party in enumerate(ranking)
        }

        def never_worse(one: tuple[Levels, ...], other: tuple[Levels, ...]) -> bool:
            return all(
                judge.never_worse(a, b) for judge, a, b in zip(judges, one, other, strict=True)
            )

        best = undominated(set(every), never_worse)
        return PriorityTruth(alone, {key: every[key] for key in every if key in best}, every)


def undominated(some: set[T], never_worse: Callable[[T, T], bool]) -> set[T]:
    return {
        one
        for one in some
        if not any(never_worse(other, one) and not never_worse(one, other) for other in some)
    }


class Judge:
    """What packages are worth to a party under every extreme weighting, step by step."""

    def __init__(self, cells: list[Cell], matters: list[Matter]) -> None:
        self.cells = cells
        self.weightings = [one for one in extremes(matters) if fits(one, matters)]
        self.known: dict[Levels, list[int | Fraction]] = {}

    def worth(self, levels: Levels) -> list[int | Fraction]:
        if levels not in self.known:
            by_cell = dict(zip(self.cells, levels, strict=True))
            self.known[levels] = [
                worth(weights, by_cell, scale) for weights in self.weightings for scale in SCALES
            ]
        return self.known[levels]

    def never_worse(self, one: Levels, other: Levels) -> bool:
        return all(a >= b for a, b in zip(self.worth(one), self.worth(other), strict=True))


def extremes(matters: list[Matter]) -> Iterable[Weights]:
    """All weightings in which each issue weighs 1 in one of its sub-issues, or nothing."""
    for chosen in itertools.product(*([None, *cells] for _, cells in matters)):
        yield {cell: int(cell in chosen) for _, cells in matters for cell in cells}


SCALES = [[int(level >= step) for level in range(5)] for step in range(1, 5)]
"""For each step of the five levels, the scale on which it alone counts."""


def fits(weights: Weights, matters: list[Matter]) -> bool:
    sums = [
        (ORDER.index(rank), sum(weights[cell] for cell in cells))
        for rank, cells in matters
        if rank is not None
    ]
    return all(weight >= 0 for weight in weights.values()) and all(
        above >= below for high, above in sums for low, below in sums if high > low
    )


def worth(
    weights: Weights, levels: Mapping[Cell, int], scale: Sequence[int | Fraction]
) -> int | Fraction:
    return sum(weights[cell] * scale[level] for cell, level in levels.items())
