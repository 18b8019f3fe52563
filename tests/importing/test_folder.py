"""The new dossier's folder: whole, or not there."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from claimpos.__main__ import main
from claimpos.dossier import whole_files
from claimpos.errors import OutputFailed
from tests.importing.support import imported

TABLE = "party,issue,demands,since\nann,war,stop,2025\nbob,war,go on,2025\n"


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


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("writes", [0, 1, 2, 3])
def test_a_full_disk_leaves_nothing_and_one_can_try_again(
    tmp_path: Path, writes: int, is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_there:
        (tmp_path / "out").mkdir()
    with monkeypatch.context() as patch:
        full_after(writes, patch)
        with pytest.raises(OutputFailed, match="no space left on device"):
            imported(tmp_path, TABLE)
    assert sorted(os.listdir(tmp_path)) == sorted(["table.csv", *(["out"] if is_there else [])])
    assert not is_there or os.listdir(tmp_path / "out") == []
    assert imported(tmp_path, TABLE).dossier.parties.keys() == {"ann", "bob"}
    assert sorted(os.listdir(tmp_path)) == ["out", "table.csv"]


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx"])
@pytest.mark.parametrize("target", ["/dev/zero", "/proc/self/environ", "."])
def test_a_table_is_a_regular_file(
    tmp_path: Path, name: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).symlink_to(target)
    assert main(["import", str(tmp_path / name), "--into", str(tmp_path / "out")]) == 2
    assert "it is not a regular file" in capsys.readouterr().err
    assert os.listdir(tmp_path) == [name]
