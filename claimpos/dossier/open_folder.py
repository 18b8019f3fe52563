"""Folders that are held open: what is written or deleted lies in them, wherever paths lead by then.

Another user who may write to a shared folder can put a link in the place of a file or a folder at
any moment. A file is therefore reached from an open folder, step by step, following no link.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from claimpos.dossier.files import NO_LINK
from claimpos.errors import OutputFailed

if TYPE_CHECKING:
    from claimpos.dossier.rights import Rights

_LISTED = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
# To go through a folder takes no right to list it.
_THROUGH = _LISTED | getattr(os, "O_PATH", 0)
_WORKS = os.open in os.supports_dir_fd
_SPARE = 6


class OpenFolder:
    """A folder, whose files are known by their places: their paths within it, without links.

    On a system that cannot reach files from an open folder, `handle` is None, and paths are used.
    """

    def __init__(self, path: str, handle: int | None) -> None:
        self.path = path
        self.handle = handle

    @contextmanager
    def above(self, place: str) -> Iterator[tuple[str, int | None]]:
        """The name of a file and the open folder that it is in; or its path and None.

        Raises OSError if there is a link on the way.
        """
        if self.handle is None:
            yield os.path.join(self.path, place), None
        else:
            *steps, name = place.split(os.sep)
            with _opened(self.handle, steps, _THROUGH) as folder:
                yield name, folder

    @contextmanager
    def below(self, place: str) -> Iterator[OpenFolder]:
        """A folder within this one."""
        path = os.path.join(self.path, place)
        if self.handle is None:
            yield OpenFolder(path, None)
        else:
            with _opened(self.handle, place.split(os.sep), _LISTED) as handle:
                yield OpenFolder(path, handle)

    def names(self, place: str) -> list[str]:
        """What is in a folder."""
        with self.below(place) as folder:
            return os.listdir(folder.path if folder.handle is None else folder.handle)

    def rights(self, place: str) -> Rights | None:
        """The rights of what is at a place, if there is anything."""
        with self.above(place) as (name, folder):
            from claimpos.dossier.rights import rights_at  # not for a run that only reads

            return rights_at(name, folder)

    def make_folder(self, place: str, mode: int = 0o777) -> bool:
        """Make a folder; False if there is something of that name."""
        with self.above(place) as (name, folder):
            try:
                os.mkdir(name, mode, dir_fd=folder)
            except FileExistsError:
                return False
            return True

    def move(self, place: str, other: str) -> None:
        """Give a file or a folder another place; a file that is there is replaced."""
        with self.above(place) as (name, folder), self.above(other) as (new, there):
            os.replace(name, new, src_dir_fd=folder, dst_dir_fd=there)

    def keep_listing(self, place: str = os.curdir) -> None:
        """Have the disk hold which files are in a folder by now, on systems that can be asked to.

        What the files hold is not kept by this.
        """
        with self.below(place) as folder:
            if folder.handle is None:
                return
            try:
                os.fsync(folder.handle)
            except OSError as error:
                if error.errno != errno.EINVAL:  # of disks that do this of themselves
                    raise

    def remove(self, place: str) -> None:
        """Delete a file, if there is one."""
        with self.above(place) as (name, folder):
            try:
                os.unlink(name, dir_fd=folder)
            except FileNotFoundError:
                return

    def remove_empty(self, place: str) -> bool:
        """Delete a folder unless there is something in it; return whether it is gone."""
        with self.above(place) as (name, folder):
            try:
                os.rmdir(name, dir_fd=folder)
            except OSError as error:
                return isinstance(error, FileNotFoundError)
            return True

    def remove_all(self, place: str) -> None:
        """Delete a folder with all that is in it, as far as the system allows it."""
        import shutil

        with self.above(place) as (name, folder):
            shutil.rmtree(name, ignore_errors=True, dir_fd=folder)


class HeldFolder(OpenFolder):
    """The folder of a dossier, from before it is read until it has been written to."""

    def __init__(self, path: Path, handle: int | None) -> None:
        super().__init__(os.path.realpath(path), handle)
        self.named = path

    def place(self, name: str) -> str:
        """The place of a file, which may be behind links within the folder.

        Raises OutputFailed if it is outside, where it was not when it was read.
        """
        place = os.path.realpath(self.named / name)
        if not Path(place).is_relative_to(self.path):
            raise OutputFailed("the dossier was changed meanwhile; nothing was written; try again")
        return os.path.relpath(place, self.path)


@contextmanager
def spare_descriptors() -> Iterator[ExitStack]:
    """Descriptors for what must not lack any; it can have them once they are closed.

    They are enough to delete a folder of a dossier. Raises OSError if there are fewer.
    """
    import shutil  # noqa: F401 - deleting needs it, when no file can be opened any more

    with ExitStack() as spare:
        for _ in range(_SPARE):
            spare.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        yield spare


@contextmanager
def held(path: Path) -> Iterator[HeldFolder]:
    """The folder of a dossier; raises OSError if it cannot be opened."""
    handle = os.open(path, _LISTED) if _WORKS else None
    try:
        yield HeldFolder(path, handle)
    finally:
        if handle is not None:
            os.close(handle)


@contextmanager
def opened(folder: str) -> Iterator[OpenFolder]:
    """A folder, on whose path there was no link; raises OSError if there is one by now."""
    if not _WORKS or _THROUGH == _LISTED:
        yield OpenFolder(folder, None)
    else:
        start = os.open(os.sep if os.path.isabs(folder) else os.curdir, _THROUGH)
        try:
            steps = [name for name in folder.split(os.sep) if name]
            with _opened(start, steps, _THROUGH) as handle:
                yield OpenFolder(folder, handle)
        finally:
            os.close(start)


@contextmanager
def _opened(start: int, steps: Sequence[str], how: int) -> Iterator[int]:
    """The descriptor of a folder below another one; each step is opened for what comes after it."""
    handle = os.dup(start)
    try:
        for name in steps:
            above, handle = handle, os.open(name, how | NO_LINK, dir_fd=handle)
            os.close(above)
        yield handle
    finally:
        os.close(handle)
