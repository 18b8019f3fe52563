"""What doubling an input costs: CPU seconds and memory of whole processes, at five sizes.

`python -m tests.benchmarks growth` prints a table for every family of `tests.hostile.large_inputs`
and every command it is meant for. The exponent is the slope of the cost above that of an empty
dossier against the bytes of the input, in logarithms, from the second largest size to the largest:
1 where twice the input costs twice as much. Where it is more than 1.2, the row says why: the
message of a limit that was met, or that the answer itself grows so, such as one for each pair of
parties. Any other is marked with `!`. A name such as `GROWTH=chain` in the environment picks
families.
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
MOST = 1.2  # an exponent that needs no reason


class Run(NamedTuple):
    """One process: its CPU seconds, its greatest memory in MB, its exit code, its last words.

    `read` and `written` are the bytes of its input and of its answer.
    """

    seconds: float
    megabytes: int
    code: int
    message: str
    read: int = 0
    written: int = 0


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
        read = size_of(folder)
        run = process(command.format(parties=parties).split(), folder)
        answer = run.written + size_of(folder) - read
        yield run._replace(read=read, written=answer)
        if run.seconds > PATIENCE:
            return


def process(words: list[str], folder: Path) -> Run:
    """Run one command in the folder, with nothing remembered from an earlier one."""
    environment = os.environ | {"CLAIMPOS_POSITIONS": ".", "XDG_CACHE_HOME": "none"}
    answer = folder.parent / "stdout"
    with (folder.parent / "stderr").open("w+b") as errors, answer.open("wb") as told:
        child = subprocess.Popen(
            [str(SCRIPT), *words],
            cwd=folder,
            env=environment,
            stdout=told,
            stderr=errors,
            preexec_fn=bound,
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(max(0, errors.tell() - 400))
        last = errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
    seconds = usage.ru_utime + usage.ru_stime
    code, written = child.returncode, answer.stat().st_size
    return Run(seconds, usage.ru_maxrss // 1024, code, last, written=written)


def size_of(folder: Path) -> int:
    """The bytes of all files of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * PATIENCE, 2 * PATIENCE))


def row(command: str, runs: list[Run], idle: float) -> str:
    costs = " ".join(f"{run.seconds:6.1f}" for run in runs)
    last = runs[-1]
    slope = exponent([max(run.seconds - idle, 0) for run in runs], runs)
    shown = "  – " if slope is None else f"{slope:4.2f}"
    return f"  {command:38.38} {costs} s {last.megabytes:5} MB  {shown}  {reason(runs, slope)}"


def exponent(costs: list[float], runs: list[Run], least: float = NOISE) -> float | None:
    """How a cost grows with the input in its last doubling; None where it is lost in noise."""
    if len(costs) < 2 or costs[-2] <= least or not costs[-1]:
        return None
    return math.log(costs[-1] / costs[-2]) / math.log(runs[-1].read / runs[-2].read)


def reason(runs: list[Run], slope: float | None) -> str:
    """What answers for the cost: a limit that was met, or the size of the answer."""
    last = runs[-1]
    if last.code not in (0, 1):
        return f"exit {last.code}: {last.message[:60]}"
    if slope is None or slope <= MOST:
        return ""
    answer = exponent([float(run.written) for run in runs], runs)
    if answer is None or answer <= MOST:
        return "!"
    return f"the answer grows to {last.written / 1e6:.1f} MB, with an exponent of {answer:.2f}"
