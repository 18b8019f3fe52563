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
    mapping,
    one_of,
    optional_text,
    sequence,
    text,
    texts,
)

STATUSES = ("official", "draft", "leaked", "press")
TRANSLATIONS = ("none", "translated", "back-translated")

_URL = re.compile(r"https?://[^ \t\r\n\"<>]+\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_MOST_PARAGRAPHS = 999_999
_FILE = frozenset({"sources"})
_REQUIRED = frozenset({"title", "publisher", "date", "status"})
_ALLOWED = _REQUIRED | {
    *("authors", "url", "archived", "language", "translation", "note"),
    *("paragraphs", "no-position"),
}


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
        archived=optional_text(found, "archived", _URL),
        paragraphs=_paragraph(found["paragraphs"]) if "paragraphs" in found else 0,
        no_position=_no_position(found, reading) if "no-position" in found else (),
    )


def _paragraph(node: Node) -> int:
    """The number of a paragraph, or how many there are."""
    if not isinstance(node, int) or isinstance(node, bool) or not 1 <= node <= _MOST_PARAGRAPHS:
        raise Misshapen
    return node


def _no_position(found: Map, reading: Reading) -> tuple[tuple[str, tuple[int, ...]], ...]:
    by_reason = mapping(found["no-position"])
    marked = []
    for reason in by_reason:
        text(reason)
        reading.check_length(by_reason.key_at, reason, reason, "a reason")
        numbers = tuple(map(_paragraph, sequence(by_reason[reason])))
        if len(set(numbers)) < len(numbers):
            raise Misshapen
        marked.append((reason, numbers))
    return tuple(marked)
