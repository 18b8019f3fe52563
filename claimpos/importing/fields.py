"""The columns of a table: what each field is about, and how its cells are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from claimpos.dossier.model import BASES
from claimpos.dossier.reading.party import PRIORITIES, ROLES
from claimpos.dossier.reading.sources import STATUSES, TRANSLATIONS
from claimpos.importing.cells import (
    read_flag,
    read_list,
    read_number,
    read_titles,
    shortened,
)
from claimpos.importing.import_log import LeftOut

Piece = Literal["dossier", "group", "issue", "party", "entry", "statement", "speaker", "source"]

STANCE = "stance"
VERBS = ("demands", "proposes", "accepts", "refuses")
SAYING = frozenset({*VERBS, STANCE, "reserves"})
"""The fields of which a position needs one."""

_URL = re.compile(r"https?://[^ \t\r\n\"<>]+\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


class Field(NamedTuple):
    """A field: the piece of a dossier it belongs to, its key there, and how a cell is read.

    Dates and outcomes are read elsewhere: a date needs to know the order of day and month, an
    outcome its issue.
    """

    piece: Piece
    key: str
    read: Callable[[str], Any] = str


def _one_of(*words: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell.lower() not in words:
            raise LeftOut(f"“{shortened(cell)}” is none of {', '.join(words)}")
        return cell.lower()

    return read


def _like(pattern: re.Pattern[str], what: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if not pattern.match(cell):
            raise LeftOut(f"“{shortened(cell)}” is no {what}")
        return cell

    return read


FIELDS: Mapping[str, Field] = {
    "dossier": Field("dossier", "title"),
    "group": Field("group", "id"),
    "group_title": Field("group", "title"),
    "issue": Field("issue", "id"),
    "title": Field("issue", "title"),
    "question": Field("issue", "question"),
    "kind": Field("issue", "kind", _one_of("choice", "items", "quantity")),
    "options": Field("issue", "options", read_titles),
    "items": Field("issue", "items", read_titles),
    "unit": Field("issue", "unit"),
    "integer": Field("issue", "integer", read_flag),
    "minimum": Field("issue", "minimum", read_number),
    "maximum": Field("issue", "maximum", read_number),
    "issue_note": Field("issue", "note"),
    "party": Field("party", "id"),
    "name": Field("party", "name"),
    "short": Field("party", "short"),
    "aliases": Field("party", "aliases", read_list),
    "members": Field("party", "members", read_list),
    "speaks_for_members": Field("party", "speaks-for-members", read_flag),
    "party_role": Field("party", "role", _one_of(*ROLES)),
    "party_note": Field("party", "note"),
    "since": Field("entry", "since"),
    "until": Field("entry", "until"),
    "standing": Field("entry", "standing", read_flag),
    "demands": Field("entry", "demands"),
    "proposes": Field("entry", "proposes"),
    "accepts": Field("entry", "accepts"),
    "refuses": Field("entry", "refuses"),
    "item": Field("entry", "item"),
    STANCE: Field("entry", STANCE),
    "reserves": Field("entry", "reserves"),
    "interest": Field("entry", "interest"),
    "priority": Field("entry", "priority", _one_of(*PRIORITIES)),
    "note": Field("entry", "note"),
    "statement": Field("statement", "id"),
    "against": Field("statement", "against", read_flag),
    "said": Field("statement", "said"),
    "basis": Field("statement", "basis", _one_of(*BASES)),
    "summary": Field("statement", "summary"),
    "quote": Field("statement", "quote"),
    "locator": Field("statement", "locator"),
    "statement_note": Field("statement", "note"),
    "speaker": Field("speaker", "id"),
    "speaker_name": Field("speaker", "name"),
    "role": Field("speaker", "role"),
    "outside": Field("speaker", "outside", read_flag),
    "source": Field("source", "id"),
    "source_title": Field("source", "title"),
    "publisher": Field("source", "publisher"),
    "source_date": Field("source", "date"),
    "status": Field("source", "status", _one_of(*STATUSES)),
    "authors": Field("source", "authors", read_list),
    "url": Field("source", "url", _like(_URL, "address")),
    "language": Field("source", "language", _like(_LANGUAGE, "code of a language, such as en")),
    "translation": Field("source", "translation", _one_of(*TRANSLATIONS)),
    "source_note": Field("source", "note"),
}

DATES = frozenset({"since", "until", "said", "source_date"})

LISTS = frozenset(VERBS) | {
    field for field, held in FIELDS.items() if held.read in {read_list, read_titles}
}
"""The fields whose cells may hold lists."""
