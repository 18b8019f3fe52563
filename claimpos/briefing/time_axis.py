"""A true axis of time: a day stands as far along it as it is far from the first day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

_MONTHS = (12, 6, 3, 1)
_ROOM = 44


class Axis(NamedTuple):
    """The days from `first` to `last` on a line of this width."""

    first: date
    last: date
    width: float

    def at(self, day: date) -> float:
        """Where a day stands; all of a single day is as wide as the line."""
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
        """Where these days stand, each place once."""
        return sorted({self.at(day) for day in days})

    def _beginnings(self, months: int) -> Iterator[date]:
        for year in range(self.first.year, self.last.year + 1):
            for month in range(1, 13, months):
                if self.first <= (day := date(year, month, 1)) <= self.last:
                    yield day
