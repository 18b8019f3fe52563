"""Standard output where one write may be in part only, or must wait: all of a text is written."""

from __future__ import annotations

import io
import os

from claimpos import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer


def written_whole(stream: TextIO) -> TextIO:
    """The stream, or one in its place that writes everything.

    That is needed where Python keeps no buffer (PYTHONUNBUFFERED), so that nobody writes what a
    write left out, and where a pipe refuses more than it has room for (O_NONBLOCK).
    """
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(raw, io.FileIO):
        return stream
    if isinstance(buffer, io.BufferedWriter) and os.get_blocking(raw.fileno()):
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(_Patient(raw)), stream.encoding, stream.errors, write_through=True
    )


class _Patient(io.RawIOBase):
    """A file that waits until it can be written."""

    def __init__(self, raw: io.FileIO) -> None:
        self._raw = raw

    def write(self, content: ReadableBuffer) -> int:
        import select

        while (written := self._raw.write(content)) is None:
            select.select([], [self._raw], [])
        return written

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()
