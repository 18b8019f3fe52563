"""Paths as the sites that show findings want them: from the root of the repository."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import PurePath

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def web_path(path: str) -> str:
    """A path from the root of the repository, with slashes on every system.

    Args:
        path: The path from the working directory.

    Returns:
        The path from the repository's root, which is the nearest folder with a `.git`, within the
        folder that the CI service names; as it is, where there is neither. A file that is a link
        keeps its own name.
    """
    above, name = os.path.split(path)
    try:
        real = os.path.join(os.path.realpath(above), name)
    except ValueError:  # no file can have this name
        return PurePath(path).as_posix()
    root = _root_of(os.path.dirname(real), tuple(map(os.environ.get, _ROOTS)))
    return PurePath(path if root is None else os.path.relpath(real, root)).as_posix()


@lru_cache(maxsize=256)
def _root_of(folder: str, named: tuple[str | None, ...]) -> str | None:
    """The root of the repository that a folder lies in; None if it lies in none."""
    given = next((os.path.realpath(one) for one in named if one and _is_in(folder, one)), None)
    place = folder
    while True:
        if os.path.lexists(os.path.join(place, ".git")):
            return place
        above = os.path.dirname(place)
        if place in (given, above):
            return given
        place = above


def _is_in(folder: str, root: str) -> bool:
    real = os.path.realpath(root)
    return os.path.isabs(root) and (
        folder == real or folder.startswith(real.rstrip(os.sep) + os.sep)
    )
