"""A file with a great many errors, told of in every format, against `python -c pass`."""

from __future__ import annotations

import statistics
import subprocess
from pathlib import Path

from tests.benchmarks.ratios import PASS, QUICK, SCRIPT, show, timed
from tests.reports.findings import FORMATS
from tests.support import write_short

COUNT, RUNS = (2_000, 1) if QUICK else (50_000, 3)
HEAD = "party: x\nname: X\nstatements:\n  s: {source: paper, basis: stated, summary: So.}\n"
AGENDA = {"arms": {"options": ["continue", "stopped"]}}
# An entry with one error: of its form, or of what it names.
MISSHAPEN = "{since: 2025, demands: stopped, evidnce: [s], evidence: [s]}"
UNKNOWN = "{since: 2025, demands: stoped, evidence: [s]}"


def measure(scratch: Path) -> None:
    folder = dossier(scratch / "misshapen", [f"    - {MISSHAPEN}\n"] * COUNT)
    for name in FORMATS:
        told(f"unknown keys as {name}", folder, name)
    small = dossier(scratch / "fewer", [f"    - {MISSHAPEN}\n"] * (COUNT // 5))
    growth = seconds(folder, "text") / seconds(small, "text")
    print(f"{growth:6.2f}  times as long for five times as many, as text")
    told("unknown options", dossier(scratch / "unknown", [f"    - {UNKNOWN}\n"] * COUNT))
    one_line = [f"    [{', '.join([UNKNOWN] * COUNT)}]\n"]
    told("unknown options in one line", dossier(scratch / "line", one_line))


def dossier(folder: Path, entries: list[str]) -> Path:
    write_short(folder, AGENDA, {})
    text = f"{HEAD}positions:\n  arms:\n{''.join(entries)}"
    (folder / "x.yaml").write_text(text, "utf-8")
    return folder


def told(what: str, folder: Path, format_name: str = "text") -> None:
    ratios = [seconds(folder, format_name) / starting() for _ in range(RUNS)]
    show(f"{COUNT} {what} / python -c pass", ratios)


def seconds(folder: Path, format_name: str) -> float:
    command: list[str | Path] = [SCRIPT, "validate", folder, "--format", format_name]
    return timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL))


def starting() -> float:
    return statistics.median(timed(lambda: subprocess.run(PASS)) for _ in range(5))
