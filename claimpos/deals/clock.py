"""How much time a search has left."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")


class OutOfTime(Exception):
    """The time for a step of the search has run out."""


class Stopwatch:
    """The seconds since the clock was made."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start


class Clock:
    """The seconds left, or None without a limit."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def left(self) -> float | None:
        return None if self._end is None else max(self._end - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        return self.left == 0.0

    def check(self, needed: float = 0.0) -> None:
        """Raise OutOfTime unless at least so many seconds are left, and more than none."""
        if self.left is not None and self.left <= needed:
            raise OutOfTime

    def checked(self, some: Iterable[_T]) -> Iterator[_T]:
        """Each of these while there is time. Raises OutOfTime."""
        for one in some:
            self.check()
            yield one

    def has(self, seconds: float) -> bool:
        """Whether more than so many seconds are left."""
        return self.left is None or self.left > seconds

    def keeping(self, seconds: float) -> Clock:
        """A clock for the time that is left, without so many seconds at its end."""
        return Clock(None if self.left is None else self.left - seconds)

    def part(self, share: float) -> Clock:
        """A clock for a share of the time that is left."""
        return Clock(None if self.left is None else self.left * share)
