"""From paths on a command line to the dossiers to check, and which files to tell of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.findings import shown_path
from claimpos.dossier.locate import AGENDA, PROPOSALS, find_dossier
from claimpos.errors import NothingToCheck, WrongUsage


class Target(NamedTuple):
    """A dossier's folder, and the files to tell of; None means all."""

    folder: Path
    files: frozenset[Path] | None = None


def targets(paths: Sequence[Path], named: Path | None) -> list[Target]:
    """The dossiers that the paths mean: a folder is one, or holds some; a file is part of one.

    Without a path, the dossier that every command finds. Raises WrongUsage for a path that does
    not exist, NothingToCheck where the paths hold no file of a dossier.
    """
    if not paths:
        return [Target(find_dossier(named))]
    whole: dict[Path, None] = {}
    files: dict[Path, set[Path]] = {}
    for path in paths:
        if os.path.isdir(path):
            whole |= dict.fromkeys(dossiers_below(path))
        elif not os.path.lexists(path):
            raise WrongUsage(f"there is no file or folder “{shown_path(path)}”")
        elif is_yaml(path):
            folder, file = in_dossier(path)
            files.setdefault(folder, set()).add(file)
    found = [Target(folder) for folder in whole]
    found += [
        Target(folder, frozenset(some)) for folder, some in files.items() if folder not in whole
    ]
    if not found:
        shown = ", ".join(f"“{shown_path(path)}”" for path in paths)
        raise NothingToCheck(f"nothing to check: there is no {AGENDA} at or below {shown}")
    return found


def is_yaml(path: Path) -> bool:
    """Whether a file may be part of a dossier, by its name."""
    return path.suffix in {".yaml", ".yml"} and not path.name.startswith(".")


def dossiers_below(folder: Path) -> Iterable[Path]:
    """The folder if it is a dossier, else every dossier below it that is not hidden."""
    if os.path.lexists(folder / AGENDA):
        return [folder]
    found = []
    for name, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        if AGENDA in files:
            found.append(Path(name))
            folders.clear()
    return found


def in_dossier(file: Path) -> tuple[Path, Path]:
    """The dossier that a file belongs to, and its path there: of a proposal, the folder above."""
    folder = file.parent
    if folder.absolute().name != PROPOSALS or os.path.lexists(folder / AGENDA):
        return folder, file
    above = folder.parent if folder.name else Path("..")
    return above, above / PROPOSALS / file.name
