"""Who may use a file: its owner, group and mode and, where it has one, its access control list.

What takes the place of a file is to be used by the same people. Where a file has such a list, as
`setfacl` gives it, the rights that its mode shows for the group are in truth the most that anybody
on the list has.
"""

import errno
import os
import stat
import struct
from collections.abc import Sequence
from typing import NamedTuple

from claimpos.dossier.files import FLAGS, NO_LINK

_LIST = "system.posix_acl_access"
_HEADER, _ENTRY = 4, "<HHI"  # of an entry: whose, the rights, and the number of the user or group
_READS, _SEARCHES = 4, 1
_NONE = (errno.ENODATA, errno.EOPNOTSUPP)


class Rights(NamedTuple):
    """Who may use a file: its status, and its access control list in the system's form.

    The list is empty where there is none, and None where it cannot be known.
    """

    status: os.stat_result
    listed: bytes | None


def rights_at(name: str, folder: int | None) -> Rights | None:
    """The rights of a file in an open folder or, without one, at a path; None if there is no file.

    No link is followed. Raises OSError.
    """
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return Rights(status, _listed(name, folder) if stat.S_ISREG(status.st_mode) else b"")


def _listed(name: str, folder: int | None) -> bytes | None:
    if not hasattr(os, "getxattr"):
        return b""
    try:
        handle = os.open(name, FLAGS | NO_LINK, dir_fd=folder)
    except OSError:
        return None
    try:
        return os.getxattr(handle, _LIST)
    except OSError as error:
        return b"" if error.errno in _NONE else None
    finally:
        os.close(handle)


def strictest(several: Sequence[Rights]) -> Rights:
    """The owner and the group of the first, and the rights that all of them give."""
    first, *others = several
    mode, listed = first.status.st_mode, first.listed
    for one in others:
        mode &= one.status.st_mode
        listed = listed if one.listed == listed else None
    return Rights(os.stat_result((mode, *first.status[1:])), listed)


def of_folder(rights: Rights) -> Rights:
    """The same rights for a folder: who may read the file may look into the folder."""
    mode = rights.status.st_mode
    mode |= 0o700 | (mode & 0o444) >> 2
    listed = rights.listed
    if listed:
        entries = struct.iter_unpack(_ENTRY, listed[_HEADER:])
        listed = listed[:_HEADER] + b"".join(
            struct.pack(_ENTRY, whose, may | (_SEARCHES if may & _READS else 0), number)
            for whose, may, number in entries
        )
    return Rights(os.stat_result((mode, *rights.status[1:])), listed)


def give(rights: Rights, handle: int) -> int:
    """Give an open file an owner, a group and an access control list; returns its mode.

    If the group cannot be given, the file's group gets the rights of others. Nor does a group get
    any rights where the list cannot be given.
    """
    mode = stat.S_IMODE(rights.status.st_mode) & 0o777
    if os.name != "posix":
        return mode
    for owner in (rights.status.st_uid, -1):
        try:
            os.chown(handle, owner, rights.status.st_gid)
        except OSError:  # no right to, or within a container that does not know this group
            continue
        return mode if _give_list(rights.listed, handle) else mode & 0o707
    _give_list(b"", handle)
    return mode & 0o707 | (mode & 0o007) << 3


def _give_list(listed: bytes | None, handle: int) -> bool:
    """Give an open file this list, and not one that it has from its folder; False if it cannot."""
    if not hasattr(os, "setxattr"):
        return True
    try:
        if listed:
            os.setxattr(handle, _LIST, listed)
        else:
            os.removexattr(handle, _LIST)
    except OSError as error:
        return listed == b"" and error.errno in _NONE
    return listed is not None
