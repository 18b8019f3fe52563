"""Deals as a briefing's templates receive them: the report's headings, lines and tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from claimpos.deals.search import Deals
from claimpos.rendering.deals import answer_in_words, body_blocks, closing, opening
from claimpos.rendering.document import (
    Block,
    Group,
    Heading,
    Numbered,
    Paragraph,
    Table,
    paragraphs,
    plain,
)


def deals_data(deals: Deals) -> dict[str, Any]:
    """The answer, and what people read of it, as blocks in the order of the report."""
    _who_and_when, *terms = opening(deals)  # the briefing's head has said it
    blocks = [paragraphs(terms), *body_blocks(deals), paragraphs(closing(deals))]
    return {
        "answer": deals.answer,
        "answer_in_words": answer_in_words(deals),
        "proved": deals.proved,
        "blocks": [data for block in blocks for data in block_data(block)],
    }


def block_data(block: Block) -> Iterable[dict[str, Any]]:
    """A block in the parts that templates know.

    In the text of a cell a line end parts what stands on lines of its own.
    """
    match block:
        case Group(blocks):
            for one in blocks:
                yield from block_data(one)
        case Heading(text):
            yield _part("heading", text)
        case Paragraph(text):
            yield _part("line", plain(text))
        case Numbered(number, title, texts, points):
            yield _part("subheading", f"{number}. {title}")
            for text in texts:
                yield _part("line", text)
            yield _part("points", points=list(points))
        case Table(header, rows):
            yield _part("table", header=list(header), rows=[list(row) for row in rows])


def _part(kind: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "points": [], "header": [], "rows": [], **more}
