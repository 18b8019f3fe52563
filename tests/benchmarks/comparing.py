"""What a comparison costs as the agenda grows."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from claimpos import Dossier, compare, load_dossier
from tests.benchmarks.generated import half_conditional
from tests.benchmarks.ratios import QUICK, timed
from tests.support import write_short


def measure(scratch: Path) -> None:
    """20 parties × N issues: what a cell costs, against the smallest."""
    sizes = (25, 50, 100) if QUICK else (25, 50, 100, 200, 400)
    costs: dict[str, list[float]] = {"each of the 190 pairs": [], "all 20 at once": []}
    for size in sizes:
        dossier = load_dossier(write_short(scratch / f"n{size}", *half_conditional(20, size)))
        parties = list(dossier.parties)
        for name, chosen in (
            ("each of the 190 pairs", [*combinations(parties, 2)]),
            ("all 20 at once", [tuple(parties)]),
        ):
            best = min(comparing(dossier, chosen) for _ in range(3))
            costs[name].append(best / (size * len(chosen)))
    for name, found in costs.items():
        told = ", ".join(
            f"{n}: {cost / found[0]:.2f}" for n, cost in zip(sizes, found, strict=True)
        )
        print(f"cost of an issue, 20 parties, {name}, by number of issues: {told}")


def comparing(dossier: Dossier, groups: Sequence[Sequence[str]]) -> float:
    """The time of these comparisons without the garbage collector, as the command runs."""
    gc.collect()
    gc.disable()
    try:
        return timed(lambda: [compare(dossier, parties, "2025") for parties in groups])
    finally:
        gc.enable()
