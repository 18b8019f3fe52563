"""The matrix of all pairs as a heat map: how far every two parties agree."""

from __future__ import annotations

from typing import Any

from claimpos.briefing.pictures.drawing import width_of
from claimpos.comparison.matrix import Matrix, Pair
from claimpos.rendering.text import safe
from claimpos.wording.names import joined, written_day

_CELL, _TALL, _TOP, _SIZE, _STEPS = 80, 56, 26, 14, 5
_LEGEND = 4 * 18 + 14


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
        "told": " ".join(_told(pair, matrix) for pair in matrix.pairs),
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


def _told(pair: Pair, matrix: Matrix) -> str:
    names = joined(safe(matrix.dossier.parties[party].label) for party in pair.parties)
    counts = f"overlaps {pair.overlap}, conflicts {pair.conflict}, unresolved {pair.unresolved}"
    return f"{names}: {counts}; issues on which both have a position {pair.spoken}."
