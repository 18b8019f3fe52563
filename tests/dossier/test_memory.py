"""A dossier in order is remembered, and never when it is not the one that was read."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from claimpos import Dossier, InvalidDossier, load_dossier
from claimpos.dossier.memory import Memory
from claimpos.validation import gate
from tests.support import write_short

AGENDA = {"status": {"options": ["x", "y"]}, "rate": {"unit": "per cent"}}
PARTIES = {"a": {"status": {"demands": "x"}, "rate": {"demands": {"min": 1, "below": 5}}}, "b": {}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return write_short(tmp_path / "positions", AGENDA, PARTIES)


def kept(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache" / "claimpos").glob("*"))


def test_what_is_recalled_is_what_was_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_dossier(folder)

    def read(home: Path) -> Dossier:
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


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(folder: Path, change: str) -> None:
    load_dossier(folder)
    CHANGES[change](folder)
    assert Memory(folder).recall() is None


def test_a_dossier_with_faults_is_not_remembered(folder: Path) -> None:
    (folder / "b.yaml").write_text("party: b")
    with pytest.raises(InvalidDossier):
        load_dossier(folder)
    assert kept(folder) == []


class Harmful:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch pwned",)


@pytest.mark.parametrize("planted", [b"", b"nonsense", Harmful(), {"a": 1}, subprocess.Popen])
def test_what_is_planted_is_ignored(
    folder: Path, planted: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dossier = load_dossier(folder)
    (path,) = kept(folder)
    content = path.read_bytes()
    content = content[: content.index(b"\x80\x05")]
    path.write_bytes(content + (planted if isinstance(planted, bytes) else pickle.dumps(planted)))
    monkeypatch.chdir(tmp_path)
    assert Memory(folder).recall() is None
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
    (path,) = kept(folder)
    content = path.read_bytes()
    planted = b"\x80\x04" + b"".join(
        [
            kept_on_get_args("a", called("get_args.__globals__.get", "sys")),
            kept_on_get_args("b", called("get_args.a.modules.get", "os")),
            called("get_args.b.mkdir", str(tmp_path / "pwned")),
        ]
    )
    path.write_bytes(content[: content.index(b"\x80\x05")] + planted + b".")
    assert Memory(folder).recall() is None
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", ["__builtins__", "__loader__", "get_args", "NamedTuple", "date"])
def test_only_what_the_model_defines_is_made(folder: Path, name: str) -> None:
    load_dossier(folder)
    (path,) = kept(folder)
    content = path.read_bytes()
    dossier = content[content.index(b"\x80\x05") :]
    planted = b"\x80\x05" + reached(name) + b"0" + dossier[2:]
    path.write_bytes(content.removesuffix(dossier) + planted)
    assert Memory(folder).recall() is None


def test_half_a_memory_is_none(folder: Path) -> None:
    load_dossier(folder)
    (path,) = kept(folder)
    content = path.read_bytes()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        assert Memory(folder).recall() is None
    path.write_bytes(content)
    assert Memory(folder).recall() is not None


def test_only_the_very_bytes_count(folder: Path) -> None:
    load_dossier(folder)
    (path,) = kept(folder)
    content = path.read_bytes()
    path.write_bytes(b"?" + content[1:])
    assert Memory(folder).recall() is None


def test_another_users_memory_is_ignored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_dossier(folder)
    assert Memory(folder).recall() is not None
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert Memory(folder).recall() is None


def test_no_place_to_remember(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = folder.parent / "blocked"
    blocked.write_text("a file where the cache should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert load_dossier(folder) == load_dossier(folder)


def test_a_user_without_a_home_has_no_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    before = sorted(folder.iterdir())
    assert load_dossier(folder) == load_dossier(folder)
    assert Memory(folder).recall() is None
    assert sorted(folder.iterdir()) == before


def test_a_file_that_moved_is_another_file(folder: Path) -> None:
    proposals = folder / "proposals"
    proposals.mkdir()
    plan = {"proposal": "z", "title": "Z", "date": 2025, "source": "paper", "status": "draft"}
    terms = {"status": {"outcome": "x", "summary": "X."}}
    (proposals / "z.yaml").write_text(json.dumps({**plan, "terms": terms}))
    assert load_dossier(folder).proposals.keys() == {"z"}
    (proposals / "z.yaml").rename(folder / "z.yaml")
    assert Memory(folder).recall() is None


def test_nothing_to_remember(folder: Path) -> None:
    (folder / "b.yaml").unlink()
    (folder / "b.yaml").symlink_to("nowhere")
    memory = Memory(folder)
    memory.remember(Dossier("", {}, {}, {}, {}))
    (folder / "b.yaml").unlink()
    (folder / "b.yaml").mkdir()
    memory = Memory(folder)
    memory.remember(Dossier("", {}, {}, {}, {}))
    assert memory.recall() is None
    assert kept(folder) == []


def test_old_ones_are_forgotten(folder: Path) -> None:
    for number in range(30):
        (folder / "b.yaml").write_text(f"{(folder / 'b.yaml').read_text().strip()}\n# {number}\n")
        load_dossier(folder)
    assert len(kept(folder)) == 20
    assert Memory(folder).recall() is not None


def test_many_at_once(folder: Path) -> None:
    code = f"from claimpos import load_dossier; load_dossier({str(folder)!r})"
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(6)]
    assert [process.wait() for process in running] == [0] * 6
    assert len(kept(folder)) == 1
    assert Memory(folder).recall() is not None
