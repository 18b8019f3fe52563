"""Sets of outcomes, as bits of integers.

A comparison has to know of every outcome of a cell whether it is acceptable to all parties. If the
cell has options, these are its outcomes. A quantity is cut into pieces at every number that a
position names: each such number is an outcome, and so is each open stretch between two of them,
because no position distinguishes values within a stretch. An outcome is then one bit, and a set of
outcomes, called a mask, is an integer.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_FLOOR, Context, Decimal, Inexact
from itertools import accumulate, groupby, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

Number = int | Decimal

# Precise enough for the difference of any two numbers that files may hold.
_EXACT = Context(prec=100, traps=[Inexact])


class Range(NamedTuple):
    """The values from `low` to `high`; None means no end, and an open end is not included."""

    low: Number | None
    high: Number | None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


class Nearest(NamedTuple):
    """The distance between two sets of values, and the range of each that is nearest the other."""

    distance: Number
    one: Range
    other: Range


Outcomes = frozenset[str] | tuple[Range, ...]

_MANY = 20
"""Of so many options, the mask is worked out once."""


def integer_range(stretch: Range) -> Range:
    """The whole numbers of a range, with its ends included: above 5 becomes from 6 on."""
    low, high, low_open, high_open = stretch
    return Range(
        low + 1 if low is not None and low_open else low,
        high - 1 if high is not None and high_open else high,
    )


def middle(stretch: Range, integer: bool) -> Number:
    """The value half way between the ends of a range, exact; of whole numbers, rounded down.

    Raises ValueError for a range without one of its ends.
    """
    low, high, *_ = stretch
    if low is None or high is None:
        raise ValueError("a range without an end has no middle")
    half = _EXACT.divide(_EXACT.add(Decimal(low), Decimal(high)), Decimal(2))
    return int(half.to_integral_value(ROUND_FLOOR)) if integer else plain(half)


def is_empty(stretch: Range) -> bool:
    """Whether no value lies in the range."""
    low, high, low_open, high_open = stretch
    if low is None or high is None:
        return False
    return low > high or (low == high and (low_open or high_open))


def without(outcomes: Outcomes, taken: Iterable[str | Range], integer: bool = False) -> Outcomes:
    """The outcomes that are left without `taken`; of an `integer`, only whole numbers count."""
    if isinstance(outcomes, frozenset):
        return frozenset(outcomes.difference(taken))
    cuts = sorted((part for part in taken if isinstance(part, Range)), key=_begin)
    reach = [*accumulate(map(_end, cuts), max)]
    left = (piece for stretch in outcomes for piece in _cut(stretch, cuts, reach))
    return tuple(one for one in left if not is_empty(integer_range(one) if integer else one))


def _begin(stretch: Range) -> tuple[bool, Number, bool]:
    return stretch.low is not None, stretch.low or 0, stretch.low_open


def _end(stretch: Range) -> tuple[bool, Number]:
    return stretch.high is None, stretch.high or 0


def _cut(
    stretch: Range, cuts: Sequence[Range], reach: Sequence[tuple[bool, Number]]
) -> Iterator[Range]:
    """What is left of a range; pieces may be empty.

    The cuts are in the order of their beginnings, and each has the farthest end up to it in
    `reach`, so that only those are looked at that may meet the range.
    """
    first = 0 if stretch.low is None else bisect_left(reach, (False, stretch.low))
    for cut in islice(cuts, first, None):
        if stretch.high is not None and cut.low is not None and cut.low > stretch.high:
            break
        pieces = [*_around(stretch, cut)]
        if cut.high is None:
            yield from pieces
            return
        stretch = pieces.pop()
        yield from pieces
        if is_empty(stretch):
            return
    yield stretch


def either(outcomes: Outcomes, others: Outcomes) -> Outcomes:
    """The outcomes of both sets, which are of one kind; ranges may overlap."""
    if isinstance(outcomes, frozenset):
        return outcomes.union(one for one in others if isinstance(one, str))
    return (*_ranges([outcomes]), *_ranges([others]))


def _around(stretch: Range, cut: Range) -> Iterator[Range]:
    """The parts of a range that lie below and above another range; they may be empty."""
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
    """The outcomes of a cell with options: one bit for each, in the agenda's order."""

    def __init__(self, options: Iterable[str]) -> None:
        self.options = tuple(options)
        self.full = (1 << len(self.options)) - 1
        self._bits = {option: 1 << bit for bit, option in enumerate(self.options)}
        # Of many options, which may be named for each of many items.
        self._masks: dict[Outcomes, int] = {}

    def mask(self, outcomes: Outcomes) -> int:
        """The bits of these options."""
        if len(outcomes) < _MANY:
            return self._mask(outcomes)
        if outcomes not in self._masks:
            self._masks[outcomes] = self._mask(outcomes)
        return self._masks[outcomes]

    def _mask(self, outcomes: Outcomes) -> int:
        mask = 0
        for option in outcomes:
            mask |= self._bits.get(option, 0)  # type: ignore[arg-type]
        return mask

    def outcomes(self, mask: int) -> list[str]:
        """The options of a mask, in the agenda's order."""
        options = []
        while mask:
            bit = (mask & -mask).bit_length() - 1
            options.append(self.options[bit])
            mask &= mask - 1
        return options


class QuantitySpace:
    """The pieces of a quantity: bit 2i+1 is the i-th end, bit 2i the open stretch below it."""

    def __init__(self, named: Iterable[Outcomes], domain: Range, integer: bool) -> None:
        """Cut a quantity at the ends of all ranges that are `named`.

        Args:
            named: The values that positions name.
            domain: The values that the quantity can have.
            integer: Whether only whole numbers count.
        """
        self.integer = integer
        self.domain = domain
        ranges = [self._normal(part) for part in [domain, *_ranges(named)]]
        self.ends = ascending(end for part in ranges for end in part[:2] if end is not None)
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
            first, is_end = self._place(low)
            first += is_end + (is_end and low_open)
        last = 2 * len(self.ends)
        if high is not None:
            last, is_end = self._place(high)
            last += is_end and not high_open
        return ((1 << last + 1) - 1) & ~((1 << first) - 1) if last >= first else 0

    def _place(self, value: Number) -> tuple[int, bool]:
        """The bit of the piece below an end, or of that in which any other value lies."""
        at = bisect_left(self.ends, value)
        return 2 * at, at < len(self.ends) and self.ends[at] == value

    def mask(self, outcomes: Outcomes) -> int:
        """The bits of these ranges.

        Their ends must be among those that the quantity is cut at, or next to them if only whole
        numbers count.
        """
        mask = 0
        for stretch in _ranges([outcomes]):
            mask |= self._stretch(self._normal(stretch))
        return mask & self.full

    def outcomes(self, mask: int) -> list[Range]:
        """The values of a mask as ranges, from the lowest; adjoining pieces are one range."""
        return [self._range(first, last) for first, last in self._runs(mask & self.full)]

    def pieces(self, mask: int) -> int:
        """The number of ranges that the values of a mask form."""
        # Between two whole numbers that follow each other, there is no value.
        joined = mask | ~self.full & mask << 1 & mask >> 1
        return (joined & ~(joined << 1)).bit_count()

    def _runs(self, mask: int) -> Iterator[tuple[int, int]]:
        """The first and the last bit of each range that a mask forms."""
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
        """The smallest distance between the values of two masks.

        0 if they have a value in common or are adjacent; None if one of them is empty.
        """
        if not one or not other:
            return None
        return 0 if one & other else self.nearest(one, other).distance

    def nearest(self, one: int, other: int) -> Nearest:
        """The place where two masks come nearest to each other; of several, the lowest.

        Neither mask is empty, and they have no value in common.
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
    if isinstance(left, int) and isinstance(right, int):
        return left - right
    return _EXACT.subtract(Decimal(left), Decimal(right))


def difference(number: Number, other: Number) -> Number:
    """The first number minus the second, exact."""
    return plain(_minus(number, other))


def ascending(numbers: Iterable[Number]) -> list[Number]:
    """The numbers from the lowest, each once.

    They are in no set meanwhile, because numbers can be chosen that all have the same hash.
    """
    return [number for number, _ in groupby(sorted(numbers))]


def exact(value: "int | Fraction") -> Number:
    """A fraction as a number without rounding; raises decimal.Inexact for one such as 1/3."""
    return plain(_EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)))


def plain(number: Number) -> Number:
    """The number, as an int if it is whole."""
    return int(number) if number == int(number) else number
