"""The matrix of all pairs as a heat map: how far each two parties agree on what is settled."""

from __future__ import annotations

from typing import Any

from claimpos.briefing.pictures.drawing import width_of
from claimpos.comparison.matrix import Matrix, Pair
from claimpos.comparison.wording import joined, written_day
from claimpos.rendering.text import safe

_CELL, _TALL, _SIZE, _STEPS = 76, 52, 13, 5


def heat_map(matrix: Matrix) -> dict[str, Any]:
    """What the template `heat-map.svg` receives: a triangle of cells, one for each pair."""
    parties = matrix.dossier.parties
    labels = [safe(parties[party].label) for party in matrix.parties]
    left = round(max(width_of(label, _SIZE) for label in labels) + 14)
    numbers = {party: number for number, party in enumerate(matrix.parties)}
    cells = []
    for pair in matrix.pairs:
        column, row = sorted(numbers[party] for party in pair.parties)
        cells.append(_cell(pair, left + column * _CELL, (row - 1) * _TALL, labels))
    rows = [
        {"label": label, "x": left - 10, "y": (row - 0.5) * _TALL + 5}
        for row, label in enumerate(labels)
        if row
    ]
    columns = [
        {"label": label, "x": left + column * _CELL + 8, "y": (column) * _TALL - 8}
        for column, label in enumerate(labels[:-1])
    ]
    count = len(labels)
    return {
        "name": "heat-map",
        "title": f"Agreement of every two of {count} parties, {written_day(matrix.day)}",
        "told": " ".join(_told(pair, matrix) for pair in matrix.pairs),
        "width": left + (count - 1) * _CELL + _label_room(labels),
        "height": (count - 1) * _TALL + 20,
        "cells": cells,
        "rows": rows,
        "columns": columns,
        "cell_width": _CELL - 4,
        "cell_height": _TALL - 4,
    }
