"""Signs of life: in a terminal only, after a while only, and gone when the work is done."""

from __future__ import annotations

import io
import sys
import time

import pytest

from claimpos.cli import output as module
from claimpos.cli.output import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.02)
    monkeypatch.setenv("TERM", "xterm")


def told_by(stderr: io.StringIO, monkeypatch: pytest.MonkeyPatch, until: str = "") -> str:
    """What is written while work goes on until something is told, or for a moment."""
    monkeypatch.setattr(sys, "stderr", stderr)
    with progress("Comparing 3 pairs\x1b[31m"):
        end = time.monotonic() + (10 if until else 0.1)
        while (not until or until not in stderr.getvalue()) and time.monotonic() < end:
            time.sleep(0.005)
    return stderr.getvalue()


def test_a_terminal_is_told_and_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    told = told_by(Terminal(), monkeypatch, until="2 s")
    assert told.startswith("\rComparing 3 pairs\N{REPLACEMENT CHARACTER}[31m: 1 s\r")
    assert "\x1b" not in told
    *_, last, after = told.rsplit("\r", 2)
    assert (last.strip(), after) == ("", "")


def test_quick_work_is_not_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 60)
    assert told_by(Terminal(), monkeypatch) == ""


def test_a_file_or_a_pipe_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told_by(io.StringIO(), monkeypatch) == ""


def test_a_dumb_terminal_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert told_by(Terminal(), monkeypatch) == ""


def fail_slowly() -> None:
    with progress("Working"):
        time.sleep(0.2)
        raise ValueError("broken")


def test_an_error_passes_and_the_line_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    with pytest.raises(ValueError, match="broken"):
        fail_slowly()
    assert stderr.getvalue().endswith("\r")
