"""Finds the folder of the dossier, and tells its files apart by their names."""

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.files import NotRead, read, trusted_owners
from claimpos.dossier.findings import shown_path
from claimpos.errors import DossierNotFound

AGENDA = "agenda.yaml"
SOURCES = "sources.yaml"
PROPOSALS = "proposals"
PARTIES = "parties"
PARTY = "party.yaml"
PIECES = ("statements", "positions")
"""The folders within a party's folder; each holds what a single file has under the same key."""
VARIABLE = "CLAIMPOS_POSITIONS"

_LONGEST_LINK = 4096
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(folder: str) -> Path:
    """A folder that ships with claimpos: inside the installed package or, in a checkout, beside."""
    inside = _PACKAGE / folder
    return inside if os.path.isdir(inside) else _PACKAGE.parent / folder


def is_named(positions: Path | None) -> bool:
    """Whether the user names the dossier's folder: with the option, or in the environment."""
    return positions is not None or bool(os.environ.get(VARIABLE))


def find_dossier(named: Path | None = None) -> Path:
    """The dossier's folder: the one named, that of the environment, the nearest or the shipped one.

    Raises DossierNotFound if the folder named holds no agenda.yaml, and as `own` and `nearest` do.
    """
    variable = os.environ.get(VARIABLE)
    asked = named or (Path(variable) if variable else None)
    if asked is None:
        found = nearest().folder
        return shipped("positions") if found is None else own(found)
    own(asked)
    if not os.path.isdir(asked):
        raise DossierNotFound(f"there is no folder {_shown(asked)}{_why_missing(asked)}")
    if not os.path.exists(asked / AGENDA):
        raise _no_dossier(asked)
    return asked


def own(folder: Path) -> Path:
    """The folder itself; raises DossierNotFound if a link of a repository leads out of that to it.

    Whoever sent the repository would have chosen which of the user's dossiers is read, or changed.
    """
    from claimpos.dossier.links import leads_out, link_out

    if (link := link_out(folder)) is not None:
        raise DossierNotFound(leads_out(link))
    return folder


def _no_dossier(folder: Path, remedy: str = "") -> DossierNotFound:
    """The error for a folder without an agenda; or that of a folder where nobody can tell."""
    agenda = folder / AGENDA
    if is_there(agenda):
        return _to_nowhere(agenda)
    return DossierNotFound(
        f"the folder {_shown(folder)} holds no {AGENDA}, so it is not a dossier"
        + (_why_missing(agenda) or misnamed_agenda(folder) or remedy)
    )


def is_there(path: Path) -> bool:
    """Whether there is anything of this name.

    Raises DossierNotFound where the system does not say, as in a folder that the user may not
    search: what is there must not seem to be missing.
    """
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise unread("", path, error) from error
    return True


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name.

    Raises DossierNotFound for a link to nowhere, for a file, and where the system does not say.
    """
    try:
        if stat.S_ISDIR(os.stat(path).st_mode):
            return True
        raise DossierNotFound(
            f"{_shown(path)} is a file, where a dossier has a folder; git writes one in place of a "
            "link if it may not make links"
        )
    except (FileNotFoundError, NotADirectoryError):
        if os.path.islink(path):
            raise _to_nowhere(path) from None
        return False
    except OSError as error:
        raise unread("", path, error) from error


def was_link(file: Path) -> bool:
    """Whether git has written this file in place of a link, to judge by its text: a folder's path.

    So it does where it may not make links, as often on Windows.
    """
    try:
        text = read(file) if file.stat().st_size <= _LONGEST_LINK else b""
    except (NotRead, OSError):
        return False
    return bool(text) and os.path.isdir(file.parent / os.fsdecode(text))


def _to_nowhere(link: Path) -> DossierNotFound:
    return DossierNotFound(f"{_shown(link)} is a link to nowhere")


def unread(kind: str, path: Path, error: OSError) -> DossierNotFound:
    """The error for what the system does not let be read, with what `kind` of thing it is."""
    reason = (error.strerror or str(error)).lower()
    return DossierNotFound(f"{kind}{_shown(path)} cannot be read: {reason}")


def misnamed_agenda(folder: Path) -> str:
    """The end of a message: to rename an agenda whose name is slightly wrong; else empty."""
    likely = (f"{AGENDA.removesuffix('.yaml')}.yml", AGENDA)
    found = next((name for name in sorted(_names_in(folder)) if name.casefold() in likely), "")
    return f": rename {found} to {AGENDA}" if found else ""


def party_files(folder: Path) -> list[Path]:
    """The parties' files of a dossier, by name."""
    return [path for path in _yaml_files(folder) if path.name not in {AGENDA, SOURCES}]


def proposal_files(folder: Path) -> list[Path]:
    """The proposals' files of a dossier, by name."""
    proposals = folder / PROPOSALS
    return _yaml_files(proposals) if is_folder(proposals) else []


def file_of(party: str) -> str:
    """The name of a party's file; a party in a folder of its own is known under it, too."""
    return f"{party}.yaml"


def party_of(file: str) -> str:
    """The id of a party, by the name of its file or of a file in its folder."""
    first, *rest = file.split("/")
    return rest[0] if rest else first.removesuffix(".yaml")


def party_folders(folder: Path) -> list[Path]:
    """The folders of a dossier that hold a party each, by name."""
    parties = folder / PARTIES
    held = sorted(_names_in(parties)) if is_folder(parties) else []
    return [
        parties / name
        for name in held
        if not name.startswith(".") and _holds_a_party(parties / name)
    ]


def _holds_a_party(place: Path) -> bool:
    """Whether this is a folder of a party; a file is none if its name could be no party's."""
    may_be_one = re.fullmatch("[a-z0-9-]+", place.name)
    if not may_be_one and os.path.isfile(place):
        return False
    return is_folder(place) and is_there(place / PARTY)


def piece_files(party: Path, piece: str) -> list[Path]:
    """The files of a party's folder that hold statements, or positions, by name."""
    folder = party / piece
    return _yaml_files(folder) if is_folder(folder) else []


def _yaml_files(folder: Path) -> list[Path]:
    return [
        folder / name
        for name in sorted(_names_in(folder))
        if name.endswith((".yaml", ".yml")) and not name.startswith(".")
    ]


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError as error:
        raise unread("the folder ", folder, error) from error


class Nearest(NamedTuple):
    """The search for the nearest dossier.

    Attributes:
        folder: The dossier's folder, if one was found.
        is_above: Whether it lies above the working directory.
        others: Nearer dossiers, passed over because they belong to another user.
    """

    folder: Path | None
    is_above: bool = False
    others: Sequence[Path] = ()


def nearest() -> Nearest:
    """The nearest folder `positions/` with an agenda.yaml, in the working directory or above.

    In a shared folder such as /tmp, anybody may have put one there. So only those count whose
    folder and agenda belong to the user, to root, or to the owner of the working directory. (As a
    dossier runs nothing, all that is at stake is which positions are shown.)

    Raises DossierNotFound if the working directory itself is one of another name, or cannot be
    reached; for a nearer one that git has left out of a sparse checkout; and for a folder
    `positions/` of theirs that holds YAML but no agenda.yaml, cannot be searched, is a link to
    nowhere, or is a file in place of a link: it may be a dossier, and none of another place may
    stand in for it.
    """
    start, owners = _working_directory()
    others: list[Path] = []
    for folder in [start, *start.parents]:
        positions = folder / "positions"
        agenda = positions / AGENDA
        if not _is_theirs(positions, owners):
            others += [positions] if os.path.isfile(agenda) else []
        elif not os.path.isfile(agenda):
            if is_there(agenda) or _yaml_files(positions):
                raise _no_dossier(positions, "; if it is something else, name one with --positions")
        elif _belongs_to(owners, agenda):
            return Nearest(positions, start not in (folder, positions), others)
        else:
            others.append(positions)
        if why := _why_missing(agenda):
            raise DossierNotFound(f"there is no file {_shown(agenda)}{why}")
    if is_of(owners, start / AGENDA):
        raise DossierNotFound(
            f"this folder holds an {AGENDA}, but is not called “positions”; if it is the dossier, "
            "name it with `--positions .`"
        )
    return Nearest(None, others=others)


def _working_directory() -> tuple[Path, set[int]]:
    """The working directory, and whose files in it and above count; raises DossierNotFound.

    It may have been deleted, or lie in a folder that the user may not search.
    """
    try:
        start = Path.cwd()
        return start, trusted_owners(start)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DossierNotFound(
            f"the working directory cannot be reached: {reason}; change to another folder, or name "
            "a dossier with --positions"
        ) from error


def _is_theirs(folder: Path, owners: set[int]) -> bool:
    """Whether there is such a folder, and it belongs to these owners, as does a link to it.

    Raises DossierNotFound if it is theirs and leads nowhere, git has written a file in its place,
    or the system does not say where.
    """
    try:
        owner = os.lstat(folder).st_uid
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise unread("", folder, error) from error
    if owner not in owners or (os.path.isfile(folder) and not was_link(folder)):
        return False
    return is_folder(folder) and _belongs_to(owners, folder)


def _belongs_to(owners: set[int], *paths: Path) -> bool:
    """Whether files and folders belong to these owners, as do links to them."""
    try:
        return owners >= {status(path).st_uid for path in paths for status in (os.lstat, os.stat)}
    except OSError:  # somebody has just deleted it
        return False


def is_of(owners: set[int], path: Path) -> bool:
    """Whether there is anything of this name, and belongs to one of these owners."""
    try:
        return os.lstat(path).st_uid in owners
    except OSError:
        return False


def _shown(path: Path) -> str:
    return f"“{shown_path(path)}”"


def _why_missing(path: Path) -> str:
    from claimpos.dossier.checkout import why_missing

    return why_missing(path)
