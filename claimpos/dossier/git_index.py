"""Git's index: which files it leaves out of a checkout, and which of its folders are submodules.

The index is read as gitformat-index(5) describes it. It may be split: then most entries stand in a
shared index, and it says itself which of these are deleted, and which are replaced.
"""

import struct
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from claimpos.dossier.limits import limit

_HEADER = struct.Struct(">4sII")
_SIGN = b"DIRC"
_MODE = struct.Struct(">24xI")
_FLAGS = struct.Struct(">H")
_DIGESTS = (20, 32)
"""The length in bytes of an object's name; the index does not say if it is SHA-1 or SHA-256."""
_BEFORE_DIGEST = 40
_EXTENDED, _SKIPPED = 0x4000, 0x4000
_FOLDER, _SUBMODULE = 0o040000, 0o160000
_MODES = {_FOLDER, 0o100644, 0o100755, 0o120000, _SUBMODULE}
_LONGEST = 4096
# The first versions in which entries can be marked, and in which names are shortened.
_SINCE, _SHORT_NAMES = 3, 4

_EXTENSION = struct.Struct(">4sI")
_LINK = b"link"
# Of a compressed bitmap: its length in bits and in words, the words, and the place of the last run.
_BITMAP = struct.Struct(">II")
_WORD, _LAST_RUN = 8, 4


class Absent(NamedTuple):
    """What git may not have put into a checkout; the name of a folder ends in a slash."""

    name: bytes
    is_submodule: bool


class _Entry(NamedTuple):
    """An entry of an index, and the place after it; one that replaces another has no name."""

    name: bytes
    mode: int
    is_skipped: bool
    end: int

    @property
    def is_absent(self) -> bool:
        return self.is_skipped or self.mode == _SUBMODULE


def absent(
    index: bytes, is_wanted: Callable[[bytes], bool], shared: Callable[[str], bytes]
) -> list[Absent]:
    """The wanted entries that the index marks as left out, or that are submodules.

    A name that continues the one before it is short to write. So there are at most as many as a
    dossier may have files.

    Args:
        index: What the index holds.
        is_wanted: Whether an entry of this name is wanted.
        shared: Reads the shared index of this name; empty if it cannot be read.

    Returns:
        The entries; none if the index is damaged.
    """
    if not _may_have_any(index):
        return []
    for digest in _DIGESTS:
        try:
            found = (_shown(one) for one in _absent_entries(index, digest, shared))
            return [*islice((one for one in found if is_wanted(one.name)), limit("dossier-files"))]
        except (struct.error, ValueError, IndexError):
            continue  # the digests are longer, or the index is damaged
    return []


def _may_have_any(index: bytes) -> bool:
    """Whether it is worth reading an index entry by entry, which takes longer than this."""
    if len(index) < _HEADER.size:
        return False
    sign, version, _ = _HEADER.unpack_from(index)
    marks = _LINK, struct.pack(">I", _SUBMODULE)
    return sign == _SIGN and (version >= _SINCE or any(mark in index for mark in marks))


def _shown(entry: _Entry) -> Absent:
    is_submodule = entry.mode == _SUBMODULE
    return Absent(entry.name + b"/" if is_submodule else entry.name, is_submodule)


def _absent_entries(index: bytes, digest: int, shared: Callable[[str], bytes]) -> Iterator[_Entry]:
    """The entries of an index, and of the one that it shares, that may be absent.

    Raises struct.error, ValueError or IndexError if it is damaged.
    """
    end = _HEADER.size
    replacing: list[_Entry] = []
    for entry in _entries(index, digest):
        end = entry.end
        if not entry.name:
            replacing.append(entry)
        elif entry.is_absent:
            yield entry
    link = _link(index, end, digest)
    if link is not None and any(link[:digest]):
        yield from _of_shared(shared(link[:digest].hex()), link, digest, replacing)
    elif replacing:
        raise ValueError


def _of_shared(base: bytes, link: bytes, digest: int, replacing: list[_Entry]) -> Iterator[_Entry]:
    """The entries of a shared index that may be absent, with those that replace some of them."""
    deleted, at = _bits(link, digest, len(base))
    replaced, _ = _bits(link, at, len(base))
    others = iter(replacing)
    for place, entry in enumerate(_entries(base, digest)):
        if _is_set(replaced, place):
            other = next(others, None)
            if other is None:
                raise ValueError
            entry = other._replace(name=entry.name)
        if entry.is_absent and not _is_set(deleted, place):
            yield entry


def _link(index: bytes, at: int, digest: int) -> bytes | None:
    """What the extension on a shared index holds; the first extension begins at this place.

    Raises ValueError or struct.error if the extensions do not end at the digest of the whole.
    """
    found, end = None, len(index) - digest
    while at < end:
        sign, size = _EXTENSION.unpack_from(index, at)
        at += _EXTENSION.size
        if sign == _LINK:
            found = index[at : at + size]
        at += size
    if at != end:
        raise ValueError
    return found


def _bits(data: bytes, at: int, most: int) -> tuple[bytes, int]:
    """A compressed bitmap (EWAH), of which bit i is the bit i % 8 of byte i // 8; its end.

    Each run begins with a word on it: a bit, how many words of such bits there are, and how many
    words follow as they are. Raises ValueError if there are more bits than `most`.
    """
    _, number = _BITMAP.unpack_from(data, at)
    at += _BITMAP.size
    end = at + number * _WORD
    if end > len(data):
        raise ValueError
    bits = bytearray()
    while at < end:
        run = int.from_bytes(data[at : at + _WORD])
        alike, different = run >> 1 & 0xFFFFFFFF, run >> 33
        if len(bits) + (alike + different) * _WORD > most:
            raise ValueError
        bits += (b"\xff" if run & 1 else b"\0") * (alike * _WORD)
        for _ in range(different):
            at += _WORD
            bits += data[at : at + _WORD][::-1]
        at += _WORD
    return bytes(bits), end + _LAST_RUN


def _is_set(bits: bytes, place: int) -> bool:
    return place // 8 < len(bits) and bool(bits[place // 8] >> place % 8 & 1)


def _entries(index: bytes, digest: int) -> Iterator[_Entry]:
    """The entries of an index; raises struct.error, ValueError or IndexError if it is damaged."""
    sign, version, number = _HEADER.unpack_from(index)
    if sign != _SIGN:
        raise ValueError
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
        if mode not in _MODES or len(name) > _LONGEST:
            raise ValueError
        # Before version 4, one to eight zeros fill up an entry to a multiple of eight bytes.
        at = end + 1 if version >= _SHORT_NAMES else at + (end - at) // 8 * 8 + 8
        yield _Entry(name, mode, is_skipped, at)


def _number(index: bytes, at: int) -> tuple[int, int]:
    """The number of variable length that begins at a place, and the place after it."""
    value = index[at] & 127
    while index[at] & 128 and value <= _LONGEST:
        at += 1
        value = (value + 1 << 7) | index[at] & 127
    return value, at + 1
