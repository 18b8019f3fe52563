"""Programs of other people, installed from the registries into a scratch folder, or a skip."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest


def installed(command: Sequence[str | Path], what: str) -> None:
    """Run an installation; skip the test, saying why, if it cannot be done here."""
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"{what} cannot be installed: {type(error).__name__}")
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        pytest.skip(f"{what} cannot be installed: {lines[-1]}")


def from_npm(folder: Path, *packages: str) -> Path:
    """The folder node_modules with these packages."""
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    installed([*command, *packages], ", ".join(packages))
    return folder / "node_modules"


def from_pypi(folder: Path, package: str) -> Path:
    """The programs of a package, in a virtual environment of their own."""
    installed([sys.executable, "-m", "venv", folder], "a virtual environment")
    installed([folder / "bin" / "pip", "install", "-q", package], package)
    return folder / "bin"
