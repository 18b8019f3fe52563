"""How much time a search has left."""

from __future__ import annotations

import time


class OutOfTime(Exception):
    """A step of the search was given up, because the time for it has run out."""


class Stopwatch:
    """How many seconds have passed since it was made."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start


class Clock:
    """How much time is left; None is no limit."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def left(self) -> float | None:
        return None if self._end is None else max(self._end - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        return self.left == 0.0

    def check(self, needed: float = 0.0) -> None:
        """Raise OutOfTime unless there are so many seconds left, and some at all."""
        if self.left is not None and self.left <= needed:
            raise OutOfTime

    def part(self, share: float) -> Clock:
        """A clock for a share of the time that is left."""
        return Clock(None if self.left is None else self.left * share)
