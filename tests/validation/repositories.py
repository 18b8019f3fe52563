"""Git repositories with a dossier in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support import write_short

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

AGENDA = {"war": {"options": ["on", "off"]}}
ANN = {"war": {"demands": "on"}}


def git(folder: Path, *words: str | bytes, tell: bytes = b"", fails: bool = False) -> str:
    """What git says, without anything of the environment that concerns another repository."""
    settings = ("user.name=Ann", "user.email=ann@example.org", "init.defaultBranch=m")
    allowed = ("protocol.file.allow=always",)  # or no submodule is cloned from a folder
    options = [part for one in (*settings, *allowed) for part in ("-c", one)]
    done = subprocess.run(
        ["git", *options, *words],
        cwd=folder,
        input=tell,
        check=not fails,
        capture_output=True,
        env={key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        timeout=60,
    )
    return os.fsdecode(done.stdout).strip()


def commit(repository: Path, **parties: dict[str, Any]) -> Path:
    """Write a dossier into the repository's folder `talks/positions`, commit it, and return it."""
    folder = write_short(repository / "talks" / "positions", AGENDA, parties)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "A change")
    return folder


def new_repository(folder: Path) -> Path:
    """A new repository with nothing in it."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    return folder


def loose_object(repository: Path, name: str) -> Path:
    """The file of an object that is in no pack."""
    return repository / ".git" / "objects" / name[:2] / name[2:]


def entry(mode: str, kind: str, name: str, path: str) -> bytes:
    """A line of a folder, as `git mktree` reads it."""
    return f"{mode} {kind} {name}\t{path}\n".encode()


def grown(repository: Path, *entries: bytes) -> str:
    """A commit whose dossier has these entries besides."""
    listed = git(repository, "ls-tree", "HEAD:talks/positions").encode() + b"\n"
    positions = git(repository, "mktree", "--missing", tell=listed + b"".join(entries))
    talks = git(repository, "mktree", tell=entry("040000", "tree", positions, "positions"))
    top = git(repository, "mktree", tell=entry("040000", "tree", talks, "talks"))
    return git(repository, "commit-tree", "-m", "x", top)
