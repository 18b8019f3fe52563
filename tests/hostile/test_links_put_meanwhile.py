"""Another user puts a link in the place of a file or a folder while a command is about to write.

What the link leads to is the user's own, and must stay as it is, whatever the moment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claimpos.dossier.open_folder import HeldFolder, opened
from claimpos.dossier.starter import write_starter
from claimpos.errors import OutputFailed
from tests.cli.in_process import claimpos
from tests.cli.process import environment
from tests.support import largely

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders are not held open here")

# Exchanges `name` for a link to `target` before the n-th such call, in copies of one dossier.
EXCHANGED = """if True:
    import io, os, shutil, sys
    from claimpos.__main__ import main
    source, runs, name, target, *words = sys.argv[1:]
    folder, left, busy = "", None, False
    def step(event, arguments):
        global left, busy
        changing = {"mkdir", "chmod", "chown", "rename", "remove", "rmdir", "link"}
        if left is None or busy or event.removeprefix("os.") not in {"open", *changing}:
            return
        at = os.path.basename(str(arguments[0]))
        if event == "open" and at not in name.split("/") and not at.startswith(".claimpos-"):
            return
        left -= 1
        if left < 0:
            busy = True
            place = os.path.join(folder, name)
            if os.path.lexists(place):
                os.rename(place, place + ".aside")
            os.symlink(target, place)
            left = None
    sys.addaudithook(step)
    def run(folder):
        out, sys.stdout, sys.stderr = sys.stdout, io.StringIO(), io.StringIO()
        code = main([*words, "--positions", folder])
        sys.stdout = out
        return code
    folder = os.path.join(runs, "first")
    shutil.copytree(source, folder)
    run(folder)  # imports what is needed
    for number in range(400):
        folder = os.path.join(runs, str(number))
        shutil.copytree(source, folder)
        child = os.fork()
        if child == 0:
            left = number
            run(folder)
            os._exit(0 if left is None else 1)
        is_over = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        shutil.rmtree(folder)
        if is_over:
            break
    print(number)
"""
SAID = ["statement", "port", "Offers seven.", "--source", "harbour-news", "--basis", "stated"]
COMMANDS: dict[str, tuple[list[str], list[str], str]] = {
    "add, a file": ([], ["add", *SAID], "port.yaml"),
    "add, a folder": (["split port"], ["add", *SAID], "parties/port/statements"),
    "split, its file": ([], ["split", "port"], "port.yaml"),
    "split, the folders": ([], ["split", "port"], "parties"),
    "join, its folder": (["split port"], ["join", "port"], "parties/port"),
    "join, the folders": (["split port"], ["join", "port"], "parties"),
    "join, the statements": (["split port"], ["join", "port"], "parties/port/statements"),
}


def held_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("case", largely(COMMANDS, "add, a file", "join, its folder"))
def test_nothing_outside_the_dossier_is_written_or_deleted(case: str, tmp_path: Path) -> None:
    before, words, name = COMMANDS[case]
    dossier, runs, own = tmp_path / "dossier", tmp_path / "runs", tmp_path / "own"
    write_starter(dossier)
    for first in before:
        assert claimpos(*first.split(), "--positions", str(dossier)).returncode == 0
    runs.mkdir()
    # What is the user's own is just like what is exchanged: the same files hold the same.
    own.mkdir()
    target = own / name.rpartition("/")[2]
    source = dossier / name
    if source.is_dir():
        subprocess.run(["cp", "-r", str(source), str(target)], check=True)
    elif source.exists():
        target.write_bytes(source.read_bytes())
    else:
        target.mkdir()
    held = held_in(own)
    command = [sys.executable, "-c", EXCHANGED, str(dossier), str(runs), name, str(target), *words]
    settings = {**environment(), "PYTHONPATH": os.getcwd(), "XDG_CACHE_HOME": "none"}
    done = subprocess.run(command, check=True, env=settings, stdout=subprocess.PIPE, text=True)
    assert int(done.stdout) > 4
    assert held_in(own) == held


def test_init_and_import_write_where_the_folder_was(tmp_path: Path) -> None:
    own, shared, aside = tmp_path / "own", tmp_path / "shared", tmp_path / "aside"
    own.mkdir()
    shared.mkdir()
    with opened(os.path.realpath(shared)) as held:
        shared.rename(aside)
        shared.symlink_to(own)
        held.make_folder("new")
        with held.above("new/file") as (name, folder):
            os.close(os.open(name, os.O_CREAT, dir_fd=folder))
    assert (aside / "new" / "file").exists()
    assert not [*own.iterdir()]


@pytest.mark.parametrize("way", [HeldFolder.remove, HeldFolder.rights, HeldFolder.names])
def test_no_link_is_followed(tmp_path: Path, way: Callable[[HeldFolder, str], object]) -> None:
    own, dossier = tmp_path / "own", tmp_path / "dossier"
    write_starter(own / "inner")
    write_starter(dossier)
    (dossier / "away").symlink_to(own)
    handle = os.open(dossier, os.O_RDONLY)
    held = HeldFolder(dossier, handle)
    with pytest.raises(NotADirectoryError):
        way(held, "away/inner")
    with pytest.raises(OutputFailed, match="changed meanwhile"):
        held.place("away/inner/agenda.yaml")
    os.close(handle)
