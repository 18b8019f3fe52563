"""Which folder is the dossier, and which of its files is what."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from claimpos.dossier.findings import shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import DossierNotFound

AGENDA = "agenda.yaml"
SOURCES = "sources.yaml"
PROPOSALS = "proposals"
VARIABLE = "CLAIMPOS_POSITIONS"

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(folder: str) -> Path:
    """A folder that ships with claimpos: inside the installed package, or beside it."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def find_dossier(named: Path | None = None) -> Path:
    """The dossier's folder: the one named, else the environment's, the nearest, the shipped one.

    The nearest is a folder `positions/` with an agenda.yaml, in the working directory or above.
    Raises DossierNotFound if a folder was named that holds no agenda.yaml.
    """
    variable = os.environ.get(VARIABLE)
    asked = named or (Path(variable) if variable else None)
    if asked is None:
        return next(_nearest(), None) or shipped("positions")
    if not os.path.isdir(asked):
        raise DossierNotFound(f"there is no folder {_shown(asked)}")
    if not os.path.exists(asked / AGENDA):
        raise DossierNotFound(f"the folder {_shown(asked)} holds no {AGENDA}, so it is no dossier")
    return asked


def party_files(folder: Path) -> list[Path]:
    """The files of a dossier that are parties, by name."""
    return [path for path in _yaml_files(folder) if path.name not in {AGENDA, SOURCES}]


def proposal_files(folder: Path) -> list[Path]:
    """The files of a dossier that are proposals, by name."""
    proposals = folder / PROPOSALS
    return _yaml_files(proposals) if os.path.isdir(proposals) else []


def over_limits(files: Iterable[Path]) -> tuple[str, str] | None:
    """What is wrong, and the remedy, if these are too many files for a dossier, or too large."""
    number = size = 0
    most, largest = limit("dossier-files"), limit("dossier-bytes")
    for path in files:
        number += 1
        with suppress(OSError):
            of_file = os.stat(path).st_size
            # A file that is itself too large is not read, and has a finding of its own.
            size += of_file if of_file <= limit("file-bytes") else 0
    if number > most:
        return f"the dossier has more than {most:,} files", how_to_raise("dossier-files")
    if size > largest:
        told = f"the files of the dossier are larger than {largest / 1e6:g} MB together"
        return told, how_to_raise("dossier-bytes")
    return None


def _yaml_files(folder: Path) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the folder {_shown(folder)} cannot be read: {reason}"
        raise DossierNotFound(message) from error
    return [
        folder / name
        for name in names
        if name.endswith((".yaml", ".yml")) and not name.startswith(".")
    ]


def _nearest() -> Iterator[Path]:
    try:
        start = Path.cwd()
    except OSError:  # somebody has deleted it
        return
    for folder in [start, *start.parents]:
        if os.path.isfile(folder / "positions" / AGENDA):
            yield folder / "positions"


def _shown(path: Path) -> str:
    return f"“{shown_path(path) if path.is_absolute() else path}”"
