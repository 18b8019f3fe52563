"""Additions to a party that has a folder: each goes into the small file that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from claimpos.curating.file_edits import Insertion
from claimpos.dossier.locate import PARTIES, PARTY, PIECES, file_of, party_of
from claimpos.dossier.party_folder import home_of

DataOf = Callable[[str], Any]
"""The data of a file, by its name."""


def files_of_folder(party_file: str, names: Iterable[str]) -> list[str]:
    """The files of the folder that stands for a party's file; none if the party has a file."""
    names = [*names]
    if party_file in names:
        return []
    homes = ((name, home_of(name)) for name in names)
    return [name for name, home in homes if home and file_of(home.party) == party_file]


def joined_data(files: Iterable[str], data_of: DataOf) -> dict[str, Any]:
    """The data of a party's folder, as its single file would hold it."""
    whole: dict[str, Any] = {}
    pieces: dict[str, dict[str, Any]] = {piece: {} for piece in PIECES}
    for name in files:
        home = home_of(name)
        if home is not None and home.piece:
            pieces[home.piece] |= data_of(name)
        else:
            whole = {**data_of(name)}
    return whole | {piece: {**(whole.get(piece) or {}), **some} for piece, some in pieces.items()}


def in_folder(
    party_file: str, files: Iterable[str], insertion: Insertion, data_of: DataOf
) -> Iterator[tuple[str, Insertion]]:
    """What an addition to a party's file becomes in its folder: the file, and what is put in.

    A statement, and an issue without a position so far, gets a file of its own, which may be new.
    """
    folder = f"{PARTIES}/{party_of(party_file)}"
    first, *rest = insertion.path or [""]
    if first not in PIECES:
        after = insertion.after if insertion.after in data_of(f"{folder}/{PARTY}") else None
        kept = insertion.after if insertion.path else after
        yield f"{folder}/{PARTY}", Insertion(insertion.path, insertion.held, kept)
    elif rest:
        of_piece = [name for name in files if name.startswith(f"{folder}/{first}/")]
        holders = [name for name in of_piece if rest[0] in data_of(name)]
        for name in holders[:1]:
            yield name, Insertion(rest, insertion.held, insertion.after)
        if not holders:
            yield f"{folder}/{PARTY}", Insertion(insertion.path, insertion.held, insertion.after)
    elif isinstance(insertion.held, Mapping):
        for key, value in insertion.held.items():
            yield f"{folder}/{first}/{key}.yaml", Insertion([], {key: value})
