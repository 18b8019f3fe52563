"""What outcomes are worth by the points that parties state, and the values that are considered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Cell, Dossier, Issue, Points, Worth
from claimpos.dossier.outcomes import (
    Number,
    Outcomes,
    Range,
    ascending,
    integer_range,
    middle,
    without,
)
from claimpos.errors import WrongUsage

Value = str | Number
"""An option, or a value of a quantity."""

_LIMIT = "scored-outcomes"
_MOST_WHOLE = 200
_STEPS = 10


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
    values: list[Number] = []
    for one in worth:
        scale = one.points.get(cell, ())
        if isinstance(scale, tuple):
            values += (value for value, _ in scale)
    known = _with_those_between(issue, values)
    if fixed is None:
        return [*known]
    inside = [one for one in known if is_among(fixed, one)]
    ends = (end for part in ranges_of(fixed) for end in _values_in(part, issue))
    return [*ascending([*inside, *ends])]


def _with_those_between(issue: Issue, values: Iterable[Number]) -> list[Number]:
    """The values with nine more between each two; of whole numbers, all of them if they are few."""
    ordered = ascending(values)
    if issue.integer and ordered and ordered[-1] - ordered[0] <= _MOST_WHOLE:
        return list(range(int(ordered[0]), int(ordered[-1]) + 1))
    between = (
        Decimal(low) + (Decimal(high) - Decimal(low)) * step / _STEPS
        for low, high in pairwise(ordered)
        for step in range(1, _STEPS)
    )
    return ascending([*ordered, *(map(round, between) if issue.integer else between)])


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
