"""Dossiers found to be in order are remembered, so that the next command need not parse them.

What is kept is the model, in the user's cache folder, under a fingerprint of every byte of the
files and of the code that reads them: a changed file is always read again. Nothing that the cache
may hold is executed; what is broken, foreign or cannot be written is ignored.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from claimpos import __version__
from claimpos.dossier.finding_home import AGENDA, SOURCES, party_files
from claimpos.dossier.model import Dossier

_MAX_BYTES = 64_000_000
_CODE = Path(__file__).resolve().parent.parent / "dossier"
_HARMLESS = {"builtins": {"frozenset"}, "datetime": {"date"}, "decimal": {"Decimal"}}
_OURS = ("claimpos.dossier.model", "claimpos.dossier.outcomes")


def fingerprint(folder: Path) -> str | None:
    """What identifies the files of a dossier and the code that reads them; None if unreadable."""
    digest = blake2b(f"{__version__} {sys.version_info}".encode(), digest_size=20)
    try:
        for code in _sorted_code():
            digest.update(f"{code.st_size} {code.st_mtime_ns}\n".encode())
        for path in (folder / AGENDA, folder / SOURCES, *party_files(folder)):
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
                return None
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode())
            digest.update(content)
    except OSError:
        return None
    return digest.hexdigest()


def _sorted_code() -> Iterable[os.stat_result]:
    for path in sorted(_CODE.rglob("*.py")):
        yield path.stat()


def recall(mark: str) -> Dossier | None:
    """The dossier remembered under a fingerprint, if it is there and our own."""
    try:
        path = _cache() / mark
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_uid != os.geteuid():
                return None
            dossier = _Unpickler(file).load()
    except Exception:
        return None
    return dossier if isinstance(dossier, Dossier) else None


def remember(mark: str, dossier: Dossier) -> None:
    """Keep a dossier under a fingerprint, where there is a place to keep it."""
    try:
        folder = _cache()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_old(folder)
        draft = folder / f"{mark}.{os.getpid()}"
        draft.write_bytes(pickle.dumps(dossier, protocol=5))
        draft.replace(folder / mark)
    except OSError:
        return


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "claimpos"


def _forget_old(folder: Path, keep: int = 20) -> None:
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[keep:]:
        path.unlink()


class _Unpickler(pickle.Unpickler):
    """Makes objects of the model, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module in _OURS or name in _HARMLESS.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a dossier")
