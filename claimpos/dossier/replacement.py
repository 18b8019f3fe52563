"""Files that are replaced whole: at every moment there is the old file or the new one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from claimpos.dossier.findings import shown_path
from claimpos.dossier.whole_files import as_it_was, draft_beside, write_draft
from claimpos.errors import OutputFailed

_PATIENCE = 10.0
_PAUSE = 0.05


def replace_all(contents: Mapping[Path, bytes]) -> None:
    """Replace files, or make them, once all of them are written; a link stays one.

    They are replaced in this order. A file keeps its mode, its group and, where the user may give
    it away, its owner. Raises OSError, and each file is as it was; only a process that is killed
    between two of them leaves the rest as they were.
    """
    places = {Path(os.path.realpath(path)): content for path, content in contents.items()}
    drafts: dict[str, Path] = {}
    backups: dict[str, Path] = {}
    try:
        for place, content in places.items():
            drafts[_beside(place, content)] = place
        if len(drafts) > 1:
            for place in drafts.values():
                if place.exists():
                    backups[_beside(place, place.read_bytes())] = place
        _move(drafts, backups)
    finally:
        for name in (*drafts, *backups):
            with suppress(FileNotFoundError):
                os.unlink(name)


def _move(drafts: Mapping[str, Path], backups: Mapping[str, Path]) -> None:
    """Move the drafts to their places; if that fails half way, the files as they were instead."""
    moved: set[Path] = set()
    try:
        for name, place in drafts.items():
            os.replace(name, place)
            moved.add(place)
    except BaseException:
        for place in moved - {*backups.values()}:
            place.unlink(missing_ok=True)
        for name, place in backups.items():
            if place in moved:
                os.replace(name, place)
        raise


def _beside(place: Path, content: bytes) -> str:
    """A file in the same folder with this content, and the mode that the file of the place has."""
    old = os.stat(place) if os.path.exists(place) else None
    draft = draft_beside(str(place))
    write_draft(draft, content, None, as_it_was(old, draft))
    return draft


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Within this, no other claimpos writes to the dossier; raises OutputFailed after ten seconds.

    The lock is on the folder itself, and ends with the process, whatever becomes of it. A system
    without such locks has none; there `save` notices most of what another process has changed.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        end = time.monotonic() + _PATIENCE
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            if time.monotonic() > end:
                shown = shown_path(folder)
                raise OutputFailed(f"another claimpos is writing to “{shown}”; try again")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)
