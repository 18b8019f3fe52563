"""A run that takes too long, or too much memory, is stopped, and says which limit it met."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claimpos.dossier.limits import VARIABLE, limit
from claimpos.dossier.run_limits import RunLimits
from claimpos.dossier.starter import write_starter
from claimpos.errors import RunLimitReached
from tests.cli.process import environment

COMMANDS = {
    "table": ("diff", "union", "port", "--as-of", "2026-02-28"),
    "file": ("brief", "union", "port", "--as-of", "2026-02-28", "-o", "brief.md"),
    "findings": ("validate", "--format", "github"),
    "picture": ("matrix", "--format", "png", "-o", "matrix.png"),
    "additions": ("import", "table.csv", "--into", "new"),
}
LIMITS = {
    "run-seconds": "computed for more than 0 seconds",
    "run-megabytes": "takes more than 0 megabytes of memory",
}
# Started by a shell, because the memory of whoever starts a run may be counted as its own.
BY_SHELL = ("sh", "-c", '"$@"; exit $?', "sh")
# An interval so short that each command is looked at.
WATCHED = """
import sys
import time
from claimpos.__main__ import command
from claimpos.dossier import run_limits

run_limits._INTERVAL = 0.01
sys.exit(command())
"""


ENDS = {
    "completion": ((), {"_CLAIMPOS_COMPLETE": "complete_bash", "COMP_WORDS": "claimpos di"}),
    "conditions of fish": (
        (),
        {
            "_CLAIMPOS_COMPLETE": "complete_fish",
            "_TYPER_COMPLETE_FISH_ACTION": "is-args",
            "_TYPER_COMPLETE_ARGS": "claimpos di",
        },
    ),
    "help": (("diff", "--help"), {}),
    "version": (("--version",), {}),
}


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
@pytest.mark.parametrize("kind", ENDS)
def test_the_clock_stops_before_the_run_ends(kind: str, tmp_path: Path) -> None:
    """A signal that comes while Python takes itself apart kills the process."""
    arguments, variables = ENDS[kind]
    often = WATCHED.replace("0.01", "0.001")
    run = [sys.executable, "-c", often, *arguments]
    asked = environment(**{"COMP_CWORD": "1", **variables} if variables else {})
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, env=asked, timeout=60)
    assert done.returncode == 0, done


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("kind", COMMANDS)
def test_a_run_stops_at_its_limit_and_leaves_nothing_behind(
    kind: str, name: str, tmp_path: Path
) -> None:
    write_starter(tmp_path / "positions")
    (tmp_path / "table.csv").write_text("party,issue,demands\nA,Fees,none\n", encoding="utf-8")
    (tmp_path / "brief.md").write_text("the old one\n", encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    done = _run([*BY_SHELL, sys.executable, "-c", WATCHED, *COMMANDS[kind]], tmp_path, name)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.startswith("claimpos: stopped, because this run "), done
    assert LIMITS[name] in done.stderr
    assert f"CLAIMPOS_LIMITS={name}=…" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


class _Taken:
    def __init__(self) -> None:
        self.seconds = 0.0
        self.megabytes = 20.0
        self.limits = RunLimits(lambda: self.seconds, lambda: self.megabytes)

    def is_too_much(self) -> bool:
        try:
            self.limits.check()
        except RunLimitReached:
            return True
        return False


def test_as_much_as_the_limits_say_is_not_too_much() -> None:
    run = _Taken()
    run.seconds, run.megabytes = limit("run-seconds"), limit("run-megabytes")
    assert not run.is_too_much()
    run.seconds += 1
    assert run.is_too_much()
    run.seconds, run.megabytes = 0, run.megabytes + 1
    assert run.is_too_much()


def test_the_memory_of_the_program_that_started_this_one_is_not_counted() -> None:
    run = _Taken()
    run.megabytes = 2 * limit("run-megabytes")
    assert not run.is_too_much()
    run.megabytes += 1
    assert run.is_too_much()


def test_the_time_that_deals_are_looked_for_comes_on_top() -> None:
    run = _Taken()
    run.limits.allow(100)
    run.seconds = limit("run-seconds") + 100
    assert not run.is_too_much()
    run.seconds += 1
    assert run.is_too_much()


def test_an_answer_of_the_user_begins_the_count_anew() -> None:
    run = _Taken()
    run.seconds = 3 * limit("run-seconds")
    run.limits.begin_again()
    assert not run.is_too_much()
    run.seconds += limit("run-seconds") + 1
    assert run.is_too_much()


# The limit is met where Python loses the error, or makes another of it.
ASIDE = """
import sys
import time
from claimpos.__main__ import command
from claimpos.cli import app
from claimpos.dossier import run_limits

run_limits._INTERVAL = 0.01
usual = app.run

class Callback:
    def __del__(self):
        run_limits.RUN._look(0, None)

class Descriptor:
    def __set_name__(self, owner, name):
        run_limits.RUN._look(0, None)

def run(arguments):
    if sys.argv.pop(1) == "lost":
        Callback()
    else:
        type("Owner", (), {"named": Descriptor()})
    return usual(sys.argv[1:])

app.run = run
sys.exit(command())
"""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
@pytest.mark.parametrize("fate", ["lost", "another"])
def test_a_limit_is_told_wherever_it_is_met(fate: str, tmp_path: Path) -> None:
    write_starter(tmp_path / "positions")
    done = _run([sys.executable, "-c", ASIDE, fate, *COMMANDS["table"]], tmp_path, "run-seconds")
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.startswith("claimpos: stopped, because this run has computed"), done
    assert done.stderr.count("\n") == 1


# The limit is met before or after a file takes its name: at the n-th of these moments.
AMID = """
import os, signal, sys
from claimpos.__main__ import command
from claimpos.dossier import run_limits

run_limits._INTERVAL = 1000
moment, met = 0, int(sys.argv.pop(1))

def perhaps():
    global moment
    moment += 1
    if moment == met:
        signal.raise_signal(signal.SIGPROF)

def looked_at(usual):
    def named(*given, **more):
        perhaps()
        usual(*given, **more)
        perhaps()
    os.supports_dir_fd.add(named)
    return named

for name in ("rename", "replace", "link"):
    setattr(os, name, looked_at(getattr(os, name)))
sys.exit(command())
"""
ADDITION = (
    *("add", "source", "letter", "--title", "Our offer", "--publisher", "Port Authority"),
    *("--date", "2026-02-20", "--status", "official"),
    *("+", "statement", "port", "Offers seven per cent.", "--basis", "stated"),
    *("+", "entry", "pay-rise", "--accepts", "<= 7", "--refuses", "> 7"),
)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
@pytest.mark.parametrize("number", range(1, 6))
def test_a_limit_met_while_files_are_replaced_leaves_no_half(number: int, tmp_path: Path) -> None:
    write_starter(tmp_path / "positions")
    before = _contents(tmp_path)
    done = _run([sys.executable, "-c", AMID, str(number), *ADDITION], tmp_path, "run-seconds")
    after = _contents(tmp_path)
    if after == before:
        assert "stopped, because this run has computed" in done.stderr
        return
    assert done.returncode == 0, done
    assert after.keys() == before.keys()
    assert {path.name for path in after if after[path] != before[path]} == {
        "sources.yaml",
        "port.yaml",
    }


def _run(command: list[str], folder: Path, met: str) -> subprocess.CompletedProcess[str]:
    """Run a command where nothing is within the limit of this name."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(
            XDG_CACHE_HOME="/dev/null", CLAIMPOS_POSITIONS="positions", **{VARIABLE: f"{met}=0"}
        ),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


LOOKED = """
import builtins, time
from claimpos.dossier.run_limits import RunLimits, _peak
from claimpos.errors import RunLimitReached

limits, own = RunLimits(time.process_time, _peak), builtins.__import__
builtins.__import__ = None
limits._look(0, None)
limits.allow(-1_000_000)
try:
    limits._look(0, None)
except RunLimitReached:
    builtins.__import__ = own
    print("reached")
"""


def test_a_look_imports_nothing() -> None:
    """It may interrupt an import, amid which another one fails."""
    ran = subprocess.run(
        [sys.executable, "-c", LOOKED], capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == ("reached\n", "")
