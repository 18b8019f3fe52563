"""The lock on a dossier's folder while it is written to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimpos.dossier.findings import shown_path
from claimpos.dossier.open_folder import HeldFolder, held
from claimpos.errors import OutputFailed

_PATIENCE = 10.0
_PAUSE = 0.05
"""For how many seconds to try to get a lock, and how many seconds to wait before each new try."""


@contextmanager
def locked(folder: Path) -> Iterator[HeldFolder]:
    """Within this, no other claimpos writes to the dossier; raises OutputFailed after ten seconds.

    The lock is on the folder itself, and ends with the process, however that ends. Where the system
    or the disk knows no locks, there is none; `save` then notices most changes by another process.
    """
    with held(folder) as holding:
        if holding.handle is not None:
            _lock(holding.handle, folder)
        yield holding


def _lock(handle: int, folder: Path) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:
        return
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        except OSError:
            return  # there are no locks on this file system
        else:
            return
        if time.monotonic() > end:
            raise OutputFailed(
                f"another claimpos is writing to “{shown_path(folder)}”, or another program has "
                "locked that folder; try again"
            )
        time.sleep(_PAUSE)
