"""The frontier as a table: what is asked of each party, where less of one is more of another."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.deals.frontier import Frontier, Point
from claimpos.deals.problem import Concessions
from claimpos.deals.search import Deals
from claimpos.rendering.document import Block, Table, paragraphs
from claimpos.wording.names import counted

WHAT = (
    "The efficient frontier: packages that cannot ask less of one party without asking more of "
    "another. Packages that ask the same of each party are one point."
)
# Rows of the table, unless all are asked for.
_FEW = 10
# A table for more parties than these says little that can be read.
_COLUMNS = 3


def frontier_blocks(deals: Deals, frontier: Frontier, everything: bool) -> list[Block]:
    """What it is, and its points: a table for two or three parties, a number beyond."""
    if not frontier.complete:
        return [paragraphs([WHAT, "It has too many points to list, or time ran out."])]
    points = frontier.points
    number = f"It has {counted(len(points), 'such point', 'such points')}."
    if len(deals.parties) > _COLUMNS:
        return [paragraphs([WHAT, number])]
    some = points if everything else spread(points, deals, _FEW)
    if len(some) < len(points):
        number += f" {len(some)} of them are shown; --all shows every one."
    return [paragraphs([WHAT, number]), _table(deals, some)]


def least_in_sum(point: Point, deals: Deals) -> bool:
    """Whether its packages are among the least-concession packages."""
    return tuple(map(sum, zip(*point.concessions, strict=True))) == deals.concessions


def spread(points: Sequence[Point], deals: Deals, few: int, *, least: bool = True) -> list[Point]:
    """The first, the last, and some evenly between; with `least`, all least-concession ones."""
    if len(points) <= few:
        return list(points)
    chosen = {at * (len(points) - 1) // (few - 1) for at in range(few)}
    return [
        one for at, one in enumerate(points) if at in chosen or (least and least_in_sum(one, deals))
    ]


def _table(deals: Deals, points: Sequence[Point]) -> Table:
    parties = deals.problem.table.dossier.parties
    header = [f"Concessions by {parties[party].short}" for party in deals.parties]
    rows = [
        [*map(concessions_of_one, point.concessions), "least" if least_in_sum(point, deals) else ""]
        for point in points
    ]
    return Table([*header, "Total"], rows)


def concessions_of_one(concessions: Concessions) -> str:
    """What is asked of one party: 2 red lines, 5 demands, 1 answer."""
    reds, high, medium, low, beyond, unsaid = concessions
    demands = high + medium + low
    parts = [
        counted(reds, "red line", "red lines") if reds else "",
        counted(demands, "demand", "demands") if demands else "",
        f"{high} of high priority" if high and high < demands else "",
        f"{low} of low priority" if low and low < demands else "",
        counted(beyond, "figure", "figures") + " beyond its offer" if beyond else "",
        counted(unsaid, "answer", "answers") if unsaid else "",
    ]
    return ", ".join(filter(None, parts)) or "nothing"
