"""What git knows of a folder, read without starting git: its repository, and what it left out.

A stranger's repository could point to another one of the user's, whose contents a report would
then show. So a repository that lies elsewhere is refused. Worktrees and submodules do keep their
data elsewhere, but git has noted it there.

Files that git tracks may be left out of the folder, as in a sparse checkout, or because a file was
removed after `git update-index --skip-worktree`. Git marks them in its index. There are also the
submodules, whose files lie in other repositories: often they are not fetched.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from claimpos.dossier.files import NotRead, read, trusted_owners
from claimpos.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimpos.dossier.git_index import Absent

CEILINGS = "GIT_CEILING_DIRECTORIES"
_NAMED = "gitdir: "


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


def path_within(top: Path, real: Path) -> str:
    """The path of a folder in a repository, with slashes; "" at the top."""
    return "/".join(real.relative_to(top).parts)


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
    place = _named(git)
    if place is None:
        return git  # git says what is wrong with it
    if os.path.isdir(place) and not (_is_worktree(place, git) or _is_submodule(place, top)):
        raise unreadable(
            "its .git names another repository, of which it is neither a worktree nor a submodule"
        )
    return place


def _named(git: Path) -> Path | None:
    """The folder that a file `.git` names, if it names one."""
    said = _text(git)
    return _real(git.parent / said.removeprefix(_NAMED)) if said.startswith(_NAMED) else None


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
    """Whether a folder lies among the submodules of a repository, or a worktree, above."""
    return not os.path.lexists(place / "commondir") and any(
        place.is_relative_to(_modules(_real(folder) / ".git")) for folder in top.parents
    )


def _modules(git: Path) -> Path:
    """Where git keeps the repositories of a checkout's submodules, by its `.git`."""
    place = _named(git)
    return (place if place is not None and _is_worktree(place, git) else git) / "modules"


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


def left_out(folder: Path, start: str = "", ends: tuple[str, ...] = ("",)) -> dict[str, NotRead]:
    """Why each file that git leaves out of a folder, or keeps in a submodule, is not read.

    Args:
        folder: The folder.
        start: How the paths of the files begin.
        ends: How they may end, after a slash.

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
    within = os.fsencode(path_within(top, real))
    prefix = within + b"/" if within else b""
    wanted, endings = prefix + os.fsencode(start), tuple(map(os.fsencode, ends))

    def is_wanted(name: bytes) -> bool:
        if name.startswith(wanted):
            return (b"/" + name).endswith(endings)
        return name.endswith(b"/") and prefix.startswith(name)

    missing = {}
    for one in _absent(top, is_wanted):
        if one.name.startswith(prefix):
            below = os.fsdecode(one.name[len(prefix) :])
            if not _is_here(real / below, one):
                missing[below] = _not_here(one)
        elif not _is_here(real, one):
            return {"": _not_here(one)}
    return missing


def is_submodule(top: Path) -> bool:
    """Whether a repository is a submodule of the one above it, by the index of that."""
    above = top_of(top.parent)
    if above is None or not _is_trusted(above, top):
        return False
    name = os.fsencode(path_within(above, top)) + b"/"
    return bool(_absent(above, lambda one: one == name))


def _absent(top: Path, is_wanted: Callable[[bytes], bool]) -> list[Absent]:
    """What the index of a repository marks as left out, and its submodules; see `absent`."""
    from claimpos.dossier.git_index import absent  # only in a checkout

    return absent(_index(top), is_wanted, lambda name: _index(top, f"sharedindex.{name}"))


def _is_here(path: Path, one: Absent) -> bool:
    """Whether a file or a folder is there all the same; the folder of a submodule always is."""
    if not one.is_submodule:
        return os.path.lexists(path)
    try:
        return bool(os.listdir(path))
    except OSError as error:
        return not isinstance(error, FileNotFoundError)


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


def _not_here(one: Absent) -> NotRead:
    if one.is_submodule:
        return NotRead(
            "it is in a submodule of git that is not checked out",
            "`git submodule update --init` restores its files",
        )
    return NotRead(
        "git leaves it out of this sparse checkout",
        "`git sparse-checkout disable` restores all files",
    )


def _index(top: Path, name: str = "index") -> bytes:
    try:
        index = own_git_folder(top) / name
        return b"" if os.path.islink(index) else read(index, "revision-bytes")
    except (NotRead, WrongUsage):
        return b""
