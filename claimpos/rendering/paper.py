"""Documents on paper: what files for Word and PDF have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from claimpos.rendering.chapters import by_section, turned
from claimpos.rendering.columns import Page, fitted
from claimpos.rendering.document import (
    SIGNS,
    Block,
    Chart,
    Document,
    Heading,
    Item,
    Numbered,
    Span,
    Table,
    Text,
    initial,
)
from claimpos.rendering.renderer import Renderer
from claimpos.rendering.shades import MONTH, NOW, SHADES

Cell = TypeVar("Cell")
"""A cell of a table, as the target has it."""


def title_of(document: Document) -> str:
    """What the file is called: the first heading; empty without one."""
    return next((one.text for one in document.headings()), "")


def before_number(title: str) -> str:
    """What stands at the foot of each page before its number."""
    return f"{title} · page " if title else "page "


class Paper(Renderer, Generic[Cell]):
    """Blocks on pages; a table that is too wide for a page lies on its side, with its section."""

    between = ""
    """What stands between two blocks in the target."""

    def __init__(self, style: str, page: Page) -> None:
        super().__init__(style)
        self.page = page
        self.below_heading = False
        """Whether the block before was a heading; a paragraph there is kept with what follows."""
        self._sideways: bool | None = None

    @abstractmethod
    def table_cell(self, text: Text) -> Cell:
        """A cell; each line in it is a paragraph, and where a verdict stands alone it is shaded."""

    @abstractmethod
    def sign(self, sign: str, shade: str = "") -> Cell:
        """A narrow cell with one sign in its middle."""

    @abstractmethod
    def drawn(
        self, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: Sequence[float]
    ) -> str:
        """A table, its columns as wide as this, in points; the head is repeated on each page."""

    def chapters(self, document: Document) -> list[tuple[str, bool]]:
        """The document in parts, each with whether it is printed on pages on their sides."""
        return turned(map(self._part_of, by_section(document.blocks)), self.between)

    def _part_of(self, blocks: Sequence[Block]) -> tuple[str, bool | None]:
        self._sideways = None
        return self.blocks(blocks), self._sideways

    def blocks(self, blocks: Iterable[Block]) -> str:
        return self.between.join(filter(None, map(self.block, blocks)))

    def block(self, block: Block) -> str:
        told = super().block(block)
        self.below_heading = isinstance(block, Heading)
        return told

    def facts(self, texts: Iterable[Text]) -> str:
        return self.between.join(map(self.paragraph, texts))

    def numbered(self, numbered: Numbered) -> str:
        title = self.paragraph(Span(f"{numbered.number}. {numbered.title}", "strong"))
        points = self.list([Item(point) for point in numbered.points])
        return self.between.join([title, *map(self.paragraph, numbered.texts), points])

    def table(self, table: Table) -> str:
        form, widths, sideways = fitted(table, self.page)
        self._sideways = bool(self._sideways) or sideways
        head = [self.table_cell(Span(name, "strong")) for name in form.header]
        return self.drawn(head, [[*map(self.table_cell, row)] for row in form.rows], widths)

    def chart(self, chart: Chart) -> str:
        """A picture: a cell for each point in time, shaded, with the sign of its verdict."""
        months = [MONTH] * len(chart.points)
        widths = [self.page.upright - sum(months) - NOW, *months, NOW]
        title, now = (self.table_cell(Span(chart.header[at], "strong")) for at in (0, 2))
        head = [title, *(self.sign(initial(point)) for point in chart.points), now]
        rows = [
            [
                self.table_cell(trend.title),
                *(self.sign(SIGNS[one], SHADES[one]) for one in trend.verdicts),
                self.table_cell(trend.now),
            ]
            for trend in chart.rows
        ]
        return self.drawn(head, rows, widths)
