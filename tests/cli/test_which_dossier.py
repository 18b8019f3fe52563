"""Which dossier a command reads, from whatever folder it is called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.in_process import claimpos
from tests.cli.process import WORKED
from tests.support import write_short

AGENDA = {"status": {"options": ["x", "y"]}}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Dossiers in `here`, `near` and `far`, told apart by their one party; none in `off`."""
    for name in ("here", "near", "far"):
        write_short(tmp_path / name / "positions", AGENDA, {name: {}})
    (tmp_path / "near" / "deep" / "down").mkdir(parents=True)
    (tmp_path / "near" / "deep" / "positions").mkdir()  # without an agenda it is no dossier
    (tmp_path / "off").mkdir()
    return tmp_path


def parties(cwd: Path, *arguments: str, variable: str = "") -> list[str]:
    done = claimpos("list", "--format", "csv", *arguments, cwd=cwd, CLAIMPOS_POSITIONS=variable)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.split(",")[0] for line in done.stdout.splitlines()[1:]]


def test_the_option_comes_first(house: Path) -> None:
    named = ("--positions", "../far/positions")
    assert parties(house / "near", *named, variable=str(house / "here" / "positions")) == ["far"]


def test_then_the_variable(house: Path) -> None:
    assert parties(house / "near", variable=str(house / "here" / "positions")) == ["here"]
    assert parties(house / "near", variable="../far/positions") == ["far"]


@pytest.mark.parametrize("cwd", ["near", "near/deep", "near/deep/down", "near/positions"])
def test_then_the_nearest(house: Path, cwd: str) -> None:
    assert parties(house / cwd) == ["near"]


def test_then_the_shipped_one(house: Path) -> None:
    assert {"russia", "us", "ukraine", "europe"} <= set(parties(house / "off"))


@pytest.mark.parametrize("named", ["nowhere", "off", "here/positions/agenda.yaml"])
def test_a_folder_that_is_no_dossier(house: Path, named: str) -> None:
    for arguments, variable in (
        (("--positions", named), ""),
        (("--positions", str(house / named)), ""),
        ((), named),
    ):
        done = claimpos("list", *arguments, cwd=house, CLAIMPOS_POSITIONS=variable)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"“{named}”" in done.stderr
        assert str(house) not in done.stderr


def test_faults_are_located_from_where_one_stands(house: Path) -> None:
    shutil.copytree(WORKED, house / "worked")
    (house / "worked" / "us.yaml").write_text("party: us\n", encoding="utf-8")
    for cwd, shown in ((house, "worked/us.yaml:1:1: "), (house / "off", "../worked/us.yaml:1:1: ")):
        done = claimpos("list", cwd=cwd, CLAIMPOS_POSITIONS=str(house / "worked"))
        assert done.returncode == 2
        assert done.stderr.startswith(shown)
        assert str(house) not in done.stderr
