"""Outcomes and the spaces they live in.

A comparison asks of every outcome of a cell whether it is acceptable to all parties. For a cell
with options the outcomes are the options. A quantity is cut at every end point that anybody
names: each end point is an outcome of its own, with the open stretches between them, and within
one piece no position can tell two values apart. Either way a set of outcomes is the bits of an
integer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import ROUND_FLOOR, Context, Decimal, Inexact
from itertools import pairwise

from claimpos.records import NamedTuple

Number = int | Decimal

# Wide enough that the difference of any two numbers of the file format is exact.
_EXACT = Context(prec=100, traps=[Inexact])


class Range(NamedTuple):
    """The values from `low` to `high`; None is unbounded, an open end does not count itself."""

    low: Number | None
    high: Number | None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


class Nearest(NamedTuple):
    """How far two sets of values are apart, and the range of each that faces the other."""

    distance: Number
    one: Range
    other: Range


Outcomes = frozenset[str] | tuple[Range, ...]


def integer_range(stretch: Range) -> Range:
    """The same whole numbers with inclusive ends: above 5 is from 6 on."""
    low, high, low_open, high_open = stretch
    return Range(
        low + 1 if low is not None and low_open else low,
        high - 1 if high is not None and high_open else high,
    )


def middle(stretch: Range, integer: bool) -> Number:
    """The value half way between two ends, exact; of whole numbers, the lower of two."""
    low, high, *_ = stretch
    if low is None or high is None:
        raise ValueError("a range without an end has no middle")
    half = _EXACT.divide(_EXACT.add(Decimal(low), Decimal(high)), Decimal(2))
    return int(half.to_integral_value(ROUND_FLOOR)) if integer else plain(half)


def is_empty(stretch: Range) -> bool:
    """Whether no value at all lies in the range."""
    low, high, low_open, high_open = stretch
    if low is None or high is None:
        return False
    return low > high or (low == high and (low_open or high_open))


def without(outcomes: Outcomes, taken: Outcomes, integer: bool = False) -> Outcomes:
    """The outcomes without those taken away; `integer` says that only whole numbers count."""
    if isinstance(outcomes, frozenset):
        return frozenset(outcomes.difference(taken))
    left: list[Range] = list(outcomes)
    for cut in _ranges([taken]):
        pieces = (piece for stretch in left for piece in _around(stretch, cut))
        left = [
            piece for piece in pieces if not is_empty(integer_range(piece) if integer else piece)
        ]
    return tuple(left)


def either(outcomes: Outcomes, others: Outcomes) -> Outcomes:
    """The outcomes of two sets of one kind; ranges may overlap."""
    if isinstance(outcomes, frozenset):
        return outcomes.union(one for one in others if isinstance(one, str))
    return (*_ranges([outcomes]), *_ranges([others]))


def _around(stretch: Range, cut: Range) -> Iterator[Range]:
    """What lies of a range below another one, and above it."""
    low, high, low_open, high_open = stretch
    if cut.low is not None:
        end, is_open = cut.low, not cut.low_open
        if high is not None and (high, not high_open) <= (end, not is_open):
            end, is_open = high, high_open
        yield Range(low, end, low_open, is_open)
    if cut.high is not None:
        end, is_open = cut.high, not cut.high_open
        if low is not None and (low, low_open) >= (end, is_open):
            end, is_open = low, low_open
        yield Range(end, high, is_open, high_open)


class OptionSpace:
    """The outcomes of a cell with options, in the agenda's order."""

    def __init__(self, options: Iterable[str]) -> None:
        self.options = tuple(options)
        self.full = (1 << len(self.options)) - 1
        self._bits = {option: 1 << bit for bit, option in enumerate(self.options)}

    def mask(self, outcomes: Outcomes) -> int:
        found = 0
        for one in outcomes:
            found |= self._bits.get(one, 0)  # type: ignore[arg-type]
        return found

    def outcomes(self, mask: int) -> list[str]:
        """The options of a mask, in the agenda's order."""
        found = []
        while mask:
            bit = (mask & -mask).bit_length() - 1
            found.append(self.options[bit])
            mask &= mask - 1
        return found


class QuantitySpace:
    """The pieces of a quantity: bit 2i+1 is the i-th end point, bit 2i the stretch below it."""

    def __init__(self, named: Iterable[Outcomes], domain: Range, integer: bool) -> None:
        self.integer = integer
        self.domain = domain
        ranges = [self._normal(part) for part in [domain, *_ranges(named)]]
        ends = {end for part in ranges for end in part[:2] if end is not None}
        self.ends: list[Number] = sorted(ends)
        self.full = self._whole()

    def _normal(self, stretch: Range) -> Range:
        return integer_range(stretch) if self.integer else stretch

    def _whole(self) -> int:
        mask = self._stretch(self.domain)
        if self.integer:
            for index in range(1, len(self.ends)):
                if self.ends[index] - self.ends[index - 1] == 1:
                    mask &= ~(1 << 2 * index)
        return mask

    def _stretch(self, stretch: Range) -> int:
        low, high, low_open, high_open = stretch
        first = 0
        if low is not None:
            first = 2 * bisect_left(self.ends, low) + (2 if low_open else 1)
        last = 2 * len(self.ends)
        if high is not None:
            last = 2 * bisect_left(self.ends, high) + (0 if high_open else 1)
        return ((1 << last + 1) - 1) & ~((1 << first) - 1) if last >= first else 0

    def mask(self, outcomes: Outcomes) -> int:
        mask = 0
        for stretch in _ranges([outcomes]):
            mask |= self._stretch(self._normal(stretch))
        return mask & self.full

    def outcomes(self, mask: int) -> list[Range]:
        """The values of a mask as ranges, adjoining ones merged, lowest first."""
        return [self._range(first, last) for first, last in self._runs(mask & self.full)]

    def pieces(self, mask: int) -> int:
        """How many ranges the values of a mask are, adjoining ones merged."""
        return sum(1 for _ in self._runs(mask))

    def _runs(self, mask: int) -> Iterator[tuple[int, int]]:
        """The first and the last bit of each run without a piece of the quantity between."""
        missing = self.full & ~mask
        while mask:
            first = (mask & -mask).bit_length() - 1
            missing = missing >> first << first
            end = (missing & -missing).bit_length() - 1 if missing else mask.bit_length()
            run = mask & ((1 << end) - 1)
            yield first, run.bit_length() - 1
            mask ^= run

    def _range(self, first: int, last: int) -> Range:
        low = self.ends[(first - 1) // 2] if first else None
        high = self.ends[last // 2] if last < 2 * len(self.ends) else None
        return self._normal(
            Range(low, high, first % 2 == 0 and low is not None, last % 2 == 0 and high is not None)
        )

    def distance(self, one: int, other: int) -> Number | None:
        """The least distance between a value of one mask and of the other.

        0 where they meet, or touch without meeting; None if one of them is empty.
        """
        if not one or not other:
            return None
        return 0 if one & other else self.nearest(one, other).distance

    def nearest(self, one: int, other: int) -> Nearest:
        """Where two masks that have values, but none in common, come nearest to each other.

        Of several such places it is the lowest.
        """
        parts = [
            (part, mine) for mine, mask in enumerate((one, other)) for part in self._runs(mask)
        ]
        parts.sort()
        facing = (
            (self._range(*below), self._range(*above), mine)
            for (below, mine), (above, others) in pairwise(parts)
            if mine != others
        )
        apart = (
            (max(_minus(high.low, low.high), 0), low, high, mine) for low, high, mine in facing
        )
        distance, low, high, mine = min(apart, key=lambda place: place[0])
        ranges = (high, low) if mine else (low, high)
        return Nearest(plain(distance), *ranges)


Space = OptionSpace | QuantitySpace


def _ranges(named: Iterable[Outcomes]) -> Iterator[Range]:
    for outcomes in named:
        yield from (part for part in outcomes if isinstance(part, Range))


def _minus(left: Number | None, right: Number | None) -> Number:
    if left is None or right is None:
        return -1
    return _EXACT.subtract(Decimal(left), Decimal(right))


def difference(number: Number, other: Number) -> Number:
    """The first number less the second, exact."""
    return plain(_minus(number, other))


def plain(number: Number) -> Number:
    """The number as an int where it is whole."""
    return int(number) if number == int(number) else number
