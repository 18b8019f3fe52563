"""The files of a dossier: what each of them holds, or why it is not read."""

from __future__ import annotations

import re
from pathlib import Path

from claimpos.dossier.checkout import left_out
from claimpos.dossier.files import Contents, Folder, NotRead, elsewhere
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.locate import (
    AGENDA,
    PARTIES,
    PARTY,
    PIECES,
    PROPOSALS,
    SOURCES,
    is_folder,
    party_files,
    party_folders,
    piece_files,
    proposal_files,
)

# A folder ends in a slash.
_OF_A_DOSSIER = (
    rf"([^/.][^/]*\.ya?ml|{PROPOSALS}/([^/.][^/]*\.ya?ml)?|{PARTIES}/"
    rf"([^/.][^/]*/({re.escape(PARTY)}|({'|'.join(PIECES)})/([^/.][^/]*\.ya?ml)?)?)?)"
)

_LISTINGS = 3
"""How often a dossier is listed at most: anew if somebody joins or splits a party meanwhile."""


def read_all(path: Path) -> Contents:
    """Read every file of the dossier in a folder.

    Returns:
        The contents of each file by its name, or a NotRead: for a file that cannot be read or that
        git leaves out of a checkout; for a folder within, if a link leads out of the dossier; and
        for "" alone, if the files are too many, or too large together.

    Raises:
        DossierNotFound: The folder cannot be listed.
    """
    folder = Folder(path)
    for _ in range(_LISTINGS):
        own = party_files(path)
        names, away = _names(folder, path)
        if party_files(path) == own:
            break
    names = [AGENDA, SOURCES, *(file.name for file in own), *names]
    if refused := _beyond(len(names), 0):
        return {"": refused}
    contents: Contents = {}
    size = 0
    for name in names:
        content = contents[name] = folder.content(name)
        size += 0 if isinstance(content, NotRead) else len(content)
        if refused := _beyond(len(names), size):
            return {"": refused}
    contents |= {name: elsewhere() for name in away}
    return contents | {
        name.rstrip("/"): reason
        for name, reason in left_out(path, ends=("/", ".yaml", ".yml")).items()
        if re.fullmatch(_OF_A_DOSSIER, name)
    }


def _names(folder: Folder, path: Path) -> tuple[list[str], list[str]]:
    """The names of the files in folders of a dossier, and of the folders that lead elsewhere."""
    names: list[str] = []
    away: list[str] = []
    if _is_here(folder, path, PROPOSALS, away):
        names += [f"{PROPOSALS}/{file.name}" for file in proposal_files(path)]
    if _is_here(folder, path, PARTIES, away):
        for party in party_folders(path):
            names += _names_of_party(folder, path, party.name, away)
    return names, away


def beyond_limits(contents: Contents) -> NotRead | None:
    """Why a dossier with these files would not be read, if they are too many or too large."""
    held = [len(content) for content in contents.values() if isinstance(content, bytes)]
    return _beyond(len(held), sum(held))


def _beyond(files: int, size: int) -> NotRead | None:
    if files > limit("dossier-files"):
        reason = f"the dossier has more than {limit('dossier-files'):,} files"
        return NotRead(reason, how_to_raise("dossier-files"))
    if size > limit("dossier-bytes"):
        largest = limit("dossier-bytes") / 1_000_000
        reason = f"the files of the dossier are larger than {largest:g} MB together"
        return NotRead(reason, how_to_raise("dossier-bytes"))
    return None


def _is_here(folder: Folder, path: Path, name: str, away: list[str]) -> bool:
    """Whether the dossier holds a folder of this name; one that leads elsewhere joins `away`."""
    if folder.leads_out(name):
        away.append(name)
        return False
    if not is_folder(path / name):
        return False
    if not folder.holds(name):
        away.append(name)
        return False
    return True


def _names_of_party(folder: Folder, path: Path, party: str, away: list[str]) -> list[str]:
    """The names of the files of a party's folder, its party.yaml first."""
    home = f"{PARTIES}/{party}"
    if not _is_here(folder, path, home, away):
        return []
    names = [f"{home}/{PARTY}"]
    for piece in PIECES:
        if _is_here(folder, path, f"{home}/{piece}", away):
            files = piece_files(path / PARTIES / party, piece)
            names += [f"{home}/{piece}/{file.name}" for file in files]
    return names
