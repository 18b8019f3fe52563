"""Writes files and folders completely or not at all, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from claimpos.dossier.findings import shown_path
from claimpos.dossier.locate import AGENDA
from claimpos.errors import OutputFailed, writing

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | getattr(os, "O_BINARY", 0)

Settle = Callable[[int], None]
"""Called with the descriptor of a finished draft, before it takes a name."""

_PATIENCE = 10.0
_PAUSE = 0.05
"""For how many seconds to try to get a lock, and how many seconds to wait before each new try."""


def write_whole(
    name: str,
    draft: str,
    content: bytes,
    folder: int | None,
    settle: Settle = lambda _: None,
    is_new: bool = False,
) -> None:
    """Write a draft and rename it once it is finished; remove it if it cannot be finished.

    Args:
        name: The file's name within the open folder or, without a folder, its path.
        draft: The name or path of the draft, in the same folder.
        content: What to write.
        folder: The descriptor of the folder; unlike a path, it cannot come to mean another one.
        settle: What else to do to the draft.
        is_new: Whether it must not replace a file; then FileExistsError is raised if there is one.

    Raises OSError.
    """
    write_draft(draft, content, folder, settle)
    try:
        if is_new and _linked(draft, name, folder):
            os.unlink(draft, dir_fd=folder)
        else:
            os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        os.unlink(draft, dir_fd=folder)
        raise


def _linked(draft: str, name: str, folder: int | None) -> bool:
    """Give a draft a second name, which no file may have, even one that another process makes now.

    On a system without hard links, an empty file takes the name, and the result is False. Raises
    FileExistsError.
    """
    try:
        os.link(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        os.close(os.open(name, _NEW, 0o600, dir_fd=folder))
        return False
    return True


def write_draft(draft: str, content: bytes, folder: int | None, settle: Settle) -> None:
    """Write a new file or, if that fails, none; arguments and errors as for `write_whole`."""
    opened = os.open(draft, _NEW, 0o600, dir_fd=folder)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            settle(opened)
    except BaseException:
        os.unlink(draft, dir_fd=folder)
        raise


def draft_beside(name: str) -> str:
    """A unique name for a draft in the same folder."""
    return os.path.join(os.path.dirname(name), f".claimpos-{os.urandom(8).hex()}")


def as_it_was(old: os.stat_result | None, draft: str) -> Settle:
    """A function that gives a draft the mode, group and owner of the file that it replaces.

    If it replaces none, the function gives it the mode of a new file.
    """

    def settle(handle: int) -> None:
        mode = _usual_mode() if old is None else _given_to_owner_of(old, handle)
        # By its descriptor, because the owner of the folder could replace the draft by a link.
        os.chmod(handle if os.chmod in os.supports_fd else draft, mode)

    return settle


def _settle_as(old: os.stat_result, path: Path) -> None:
    """Give a file or a folder of a draft the mode, the group and the owner of an old file."""
    mode = _given_to_owner_of(old, path)
    if path.is_dir():
        mode |= 0o700 | (mode & 0o444) >> 2  # who may read the file may look into the folder
    path.chmod(mode)


def _usual_mode() -> int:
    """The mode that new files have by the user's umask."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _given_to_owner_of(old: os.stat_result, handle: int | Path) -> int:
    """Give a file the owner and group of the file that it replaces, and return its mode.

    If the user may not do that, the file stays the user's, and its group gets the rights of others.
    """
    mode = stat.S_IMODE(old.st_mode) & 0o777
    if os.name != "posix":
        return mode
    for owner in (old.st_uid, -1):
        try:
            os.chown(handle, owner, old.st_gid)
        except PermissionError:
            continue
        return mode
    return mode & 0o707 | (mode & 0o007) << 3


def replace_all(contents: Mapping[Path, bytes]) -> None:
    """Replace or make files, in this order, after all of their drafts are written.

    A link stays a link to the file. A file keeps its mode, its group and, if the user may set it,
    its owner. If OSError is raised, every file is as it was; only if the process is killed may some
    be replaced and others not.
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
    """Move the drafts to their places; if that fails half way, restore the files."""
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
    """A new file in the same folder with this content and the mode of the file at the place."""
    old = os.stat(place) if os.path.exists(place) else None
    draft = draft_beside(str(place))
    write_draft(draft, content, None, as_it_was(old, draft))
    return draft


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Within this, no other claimpos writes to the dossier; raises OutputFailed after ten seconds.

    The lock is on the folder itself, and ends with the process, however that ends. On a system
    without such locks there is none; `save` then notices most changes by another process.
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
                raise OutputFailed(
                    f"another claimpos is writing to “{shown}”, or another program has locked "
                    "that folder; try again"
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)


@contextmanager
def new_folder(folder: Path, old: os.stat_result | None = None) -> Iterator[Path]:
    """A folder to write into, which gets its name at the end, and is removed if anything fails.

    There may be an empty folder of that name. Where it takes the place of an `old` file, it and
    what is in it get the mode, the group and the owner of that. Raises OutputFailed if there is
    anything else of the name, or the system does not allow writing.
    """
    with _writing_to(folder):
        if os.path.lexists(folder) and not folder.is_dir():
            raise _is_there()
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with _draft_in(folder.absolute().parent) as draft:
            yield draft
            if old is None:
                mask = os.umask(0)
                os.umask(mask)
                draft.chmod(0o777 & ~mask)
            else:
                for path in (*draft.rglob("*"), draft):
                    _settle_as(old, path)
            os.replace(draft, folder)


@contextmanager
def new_files(folder: Path) -> Iterator[Path]:
    """A folder to write into, whose files are moved into an existing folder at the end.

    Nothing is overwritten: raises OutputFailed if there is a file of the same name, or the system
    does not allow writing. Only a process that is killed between two moves leaves files behind; the
    agenda is moved last, so that they are no dossier yet.
    """
    with _writing_to(folder), _draft_in(folder) as draft:
        yield draft
        moved: list[Path] = []
        made: list[Path] = []
        try:
            names = sorted(path.relative_to(draft) for path in draft.rglob("*") if path.is_file())
            for name in sorted(names, key=lambda name: name == Path(AGENDA)):
                if os.path.lexists(folder / name):
                    raise _is_there()
                if not (folder / name).parent.is_dir():
                    (folder / name).parent.mkdir()
                    made.append((folder / name).parent)
                os.rename(draft / name, folder / name)
                moved.append(folder / name)
        except BaseException:
            for path in moved:
                path.unlink(missing_ok=True)
            for path in reversed(made):
                path.rmdir()
            raise


def _writing_to(folder: Path) -> AbstractContextManager[None]:
    return writing(f"to “{shown_path(folder)}”")


def _is_there() -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


@contextmanager
def _draft_in(folder: Path) -> Iterator[Path]:
    import shutil
    import tempfile

    draft = Path(tempfile.mkdtemp(dir=folder, prefix=".claimpos-"))
    try:
        yield draft
    finally:  # there is nothing to remove if the draft has got its final name
        shutil.rmtree(draft, ignore_errors=True)
