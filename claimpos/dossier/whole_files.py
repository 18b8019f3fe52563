"""Writes files and folders completely or not at all, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from claimpos.dossier.files import FLAGS, NO_LINK
from claimpos.dossier.findings import shown_path
from claimpos.dossier.links import leads_out, link_out
from claimpos.dossier.locate import AGENDA
from claimpos.dossier.open_folder import HeldFolder, OpenFolder, opened, spare_descriptors
from claimpos.dossier.run_limits import RUN
from claimpos.errors import OutputFailed, writing

if TYPE_CHECKING:
    from claimpos.dossier.rights import Rights

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | getattr(os, "O_BINARY", 0)
# SIGINT comes last: Python answers it by an exception.
_ENDING = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)
]

Settle = tuple[int, Callable[[int], None]]
"""How a draft comes to its rights: its mode at first, within what the folder's list for new files
or the umask allows, and what is called with its descriptor at the end."""

_PRIVATE: Settle = (0o600, lambda _: None)


def write_whole(
    name: str,
    draft: str,
    content: bytes,
    folder: int | None,
    settle: Settle = _PRIVATE,
    is_new: bool = False,
) -> None:
    """Write a draft and rename it once it is finished; remove it if it cannot be finished.

    Args:
        name: The file's name within the open folder or, without a folder, its path.
        draft: The name or path of the draft, in the same folder.
        content: What to write.
        folder: The descriptor of the folder; unlike a path, it cannot come to mean another one.
        settle: How the draft comes to its rights.
        is_new: Whether it must not replace a file; then FileExistsError is raised if there is one.

    Raises OSError.
    """
    with uninterrupted(), _removed_if_it_fails(draft, folder):
        write_draft(draft, content, folder, settle)
        if not is_new:
            os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
        elif _linked(draft, name, folder):
            with suppress(OSError):  # all is written
                os.unlink(draft, dir_fd=folder)
        else:
            with _removed_if_it_fails(name, folder):
                os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)


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
    mode, finish = settle
    with _removed_if_it_fails(draft, folder):
        opened = os.open(draft, _NEW, mode, dir_fd=folder)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            finish(opened)


@contextmanager
def _removed_if_it_fails(draft: str, folder: int | None) -> Iterator[None]:
    """Within this, a file is removed if anything fails, unless it is there no longer."""
    try:
        yield
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(draft, dir_fd=folder)
        raise


def draft_beside(name: str) -> str:
    """A unique name for a draft in the same folder."""
    return os.path.join(os.path.dirname(name), f".claimpos-{os.urandom(8).hex()}")


def as_it_was(old: Rights | None, draft: str, on_disk: bool = False) -> Settle:
    """How a draft gets the rights of the file that it replaces.

    If it replaces none, the folder and the user's umask decide, as with any new file. With
    `on_disk`, what it holds is there before it can take a name; otherwise a loss of power might
    leave neither file.
    """

    def finish(handle: int) -> None:
        if old is not None:
            from claimpos.dossier.rights import give  # not for a run that only reads

            # By its descriptor, because the owner of the folder could replace the draft by a link.
            os.chmod(handle if os.chmod in os.supports_fd else draft, give(old, handle))
        if on_disk:
            os.fsync(handle)

    return (0o666 if old is None else 0o600), finish


def replace_all(held: HeldFolder, contents: Mapping[str, bytes]) -> None:
    """Replace or make files of a folder, in this order, after all of their drafts are written.

    A link within the folder stays a link to the file. A file keeps its rights; see `give`. Raises
    OutputFailed for a link that leads out of the folder, and OSError. If anything is raised, every
    file is as it was; only if the process is killed may some be replaced and others not. Ctrl-C
    waits until all are replaced.
    """
    with uninterrupted():
        _replace_all(held, contents)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Within this, a signal that would end the process waits, whichever thread receives it.

    Only SIGKILL does not. Neither do the limits of the run end it.
    """
    with RUN.paused(), _signals_wait():
        yield


@contextmanager
def _signals_wait() -> Iterator[None]:
    waiting: list[int] = []
    try:
        before = {
            ending: signal.signal(ending, lambda number, _: waiting.append(number))
            for ending in _ENDING
        }
    except ValueError:  # Python lets only the first thread decide; editors have others
        yield
        return
    try:
        yield
    finally:
        for ending, usual in before.items():
            signal.signal(ending, signal.SIG_DFL if usual is None else usual)
        for number in waiting:
            signal.raise_signal(number)


def _replace_all(held: HeldFolder, contents: Mapping[str, bytes]) -> None:
    places = {held.place(name): content for name, content in contents.items()}
    drafts: dict[str, str] = {}
    backups: dict[str, str] = {}
    try:
        for place, content in places.items():
            old = held.rights(place)
            drafts[_beside(held, place, content, old, on_disk=True)] = place
            if old is not None and len(places) > 1:
                backups[_beside(held, place, _bytes(held, place), old)] = place
        _move(held, drafts, backups)
    finally:
        for draft in (*drafts, *backups):
            with suppress(OSError):  # what was to be written is written, or the error is raised
                held.remove(draft)


def _move(held: HeldFolder, drafts: Mapping[str, str], backups: Mapping[str, str]) -> None:
    """Move the drafts to their places; if that fails half way, restore the files."""
    moved: set[str] = set()
    try:
        for draft, place in drafts.items():
            held.move(draft, place)
            moved.add(place)
    except BaseException:
        for place in moved - {*backups.values()}:
            held.remove(place)
        for backup, place in backups.items():
            if place in moved:
                held.move(backup, place)
        raise


def _bytes(held: HeldFolder, place: str) -> bytes:
    with (
        held.above(place) as (name, folder),
        open(os.open(name, FLAGS | NO_LINK, dir_fd=folder), "rb") as file,
    ):
        return file.read()


def _beside(
    held: HeldFolder, place: str, content: bytes, old: Rights | None, on_disk: bool = False
) -> str:
    """A new file in the same folder with this content, and the rights of an old one."""
    draft = draft_beside(place)
    with held.above(draft) as (name, folder):
        write_draft(name, content, folder, as_it_was(old, name, on_disk))
    return draft


def new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of files, which gets its name once it is whole.

    There may be an empty folder of that name. Raises OutputFailed if there is anything else of the
    name, or the system does not allow writing.
    """
    _check_no_link_out(folder)
    with _writing_to(folder), uninterrupted():
        if os.path.lexists(folder) and not os.path.isdir(folder):
            raise _is_there()
        above = os.path.realpath(folder.absolute().parent)
        os.makedirs(above, exist_ok=True)
        with opened(above) as place, drafted(place, folder.absolute().name, files):
            pass


def _check_no_link_out(folder: Path) -> None:
    """Raise OutputFailed where a link of a dossier or its repository leads out of that."""
    if (link := link_out(folder)) is not None:
        raise OutputFailed(f"cannot write to “{shown_path(folder)}”: {leads_out(link)}")


@contextmanager
def drafted(
    above: OpenFolder, place: str, files: Mapping[str, bytes], old: Rights | None = None
) -> Iterator[None]:
    """Within this, there is a draft of a folder of files; at the end it gets its place.

    If anything fails, it is deleted.

    Args:
        above: The folder that it will lie in.
        place: Its place there.
        files: What its files hold, by their names, which may have the name of a folder before them.
        old: The rights of the file in whose stead it comes, which it gets with all that is in it;
            this is on the disk before it gets its place.

    Raises OSError.
    """
    draft = draft_beside(place)
    with spare_descriptors() as spare:
        try:
            above.make_folder(draft, _mode(old))
            with above.below(draft) as inside:
                _fill(inside, files, old)
            yield
            above.move(draft, place)
        except BaseException:
            spare.close()
            above.remove_all(draft)
            raise


def _mode(old: Rights | None) -> int:
    """The mode at first of a folder that is to have the rights of an old file, if there is one."""
    return 0o777 if old is None else 0o700


def _fill(inside: OpenFolder, files: Mapping[str, bytes], old: Rights | None) -> None:
    """Write files into an empty folder, and give it the rights of an old file, if there is one."""
    folders = {os.path.dirname(name) for name in files} - {""}
    for folder in folders:
        inside.make_folder(folder, _mode(old))
    for name, content in files.items():
        with inside.above(name) as (base, within):
            write_draft(base, content, within, as_it_was(old, base, on_disk=old is not None))
    if old is not None:
        for folder in folders:
            with inside.below(folder) as one:
                _settle(one, old)
        _settle(inside, old)


def _settle(folder: OpenFolder, old: Rights) -> None:
    """Give a folder of a draft the rights of an old file, and have the disk hold it."""
    if folder.handle is None:
        return  # such a system knows no modes
    from claimpos.dossier.rights import give, of_folder

    # What is put there later belongs to the folder's group, if the folder above it says so.
    keeps_group = os.fstat(folder.handle).st_mode & stat.S_ISGID
    os.chmod(folder.handle, give(of_folder(old), folder.handle) | keeps_group)
    folder.keep_listing()


def new_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into an existing folder, or none.

    Nothing is overwritten: raises OutputFailed if there is a file of the same name, or the system
    does not allow writing. Only a process that is killed half way leaves files behind; the last one
    is the agenda, so that they are no dossier yet.
    """
    _check_no_link_out(folder)
    with (
        _writing_to(folder),
        uninterrupted(),
        opened(os.path.realpath(folder)) as above,
        spare_descriptors() as spare,
    ):
        made: list[str] = []
        written: list[str] = []
        try:
            for name in sorted(files, key=lambda name: name == AGENDA):
                within = os.path.dirname(name)
                if within and above.make_folder(within):
                    made.append(within)
                with above.above(name) as (base, inside):
                    draft = draft_beside(base)
                    settle = as_it_was(None, draft)
                    write_whole(base, draft, files[name], inside, settle, is_new=True)
                written.append(name)
        except BaseException:
            spare.close()
            for name in written:
                above.remove(name)
            for within in made:
                above.remove_empty(within)
            raise


def _writing_to(folder: Path) -> AbstractContextManager[None]:
    return writing(f"to “{shown_path(folder)}”")


def _is_there() -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
