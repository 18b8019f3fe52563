"""The dossier to start from: valid, as the guide shows it, and never written over another."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from claimpos import compare, load_dossier
from claimpos.dossier.starter import FILES, write_starter
from claimpos.errors import OutputFailed
from claimpos.validation.checking import check_folder
from tests.support import yaml_data
from tests.test_readme import GUIDE, files


def test_nothing_is_wrong_with_it_and_it_diffs(tmp_path: Path) -> None:
    write_starter(tmp_path / "new" / "positions")
    assert check_folder(tmp_path / "new" / "positions", date(2026, 3, 1)).findings == []
    dossier = load_dossier(tmp_path / "new" / "positions")
    assert {issue.verdict for issue in compare(dossier, ["union", "port"]).issues} == {"conflict"}


def test_it_is_the_dossier_of_the_guide() -> None:
    page = (GUIDE / "first-dossier.md").read_text("utf-8")
    shown = list(files(page))[: len(FILES)]
    assert {name: yaml_data(text) for name, text in shown} == {
        f"positions/{name}": yaml_data(text) for name, text in FILES.items()
    }


def test_every_file_teaches_in_comments() -> None:
    assert all(text.startswith("# ") for text in FILES.values())


@pytest.mark.parametrize("taken", FILES)
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_nothing_is_overwritten(tmp_path: Path, taken: str, kind: str) -> None:
    path = tmp_path / taken
    if kind == "file":
        path.write_text("mine")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    with pytest.raises(OutputFailed, match="is there already; nothing written"):
        write_starter(tmp_path)
    assert os.listdir(tmp_path) == [taken]
    assert not path.is_file() or path.read_text() == "mine"


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_starter(tmp_path)
    assert sorted(os.listdir(tmp_path)) == sorted([*FILES, "notes.txt"])
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputFailed, match="cannot write to"):
        write_starter(tmp_path / "file" / "positions")
