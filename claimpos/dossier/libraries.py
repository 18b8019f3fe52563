"""Libraries that only some commands need: one may be missing, and one may lack memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from claimpos.errors import NotInstalled


@contextmanager
def library(
    what: str, name: str, extra: str, instead: str = "", megabytes: int = 0
) -> Iterator[None]:
    """Within this, a library is imported that an extra of claimpos installs.

    Args:
        what: What needs it.
        name: Its name.
        extra: The extra.
        instead: Another way out, if there is one.
        megabytes: The memory that it needs to start.

    Raises NotInstalled where the library is missing, MemoryError where memory is.
    """
    check_memory(megabytes)
    try:
        yield
    except ModuleNotFoundError:
        raise NotInstalled(what, name, extra, instead) from None


def check_memory(megabytes: float) -> None:
    """Raise MemoryError if the system would not give so much memory.

    Libraries that are not written in Python may end the process where they get none.
    """
    import mmap

    try:
        mmap.mmap(-1, int(megabytes * 1_000_000) + 1).close()
    except OSError:
        raise MemoryError from None
