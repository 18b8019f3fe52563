"""A quantity cut into pieces knows the same values as the ranges that it was cut by."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimpos.dossier.outcomes import OptionSpace, QuantitySpace, Range, without
from tests.support import within

ENDS = st.sampled_from([None, 0, 1, 2, 3, Decimal("0.5"), Decimal("1.5"), Decimal("2.5")])
WHOLE = st.sampled_from([None, -1, 0, 1, 2, 3, 5])
# Every end, and a value between any two and beyond them.
PROBES = [Fraction(number, 8) for number in range(-16, 57)]


def ranges(ends: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[Range, ...]]:
    one = st.builds(Range, ends, ends, st.booleans(), st.booleans())
    return st.lists(one.map(tidy), min_size=1, max_size=3).map(tuple)


def tidy(stretch: Range) -> Range:
    low, high, low_open, high_open = stretch
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Range(low, high, low_open and low is not None, high_open and high is not None)


def holds(stretch: Range, value: Fraction) -> bool:
    low, high, low_open, high_open = stretch
    above = low is None or value > Fraction(low) or (value == Fraction(low) and not low_open)
    below = high is None or value < Fraction(high) or (value == Fraction(high) and not high_open)
    return above and below


def values(named: tuple[Range, ...], domain: Range, integer: bool) -> set[Fraction]:
    return {
        value
        for value in PROBES
        if holds(domain, value)
        and (not integer or value.denominator == 1)
        and any(holds(stretch, value) for stretch in named)
    }


@given(
    ranges(ENDS), ranges(ENDS), st.sampled_from([Range(None, None), Range(0, 3), Range(1, None)])
)
def test_reals(one: tuple[Range, ...], other: tuple[Range, ...], domain: Range) -> None:
    check(one, other, domain, integer=False)


@given(ranges(WHOLE), ranges(WHOLE), st.sampled_from([Range(None, None), Range(0, 3), Range(1, 5)]))
def test_integers(one: tuple[Range, ...], other: tuple[Range, ...], domain: Range) -> None:
    check(one, other, domain, integer=True)


def check(one: tuple[Range, ...], other: tuple[Range, ...], domain: Range, integer: bool) -> None:
    space = QuantitySpace([one, other], domain, integer)
    masks = space.mask(one), space.mask(other)
    found = [values(named, domain, integer) for named in (one, other)]
    for mask, expected in zip(masks, found, strict=True):
        back = tuple(space.outcomes(mask))
        assert space.pieces(mask) == len(back)
        assert values(back, domain, integer) == expected
        assert all(
            second.low is not None and first.high is not None and second.low >= first.high
            for first, second in pairwise(back)
        )
    for mask in (masks[0] & masks[1], masks[0] & ~masks[1], space.full & ~masks[0]):
        assert space.mask(tuple(space.outcomes(mask))) == mask
    both = tuple(space.outcomes(masks[0] & masks[1]))
    assert values(both, domain, integer) == found[0] & found[1]
    assert values(tuple(space.outcomes(space.full)), domain, integer) == values(
        (Range(None, None),), domain, integer
    )


@given(ranges(WHOLE), ranges(WHOLE))
def test_distance(one: tuple[Range, ...], other: tuple[Range, ...]) -> None:
    domain = Range(-2, 6)
    space = QuantitySpace([one, other], domain, integer=True)
    found = [values(named, domain, integer=True) for named in (one, other)]
    assume(all(found))
    apart = min(abs(first - second) for first in found[0] for second in found[1])
    assert space.distance(space.mask(one), space.mask(other)) == apart


def test_distance_of_open_ends_and_of_nothing() -> None:
    below, above = (Range(None, Decimal("0.1"), False, True),), (Range(Decimal("0.3"), None, True),)
    space = QuantitySpace([below, above], Range(None, None), integer=False)
    assert space.distance(space.mask(below), space.mask(above)) == Decimal("0.2")
    assert space.distance(space.mask(below), 0) is None


def test_differences_are_exact() -> None:
    tiny, huge = Decimal("1e-30"), Decimal("1e30")
    low, high = (Range(tiny, tiny),), (Range(huge, huge),)
    space = QuantitySpace([low, high], Range(None, None), integer=False)
    assert space.distance(space.mask(low), space.mask(high)) == Fraction(huge) - Fraction(tiny)


@pytest.mark.parametrize("options", [["x"], ["x", "y", "z"]])
def test_options_keep_their_order(options: list[str]) -> None:
    space = OptionSpace(options)
    assert space.outcomes(space.full) == options
    assert space.outcomes(space.mask(frozenset(options[-1:]))) == options[-1:]


def _any(ranges: tuple[Range, ...], value: Fraction) -> bool:
    return any(holds(one, value) for one in ranges)


END = st.none() | st.integers(0, 6)
SOME = st.lists(st.builds(Range, END, END, st.booleans(), st.booleans()), max_size=4).map(tuple)


@given(SOME, SOME)
def test_what_is_left_without_some_values(outcomes: tuple[Range, ...], taken: Any) -> None:
    left = without(outcomes, taken)
    assert isinstance(left, tuple)
    for half in range(-1, 14):
        value = Fraction(half, 2)
        assert _any(left, value) == (_any(outcomes, value) and not _any(taken, value))


def test_many_ranges_are_taken_from_many() -> None:
    ranges = tuple(Range(number, number + 1, True, True) for number in range(0, 20_000, 2))
    with within(2):
        assert without(ranges, ranges) == ()
        assert len(without((Range(0, None),), ranges)) == 10_001
