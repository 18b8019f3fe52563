"""Where results and messages go: a terminal, in colour or not, a CI log, or a replaced file."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO, cast

from claimpos.dossier.findings import shown_path
from claimpos.dossier.locate import AGENDA
from claimpos.errors import NobodyReads, OutputFailed
from claimpos.rendering.ci_log import inert
from claimpos.rendering.text import Paint, safe

_MOST_LINKS = 40
_GIT = ".git"
_STANDARD_OUTPUT = 1
_NUMBER = re.compile("[0-9]{1,9}")


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
    descriptor = None if output is None else _descriptor_of(output)
    if output is not None and descriptor != _STANDARD_OUTPUT:
        is_file = descriptor is None and (os.path.isfile(output) or not os.path.exists(output))
        if write_commands is not None and not is_file and not has_commands:
            text = inert(text)
        put_bytes(text.encode(), output)
        return
    with _writing("to standard output"):
        write = write_commands if has_commands and write_commands else sys.stdout.write
        write(text)
        sys.stdout.flush()


def say(message: str) -> None:
    """Tell the user something on standard error, where that can be written."""
    tell(safe(f"claimpos: {message}.\n"))


def tell(text: str) -> None:
    """Write to standard error, where that can be written; a full disk there stops no work."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


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
    from claimpos.dossier.replacement import replace_all

    descriptor = _descriptor_of(output)
    if descriptor is not None:
        # Not by its path: where a file is behind it, that would be another place of the file.
        with open(descriptor, "wb", closefd=False) as stream:
            stream.write(content)
        return
    _check_owners(output)
    _check_links(output)
    old = os.stat(output) if os.path.exists(output) else None
    if old is not None and not stat.S_ISREG(old.st_mode):
        if not (stat.S_ISCHR(old.st_mode) or stat.S_ISDIR(old.st_mode)):
            raise OutputFailed(
                f"cannot write “{shown_path(output)}”: it is no regular file; leave -o out, and "
                "redirect standard output"
            )
        output.write_bytes(content)  # a device such as /dev/null; of a folder the system tells
        return
    replace_all({output: content})


def _descriptor_of(output: Path) -> int | None:
    """The open descriptor that a path such as /dev/stdout or /dev/fd/63 stands for, if any.

    A shell writes `-o >(gzip)` as the latter.
    """
    path = os.fspath(output)
    if os.path.dirname(path) == "/dev" and os.path.islink(path):
        path = os.path.join("/dev", os.readlink(path))
    folder, name = os.path.split(path)
    if not _NUMBER.fullmatch(name) or not folder:
        return None
    folders = {os.path.realpath(one) for one in ("/dev/fd", "/proc/self/fd")}
    return int(name) if os.path.realpath(folder) in folders else None


def _check_owners(output: Path) -> None:
    """Raise OutputFailed for another user's link or file in a folder that everybody can write to.

    Whoever put it there chose which file is written, or who reads the report. The owner of the
    folder, and root, may.
    """
    if os.name != "posix":
        return
    for step, status, folder in _steps(os.fspath(output)):
        known = {os.geteuid(), 0, folder.st_uid}
        open_to_all = folder.st_mode & stat.S_IWOTH
        if open_to_all and status.st_uid not in known and not stat.S_ISDIR(status.st_mode):
            raise OutputFailed(
                f"cannot write “{shown_path(output)}”: “{shown_path(Path(step))}” is another "
                "user's, in a folder that everybody can write to"
            )


def _check_links(output: Path) -> None:
    """Raise OutputFailed for a link of a dossier, or of its repository, that leads out of it.

    Whoever sent the dossier would have chosen which of the user's files is replaced. What git
    keeps in a repository, such as its settings, is none of the repository's files.
    """
    target = Path(os.path.realpath(output))
    for step, status, _ in _steps(os.fspath(output)):
        if not stat.S_ISLNK(status.st_mode):
            continue
        home = _home_of(Path(os.path.realpath(os.path.dirname(step))))
        if home is None:
            continue
        if not target.is_relative_to(home) or _GIT in target.relative_to(home).parts:
            raise OutputFailed(
                f"cannot write “{shown_path(output)}”: the link “{shown_path(Path(step))}” leads "
                "out of the dossier or the repository that it lies in; name the place itself"
            )


def _home_of(folder: Path) -> Path | None:
    """The dossier or the repository that a folder lies in, whichever is nearer; None if neither."""
    for place in (folder, *folder.parents):
        if any(os.path.lexists(place / mark) for mark in (_GIT, AGENDA)):
            return place
    return None


def _steps(path: str) -> Iterator[tuple[str, os.stat_result, os.stat_result]]:
    """Everything on the way to a file, each link and where it leads, with the folder it lies in."""
    place = os.sep if os.path.isabs(path) else "."
    names = path.split(os.sep)[::-1]
    links = 0
    while names and links < _MOST_LINKS:
        step = os.path.join(place, names.pop())
        try:
            status, folder = os.lstat(step), os.stat(place)
        except OSError:
            return
        yield step, status, folder
        if stat.S_ISLNK(status.st_mode):
            links += 1
            target = os.readlink(step)
            place = os.sep if os.path.isabs(target) else place
            names += target.split(os.sep)[::-1]
        else:
            place = step


@contextmanager
def inert_streams() -> Iterator[None]:
    """Within this, what is written to standard output and standard error holds no command."""
    streams = sys.stdout, sys.stderr
    mended = [_Inert(stream) for stream in streams]
    sys.stdout, sys.stderr = (cast(TextIO, stream) for stream in mended)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams
        for stream in mended:
            with suppress(OSError):  # whoever wrote the text has learnt of it already
                stream.flush()


class _Inert:
    """A stream that makes what is written to it inert, line by line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = ""  # a line of which more may come

    def write(self, text: str) -> int:
        lines, end, self._begun = (self._begun + text).rpartition("\n")
        self._stream.write(inert(lines + end))
        return len(text)

    def flush(self) -> None:
        begun, self._begun = self._begun, ""
        self._stream.write(inert(begun))
        self._stream.flush()

    def write_commands(self, text: str) -> None:
        """Write a text whose commands are ours."""
        self.flush()
        self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        if name in {"buffer", "writelines"}:  # ways past `write`
            raise AttributeError(name)
        return getattr(self._stream, name)


_PATIENCE = 1.0
"""Seconds before the first sign, and between two of them."""


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Say on standard error, second by second, what is being done and for how long.

    Nothing is said within the first second, nor outside a terminal, and nothing is left behind:
    results and other messages begin on a clean line. `doing` reads like “Comparing 190 pairs”.
    (typer's progress bar has no such patience, and rich's takes longer to import than most
    commands take to run.)
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(safe(doing), done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(doing: str, done: threading.Event) -> None:
    told = ""
    seconds = 0
    while not done.wait(_PATIENCE):
        seconds += 1
        told = f"{doing}: {seconds} s"
        sys.stderr.write(f"\r{told}")
        sys.stderr.flush()
    if told:
        sys.stderr.write(f"\r{' ' * len(told)}\r")
        sys.stderr.flush()
