"""The frontier of two parties as a picture: what each point asks of them, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claimpos.briefing.drawing import drawn, lines_of
from claimpos.deals.frontier import Frontier, Point
from claimpos.deals.problem import Concessions, Position
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.rendering.deals_packages import FRONTIER, concessions_of_one, least_in_sum, spread
from claimpos.rendering.text import safe
from claimpos.wording.names import capital, cells_title, written_day

# Where the axis is, the room at each side for a number, and the rows.
_MIDDLE, _MARGIN, _FIRST_ROW, _HEAD, _BAR, _LINE, _GAP, _SIZE = 380, 110, 150, 28, 22, 15, 12, 11
_MOST_ROWS = 12
_KINDS = {"crosses": "red lines", "gives": "demands", "beyond": "the limit of its offer"}

Given = Mapping[str, Mapping[Cell, str]]
"""By party, the cells in which a package asks something of it, and of which kind that is."""


def frontier_of(deals: Deals, frontier: Frontier, everything: bool = False) -> str:
    """The efficient frontier as a file; of more than twelve points some, unless all are wanted."""
    points = [*enumerate(frontier.points, start=1)]
    if not everything:
        some = spread(frontier.points, deals, _MOST_ROWS, least=False)
        points = [one for one in points if one[1] in some]
    return drawn("frontier.svg", frontier_picture(deals, points, len(frontier.points)))


def frontier_picture(
    deals: Deals, points: Sequence[tuple[int, Point]], number: int
) -> dict[str, Any]:
    """What the template `frontier.svg` receives: for each point a row, for each party a bar.

    The points have their places among all, of which there are `number`.
    """
    parties = deals.problem.table.dossier.parties
    names = [safe(parties[party].short) for party in deals.parties]
    longest = max((sum(asked[:5]) for _, point in points for asked in point.concessions), default=0)
    unit = (_MIDDLE - _MARGIN) / max(longest, 1)
    layout = _Layout(deals, names, unit)
    for at, point in points:
        layout.add(at, point)
    return {
        "name": "frontier",
        "title": f"Efficient frontier: concessions by {names[0]} and {names[1]}, "
        f"as of {written_day(deals.day)}",
        "told": " ".join([FRONTIER, *(f"{row['text']}." for row in layout.rows)]),
        "width": 2 * _MIDDLE,
        "middle": _MIDDLE,
        "height": layout.bottom + 24,
        "names": names,
        "beyond": any(asked[4] for _, point in points for asked in point.concessions),
        "shown": len(points),
        "number": number,
        "rows": layout.rows,
        "heads": layout.heads,
        "source": safe(
            f"Source: {deals.problem.table.dossier.title}, a dossier of claimpos. "
            "Neither a prediction nor advice."
        ),
        "bottom": layout.bottom,
    }


class _Layout:
    """Rows below one another: two bars, and in words what the package holds."""

    def __init__(self, deals: Deals, names: Sequence[str], unit: float) -> None:
        self.deals = deals
        self.names = names
        self.unit = unit
        self.rows: list[dict[str, Any]] = []
        self.heads: list[int] = []
        self.bottom = _FIRST_ROW - _HEAD
        self._above: Given | None = None

    def add(self, number: int, point: Point) -> None:
        given = self._given(point)
        told = list(filter(None, (self._in_words(party, given) for party in self.deals.parties)))
        self._above = given
        lines = lines_of(safe(" ".join(told)), 2 * _MIDDLE - 60, _SIZE)
        if len(self.rows) % _MOST_ROWS == 0:
            self.bottom += _HEAD
            self.heads.append(self.bottom - 14)
        y = self.bottom
        self.rows.append(
            {
                "number": number,
                "y": y,
                "text": _concessions(self.names, point),
                "height": _BAR + _LINE * len(lines) + 6,
                "is_least": least_in_sum(point, self.deals),
                "bars": [
                    *_bars(point.concessions[0], -self.unit),
                    *_bars(point.concessions[1], self.unit),
                ],
                "unanswered": [asked[5] for asked in point.concessions],
                "lines": [
                    {"y": y + _BAR + 10 + _LINE * at, "text": line} for at, line in enumerate(lines)
                ],
            }
        )
        self.bottom += _BAR + _LINE * len(lines) + _GAP

    def _given(self, point: Point) -> Given:
        problem = self.deals.problem
        return {
            party: {
                cell: says
                for cell in problem.domains
                if (says := problem.says(Position(party, cell), point.package)) in _KINDS
            }
            for party in self.deals.parties
        }

    def _in_words(self, party: str, given: Given) -> str:
        """What a package asks of a party: all of it or, from the second on, what is different."""
        name = capital(self.deals.problem.table.dossier.parties[party].short)
        mine = given[party]
        if self._above is None:
            told = self._listed(mine)
            return f"{name} gives up {told}." if told else f"{name} gives up nothing."
        above = self._above[party]
        more = {cell: says for cell, says in mine.items() if above.get(cell) != says}
        less = {cell: says for cell, says in above.items() if cell not in mine}
        parts = [f"gives up {self._listed(more)}" if more else ""]
        parts.append(f"keeps {self._listed(less)}" if less else "")
        told = "; ".join(filter(None, parts))
        return f"{name} now {told}." if told else ""

    def _listed(self, cells: Mapping[Cell, str]) -> str:
        """Cells by what is given up there: red lines on A and B; demands on C."""
        dossier = self.deals.problem.table.dossier
        by_kind: dict[str, dict[str, list[Cell]]] = {}
        for cell, says in cells.items():
            by_kind.setdefault(says, {}).setdefault(cell.issue, []).append(cell)
        return "; ".join(
            f"{_KINDS[says]} on "
            + ", ".join(cells_title(dossier, of_issue) for of_issue in by_kind[says].values())
            for says in _KINDS
            if says in by_kind
        )


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
