"""What a search has found: what it is, whose, of which day, and a line of context.

For JSON, see schemas/search.schema.json.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from claimpos.dossier.model import Dossier
from claimpos.dossier.search import Context, Hit, Kind, Query
from claimpos.rendering.data import Rows
from claimpos.rendering.document import Document, Item, List, MarkedText, Paragraph, Text
from claimpos.wording.dossier_texts import one_line
from claimpos.wording.grammar import counted
from claimpos.wording.names import joined, written_date

FORMAT = "claimpos.search/1"

_KINDS: dict[Kind, tuple[str, str]] = {
    "issue": ("issue", "issues"),
    "statement": ("statement", "statements"),
    "source": ("source", "sources"),
}
_AROUND = 60
"""How many characters of the context are shown on either side of what was found first."""


def search_document(hits: Sequence[Hit], dossier: Dossier) -> Document:
    """What was found, for people to read."""
    numbers = Counter(hit.kind for hit in hits)
    parts = [counted(numbers[kind], *_KINDS[kind]) for kind in _KINDS if numbers[kind]]
    if not parts:
        return Document([Paragraph("Nothing was found.")])
    items = [Item(_head(hit, dossier), [Item(_context(hit.context), dash=True)]) for hit in hits]
    return Document([Paragraph(f"{joined(parts)}."), List(items)])


def _head(hit: Hit, dossier: Dossier) -> Text:
    parts = [_KINDS[hit.kind][0]]
    if hit.party:
        parts.append(dossier.parties[hit.party].label)
    if hit.day is not None:
        parts.append(written_date(hit.day))
    return (MarkedText(hit.id, "strong"), f" ({', '.join(parts)})")


def _context(context: Context) -> Text:
    """The stretch of the field around what was found first, with what was found marked."""
    start, end = _stretch(context)
    parts: list[str | MarkedText] = ["…" if start else ""]
    at = start
    for first, last in _joined_marks(context.marks):
        if first < at or last > end:
            continue
        parts += [_plain(context.text[at:first]), MarkedText(context.text[first:last], "strong")]
        at = last
    parts += [_plain(context.text[at:end]), "…" if end < len(context.text) else ""]
    quoted = context.field in {"quote", "quote-original"}
    return ("“", *parts, "”") if quoted else tuple(parts)


def _stretch(context: Context) -> tuple[int, int]:
    """Where the shown part of the field begins and ends, at the bounds of words."""
    text = context.text
    first, last = context.marks[0] if context.marks else (0, 0)
    start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    if start:
        start = min(text.find(" ", start, first) + 1 or first, first)
    if end < len(text):
        end = max(text.rfind(" ", last, end), last)
    return start, end


def _joined_marks(marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The marks, except those within another one."""
    end = -1
    for first, last in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if first >= end:
            yield first, last
            end = last


def _plain(text: str) -> str:
    return " ".join(text.split("\n"))


def search_report(hits: Sequence[Hit], asked: Query, dossier: Dossier) -> dict[str, Any]:
    """What was found as plain data."""
    return {
        "format": FORMAT,
        "dossier": dossier.title,
        "words": list(asked.stems),
        "phrases": list(asked.phrases),
        "hits": [
            {
                "kind": hit.kind,
                "id": hit.id,
                **({"party": hit.party} if hit.party else {}),
                **({} if hit.day is None else {"day": hit.day.text}),
                "field": hit.context.field,
                "text": hit.context.text,
                "marks": [list(mark) for mark in hit.context.marks],
            }
            for hit in hits
        ],
    }


def search_rows(hits: Sequence[Hit]) -> Rows:
    """One line for each thing that was found."""
    rows = [
        [
            hit.kind,
            hit.id,
            hit.party,
            "" if hit.day is None else hit.day.text,
            hit.context.field,
            one_line(hit.context.text),
        ]
        for hit in hits
    ]
    return ("kind", "id", "party", "day", "field", "context"), rows
