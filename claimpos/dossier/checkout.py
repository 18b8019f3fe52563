"""Files that git tracks but has left out of the folder, as in a sparse checkout.

The same goes for a file that was removed after `git update-index --skip-worktree`. Git marks such
files in its index, which is read here as gitformat-index(5) describes it, without starting git.
Most checkouts have an index of an older version, which cannot hold such marks.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.files import NotRead, read
from claimpos.dossier.git_places import own_git_folder, top_of
from claimpos.errors import WrongUsage

_HEADER = struct.Struct(">4sII")
_MODE = struct.Struct(">24xI")
_FLAGS = struct.Struct(">H")
_DIGESTS = (20, 32)
"""The length in bytes of an object's name; the index does not say if it is SHA-1 or SHA-256."""
_BEFORE_DIGEST = 40
_EXTENDED, _SKIPPED = 0x4000, 0x4000
_FOLDER = 0o040000
_MODES = {_FOLDER, 0o100644, 0o100755, 0o120000, 0o160000}
_LONGEST = 4096
# The first versions in which entries can be marked, and in which names are shortened.
_SINCE, _SHORT_NAMES = 3, 4


def left_out(folder: Path) -> dict[str, NotRead]:
    """Why each file that git leaves out of a folder is not read.

    Returns:
        The reasons by the file's path within the folder; that of a folder ends in a slash, and ""
        means the folder itself. Empty outside a repository, or if its index cannot be read.
    """
    real = folder.resolve()
    top = top_of(real)
    if top is None:
        return {}
    within = os.fsencode(real.relative_to(top).as_posix().removeprefix("."))
    prefix = within + b"/" if within else b""
    missing = {}
    for name in _skipped(_index(top)):
        if name.startswith(prefix):
            below = os.fsdecode(name[len(prefix) :])
            if not os.path.lexists(real / below):
                missing[below] = _not_here()
        elif name.endswith(b"/") and prefix.startswith(name) and not real.exists():
            return {"": _not_here()}
    return missing


def why_missing(path: Path) -> str:
    """The end of a message on a missing file or folder: that git has left it out; else empty."""
    for name, missing in left_out(path.parent).items():
        if not name or f"{name}/".startswith(f"{path.name}/"):
            return f": {missing.reason}; {missing.remedy}"
    return ""


def _not_here() -> NotRead:
    return NotRead(
        "git leaves it out of this sparse checkout",
        "`git sparse-checkout disable` restores all files",
    )


def _index(top: Path) -> bytes:
    try:
        index = own_git_folder(top) / "index"
        return b"" if index.is_symlink() else read(index, "revision-bytes")
    except (NotRead, WrongUsage):
        return b""


class _Entry(NamedTuple):
    name: bytes
    mode: int
    is_skipped: bool


def _skipped(index: bytes) -> list[bytes]:
    """The names of all entries that the index marks as left out; none if it is damaged."""
    if len(index) < _HEADER.size:
        return []
    sign, version, number = _HEADER.unpack_from(index)
    if sign != b"DIRC" or version < _SINCE:
        return []
    for digest in _DIGESTS:
        try:
            entries = _entries(index, version, number, digest)
            return [entry.name for entry in entries if entry.is_skipped]
        except (struct.error, ValueError, IndexError):
            continue  # the digests are longer, or the index is damaged
    return []


def _entries(index: bytes, version: int, number: int, digest: int) -> Iterator[_Entry]:
    """The entries of an index; raises struct.error, ValueError or IndexError if it is damaged."""
    at = _HEADER.size
    name = b""
    for _ in range(number):
        (mode,) = _MODE.unpack_from(index, at)
        begin = at + _BEFORE_DIGEST + digest
        (flags,) = _FLAGS.unpack_from(index, begin)
        begin += _FLAGS.size
        is_skipped = False
        if flags & _EXTENDED:
            is_skipped = bool(_FLAGS.unpack_from(index, begin)[0] & _SKIPPED)
            begin += _FLAGS.size
        kept = b""
        if version >= _SHORT_NAMES:
            dropped, begin = _number(index, begin)
            kept = name[: len(name) - dropped]
        end = index.index(0, begin)
        name = kept + index[begin:end]
        if mode not in _MODES or not 0 < len(name) <= _LONGEST:
            raise ValueError
        yield _Entry(name, mode, is_skipped)
        # Before version 4, one to eight zeros fill up an entry to a multiple of eight bytes.
        at = end + 1 if version >= _SHORT_NAMES else at + (end - at) // 8 * 8 + 8


def _number(index: bytes, at: int) -> tuple[int, int]:
    """The number of variable length that begins at a place, and the place after it."""
    value = index[at] & 127
    while index[at] & 128 and value <= _LONGEST:
        at += 1
        value = (value + 1 << 7) | index[at] & 127
    return value, at + 1
