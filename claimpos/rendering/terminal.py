"""Documents in a terminal: wrapped to its width, with tables drawn, in colour or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claimpos.rendering.document import (
    Block,
    Facts,
    Heading,
    Item,
    List,
    Mark,
    Numbered,
    Paragraph,
    Section,
    Table,
    Text,
    plain,
    spans,
)
from claimpos.rendering.renderer import Renderer
from claimpos.rendering.tables import GRID, LIGHT, drawn, first_widened, fitted
from claimpos.rendering.text import safe, wrapped

_COLOURS: dict[Mark, str] = {"overlap": "green", "conflict": "red", "unresolved": "yellow"}
# A column of words narrower than this is hard to read.
_NARROWEST = 16


class Terminal(Renderer):
    """Blocks with an empty line between them, those of a group without."""

    def heading(self, heading: Heading) -> str:
        text = f"{heading.number}. {heading.text}" if heading.number else heading.text
        text = text.upper() if heading.rank == "section" else text
        lines = (
            wrapped(text, self.width, "  ", "    ")
            if heading.rank == "detail"
            else wrapped(text, self.width, hanging="  ")
        )
        colour = _COLOURS.get(heading.mark)
        return self.paint(lines, "bold", *([colour] if colour else []))

    def paragraph(self, text: Text, indent: str = "", hanging: str | None = None) -> str:
        return self._coloured(text, wrapped(plain(text), self.width, indent, hanging))

    def _coloured(self, text: Text, lines: str) -> str:
        """The lines into which a text was wrapped, its marked parts in their colours."""
        if not self.paint.on:
            return lines
        at, parts = 0, []
        for span in spans(text):
            words = map(re.escape, safe(span.text).split())
            found = re.compile(r"\s+".join(words)).search(lines, at)
            colour = _COLOURS.get(span.mark)
            if found and colour:
                parts += [lines[at : found.start()], self.paint(found.group(), colour)]
                at = found.end()
        return "".join([*parts, lines[at:]])

    def facts(self, texts: Iterable[Text]) -> str:
        return "\n".join(self.paragraph(text, "", "  ") for text in texts)

    def list(self, items: Sequence[Item], indent: str = "  ") -> str:
        lines = []
        for item in items:
            first = f"{indent}– " if item.dash else indent
            lines.append(self.paragraph(item.text, first, f"{indent}  "))
            lines += [self.list(item.items, f"{indent}  ")] if item.items else []
        return "\n".join(lines)

    def numbered(self, numbered: Numbered) -> str:
        title = wrapped(f"{numbered.number}. {numbered.title}", self.width, hanging="   ")
        lines = [wrapped(text, self.width, "   ", "   ") for text in numbered.texts]
        lines += [wrapped(point, self.width, "   - ", "     ") for point in numbered.points]
        return "\n".join([self.paint(title, "bold"), *lines])

    def group(self, blocks: Iterable[Block]) -> str:
        """Its paragraphs hang: no empty line shows where the next one begins."""
        shown = (
            self.paragraph(block.text, hanging="  ")
            if isinstance(block, Paragraph)
            else self.block(block)
            for block in blocks
        )
        return "\n".join(filter(None, shown))

    def section(self, section: Section) -> str:
        """What stands below the heading, indented."""
        lines = [self.heading(section.heading)]
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    lines.append(self.paragraph(text, "  ", "    "))
                case Facts(texts):
                    lines.append(self.list([Item(text) for text in texts]))
                case List(items):
                    lines.append(self.list(items))
                case _:
                    lines.append(self.block(block))
        return "\n".join(lines)

    def table(self, table: Table) -> str:
        if table.form == "prose":
            return self._prose(table)
        header, *rows = _cells(table.narrow or table)
        return fitted(header, rows, LIGHT if table.form == "short" else GRID, self.width)

    def _prose(self, table: Table) -> str:
        """The columns as wide as each other, and the last, which explains, twice as wide."""
        columns = len(table.header)
        room = self.width - 3 * columns - 1
        share = room // (columns + 1)
        widths = [share] * (columns - 1) + [room - share * (columns - 1)]
        shown = table
        if share < _NARROWEST and table.narrow is not None:
            room = self.width - 10
            widths = [room * 2 // 10, room * 4 // 10, room - room * 2 // 10 - room * 4 // 10]
            shown = table.narrow
        header, *rows = _cells(shown)
        return drawn(header, rows, GRID, first_widened(header, rows, widths, room * 4 // 10))


def _cells(table: Table) -> list[list[str]]:
    """The head and the rows, inert, in lines without needless white space."""
    return [[_tidy(plain(cell)) for cell in row] for row in (table.header, *table.rows)]


def _tidy(cell: str) -> str:
    return "\n".join(" ".join(line.split()) for line in safe(cell).split("\n"))
