"""What outcomes are worth by the points that parties state, and the values that are considered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from claimpos.dossier.model import Cell, Dossier, Issue, Points, Worth
from claimpos.dossier.outcomes import Number, Outcomes, Range, integer_range, middle, without

Value = str | Number
"""An option, or a value of a quantity."""

_MOST_WHOLE = 200
_STEPS = 10


def scored_value(points: Points, value: Value) -> Fraction:
    """The points of an outcome; of a quantity, on the line between the nearest values given.

    Beyond the last value given they stay what they are there.
    """
    if isinstance(points, Mapping):
        return Fraction(points.get(str(value), 0))
    exact = Fraction(value)
    low, high = points[0], points[-1]
    if exact <= low[0]:
        return Fraction(low[1])
    for left, right in pairwise(points):
        if exact <= right[0]:
            share = (exact - Fraction(left[0])) / (Fraction(right[0]) - Fraction(left[0]))
            return Fraction(left[1]) + share * (Fraction(right[1]) - Fraction(left[1]))
    return Fraction(high[1])


def points_on(worth: Worth, cell: Cell, value: Value) -> Fraction:
    """The points that a party gives to an outcome of a cell; none where it gives none."""
    scale = worth.points.get(cell)
    return Fraction(0) if scale is None else scored_value(scale, value)


def candidates_of(
    dossier: Dossier, worth: Iterable[Worth], cell: Cell, fixed: Outcomes | None
) -> list[Value]:
    """The outcomes of a cell that packages are made of, or those of them that are `fixed`."""
    issue = dossier.issues[cell.issue]
    if issue.kind != "quantity":
        options = [one for one in issue.options if one not in issue.abstentions]
        return [one for one in options if fixed is None or one in fixed]
    values: set[Number] = set()
    for one in worth:
        scale = one.points.get(cell, ())
        if isinstance(scale, tuple):
            values.update(value for value, _ in scale)
    known = _with_those_between(issue, values)
    if fixed is None:
        return [*known]
    inside = {one for one in known if is_among(fixed, one)}
    return sorted(inside.union(*(_values_in(part, issue) for part in ranges_of(fixed))))


def _with_those_between(issue: Issue, values: set[Number]) -> list[Number]:
    """The values with nine more between each two; of whole numbers, all of them if they are few."""
    ordered = sorted(values)
    if not issue.integer:
        between = (
            Decimal(low) + (Decimal(high) - Decimal(low)) * step / _STEPS
            for low, high in pairwise(ordered)
            for step in range(1, _STEPS)
        )
        return sorted({*ordered, *between})
    low, high = (int(ordered[0]), int(ordered[-1])) if ordered else (0, -1)
    return list(range(low, high + 1)) if high - low <= _MOST_WHOLE else ordered


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
