"""Deals as a briefing's templates receive them: the report's headings, lines and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claimpos.deals.search import Deals
from claimpos.rendering.deals import answer_in_words, closing, opening, sections
from claimpos.rendering.layout import Layout
from claimpos.rendering.text import Paint


def deals_data(deals: Deals) -> dict[str, Any]:
    """The answer, and what people read of it, as blocks in the order of the report."""
    outline = _Outline()
    _who_and_when, *terms = opening(deals)  # the briefing's head has said it
    outline.lines(terms)
    blocks = outline.taken()
    for section in sections(deals, False, outline):
        below = outline.taken()
        outline.title(section.title)
        blocks += [*outline.taken(), *below]
    outline.lines(closing(deals))
    return {
        "answer": deals.answer,
        "answer_in_words": answer_in_words(deals),
        "proved": deals.proved,
        "blocks": [*blocks, *outline.taken()],
    }


class _Outline(Layout):
    """A layout that keeps what is laid out, in order, and leaves the form to a template.

    In the text of a cell a line end parts what stands on lines of its own.
    """

    def __init__(self) -> None:
        super().__init__("plain", 80, Paint(on=False))
        self.blocks: list[dict[str, Any]] = []

    def taken(self) -> list[dict[str, Any]]:
        """What was laid out since the last call."""
        blocks, self.blocks = self.blocks, []
        return blocks

    def _keep(self, kind: str, text: str = "", **more: Any) -> str:
        block = {"kind": kind, "text": text, "points": [], "header": [], "rows": []}
        self.blocks.append(block | more)
        return ""

    def title(self, text: str, *colours: str) -> str:
        return self._keep("heading", text)

    def line(self, text: str) -> str:
        return self._keep("line", text)

    def lines(self, texts: Iterable[str]) -> str:
        return "".join(map(self.line, texts))

    def numbered(self, number: str, head: str, told: Iterable[str], points: Iterable[str]) -> str:
        self._keep("subheading", f"{number}. {head}")
        self.lines(told)
        return self._keep("points", points=list(points))

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return self._keep("table", header=list(header), rows=[list(row) for row in rows])

    def list(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return self.table(header, rows)
