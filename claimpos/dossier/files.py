"""Every file that claimpos reads is opened here.

Only regular files are read, and none that is larger than its limit. A file is opened once, and the
checks look at the open file, so that nobody gains by replacing it meanwhile. With links resolved, a
file of a dossier must lie in the dossier's folder, and where its links lead is known before
anything outside is looked at; the folder itself, or one above it, may be a link, unless that is one
of a repository and leads out of it. A file that the user names may be a link to anywhere except
/proc and /sys, where the kernel shows secrets of processes; but a link that lies in a dossier or
its repository may not lead out of that. (A hard link cannot be told from a file.)
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from claimpos.dossier.limits import how_to_raise, limit

# Not every system has all of these. They keep `open` from waiting for a FIFO, from taking over a
# terminal, and from translating line ends.
FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)


_MOST_LINKS = 40
_read_here: set[tuple[int, int]] = set()


class NotRead(Exception):
    """A file is not read: the reason, which quotes nothing of it, and the remedy in a dossier."""

    def __init__(self, reason: str, remedy: str = "check that the file exists and is readable"):
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


Contents = dict[str, "bytes | NotRead"]
"""The files of a dossier by their names within its folder, such as `proposals/draft.yaml`.

The name "" is that of the folder itself: it is there only if nothing of the dossier is read.
"""


def read(path: Path, bound: str = "file-bytes") -> bytes:
    """The bytes of a file that the user names.

    Args:
        path: The file.
        bound: The name of the limit on its size.

    Raises NotRead.
    """
    return _read(os.fspath(path), bound)


def read_named(path: Path, bound: str = "file-bytes") -> bytes:
    """The same, for a file that a command needs; raises WrongUsage with the file's name."""
    from claimpos.dossier.findings import shown_path
    from claimpos.errors import WrongUsage

    try:
        return read(path, bound)
    except NotRead as error:
        raise WrongUsage(f"cannot read “{shown_path(path)}”: {error.reason}") from error


def was_read(status: os.stat_result) -> bool:
    """Whether this process has read the file that has this status."""
    return (status.st_dev, status.st_ino) in _read_here


def read_standard_input() -> bytes:
    """What comes on standard input, at most one byte more than the limit on files."""
    # Standard input may be closed.
    return sys.stdin.buffer.read(limit("file-bytes") + 1) if sys.stdin else b""


class Folder:
    """A dossier's folder, of which only the files that lie in it are read."""

    def __init__(self, path: Path) -> None:
        self._path = os.fspath(path)
        self._place = _place_of_folder(self._path)
        self._ends: dict[str, str | None] = {"": self._place}

    def read(self, name: str) -> bytes:
        """The bytes of a file, by its name within the folder; raises NotRead."""
        path = os.path.join(self._path, name)
        return _read(path, "file-bytes", self._place, lambda: self._status(path, name))

    def content(self, name: str) -> bytes | NotRead:
        """The bytes of a file, or why it is not read."""
        try:
            return self.read(name)
        except NotRead as error:
            return error

    def _status(self, path: str, name: str) -> os.stat_result:
        """The status of a file; raises NotRead before a link leads out, and OSError."""
        found = os.lstat(path) if self._end_above(name) else None
        if found is None or (stat.S_ISLNK(found.st_mode) and self.leads_out(name)):
            raise elsewhere()
        return os.stat(path) if stat.S_ISLNK(found.st_mode) else found

    def leads_out(self, name: str) -> bool:
        """Whether a link on the way to a file or a folder leads out of this one.

        The links are read one by one, so that nothing outside is looked at: a system may connect to
        another machine because of that.
        """
        place = self._end_above(name)
        return place is None or self._end(place, name.rpartition("/")[2]) is None

    def _end_above(self, name: str) -> str | None:
        """Where the folder really lies in which a file is named; None if that is outside."""
        above = name.rpartition("/")[0]
        if above not in self._ends:
            self._ends[above] = self._end(self._place, above)
        return self._ends[above]

    def _end(self, place: str, way: str) -> str | None:
        """Where a way from a place within this folder ends; None if that is outside."""
        names = way.split("/")[::-1]
        links = 0
        while names and links < _MOST_LINKS:
            place = os.path.normpath(os.path.join(place, names.pop()))
            if not self._is_within(place):
                continue  # it may lead back
            try:
                target = os.readlink(place)
            except (OSError, ValueError):  # it is no link, or not there
                continue
            links += 1
            place = os.path.dirname(place)
            if os.path.isabs(target):
                named = os.path.abspath(self._path)
                place = self._place if _lies_in(target, named) else os.sep
                target = target.removeprefix(named) if place != os.sep else target
            names += [name for name in target.split(os.sep)[::-1] if name]
        return place if self._is_within(place) else None

    def _is_within(self, place: str) -> bool:
        return place == self._place or _lies_in(place, self._place)

    def holds(self, name: str) -> bool:
        """Whether a folder of this name lies in this one, after links are resolved."""
        return not self.leads_out(name) and _lies_in(
            _place_of_folder(os.path.join(self._path, name)), self._place
        )


def _read(
    path: str,
    bound: str,
    within: str | None = None,
    status_of: Callable[[], os.stat_result] | None = None,
) -> bytes:
    most = limit(bound)
    try:
        _check(
            status_of() if status_of else os.stat(path), most
        )  # before it is opened, because some devices act on that
        descriptor = os.open(path, FLAGS)
        try:
            status = os.fstat(descriptor)
            _check(status, most)
            _read_here.add((status.st_dev, status.st_ino))
            place = _place(descriptor, path, status)
            if within is None:
                _check_links(path, place)
            elif not _lies_in(place, within):
                raise elsewhere()
            return _bytes(descriptor, status.st_size, most)
        finally:
            os.close(descriptor)
    except _TooLarge:
        raise too_large(bound) from None
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        reason = (getattr(error, "strerror", None) or "no file can have this name").lower()
        raise NotRead(reason) from None


def _check_links(path: str, place: str) -> None:
    """Raise NotRead for a link of a dossier, or of its repository, that leads out of it.

    Whoever sent the dossier would have chosen which of the user's files is shown.
    """
    if os.path.abspath(path) == place:
        return
    from claimpos.dossier.links import leading_out, leads_out, way_to

    if (link := leading_out(way_to(path)[0], Path(place))) is not None:
        raise NotRead(leads_out(link))


class _TooLarge(Exception):
    """A file is larger than its limit."""


def _check(status: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(status.st_mode) or status.st_dev in _kernel_devices():
        raise NotRead("it is not a regular file", "put a regular file in its place")
    if status.st_size > most:
        raise _TooLarge


def too_large(bound: str) -> NotRead:
    """Why a file larger than the limit of this name is not read."""
    return NotRead(
        f"it is larger than {limit(bound) / 1_000_000:g} MB; {how_to_raise(bound)}",
        "split it, or remove what is not needed",
    )


def elsewhere() -> NotRead:
    """Why a file or a folder that a link leads to is not read."""
    return NotRead(
        "it lies outside the dossier's folder", "put the file itself there instead of a link"
    )


def _bytes(descriptor: int, size: int, most: int) -> bytes:
    """All bytes of an open file; raises _TooLarge, whatever its size was said to be."""
    parts = []
    left = most + 1
    while left > 0 and (part := os.read(descriptor, min(left, max(size, 65_536) + 1))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise _TooLarge
    return b"".join(parts)


def _place(descriptor: int, path: str, status: os.stat_result) -> str:
    """Where an open file really lies, links resolved."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:  # there is no /proc
        place = os.path.realpath(path)
        if not os.path.samestat(os.stat(place), status):
            raise NotRead("it was replaced while it was read") from None
        return place


def _place_of_folder(path: str) -> str:
    try:
        descriptor = os.open(path, FLAGS | _FOLDER)
    except (OSError, ValueError):  # a system on which no folder can be opened, or there is none
        return os.path.realpath(path)
    try:
        return _place(descriptor, path, os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _lies_in(place: str, folder: str) -> bool:
    return place.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


@cache
def _kernel_devices() -> frozenset[int]:
    """The devices of /proc and /sys, whose files look like regular ones."""
    devices = set()
    for folder in ("/proc", "/sys"):
        try:
            devices.add(os.stat(folder).st_dev)
        except OSError:
            continue
    return frozenset(devices - {os.stat(os.sep).st_dev})


def trusted_owners(folder: Path) -> set[int]:
    """The user, root and the owner of a folder: whose files above it are not anybody's.

    Root in a container works in another user's checkout, and who works in somebody's folder has
    chosen to. Raises OSError if the folder is gone.
    """
    owners = {os.stat(folder).st_uid, 0}
    return owners | {os.geteuid()} if os.name == "posix" else owners
