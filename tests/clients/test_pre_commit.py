"""pre-commit, installing the hook from a repository and running it in another."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.process import WORKED
from tests.clients.project import ROOT, commit, copy_of_the_project, run

CONFIGURATION = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: claimpos-validate
"""


class Repository(NamedTuple):
    """A repository with a dossier and the hook."""

    folder: Path
    program: str
    home: str

    def run_hook(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        run(["git", "add", "-A"], self.folder)
        command = [self.program, "run", "claimpos-validate", *words]
        return run(command, self.folder, PRE_COMMIT_HOME=self.home, **variables)


@pytest.fixture(scope="module")
def repository(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    scratch = tmp_path_factory.mktemp("pre-commit")
    project = copy_of_the_project(scratch / "project")
    revision = commit(project)
    folder = scratch / "repository"
    shutil.copytree(WORKED, folder / "talks" / "positions")
    written = CONFIGURATION.format(repository=project, revision=revision)
    (folder / ".pre-commit-config.yaml").write_text(written, "utf-8")
    commit(folder)
    made = Repository(folder, str(programs / "pre-commit"), str(scratch / "home"))
    done = run([made.program, "install-hooks"], folder, PRE_COMMIT_HOME=made.home)
    if done.returncode:
        pytest.skip(f"the hook cannot be installed: {done.stdout.strip().splitlines()[-1]}")
    return made


def test_the_hook_passes_a_dossier_in_order(repository: Repository) -> None:
    done = repository.run_hook("--all-files", "--verbose")
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout
    assert "5 files checked" in done.stdout


def test_it_stops_a_commit_that_breaks_one(repository: Repository) -> None:
    party = repository.folder / "talks" / "positions" / "us.yaml"
    sound = party.read_text("utf-8")
    party.write_text(sound.replace("proposes: immediate", "proposes: immediatly"), "utf-8")
    done = repository.run_hook()
    party.write_text(sound, "utf-8")
    assert done.returncode == 1, done.stdout
    assert "talks/positions/us.yaml:10:37: error: " in done.stdout
    assert "did you mean “immediate”" in done.stdout


def test_it_checks_the_dossier_whatever_has_changed(repository: Repository) -> None:
    (repository.folder / "notes.txt").write_text("Nothing to check.\n", "utf-8")
    done = repository.run_hook("--verbose")
    assert done.returncode == 0, done.stdout
    assert "5 files checked" in done.stdout


@pytest.mark.parametrize("instead", ["nothing", "another name", "a link"])
def test_it_stops_a_commit_that_takes_a_file_away(instead: str, repository: Repository) -> None:
    sources = repository.folder / "talks" / "positions" / "sources.yaml"
    sound, renamed = sources.read_bytes(), sources.with_suffix(".txt")
    sources.unlink()
    if instead == "another name":
        renamed.write_bytes(sound)
    elif instead == "a link":
        sources.symlink_to("/etc/hostname")
    done = repository.run_hook()
    sources.unlink(missing_ok=True)
    renamed.unlink(missing_ok=True)
    sources.write_bytes(sound)
    run(["git", "add", "-A"], repository.folder)
    assert done.returncode == 1, done.stdout
    assert "talks/positions/sources.yaml" in done.stdout


@pytest.mark.parametrize("name", ["claimpos", "clingo", "sitecustomize", "tabulate", "typer"])
def test_it_runs_nothing_of_the_repository(name: str, repository: Repository) -> None:
    folder, mark = repository.folder / name, repository.folder.parent / "mark"
    folder.mkdir()
    for file in ("__init__.py", "__main__.py"):
        # Only the hook's own process counts: pre-commit itself reads the same variables.
        where = "import sys; 'validate' not in sys.orig_argv or "
        (folder / file).write_text(f"{where}open({str(mark)!r}, 'w').close()\n", "utf-8")
    done = repository.run_hook("--all-files", PYTHONPATH=".")
    shutil.rmtree(folder)
    assert not mark.exists()
    assert done.returncode == 0, done.stdout


def test_the_manifest_is_one(programs: Path) -> None:
    manifest = str(ROOT / ".pre-commit-hooks.yaml")
    done = run([str(programs / "pre-commit"), "validate-manifest", manifest], ROOT)
    assert done.returncode == 0, done.stdout
