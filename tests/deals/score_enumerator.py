"""Scores by brute force: every package is built and weighed. It shares no code with the package."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

Package = tuple[Any, ...]
Points = tuple[Fraction, ...]


class ScoreTruth(NamedTuple):
    """The points on the frontier, and those of fair packages; None where there is none."""

    frontier: set[Points]
    nash: Fraction | None
    evenness: list[Fraction] | None


def on_the_line(scale: dict[str, Any], value: Any) -> Fraction:
    """The points of a value of a quantity, from the values that have some."""
    known = sorted((Fraction(at), Fraction(str(points))) for at, points in scale.items())
    exact = Fraction(value)
    below = [one for one in known if one[0] <= exact]
    above = [one for one in known if one[0] >= exact]
    if not below:
        return above[0][1]
    if not above:
        return below[-1][1]
    (low, at_low), (high, at_high) = below[-1], above[0]
    return at_low if low == high else at_low + (exact - low) * (at_high - at_low) / (high - low)


def truth_of(
    choices: list[list[Any]],
    points_of: list[Callable[[int, Any], Fraction]],
    at_least: list[Fraction | None],
    no_deal: list[Fraction],
    passes: Callable[[list[bool]], bool] = all,
) -> ScoreTruth:
    """`points_of` has a function for each party: of the number of an issue, and an outcome."""
    totals = {
        tuple(
            sum((give(at, one) for at, one in enumerate(package)), Fraction(0))
            for give in points_of
        )
        for package in itertools.product(*choices)
    }
    accepted = {
        one
        for one in totals
        if passes([least is None or own >= least for own, least in zip(one, at_least, strict=True)])
    }
    frontier = {
        one
        for one in accepted
        if not any(
            other != one and all(a >= b for a, b in zip(other, one, strict=True))
            for other in accepted
        )
    }
    better = [
        tuple(own - none for own, none in zip(one, no_deal, strict=True))
        for one in frontier
        if all(own >= none for own, none in zip(one, no_deal, strict=True))
    ]
    if not better:
        return ScoreTruth(frontier, None, None)
    products = []
    for gains in better:
        product = Fraction(1)
        for gain in gains:
            product *= gain
        products.append(product)
    ideal = [max(column) for column in zip(*better, strict=True)]
    shares = [
        sorted(
            gain / best if best else Fraction(1) for gain, best in zip(gains, ideal, strict=True)
        )
        for gains in better
    ]
    return ScoreTruth(frontier, max(products), max(shares))
