"""A dossier in order is remembered, and never when it is not the one that was read."""

from __future__ import annotations

import errno
import json
import os
import pickle
import stat
import subprocess
import sys
from collections.abc import Callable
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest

from claimpos import Dossier, InvalidDossier, load_dossier
from claimpos.dossier import memory
from claimpos.dossier.contents import read_all
from claimpos.dossier.files import Contents
from claimpos.dossier.memory import Memory, sealed
from claimpos.validation import gate
from tests.support import write_short

AGENDA = {"status": {"options": ["x", "y"]}, "rate": {"unit": "per cent"}}
PARTIES = {"a": {"status": {"demands": "x"}, "rate": {"demands": {"min": 1, "below": 5}}}, "b": {}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return write_short(tmp_path / "positions", AGENDA, PARTIES)


def memory_of(folder: Path) -> Memory:
    return Memory(read_all(folder))


def kept(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache" / "claimpos").glob("*"))


def test_what_is_recalled_is_what_was_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_dossier(folder)

    def read(home: Path, contents: Contents) -> Dossier:
        raise AssertionError("it was read again")

    monkeypatch.setattr(gate, "read_dossier", read)
    assert load_dossier(folder) == first


CHANGES: dict[str, Any] = {
    "edited": lambda folder: (folder / "a.yaml").write_text(
        (folder / "a.yaml").read_text().replace('"A"', '"Z"')
    ),
    "added": lambda folder: (folder / "c.yaml").write_text(
        (folder / "b.yaml").read_text().replace('"b"', '"c"')
    ),
    "renamed": lambda folder: (folder / "b.yaml").rename(folder / "c.yaml"),
    "removed": lambda folder: (folder / "b.yaml").unlink(),
    "broken": lambda folder: (folder / "b.yaml").write_text("party: ["),
    "proposed": lambda folder: (
        (folder / "proposals").mkdir() or (folder / "proposals" / "p.yaml").write_text("proposal:")
    ),
}


def test_limits_count_for_what_was_read_under_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_dossier(folder)
    monkeypatch.setenv("CLAIMPOS_LIMITS", "file-values=1")
    with pytest.raises(InvalidDossier):
        load_dossier(folder)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(folder: Path, change: str) -> None:
    load_dossier(folder)
    CHANGES[change](folder)
    assert memory_of(folder).recall() is None


@pytest.mark.parametrize("time", [0, 1])
def test_other_code_is_noticed(
    time: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the sizes of the modules, too, because on some systems all files have the same time."""
    code = tmp_path / "code"
    code.mkdir()
    module = code / "module.py"
    monkeypatch.setattr(memory, "_CODE", str(code))
    # The tests look at the code only once.
    monkeypatch.setattr(memory, "_state_of_code", unwrap(memory._state_of_code))
    for text, changed, is_known in (
        ("a = 1", 0, False),
        ("a = 1", 0, True),
        ("a = 10", time, False),
    ):
        module.write_text(text)
        os.utime(module, (changed, changed))
        assert (memory_of(folder).recall() is not None) == is_known
        load_dossier(folder)


def test_a_dossier_with_faults_is_not_remembered(folder: Path) -> None:
    (folder / "b.yaml").write_text("party: b")
    with pytest.raises(InvalidDossier):
        load_dossier(folder)
    assert kept(folder) == []


def pickled(folder: Path) -> bytes:
    """The pickle in the one file that is kept."""
    (path,) = kept(folder)
    content = path.read_bytes()
    return content[content.index(b"\x80\x05") :]


def plant(folder: Path, pickle: bytes) -> None:
    """Put a pickle into the one file that is kept, with the right checksum."""
    (path,) = kept(folder)
    path.write_bytes(sealed(pickle, bytes.fromhex(path.stem)))


class Harmful:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch pwned",)


@pytest.mark.parametrize("planted", [b"", b"nonsense", Harmful(), {"a": 1}, subprocess.Popen])
def test_what_is_planted_is_ignored(
    folder: Path, planted: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dossier = load_dossier(folder)
    plant(folder, planted if isinstance(planted, bytes) else pickle.dumps(planted))
    monkeypatch.chdir(tmp_path)
    assert memory_of(folder).recall() is None
    assert load_dossier(folder) == dossier
    assert not (tmp_path / "pwned").exists()


def reached(name: str) -> bytes:
    return f"cclaimpos.dossier.model\n{name}\n".encode()


def called(name: str, argument: str) -> bytes:
    return reached(name) + f"(V{argument}\ntR".encode()


def kept_on_get_args(name: str, value: bytes) -> bytes:
    return reached("get_args") + f"}}V{name}\n".encode() + value + b"sb0"


def test_what_the_model_imports_is_out_of_reach(folder: Path, tmp_path: Path) -> None:
    load_dossier(folder)
    planted = b"\x80\x04" + b"".join(
        [
            kept_on_get_args("a", called("get_args.__globals__.get", "sys")),
            kept_on_get_args("b", called("get_args.a.modules.get", "os")),
            called("get_args.b.mkdir", str(tmp_path / "pwned")),
        ]
    )
    plant(folder, planted + b".")
    assert memory_of(folder).recall() is None
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", ["__builtins__", "__loader__", "get_args", "NamedTuple", "date"])
def test_only_what_the_model_defines_is_made(folder: Path, name: str) -> None:
    load_dossier(folder)
    dossier = pickled(folder)
    plant(folder, dossier)
    assert memory_of(folder).recall() is not None
    plant(folder, b"\x80\x05" + reached(name) + b"0" + dossier[2:])
    assert memory_of(folder).recall() is None


def test_half_a_memory_is_none(folder: Path) -> None:
    load_dossier(folder)
    (path,) = kept(folder)
    content = path.read_bytes()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        assert memory_of(folder).recall() is None
    path.write_bytes(content)
    assert memory_of(folder).recall() is not None


def test_only_the_very_bytes_count(folder: Path) -> None:
    load_dossier(folder)
    (path,) = kept(folder)
    content = path.read_bytes()
    for at in range(0, len(content), 5):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert memory_of(folder).recall() is None


def test_another_users_memory_is_ignored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_dossier(folder)
    assert memory_of(folder).recall() is not None
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert memory_of(folder).recall() is None


def test_the_folder_is_made_for_the_user_alone(folder: Path) -> None:
    mask = os.umask(0)
    try:
        load_dossier(folder)
    finally:
        os.umask(mask)
    (path,) = kept(folder)
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path.parent.parent, path.parent, path)]
    assert modes == [0o700, 0o700, 0o600]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_no_folder_is_made_in_another_users_home(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 2002, 2002)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(home))
    load_dossier(folder)
    assert [*home.iterdir()] == []


def another_users(cache: Path) -> None:
    cache.mkdir(mode=0o777)
    os.chown(cache, 2002, 2002)


def open_to_all(cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)


def open_to_a_group(cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o770)


def a_link(cache: Path) -> None:
    (cache.parent / "elsewhere").mkdir(mode=0o700)
    cache.symlink_to("elsewhere")


def a_link_to_nowhere(cache: Path) -> None:
    cache.symlink_to("nowhere")


def a_file(cache: Path) -> None:
    cache.write_text("a file where the cache should be")


PLACES = [another_users, open_to_all, open_to_a_group, a_link, a_link_to_nowhere, a_file, os.mkfifo]


@pytest.mark.parametrize("make", PLACES)
def test_a_folder_that_is_not_the_users_own_is_no_cache(
    folder: Path, make: Callable[[Path], None]
) -> None:
    if make is another_users and os.geteuid():
        pytest.skip("only root can give a folder away")
    cache = folder.parent / "cache" / "claimpos"
    cache.parent.mkdir(mode=0o700)
    make(cache)
    assert load_dossier(folder) == load_dossier(folder)
    assert [one for one in cache.parent.rglob("*") if one.name.endswith(".dossier")] == []


def test_no_place_to_remember(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = folder.parent / "blocked"
    blocked.write_text("a file where the cache should be")
    for place in (str(blocked), "relative", "/proc/nowhere", "/dev/null"):
        monkeypatch.setenv("XDG_CACHE_HOME", place)
        assert load_dossier(folder) == load_dossier(folder)
    assert not Path("relative").exists()


@pytest.mark.parametrize("target", ["same", "private"])
def test_no_link_in_the_cache_is_followed(folder: Path, target: str) -> None:
    load_dossier(folder)
    (path,) = kept(folder)
    other = folder.parent / target
    other.write_bytes(path.read_bytes() if target == "same" else b"mine")
    path.unlink()
    path.symlink_to(other)
    before = other.read_bytes()
    assert memory_of(folder).recall() is None
    load_dossier(folder)
    assert other.read_bytes() == before
    assert not path.is_symlink()
    assert memory_of(folder).recall() is not None


def test_a_file_that_others_may_write_is_ignored(folder: Path) -> None:
    load_dossier(folder)
    (path,) = kept(folder)
    path.chmod(0o666)
    assert memory_of(folder).recall() is None


def test_a_write_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*paths: object, **folders: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        load_dossier(folder)
    assert kept(folder) == []


def test_drafts_of_killed_commands_are_removed(folder: Path) -> None:
    load_dossier(folder)
    (path,) = kept(folder)
    old, new = path.with_suffix(".dossier.old"), path.with_suffix(".dossier.new")
    for draft in (old, new):
        draft.write_bytes(b"half")
    os.utime(old, (0, 0))
    (folder / "b.yaml").write_text((folder / "b.yaml").read_text() + "\n")
    load_dossier(folder)
    assert new in kept(folder)
    assert old not in kept(folder)


def test_a_file_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    open_ = os.open

    def note(path: str, *arguments: Any, **more: Any) -> int:
        opened.append(str(path))
        return open_(path, *arguments, **more)

    monkeypatch.setattr(os, "open", note)
    for _ in range(2):  # first it is parsed, then recalled
        opened.clear()
        load_dossier(folder)
        files = [path for path in opened if path.endswith(".yaml")]
        assert sorted(files) == sorted(map(str, folder.glob("*.yaml")))


def test_a_user_without_a_home_has_no_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    before = sorted(folder.iterdir())
    assert load_dossier(folder) == load_dossier(folder)
    assert memory_of(folder).recall() is None
    assert sorted(folder.iterdir()) == before


def test_a_file_that_moved_is_another_file(folder: Path) -> None:
    proposals = folder / "proposals"
    proposals.mkdir()
    plan = {"proposal": "z", "title": "Z", "date": 2025, "source": "paper", "status": "draft"}
    terms = {"status": {"outcome": "x", "summary": "X."}}
    (proposals / "z.yaml").write_text(json.dumps({**plan, "terms": terms}))
    assert load_dossier(folder).proposals.keys() == {"z"}
    (proposals / "z.yaml").rename(folder / "z.yaml")
    assert memory_of(folder).recall() is None


def test_nothing_to_remember(folder: Path) -> None:
    (folder / "b.yaml").unlink()
    (folder / "b.yaml").symlink_to("nowhere")
    memory = memory_of(folder)
    memory.remember(Dossier("", {}, {}, {}, {}))
    (folder / "b.yaml").unlink()
    (folder / "b.yaml").mkdir()
    memory = memory_of(folder)
    memory.remember(Dossier("", {}, {}, {}, {}))
    assert memory.recall() is None
    assert kept(folder) == []


def test_old_ones_are_forgotten(folder: Path) -> None:
    for number in range(30):
        (folder / "b.yaml").write_text(f"{(folder / 'b.yaml').read_text().strip()}\n# {number}\n")
        load_dossier(folder)
    assert len(kept(folder)) == 20
    assert memory_of(folder).recall() is not None


def test_many_at_once(folder: Path) -> None:
    code = f"from claimpos import load_dossier; load_dossier({str(folder)!r})"
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(6)]
    assert [process.wait() for process in running] == [0] * 6
    assert len(kept(folder)) == 1
    assert memory_of(folder).recall() is not None
