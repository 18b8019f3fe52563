"""Tables as products: the groups of columns multiply to the table, and none can be parted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from claimpos.deals.clock import Clock
from claimpos.deals.set_families import factors

Row = tuple[int, ...]


def tables() -> st.SearchStrategy[set[Row]]:
    widths = st.integers(1, 4)
    return widths.flatmap(
        lambda width: st.sets(st.tuples(*[st.integers(0, 2)] * width), min_size=1)
    )


def part(rows: Iterable[Row], columns: Sequence[int]) -> set[Row]:
    return {tuple(row[column] for column in columns) for row in rows}


def is_product(rows: Iterable[Row], groups: Sequence[Sequence[int]]) -> bool:
    together = part(rows, [column for group in groups for column in group])
    return len(together) == prod(len(part(rows, group)) for group in groups)


@given(tables())
def test_the_groups_multiply_to_the_table_and_none_can_be_parted(rows: set[Row]) -> None:
    groups = factors(rows, Clock(None))
    assert sorted(sum(groups, ())) == [*range(len(next(iter(rows))))]
    assert is_product(rows, groups)
    for group in groups:
        for size in range(1, len(group)):
            for some in combinations(group, size):
                rest = [column for column in group if column not in some]
                assert not is_product(rows, [some, rest])


def test_a_column_may_hang_on_two_others_that_hang_together() -> None:
    """Any two columns but the first two are free of each other, and yet a row is missing."""
    pairs = {*product(range(3), repeat=2)} - {(2, 2)}
    rows = {(*pair, last) for pair in pairs for last in (0, 1)} - {(0, 0, 1)}
    assert is_product(rows, [[0], [2]])
    assert is_product(rows, [[1], [2]])
    assert factors(rows, Clock(None)) == [(0, 1, 2)]
