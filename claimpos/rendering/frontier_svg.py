"""The efficient frontier of two parties as a picture: a row per point, a bar per party."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from claimpos.deals.frontier import Frontier, Point
from claimpos.deals.problem import Asks
from claimpos.deals.search import Deals
from claimpos.rendering.deals_frontier import WHAT, least_in_sum, spread, told
from claimpos.rendering.text import safe
from claimpos.wording.names import capital, written_day

_WIDTH = 760
_MIDDLE = _WIDTH / 2
_ROW = 24
_BAR = 18
_TOP = 132
# Room at each side for the number of answers outstanding.
_SIDE = 110
_MOST_ROWS = 40
_EACH_ROW = (
    "Each row is a package; no other asks less of one party without asking more of the other."
)
_STYLE = """
svg { background: #ffffff; font: 13px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
text { fill: #1d1d1f; }
.page { fill: #ffffff; }
.title { font-size: 17px; font-weight: 600; }
.faint { fill: #55585e; }
.red { fill: #a61b1b; }
.demand { fill: #f0c36b; }
.beyond { fill: #9db8dd; }
.on-red { fill: #ffffff; }
.on-demand, .on-beyond { fill: #1d1d1f; }
.axis { stroke: #55585e; }
.best { fill: #e8eef7; }
@media (prefers-color-scheme: dark) {
  svg { background: #16181c; }
  .page { fill: #16181c; }
  text { fill: #f1f1f3; }
  .faint { fill: #b3b7bf; }
  .red { fill: #ff8a80; }
  .demand { fill: #8a6a1f; }
  .beyond { fill: #40628f; }
  .on-red { fill: #16181c; }
  .on-demand, .on-beyond { fill: #ffffff; }
  .axis { stroke: #b3b7bf; }
  .best { fill: #26303f; }
}
"""


def frontier_svg(deals: Deals, frontier: Frontier, everything: bool = False) -> str:
    """The picture, whole in itself; of more than forty rows some, unless all are asked for."""
    every = frontier.points
    points = every if everything else spread(every, deals, _MOST_ROWS)
    return _Picture(deals, points, len(every)).text()


class _Picture:
    def __init__(self, deals: Deals, points: Sequence[Point], number: int) -> None:
        parties = deals.problem.table.dossier.parties
        self.deals = deals
        self.names = [parties[party].short for party in deals.parties]
        self.points = points
        self.number = number
        self.height = _TOP + _ROW * len(points) + 16
        longest = max((sum(asks[:5]) for point in points for asks in point.asks), default=0)
        self.unit = (_MIDDLE - _SIDE) / max(longest, 1)
        self.root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_WIDTH} {self.height}",
                "width": str(_WIDTH),
                "height": str(self.height),
                "role": "img",
                "aria-labelledby": "title description",
            },
        )

    def text(self) -> str:
        self._add("title", {"id": "title"}, self._title())
        self._add("desc", {"id": "description"}, self._description())
        self._add("style", {}, _STYLE)
        self._add("rect", {"class": "page", "width": str(_WIDTH), "height": str(self.height)})
        self._head()
        for number, point in enumerate(self.points):
            self._row(_TOP + _ROW * number, point)
        ends = {"y1": str(_TOP - 4), "y2": str(self.height - 12)}
        self._add("line", {"class": "axis", "x1": _at(_MIDDLE), "x2": _at(_MIDDLE), **ends})
        return ElementTree.tostring(self.root, encoding="unicode") + "\n"

    def _title(self) -> str:
        day = written_day(self.deals.day)
        return (
            f"Efficient frontier: concessions by {self.names[0]} and {self.names[1]}, as of {day}"
        )

    def _description(self) -> str:
        lines = [WHAT, *(f"{_sides(self.names, point)}." for point in self.points)]
        return " ".join(lines)

    def _head(self) -> None:
        self._words(16, 28, self._title(), "title")
        self._words(16, 50, _EACH_ROW)
        shown = (
            ""
            if len(self.points) == self.number
            else f" {len(self.points)} of {self.number} rows are drawn."
        )
        self._words(16, 68, f"Shaded rows are least-concession packages.{shown}", "faint")
        x = 16.0
        bars = [("red", "red lines given up"), ("demand", "demands dropped")]
        if any(asks[4] for point in self.points for asks in point.asks):
            bars.append(("beyond", "beyond an offer"))
        for name, told_as in bars:
            self._add(
                "rect", {"class": name, "x": _at(x), "y": "80", "width": "14", "height": "14"}
            )
            self._words(x + 20, 92, told_as)
            x += 160
        self._words(x, 92, "at the ends: answers outstanding", "faint")
        self._words(_MIDDLE - 12, 118, f"Concessions by {self.names[0]}", anchor="end")
        self._words(_MIDDLE + 12, 118, f"Concessions by {self.names[1]}")

    def _row(self, top: float, point: Point) -> None:
        group = ElementTree.SubElement(self.root, "g")
        self._add("title", {}, _sides(self.names, point), group)
        if least_in_sum(point, self.deals):
            size = {"width": str(_WIDTH - 16), "height": str(_ROW)}
            self._add("rect", {"class": "best", "x": "8", "y": _at(top - 3), **size}, "", group)
        for side, asks in zip((-1, 1), point.asks, strict=True):
            self._bar(group, top, side, asks)
            at = _MIDDLE + side * (_MIDDLE - 16)
            anchor = "end" if side > 0 else "start"
            self._words(at, top + 14, str(asks[5]), "faint", anchor, group)

    def _bar(self, group: ElementTree.Element, top: float, side: int, asks: Asks) -> None:
        """A party's red lines, then demands, then figures beyond its offers, from the middle."""
        start = 0.0
        for name, count in (("red", asks[0]), ("demand", sum(asks[1:4])), ("beyond", asks[4])):
            if not count:
                continue
            width = count * self.unit
            x = _MIDDLE + start if side > 0 else _MIDDLE - start - width
            size = {"width": _at(width), "height": str(_BAR)}
            self._add("rect", {"class": name, "x": _at(x), "y": _at(top), **size}, "", group)
            self._words(x + width / 2, top + 14, str(count), f"on-{name}", "middle", group)
            start += width

    def _words(
        self,
        x: float,
        y: float,
        words: str,
        kind: str = "",
        anchor: str = "start",
        parent: ElementTree.Element | None = None,
    ) -> None:
        attributes = {"x": _at(x), "y": _at(y), "text-anchor": anchor}
        if kind:
            attributes["class"] = kind
        self._add("text", attributes, words, parent)

    def _add(
        self,
        tag: str,
        attributes: dict[str, str],
        words: str = "",
        parent: ElementTree.Element | None = None,
    ) -> None:
        element = ElementTree.SubElement(self.root if parent is None else parent, tag, attributes)
        element.text = safe(words) or None


def _at(number: float) -> str:
    """A coordinate without a needless fraction."""
    return f"{number:.1f}".removesuffix(".0")


def _sides(names: Sequence[str], point: Point) -> str:
    asked = zip(names, point.asks, strict=True)
    return capital("; ".join(f"{name}: {told(asks)}" for name, asks in asked))
