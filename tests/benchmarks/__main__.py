"""Speed, as ratios taken in one run: `python -m tests.benchmarks [--quick]`.

Nothing here passes or fails. Whole processes are run in turn, A B A B …, and compared pair by pair,
so that a machine whose speed drifts slows both alike; the median is printed, with the least and
the greatest. Modules are byte-compiled first, as an installation does.
"""

from __future__ import annotations

import compileall
import gc
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

import claimpos
from claimpos import Dossier, compare, load_dossier
from claimpos.dossier.loading import load_folder
from tests.support import write_short

QUICK = "--quick" in sys.argv[1:]
RUNS = 7 if QUICK else 31
SCRIPT = Path(sys.executable).parent / "claimpos"
LIBRARIES = [sys.executable, "-c", "import typer, yaml, tabulate"]
USES_RE = re.compile(r"import re$|\bre\.sub\(").search
PASS = [sys.executable, "-c", "pass"]


def main() -> None:
    compileall.compile_dir(Path(claimpos.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CACHE_HOME"] = scratch
        start_up(Path(scratch))
        diff_process(Path(scratch))
        growth(Path(scratch))
        many_files(Path(scratch))


def start_up(scratch: Path) -> None:
    told = "claimpos --version / python -c pass"
    show(told, pairs([str(SCRIPT), "--version"], PASS))
    written = SCRIPT.read_text("utf-8")
    if "import re" in written:
        script = scratch / "claimpos-script"
        script.write_text("\n".join(one for one in written.splitlines() if not USES_RE(one)))
        script.chmod(0o755)
        show(f"{told}, as a newer pip writes the script", pairs([str(script), "--version"], PASS))
        print(f"        (pip {version('pip')} wrote a script that imports re before claimpos runs)")


def diff_process(scratch: Path) -> None:
    diff = [str(SCRIPT), "diff", "russia", "us"]
    versus = "python -c 'import typer, yaml, tabulate'"
    show(f"claimpos diff russia us / {versus}, dossier remembered", pairs(diff, LIBRARIES))
    anew = pairs(diff, LIBRARIES, before=lambda: shutil.rmtree(scratch / "claimpos", True))
    show(f"claimpos diff russia us / {versus}, dossier read anew", anew)


def pairs(
    one: Sequence[str], other: Sequence[str], before: Callable[[], object] = lambda: None
) -> list[float]:
    """The ratios of two commands' times, after a run of each that is not counted."""
    ratios = []
    for _ in range(RUNS + 1):
        before()
        ratios.append(timed(lambda: run(one)) / timed(lambda: run(other)))
    return ratios[1:]


def run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(what: str, ratios: Sequence[float]) -> None:
    middle = statistics.median(ratios)
    print(f"{middle:6.2f}  ({min(ratios):.2f} to {max(ratios):.2f}, n={len(ratios)})  {what}")


def growth(scratch: Path) -> None:
    """20 parties × N issues: what a cell costs, against the smallest."""
    sizes = (25, 50, 100) if QUICK else (25, 50, 100, 200, 400)
    costs: dict[str, list[float]] = {"each of the 190 pairs": [], "all 20 at once": []}
    for size in sizes:
        dossier = load_dossier(write_short(scratch / f"n{size}", *generated(20, size)))
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


def generated(parties: int, issues: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A dossier in shorthand, half of whose positions hang on conditions."""
    agenda = {f"i{number}": {"options": ["x", "y", "z"]} for number in range(issues)}
    people: dict[str, Any] = {}
    for who in range(parties):
        positions: dict[str, Any] = {}
        for number in range(issues):
            option = "xyz"[(who * 7 + number * 3) % 3]
            other = f"i{(number + 1 + who % 3) % issues}"
            if (who + number) % 2:
                positions[f"i{number}"] = {"proposes": option}
            else:
                condition = {"outcome": "xyz"[number % 3], "if": {other: sorted({"x", option})}}
                positions[f"i{number}"] = {"accepts": [condition]}
        people[f"p{who}"] = positions
    return agenda, people


def many_files(scratch: Path) -> None:
    """Reading 1,000 party files, against composing them with PyYAML's C parser."""
    count = 200 if QUICK else 1000
    agenda, people = generated(1, 12)
    folder = write_short(scratch / "many", agenda, {f"p{n}": people["p0"] for n in range(count)})
    for path in folder.glob("p*.yaml"):
        path.write_text(yaml.safe_dump(json.loads(path.read_text("utf-8"))), encoding="utf-8")
    texts = [path.read_text("utf-8") for path in folder.glob("p*.yaml")]
    lines = texts[0].count("\n")

    def compose() -> None:
        for text in texts:
            yaml.compose(text, Loader=yaml.CSafeLoader)

    ratios = [timed(lambda: load_folder(folder)) / timed(compose) for _ in range(5)]
    show(f"reading {count} party files of {lines} lines / composing them with PyYAML in C", ratios)


if __name__ == "__main__":
    main()
