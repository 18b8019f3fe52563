"""A signal that ends a command leaves all of its files or none of them, and no drafts."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claimpos.dossier.starter import write_starter
from tests.cli.process import environment
from tests.support import largely

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
TABLE = "party,issue,demands,since\nann,war,stop,2025\nbob,war,go on,2025\n"
COMMANDS = {
    "init": ("init", "new"),
    "init, in a folder that is there": ("init", "."),
    "import": ("import", "table.csv", "--into", "new"),
    "split": ("split", "port", "--positions", "harbour"),
    "workbook": ("export", "--positions", "harbour", "-o", "new.xlsx"),
    "report": ("diff", "union", "port", "--positions", "harbour", "-o", "new.md"),
}
# A process for each change of the disk, which the signal follows at once.
ENDED = """
import os, shutil, signal, sys
from claimpos.__main__ import main

number, folder, arguments = int(sys.argv[1]), sys.argv[2], sys.argv[3:]

def following(change, left):
    def changed(*given, **named):
        done = change(*given, **named)
        left[0] -= 1
        if left[0] == -1:
            os.kill(os.getpid(), number)
        return done
    return changed

os.chdir(f"{folder}/warm")
sys.stdout = open(os.devnull, "w")
main(arguments)
moment = 0
while True:
    shutil.copytree(f"{folder}/given", f"{folder}/{moment}")
    child = os.fork()
    if child == 0:
        os.chdir(f"{folder}/{moment}")
        signal.signal(signal.SIGINT, signal.default_int_handler)
        left = [moment]
        for name in ("open", "mkdir", "link", "replace", "rename", "unlink", "rmdir"):
            setattr(os, name, following(getattr(os, name), left))
        code = main(arguments)
        os._exit(99 if left[0] >= 0 else code)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), file=sys.__stdout__)
    if os.waitstatus_to_exitcode(status) == 99:
        break
    moment += 1
"""


@pytest.mark.parametrize("number", largely(SIGNALS, signal.SIGTERM))
@pytest.mark.parametrize("command", largely(COMMANDS, "import", "report"))
def test_all_files_or_none(command: str, number: signal.Signals, tmp_path: Path) -> None:
    given = tmp_path / "given"
    write_starter(given / "harbour")
    (given / "table.csv").write_text(TABLE, "utf-8")
    shutil.copytree(given, tmp_path / "warm")
    (tmp_path / "temporary").mkdir()
    process = subprocess.run(
        [sys.executable, "-c", ENDED, str(int(number)), str(tmp_path), *COMMANDS[command]],
        capture_output=True,
        env=environment(XDG_CACHE_HOME=str(tmp_path / "cache"), TMPDIR=str(tmp_path / "temporary")),
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    codes = [int(line) for line in process.stdout.split()]
    before, *between, after = (_files(tmp_path / str(one)) for one in ("given", *range(len(codes))))
    assert before != after
    for code, files in zip(codes, between, strict=False):
        assert code == (130 if number == signal.SIGINT else -number)
        assert files in (before, after)
    assert not _files(tmp_path / "temporary")


# A PDF is set by several threads, which stay; any of them may receive a signal to the process.
IN_ANY_THREAD = """
import functools, os, sys
from claimpos.__main__ import main

def after_the_signal(change, *given, **named):
    os.kill(os.getpid(), int(sys.argv[1]))
    return change(*given, **named)

for name in ("link", "replace"):
    setattr(os, name, functools.partial(after_the_signal, getattr(os, name)))
main(sys.argv[2:])
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_file_that_several_threads_have_made(number: signal.Signals, tmp_path: Path) -> None:
    write_starter(tmp_path / "harbour")
    before = _files(tmp_path)
    brief = ("brief", "union", "port", "--positions", "harbour", "--format", "pdf", "-o", "new.pdf")
    process = subprocess.run(
        [sys.executable, "-c", IN_ANY_THREAD, str(int(number)), *brief],
        capture_output=True,
        env=environment(XDG_CACHE_HOME="/dev/null"),
        cwd=tmp_path,
        timeout=60,
    )
    assert (process.returncode, _files(tmp_path)) == (-number, sorted([*before, "new.pdf"]))


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
