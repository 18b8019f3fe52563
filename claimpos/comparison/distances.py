"""How far apart parties are on a quantity."""

from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from itertools import accumulate, combinations, product
from operator import and_
from typing import NamedTuple

from claimpos.comparison.conditions import Common
from claimpos.comparison.table import PositionTable
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Nearest, Number, QuantitySpace, Range

EACH_PAIR = 16
"""The steps that it takes to find where two parties are nearest, and to keep it."""


class Apart(NamedTuple):
    """Two sides that accept values of a quantity, but none in common.

    All of `some` accept the same values, and so do all of `others`. `nearest` is the place where
    the two sides are nearest to each other.
    """

    some: tuple[str, ...]
    others: tuple[str, ...]
    nearest: Nearest

    @property
    def distance(self) -> Number:
        return self.nearest.distance

    @property
    def ranges(self) -> tuple[tuple[tuple[str, ...], Range], tuple[tuple[str, ...], Range]]:
        """The two sides, each with its range that is nearest to the other."""
        return (self.some, self.nearest.one), (self.others, self.nearest.other)


def accepted_by_each(common: Common, cell: Cell) -> dict[str, int]:
    """The outcomes that each party accepts, including those whose conditions are met."""
    return {party: common.accepted(party, cell) for party in common.parties}


def all_apart(common: Common, cell: Cell) -> tuple[Apart, ...]:
    """Every two sides that accept no value in common, those farthest apart first.

    Empty if the issue is not a quantity. Raises WrongUsage if it takes more steps than the limit
    allows.
    """
    space = common.table.space(cell)
    if not isinstance(space, QuantitySpace):
        return ()
    alike: dict[int, list[str]] = {}
    for party, mask in accepted_by_each(common, cell).items():
        if mask:
            alike.setdefault(mask, []).append(party)
    spend_on_pairs(common.table, cell, [space.pieces(mask) for mask in alike])
    found = [
        Apart(tuple(alike[one]), tuple(alike[other]), space.nearest(one, other))
        for one, other in combinations(alike, 2)
        if not one & other
    ]
    return tuple(sorted(found, key=lambda apart: apart.distance, reverse=True))


def meeting_without(accepted: Mapping[str, int]) -> dict[str, int]:
    """Each party without which all others, at least two, accept a common value; and these values.

    Empty if all parties have a value in common.
    """
    masks = list(accepted.values())
    if len(masks) < 3 or reduce(and_, masks):
        return {}
    before = accumulate(masks, and_, initial=-1)
    after = list(accumulate(reversed(masks), and_, initial=-1))
    rest = zip(accepted, before, after[-2::-1], strict=False)
    return {party: one & other for party, one, other in rest if one & other}


def widest_gap(
    table: PositionTable, cell: Cell, space: QuantitySpace, masks: Collection[int]
) -> Number | None:
    """The largest distance between two of these sets of values; None if every two of them meet.

    For sets that are one range, it is that between the set that ends first and the set that begins
    last; only sets of several ranges are compared pair by pair.

    Raises WrongUsage if there are more such pairs than the limit allows.
    """
    widest: Number | None = None
    for one, other in _outermost(table, cell, space, masks):
        if not one & other:
            table.effort.spend(cell, space.pieces(one) + space.pieces(other))
            distance = space.distance(one, other)
            if distance is not None and (widest is None or distance > widest):
                widest = distance
    return widest


def are_apart(
    table: PositionTable, cell: Cell, space: QuantitySpace, masks: Collection[int]
) -> bool:
    """Whether two of these sets of values have none in common; for errors, see `widest_gap`."""
    return any(not one & other for one, other in _outermost(table, cell, space, masks))


def _outermost(
    table: PositionTable, cell: Cell, space: QuantitySpace, masks: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of these sets, among them the two farthest apart if any two have no value in common."""
    distinct = list(dict.fromkeys(masks))
    whole: list[int] = []
    broken: list[int] = []
    for mask in distinct:
        (whole if space.pieces(mask) == 1 else broken).append(mask)
    table.effort.spend(cell, len(broken) * len(distinct))
    if whole:
        yield min(whole, key=int.bit_length), max(whole, key=lambda mask: mask & -mask)
    yield from combinations(broken, 2)
    yield from product(broken, whole)


def spend_on_pairs(table: PositionTable, cell: Cell, pieces: Collection[int]) -> None:
    """Count the steps that it takes to find where every two of some sets of values are nearest.

    `pieces` has the number of ranges that each set forms. Raises WrongUsage if there are more steps
    than the limit allows.
    """
    table.effort.spend(cell, len(pieces) * (EACH_PAIR * len(pieces) // 2 + sum(pieces)))
