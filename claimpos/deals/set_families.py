"""Families of sets: which are linked, and what they are products of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from math import prod

from claimpos.deals.clock import Clock

Row = tuple[int, ...]


def bits(mask: int) -> Iterable[int]:
    """The members of a set, each as a set of its own."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def connected(family: Iterable[int]) -> list[int]:
    """The unions of sets that share a member, directly or through other sets."""
    unions: list[int] = []
    for members in family:
        apart = [union for union in unions if not union & members]
        for union in unions:
            if union & members:
                members |= union
        unions = [*apart, members]
    return unions


def factors(rows: Collection[Row], clock: Clock) -> list[tuple[int, ...]]:
    """The columns of a table in the smallest groups of which it is the product.

    Raises OutOfTime.
    """
    columns = range(len(next(iter(rows))))
    groups: list[tuple[int, ...]] = [(column,) for column in columns]
    for one, other in combinations(columns, 2):
        clock.check()
        if _count(rows, (one, other)) < _count(rows, (one,)) * _count(rows, (other,)):
            groups = _merged(groups, [group for group in groups if one in group or other in group])
    while len(rows) < prod(_count(rows, group) for group in groups):
        groups = _merged(groups, _dependent(rows, groups, clock))
    return sorted(groups)


def _count(rows: Collection[Row], columns: Sequence[int]) -> int:
    return len({tuple(row[column] for column in columns) for row in rows})


def _dependent(
    rows: Collection[Row], groups: Sequence[tuple[int, ...]], clock: Clock
) -> Sequence[tuple[int, ...]]:
    """The smallest number of groups that form no product, although any fewer do."""
    for size in range(2, len(groups) + 1):
        for some in combinations(groups, size):
            clock.check()
            together = sum(some, ())
            if _count(rows, together) < prod(_count(rows, group) for group in some):
                return some
    raise AssertionError("a table is the product of itself")


def _merged(
    groups: Sequence[tuple[int, ...]], some: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    rest = [group for group in groups if group not in some]
    return [*rest, tuple(sorted(sum(some, ())))]
