"""`claimpos split` and `claimpos join`: whatever interrupts them, nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.dossier import folder_lock, party_conversion, whole_files
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.open_folder import OpenFolder
from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_starter(tmp_path / "positions")
    return tmp_path / "positions"


def run(command: str, folder: Path) -> tuple[int, str]:
    done = claimpos(*command.split(), "--positions", str(folder))
    return done.returncode, done.stderr


def failing_after(number: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """A function that does its work so many times, and then no more."""
    left = [number]

    def once(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise PermissionError(13, "Permission denied")
        return real(*arguments, **named)

    return once


@pytest.mark.parametrize("written", range(8))
def test_a_split_that_cannot_write_changes_nothing(
    folder: Path, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_dossier(folder)
    files = sorted(folder.rglob("*"))
    write = whole_files.write_draft
    monkeypatch.setattr(whole_files, "write_draft", failing_after(written, write))
    code, said = run("split port", folder)
    monkeypatch.undo()
    if code == 0:  # all was written
        assert not (folder / "port.yaml").exists()
    else:
        assert "cannot write" in said
        assert sorted(folder.rglob("*")) == files
    assert load_dossier(folder) == before


def test_a_split_that_cannot_delete_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sorted(folder.rglob("*"))
    monkeypatch.setattr(OpenFolder, "remove", failing_after(0, OpenFolder.remove))
    code, said = run("split port", folder)
    assert (code, "port.yaml”: permission denied" in said) == (2, True)
    assert sorted(folder.rglob("*")) == files


@pytest.mark.parametrize(
    ("command", "new"), [("split port", "parties"), ("join union", "union.yaml")]
)
def test_the_new_form_is_on_the_disk_before_the_old_one_is_deleted(
    folder: Path, command: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise, a loss of power within half a minute leaves neither."""
    run("split union", folder)
    kept: set[int] = set()
    lacking: list[list[Path]] = []
    delete = OpenFolder.remove

    def once_kept(home: OpenFolder, place: str) -> None:
        written = [folder, folder / new, *(folder / new).glob("port/**/*")]
        lacking.append([path for path in written if path.stat().st_ino not in kept])
        delete(home, place)

    monkeypatch.setattr(os, "fsync", lambda handle: kept.add(os.fstat(handle).st_ino))
    monkeypatch.setattr(OpenFolder, "remove", once_kept)
    assert run(command, folder) == (0, "")
    assert lacking
    assert not any(lacking)


@pytest.mark.parametrize("command", ["split port", "join union"])
@pytest.mark.parametrize("moves", range(3))
def test_ctrl_c_comes_before_or_after(
    folder: Path, command: str, moves: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever it comes, the dossier is valid, and no draft is left."""
    assert run("split union", folder)[0] == 0
    before = load_dossier(folder)
    calls = {name: getattr(os, name) for name in ("replace", "unlink", "mkdir", "link")}
    left = [moves]

    def interrupted(name: str, *arguments: Any, **named: Any) -> None:
        calls[name](*arguments, **named)
        left[0] -= 1
        if left[0] == -1:
            signal.raise_signal(signal.SIGINT)

    for name in calls:
        monkeypatch.setattr(os, name, partial(interrupted, name))
    with suppress(KeyboardInterrupt):
        run(command, folder)
    monkeypatch.undo()
    assert load_dossier(folder) == before
    assert not [path for path in folder.rglob("*") if ".claimpos-" in path.name]
    assert all(any(path.iterdir()) for path in folder.rglob("*") if path.is_dir())


@pytest.mark.parametrize("deleted", range(6))
def test_a_join_that_stops_half_way_has_the_whole_file(
    folder: Path, deleted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dossier means what it did, whichever file cannot be deleted."""
    before = load_dossier(folder)
    assert run("split port", folder) == (0, "")
    remove, left = OpenFolder.remove, [deleted]

    def once(self: OpenFolder, place: str) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise PermissionError(13, "Permission denied")
        remove(self, place)

    monkeypatch.setattr(OpenFolder, "remove", once)
    code, _ = run("join port", folder)
    monkeypatch.undo()
    assert code == 2
    assert (folder / "port.yaml").exists() == (deleted > 0)
    assert load_dossier(folder) == before


def test_what_else_is_in_the_folder_stays(folder: Path) -> None:
    assert run("split port", folder) == (0, "")
    notes = folder / "parties" / "port" / "notes.md"
    notes.write_text("Ask about the letter.\n", "utf-8")
    done = claimpos("join", "port", "--positions", str(folder))
    assert "Left in the folder: notes.md." in done.stdout
    assert notes.read_text("utf-8") == "Ask about the letter.\n"
    assert (folder / "port.yaml").exists()


def test_the_dossier_that_comes_with_claimpos_is_not_split(tmp_path: Path) -> None:
    done = claimpos("split", cwd=tmp_path, CLAIMPOS_POSITIONS="")
    assert done.returncode == 2
    assert "name one with --positions" in done.stderr


def test_a_dossier_with_errors_is_not_split(folder: Path) -> None:
    with (folder / "port.yaml").open("a", encoding="utf-8") as file:
        file.write("  lunch: []\n")
    assert run("split union", folder)[0] == 2
    assert not (folder / "parties").exists()


@pytest.mark.parametrize(("command", "party"), [("split", "port"), ("join", "union")])
def test_what_somebody_writes_meanwhile_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, party: str
) -> None:
    """An editor saves a file between the moments when it is read and when it is deleted."""
    assert run("split union", folder)[0] == 0
    (file,) = (folder / "port.yaml",) if command == "split" else folder.glob("parties/*/party.yaml")
    name = "split_party" if command == "split" else "join_party"
    real = getattr(party_conversion, name)

    def slow(*arguments: Any) -> Any:
        with file.open("a") as stream:
            stream.write("# an hour of work\n")
        return real(*arguments)

    monkeypatch.setattr(party_conversion, name, slow)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml") if path != file}
    code, said = run(f"{command} {party}", folder)
    assert (code, "was changed meanwhile, and is left as it is" in said) == (2, True)
    assert file.read_text().endswith("# an hour of work\n")
    assert before == {path: path.read_bytes() for path in folder.rglob("*.yaml") if path != file}


@pytest.mark.parametrize("command", ["split port", "join union"])
def test_they_wait_for_another_that_writes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    assert run("split union", folder)[0] == 0
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    monkeypatch.setattr(folder_lock, "_PATIENCE", 0.1)
    with folder_lock.locked(folder):
        code, said = run(command, folder)
    assert (code, "another claimpos is writing" in said) == (2, True)
    assert before == {path: path.read_bytes() for path in folder.rglob("*.yaml")}


def test_no_more_files_than_can_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_dossier(folder)
    monkeypatch.setenv(VARIABLE, "dossier-files=10")
    code, said = run("split port", folder)
    assert code == 2
    assert "port.yaml stays as it is" in said
    assert f"{VARIABLE}=dossier-files" in said
    monkeypatch.setenv(VARIABLE, "dossier-files=11")
    assert run("split port", folder) == (0, "")
    assert load_dossier(folder) == before


@pytest.mark.skipif(os.name != "posix", reason="files have no modes here")
@pytest.mark.parametrize(("mode", "of_folders"), [(0o600, 0o700), (0o640, 0o750), (0o644, 0o755)])
def test_a_private_file_stays_private(mode: int, of_folders: int, tmp_path: Path) -> None:
    write_starter(tmp_path / "harbour")
    union = tmp_path / "harbour" / "union.yaml"
    union.chmod(mode)
    before = union.read_bytes()
    assert claimpos("split", "union", "--positions", str(tmp_path / "harbour")).returncode == 0
    folder = tmp_path / "harbour" / "parties" / "union"
    made = [folder, *folder.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {of_folders}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {mode}
    secret = next((folder / "statements").iterdir())
    secret.chmod(0o600)
    assert claimpos("join", "union", "--positions", str(tmp_path / "harbour")).returncode == 0
    assert (union.stat().st_mode & 0o777, union.read_bytes()) == (0o600, before)


@pytest.mark.parametrize("linked", ["", "statements", "positions"])
def test_nothing_behind_a_link_is_deleted(linked: str, tmp_path: Path) -> None:
    home = tmp_path / "harbour"
    write_starter(home)
    assert claimpos("split", "union", "--positions", str(home)).returncode == 0
    place = home / "parties" / "union" / linked
    elsewhere = home / "proposals" / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    before = sorted(elsewhere.rglob("*"))
    done = claimpos("join", "union", "--positions", str(home))
    assert done.returncode == 2
    assert (sorted(elsewhere.rglob("*")), (home / "union.yaml").exists()) == (before, False)
