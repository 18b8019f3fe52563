"""claimpos as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WORKED = Path(__file__).resolve().parents[1] / "sessions" / "dossiers" / "worked"
DIFF = ("diff", "russia", "ukraine", "--as-of", "2025-03-14", "-v")
COMMAND = (sys.executable, "-m", "claimpos")


def environment(**changes: str) -> dict[str, str]:
    base = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    return base | {"CLAIMPOS_POSITIONS": str(WORKED)} | changes


def claimpos(
    *arguments: str, cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
