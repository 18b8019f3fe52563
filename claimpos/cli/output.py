"""Where a result goes: the terminal, in colour or not, or a file that is replaced whole."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimpos.dossier.findings import shown_path
from claimpos.errors import NobodyReads, OutputFailed
from claimpos.rendering.ci_log import inert
from claimpos.rendering.text import Paint


def paint_for(colour: str, output: Path | None) -> Paint:
    """Colours as asked for; by itself NO_COLOR, FORCE_COLOR, a dumb terminal, a pipe decide."""
    if colour != "auto":
        return Paint(colour == "always")
    if output is not None or os.environ.get("NO_COLOR"):
        return Paint(on=False)
    if os.environ.get("FORCE_COLOR"):
        return Paint(on=True)
    return Paint(on=os.environ.get("TERM") != "dumb" and sys.stdout.isatty())


def terminal_width() -> int:
    """The terminal's width in columns, 80 if there is none; no table fits into less than 40."""
    return max(shutil.get_terminal_size((80, 24)).columns, 40)


def put(text: str, output: Path | None = None, has_commands: bool = False) -> None:
    """Print the text, or write it to a file; raises OutputFailed, and the file stays as it was.

    With `has_commands`, what the log of a CI service would take for commands is meant as such.
    Raises NobodyReads where the other end of a pipe is closed.
    """
    write_commands = getattr(sys.stdout, "write_commands", None)  # there in CI, or else absent
    if output is not None:
        is_log = write_commands is not None and output.exists() and not output.is_file()
        put_bytes((inert(text) if is_log and not has_commands else text).encode(), output)
        return
    with _writing("to standard output"):
        write = write_commands if has_commands and write_commands else sys.stdout.write
        write(text)
        sys.stdout.flush()


def put_bytes(content: bytes, output: Path) -> None:
    """Write a file, of text or not; raises the same as `put`."""
    with _writing(f"“{shown_path(output)}”"):
        _replace(output, content)


@contextmanager
def _writing(where: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise NobodyReads from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise OutputFailed(f"cannot write {where}: {reason}") from error


def _replace(output: Path, content: bytes) -> None:
    if output.exists() and not output.is_file():
        output.write_bytes(content)  # a device, such as /dev/stdout
        return
    output = Path(os.path.realpath(output))  # a link stays one
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        mode = output.stat().st_mode if output.exists() else 0o666 & ~mask
        os.chmod(name, mode & 0o777)
        os.replace(name, output)
    except BaseException:
        os.unlink(name)
        raise
