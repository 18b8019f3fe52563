"""What takes the place of a file may be used by the same people, also by access control lists."""

from __future__ import annotations

import os
import stat
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


def test_the_rights_of_a_file_are_known_where_there_is_no_proc(
    port: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port.chmod(0o664)
    known = os.getxattr

    def without_proc(path: object, *arguments: object, **options: object) -> object:
        if str(path).startswith("/proc/"):
            raise FileNotFoundError(2, "No such file or directory")
        return known(path, *arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(os, "getxattr", without_proc)
        output.put("new", port)
    assert port.stat().st_mode & 0o777 == 0o664


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


def all_that_is_new(port: Path) -> list[Path]:
    """What commands put into the folder of a dossier, which had only a file for each party."""
    folder = port.parent
    before = {*folder.rglob("*")}
    table = folder / "table.csv"
    table.write_text("party,issue,since,demands\np,x,2025-01-01,yes\n")
    for words in (
        ["init", str(folder / "begun")],
        ["import", str(table), "--into", str(folder / "imported")],
        ["show", "port", "--positions", str(folder), "-o", str(folder / "report.txt")],
        ["split", "port", "--positions", str(folder)],
    ):
        done = claimpos(*words)
        assert done.returncode == 0, done.stderr
    with_a_statement(port)
    return [*{*folder.rglob("*")} - before - {table}]


@pytest.mark.parametrize("group", [0, 4, 6])
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o002])
def test_what_is_new_has_the_rights_that_its_folder_gives(
    mask: int, group: int, port: Path
) -> None:
    """A list for new files stands in for the user's umask."""
    os.setxattr(port.parent, DEFAULT, access(4, group, 6))
    split = port.parent / "parties" / "port"  # has the rights of the file that it replaces
    before = os.umask(mask)
    try:
        (port.parent / "plain").mkdir()
        (port.parent / "plain" / "plain.txt").touch()
        new = all_that_is_new(port)
    finally:
        os.umask(before)
    assert len(new) > 15
    for path in new:
        if not path.is_relative_to(split) or path.name == "says-so.yaml":
            plain = port.parent / "plain" / ("" if path.is_dir() else "plain.txt")
            assert (listed(path), path.stat().st_mode) == (listed(plain), plain.stat().st_mode)


def test_what_is_put_into_new_folders_belongs_to_the_group_as_above(port: Path) -> None:
    port.parent.chmod(0o2770)
    folders = [path for path in all_that_is_new(port) if path.is_dir()]
    assert len(folders) > 5
    assert [path for path in folders if not path.stat().st_mode & stat.S_ISGID] == []
