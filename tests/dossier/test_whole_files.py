"""Files that are written whole or not at all, where the system refuses a part of the way."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

import pytest

from claimpos.dossier.open_folder import held
from claimpos.dossier.starter import write_starter
from claimpos.dossier.whole_files import replace_all, write_whole
from tests.cli.process import environment
from tests.support import largely

NAMES = ["a.yaml", "b.yaml"]


@pytest.fixture
def old_files(tmp_path: Path) -> Path:
    """A folder in which each of the files is old."""
    for name in NAMES:
        (tmp_path / name).write_bytes(b"old")
    return tmp_path


def refused(*_: Any, **__: Any) -> NoReturn:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_without_hard_links_a_new_file_is_there_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refused)
    write_whole(str(tmp_path / "new"), str(tmp_path / "draft"), b"whole", None, is_new=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"new": b"whole"}


def test_without_hard_links_a_new_file_that_cannot_be_renamed_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError):
        write_whole(str(tmp_path / "new"), str(tmp_path / "draft"), b"whole", None, is_new=True)
    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_cannot_be_removed_is_no_failure_once_all_is_written(
    old_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "unlink", refused)
    with held(old_files) as folder:
        replace_all(folder, dict.fromkeys(NAMES, b"new"))
    assert [(old_files / name).read_bytes() for name in NAMES] == [b"new", b"new"]


def test_files_are_as_they_were_where_one_cannot_be_replaced(
    old_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = os.replace

    def once(*places: Any, **folders: Any) -> None:
        monkeypatch.setattr(os, "replace", refused_once)
        moved(*places, **folders)

    def refused_once(*_: Any, **__: Any) -> NoReturn:
        monkeypatch.setattr(os, "replace", moved)
        refused()

    monkeypatch.setattr(os, "replace", once)
    with held(old_files) as folder, pytest.raises(PermissionError):
        replace_all(folder, dict.fromkeys(NAMES, b"new"))
    assert {path.name: path.read_bytes() for path in old_files.iterdir()} == dict.fromkeys(
        NAMES, b"old"
    )


def test_what_replaces_a_file_is_on_the_disk_before(
    old_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems would rename a file before they write what it holds."""
    calls = mock.Mock()
    calls.sync.side_effect, calls.move.side_effect = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", calls.sync)
    monkeypatch.setattr(os, "replace", calls.move)
    with held(old_files) as folder:
        replace_all(folder, {"a.yaml": b"new"})
    assert [name for name, *_ in calls.mock_calls] == ["sync", "move"]


def test_files_that_do_not_reach_the_disk_replace_none(
    old_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refused)
    with held(old_files) as folder, pytest.raises(PermissionError):
        replace_all(folder, dict.fromkeys(NAMES, b"new"))
    assert {path.name: path.read_bytes() for path in old_files.iterdir()} == dict.fromkeys(
        NAMES, b"old"
    )


FEW = """
import resource, sys
from claimpos.__main__ import command

resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv.pop(1)),) * 2)
sys.exit(command())
"""
LINES = {
    "init": "init new",
    "init, beside a file": "init full",
    "split": "split port",
    "the language server": "lsp",
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems number descriptors otherwise")
@pytest.mark.parametrize("files", largely(range(4, 18), 5, 6))
@pytest.mark.parametrize("command", LINES)
def test_too_few_descriptors_leave_no_draft_behind(
    command: str, files: int, tmp_path: Path
) -> None:
    write_starter(tmp_path / "positions")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/note.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", FEW, str(files), *LINES[command].split()],
        cwd=tmp_path,
        env=environment(XDG_CACHE_HOME="/dev/null", CLAIMPOS_POSITIONS="positions"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    if done.returncode:
        assert (done.returncode, sorted(tmp_path.rglob("*"))) == (2, before)
        assert done.stderr.endswith("too many open files.\n")
        assert done.stderr.count("\n") == 1
    assert done.returncode == 0 or files < 17
