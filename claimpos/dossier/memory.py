"""A cache of valid dossiers, so that the next command need not parse the files again.

It keeps the model in the user's cache folder, under a digest of every byte of the files: a changed
file is always read again. Nothing that the cache may hold is executed; what is broken, not the
user's, or cannot be written is ignored. The folder must belong to the user, and nobody else may
write to it. It is opened once and its files are reached from there, so that no link is followed
and no other folder can take its place.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Any

from claimpos import __version__
from claimpos.dossier.files import FLAGS, NO_LINK, Contents, NotRead
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Dossier

try:  # hashlib would load OpenSSL, which takes as long as recalling a dossier
    from _blake2 import blake2b
except ModuleNotFoundError:
    from hashlib import blake2b

_CODE = os.path.dirname(os.path.realpath(__file__))
_HARMLESS = {"builtins": {"frozenset"}, "datetime": {"date"}, "decimal": {"Decimal"}}
_OURS = {
    "claimpos.dossier.outcomes",
    *(f"claimpos.dossier.model.{room}" for room in ("agenda", "documents", "positions")),
}
_ENDING = ".dossier"
_KEPT = 20
_SECONDS_OF_A_DRAFT = 600
_DIGEST = 32
# Whether files can be reached from an open folder; elsewhere, as on Windows, paths are used.
_FROM_FOLDERS = {os.open, os.unlink, os.rename} <= os.supports_dir_fd


class Memory:
    """The place in the cache for a dossier whose files have these contents."""

    def __init__(self, contents: Contents) -> None:
        self._digest = _digest_of(contents)

    def recall(self) -> Dossier | None:
        """The dossier, if this user's cache has it for exactly these files; else None."""
        if self._digest is None:
            return None
        try:
            with _cache() as cache:
                return unsealed(cache.read(self._digest.hex() + _ENDING), self._digest)
        except Exception:  # a broken file may raise anything
            return None

    def remember(self, dossier: Dossier) -> None:
        """Keep the dossier, if there is a usable cache folder."""
        if self._digest is None:
            return
        with suppress(OSError, _Foreign), _cache() as cache:
            content = sealed(pickle.dumps(dossier, protocol=5), self._digest)
            cache.write(self._digest.hex() + _ENDING, content)
            cache.forget_old()


def sealed(pickled: bytes, digest: bytes) -> bytes:
    """A pickled dossier, preceded by a checksum of it and of the digest of its files."""
    return blake2b(digest + pickled, digest_size=_DIGEST).digest() + pickled


def unsealed(content: bytes, digest: bytes) -> Dossier | None:
    """The dossier that `sealed` stored; None if the content differs in any bit.

    Raises UnpicklingError if the pickle holds anything but parts of a model, and other exceptions
    if it is broken.
    """
    pickled = content[_DIGEST:]
    if content != sealed(pickled, digest):
        return None
    dossier = _Unpickler(BytesIO(pickled)).load()
    return dossier if isinstance(dossier, Dossier) else None


def _digest_of(contents: Contents) -> bytes | None:
    """The digest of a dossier's files, their names, the limits, and the code that reads them.

    None if a file cannot be read; then the dossier is not remembered.
    """
    made_by = f"{__version__} {sys.version_info} {os.environ.get(VARIABLE, '')}\n"
    digest = blake2b(made_by.encode("utf-8", "surrogateescape"), digest_size=_DIGEST)
    try:
        digest.update(_state_of_code().encode())
    except OSError:
        return None
    for name, content in contents.items():
        if isinstance(content, NotRead):
            return None
        digest.update(b"%d %d\n" % (len(os.fsencode(name)), len(content)))
        digest.update(os.fsencode(name))
        digest.update(content)
    return digest.digest()


def _state_of_code() -> str:
    """The modules that read a dossier, with the times of their last changes and their sizes.

    On some systems, all files have the same time. Raises OSError.
    """
    modules = []
    waiting = [_CODE]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    modules.append(f"{entry.name} {status.st_mtime_ns} {status.st_size}\n")
                elif entry.is_dir() and entry.name != "__pycache__":
                    waiting.append(entry.path)
    return "".join(sorted(modules))


class _Foreign(Exception):
    """A file or folder that does not belong to the user alone."""


@contextmanager
def _cache() -> Iterator[_Cache]:
    """The cache folder, made if necessary.

    Raises OSError or _Foreign if there can be none, as for a user without a home.
    """
    base = os.path.expanduser(os.environ.get("XDG_CACHE_HOME") or "~/.cache")
    if not os.path.isabs(base):
        raise _Foreign
    folder = os.path.join(base, "claimpos")
    if not os.path.exists(base):  # root may have another user's home
        above = base
        while not os.path.exists(above):
            above = os.path.dirname(above)
        if os.name == "posix" and os.stat(above).st_uid != os.geteuid():
            raise _Foreign
    with suppress(FileExistsError):
        os.makedirs(base, mode=0o700)
    with suppress(FileExistsError):
        os.mkdir(folder, mode=0o700)
    if not _FROM_FOLDERS:
        _check_own(os.lstat(folder), stat.S_ISDIR)
        yield _Cache(folder, None)
        return
    descriptor = os.open(folder, FLAGS | NO_LINK | os.O_DIRECTORY)
    try:
        _check_own(os.fstat(descriptor), stat.S_ISDIR)
        yield _Cache(folder, descriptor)
    finally:
        os.close(descriptor)


def _check_own(status: os.stat_result, is_kind: Any) -> None:
    if not is_kind(status.st_mode):
        raise _Foreign
    if os.name == "posix" and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
        raise _Foreign


class _Cache:
    def __init__(self, folder: str, descriptor: int | None) -> None:
        self._folder = folder
        self._descriptor = descriptor

    def read(self, name: str) -> bytes:
        opened = os.open(self._at(name), FLAGS | NO_LINK, dir_fd=self._descriptor)
        with os.fdopen(opened, "rb") as file:
            _check_own(os.fstat(opened), stat.S_ISREG)
            return file.read()

    def write(self, name: str, content: bytes) -> None:
        """Write a draft and rename it; one that cannot be finished is removed."""
        from claimpos.dossier.whole_files import write_whole

        draft = f"{name}.{os.urandom(8).hex()}"
        write_whole(self._at(name), self._at(draft), content, self._descriptor)

    def forget_old(self) -> None:
        """Remove all but the latest dossiers, and the drafts of commands that were killed."""
        if self._descriptor is None:
            entries = list(os.scandir(self._folder))
        else:
            entries = list(os.scandir(self._descriptor))
        ages = {entry.name: entry.stat(follow_symlinks=False).st_mtime for entry in entries}
        finished = sorted(
            (name for name in ages if name.endswith(_ENDING)), key=ages.__getitem__, reverse=True
        )
        before = time.time() - _SECONDS_OF_A_DRAFT
        drafts = [name for name in ages.keys() - {*finished} if ages[name] < before]
        for name in [*finished[_KEPT:], *drafts]:
            self._unlink(name)

    def _unlink(self, name: str) -> None:
        with suppress(OSError):  # another command may have been first
            os.unlink(self._at(name), dir_fd=self._descriptor)

    def _at(self, name: str) -> str:
        return name if self._descriptor is not None else os.path.join(self._folder, name)


class _Unpickler(pickle.Unpickler):
    """Unpickles parts of the model, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if name in _HARMLESS.get(module, ()):
            return super().find_class(module, name)
        found = super().find_class(module, name) if module in _OURS and "." not in name else None
        if isinstance(found, type) and found.__module__ == module:  # not what the module imports
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a dossier")
