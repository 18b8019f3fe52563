"""Programs that look at pages: Chromium, and packages of npm in a folder of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PACKAGES = ("playwright-core", "axe-core", "html-validate")


def node_modules() -> Path:
    """The folder with the packages of npm; skips the test without them.

    CLAIMPOS_NODE_MODULES, or .cache/node/node_modules in the checkout, filled by `.ci/run` with
    `npm install --prefix .cache/node playwright-core axe-core html-validate`.
    """
    checkout = Path(__file__).resolve().parents[2]
    default = checkout / ".cache" / "node" / "node_modules"
    folder = Path(os.environ.get("CLAIMPOS_NODE_MODULES", default))
    for package in PACKAGES:
        if not (folder / package).is_dir():
            pytest.skip(f"the npm package {package} is not installed; see {Path(__file__).name}")
    return folder


def program(*names: str) -> str:
    """The path of the first of these programs; skips the test without one."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{names[0]} is not installed")


def driven(driver: str, *arguments: str) -> dict[str, Any]:
    """What a driver of this folder, such as `drive.cjs`, saw in Chromium."""
    modules, browser = node_modules(), program("chromium", "chromium-browser", "google-chrome")
    done = subprocess.run(
        [program("node"), str(Path(__file__).parent / driver), browser, *arguments],
        env={**os.environ, "NODE_PATH": str(modules)},
        capture_output=True,
        encoding="utf-8",
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
