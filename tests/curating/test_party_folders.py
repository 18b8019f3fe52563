"""Additions to a party that has a folder: the same model as with one file, and small changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos

SAID = ["statement", "port", "Offers five.", "--id", "five", "--source", "harbour-news"]
STATEMENT = [*SAID, "--basis", "reported", "--said", "2026-02-09"]
ADDITIONS = {
    "a statement and an entry": [
        *STATEMENT,
        *("+", "entry", "pay-rise", "--from-last", "--accepts", "<= 5"),
    ],
    "an answer": [*STATEMENT, "+", "answer", "mediator-draft", "refuses"],
    "a first entry on an issue": [
        *("issue", "lunch", "--title", "Lunch", "--question", "Is there lunch?", "--group", "pay"),
        *("--kind", "choice", "--option", "on=lunch", "--option", "off=no lunch", "+"),
        *STATEMENT,
        *("+", "entry", "lunch", "--demands", "on"),
    ],
    "another party": [*("party", "town", "--name", "The Town", "+", "statement", "town"), *SAID[2:],
                      "--basis", "reported"],
}  # fmt: skip


def done(*words: str, folder: Path) -> None:
    result = claimpos(*words, "--positions", str(folder))
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("words", ADDITIONS.values(), ids=ADDITIONS)
def test_the_model_is_the_same_in_both_forms(tmp_path: Path, words: list[str]) -> None:
    single, small = tmp_path / "single", tmp_path / "small"
    write_starter(single)
    shutil.copytree(single, small)
    done("split", folder=small)
    for folder in (single, small):
        done("add", *words, folder=folder)
    assert load_dossier(small) == load_dossier(single)
    assert not (small / "port.yaml").exists()
    done("join", folder=small)
    assert load_dossier(small) == load_dossier(single)


def test_only_the_small_files_that_it_belongs_to_change(tmp_path: Path) -> None:
    folder = tmp_path / "positions"
    write_starter(folder)
    done("split", folder=folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done("add", *ADDITIONS["a statement and an entry"], folder=folder)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    port = folder / "parties" / "port"
    assert {path for path in after if before.get(path) != after[path]} == {
        port / "statements" / "five.yaml",
        port / "positions" / "pay-rise.yaml",
    }


def test_a_folder_without_statements_gets_them(tmp_path: Path) -> None:
    folder = tmp_path / "positions"
    write_starter(folder)
    town = folder / "parties" / "town"
    town.mkdir(parents=True)
    (town / "party.yaml").write_text("party: town\nname: The Town\n", "utf-8")
    words = ["statement", "town", "So.", "--id", "so", "--source", "harbour-news"]
    done(
        "add",
        *words,
        "--basis",
        "stated",
        "+",
        "entry",
        "weekend",
        "--refuses",
        "rota",
        folder=folder,
    )
    assert sorted(path.name for path in town.rglob("*.yaml")) == [
        "party.yaml",
        "so.yaml",
        "weekend.yaml",
    ]
    assert [*load_dossier(folder).parties["town"].positions] == ["weekend"]
