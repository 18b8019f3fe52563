"""The briefing in Markdown, and an explanation: what they cost against the diff."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.ratios import PASS, QUICK, SCRIPT, run, show, timed

JINJA = [sys.executable, "-c", "import jinja2.sandbox"]
PARTIES = ["russia", "ukraine"]


def measure(scratch: Path) -> None:
    brief = [str(SCRIPT), "brief", *PARTIES]
    diff = [str(SCRIPT), "diff", *PARTIES]
    explain = [str(SCRIPT), "explain", *PARTIES, "ceasefire"]
    limit = "(claimpos diff russia ukraine + importing Jinja2)"
    show(f"claimpos brief russia ukraine / {limit}", against(brief, diff))
    show(f"claimpos explain russia ukraine ceasefire / {limit}", against(explain, diff))


def against(command: Sequence[str], diff: Sequence[str]) -> list[float]:
    """A command's time as a multiple of a diff's and that of importing Jinja2, in turn."""
    ratios = []
    for _ in range((7 if QUICK else 31) + 1):
        jinja = timed(lambda: run(JINJA)) - timed(lambda: run(PASS))
        ratios.append(timed(lambda: run(command)) / (timed(lambda: run(diff)) + max(jinja, 0)))
    return ratios[1:]
