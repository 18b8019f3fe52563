"""Families of sets, as bits of integers: what hits them all, what they are products of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from math import prod

Row = tuple[int, ...]


def hitting_sets(family: Iterable[int], most: int | None = None) -> list[int] | None:
    """The sets that meet every set of the family, none to spare; None if over `most` on the way.

    C. Berge, Hypergraphs, 1989, chapter 2. What hits all deadlocks is a way out, and the other
    way round (R. Reiter, "A theory of diagnosis from first principles", Artificial Intelligence
    32, 1987).
    """
    found = [0]
    for members in sorted(family, key=int.bit_count):
        hits = [one for one in found if one & members]
        misses = [one for one in found if not one & members]
        found = hits + [
            wider
            for one in misses
            for wider in (one | bit for bit in bits(members))
            if not any(hit & wider == hit for hit in hits)
        ]
        if most is not None and len(found) > most:
            return None
    return found


def bits(mask: int) -> Iterable[int]:
    """The members of a set, each as a set of its own."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def connected(family: Iterable[int]) -> list[int]:
    """The unions of those sets that share a member, directly or by way of others."""
    unions: list[int] = []
    for members in family:
        apart = [union for union in unions if not union & members]
        for union in unions:
            if union & members:
                members |= union
        unions = [*apart, members]
    return unions


def factors(rows: Collection[Row]) -> list[tuple[int, ...]]:
    """The columns of a table in the smallest groups of which it is the product."""
    columns = range(len(next(iter(rows))))
    groups: list[tuple[int, ...]] = [(column,) for column in columns]
    for one, other in combinations(columns, 2):
        if _count(rows, (one, other)) < _count(rows, (one,)) * _count(rows, (other,)):
            groups = _merged(groups, [group for group in groups if one in group or other in group])
    while len(rows) < prod(_count(rows, group) for group in groups):
        groups = _merged(groups, _dependent(rows, groups))
    return sorted(groups)


def _count(rows: Collection[Row], columns: Sequence[int]) -> int:
    return len({tuple(row[column] for column in columns) for row in rows})


def _dependent(
    rows: Collection[Row], groups: Sequence[tuple[int, ...]]
) -> Sequence[tuple[int, ...]]:
    """The fewest groups that are no product, though any fewer of them are."""
    for size in range(3, len(groups) + 1):
        for some in combinations(groups, size):
            together = sum(some, ())
            if _count(rows, together) < prod(_count(rows, group) for group in some):
                return some
    raise AssertionError("a table is the product of itself")


def _merged(
    groups: Sequence[tuple[int, ...]], some: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    rest = [group for group in groups if group not in some]
    return [*rest, tuple(sorted(sum(some, ())))]
