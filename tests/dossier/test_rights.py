"""What takes the place of a file may be used by the same people, also by access control lists."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from claimpos.cli import output
from tests.cli.in_process import claimpos
from tests.curating.sheets import harbour

LIST, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"
NOBODY = 0xFFFFFFFF
OWNER, USER, GROUP, MASK, OTHERS = 1, 2, 4, 16, 32
ANN = 54_321


def access(ann: int, group: int, most: int) -> bytes:
    """A list by which the owner may read and write, and these three have the rights given."""
    entries = [(OWNER, 6, NOBODY), (USER, ann, ANN), (GROUP, group, NOBODY)]
    entries += [(MASK, most, NOBODY), (OTHERS, 0, NOBODY)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in entries)


def listed(path: Path) -> bytes:
    try:
        return os.getxattr(path, LIST)
    except OSError:
        return b""


@pytest.fixture
def port(tmp_path: Path) -> Path:
    """A party's file, on a disk that has access control lists."""
    path = harbour(tmp_path) / "port.yaml"
    if not hasattr(os, "setxattr"):
        pytest.skip("the system has no such lists")
    try:
        os.setxattr(path, LIST, access(6, 0, 6))
    except OSError:
        pytest.skip("the disk has no such lists")
    os.removexattr(path, LIST)
    return path


def with_a_statement(port: Path) -> list[Path]:
    words = ["--id", "says-so", "--source", "harbour-news", "--basis", "stated"]
    done = claimpos("add", "statement", "port", "Says so.", *words, "--positions", str(port.parent))
    assert done.returncode == 0, done.stderr
    return [port]


def with_a_report(port: Path) -> list[Path]:
    output.put("new", port)
    return [port]


def split(port: Path) -> list[Path]:
    assert claimpos("split", "port", "--positions", str(port.parent)).returncode == 0
    return [one for one in (port.parent / "parties" / "port").rglob("*") if one.is_file()]


def split_and_joined(port: Path) -> list[Path]:
    split(port)
    assert claimpos("join", "port", "--positions", str(port.parent)).returncode == 0
    return [port]


WAYS = [with_a_statement, with_a_report, split, split_and_joined]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("ann", "group", "most"), [(6, 0, 6), (4, 4, 6), (0, 6, 4)])
def test_a_list_is_kept(way: object, ann: int, group: int, most: int, port: Path) -> None:
    """The rights that the mode shows for the group are the most that anybody on the list has."""
    os.setxattr(port, LIST, access(ann, group, most))
    mode = port.stat().st_mode
    assert callable(way)
    for path in way(port):
        assert listed(path) == access(ann, group, most)
        assert path.stat().st_mode == mode
    folders = [one for one in (port.parent / "parties").rglob("*") if one.is_dir()]
    assert bool(folders) == (way is split)
    for folder in folders:
        may = dict(entries_of(listed(folder)))
        assert (may[USER], may[GROUP]) == (ann | ann >> 2, group | group >> 2)


def entries_of(written: bytes) -> list[tuple[int, int]]:
    return [(whose, may) for whose, may, _ in struct.iter_unpack("<HHI", written[4:])]


@pytest.mark.parametrize("way", WAYS)
def test_the_list_of_a_folder_gives_nobody_a_file_that_has_none(way: object, port: Path) -> None:
    port.chmod(0o660)
    os.setxattr(port.parent, DEFAULT, access(6, 6, 6))
    assert callable(way)
    for path in way(port):
        assert (listed(path), path.stat().st_mode & 0o777) == (b"", 0o660)


@pytest.mark.parametrize("failing", ["getxattr", "setxattr"])
def test_where_a_list_cannot_be_kept_the_group_has_no_rights(
    failing: str, port: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.setxattr(port, LIST, access(6, 0, 6))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patched:
        patched.setattr(os, failing, refuse)
        output.put("new", port)
    assert (listed(port), port.stat().st_mode & 0o777) == (b"", 0o600)
