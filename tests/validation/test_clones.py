"""A revision that a clone does not have: where it may be, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.errors import WrongUsage
from claimpos.validation.revisions import load_revision
from tests.validation.repositories import ANN, commit, git, needs_git

pytestmark = needs_git

DOSSIER = Path("talks") / "positions"


@pytest.fixture
def origin(repository: Path) -> Path:
    """A repository of two branches: `edit` is ahead of `m`, the branch that a change is for."""
    commit(repository, ann=ANN)
    git(repository, "checkout", "-q", "-b", "edit")
    commit(repository, ann={"war": {"demands": "off"}})
    return repository


def cloned(origin: Path, *options: str) -> Path:
    clone = origin.parent / "clone"
    git(origin.parent, "clone", "-q", *options, f"file://{origin}", str(clone))
    return clone / DOSSIER


@pytest.mark.parametrize("name", ["m", "HEAD~1", "origin/m", "v1"])
def test_a_shallow_clone_is_named_as_such(name: str, origin: Path) -> None:
    folder = cloned(origin, "--depth", "1", "--branch", "edit")
    with pytest.raises(WrongUsage, match="this clone is shallow") as wrong:
        load_revision(folder, name)
    assert "fetch-depth: 0" in str(wrong.value)


def test_a_branch_of_the_remote_is_offered(origin: Path) -> None:
    folder = cloned(origin, "--branch", "edit")
    with pytest.raises(WrongUsage, match=r"use origin/m$"):
        load_revision(folder, "m")
    assert load_revision(folder, "origin/m").dossier.parties.keys() == {"ann"}


def test_a_branch_of_a_shallow_clone_is_offered_too(origin: Path) -> None:
    folder = cloned(origin, "--depth", "1", "--no-single-branch", "--branch", "edit")
    with pytest.raises(WrongUsage, match=r"use origin/m$"):
        load_revision(folder, "m")


def test_where_all_is_there_nothing_is_advised(origin: Path) -> None:
    with pytest.raises(WrongUsage, match=r"branch or tag of the repository$"):
        load_revision(origin / DOSSIER, "main")
