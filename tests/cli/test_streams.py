"""Outputs that are closed, full, or no file: no traceback, and nothing half written."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from claimpos.__main__ import main
from claimpos.cli import app
from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos
from tests.cli.process import COMMAND, DIFF, WORKED, environment
from tests.support import TALKS, largely

needs_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="there is no device here that is always full"
)
COMMANDS = [DIFF, ("list",), ("show", "russia"), ("schema", "party"), ("--help",), ("--version",)]
HELP = ("diff", "--help")


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_nobody_ever_reads(arguments: tuple[str, ...], buffered: bool) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=environment(PYTHONUNBUFFERED="" if buffered else "1"),
            stdout=nobody,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_pipe_keeps_the_exit_code() -> None:
    """A gate in a shell, `set -o pipefail`, must not pass because its reader has read enough."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        done = subprocess.run(
            [*COMMAND, *DIFF, "--exit-code"],
            env=environment(),
            stdout=nobody,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("buffered", [True, False])
def test_a_pipe_that_does_not_block_gets_everything(buffered: bool) -> None:
    command = [*COMMAND, "export", "--positions", str(TALKS)]
    names = environment(PYTHONUNBUFFERED="" if buffered else "1")
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with subprocess.Popen(command, env=names, stdout=writing) as process:
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            written = pipe.read()
    expected = subprocess.run(command, env=names, stdout=subprocess.PIPE, check=True).stdout
    assert (process.returncode, written) == (0, expected)
    assert len(written) > 65_536  # the most that a pipe takes at once


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such limit there")
@pytest.mark.parametrize("buffered", [True, False])
def test_a_report_that_is_cut_off_is_an_error(buffered: bool, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 8; exec "$@" > cut-off', "sh", *COMMAND, "guide", "files"],
        env=environment(PYTHONUNBUFFERED="" if buffered else "1", PYTHONDONTWRITEBYTECODE="1"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr == "claimpos: cannot write to standard output: file too large.\n"


def in_shell(
    redirected: str, *arguments: str, positions: Path = WORKED, buffered: bool = True
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirected}', "sh", *COMMAND, *arguments],
        env=environment(
            CLAIMPOS_POSITIONS=str(positions), PYTHONUNBUFFERED="" if buffered else "1"
        ),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_closed_streams_swallow_what_is_written() -> None:
    done = in_shell(">&-", *DIFF, "--exit-code")
    assert (done.returncode, done.stderr) == (1, "")
    done = in_shell(">&- 2>&-", "diff", "russia", "atlantis")
    assert done.returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "party", "zed", "--name", "Zed", "--dry-run"),
        ("validate", "-", "--stdin-filename", "x.yaml"),
        DIFF,
    ],
    ids=" ".join,
)
def test_a_closed_standard_input_is_an_empty_one(arguments: tuple[str, ...]) -> None:
    closed, empty = in_shell("<&-", *arguments), in_shell("</dev/null", *arguments)
    assert (closed.returncode, closed.stdout) == (empty.returncode, empty.stdout)
    assert "bug" not in closed.stderr


@needs_full
def test_a_full_disk() -> None:
    done = in_shell(">/dev/full", *DIFF)
    assert done.returncode == 2
    assert done.stderr == "claimpos: cannot write to standard output: no space left on device.\n"
    done = claimpos(*DIFF, "-o", "/dev/full")
    assert done.returncode == 2
    assert done.stderr.endswith("dev/full”: no space left on device.\n")


@needs_full
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("diff", "--nope"), 2),
        (("nope",), 2),
        (("diff", "russia", "atlantis"), 2),
        (("list", "--positions", "nowhere"), 2),
        (("validate", "empty"), 3),
        (("diff", "russia"), 2),
        (("export", "-o", "new.csv"), 0),
    ],
)
def test_a_full_disk_under_standard_error(
    arguments: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is what it would be, whether or not anybody can be told."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    assert claimpos(*arguments).returncode == code
    for redirected in ("2>/dev/full", ">/dev/full 2>/dev/full"):
        done = in_shell(redirected, *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


@needs_full
@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("arguments", [*COMMANDS, HELP], ids=" ".join)
def test_a_full_disk_under_standard_output(arguments: tuple[str, ...], buffered: bool) -> None:
    done = in_shell(">/dev/full", *arguments, buffered=buffered)
    assert done.returncode == 2
    assert "no space left on device" in done.stderr
    assert done.stderr.count("\n") == 1


SOURCE = ("--title", "Paper", "--publisher", "P", "--date", "2026", "--status", "press")
WRITING = {
    "init": (["init", "made"], "made/agenda.yaml", "Wrote agenda.yaml, sources.yaml,"),
    "add": (["add", "source", "paper", *SOURCE], "sources.yaml", "Added the source paper. Wrote"),
    "split": (["split", "port"], "parties/port/party.yaml", "port.yaml is now parties/port"),
    "import": (["import", "t.csv", "--into", "made"], "made/agenda.yaml", "Wrote made: 1 party"),
    "append": (["import", "t.csv", "--append", "positions"], "ann.yaml", "Added to positions"),
    "worksheet": (
        ["code", "t.txt", "--source", "mediator-paper", "--worksheet", "s.md"],
        "s.md",
        "Wrote s.md:",
    ),
}


@needs_full
@pytest.mark.parametrize("case", WRITING)
def test_what_was_written_is_told_where_standard_output_is_full(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    positions = tmp_path / "positions"
    write_starter(positions)
    (tmp_path / "t.csv").write_text("party,issue,since,demands\nAnn,weekend,2026-01-02,rota\n")
    (tmp_path / "t.txt").write_text("One.\n\nTwo.\n")
    arguments, file, said = WRITING[case]
    done = in_shell(">/dev/full", *arguments, positions=positions)
    assert done.returncode == 2
    assert "cannot write to standard output: no space left on device. What it" in done.stderr
    assert said in done.stderr
    assert (tmp_path / file).exists() or (positions / file).exists()


@needs_full
def test_a_text_that_cannot_be_printed_is_not_saved_either(tmp_path: Path) -> None:
    save = tmp_path / "draft.yaml"
    done = in_shell(">/dev/full", "text", "russia", "ukraine", "--save", str(save))
    assert (done.returncode, save.exists()) == (2, False)


BUG = "this is a bug in claimpos"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/a/path"), 2, "no space left on device"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), 2, "disk quota exceeded"),
        (OSError(errno.EMFILE, "Too many open files", "/a/path"), 2, "too many open files"),
        (BlockingIOError(errno.EAGAIN, "No process left"), 2, "no process left"),
        (RuntimeError("can't start new thread"), 2, "resource temporarily unavailable"),
        (OSError(errno.EROFS, "Read-only file system"), 2, "read-only file system"),
        (OSError(errno.EPERM, "Operation not permitted", "/a/path"), 2, "operation not permitted"),
        (OSError(errno.EACCES, "Permission denied", "/a/path"), 2, "permission denied"),
        (
            FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"),
            2,
            "no usable temporary directory found",
        ),
        (ValueError("x"), 70, BUG),
        (FileNotFoundError(errno.ENOENT, "No such file", "x.py"), 70, BUG),
    ],
    ids=str,
)
def test_a_fault_of_the_machine_is_no_bug_and_any_other_is_one(
    error: Exception,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(arguments: object) -> int:
        raise error

    monkeypatch.setattr(app, "run", fail)
    assert main(["list"]) == code
    told = capsys.readouterr().err
    assert told.startswith(
        f"claimpos: {said}" if code == 70 else f"claimpos: the system reports: {said}.\n"
    )


@pytest.mark.parametrize(
    "error",
    [MemoryError(), SystemError("error return without exception set"), ValueError("x")],
    ids=str,
)
def test_lack_of_memory_is_told_without_asking_for_more(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Be it before the message of another error, or while that is made."""

    def fail(*arguments: object) -> int:
        raise error

    def find_no_room(*arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(app, "run", fail)
    monkeypatch.setattr("claimpos.__main__._tell", find_no_room)
    assert main(["list"]) == 2
    assert capfd.readouterr().err == "claimpos: the system reports: cannot allocate memory.\n"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "is a directory"), ("missing/x", "no such file or directory"), ("x" * 300, "too long")],
    ids=["a folder", "in no folder", "a long name"],
)
def test_where_nothing_can_be_written(tmp_path: Path, name: str, reason: str) -> None:
    done = claimpos(*DIFF, "-o", str(tmp_path / name), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1
    assert str(tmp_path) not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    target, link = folder / "report.txt", tmp_path / "link.txt"
    link.symlink_to(target)
    for code in (0o644, 0o600):  # first it leads nowhere
        assert claimpos(*DIFF, "-o", str(link)).returncode == 0
        assert link.is_symlink()
        assert target.read_text("utf-8").startswith("Russia and Ukraine")
        target.chmod(code)
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in folder.iterdir()) == ["report.txt"]


def test_a_file_holds_what_would_be_printed(tmp_path: Path) -> None:
    for style in ("json", "csv", "html", "table"):
        path = tmp_path / f"x.{style}"
        claimpos(*DIFF, "--format", style, "-o", str(path), COLUMNS="80")
        printed = claimpos(*DIFF, "--format", style, COLUMNS="80").stdout
        assert path.read_text("utf-8") == printed


@pytest.mark.parametrize("columns", ["1", "0", "-5", "12", "40", "60", "100", "200", "many"])
def test_any_number_of_columns(columns: str) -> None:
    for arguments in (DIFF, ("list", "sources"), ("show", "russia")):
        done = claimpos(*arguments, COLUMNS=columns)
        assert (done.returncode, done.stderr) == (0, "")
        if columns.isdecimal() and int(columns) >= 60:
            assert max(map(len, done.stdout.splitlines())) <= int(columns)


@pytest.mark.parametrize("style", ["html", "github", "json", "csv"])
def test_colour_stays_out_of_documents(style: str) -> None:
    done = claimpos(*DIFF, "--format", style, "--color", "always")
    assert "\x1b" not in done.stdout


@pytest.mark.skipif(shutil.which("head") is None, reason="there is no head here")
def test_head_ends_quietly() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" | head -1', "sh", *COMMAND, *DIFF, "--format", "json"],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.parametrize("files", largely([8, 10, 12, 14, 16, 20], 8, 16))
def test_with_few_open_files_a_line_says_so(files: int, tmp_path: Path) -> None:
    whole = tmp_path / "x.xlsx"
    done = subprocess.run(
        ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *COMMAND, "export", "-o", str(whole)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    if done.returncode:
        said = "claimpos: the system reports: too many open files.\n"
        assert (done.returncode, done.stderr) == (2, said)
    assert [one.name for one in tmp_path.iterdir()] == [whole.name] * (done.returncode == 0)
