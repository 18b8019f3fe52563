"""What doubling an input costs: CPU seconds and memory of whole processes, at five sizes.

`python -m tests.benchmarks growth` prints a table for every family of `tests.hostile.large_inputs`
and every command it is meant for. The exponent is the slope of the cost above that of an empty
dossier, in logarithms, from the second largest size to the largest: 1 where twice the input costs
twice as much. Where a command answers with a limit, its message stands in place of the exponent.
A name such as `GROWTH=chain` in the environment picks families.
"""

from __future__ import annotations

import math
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.ratios import QUICK, SCRIPT
from tests.hostile.large_inputs import DOUBLINGS, FAMILIES, Family, many_statements

PATIENCE = 60  # CPU seconds, beyond which no larger size is tried
ADDRESS_SPACE = 12 * 2**30
NOISE = 0.15  # a cost below this many seconds has no exponent worth a word


class Run(NamedTuple):
    """One process: its CPU seconds, its greatest memory in MB, its exit code, its last words."""

    seconds: float
    megabytes: int
    code: int
    message: str


def measure(scratch: Path) -> None:
    start = scratch / "start"
    start.mkdir()
    many_statements(start, 2)
    idle = process(["list", "counts"], start).seconds
    wanted = os.environ.get("GROWTH", "")
    for name, family in FAMILIES.items():
        if wanted not in name:
            continue
        print(f"\n{name}")
        sizes = [family.largest >> halvings for halvings in range(DOUBLINGS)][::-1]
        if QUICK:
            sizes = sizes[:3]
        for command in family.commands:
            runs = list(grown(scratch / "input", family, command, sizes))
            print(row(command, runs, idle), flush=True)


def grown(folder: Path, family: Family, command: str, sizes: list[int]) -> Iterator[Run]:
    for size in sizes:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        family.write(folder, size)
        parties = " ".join(path.stem for path in sorted(folder.glob("p*.yaml")))
        run = process(command.format(parties=parties).split(), folder)
        yield run
        if run.seconds > PATIENCE:
            return


def process(words: list[str], folder: Path) -> Run:
    """Run one command in the folder, with nothing remembered from an earlier one."""
    environment = os.environ | {"CLAIMPOS_POSITIONS": ".", "XDG_CACHE_HOME": "none"}
    with (folder.parent / "stderr").open("w+b") as errors:
        child = subprocess.Popen(
            [str(SCRIPT), *words],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            preexec_fn=bound,
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(max(0, errors.tell() - 400))
        last = errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
    seconds = usage.ru_utime + usage.ru_stime
    return Run(seconds, usage.ru_maxrss // 1024, child.returncode, last)


def bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * PATIENCE, 2 * PATIENCE))


def row(command: str, runs: list[Run], idle: float) -> str:
    costs = " ".join(f"{run.seconds:6.1f}" for run in runs)
    last = runs[-1]
    said = f"exit {last.code}: {last.message[:60]}" if last.code not in (0, 1) else ""
    return f"  {command:38.38} {costs} s {last.megabytes:5} MB  {exponent(runs, idle)}  {said}"


def exponent(runs: list[Run], idle: float) -> str:
    """How the cost grows in the last doubling, above what any command costs."""
    if len(runs) < 2:
        return "  – "
    before, after = (max(run.seconds - idle, 0) for run in runs[-2:])
    return f"{math.log2(after / before):4.2f}" if before > NOISE and after else "  – "
