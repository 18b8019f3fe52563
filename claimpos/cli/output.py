"""Where texts go: a terminal, a CI log or a file; and lines that the user types."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from claimpos.dossier import locate
from claimpos.dossier.findings import shown_path
from claimpos.dossier.run_limits import RUN
from claimpos.errors import NobodyReads, OutputFailed, writing
from claimpos.rendering.text import Paint, inert_in_log, isolated, safe


def paint_for(colour: str, output: Path | None) -> Paint:
    """Colours as asked for; for auto, NO_COLOR, FORCE_COLOR, a dumb terminal or a pipe decide."""
    if colour != "auto":
        return Paint(colour == "always")
    if output is not None or os.environ.get("NO_COLOR"):
        return Paint(on=False)
    if os.environ.get("FORCE_COLOR"):
        return Paint(on=True)
    return Paint(on=os.environ.get("TERM") != "dumb" and sys.stdout.isatty())


def terminal_width() -> int:
    """The terminal's width in columns; 80 if there is no terminal, and never below 40."""
    return max(shutil.get_terminal_size((80, 24)).columns, 40)


def put(text: str, output: Path | None = None, has_commands: bool = False) -> None:
    """Print the text, or write it to a file.

    Args:
        text: The text.
        output: The file; None for standard output.
        has_commands: Whether what the log of a CI service would obey as commands is meant so.

    Raises:
        OutputFailed: The file cannot be written; it stays as it was.
        NobodyReads: The other end of a pipe that is named as the file is closed. Where it is that
            of standard output, the command goes on, because its exit code may be what is asked for.
    """
    write_commands = getattr(sys.stdout, "write_commands", None)  # absent outside CI
    if output is not None:
        from claimpos.cli.report_files import STANDARD_OUTPUT, descriptor_of

        descriptor = descriptor_of(output)
        if descriptor != STANDARD_OUTPUT:
            is_file = descriptor is None and (os.path.isfile(output) or not os.path.exists(output))
            if write_commands is not None and not is_file and not has_commands:
                text = inert_in_log(text)
            put_bytes(text.encode(), output)
            return
    try:
        with writing("to standard output"):
            write = write_commands if has_commands and write_commands else sys.stdout.write
            write(text)
            sys.stdout.flush()
    except NobodyReads:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put_done(text: str) -> None:
    """Print what a command has done; if that cannot be printed, the error says it, too."""
    try:
        put(text)
    except OutputFailed as error:
        done = " ".join(text.split()).rstrip(".")
        raise OutputFailed(f"{error}. What it would have said: {done}") from error


def say(message: str) -> None:
    """Tell the user something on standard error, where that can be written."""
    tell(isolated(safe(f"claimpos: {message}.\n")))


def say_which(positions: Path | None) -> None:
    """Say on standard error that the dossier is in a folder above, or another user's ignored."""
    if locate.is_named(positions):
        return
    found = locate.nearest()
    for other in found.others:
        say(f"“{shown_path(other)}” is another user's dossier and was ignored")
    if found.folder is not None and found.is_above and found.folder != locate.shipped("positions"):
        say(f"reading “{shown_path(found.folder)}”, the nearest dossier above this folder")


def tell(text: str) -> None:
    """Write to standard error, where that can be written; a full disk there stops no work."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def put_bytes(content: bytes, output: Path, is_new: bool = False, is_renewed: bool = False) -> None:
    """Write a file, of text or not; raises the same as `put`.

    Raises OutputFailed also for a file that `is_new` if another process has made it meanwhile, and
    for one that this process has read unless it `is_renewed`.
    """
    from claimpos.cli.report_files import replace

    with writing(f"“{shown_path(output)}”"):
        replace(output, content, is_new, is_renewed)


def protocol_stream() -> BinaryIO:
    """Standard output for the bytes of a protocol, which a program reads, and no CI service."""
    stream: Any = sys.stdout
    return cast(BinaryIO, (stream.stream if isinstance(stream, _Inert) else stream).buffer)


@contextmanager
def inert_streams() -> Iterator[None]:
    """Within this, a CI service obeys nothing written to standard output or standard error."""
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
    """A stream that makes what is written to it inert_in_log, line by line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._begun = ""  # a line of which more may come

    def write(self, text: str) -> int:
        lines, end, self._begun = (self._begun + text).rpartition("\n")
        self.stream.write(inert_in_log(lines + end))
        return len(text)

    def flush(self) -> None:
        begun, self._begun = self._begun, ""
        self.stream.write(inert_in_log(begun))
        self.stream.flush()

    def write_commands(self, text: str) -> None:
        """Write a text whose commands are ours."""
        self.flush()
        self.stream.write(text)

    def __getattr__(self, name: str) -> Any:
        if name in {"buffer", "writelines"}:  # ways past `write`
            raise AttributeError(name)
        return getattr(self.stream, name)


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
    text = ""
    seconds = 0
    while not done.wait(_PATIENCE):
        seconds += 1
        text = f"{doing}: {seconds} s"
        sys.stderr.write(f"\r{text}")
        sys.stderr.flush()
    if text:
        sys.stderr.write(f"\r{' ' * len(text)}\r")
        sys.stderr.flush()


# ---- what is typed ----


def typed_line(prompt: str, candidates: Iterable[str] = ()) -> str:
    """A line that the user types; Tab completes a word to one of the candidates.

    Raises EOFError where input ends.
    """
    names = sorted(candidates)
    try:
        import readline
    except ModuleNotFoundError:  # a system without it: nothing is completed
        pass
    else:
        readline.set_completer_delims(" ,;=[]{}:")
        readline.set_completer(lambda text, at: _nth(names, text, at))
        readline.parse_and_bind("tab: complete")
    answer = input(prompt)
    RUN.begin_again()
    return answer


def _nth(names: Sequence[str], text: str, at: int) -> str | None:
    found = [name for name in names if name.startswith(text)]
    return found[at] if at < len(found) else None
