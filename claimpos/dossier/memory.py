"""Dossiers found to be in order are remembered, so that the next command need not parse them.

What is kept is the model, in the user's cache folder, beside every byte of the files that it was
read from: a changed file is always read again. Nothing that the cache may hold is executed; what
is broken, foreign or cannot be written is ignored.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from pathlib import Path
from typing import Any
from zlib import crc32

from claimpos import __version__
from claimpos.dossier.finding_home import AGENDA, SOURCES, over_limits, party_files, proposal_files
from claimpos.dossier.model import Dossier

_MAX_BYTES = 8_000_000
_CODE = Path(__file__).resolve().parent
_HARMLESS = {"builtins": {"frozenset"}, "datetime": {"date"}, "decimal": {"Decimal"}}
_OURS = ("claimpos.dossier.model", "claimpos.dossier.outcomes")
_KEPT = 20


class Memory:
    """What is remembered of the dossier in a folder as its files are now."""

    def __init__(self, folder: Path) -> None:
        cache = _cache()
        self._content = _content_of(folder) if cache.is_absolute() else None
        self._path = cache / f"{crc32(self._content or b''):08x}.dossier"

    def recall(self) -> Dossier | None:
        """The dossier, if it was remembered from these very files, and by the same user."""
        try:
            with self._path.open("rb") as file:
                if os.name == "posix" and os.fstat(file.fileno()).st_uid != os.geteuid():
                    return None
                if file.read(len(self._content or b"")) != self._content:
                    return None
                dossier = _Unpickler(file).load()
        except Exception:  # whatever a broken file may lead to
            return None
        return dossier if isinstance(dossier, Dossier) else None

    def remember(self, dossier: Dossier) -> None:
        """Keep the dossier, where there is a place to keep it."""
        if self._content is None:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self._path.with_suffix(f".{os.getpid()}")
            draft.write_bytes(self._content + pickle.dumps(dossier, protocol=5))
            draft.replace(self._path)
            _forget_old(self._path.parent)
        except OSError:
            return


def _content_of(folder: Path) -> bytes | None:
    """The names and bytes of a dossier's files and the state of the code that reads them.

    None if one of them cannot be read; then there is nothing to remember.
    """
    parts = [f"{__version__} {sys.version_info}\n".encode()]
    try:
        for code in sorted(_CODE.rglob("*.py")):
            parts.append(f"{code.name} {code.stat().st_mtime_ns}\n".encode())
        paths = [folder / AGENDA, folder / SOURCES, *party_files(folder), *proposal_files(folder)]
        if over_limits(paths) is not None:
            return None
        for path in paths:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
                return None
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            parts += [f"{name} {len(content)}\n".encode(), content]
    except OSError:
        return None
    return b"".join(parts)


def _cache() -> Path:
    """The folder to remember in; not absolute, and so no place, for a user without a home."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.path.expanduser(base)) / "claimpos"


def _forget_old(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT:]:
        path.unlink()


class _Unpickler(pickle.Unpickler):
    """Makes objects of the model, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if name in _HARMLESS.get(module, ()):
            return super().find_class(module, name)
        found = super().find_class(module, name) if module in _OURS and "." not in name else None
        if isinstance(found, type) and found.__module__ == module:  # none of what it imports
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a dossier")
