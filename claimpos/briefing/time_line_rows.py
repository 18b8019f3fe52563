"""The rows of a time line: a true axis of time, bars in the colours of outcomes, and the legend."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from claimpos.briefing.drawing import lines_of, width_of
from claimpos.comparison.verdict_timeline import Turn
from claimpos.rendering.text import safe
from claimpos.wording.names import written_day

_MONTHS = (12, 6, 3, 1)
_ROOM = 44


class Axis(NamedTuple):
    """The days from `first` to `last` on a line of this width."""

    first: date
    last: date
    width: float

    def at(self, day: date) -> float:
        """Where a day is on the line; on an axis of a single day, that takes all of it."""
        days = (self.last - self.first).days
        if not days:
            return 0.0 if day <= self.first else self.width
        return round(max(0, min((day - self.first).days, days)) / days * self.width, 1)

    def ticks(self) -> list[dict[str, Any]]:
        """The beginnings of years or, if there is room, of half-years, quarters or months."""
        found: list[dict[str, Any]] = []
        for months in _MONTHS:
            begun = [*self._beginnings(months)]
            places = [self.at(day) for day in begun]
            apart = min((b - a for a, b in pairwise(places)), default=_ROOM)
            if found and (apart < _ROOM or len(begun) > 12):
                break
            found = [
                {"x": x, "label": f"{day:%Y}" if day.month == 1 else f"{day:%b}"}
                for day, x in zip(begun, places, strict=True)
                if x <= self.width - _ROOM * 2 / 3
            ]
        return found or [{"x": 0.0, "label": f"{self.first:%Y}"}]

    def marks(self, days: Iterable[date]) -> list[float]:
        """Where these days are on the line, each place once."""
        return sorted({self.at(day) for day in days})

    def _beginnings(self, months: int) -> Iterator[date]:
        for year in range(self.first.year, self.last.year + 1):
            for month in range(1, 13, months):
                if self.first <= (day := date(year, month, 1)) <= self.last:
                    yield day


WIDTH = 720
HEADING = 18
"""The size of a heading as it is measured: bold letters of 16 take as much room."""

_MOST_ROWS = 12
"""So many rows stand below one axis; it is drawn anew for those that follow."""

_SIZE, _LINE, _HEAD, _BAR, _GAP, _INDENT = 12, 17, 26, 22, 14, 26
_RED_LINE, _LEAST, _COLOURS = 5, 2.0, 8
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROOM_OF_A_LETTER, _ROOM_OF_A_NUMBER = 16, 18
_KINDS = (
    ("calls", "Full colour: demands or proposes"),
    ("accepts", "Light: accepts"),
    ("if", "Striped: accepts on conditions"),
    ("rejects", "Line below: rejects"),
    ("open", "Dotted: leaves this open"),
)

Value = TypeVar("Value")


class Held(NamedTuple):
    """What a party holds on some cells alike: the outcomes by what it says to them."""

    calls: frozenset[str]
    accepts: frozenset[str]
    on_conditions: frozenset[str]
    rejects: frozenset[str]
    leaves_open: bool
    said: str
    period: str
    """When it is held, in words; restated, it is the same for all that."""
    start: str
    """The same without its end."""

    @property
    def content(self) -> tuple[object, ...]:
        """All but the time."""
        return self[:-2]

    @property
    def kinds(self) -> list[tuple[str, frozenset[str]]]:
        """What it would take, by how it says so."""
        wanted = [("calls", self.calls), ("accepts", self.accepts), ("if", self.on_conditions)]
        return [(kind, some) for kind, some in wanted if some]


class Layout:
    """Rows below one another, each of which is measured as it is added."""

    def __init__(self, axis: Axis, stops: Sequence[date], titles: Mapping[str, str]) -> None:
        """Rows of an issue with options of these titles or, where there are none, with figures."""
        self.axis = axis
        self.stops = stops
        self.titles = titles or {"": "figures"}
        self.options = [*self.titles]
        self.lanes: list[dict[str, Any]] = []
        self.axes: list[dict[str, Any]] = []
        self.legend: list[dict[str, Any]] = []
        self.bottom = 0

    def add_legend(self, held: Iterable[Held | None]) -> None:
        """What the colours that occur stand for, and the ways in which they are drawn."""
        found = [one for one in held if one is not None]
        kinds = {kind for one in found for kind, _ in one.kinds}
        kinds |= {"rejects"} if any(one.rejects for one in found) else set()
        kinds |= {"open"} if any(one.leaves_open for one in found) else set()
        some = [option for one in found for _, many in one.kinds for option in many]
        named = {*some, *(option for one in found for option in one.rejects)}
        for at, option in enumerate(self.options):
            if option in named and len(self.options) > 1:
                self._explain({"colour": at % _COLOURS, "letter": _LETTERS[at : at + 1]}, option)
        x = 0.0
        for kind, text in _KINDS:
            if kind not in kinds:
                continue
            if x + width_of(text, _SIZE) + 44 > WIDTH:
                x, self.bottom = 0.0, self.bottom + _LINE
            mark = {"kind": kind, "colour": 0, "letter": "", "x": x, "y": self.bottom}
            self.legend.append({**mark, "text": text})
            x = round(x + width_of(text, _SIZE) + 44, 1)
        self.bottom += _LINE if kinds else 0

    def _explain(self, mark: Mapping[str, Any], option: str) -> None:
        for at, line in enumerate(lines_of(safe(self.titles[option]), WIDTH - _INDENT, _SIZE)):
            known = mark if at == 0 else {"colour": None, "letter": ""}
            place = {"x": 0, "y": self.bottom, "kind": "calls"}
            self.legend.append({**known, **place, "text": line})
            self.bottom += _LINE

    def add_party(self, label: str, held: Sequence[Held | None]) -> None:
        """A row with what a party held from each stop on."""
        contents = [None if one is None else one.content for one in held]
        runs = [(first, end, held[first]) for first, end, _ in _runs(contents)]
        rejected = max((len(one.rejects) for _, _, one in runs if one), default=0)
        bars = [
            self._bar(first, end, one, restated=len({*held[first:end]}) > 1)
            for first, end, one in runs
            if one
        ]
        self._add(label, bars, _BAR + _RED_LINE * rejected)

    def _bar(self, first: int, end: int, held: Held, restated: bool) -> dict[str, Any]:
        x, width = self._place(first, end)
        strips = [(kind, one) for kind, some in held.kinds for one in self.options if one in some]
        height = _BAR / max(len(strips), 1)
        drawn_strips = [
            self._strip(kind, one, round(at * height, 1), round(height, 1), width)
            for at, (kind, one) in enumerate(strips)
        ]
        lines = [one for one in self.options if one in held.rejects]
        drawn_strips += [
            self._strip("rejects", one, _BAR + 1 + _RED_LINE * at, _RED_LINE - 1.5, width)
            for at, one in enumerate(lines)
        ]
        look = "" if strips else "open" if held.leaves_open else "nothing-wanted"
        drawn = {"look": look, "word": "", "strips": drawn_strips}
        text = f"{held.start if restated else held.period}: {held.said}"
        return {"x": x, "width": width, **drawn, "text": text}

    def _strip(
        self, kind: str, option: str, y: float, height: float, width: float
    ) -> dict[str, Any]:
        fits = width >= _ROOM_OF_A_LETTER and height >= 10 and len(self.options) > 1
        at = self.options.index(option)
        return {
            "kind": kind,
            "colour": at % _COLOURS,
            "y": y,
            "height": height,
            "letter": _LETTERS[at] if fits and at < len(_LETTERS) else "",
        }

    def add_verdict(self, turns: Sequence[tuple[date, Turn]]) -> None:
        """The row of the verdict."""
        begun = [bisect_right(turns, stop, key=itemgetter(0)) for stop in self.stops]
        found = [turns[at - 1][1].outline.verdict if at else "unresolved" for at in begun]
        bars: list[dict[str, Any]] = []
        for first, end, verdict in _runs(found):
            x, width = self._place(first, end)
            start = "Since" if end == len(self.stops) else "From"
            text = f"{start} {written_day(self.stops[first])}: {verdict}"
            word = verdict.capitalize() if width_of(verdict, _SIZE) + 14 <= width else ""
            bars.append(
                {"x": x, "width": width, "look": verdict, "strips": [], "text": text, "word": word}
            )
        self._add("Verdict", bars, _BAR)

    def _place(self, first: int, end: int) -> tuple[float, float]:
        """Where the stretch of some stops lies on the axis, and how wide it is: never unseen."""
        x = self.axis.at(self.stops[first])
        after = self.axis.at(self.stops[end]) if end < len(self.stops) else float(WIDTH)
        width = max(after - x, _LEAST)
        return round(min(x, WIDTH - width), 1), round(width, 1)

    def _add(self, label: str, bars: list[dict[str, Any]], height: float) -> None:
        """A row: its label, its bars, and under them what each stands for."""
        if len(self.lanes) % _MOST_ROWS == 0:
            self._add_axis()
        top = self.bottom + _GAP
        heads = lines_of(safe(label), WIDTH, _SIZE + 1)
        bar_y = top + _HEAD + 16 * (len(heads) - 1)
        y = bar_y + round(height) + _LINE + 2
        lines, last = [], -float(_ROOM_OF_A_NUMBER)
        for number, bar in enumerate(bars, start=1):
            bar["text"] = safe(bar["text"])
            bar["number"] = number if bar["x"] - last >= _ROOM_OF_A_NUMBER else ""
            last = bar["x"] if bar["number"] else last
            for at, line in enumerate(lines_of(bar["text"], WIDTH - _INDENT, _SIZE)):
                lines.append({"y": y, "number": number if at == 0 else "", "text": line})
                y += _LINE
        if not bars:
            lines.append({"y": y, "number": "–", "text": "No recorded position."})
            y += _LINE
        self.bottom = y - _LINE + 6
        self.lanes.append(
            {
                "label": safe(label),
                "heads": [{"y": top + 10 + 16 * at, "text": one} for at, one in enumerate(heads)],
                "bar_y": bar_y,
                "height": height,
                "bars": bars,
                "lines": lines,
                "bottom": self.bottom,
            }
        )

    def _add_axis(self) -> None:
        """An axis of time, with a mark on each day on which something changed."""
        y = self.bottom + 26
        marks = self.axis.marks(self.stops)
        self.axes.append({"y": y, "ticks": self.axis.ticks(), "marks": marks})
        self.bottom = y + 12


def _runs(values: Sequence[Value]) -> list[tuple[int, int, Value]]:
    """Where equal values that follow one another begin and end."""
    runs = []
    for _, numbered in groupby(enumerate(values), key=lambda pair: pair[1]):
        (first, value), *others = numbered
        runs.append((first, first + 1 + len(others), value))
    return runs
