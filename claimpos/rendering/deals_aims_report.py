"""What could be signed now, and balanced packages, as data of `claimpos.deals/2`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from claimpos.deals.balance import Balanced, Range
from claimpos.deals.signable import Defeated, Signable, Text
from claimpos.dossier.model import Cell
from claimpos.rendering.diff_report import cell_report

Several = Callable[[Cell, Sequence[int]], dict[str, Any]]
"""Writes a cell with its outcomes."""


def now_report(now: Signable, in_principle: bool, several: Several) -> dict[str, Any]:
    """What could be signed now."""

    def cells(text: Text) -> list[dict[str, Any]]:
        return [several(cell, [mask]) for cell, mask in text.items()]

    return {
        "settled": cells(now.settled),
        "alternatives": [[cells(one) for one in sets] for sets in now.alternatives],
        "size": now.size,
        "at_most": now.most,
        "sets": now.number,
        "all_sets": now.counted,
        "linked": now.linked,
        "in_principle": in_principle,
        "proved": now.proved,
        "missing": [
            {
                "party": one.party,
                **several(one.cell, [one.outcomes]),
                "on_conditions": bool(one.pending),
            }
            for one in now.missing
        ],
        "defeated": [_defeated(one, several) for one in now.defeated],
    }


def _defeated(one: Defeated, several: Several) -> dict[str, Any]:
    offer = {} if one.offer is None else {"offer": one.offer.id}
    outcomes = zip(one.cells, one.outcomes, strict=True)
    return {
        "party": one.party,
        **offer,
        "acceptances": [several(cell, [mask]) for cell, mask in outcomes],
        "by": _cells(one.by),
    }


def balanced_report(
    even: Balanced, packages: dict[str, Any] | None, several: Several
) -> dict[str, Any]:
    """The balanced packages; numbers of points are whole or halves."""
    totals = {
        party: _points(one.least) if one.least == one.most else None
        for party, one in even.totals.items()
    }
    return {
        "totals": totals,
        "from_the_top": [_points(one) for one in even.from_the_top],
        "high_priority": even.high,
        "red_lines": {party: _range(one) for party, one in even.red_lines.items()},
        "patterns": even.patterns,
        "all_patterns": even.counted,
        "points": even.points,
        "shared": [several(cell, [mask]) for cell, mask in even.shared.items()],
        "conceded": [
            {"party": one.party, "cells": _cells(one.point.cells), "always": one.always}
            for one in even.concessions
        ],
        "packages": packages,
        "proved": even.proved,
        "bound": _points(even.bound),
    }


def _points(halves: int) -> int | Decimal:
    return halves // 2 if halves % 2 == 0 else Decimal(halves) / 2


def _range(count: Range) -> dict[str, int]:
    return {"least": count.least, "most": count.most}


def _cells(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    return [cell_report(cell) for cell in cells]
