"""Which folder is the dossier, and which of its files is what."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from claimpos.dossier.checkout import why_missing
from claimpos.dossier.findings import shown_path
from claimpos.errors import DossierNotFound
from claimpos.records import NamedTuple

AGENDA = "agenda.yaml"
SOURCES = "sources.yaml"
PROPOSALS = "proposals"
PARTIES = "parties"
PARTY = "party.yaml"
PIECES = ("statements", "positions")
"""The folders within a party's folder, each for what stands under that key in a single file."""
VARIABLE = "CLAIMPOS_POSITIONS"

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(folder: str) -> Path:
    """A folder that ships with claimpos: inside the installed package, or beside it."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def find_dossier(named: Path | None = None) -> Path:
    """The dossier's folder: the one named, else the environment's, the nearest, the shipped one.

    The nearest is a folder `positions/` with an agenda.yaml, in the working directory or above;
    see `nearest`.
    Raises DossierNotFound if a folder was named that holds no agenda.yaml, and if git leaves the
    nearest out of a sparse checkout.
    """
    variable = os.environ.get(VARIABLE)
    asked = named or (Path(variable) if variable else None)
    if asked is None:
        return nearest().folder or shipped("positions")
    if not os.path.isdir(asked):
        raise DossierNotFound(f"there is no folder {_shown(asked)}{why_missing(asked)}")
    if not os.path.exists(asked / AGENDA):
        raise DossierNotFound(
            f"the folder {_shown(asked)} holds no {AGENDA}, so it is not a dossier"
            + (why_missing(asked / AGENDA) or misnamed_agenda(asked))
        )
    return asked


def misnamed_agenda(folder: Path) -> str:
    """What to do about an agenda under a slightly different name, if a folder has one."""
    likely = (f"{AGENDA.removesuffix('.yaml')}.yml", AGENDA)
    found = next((name for name in sorted(_names_in(folder)) if name.casefold() in likely), "")
    return f": rename {found} to {AGENDA}" if found else ""


def party_files(folder: Path) -> list[Path]:
    """The files of a dossier that are parties, by name."""
    return [path for path in _yaml_files(folder) if path.name not in {AGENDA, SOURCES}]


def proposal_files(folder: Path) -> list[Path]:
    """The files of a dossier that are proposals, by name."""
    proposals = folder / PROPOSALS
    return _yaml_files(proposals) if os.path.isdir(proposals) else []


def file_of(party: str) -> str:
    """The name of a party's file, under which it is known even if it is a folder of many."""
    return f"{party}.yaml"


def party_of(file: str) -> str:
    """The id of the party that a file would be of: its own file, or one of its folder."""
    first, *rest = file.split("/")
    return rest[0] if rest else first.removesuffix(".yaml")


def party_folders(folder: Path) -> list[Path]:
    """The folders of a dossier that hold a party each, by name."""
    parties = folder / PARTIES
    held = sorted(_names_in(parties)) if os.path.isdir(parties) else []
    return [
        parties / name
        for name in held
        if not name.startswith(".") and os.path.lexists(parties / name / PARTY)
    ]


def piece_files(party: Path, piece: str) -> list[Path]:
    """The files of a party's folder that hold statements, or positions, by name."""
    folder = party / piece
    return _yaml_files(folder) if os.path.isdir(folder) else []


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
        reason = (error.strerror or str(error)).lower()
        message = f"the folder {_shown(folder)} cannot be read: {reason}"
        raise DossierNotFound(message) from error


class Nearest(NamedTuple):
    """The nearest dossier, if any, whether it lies above, and those of others that were nearer."""

    folder: Path | None
    is_above: bool = False
    others: Sequence[Path] = ()


def nearest() -> Nearest:
    """The nearest folder `positions/` with an agenda.yaml, in the working directory or above.

    In a shared folder above, such as /tmp, anybody may have put one: only those count whose folder
    and agenda belong to the user, to root, or to the owner of the working directory. (As root in
    a container one works in another user's checkout; whoever works in somebody's folder has
    chosen to. A dossier runs nothing, so all that is at stake is which positions are shown.)

    Raises DossierNotFound where there is none but one that git leaves out of a sparse checkout.
    """
    try:
        start = Path.cwd()
        owners = {os.stat(start).st_uid, 0}
    except OSError:  # somebody has deleted it
        return Nearest(None)
    if os.name == "posix":
        owners.add(os.geteuid())
    others: list[Path] = []
    for folder in [start, *start.parents]:
        positions = folder / "positions"
        if os.path.isfile(positions / AGENDA):
            if _belongs_to(owners, positions):
                return Nearest(positions, start not in (folder, positions), others)
            others.append(positions)
    for folder in [start, *start.parents]:
        agenda = folder / "positions" / AGENDA
        if told := why_missing(agenda):
            raise DossierNotFound(f"there is no file {_shown(agenda)}{told}")
    return Nearest(None, others=others)


def _belongs_to(owners: set[int], positions: Path) -> bool:
    """Whether a dossier's folder and agenda, and the links that they may be, are all of these."""
    try:
        return owners >= {
            status(path).st_uid
            for path in (positions, positions / AGENDA)
            for status in (os.lstat, os.stat)
        }
    except OSError:  # somebody has just deleted it
        return False


def _shown(path: Path) -> str:
    return f"“{shown_path(path) if path.is_absolute() else path}”"
