"""Files that are written whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | getattr(os, "O_BINARY", 0)


def write_whole(
    name: str,
    draft: str,
    content: bytes,
    folder: int | None,
    settle: Callable[[int], None] = lambda _: None,
) -> None:
    """Write a draft, and give it its name once it is finished; one that cannot be is removed.

    Args:
        name: The file's name in the open folder or, without one, its path.
        draft: The draft's, likewise, in the same folder.
        content: What to write.
        folder: The descriptor of the folder, which nobody can put another in place of.
        settle: Called with the descriptor of the draft, before it takes the name.

    Raises OSError.
    """
    opened = os.open(draft, _NEW, 0o600, dir_fd=folder)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            settle(opened)
        os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        os.unlink(draft, dir_fd=folder)
        raise
