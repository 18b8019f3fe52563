"""What git knows of a folder, read without starting git: its repository, and what it left out.

A stranger's repository could point to another one of the user's, whose contents a report would
then show. So a repository that lies elsewhere is refused. Worktrees and submodules do keep their
data elsewhere, but git has noted it there.

Files that git tracks may be left out of the folder, as in a sparse checkout, or because a file was
removed after `git update-index --skip-worktree`. Git marks them in its index, which is read here as
gitformat-index(5) describes it. Most checkouts have an index of an older version, which cannot hold
such marks.
"""

import os
import struct
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.files import NotRead, read, trusted_owners
from claimpos.dossier.limits import limit
from claimpos.errors import WrongUsage

CEILINGS = "GIT_CEILING_DIRECTORIES"
_NAMED = "gitdir: "

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


def unreadable(why: str) -> WrongUsage:
    """The error for a repository that is not read, or cannot be; or not within the limits."""
    return WrongUsage(f"no revision of the dossier's folder can be read: {why}")


def top_of(real: Path) -> Path | None:
    """The nearest folder with a `.git`, this one or one above; None if there is none.

    The environment may set folders above which git does not look.
    """
    ceilings = {
        os.path.realpath(path)
        for path in os.environ.get(CEILINGS, "").split(os.pathsep)
        if os.path.isabs(path)
    }
    for place in (real, *real.parents):
        if place != real and str(place) in ceilings:
            return None
        if os.path.lexists(place / ".git"):
            return place
    return None


def own_git_folder(top: Path) -> Path:
    """The folder in which git keeps the state of a checkout: `.git`, or the folder named there.

    Raises WrongUsage if that belongs to another folder's repository.
    """
    git = top / ".git"
    if os.path.islink(git):
        raise unreadable("its .git is a link, which is not allowed")
    if os.path.isdir(git):
        if os.path.lexists(git / "commondir"):
            raise unreadable("its .git/commondir names another repository, which is not allowed")
        return git
    named = _text(git)
    if not named.startswith(_NAMED):
        return git  # git says what is wrong with it
    place = _real(top / named.removeprefix(_NAMED))
    if os.path.isdir(place) and not (_is_worktree(place, git) or _is_submodule(place, top)):
        raise unreadable(
            "its .git names another repository, of which it is neither a worktree nor a submodule"
        )
    return place


def _is_worktree(place: Path, git: Path) -> bool:
    """Whether a folder in a repository is that of the worktree with this `.git`."""
    back, common = (_text(place / name) for name in ("gitdir", "commondir"))
    return (
        place.parent.name == "worktrees"
        and bool(common)
        and _real(place / common) == place.parent.parent
        and _real(place / back) == _real(git)
    )


def _is_submodule(place: Path, top: Path) -> bool:
    """Whether a folder lies among the submodules of a repository above."""
    above = (_real(folder) / ".git" / "modules" for folder in top.parents)
    return any(place.is_relative_to(modules) for modules in above) and not os.path.lexists(
        place / "commondir"
    )


def _real(path: Path) -> Path:
    """A path without links; unlike Path.resolve, this raises nothing for a circle of links."""
    return Path(os.path.realpath(path))


def _text(file: Path) -> str:
    try:
        return os.fsdecode(read(file).partition(b"\0")[0]).rstrip("\r\n")  # as git reads it
    except NotRead:
        return ""


def refuse_objects_elsewhere(objects: Path) -> None:
    """Raise WrongUsage if git would read the objects of another repository."""
    borrowed = objects / "info" / "alternates"
    try:
        are_elsewhere = os.path.islink(objects) or _has_links(objects)
        borrows = os.path.lexists(borrowed) and not _is_empty(borrowed)
    except OSError:
        raise unreadable("some folders in its .git/objects cannot be listed") from None
    if are_elsewhere:
        raise unreadable(
            "the repository's objects are elsewhere (a link in .git/objects), which is not allowed"
        )
    if borrows:
        raise unreadable(
            "the repository borrows objects from another (.git/objects/info/alternates), "
            "which is not allowed; `git clone` without --shared and --reference borrows none"
        )


def _is_empty(file: Path) -> bool:
    return os.path.isfile(file) and not file.stat().st_size


def _has_links(objects: Path) -> bool:
    """Whether a folder of objects, or a folder or file within it, is a link."""
    folders = [objects] if os.path.isdir(objects) else []
    for folder in folders:  # also over those that are added meanwhile
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    return True
                if folder == objects and entry.is_dir():
                    folders.append(Path(entry))
    return False


def left_out(folder: Path, start: str = "") -> dict[str, NotRead]:
    """Why each file that git leaves out of a folder is not read.

    Args:
        folder: The folder.
        start: How the paths of the files begin.

    Returns:
        The reasons by the file's path within the folder; that of a folder ends in a slash, and ""
        means the folder itself. Empty outside a repository, in one that anybody may have put there,
        or if its index cannot be read. Of very many files, those are left aside that come after as
        many as a dossier may have.
    """
    real = _real(folder)
    top = top_of(real)
    if top is None or not _is_trusted(top, real):
        return {}
    within = os.fsencode(real.relative_to(top).as_posix().removeprefix("."))
    prefix = within + b"/" if within else b""
    wanted = prefix + os.fsencode(start)

    def is_wanted(name: bytes) -> bool:
        return name.startswith(wanted) or (name.endswith(b"/") and prefix.startswith(name))

    missing = {}
    for name in _skipped(_index(top), is_wanted):
        if name.startswith(prefix):
            below = os.fsdecode(name[len(prefix) :])
            if not os.path.lexists(real / below):
                missing[below] = _not_here()
        elif not os.path.exists(real):
            return {"": _not_here()}
    return missing


def _is_trusted(top: Path, folder: Path) -> bool:
    """Whether the `.git` of `top` belongs to one of those who may speak for a folder below."""
    try:
        nearest = next(place for place in (folder, *folder.parents) if os.path.exists(place))
        return os.lstat(top / ".git").st_uid in trusted_owners(nearest)
    except (OSError, StopIteration):
        return False


def why_missing(path: Path) -> str:
    """The end of a message on a missing file or folder: that git has left it out; else empty."""
    for name, missing in left_out(path.parent, path.name).items():
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
        return b"" if os.path.islink(index) else read(index, "revision-bytes")
    except (NotRead, WrongUsage):
        return b""


class _Entry(NamedTuple):
    name: bytes
    mode: int
    is_skipped: bool


def _skipped(index: bytes, is_wanted: Callable[[bytes], bool]) -> list[bytes]:
    """The names of the wanted entries that the index marks as left out; none if it is damaged.

    A name that continues the one before it is short to write. So there are at most as many as a
    dossier may have files.
    """
    if len(index) < _HEADER.size:
        return []
    sign, version, number = _HEADER.unpack_from(index)
    if sign != b"DIRC" or version < _SINCE:
        return []
    for digest in _DIGESTS:
        try:
            entries = _entries(index, version, number, digest)
            names = (one.name for one in entries if one.is_skipped and is_wanted(one.name))
            return [*islice(names, limit("dossier-files"))]
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
