"""How far apart the values of a quantity are that parties name, or have not ruled out."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations, product

from claimpos.comparison.table import Table
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Number, QuantitySpace


def widest_gap(
    table: Table, cell: Cell, space: QuantitySpace, masks: Collection[int]
) -> Number | None:
    """The largest distance between two of these sets of values; None if every two of them meet.

    Of sets in one piece, it lies between the one that ends first and the one that begins last;
    only those in several pieces are compared two by two.

    Raises WrongUsage if there are more pairs of these than the limit allows.
    """
    distinct = list(dict.fromkeys(masks))
    whole = [mask for mask in distinct if space.pieces(mask) == 1]
    broken = [mask for mask in distinct if space.pieces(mask) > 1]
    table.effort.spend(cell, len(broken) * len(distinct))
    pairs = [*combinations(broken, 2), *product(broken, whole)]
    if whole:
        pairs.append((min(whole, key=int.bit_length), max(whole, key=lambda mask: mask & -mask)))
    widest: Number | None = None
    for one, other in pairs:
        if not one & other:
            table.effort.spend(cell, space.pieces(one) + space.pieces(other))
            distance = space.distance(one, other)
            if distance is not None and (widest is None or distance > widest):
                widest = distance
    return widest
