"""Two pieces of work in turn, A B A B …, and the ratios of their times.

They are compared pair by pair, so that a machine whose speed drifts slows both alike; the median
is printed, with the least and the greatest.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

QUICK = "--quick" in sys.argv[1:]
RUNS = 7 if QUICK else 31
SCRIPT = Path(sys.executable).parent / "claimpos"
PASS = [sys.executable, "-c", "pass"]


def pairs(
    one: Sequence[str],
    other: Sequence[str],
    before: Callable[[], object] = lambda: None,
    runs: int = RUNS,
) -> list[float]:
    """The ratios of two commands' times, after a run of each that is not counted."""
    ratios = []
    for _ in range(runs + 1):
        before()
        ratios.append(timed(lambda: run(one)) / timed(lambda: run(other)))
    return ratios[1:]


def run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(what: str, ratios: Sequence[float]) -> None:
    middle = statistics.median(ratios)
    print(f"{middle:6.2f}  ({min(ratios):.2f} to {max(ratios):.2f}, n={len(ratios)})  {what}")
