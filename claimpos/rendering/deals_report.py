"""The JSON report of deals, `claimpos.deals/2`; see schemas/deals.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claimpos.deals.conflict_sets import Knot, WayOut
from claimpos.deals.frontier import Frontier
from claimpos.deals.problem import Asks, Position
from claimpos.deals.search import Deals, Packages, Share
from claimpos.dossier.model import Cell
from claimpos.rendering.diff_report import cell_report, outcomes_report
from claimpos.wording.age import newest_report

FORMAT = "claimpos.deals/2"


def deals_report(deals: Deals) -> dict[str, Any]:
    """The deals as plain data; numbers are int or Decimal."""
    write = _Writing(deals)
    return {
        "format": FORMAT,
        "dossier": deals.problem.table.dossier.title,
        "parties": list(deals.parties),
        "as_of": deals.day.isoformat(),
        "newest": newest_report(deals.newest),
        "basis": deals.basis,
        "fixed": [write.settled(cell, write.fixed(cell)) for cell in deals.fixed],
        "without": sorted(deals.problem.without),
        "held": list(deals.problem.held),
        "answer": deals.answer,
        "proved": deals.proved,
        "asks": None if deals.asks is None else asks_report(deals.asks),
        "bound": asks_report(deals.bound),
        "unsaid": dict(deals.unsaid),
        "packages": None if deals.packages is None else write.packages(deals.packages),
        "by_party": {party: _share(share) for party, share in deals.shares.items()},
        "knots": [write.knot(knot) for knot in deals.knots],
        "all_knots": deals.all_knots,
        **({} if deals.frontier is None else {"frontier": write.frontier(deals.frontier)}),
        "left_out": [cell_report(cell) for cell in deals.left_out],
    }


def asks_report(asks: Asks) -> dict[str, Any]:
    """What a package asks, rank by rank."""
    crosses, high, medium, low, beyond, unsaid = asks
    demands = {"high": high, "medium": medium, "low": low}
    return {"red_lines": crosses, "demands": demands, "beyond": beyond, "unsaid": unsaid}


def _share(share: Share) -> dict[str, Any]:
    return {key: _cells(cells) for key, cells in share._asdict().items()}


def _cells(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    return [cell_report(cell) for cell in cells]


def _position(position: Position) -> dict[str, Any]:
    return {"party": position.party, **cell_report(position.cell)}


class _Writing:
    """Outcomes of the cells as a position file writes them."""

    def __init__(self, deals: Deals) -> None:
        self.table = deals.problem.table
        self.parties = deals.parties
        self.named = deals.fixed

    def outcome(self, cell: Cell, mask: int) -> Any:
        return outcomes_report(self.table.space(cell).outcomes(mask))

    def fixed(self, cell: Cell) -> int:
        return self.table.space(cell).mask(self.named[cell])

    def settled(self, cell: Cell, mask: int) -> dict[str, Any]:
        return {**cell_report(cell), "outcome": self.outcome(cell, mask)}

    def several(self, cell: Cell, masks: Sequence[int]) -> dict[str, Any]:
        return {**cell_report(cell), "outcomes": [self.outcome(cell, mask) for mask in masks]}

    def packages(self, packages: Packages) -> dict[str, Any]:
        return {
            "count": packages.number,
            "complete": packages.complete,
            "fixed": [self.settled(cell, mask) for cell, mask in packages.fixed.items()],
            "free": [self.several(cell, masks) for cell, masks in packages.free.items()],
            "linked": [
                {
                    "cells": _cells(linked.cells),
                    "combinations": [
                        [
                            self.outcome(cell, mask)
                            for cell, mask in zip(linked.cells, row, strict=True)
                        ]
                        for row in linked.combinations
                    ],
                }
                for linked in packages.linked
            ],
        }

    def knot(self, knot: Knot) -> dict[str, Any]:
        return {
            "positions": [_position(position) for position in knot.positions],
            "deadlocks": [[_position(one) for one in lock] for lock in knot.deadlocks],
            "deadlocks_count": knot.deadlocks_count,
            "ways_out": [self.way(way) for way in knot.ways_out],
            "ways_out_count": knot.ways_out_count,
            "complete": knot.complete,
            "alone": list(knot.alone),
            "alone_ways": {
                party: [self.way(way) for way in ways] for party, ways in knot.alone.items()
            },
            "taken": [_position(position) for position in knot.taken],
            "never_decides": knot.never_decides is not None,
        }

    def frontier(self, frontier: Frontier) -> dict[str, Any]:
        return {
            "complete": frontier.complete,
            "points": [
                {
                    "asks": dict(zip(self.parties, map(asks_report, point.asks), strict=True)),
                    "package": [self.settled(cell, one) for cell, one in point.package.items()],
                }
                for point in frontier.points
            ],
        }

    def way(self, way: WayOut) -> dict[str, Any]:
        return {
            "moves": [
                {**_position(move.position), "red_line": move.red_line} for move in way.moves
            ],
            "leads_to": [self.several(cell, masks) for cell, masks in way.outcomes.items()],
        }
