"""claimpos run in the process of the tests, which is faster, and enough for most of them.

Tests of streams, signals, imports and encodings start a process: see `tests.cli.process`.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
from pathlib import Path
from subprocess import CompletedProcess
from unittest import mock

from claimpos.__main__ import main
from claimpos.dossier import files
from tests.cli.process import environment


def claimpos(*arguments: str, cwd: Path | None = None, **variables: str) -> CompletedProcess[str]:
    """What `tests.cli.process.claimpos` returns; the folder and the environment are put back."""
    out, err = stream(), stream()
    with (
        mock.patch.dict(os.environ, {"COLUMNS": "80", **environment(**variables)}, clear=True),
        contextlib.chdir(cwd or os.curdir),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = exit_code(arguments)
    return CompletedProcess([*arguments], code, text_of(out), text_of(err))


def exit_code(arguments: tuple[str, ...]) -> int:
    """That of a command, during which no garbage is collected, just as in a process of its own.

    Nor has such a process read any file before.
    """
    files._read_here.clear()
    gc.disable()
    try:
        return main(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    finally:
        gc.enable()


def stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")


def text_of(written: io.TextIOWrapper) -> str:
    """What was written, with the ends of lines that a process's output has when read as text."""
    written.flush()
    held = written.buffer
    assert isinstance(held, io.BytesIO)
    return held.getvalue().decode("utf-8").replace("\r\n", "\n")
