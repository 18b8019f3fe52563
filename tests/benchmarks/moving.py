"""What history and changes cost as positions accumulate."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from claimpos import Dossier, load_dossier
from claimpos.comparison.changes import changes
from claimpos.comparison.history import history
from tests.benchmarks.ratios import QUICK, timed
from tests.support import write_short


def measure(scratch: Path) -> None:
    """5 parties × N issues × 3 entries: what an entry costs, against the smallest agenda."""
    sizes = (25, 50, 100) if QUICK else (25, 50, 100, 200, 400)
    costs: dict[str, list[float]] = {"history of each": [], "changes among all five": []}
    for size in sizes:
        dossier = load_dossier(write_short(scratch / f"t{size}", *moving(5, size)))
        for name, work in (("history of each", told), ("changes among all five", changed)):
            best = min(timed(partial(work, dossier)) for _ in range(3))
            costs[name].append(best / size)
    for name, found in costs.items():
        ratios = ", ".join(
            f"{n}: {cost / found[0]:.2f}" for n, cost in zip(sizes, found, strict=True)
        )
        print(f"cost of an issue, 5 parties, 3 entries, {name}, by number of issues: {ratios}")


def told(dossier: Dossier) -> None:
    for party in dossier.parties:
        history(dossier, party, as_of="2030")


def changed(dossier: Dossier) -> None:
    for since in ("2021", "2022"):
        changes(dossier, list(dossier.parties), since, "2023")


def moving(parties: int, issues: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Positions that turn every year, and in the last one hang on another issue."""
    agenda = {f"i{number}": {"options": ["x", "y", "z"]} for number in range(issues)}
    people: dict[str, Any] = {}
    for who in range(parties):
        positions = people[f"p{who}"] = {}
        for number in range(issues):
            one, other = ("xyz"[(who * by + number) % 3] for by in (1, 2))
            condition = {"outcome": other, "if": {f"i{(number + 1) % issues}": one}}
            positions[f"i{number}"] = [
                {"since": "2021", "proposes": "x"},
                {"since": "2022", "demands": one}
                if number % 2
                else {"since": "2022", "accepts": one},
                {"since": "2023", "accepts": ["x", condition]},
            ]
    return agenda, people
