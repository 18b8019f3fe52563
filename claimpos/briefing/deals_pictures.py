"""Deals of two parties as pictures: the frontier by concessions, and that by their own points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from claimpos.briefing.drawing import drawn, lines_of, width_of
from claimpos.deals.agreements import Agreement
from claimpos.deals.frontier import Frontier, FrontierPoint
from claimpos.deals.problem import Concessions, Position
from claimpos.deals.scores import Scored, Scores
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.errors import WrongUsage
from claimpos.rendering.deals_packages import FRONTIER, concessions_of_one, least_in_sum, spread
from claimpos.rendering.text import safe
from claimpos.wording.dossier_texts import capital
from claimpos.wording.names import cells_title, points_in_words, written_day

# Where the axis is, the room for a number at each side, and where the first row is.
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
    deals: Deals, points: Sequence[tuple[int, FrontierPoint]], number: int
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
        "source": _source(deals),
        "bottom": layout.bottom,
    }


def _source(deals: Deals) -> str:
    title = deals.problem.table.dossier.title
    return safe(f"Source: {title}, a dossier of claimpos. Neither a prediction nor advice.")


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

    def add(self, number: int, point: FrontierPoint) -> None:
        given = self._given(point)
        parts = list(filter(None, (self._in_words(party, given) for party in self.deals.parties)))
        self._above = given
        lines = lines_of(safe(" ".join(parts)), 2 * _MIDDLE - 60, _SIZE)
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

    def _given(self, point: FrontierPoint) -> Given:
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
            text = self._listed(mine)
            return f"{name} gives up {text}." if text else f"{name} gives up nothing."
        above = self._above[party]
        more = {cell: says for cell, says in mine.items() if above.get(cell) != says}
        less = {cell: says for cell, says in above.items() if cell not in mine}
        parts = [f"gives up {self._listed(more)}" if more else ""]
        parts.append(f"keeps {self._listed(less)}" if less else "")
        text = "; ".join(filter(None, parts))
        return f"{name} now {text}." if text else ""

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


def _concessions(names: Sequence[str], point: FrontierPoint) -> str:
    by_party = zip(names, point.concessions, strict=True)
    return capital("; ".join(f"{name}: {concessions_of_one(own)}" for name, own in by_party))


_WIDTH, _HEIGHT = 760, 520
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 90, 640, 460
_STEPS = 4
_TEXT, _TEXT_LINE, _APART, _WIDEST = 12, 15, 8, 260


def points_picture_of(deals: Deals) -> str:
    """The frontier in points, with the agreements; raises WrongUsage if two parties have none."""
    scores = deals.scores
    if scores is None or len(scores.worth) != 2:
        raise WrongUsage("a picture of points needs two parties that state points")
    return drawn("points.svg", _picture(deals, scores))


def _picture(deals: Deals, scores: Scores) -> dict[str, Any]:
    parties = list(scores.worth)
    names = [safe(deals.problem.table.dossier.parties[party].short) for party in parties]
    every = [*(one.points for one in scores.frontier), *(a.scored.points for a in deals.agreements)]
    spans = [_span([float(one[party]) for one in every]) for party in parties]

    def place(points: Mapping[str, Fraction]) -> dict[str, Any]:
        across, up = (
            (float(points[party]) - low) / (high - low)
            for party, (low, high) in zip(parties, spans, strict=True)
        )
        text = "; ".join(
            f"{name} {points_in_words(points[party])}"
            for name, party in zip(names, parties, strict=True)
        )
        return {
            "x": round(_LEFT + across * (_RIGHT - _LEFT), 1),
            "y": round(_BOTTOM - up * (_BOTTOM - _TOP), 1),
            "text": text,
        }

    agreements = [
        _agreement(some, place(some[0].scored.points)) for some in _alike(deals.agreements)
    ]
    frontier = [place(one.points) for one in _from_left(scores, parties[0])]
    text = "; ".join(one["text"] for one in frontier)
    reached = " ".join(f"{one['text']}." for one in agreements)
    return {
        "name": "points",
        "title": f"Points of {names[0]} and {names[1]}, as of {written_day(deals.day)}",
        "told": f"Pareto frontier: {text}. {reached}",
        "width": _WIDTH,
        "height": _HEIGHT,
        "left": _LEFT,
        "top": _TOP,
        "right": _RIGHT,
        "bottom": _BOTTOM,
        "names": names,
        "ticks": [_tick(step, spans) for step in range(_STEPS + 1)],
        "frontier": frontier,
        "agreements": agreements,
        "source": _source(deals),
    }


def _alike(agreements: Iterable[Agreement]) -> list[list[Agreement]]:
    """The agreements that are worth the same to both parties, together."""
    alike: dict[tuple[Fraction, ...], list[Agreement]] = {}
    for one in agreements:
        alike.setdefault(tuple(one.scored.points.values()), []).append(one)
    return [*alike.values()]


def _agreement(some: Sequence[Agreement], placed: Mapping[str, Any]) -> dict[str, Any]:
    """Agreements in one place, with their names in lines beside it, where there is room."""
    parts = (one.name if one.is_deal else f"{one.name} (no agreement)" for one in some)
    names = safe(", ".join(parts))
    lines = lines_of(names, _WIDEST, _TEXT)
    width = max(width_of(line, _TEXT) for line in lines)
    on_left = placed["x"] + _APART + width > _WIDTH
    return {
        **placed,
        "text": f"{names}: {placed['text']}",
        "lines": [
            {"text": line, "y": placed["y"] - _APART - _TEXT_LINE * above}
            for above, line in zip(reversed(range(len(lines))), lines, strict=True)
        ],
        "at": placed["x"] + (-_APART if on_left else _APART),
        "anchor": "end" if on_left else "start",
    }


def _from_left(scores: Scores, party: str) -> list[Scored]:
    return sorted(scores.frontier, key=lambda one: one.points[party])


def _span(points: list[float]) -> tuple[float, float]:
    """From where to where an axis runs: from 0, unless there are fewer points, to the most."""
    low, high = min([0.0, *points]), max([0.0, *points])
    return low, high if high > low else low + 1


def _tick(step: int, spans: list[tuple[float, float]]) -> dict[str, Any]:
    across, up = (low + (high - low) * step / _STEPS for low, high in spans)
    return {
        "x": _LEFT + step * (_RIGHT - _LEFT) // _STEPS,
        "y": _BOTTOM - step * (_BOTTOM - _TOP) // _STEPS,
        "across": f"{across:g}",
        "up": f"{up:g}",
    }
