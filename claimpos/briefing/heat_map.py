"""The matrix of all pairs as a picture: a heat map, the fainter the less a rate rests on."""

from __future__ import annotations

from typing import Any

from claimpos.briefing.drawing import drawn, lines_of, width_of
from claimpos.comparison.matrix import Matrix, Pair
from claimpos.errors import WrongUsage
from claimpos.rendering.matrix import per_cent
from claimpos.rendering.text import safe
from claimpos.wording.names import joined, written_day

MOST_PARTIES = 60
"""The parties that a heat map shows at most."""

_CELL, _TALL, _TOP, _SIZE, _STEPS = 80, 56, 26, 14, 5
_MOST_ROWS, _HEAD = 12, 26
"""So many rows stand below the same names; these are repeated for those that follow."""

_FADES = (12, 8, 5)
"""From so many issues with a clear verdict on, a colour is as strong as that of the first, …"""

LEGEND = (
    "Agreement rate: overlaps as a share of n, the issues with a clear verdict (overlap or "
    f"conflict). The stronger the colour, the higher the rate; the fainter, the less it rests on: "
    f"below {_FADES[0]}, {_FADES[1]} and {_FADES[2]} issues. Few: too few to say much. Bar: the "
    "share of all issues on which both have a position."
)
_LEAST_WIDTH = 500
"""A file has room for its title and legend."""


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
        cell = _cell(pair, left + column * _CELL, _row_at(row - 1))
        cells.append({**cell, "pair": f"{column},{row}"})
    steps = len(labels) - 1
    width = left + steps * _CELL + round(width_of(labels[-2], _SIZE))
    source = safe(f"Source: {matrix.dossier.title}, a dossier of claimpos.")
    wide = max(width, _LEAST_WIDTH)
    return {
        "name": "heat-map",
        "title": f"Agreement rate, pair by pair, {written_day(matrix.day)}",
        "told": " ".join(_in_words(pair, matrix) for pair in matrix.pairs),
        "width": width,
        "wide": wide,
        "bottom": _row_at(steps - 1) + _TALL,
        "legend": [line for text in (LEGEND, source) for line in lines_of(text, wide, 12)],
        "cells": cells,
        "rows": [
            {"label": label, "x": left - 10, "y": _row_at(at) + 30}
            for at, label in enumerate(labels[1:])
        ],
        "columns": [
            {"label": label, "x": left + at * _CELL + 6, "y": _row_at(row) - 9}
            for at, label in enumerate(labels[:-1])
            for row in sorted({at, *range(_MOST_ROWS, steps, _MOST_ROWS)})
            if row >= at
        ],
    }


def _row_at(row: int) -> int:
    """Where a row begins, with room for the names that are repeated above it."""
    return _TOP + row * _TALL + row // _MOST_ROWS * _HEAD


def _cell(pair: Pair, x: int, y: int) -> dict[str, Any]:
    agreement = pair.agreement
    step = "none" if agreement is None else min(int(agreement * _STEPS), _STEPS - 1)
    return {
        "x": x,
        "y": y,
        "width": _CELL - 4,
        "height": _TALL - 4,
        "look": f"step-{step} fade-{_fade(pair)}",
        "counts": "–" if agreement is None else "few" if pair.few else per_cent(agreement),
        "share": f"{pair.overlap} of n = {pair.clear}" if pair.clear else "n = 0",
        "covered": round(pair.coverage * (_CELL - 16), 1),
        "whole": _CELL - 16,
    }


def _fade(pair: Pair) -> int:
    """How faint a colour is: 0 where the rate rests on many issues, 3 where on few."""
    if pair.few:
        return len(_FADES)
    return next((at for at, least in enumerate(_FADES) if pair.clear >= least), len(_FADES))


def _in_words(pair: Pair, matrix: Matrix) -> str:
    names = joined(safe(matrix.dossier.parties[party].label) for party in pair.parties)
    counts = f"overlaps {pair.overlap}, conflicts {pair.conflict}, unresolved {pair.unresolved}"
    return f"{names}: {counts}; issues on which both have a position {pair.spoken}."
