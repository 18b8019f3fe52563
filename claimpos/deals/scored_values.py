"""What outcomes are worth by the points that parties state, and the values that are considered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm, log2
from operator import itemgetter

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import NOTHING, Cell, Dossier, Issue, Named, Points, Worth
from claimpos.dossier.outcomes import (
    Number,
    Outcomes,
    Range,
    ascending,
    integer_range,
    middle,
    plain,
    without,
)
from claimpos.errors import WrongUsage

Value = str | Number
"""An option, or a value of a quantity."""

_LIMIT = "scored-outcomes"
_DENOMINATOR = "points-digits"
_MOST_WHOLE = 200
_STEPS = 10
_DIGITS = 6
_NONE = Fraction(0)


def scored_value(points: Points, value: Value) -> Fraction:
    """The points of an outcome; of a quantity, on the line between the nearest values given.

    Beyond the last value given they stay what they are there.
    """
    if isinstance(points, Mapping):
        return Fraction(points.get(str(value), 0))
    assert not isinstance(value, str)
    place = bisect_left(points, value, key=itemgetter(0))
    if place == 0 or place == len(points):
        return Fraction(points[min(place, len(points) - 1)][1])
    return _on_line(*points[place - 1], *points[place], value)


def _on_line(left: Number, low: Number, right: Number, high: Number, value: Number) -> Fraction:
    """The height at a value of a line from `low` at `left` to `high` at `right`.

    In whole numbers, because a fraction made at each step would take ten times as long.
    """
    at, by = value.as_integer_ratio()
    (x, x_by), (y, y_by), (x2, x2_by), (y2, y2_by) = (
        one.as_integer_ratio() for one in (left, low, right, high)
    )
    run = (x2 * x_by - x * x2_by) * by
    rise = (at * x_by - x * by) * x2_by * (y2 * y_by - y * y2_by)
    return Fraction(y * run * y2_by + rise, run * y2_by * y_by)


def check_size(dossier: Dossier, worth: Collection[Worth]) -> None:
    """Raise WrongUsage where the outcomes whose points are worked out are more than the limit."""
    outcomes = 0
    for cell in {cell for one in worth for cell in one.points}:
        issue = dossier.issues[cell.issue]
        scales = [one.points[cell] for one in worth if cell in one.points]
        values = _STEPS * sum(len(scale) for scale in scales)
        outcomes += values if issue.kind == "quantity" else len(issue.options)
    if (number := outcomes * len(worth)) > limit(_LIMIT):
        raise WrongUsage(
            f"{outcomes:,} outcomes, times the {len(worth):,} parties that state points, are "
            f"{number:,}, more than {limit(_LIMIT):,}; name fewer parties, or, "
            f"{how_to_raise(_LIMIT)}"
        )


def common_denominator(points: Iterable[Fraction]) -> int:
    """The least number that makes these points whole; raises WrongUsage if it is too long."""
    most = limit(_DENOMINATOR)
    found = 1
    for one in {point.denominator for point in points}:
        found = lcm(found, one)
        if found.bit_length() > most * log2(10):
            raise WrongUsage(
                "the points that a party gives, and those of the values between, have no common "
                f"denominator of up to {most:,} digits; give points, and the values that have "
                f"them, in rounder numbers, or, {how_to_raise(_DENOMINATOR)}"
            )
    return found


def points_on(worth: Worth, cell: Cell, value: Value) -> Fraction:
    """The points that a party gives to an outcome of a cell; none where it gives none."""
    scale = worth.points.get(cell)
    return Fraction(0) if scale is None else scored_value(scale, value)


class Candidates:
    """The outcomes that packages are made of.

    Of a quantity, these are the values with points, nine between each two of them, and what a party
    would settle for at worst if all else went its way (its reservation value; H. Raiffa, The Art
    and Science of Negotiation, 1982). Of whole numbers that lie close together they are all.
    """

    def __init__(self, dossier: Dossier, worth: Collection[Worth], left: Named = NOTHING) -> None:
        """`left` are the outcomes that may be chosen in some cells; in all others, any may be."""
        self._dossier = dossier
        self._worth = worth
        self._left = left
        self._tops = [sum(self._top(*scored) for scored in one.points.items()) for one in worth]

    def of(self, cell: Cell, fixed: Outcomes | None = None) -> list[Value]:
        """Those of a cell, or those of them that are `fixed`."""
        issue = self._dossier.issues[cell.issue]
        if issue.kind != "quantity":
            options = [one for one in issue.options if one not in issue.abstentions]
            return [one for one in options if fixed is None or one in fixed]
        known = self._values(issue, cell)
        if fixed is None:
            return [*known]
        inside = [one for one in known if is_among(fixed, one)]
        ends = (end for part in ranges_of(fixed) for end in _values_in(part, issue))
        return [*ascending([*inside, *ends])]

    def are_all(self, cell: Cell) -> bool:
        """Whether no other outcome of a cell is worth anything else."""
        issue = self._dossier.issues[cell.issue]
        scored = self._scored(cell)
        return issue.kind != "quantity" or len(scored) < 2 or _are_few(issue, scored)

    def _top(self, cell: Cell, scale: Points) -> Fraction:
        """The most that any outcome of a cell is worth."""
        if isinstance(scale, Mapping):
            left = self._left.get(cell, scale)
            return max((Fraction(own) for one, own in scale.items() if one in left), default=_NONE)
        return max((Fraction(own) for _, own in scale), default=_NONE)

    def _scored(self, cell: Cell) -> Sequence[Number]:
        scales = (one.points.get(cell, ()) for one in self._worth)
        return ascending(
            value for scale in scales if isinstance(scale, tuple) for value, _ in scale
        )

    def _values(self, issue: Issue, cell: Cell) -> Sequence[Number]:
        ordered = self._scored(cell)
        if _are_few(issue, ordered):
            return range(int(ordered[0]), int(ordered[-1]) + 1) if ordered else ()
        between = (
            Decimal(low) + (Decimal(high) - Decimal(low)) * step / _STEPS
            for low, high in pairwise(ordered)
            for step in range(1, _STEPS)
        )
        reserved = [
            value
            for one, top in zip(self._worth, self._tops, strict=True)
            if one.at_least is not None and isinstance(scale := one.points.get(cell), tuple)
            for value in _reaching(
                scale, Fraction(one.at_least) - top + self._top(cell, scale), issue.integer
            )
        ]
        known = [*map(round, between)] if issue.integer else [*between]
        return ascending([*ordered, *known, *reserved])


def _are_few(issue: Issue, scored: Sequence[Number]) -> bool:
    """Whether all values of a quantity, which are whole numbers, can be tried."""
    return not scored or (issue.integer and scored[-1] - scored[0] <= _MOST_WHOLE)


def _reaching(
    scale: Sequence[tuple[Number, Number]], points: Fraction, integer: bool
) -> Iterator[Number]:
    """Where so many points are reached between values given; rounded to where there are more."""
    for (low, own), (high, other) in pairwise(scale):
        if min(own, other) < points < max(own, other):
            at = Fraction(low) + (points - Fraction(own)) * Fraction(high - low) / Fraction(
                other - own
            )
            digits = 0 if integer else _DIGITS - Decimal(high - low).adjusted()
            scaled = at * Fraction(10) ** digits
            yield plain(Decimal(ceil(scaled) if other > own else floor(scaled)).scaleb(-digits))


def _values_in(part: Range, issue: Issue) -> Iterator[Number]:
    """The ends of a range that count themselves or, if none does, what lies half way."""
    part = integer_range(part) if issue.integer else part
    ends = [(part.low, part.low_open), (part.high, part.high_open)]
    closed = [end for end, is_open in ends if end is not None and (issue.integer or not is_open)]
    yield from closed
    if not closed and part.low is not None and part.high is not None:
        yield middle(part, issue.integer)


def ranges_of(outcomes: Outcomes) -> Iterator[Range]:
    """The ranges of a quantity's outcomes."""
    yield from (part for part in outcomes if isinstance(part, Range))


def is_among(outcomes: Outcomes, value: Number) -> bool:
    """Whether a value is one of a quantity's outcomes."""
    return not without((Range(value, value),), outcomes)
