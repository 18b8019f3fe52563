"""Headings, lines, lists and tables of a report, in whatever style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.dossier.model import Cell, Dossier
from claimpos.rendering.tables import LIGHT, TERMINAL, fitted, heading, paragraph
from claimpos.rendering.text import Paint, wrapped
from claimpos.wording.names import Words

_BULLET = {"github": "- {}"}
_STRONG = {"github": "**{}**", "html": "<strong>{}</strong>"}


class Layout:
    """How the parts of a report look in a style: plain and wrapped in a terminal, else markup."""

    def __init__(self, style: str, width: int, paint: Paint) -> None:
        self.style = style
        self.width = width
        self.paint = paint
        self.terminal = style == TERMINAL

    def title(self, text: str, *colours: str) -> str:
        if self.terminal:
            return self.paint(wrapped(text, self.width), "bold", *colours)
        return heading(text, self.style)

    def section(self, text: str, *colours: str) -> str:
        return self.title(text.upper() if self.terminal else text, *colours)

    def line(self, text: str) -> str:
        return wrapped(text, self.width) if self.terminal else paragraph(text, self.style)

    def lines(self, texts: Iterable[str]) -> str:
        return self.together(map(self.line, texts))

    def together(self, blocks: Iterable[str]) -> str:
        """Blocks that stand below each other without an empty line, where the style allows that."""
        return ("\n" if self.terminal else "\n\n").join(blocks)

    def numbered(self, number: str, head: str, told: Iterable[str], points: Iterable[str]) -> str:
        """A numbered heading with lines and points below it."""
        if not self.terminal:
            title = paragraph(head, self.style, f"{number}. ")
            listed = [_BULLET.get(self.style, "{}").format(self.line(one)) for one in points]
            ends = "\n" if self.style in _BULLET else "\n\n"
            parts = [_STRONG.get(self.style, "{}").format(title), *map(self.line, told)]
            return "\n\n".join([*parts, ends.join(listed)])
        lines = [wrapped(line, self.width, "   ", "   ") for line in told]
        lines += [wrapped(point, self.width, "   - ", "     ") for point in points]
        title = wrapped(f"{number}. {head}", self.width, hanging="   ")
        return "\n".join([self.paint(title, "bold"), *lines])

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return fitted(header, rows, self.style, self.width)

    def list(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """A table of short rows."""
        return fitted(header, rows, LIGHT if self.terminal else self.style, self.width)


def cells_title(dossier: Dossier, cells: Sequence[Cell]) -> str:
    """Cells of one issue as they stand in a table: Recognition: Crimea, Donetsk."""
    issue = dossier.issues[cells[0].issue]
    items = [issue.items[cell.item] for cell in cells if cell.item is not None]
    if not items or len(items) == len(issue.items) > 1:
        return issue.title
    return f"{issue.title}: {', '.join(items)}"


def cells_in_words(dossier: Dossier, cells: Sequence[Cell]) -> str:
    """Cells in a sentence; an issue of which all items are meant is named alone."""
    chosen = set(cells)
    whole = {cell.issue for cell in cells if chosen.issuperset(dossier.issues[cell.issue].cells())}
    shown = dict.fromkeys(Cell(cell.issue) if cell.issue in whole else cell for cell in cells)
    return Words(dossier).cells(list(shown))
