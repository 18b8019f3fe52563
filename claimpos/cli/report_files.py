"""The file of a report: replaced whole, and in the very place that was checked.

Another user may put a link into a shared folder at any moment. So the path to a file is walked
once, what lies on it is checked, and its end is reached from an open folder, following no link.
"""

import os
import re
import stat
from pathlib import Path

from claimpos.dossier.files import NO_LINK, was_read
from claimpos.dossier.findings import shown_path
from claimpos.dossier.links import Step, leading_out, leads_out, way_to
from claimpos.dossier.open_folder import opened
from claimpos.dossier.rights import rights_at
from claimpos.dossier.whole_files import as_it_was, draft_beside, write_whole
from claimpos.errors import OutputFailed

STANDARD_OUTPUT = 1
_DASH = "-"
_NUMBER = "[0-9]{1,9}"


def replace(output: Path, content: bytes, is_new: bool = False, is_renewed: bool = False) -> None:
    """Write a file, or leave it as it was; raises OutputFailed and OSError.

    If it `is_new`, a file that is there already is left as it is. So is a file that this process
    has read, unless it `is_renewed`: such as a party's file, typed by mistake after -o.
    """
    descriptor = descriptor_of(output)
    if descriptor is not None:
        # Not by its path: where a file is behind it, that would be another place of the file.
        with open(descriptor, "wb", closefd=False) as stream:
            stream.write(content)
        return
    steps, place = way_to(os.fspath(output))
    _check_owners(output, steps)
    _check_links(output, steps, Path(os.path.realpath(place)))
    with opened(os.path.dirname(place)) as above, above.above(os.path.basename(place)) as file:
        _replace(output, *file, content, is_new, is_renewed)


def check_owners(output: Path) -> None:
    """Raise OutputFailed for another user's link or file in a folder that others can write to.

    Whoever put it there chose which file is written, or who reads the report. The owner of the
    folder, and root, may. Where only a group can write, members may replace each other's files.
    """
    _check_owners(output, way_to(os.fspath(output))[0])


def _replace(
    output: Path, name: str, folder: int | None, content: bytes, is_new: bool, is_renewed: bool
) -> None:
    rights = rights_at(name, folder)
    old = None if rights is None else rights.status
    if old is not None and stat.S_ISCHR(old.st_mode):  # such as /dev/null
        with open(os.open(name, os.O_WRONLY | NO_LINK, dir_fd=folder), "wb") as device:
            device.write(content)
        return
    if old is not None and not (stat.S_ISREG(old.st_mode) or stat.S_ISDIR(old.st_mode)):
        raise OutputFailed(
            f"cannot write “{shown_path(output)}”: it is not a regular file; leave -o out, and "
            "redirect standard output"
        )
    if old is not None and was_read(old) and not is_renewed:
        raise OutputFailed(
            f"cannot write “{shown_path(output)}”: it has just been read, and would be lost; name "
            "another file"
        )
    draft = draft_beside(name)
    try:
        write_whole(name, draft, content, folder, as_it_was(rights, draft), is_new)
    except FileExistsError:
        raise OutputFailed(f"“{shown_path(output)}” already exists; name a new file") from None


def descriptor_of(output: Path) -> int | None:
    """The open descriptor that a path such as - or /dev/stdout or /dev/fd/63 stands for, if any.

    A shell writes `-o >(gzip)` as the last.
    """
    path = os.fspath(output)
    if path == _DASH:
        return STANDARD_OUTPUT
    if os.path.dirname(path) == "/dev" and os.path.islink(path):
        path = os.path.join("/dev", os.readlink(path))
    folder, name = os.path.split(path)
    if not re.fullmatch(_NUMBER, name) or not folder:
        return None
    folders = {os.path.realpath(one) for one in ("/dev/fd", "/proc/self/fd")}
    return int(name) if os.path.realpath(folder) in folders else None


def _check_owners(output: Path, steps: list[Step]) -> None:
    if os.name != "posix":
        return
    for step, status, folder in steps:
        if status.st_uid in {os.geteuid(), 0, folder.st_uid} or stat.S_ISDIR(status.st_mode):
            continue
        others = stat.S_IWOTH | (stat.S_IWGRP if stat.S_ISLNK(status.st_mode) else 0)
        if folder.st_mode & others:
            raise OutputFailed(
                f"cannot write “{shown_path(output)}”: “{shown_path(Path(step))}” is another "
                "user's, in a folder that others can write to"
            )


def _check_links(output: Path, steps: list[Step], target: Path) -> None:
    """Raise OutputFailed for a link of a dossier, or of its repository, that leads out of it.

    Whoever sent the dossier would have chosen which of the user's files is replaced.
    """
    if (link := leading_out(steps, target)) is not None:
        raise OutputFailed(f"cannot write “{shown_path(output)}”: {leads_out(link)}")
