"""Finds whether conditions of several parties can be met together.

Each party needs one of its conditions to be met. If several conditions name the same cell, one
outcome must meet all of them. That is a constraint satisfaction problem, NP-complete in general.
Most dossiers need no search: the outcomes that each cell may have are narrowed until nothing
changes (A. K. Mackworth, "Consistency in networks of relations", Artificial Intelligence 8, 1977),
cells that only one party names drop out, and parties without a common cell are treated separately.
What is left is decided by trying the outcomes of one cell after the other, within the limit
`condition-steps`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from claimpos.dossier.model import Cell

Variable = Cell | None
"""A cell that conditions name; None is the cell whose outcomes are asked for."""

Domains = dict[Variable, int]
"""The outcomes that each of the variables may still have."""

_EACH_WAY = 4
"""The steps that it takes to narrow what one way requires."""

_DEEPEST = 40
"""How deep the nesting of independent parts may be that are treated separately."""


class Way(NamedTuple):
    """One way in which a party agrees: the outcomes that each variable must have."""

    party: int
    requires: Mapping[Variable, int]


def possible_outcomes(
    ways: Sequence[Way], domains: Mapping[Variable, int], spend: Callable[[int], None]
) -> int:
    """The outcomes, of those in `domains[None]`, for which all parties can agree at once.

    Args:
        ways: The ways of all parties that must agree.
        domains: The outcomes of every variable that a way names.
        spend: Receives the number of steps that follow; by an exception, it can end the search.
    """
    return _Search(spend).outcomes(list(ways), dict(domains), 0)


class _Search:
    def __init__(self, spend: Callable[[int], None]) -> None:
        self._spend = spend

    def outcomes(self, ways: list[Way], domains: Domains, depth: int) -> int:
        found = 0
        problems = [(ways, domains)]
        while problems:
            ways, domains = problems.pop()
            domains[None] &= ~found
            reduced = self._reduced(ways, domains) if domains[None] else []
            if not reduced:
                found |= domains[None]
                continue
            parts = _apart(reduced) if depth < _DEEPEST else [reduced]
            if len(parts) > 1:
                for part in parts:
                    if domains[None]:
                        domains[None] &= self.outcomes(part, dict(domains), depth + 1)
                found |= domains[None]
                continue
            problems += self._branches(reduced, domains)
        return found

    def _reduced(self, ways: list[Way], domains: Domains) -> list[Way]:
        """The ways between which it is still to be decided; narrows the domains in place.

        Empty if all parties agree, or if one cannot: then `domains[None]` is 0.
        """
        measure: tuple[int, ...] = ()
        while ways and measure != (measure := _measure(ways, domains)):
            self._spend(_EACH_WAY * measure[0])
            by_party = _narrowed(ways, domains)
            ways = []
            for mine in by_party:
                _restrict(mine, domains)
                if all(way.requires for way in mine):
                    ways += mine
                if not domains[None]:
                    return []
        return ways

    def _branches(
        self, ways: Sequence[Way], domains: Domains
    ) -> Iterator[tuple[list[Way], Domains]]:
        """The problems that follow from each outcome of one variable, equivalent ones together."""
        variable = _narrowest(ways, domains)
        others = [way for way in ways if variable not in way.requires]
        naming = [way for way in ways if variable in way.requires]
        for mask, chosen in _alike(variable, naming, domains[variable], self._spend):
            self._spend(len(chosen) + len(others))
            parties = {way.party for way in ways}
            left = [*chosen, *others]
            if parties == {way.party for way in left}:
                yield left, {**domains, variable: mask}


def _measure(ways: Sequence[Way], domains: Domains) -> tuple[int, ...]:
    """A measure that gets smaller as long as there is something to narrow."""
    size = sum(len(way.requires) + 1 for way in ways)
    return size, *(mask.bit_count() for mask in domains.values())


def _narrowed(ways: Iterable[Way], domains: Domains) -> list[list[Way]]:
    """The ways by party, without impossible ones, and without requirements that are always met.

    A party whose ways are all impossible has an empty list.
    """
    parties: dict[int, list[Way]] = {}
    naming: dict[Variable, set[int]] = {}
    for way in ways:
        parties.setdefault(way.party, []).append(way)
        for variable in way.requires:
            naming.setdefault(variable, set()).add(way.party)
    shared = {key for key, named_by in naming.items() if key is None or len(named_by) > 1}
    return [
        _merged(left for way in mine if (left := _open(way, shared, domains)) is not None)
        for mine in parties.values()
    ]


def _open(way: Way, shared: set[Variable], domains: Domains) -> Way | None:
    """The way with the requirements that may still fail; None if it is impossible."""
    requires: dict[Variable, int] = {}
    for variable, mask in way.requires.items():
        domain = domains[variable]
        left = mask & domain
        if not left:
            return None
        if left != domain and variable in shared:
            requires[variable] = left
    return Way(way.party, requires)


def _merged(ways: Iterable[Way]) -> list[Way]:
    """One party's ways, with those that differ in only one variable merged."""
    by_cells: dict[tuple[int, frozenset[tuple[Variable, int]]], int] = {}
    for party, requires in ways:
        cells = frozenset(item for item in requires.items() if item[0] is not None)
        here = requires.get(None, -1)
        by_cells[party, cells] = by_cells.get((party, cells), 0) | here
    alone: dict[tuple[int, Variable, int], int] = {}
    merged = []
    for (party, cells), here in by_cells.items():
        if len(cells) == 1:
            ((variable, mask),) = cells
            alone[party, variable, here] = alone.get((party, variable, here), 0) | mask
        else:
            merged.append(Way(party, _with_outcomes(cells, here)))
    merged += [
        Way(party, _with_outcomes([(variable, mask)], here))
        for (party, variable, here), mask in alone.items()
    ]
    return merged


def _with_outcomes(cells: Iterable[tuple[Variable, int]], here: int) -> dict[Variable, int]:
    requires = dict(cells)
    if here != -1:
        requires[None] = here
    return requires


def _restrict(mine: Sequence[Way], domains: Domains) -> None:
    """Remove from the domains what none of a party's ways allows."""
    if not mine:
        domains[None] = 0
        return
    for variable in mine[0].requires:
        union = 0
        for way in mine:
            if variable not in way.requires:
                break
            union |= way.requires[variable]
        else:
            domains[variable] &= union
            if not domains[variable]:
                domains[None] = 0


def _apart(ways: Sequence[Way]) -> list[list[Way]]:
    """The ways, divided into parts that have no cell in common."""
    root: dict[object, object] = {}

    def find(key: object) -> object:
        while (above := root.setdefault(key, key)) != key:
            root[key] = root[above]
            key = above
        return key

    for way in ways:
        for variable in way.requires:
            if variable is not None:
                root[find(variable)] = find(way.party)
    parts: dict[object, list[Way]] = {}
    for way in ways:
        parts.setdefault(find(way.party), []).append(way)
    return list(parts.values())


def _narrowest(ways: Sequence[Way], domains: Domains) -> Variable:
    """The variable whose outcomes, tried one by one, leave the least work."""
    named: dict[Variable, list[int]] = {}
    for way in ways:
        for variable, mask in way.requires.items():
            named.setdefault(variable, []).append(mask.bit_count())

    def cost(variable: Variable) -> int:
        counts = named[variable]
        return sum(counts) + (len(ways) - len(counts)) * domains[variable].bit_count()

    return min(named, key=cost)


def _alike(
    variable: Variable, ways: Sequence[Way], domain: int, spend: Callable[[int], None]
) -> Iterator[tuple[int, list[Way]]]:
    """The outcomes of a variable, grouped by the ways that allow them, with these ways."""
    pieces = _pieces([way.requires[variable] for way in ways], domain)
    heads = sum(1 << head for head in pieces)
    allowing: dict[int, list[int]] = {head: [] for head in pieces}
    for number, way in enumerate(ways):
        left = way.requires[variable] & heads
        spend(left.bit_count())
        while left:
            head = left.bit_length() - 1
            allowing[head].append(number)
            left ^= 1 << head
    classes: dict[tuple[int, ...], int] = {}
    for head, numbers in allowing.items():
        key = tuple(numbers)
        classes[key] = classes.get(key, 0) | pieces[head]
    for chosen, mask in classes.items():
        yield mask, [ways[number] for number in chosen]


def _pieces(masks: Iterable[int], domain: int) -> dict[int, int]:
    """The domain cut where a mask begins or ends; each piece by the number of its lowest bit."""
    cuts = 0
    for mask in masks:
        cuts |= mask ^ mask << 1
    pieces = {}
    left = domain
    while cuts and left:
        cut = cuts.bit_length() - 1
        cuts ^= 1 << cut
        if piece := left >> cut << cut:
            pieces[(piece & -piece).bit_length() - 1] = piece
            left ^= piece
    if left:
        pieces[(left & -left).bit_length() - 1] = left
    return pieces
