"""Two pictures: the matrix of all pairs as a heat map, and the frontier of two parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from claimpos.briefing.drawing import drawn, width_of
from claimpos.comparison.matrix import Matrix, Pair
from claimpos.deals.frontier import Frontier, Point
from claimpos.deals.problem import Concessions
from claimpos.deals.search import Deals
from claimpos.errors import WrongUsage
from claimpos.rendering.deals_frontier import WHAT, concessions_of_one, least_in_sum, spread
from claimpos.rendering.text import safe
from claimpos.wording.names import capital, joined, written_day

MOST_PARTIES = 60
"""The parties that a heat map shows at most."""

_CELL, _TALL, _TOP, _SIZE, _STEPS = 80, 56, 26, 14, 5
_LEGEND = 4 * 18 + 14

# Of the frontier: where its axis is, the room at each side for a number, and its rows.
_MIDDLE, _MARGIN, _FIRST_ROW, _ROW, _MOST_ROWS = 380, 110, 132, 24, 40


def check_heat_map(parties: int) -> None:
    """Raise WrongUsage for more parties than one can see."""
    if parties > MOST_PARTIES:
        raise WrongUsage(
            f"a heat map shows {MOST_PARTIES} parties at most, not {parties:,}; name some"
        )


def heat_map_of(matrix: Matrix) -> str:
    """The heat map of a matrix as a file; raises WrongUsage for more parties than one can see."""
    check_heat_map(len(matrix.parties))
    return drawn("heat-map.svg", heat_map(matrix))


def heat_map(matrix: Matrix) -> dict[str, Any]:
    """What the template `heat-map.svg` receives: a triangle with a cell for each pair."""
    labels = [safe(matrix.dossier.parties[party].label) for party in matrix.parties]
    left = round(max(width_of(label, _SIZE) for label in labels[1:])) + 14
    places = {party: number for number, party in enumerate(matrix.parties)}
    cells = []
    for pair in matrix.pairs:
        column, row = sorted(places[party] for party in pair.parties)
        cells.append(_cell(pair, left + column * _CELL, _TOP + (row - 1) * _TALL))
    steps = len(labels) - 1
    return {
        "name": "heat-map",
        "title": f"Agreement rate, pair by pair, {written_day(matrix.day)}",
        "told": " ".join(_in_words(pair, matrix) for pair in matrix.pairs),
        "width": max(left + steps * _CELL + round(width_of(labels[-2], _SIZE)), 500),
        "height": _TOP + steps * _TALL + _LEGEND,
        "legend_y": _TOP + steps * _TALL + 24,
        "cells": cells,
        "rows": [
            {"label": label, "x": left - 10, "y": _TOP + at * _TALL + 30}
            for at, label in enumerate(labels[1:])
        ],
        "columns": [
            {"label": label, "x": left + at * _CELL + 6, "y": _TOP + at * _TALL - 9}
            for at, label in enumerate(labels[:-1])
        ],
    }


def _cell(pair: Pair, x: int, y: int) -> dict[str, Any]:
    agreement = pair.agreement
    step = "none" if agreement is None else min(int(agreement * _STEPS), _STEPS - 1)
    return {
        "x": x,
        "y": y,
        "width": _CELL - 4,
        "height": _TALL - 4,
        "look": f"step-{step}{' few' if pair.few and pair.clear else ''}",
        "counts": f"{pair.overlap} of {pair.clear}" if pair.clear else "–",
        "share": "none clear" if agreement is None else "few" if pair.few else f"{agreement:.0%}",
        "covered": round(pair.coverage * (_CELL - 16), 1),
        "whole": _CELL - 16,
    }


def _in_words(pair: Pair, matrix: Matrix) -> str:
    names = joined(safe(matrix.dossier.parties[party].label) for party in pair.parties)
    counts = f"overlaps {pair.overlap}, conflicts {pair.conflict}, unresolved {pair.unresolved}"
    return f"{names}: {counts}; issues on which both have a position {pair.spoken}."


def frontier_of(deals: Deals, frontier: Frontier, everything: bool = False) -> str:
    """The efficient frontier as a file; of more than forty rows some, unless all are asked for."""
    points = frontier.points if everything else spread(frontier.points, deals, _MOST_ROWS)
    return drawn("frontier.svg", frontier_picture(deals, points, len(frontier.points)))


def frontier_picture(deals: Deals, points: Sequence[Point], number: int) -> dict[str, Any]:
    """What the template `frontier.svg` receives: for each point a row, for each party a bar.

    `number` is that of all points, of which these are shown.
    """
    parties = deals.problem.table.dossier.parties
    names = [safe(parties[party].short) for party in deals.parties]
    longest = max(
        (sum(concessions[:5]) for point in points for concessions in point.concessions), default=0
    )
    unit = (_MIDDLE - _MARGIN) / max(longest, 1)
    in_words = [_concessions(names, point) for point in points]
    return {
        "name": "frontier",
        "title": f"Efficient frontier: concessions by {names[0]} and {names[1]}, "
        f"as of {written_day(deals.day)}",
        "told": " ".join([WHAT, *(f"{one}." for one in in_words)]),
        "width": 2 * _MIDDLE,
        "middle": _MIDDLE,
        "height": _FIRST_ROW + _ROW * len(points) + 16,
        "names": names,
        "beyond": any(concessions[4] for point in points for concessions in point.concessions),
        "shown": len(points),
        "number": number,
        "rows": [
            {
                "y": _FIRST_ROW + _ROW * at,
                "text": text,
                "is_least": least_in_sum(point, deals),
                "bars": [*_bars(point.concessions[0], -unit), *_bars(point.concessions[1], unit)],
                "unanswered": [concessions[5] for concessions in point.concessions],
            }
            for at, (point, text) in enumerate(zip(points, in_words, strict=True))
        ],
    }


def _bars(concessions: Concessions, unit: float) -> Iterator[dict[str, Any]]:
    """A party's red lines and, beyond them, its demands; they run left if the unit is negative."""
    start = float(_MIDDLE)
    for kind, count in (
        ("red", concessions[0]),
        ("demand", sum(concessions[1:4])),
        ("beyond", concessions[4]),
    ):
        end = start + count * unit
        if count:
            x, width = round(min(start, end), 1), round(abs(end - start), 1)
            yield {"kind": kind, "count": count, "x": x, "width": width, "centre": x + width / 2}
        start = end


def _concessions(names: Sequence[str], point: Point) -> str:
    by_party = zip(names, point.concessions, strict=True)
    return capital("; ".join(f"{name}: {concessions_of_one(own)}" for name, own in by_party))
