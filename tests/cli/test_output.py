"""Where results go: files replaced whole or left alone, terminals in colour and width."""

from __future__ import annotations

import os
import pty
import subprocess
import threading
from pathlib import Path

import pytest

from claimpos.cli import output
from claimpos.errors import OutputFailed
from tests.cli import process
from tests.cli.in_process import claimpos
from tests.cli.process import COMMAND, DIFF, environment


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old")
    path.chmod(0o640)
    done = claimpos(*DIFF, "-o", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_text("utf-8").startswith("Russia and Ukraine, as of 14 March 2025\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["report.txt"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        output.put("x", tmp_path / "new.txt")
    finally:
        os.umask(mask)
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old")

    def full(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputFailed, match="no space left on device"):
        output.put("new", path)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["report.txt"]


def test_a_device_is_written_to() -> None:
    done = process.claimpos(*DIFF, "-o", "/dev/stdout")
    assert done.stdout.startswith("Russia and Ukraine")


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    assert claimpos(*DIFF, "-o", str(pipe)).returncode == 0
    reader.join(10)
    assert read[0].startswith("Russia and Ukraine")


def in_terminal(columns: int, *arguments: str, **variables: str) -> str:
    """What a terminal of so many columns receives."""
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as end:
        subprocess.run(["stty", "cols", str(columns), "rows", "24"], stdin=end, check=True)
        process = subprocess.Popen(
            [*COMMAND, *arguments], env=environment(**variables), stdout=end, stdin=end
        )
    received = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        received += chunk
    process.wait(10)
    os.close(leader)
    return received.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_terminal(variables: dict[str, str], coloured: bool) -> None:
    assert ("\x1b[" in in_terminal(90, *DIFF, **variables)) is coloured


@pytest.mark.parametrize(
    ("arguments", "variables", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe(
    arguments: tuple[str, ...], variables: dict[str, str], coloured: bool
) -> None:
    assert ("\x1b[" in claimpos(*DIFF, *arguments, cwd=None, **variables).stdout) is coloured


def test_a_file_has_no_colour(tmp_path: Path) -> None:
    claimpos(*DIFF, "-o", str(tmp_path / "x.txt"), FORCE_COLOR="1")
    assert "\x1b[" not in (tmp_path / "x.txt").read_text("utf-8")


@pytest.mark.parametrize("columns", [60, 80, 100, 160])
def test_the_width_of_the_terminal(columns: int) -> None:
    lines = in_terminal(columns, *DIFF, TERM="dumb").splitlines()
    assert columns - 30 < max(map(len, lines)) <= columns
