"""`claimpos changes` between revisions, as it is called for the review of an edit."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.in_process import claimpos
from tests.cli.process import WORKED
from tests.schemas.support import SCHEMAS
from tests.support import write_short
from tests.validation.repositories import git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PARTIES = ("russia", "ukraine", "--as-of", "2025-03-14", "--positions", "positions")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The worked example, committed; then Ukraine no longer refuses that arms stop."""
    shutil.copytree(WORKED, tmp_path / "positions")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "The talks")
    file = tmp_path / "positions" / "ukraine.yaml"
    text = file.read_text("utf-8")
    assert "refuses: stop" in text
    file.write_text(text.replace("refuses: stop", "accepts: stop", 1), encoding="utf-8")
    return tmp_path


def test_a_comment_for_a_merge_request(repository: Path) -> None:
    told = claimpos("changes", *PARTIES, "--from", "HEAD", "--format", "github", cwd=repository)
    assert (told.returncode, told.stderr) == (0, "")
    text = re.sub(r"\([0-9a-f*]{7,9}\)", "(commit)", told.stdout)  # which no site links
    assert text.startswith(
        "## Russia and Ukraine: what changed from HEAD (commit) to the files as they are, as of "
        "14 March 2025\n"
    )
    told_first = "2 verdicts moved towards overlap (1 to overlap, 1 from conflict to unresolved)"
    assert f"Net movement: {told_first}; no verdicts moved away from it." in text
    assert re.search(
        r"\| Arms .*conflict \(red line\) → overlap \(acceptable to both\) .*Ukraine", text
    )
    assert re.search(r"\| Cease-fire .*on \*Arms", text), "because of a position on another issue"
    assert "Now coded as: accepts *Stop*. Before: rejects *Stop*." in text


def test_an_edit_that_moves_nothing(repository: Path) -> None:
    git(repository, "checkout", "-q", "--", "positions")
    file = repository / "positions" / "russia.yaml"
    text = file.read_text("utf-8")
    assert "basis: inferred" in text
    file.write_text(text.replace("basis: inferred", "basis: reported"), encoding="utf-8")
    told = claimpos("changes", *PARTIES, "--from", "HEAD", cwd=repository)
    assert "Net movement: no verdict changed." in told.stdout
    words = " ".join(told.stdout.replace("│", "").split())
    assert (
        "Coded as before, but now known from reports, previously by inference: "
        "demands at most 85,000" in words
    )


def test_the_report_names_the_commits(repository: Path) -> None:
    git(repository, "commit", "-qam", "Arms")
    ends = ("--from", "HEAD~1", "--to", "HEAD", "--format", "json")
    told = claimpos("changes", *PARTIES, *ends, cwd=repository)
    report = json.loads(told.stdout)
    assert not [*Draft202012Validator(SCHEMAS["changes"]).iter_errors(report)]
    for end, name in (("from", "HEAD~1"), ("to", "HEAD")):
        commit = git(repository, "rev-parse", name)
        assert report[end]["revision"] == {"name": name, "commit": commit}
    assert [verdict["issue"] for verdict in report["verdicts"]][:1] == ["ceasefire"]
    assert report["elsewhere"] == 0


def test_a_faulty_edit_is_reported_like_any_fault(repository: Path) -> None:
    (repository / "positions" / "us.yaml").write_text("party: [", encoding="utf-8")
    told = claimpos("changes", *PARTIES, "--from", "HEAD", cwd=repository)
    assert (told.returncode, told.stdout) == (2, "")
    assert "positions/us.yaml:2:1: error" in told.stderr
    git(repository, "commit", "-qam", "A fault")
    git(repository, "checkout", "-q", "HEAD~1", "--", "positions")
    told = claimpos("changes", *PARTIES, "--from", "HEAD", cwd=repository)
    assert (told.returncode, told.stdout) == (2, "")
    assert "HEAD:positions/us.yaml:2:1: error" in told.stderr
    assert str(repository) not in told.stderr


def test_outside_a_repository(tmp_path: Path) -> None:
    shutil.copytree(WORKED, tmp_path / "positions")
    ceiling = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    told = claimpos("changes", *PARTIES, "--from", "HEAD", cwd=tmp_path, **ceiling)
    assert told.returncode == 2
    assert "is not in a git repository" in told.stderr


def test_a_party_that_had_the_id_of_an_issue(tmp_path: Path) -> None:
    agenda = {"war": {"options": ["on", "off"]}}
    yes, no = {"war": {"accepts": "on"}}, {"war": {"refuses": "on"}}
    folder = write_short(tmp_path / "positions", agenda, {"war": yes, "ann": no})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "The talks")
    (folder / "war.yaml").unlink()
    write_short(folder, agenda, {"bo": yes, "ann": yes}, {}, {"bo": {"formerly": ["war"]}})
    named = ("war", "ann", "--issue", "war", "--positions", "positions")
    told = claimpos("changes", *named, "--from", "HEAD", cwd=tmp_path)
    assert "Net movement: 1 verdict moved towards overlap" in told.stdout


def test_a_dossier_that_was_nearer_must_be_named(repository: Path) -> None:
    shutil.copytree(WORKED, repository / "talks" / "positions")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Nearer")
    shutil.rmtree(repository / "talks" / "positions")
    words = ("changes", "us", "russia", "--from", "HEAD")
    told = claimpos(*words, cwd=repository / "talks", CLAIMPOS_POSITIONS="")
    assert (told.returncode, told.stdout) == (2, "")
    assert "the nearest dossier is “../positions” now, and was “positions” at “HEAD”" in told.stderr
    named = ("--positions", "../positions")
    assert claimpos(*words, *named, cwd=repository / "talks").returncode == 0
