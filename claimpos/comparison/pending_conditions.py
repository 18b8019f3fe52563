"""The outcomes of a cell that depend on conditions, and whether these can be met together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.dossier.model import Cell

if TYPE_CHECKING:
    from claimpos.comparison.constraint_search import Domains

EACH_CELL = 16
"""The steps that it takes to look at a cell at all."""


class Side(NamedTuple):
    """A party with conditions on a cell: the outcomes that need none, and the conditions."""

    outright: int
    clauses: tuple[Clause, ...]


class PendingOutcomes(NamedTuple):
    """The outcomes of a cell that depend on conditions.

    Attributes:
        mask: The outcomes.
        yes: Those that all parties without a condition accept.
        sides: The parties with conditions, of which each needs one to be met.
        named: The cells that the conditions name.
        shared: Those of them that two sides name, whose conditions may exclude each other.
        size: The number of all requirements.
    """

    mask: int
    yes: int
    sides: tuple[Side, ...]
    named: tuple[Cell, ...]
    shared: frozenset[Cell]
    size: int


def pending_outcomes(pending: int, yes: int, stances: Sequence[Stance]) -> PendingOutcomes:
    """What depends on conditions of the `pending` outcomes; the others accept those in `yes`."""
    sides = []
    named: Counter[Cell] = Counter()
    size = 0
    for stance in stances:
        if clauses := stance.conditions_for(pending):
            sides.append(Side(pending & ~stance.conditional, clauses))
            size += sum(len(clause.requires) + 1 for clause in clauses)
            named.update({cell for clause in clauses for cell, _ in clause.requires})
    shared = frozenset(cell for cell, count in named.items() if count > 1)
    return PendingOutcomes(pending, pending & yes, tuple(sides), tuple(named), shared, size)


def outcomes_met(
    hanging: PendingOutcomes, domains: "Domains", settled: bool, spend: Callable[[int], None]
) -> int:
    """The outcomes for which each side has a condition, all of them met in these domains.

    If `settled`, conditions that no outcome can meet do not count. `spend` receives the number of
    steps that it takes.
    """
    spend(hanging.size + EACH_CELL)
    wanted = hanging.mask
    sides = []
    for each in hanging.sides:
        side = _open_side(each, domains, settled)
        met = side.outright
        for clause in side.clauses:
            met |= clause.mask
        wanted &= met
        if not wanted:
            return 0
        sides.append(side)
    if not hanging.shared or _first_ones_fit(sides, wanted, domains):
        return wanted
    from claimpos.comparison.constraint_search import Way, possible_outcomes

    ways = [Way(number, requires) for number, side in enumerate(sides) for requires in _ways(side)]
    return possible_outcomes(ways, {**domains, None: wanted}, spend)


def _open_side(side: Side, domains: "Domains", settled: bool) -> Side:
    """The side with only the conditions that can be met in these domains."""
    clauses = [
        clause
        for clause in side.clauses
        if not (settled and clause.is_open)
        and all(mask & domains[cell] for cell, mask in clause.requires)
    ]
    return Side(side.outright, tuple(clauses))


def _first_ones_fit(sides: Iterable[Side], wanted: int, domains: "Domains") -> bool:
    """Whether the first conditions of all sides for all of these outcomes can be met together.

    Mostly they can, and no search is needed.
    """
    left: Domains = {}
    for side in sides:
        if not wanted & ~side.outright:
            continue
        first = next((clause for clause in side.clauses if not wanted & ~clause.mask), None)
        if first is None:
            return False
        for cell, mask in first.requires:
            left[cell] = left.get(cell, domains[cell]) & mask
            if not left[cell]:
                return False
    return True


def _ways(side: Side) -> Iterator[dict[Cell | None, int]]:
    """The ways to the side's agreement, as requirements on variables; see `possible_outcomes`."""
    if side.outright:
        yield {None: side.outright}
    for clause in side.clauses:
        yield {None: clause.mask, **dict(clause.requires)}
