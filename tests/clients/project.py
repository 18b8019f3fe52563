"""A copy of this project, and commands that run beside no other installation of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PARTS = ["claimpos", "positions", "schemas", ".github", ".pre-commit-hooks.yaml"]
_FILES = ["pyproject.toml", "README.md", "LICENSE"]
_LEFT = ("GIT_", "PYTHON", "CLAIMPOS_", "GITHUB_", "VIRTUAL_ENV")


def copy_of_the_project(folder: Path) -> Path:
    """What an installation from the project's repository needs."""
    folder.mkdir()
    for name in (*_PARTS, *_FILES):
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    return folder


def run(command: list[str], cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in an environment without anything that concerns this test run."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_LEFT)}
    return subprocess.run(
        command,
        cwd=cwd,
        env=kept | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )


def commit(repository: Path) -> str:
    """Commit everything, in a repository that is made if there is none, and return its name."""
    who = ["-c", "user.name=A test", "-c", "user.email=test@example.org"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "A test"]):
        done = run(["git", *words], repository)
        assert done.returncode == 0, done.stderr
    return run(["git", "rev-parse", "HEAD"], repository).stdout.strip()
