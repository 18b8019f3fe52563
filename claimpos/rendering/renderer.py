"""Documents as plain text, and what other targets share with it: block by block, all inert."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from claimpos.rendering.document import (
    SIGNS,
    Block,
    Chart,
    Document,
    Facts,
    Group,
    Heading,
    Item,
    Leaf,
    List,
    Mark,
    MarkedText,
    Note,
    Notes,
    Numbered,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Text,
    plain,
    spans,
    stretches,
)
from claimpos.rendering.text import Paint, is_address, isolated, safe


class Renderer:
    """Lays a document out for one target: here as plain text, in paragraphs of any width.

    A subclass makes texts inert for its target, and says how the parts look there.
    """

    marks: Mapping[Mark, str] = MappingProxyType({})
    """The forms of marked texts, by mark; a text whose mark has none is not set apart."""

    def __init__(self, style: str, width: int = 80, paint: Paint | None = None) -> None:
        self.width = width
        self.paint = paint or Paint(on=False)
        self.table_style = style
        """The name of the tables' style in tabulate."""

    def inert(self, text: str) -> str:
        """The text in one line, without anything that the target would take for markup."""
        return isolated(" ".join(safe(text).split()))

    def cell(self, text: str) -> str:
        """The text as a table's cell gets it: inert, unless tabulate makes it so."""
        return self.inert(text)

    def marked(self, inert: str, mark: Mark) -> str:
        """An inert text in the form of its mark."""
        return self.marks.get(mark, "{}").format(inert)

    def document(self, document: Document) -> str:
        return self.blocks(document.blocks) + "\n"

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks below each other, with an empty line between them."""
        return "\n\n".join(filter(None, map(self.block, blocks)))

    def block(self, block: Block) -> str:
        match block:
            case Group(blocks):
                return self.group(blocks)
            case Section():
                return self.section(block)
            case Chart():
                return self.chart(block)
            case Notes(notes):
                return self.notes(notes)
            case PageBreak():
                return self.page_break()
        return self.leaf(block)

    def leaf(self, block: Leaf) -> str:
        """A block without blocks in it."""
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph(text):
                return self.paragraph(text)
            case Facts(texts):
                return self.facts(texts)
            case List(items):
                return self.list(items)
            case Table():
                return self.table(block)
            case Numbered():
                return self.numbered(block)

    def heading(self, heading: Heading) -> str:
        return self.numbered_title(heading.number, heading.text)

    def numbered_title(self, number: str, title: str) -> str:
        """A title behind its number, if it has one."""
        return f"{number}. {self.inert(title)}" if number else self.inert(title)

    def paragraph(self, text: Text) -> str:
        return self.inline(text)

    def facts(self, texts: Iterable[Text]) -> str:
        return "\n\n".join(self.paragraph(_sentence(text)) for text in texts)

    def list(self, items: Sequence[Item]) -> str:
        return "\n\n".join(
            "\n\n".join(filter(None, [self.paragraph(item.text), self.list(item.items)]))
            for item in items
        )

    def table(self, table: Table) -> str:
        from claimpos.rendering.tables import drawn

        header, *rows = (list(map(self.shown, row)) for row in (table.header, *table.rows))
        return drawn(header, rows, self.table_style)

    def shown(self, text: Text) -> str:
        """A cell's text; what is marked in it is marked where the target can do so in a table."""
        return self.cell(plain(text))

    def chart(self, chart: Chart) -> str:
        """A picture in signs: a table with one sign for each point in time."""
        rows = [
            [row.title, "".join(SIGNS[one] for one in row.verdicts), row.now] for row in chart.rows
        ]
        return self.table(Table(chart.header, rows))

    def notes(self, notes: Sequence[Note]) -> str:
        return "\n\n".join(self.paragraph((f"[{number}] ", *spans(text))) for number, text in notes)

    def page_break(self) -> str:
        return ""

    def numbered(self, numbered: Numbered) -> str:
        points = [Item(point) for point in numbered.points]
        title = self.numbered_title(numbered.number, numbered.title)
        texts = map(self.paragraph, numbered.texts)
        return "\n\n".join([self.lead(self.marked(title, "strong")), *texts, self.list(points)])

    def lead(self, inert: str) -> str:
        """A line of its own, but not a heading."""
        return inert

    def group(self, blocks: Iterable[Block]) -> str:
        return self.blocks(blocks)

    def section(self, section: Section) -> str:
        return self.blocks([section.heading, *section.blocks])

    def inline(self, text: Text) -> str:
        """A text with its parts marked, in one line."""
        return "".join(map(self._part, spans(text))).strip()

    def _part(self, span: MarkedText) -> str:
        """A part with the blanks around it, which `inert` does away with."""
        before = " " if span.text[:1].isspace() else ""
        after = " " if span.text[-1:].isspace() and span.text.strip() else ""
        return before + self.span(span) + after

    def span(self, span: MarkedText) -> str:
        if span.mark == "notes":
            return self.references(list(map(int, span.text.split())))
        if span.mark == "address" and is_address(span.text):
            return self.address(span.text)
        return self.words(span)

    def address(self, address: str) -> str:
        """A web address; a link, where the target has links."""
        return self.inert(address)

    def words(self, span: MarkedText) -> str:
        """A part of a text that is neither a reference nor an address."""
        return self.marked(self.inert(span.text), span.mark)

    def references(self, numbers: Sequence[int]) -> str:
        """What refers to notes of these numbers."""
        return self.inert(f"[{', '.join(stretches(numbers))}]")


def _sentence(text: Text) -> Text:
    """A statement with a full stop, unless it has an end already."""
    if plain(text).endswith((".", "?", "!", ":")):
        return text
    *parts, last = spans(text)
    return (*parts, last._replace(text=f"{last.text}."))
