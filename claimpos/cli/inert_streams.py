"""Standard output and standard error where the log of a CI service is read for commands."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from claimpos.rendering.ci_log import inert


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
