"""What a whole run may take, whatever it does: seconds of computing, megabytes of memory.

Other limits bound one step each, and say which part of the input is too large. These two hold where
none of them does.
"""

from __future__ import annotations

import signal
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

# What interrupts an import may not import: a look at the run needs all of it before the first one.
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import RunLimitReached

try:
    import resource
except ImportError:  # on Windows, where nothing is watched
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SECONDS, _MEGABYTES = "run-seconds", "run-megabytes"
_INTERVAL = 0.25
"""Seconds of computing after which the run is looked at; it may allocate some 100 MB meanwhile."""
_TO_CLEAR_UP = 5
"""Seconds of computing in which a run that is stopped removes its drafts."""


class RunLimits:
    """The limits of this run; `clock` tells the seconds computed, `peak` the megabytes taken."""

    def __init__(self, clock: Callable[[], float], peak: Callable[[], float]) -> None:
        self._clock = clock
        self._peak = peak
        self._begun = 0.0
        self._more = 0.0
        self._pauses = 0
        self._inherited: float | None = None
        self.met: RunLimitReached | None = None
        """The limit that was met, even if what was going on has made another error of it."""

    def watch(self) -> None:
        """From now on, raise RunLimitReached once more is taken; this does nothing on Windows."""
        if not hasattr(signal, "setitimer"):
            return
        signal.signal(signal.SIGPROF, self._look)
        signal.siginterrupt(signal.SIGPROF, False)
        sys.unraisablehook = self._look_again
        signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)

    def stop_watching(self) -> None:
        """No limit from now on: the run ends by itself, or its user ends it."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)

    @contextmanager
    def each(self) -> Iterator[None]:
        """Within this, one answer of a server, which runs on and on, is watched by itself."""
        self.met, self._inherited = None, None
        self.begin_again()
        try:
            self.watch()
            yield
        finally:
            with suppress(RunLimitReached):  # met at the very end, and told no more
                self.stop_watching()
            self.stop_watching()

    def begin_again(self) -> None:
        """Count the seconds from now, because a user has answered."""
        self._begun = self._clock()

    def allow(self, seconds: float) -> None:
        """Allow so many seconds more, which the user grants to one part of the run."""
        self._more += seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Within this, nothing is raised."""
        self._pauses += 1
        try:
            yield
        finally:
            self._pauses -= 1

    def _look(self, number: int, frame: object) -> None:
        if self._pauses:
            return
        try:
            self.check()
        except RunLimitReached as error:
            self.met = error
            # Time for what clears up; but where something takes the error for its own, it comes
            # again.
            signal.setitimer(signal.ITIMER_PROF, _TO_CLEAR_UP, _INTERVAL)
            raise

    def _look_again(self, lost: sys.UnraisableHookArgs) -> None:
        """Do so soon if the error was lost, as one that a callback raises; tell any other loss."""
        if isinstance(lost.exc_value, RunLimitReached):
            self.met = None
            signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
        else:
            sys.__unraisablehook__(lost)

    def check(self) -> None:
        """Raise RunLimitReached if more is taken than the limits say; WrongUsage as `limit`.

        A system may count the memory of the program that started this one, so what the first look
        finds is never too much.
        """
        seconds, megabytes = limit(_SECONDS) + self._more, limit(_MEGABYTES)
        if self._clock() - self._begun > seconds:
            raise RunLimitReached(
                f"stopped, because this run has computed for more than {seconds:,.0f} seconds; "
                f"ask for less, or, {how_to_raise(_SECONDS)}"
            )
        taken = self._peak()
        if self._inherited is None:
            self._inherited = taken
        if taken > max(megabytes, self._inherited):
            raise RunLimitReached(
                f"stopped, because this run takes more than {megabytes:,} megabytes of memory; "
                f"ask for less, or, {how_to_raise(_MEGABYTES)}"
            )


def _peak() -> float:
    """The most megabytes of memory that this process has taken so far."""
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken / (1_000_000 if sys.platform == "darwin" else 1_000)


RUN = RunLimits(time.process_time, _peak)
