"""Paths in reports for sites begin at the root of the repository, wherever the command runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.rendering.finding_formats import web_path


@pytest.fixture(autouse=True)
def outside_of_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a repository, in which the command runs."""
    folder = tmp_path / "work" / "repository" / "talks"
    (folder / "positions").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_the_folder_that_the_service_names(
    name: str, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(talks.parent))
    assert web_path("positions/union.yaml") == "talks/positions/union.yaml"
    assert web_path("../talks/positions/union.yaml") == "talks/positions/union.yaml"


@pytest.mark.parametrize("mark", ["a folder", "a file"])
def test_the_top_of_the_repository(mark: str, talks: Path) -> None:
    git = talks.parent / ".git"
    git.mkdir() if mark == "a folder" else git.write_text("gitdir: elsewhere")
    assert web_path("positions/union.yaml") == "talks/positions/union.yaml"


def test_a_repository_within_the_workspace(talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (talks.parent / ".git").mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(talks.parent.parent))
    assert web_path("positions/union.yaml") == "talks/positions/union.yaml"


def test_a_workspace_within_a_repository(talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (talks.parent.parent / ".git").mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(talks.parent))
    assert web_path("positions/union.yaml") == "talks/positions/union.yaml"


def test_a_link_to_the_folder(talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (talks.parent / ".git").mkdir()
    link = talks.parent.parent / "link"
    link.symlink_to(talks)
    monkeypatch.chdir(link)
    assert web_path("positions/union.yaml") == "talks/positions/union.yaml"


@pytest.mark.parametrize("elsewhere", ["", "/nowhere", "relative"])
def test_outside_of_a_repository(
    elsewhere: str, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", elsewhere)
    assert web_path("positions/union.yaml") == "positions/union.yaml"
