"""How much time a search has left."""

from __future__ import annotations

import time


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

    def part(self, share: float) -> Clock:
        """A clock for a share of the time that is left."""
        return Clock(None if self.left is None else self.left * share)
