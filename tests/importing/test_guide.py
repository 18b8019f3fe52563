"""The table of votes and the commands that the guide shows work as it says."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from claimpos.__main__ import main
from tests.test_readme import GUIDE, blocks, files

PAGE = (GUIDE / "tables.md").read_text("utf-8")


@pytest.fixture
def votes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the table, in which the first command has been run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "votes.csv").write_text(dict(files(PAGE))["votes.csv"], encoding="utf-8")
    assert main(commands()[0]) == 0
    return tmp_path


def commands() -> list[list[str]]:
    block = next(one for one in blocks(PAGE, "sh") if "votes.csv" in one)
    return [shlex.split(line)[1:] for line in block.replace("\\\n", " ").splitlines()]


def test_the_commands(votes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert [main(command) for command in commands()[1:]] == [0]
    assert "2 parties, 1 pair, 2 issues" in capsys.readouterr().out
    assert main(["matrix", "--positions", "votes", "--format", "json"]) == 0
    (pair,) = json.loads(capsys.readouterr().out)["pairs"]
    assert (pair["parties"], pair["overlap"], pair["conflict"]) == (["na", "no"], 1, 1)
    assert main(["validate", "votes"]) == 0


def test_the_question_to_duckdb(votes: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is asked for by the guide alone")
    (votes / "tables").mkdir()
    assert main(["export", "--positions", "votes", "-o", "tables/votes.csv"]) == 0
    (question,) = blocks(PAGE, "sql")
    assert duckdb.sql(question).fetchall() == [("na", "no", 1, 2)]
