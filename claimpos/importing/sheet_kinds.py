"""The sheets of a workbook with one for each kind of piece: their names and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from claimpos.importing.cells import FIELDS, STANCE, Piece

# What lines say of issues and of their own statements where there are no sheets for these.
_ELSEWHERE = frozenset({"options", "items", STANCE})
_CITING = frozenset({"evidence", "evidence_for", "against", "context"})


class SheetKind(NamedTuple):
    """What the lines of a sheet describe.

    Attributes:
        keys: The columns that identify what a line describes; they come first.
        columns: All columns.
    """

    keys: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which a sheet is not of this kind; a day may be given for all."""
        return frozenset(self.keys) - {"since"}


def _kind(piece: Piece, keys: tuple[str, ...], *others: str) -> SheetKind:
    """The sheet of a kind of piece: its keys, the piece's other fields, and some of others."""
    own = [
        field
        for field, held in FIELDS.items()
        if held.piece == piece and field not in {*_ELSEWHERE, *_CITING, *keys}
    ]
    return SheetKind(keys, (*keys, *own, *others))


SHEETS: Mapping[str, SheetKind] = {
    "dossier": _kind("dossier", ("dossier",)),
    "groups": _kind("group", ("group",)),
    "issues": _kind("issue", ("issue",), "group"),
    "options": _kind("option", ("issue", "option")),
    "items": _kind("item", ("issue", "item")),
    "parties": _kind("party", ("party",)),
    "speakers": _kind("speaker", ("party", "speaker")),
    "offers": _kind("offer", ("party", "offer")),
    "sources": _kind("source", ("source",)),
    "statements": _kind("statement", ("party", "statement"), "source", "speaker"),
    "positions": _kind(
        "entry", ("party", "issue", "since"), "offer", "evidence", "against", "context"
    ),
    "proposals": _kind("proposal", ("proposal",), "source"),
    "terms": _kind("term", ("proposal", "issue")),
    "answers": _kind("answer", ("party", "proposal", "since"), "until", "evidence"),
}
"""The kinds by the names of their sheets, in the order in which they are written and read."""
