"""The JSON report of deals, `claimpos.deals/2`; see schemas/deals.schema.json."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from claimpos.deals.adjusted_winner import AdjustedWinner
from claimpos.deals.agreements import Agreement
from claimpos.deals.balance import Balanced, CountRange
from claimpos.deals.conflict_sets import StickingPoint, WayOut
from claimpos.deals.frontier import Frontier
from claimpos.deals.packages import Packages
from claimpos.deals.problem import Concessions, Position
from claimpos.deals.scores import Scored, Scores
from claimpos.deals.search import Deals, Share
from claimpos.deals.signable import Defeated, Signable, Text
from claimpos.deals.trade_offs import Concession, TradeOff
from claimpos.dossier.model import Cell
from claimpos.rendering.data import data_number
from claimpos.rendering.deals_priorities import priorities_report
from claimpos.rendering.deals_votes import voted_report
from claimpos.rendering.diff_report import cell_report, cells_report, outcomes_report
from claimpos.wording.age import newest_report
from claimpos.wording.responses import Responses

FORMAT = "claimpos.deals/2"


def deals_report(deals: Deals) -> dict[str, Any]:
    """The deals as plain data; numbers are int or Decimal."""
    write = _ReportWriter(deals)
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
        **write.at_least(deals),
        "answer": deals.answer,
        "proved": deals.proved,
        "concessions": None if deals.concessions is None else concessions_report(deals.concessions),
        "bound": concessions_report(deals.bound),
        "unanswered": dict(deals.unanswered),
        "packages": None if deals.packages is None else write.packages(deals.packages),
        "by_party": {party: _share(share) for party, share in deals.shares.items()},
        "sticking_points": [write.sticking_point(point) for point in deals.sticking_points],
        "all_sticking_points": deals.all_sticking_points,
        **({} if deals.frontier is None else {"frontier": write.frontier(deals.frontier)}),
        **({"trade_offs": _trade_offs_report(deals, deals.trade_offs)} if deals.trade_offs else {}),
        **write.aims(deals),
        "left_out": cells_report(deals.left_out),
    }


def concessions_report(concessions: Concessions) -> dict[str, Any]:
    """The concessions of a package, rank by rank."""
    red_lines, high, medium, low, beyond, unsaid = concessions
    demands = {"high": high, "medium": medium, "low": low}
    return {"red_lines": red_lines, "demands": demands, "beyond": beyond, "unanswered": unsaid}


def _share(share: Share) -> dict[str, Any]:
    return {key: cells_report(cells) for key, cells in share._asdict().items()}


def _position(position: Position) -> dict[str, Any]:
    return {"party": position.party, **cell_report(position.cell)}


class _ReportWriter:
    """Writes the parts of the report; outcomes as a position file writes them."""

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
        outcome = cache(self.outcome)  # combinations repeat them
        return {
            "count": packages.number,
            "complete": packages.complete,
            "fixed": [self.settled(cell, mask) for cell, mask in packages.fixed.items()],
            "free": [self.several(cell, masks) for cell, masks in packages.free.items()],
            "linked": [
                {
                    "cells": cells_report(linked.cells),
                    "combinations": [
                        [outcome(cell, mask) for cell, mask in zip(linked.cells, row, strict=True)]
                        for row in linked.combinations
                    ],
                }
                for linked in packages.linked
            ],
        }

    def sticking_point(self, point: StickingPoint) -> dict[str, Any]:
        return {
            "positions": [_position(position) for position in point.positions],
            "conflict_sets": [[*map(_position, one)] for one in point.conflict_sets],
            "conflict_sets_count": point.conflict_sets_count,
            "ways_out": [self.way(way) for way in point.ways_out],
            "ways_out_count": point.ways_out_count,
            "complete": point.complete,
            "alone": list(point.alone),
            "alone_ways": {
                party: [self.way(way) for way in ways] for party, ways in point.alone.items()
            },
            "taken": [_position(position) for position in point.taken],
            "ranking_decides": point.ranking_decides is not None,
        }

    def at_least(self, deals: Deals) -> dict[str, Any]:
        """The points below which a package is worth too little to a party, if any can be."""
        thresholds = deals.problem.thresholds
        if thresholds is None:
            return {}
        asked = thresholds.at_least
        return {
            "at_least": {party: data_number(points) for party, points in asked.items()},
            "sampled": cells_report(thresholds.sampled),
        }

    def aims(self, deals: Deals) -> dict[str, Any]:
        """What was looked for besides least-concession packages."""
        found: dict[str, Any] = {}
        if deals.now is not None:
            single = self.table.dossier.single_undertaking
            found["now"] = now_report(deals.now, single, self.alternatives)
        if (even := deals.balanced) is not None:
            packages = None if even.packages is None else self.packages(even.packages)
            found["balanced"] = balanced_report(even, packages, self.alternatives)
        if (votes := deals.voted) is not None:
            packages = None if votes.packages is None else self.packages(votes.packages)
            found["votes"] = voted_report(deals, votes, packages, self.settled)
        if deals.scores is not None:
            found["scores"] = _scores_report(deals.scores, deals.agreements)
        if deals.priorities is not None:
            found["priorities"] = priorities_report(deals.priorities, self.packages)
        return found

    def alternatives(self, cell: Cell, masks: Sequence[int]) -> dict[str, Any]:
        """A cell with its outcomes one by one; a quantity with its ranges."""
        outcomes = [one for mask in masks for one in self.table.space(cell).outcomes(mask)]
        return {
            **cell_report(cell),
            "outcomes": [outcomes_report([one]) for one in outcomes],
        }

    def frontier(self, frontier: Frontier) -> dict[str, Any]:
        settled = cache(self.settled)  # points repeat them
        return {
            "complete": frontier.complete,
            "points": [
                {
                    "concessions": dict(
                        zip(self.parties, map(concessions_report, point.concessions), strict=True)
                    ),
                    "package": [settled(cell, one) for cell, one in point.package.items()],
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
        "by": cells_report(one.by),
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
            {"party": one.party, "cells": cells_report(one.point.cells), "always": one.always}
            for one in even.concessions
        ],
        "packages": packages,
        "proved": even.proved,
        "bound": _points(even.bound),
    }


def _points(halves: int) -> int | Decimal:
    return halves // 2 if halves % 2 == 0 else Decimal(halves) / 2


def _range(count: CountRange) -> dict[str, int]:
    return {"least": count.least, "most": count.most}


def _scores_report(scores: Scores, agreements: Sequence[Agreement]) -> dict[str, Any]:
    """The scores as data of `claimpos.deals/2`."""

    def package(one: Scored | None) -> dict[str, Any] | None:
        if one is None:
            return None
        return {
            "points": {party: data_number(points) for party, points in one.points.items()},
            "package": [{**cell_report(cell), "outcome": v} for cell, v in one.package.items()],
        }

    return {
        "at_least": {party: one.at_least for party, one in scores.worth.items()},
        "no_deal": {party: one.no_deal for party, one in scores.worth.items()},
        "acceptable": scores.acceptable,
        "complete": scores.complete,
        "sampled": cells_report(scores.sampled),
        "frontier": [package(one) for one in scores.frontier],
        **(
            {
                "agreements": [
                    {"name": one.name, "agreed": one.is_deal, "better": package(one.better)}
                    | (package(one.scored) or {})
                    for one in agreements
                ]
            }
            if agreements
            else {}
        ),
        "nash": package(scores.nash),
        "kalai_smorodinsky": package(scores.kalai_smorodinsky),
        "adjusted_winner": _adjusted_winner_report(scores.adjusted_winner),
    }


def _adjusted_winner_report(found: AdjustedWinner | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "points": data_number(found.points),
        "awards": [
            {
                **cell_report(award.cell),
                "stakes": dict(zip(found.parties, map(data_number, award.stakes), strict=True)),
                "shares": {
                    found.parties[0]: data_number(award.share),
                    found.parties[1]: data_number(1 - award.share),
                },
            }
            for award in found.awards
        ],
        "agreed": cells_report(found.agreed),
    }


def _trade_offs_report(deals: Deals, trades: Sequence[TradeOff]) -> list[dict[str, Any]]:
    """The trade-offs as data of `claimpos.deals/2`."""
    answers = Responses(deals.problem.table, {})

    def side(one: Concession) -> dict[str, Any]:
        return {
            "party": one.party,
            "cells": cells_report(one.cells),
            "outcomes": [
                answers.outcomes(cell, sum(one.way.outcomes[cell]))
                for cell in one.cells
                if cell in one.way.outcomes
            ],
            "red_lines": one.way.red_lines,
            "grounds": list(one.grounds),
        }

    return [{"one": side(trade.one), "other": side(trade.other)} for trade in trades]
