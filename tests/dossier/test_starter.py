"""The dossier to start from: valid, as the guide shows it, and never written over another."""

from __future__ import annotations

import errno
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.dossier import whole_files
from claimpos.dossier.starter import FILES, write_starter
from claimpos.errors import OutputFailed
from claimpos.validation.checking import check_folder
from tests.support import killed, yaml_data
from tests.test_readme import GUIDE, files


def names_in(folder: Path) -> set[str]:
    """The files in a folder and below, by their names within it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix() for path in files}


def test_nothing_is_wrong_with_it_and_it_diffs(tmp_path: Path) -> None:
    write_starter(tmp_path / "new" / "positions")
    assert check_folder(tmp_path / "new" / "positions", date(2026, 3, 1)).findings == []
    dossier = load_dossier(tmp_path / "new" / "positions")
    verdicts = [issue.verdict for issue in compare(dossier, ["union", "port"], "2026-03-01").issues]
    assert verdicts == ["conflict", "conflict", "unresolved"]


def test_it_shows_one_of_each() -> None:
    """Whoever looks for the form of something finds it in the files."""
    held = "\n".join(FILES.values())
    for key in (
        *(
            "speakers",
            "said",
            "locator",
            "quote",
            "standing",
            "until",
            "against",
            "items",
            "offers",
        ),
        *("offer", "proposal", "answers", "outside", "subject-to", "if", "reserves"),
    ):
        assert re.search(rf"[ {{\n]{key}:", held), key


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
    path.parent.mkdir(exist_ok=True)
    if kind == "file":
        path.write_text("mine")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    with pytest.raises(OutputFailed, match="already exists; nothing was written"):
        write_starter(tmp_path)
    assert os.listdir(tmp_path) == [taken.partition("/")[0]]
    assert not path.is_file() or path.read_text() == "mine"


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_starter(tmp_path)
    assert names_in(tmp_path) == {*FILES, "notes.txt"}
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputFailed, match="cannot write to"):
        write_starter(tmp_path / "file" / "positions")


def full_after(writes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be full after so many files."""
    left = [writes]
    write_draft = whole_files.write_draft

    def write(*arguments: Any) -> None:
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        write_draft(*arguments)

    monkeypatch.setattr(whole_files, "write_draft", write)


@pytest.mark.parametrize("writes", range(len(FILES)))
@pytest.mark.parametrize("is_there", [True, False])
def test_a_full_disk_leaves_nothing_and_one_can_try_again(
    tmp_path: Path, writes: int, is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "positions"
    if is_there:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
    with monkeypatch.context() as patch:
        full_after(writes, patch)
        with pytest.raises(OutputFailed, match="no space left on device"):
            write_starter(folder)
    assert os.listdir(tmp_path) == (["positions"] if is_there else [])
    assert not is_there or os.listdir(folder) == ["notes.txt"]
    write_starter(folder)
    assert set(FILES) <= names_in(folder)


_IMPORTS = """import claimpos.dossier.rights, claimpos.dossier.whole_files
    import claimpos.dossier.findings
    from claimpos.dossier.starter import write_starter"""


@pytest.mark.parametrize("is_there", [True, False])
def test_a_command_that_is_killed_leaves_nothing_or_all(tmp_path: Path, is_there: bool) -> None:
    """Whatever the moment; in a folder that is there some files may be, but never a dossier."""
    whole = False
    with killed(_IMPORTS, "write_starter(pathlib.Path(path))") as run:
        for step in range(40):
            folder = tmp_path / str(step) / "positions"
            folder.parent.mkdir()
            if is_there:
                folder.mkdir()
            code = run(folder, step)
            assert code in (0, 137)
            seen = names_in(folder) & {*FILES}
            if "agenda.yaml" in seen:
                assert seen == set(FILES)
                whole = True
            else:
                assert is_there or not folder.exists()
                write_starter(folder)
            assert load_dossier(folder).parties
            if code == 0:
                break
    assert whole
    assert step > 5


def test_what_a_killed_command_left_is_completed(tmp_path: Path) -> None:
    write_starter(tmp_path)
    (tmp_path / "agenda.yaml").unlink()
    write_starter(tmp_path)
    assert names_in(tmp_path) == {*FILES}
    with pytest.raises(OutputFailed, match=r"agenda\.yaml” already exists; nothing was written"):
        write_starter(tmp_path)
