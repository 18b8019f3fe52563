"""Finds the folder in which git keeps a repository, and refuses one that lies elsewhere.

A stranger's repository could point to another one of the user's, whose contents a report would
then show. Worktrees and submodules do keep their data elsewhere, but git has noted it there.
"""

from __future__ import annotations

import os
from pathlib import Path

from claimpos.dossier.files import NotRead, read
from claimpos.errors import WrongUsage

CEILINGS = "GIT_CEILING_DIRECTORIES"
_NAMED = "gitdir: "


def no_revisions(why: str) -> WrongUsage:
    """The error for a repository that is not read, or cannot be."""
    return WrongUsage(f"the dossier's folder has no revisions: {why}")


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
    if git.is_symlink():
        raise no_revisions("its .git is a link, which is not allowed")
    if git.is_dir():
        if os.path.lexists(git / "commondir"):
            raise no_revisions("its .git/commondir names another repository, which is not allowed")
        return git
    named = _text(git)
    if not named.startswith(_NAMED):
        return git  # git says what is wrong with it
    place = (top / named.removeprefix(_NAMED)).resolve()
    if place.is_dir() and not (_is_worktree(place, git) or _is_submodule(place, top)):
        raise no_revisions(
            "its .git names another repository, of which it is neither a worktree nor a submodule"
        )
    return place


def _is_worktree(place: Path, git: Path) -> bool:
    """Whether a folder in a repository is that of the worktree with this `.git`."""
    back, common = (_text(place / name) for name in ("gitdir", "commondir"))
    return (
        place.parent.name == "worktrees"
        and bool(common)
        and (place / common).resolve() == place.parent.parent
        and (place / back).resolve() == git.resolve()
    )


def _is_submodule(place: Path, top: Path) -> bool:
    """Whether a folder lies among the submodules of a repository above."""
    above = (folder.resolve() / ".git" / "modules" for folder in top.parents)
    return any(place.is_relative_to(modules) for modules in above) and not os.path.lexists(
        place / "commondir"
    )


def _text(file: Path) -> str:
    try:
        return os.fsdecode(read(file).partition(b"\0")[0]).rstrip("\r\n")  # as git reads it
    except NotRead:
        return ""


def refuse_objects_elsewhere(objects: Path) -> None:
    """Raise WrongUsage if git would read the objects of another repository."""
    borrowed = objects / "info" / "alternates"
    if objects.is_symlink() or _has_links(objects):
        raise no_revisions(
            "the repository's objects are elsewhere (a link in .git/objects), which is not allowed"
        )
    if os.path.lexists(borrowed) and not (borrowed.is_file() and not borrowed.stat().st_size):
        raise no_revisions(
            "the repository borrows objects from another (.git/objects/info/alternates), "
            "which is not allowed; `git clone` without --shared and --reference borrows none"
        )


def _has_links(objects: Path) -> bool:
    """Whether a folder of objects, or a folder or file within it, is a link."""
    folders = [objects] if objects.is_dir() else []
    for folder in folders:  # also over those that are added meanwhile
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    return True
                if folder == objects and entry.is_dir():
                    folders.append(Path(entry))
    return False
