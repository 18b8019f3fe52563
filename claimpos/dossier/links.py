"""The way to a file, step by step; and links in what a stranger sent that lead out of it."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.files import trusted_owners
from claimpos.dossier.findings import shown_path
from claimpos.dossier.locate import AGENDA, is_of

_MOST_LINKS = 40
_GIT = ".git"


class Step(NamedTuple):
    """A step on the way to a file, such as a link: its path, its status, and its folder's."""

    path: str
    status: os.stat_result
    folder: os.stat_result


def way_to(path: str) -> tuple[list[Step], str]:
    """Each step on the way to a file, and where the way ends: a path without links."""
    steps: list[Step] = []
    place = os.sep if os.path.isabs(path) else "."
    names = path.split(os.sep)[::-1]
    links = 0
    while names and links < _MOST_LINKS:
        step = os.path.join(place, names.pop())
        try:
            status, folder = os.lstat(step), os.stat(place)
        except OSError:  # it is not there yet, or its folder is not
            return steps, os.path.join(step, *names[::-1])
        steps.append(Step(step, status, folder))
        if stat.S_ISLNK(status.st_mode):
            links += 1
            target = os.readlink(step)
            place = os.sep if os.path.isabs(target) else place
            names += target.split(os.sep)[::-1]
        else:
            place = step
    return steps, os.path.join(place, *names[::-1])


def leading_out(steps: Sequence[Step], target: Path) -> Path | None:
    """The first link of a dossier, or of its repository, on the way to a target outside of it.

    What git keeps in a repository, such as its settings, does not count as the repository's.
    """
    for step, status, _ in steps:
        if not stat.S_ISLNK(status.st_mode):
            continue
        home = home_of(Path(os.path.realpath(os.path.dirname(step))))
        if home is None:
            continue
        if not target.is_relative_to(home) or _in_git(target, home):
            return Path(step)
    return None


def _in_git(target: Path, home: Path) -> bool:
    """Whether a file lies in a `.git` of a repository, by whatever name its disk knows it.

    Many disks ignore case, and may number `.GIT` apart from `.git`; some have shorter names.
    """
    within = len(target.relative_to(home).parts)
    return any(_is_git(place) for place in (target, *target.parents)[:within])


def _is_git(place: Path) -> bool:
    try:
        return place.name.casefold() == _GIT or place.samefile(place.with_name(_GIT))
    except OSError:  # one of them is not there
        return False


def link_out(folder: Path) -> Path | None:
    """The first link of a dossier, or of its repository, that leads a folder out of it."""
    try:
        if os.path.abspath(folder) == os.path.realpath(folder):
            return None
    except (OSError, ValueError):  # the working directory is gone, or no folder can have the name
        return None
    steps, end = way_to(os.fspath(folder))
    return leading_out(steps, Path(os.path.realpath(end)))


def leads_out(link: Path) -> str:
    """Why a link is not followed, and the remedy."""
    return (
        f"the link “{shown_path(link)}” leads out of the dossier or the repository that it lies "
        "in; name the place itself"
    )


def home_of(folder: Path) -> Path | None:
    """The dossier or the repository that a folder lies in, whichever is nearer; None if neither.

    Whoever can write to a folder above could make one there: see `trusted_owners`.
    """
    owners = trusted_owners(folder)
    for place in (folder, *folder.parents):
        if any(is_of(owners, place / mark) for mark in (_GIT, AGENDA)):
            return place
    return None
