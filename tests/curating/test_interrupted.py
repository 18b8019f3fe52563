"""Interrupted, in a crowd, on a full disk: each file is the old one or the new one."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.insertions import Insertion
from claimpos.dossier import folder_lock
from tests.cli.process import environment
from tests.curating.test_add import SAID, SOURCE, add, contents
from tests.support import interruptible

MOVE = [*SOURCE, *SAID, "+", "entry", "pay-rise", "--from-last", "--accepts", "<= 5"]

NEW_SOURCE = {"title": "T", "publisher": "P", "date": "2026-02-20", "status": "press"}
STATEMENT = {"source": "new", "basis": "stated", "summary": "Offers seven."}

# Runs the same command in one copy of a dossier after the other, and kills it before its first,
# second … step: a file that is opened to be written, given a mode, moved or removed.
KILLED = """if True:
    import io, os, shutil, sys
    from claimpos.__main__ import main
    source, target, *words = sys.argv[1:]
    left = None
    def step(event, arguments):
        global left
        is_draft = ".claimpos-" in str(arguments[0]) if arguments else False
        if left is None or not (is_draft or event in {"os.chmod", "os.rename"}):
            return
        if event in {"open", "os.chmod", "os.rename", "os.remove"}:
            left -= 1
            if left < 0:
                os._exit(137)
    sys.addaudithook(step)
    out, sys.stdout = sys.stdout, io.StringIO()
    main(["add", *words, "--dry-run", "--positions", source])  # imports what is needed
    sys.stdout = out
    for number in range(60):
        folder = os.path.join(target, str(number))
        shutil.copytree(source, folder)
        child = os.fork()
        if child == 0:
            left = number
            sys.stdout = sys.stderr = io.StringIO()
            os._exit(main(["add", *words, "--positions", folder]))
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            break
"""


def visible(folder: Path) -> dict[str, bytes]:
    return {name: held for name, held in contents(folder).items() if ".claimpos-" not in name}


def test_killed_at_any_moment(harbour: Path, tmp_path: Path) -> None:
    """What is there is a valid dossier, file by file the old one or the new one."""
    runs = tmp_path / "runs"
    runs.mkdir()
    command = [sys.executable, "-c", KILLED, str(harbour), str(runs), *MOVE]
    subprocess.run(command, check=True, env={**environment(), "PYTHONPATH": os.getcwd()})
    done = sorted(runs.iterdir(), key=lambda path: int(path.name))
    old, new = contents(harbour), contents(done[-1])
    changed = {name for name in new if new[name] != old[name]}
    assert changed == {"port.yaml", "sources.yaml"}
    assert len(done) > 10
    seen = set()
    for folder in done:
        held = visible(folder)
        assert held.keys() == old.keys()
        for name, content in held.items():
            assert content in (old[name], new[name])
        assert load_dossier(folder).parties
        seen.add(tuple(sorted(name for name in changed if held[name] == new[name])))
    assert seen == {(), ("sources.yaml",), ("port.yaml", "sources.yaml")}


def test_several_at_once_lose_nothing(harbour: Path) -> None:
    """Whoever succeeds is in the file; whoever does not is told to try again."""
    running = []
    for number in range(4):
        words = ["statement", "port", f"Word {number}.", "--id", f"word-{number}"]
        words += ["--source", "harbour-news", "--basis", "stated", "--positions", str(harbour)]
        command = [sys.executable, "-m", "claimpos", "add", *words]
        running.append(
            subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True)
        )
    codes = [(process.communicate()[1], process.returncode) for process in running]
    there = load_dossier(harbour).parties["port"].statements
    for number, (said, code) in enumerate(codes):
        assert code == 0 or (code == 2 and "try again" in said)
        assert (f"word-{number}" in there) == (code == 0)
    assert any(code == 0 for _, code in codes)


def test_whoever_waits_too_long_is_told(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_lock, "_PATIENCE", 0.1)
    before = contents(harbour)
    handle = os.open(harbour, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        code, _, said = add(harbour, *MOVE)
    finally:
        os.close(handle)
    assert code == 2
    assert said.endswith("try again.\n")
    assert contents(harbour) == before
    assert add(harbour, *MOVE)[0] == 0


@pytest.mark.parametrize("name", ["union.yaml", "new.yaml"])
def test_a_dossier_that_an_editor_saves_meanwhile(
    harbour: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether or not it is a file that changes: the two together may be no valid dossier."""
    check = EditedDossier.check

    def slowly(self: EditedDossier) -> Any:
        found = check(self)
        (harbour / name).write_text("party: new\n")
        return found

    monkeypatch.setattr(EditedDossier, "check", slowly)
    before = contents(harbour)
    code, _, said = add(harbour, *MOVE)
    assert (code, said) == (
        2,
        "claimpos: the dossier was changed meanwhile; nothing was written; try again.\n",
    )
    assert contents(harbour) == {**before, name: b"party: new\n"}


@pytest.mark.parametrize("added", [MOVE, SOURCE, ["party", "crew", "--name", "Crew"]])
@pytest.mark.parametrize("moves", range(2))
def test_a_disk_that_fails_half_way(
    harbour: Path, moves: int, added: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(harbour)
    replace, left = os.replace, [moves]

    def failing(old: str, new: str, **folders: int) -> None:
        left[0] -= new.endswith(".yaml")  # not the cache
        if left[0] == -1:
            raise OSError(errno.EIO, "Input/output error")
        replace(old, new, **folders)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        code, _, said = add(harbour, *added)
    if code == 0:  # fewer files were to be moved
        assert left[0] >= 0
        return
    assert code == 2
    assert "input/output error" in said
    assert contents(harbour) == before


@pytest.mark.parametrize("move", range(2))
def test_ctrl_c_waits_until_all_files_are_replaced(
    harbour: Path, move: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, left = os.replace, [move]

    def interrupted(old: str, new: str, **folders: int) -> None:
        replace(old, new, **folders)
        left[0] -= 1
        if left[0] == -1:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(os, "replace", interrupted)
    edited = EditedDossier(harbour)
    edited.add("sources.yaml", Insertion(["sources"], {"new": NEW_SOURCE}))
    edited.add("port.yaml", Insertion(["statements"], {"seven": STATEMENT}))
    with folder_lock.locked(harbour) as held, interruptible(), pytest.raises(KeyboardInterrupt):
        edited.save(held)
    assert "seven" in load_dossier(harbour).parties["port"].statements
    assert not [name for name in contents(harbour) if ".claimpos-" in name]


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_disk_without_locks(harbour: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refused)
    assert add(harbour, *MOVE)[0] == 0


@pytest.mark.parametrize("link", [False, True])
def test_a_file_keeps_its_mode_and_a_link_stays_one(harbour: Path, link: bool) -> None:
    path = harbour / "port.yaml"
    path.chmod(0o640)
    if link:
        path.rename(harbour / ".port")
        path.symlink_to(".port")
    assert add(harbour, *MOVE)[0] == 0
    assert path.is_symlink() == link
    assert path.stat().st_mode & 0o777 == 0o640
    assert "seven" in load_dossier(harbour).parties["port"].statements
