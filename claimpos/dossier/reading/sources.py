"""sources.yaml: the documents that statements come from."""

from __future__ import annotations

import re

from claimpos.dossier.model import Source
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    fields,
    one_of,
    optional_text,
    texts,
)

STATUSES = ("official", "draft", "leaked", "press")
TRANSLATIONS = ("none", "translated", "back-translated")

_URL = re.compile(r"https?://[^ \t\r\n\"<>]+\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_FILE = frozenset({"sources"})
_REQUIRED = frozenset({"title", "publisher", "date", "status"})
_ALLOWED = _REQUIRED | {"authors", "url", "language", "translation", "note"}


def read_sources(node: Node, reading: Reading) -> Register[Source]:
    """The sources by id; what the file holds wrongly is noted in `reading`."""
    try:
        found = fields(node, _FILE, _FILE)
        return reading.each(found["sources"], lambda at, key: _source(at, key, reading))
    except Misshapen:
        reading.misshapen = True
        return Register()


def _source(holder: Map, key: str, reading: Reading) -> Source:
    found = fields(holder[key], _REQUIRED, _ALLOWED)
    translation = one_of(found["translation"], TRANSLATIONS) if "translation" in found else ""
    return Source(
        id=key,
        title=reading.title(found, "title"),
        publisher=reading.title(found, "publisher"),
        date=reading.date(found, "date"),
        status=one_of(found["status"], STATUSES),
        authors=texts(found, "authors"),
        url=optional_text(found, "url", _URL),
        language=optional_text(found, "language", _LANGUAGE),
        translation=translation,
        note=optional_text(found, "note"),
    )
