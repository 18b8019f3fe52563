"""Documents for Word: each block as WordprocessingML, to be put into a file by `word_file`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimpos.rendering import word_xml as xml
from claimpos.rendering.chapters import by_section, turned
from claimpos.rendering.columns import Page, fitted
from claimpos.rendering.document import (
    SIGNS,
    Block,
    Chart,
    Document,
    Heading,
    Item,
    Mark,
    Note,
    Notes,
    Numbered,
    Section,
    Span,
    Table,
    Text,
    initial,
    lines_of,
    spans,
)
from claimpos.rendering.renderer import Renderer, runs_of
from claimpos.rendering.shades import MONTH, NOW, SHADES, shade_of
from claimpos.rendering.text import is_address
from claimpos.wording.labels import parts

HEADINGS = {"title": "Title", "section": "Heading 1", "part": "Heading 2", "detail": "Heading 3"}
BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
TABLE_TEXT = "Table Text"
_MARKS: dict[Mark, str] = {"strong": "<w:b/>", "emphasis": "<w:i/>"}
_LABEL = "<w:i/>"
_CENTRED = '<w:jc w:val="center"/>'


class Word(Renderer):
    """Paragraphs, tables and references; `styles` are the ids of a file's styles by their names."""

    def __init__(self, page: Page, styles: Mapping[str, str]) -> None:
        super().__init__("word")
        self.page = page
        self.styles = styles
        self.endnotes: dict[int, str] = {}
        """The content of each note by its number."""
        self.endnotes_title = ""
        self._referred: set[int] = set()
        self._breaks = False
        self._sideways: bool | None = None

    def chapters(self, document: Document) -> list[tuple[str, bool]]:
        """The document in parts, each with whether it is printed on pages on their sides."""
        return turned(map(self._part_of, by_section(document.blocks)))

    def _part_of(self, blocks: Sequence[Block]) -> tuple[str, bool | None]:
        self._sideways = None
        return self.blocks(blocks), self._sideways

    def inert(self, text: str) -> str:
        return xml.inert(text)

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self.block, blocks))

    def heading(self, heading: Heading) -> str:
        number = f"{heading.number}. " if heading.number else ""
        return self._paragraph(self.inline(number + heading.text), HEADINGS[heading.rank])

    def paragraph(self, text: Text) -> str:
        return self._paragraph(self.inline(text))

    def _paragraph(self, runs: str, style: str = "") -> str:
        properties = "<w:pageBreakBefore/>" if self._breaks else ""
        self._breaks = False
        return xml.paragraph(runs, self.styles.get(style, ""), properties)

    def facts(self, texts: Iterable[Text]) -> str:
        return "".join(map(self.paragraph, texts))

    def list(self, items: Sequence[Item], level: int = 0) -> str:
        style = BULLETS[level]
        lead = "" if style in self.styles else "• "
        told = []
        for item in items:
            sign = xml.run(f"{lead}– " if item.dash else lead)
            told.append(self._paragraph(sign + self.inline(item.text), style))
            told.append(self.list(item.items, min(level + 1, len(BULLETS) - 1)))
        return "".join(told)

    def numbered(self, numbered: Numbered) -> str:
        title = self.paragraph(Span(f"{numbered.number}. {numbered.title}", "strong"))
        points = self.list([Item(point) for point in numbered.points])
        return "".join([title, *map(self.paragraph, numbered.texts), points])

    def inline(self, text: Text) -> str:
        return "".join(map(self.span, spans(text)))

    def span(self, span: Span) -> str:
        if span.mark == "notes":
            return self.references(list(map(int, span.text.split())))
        if span.mark == "address" and is_address(span.text):
            address = self.inert(span.text)
            return xml.field(f"HYPERLINK &quot;{address}&quot;", xml.run(address, xml.LINK))
        marked = _MARKS.get(span.mark, "")
        return "".join(
            xml.run(self.inert(part), marked + _LABEL * (is_label and _LABEL not in marked))
            for part, is_label in parts(span.text)
        )

    def references(self, numbers: Sequence[int]) -> str:
        """Endnotes where they are first referred to; after that their numbers, as references."""
        told = []
        for run in runs_of(numbers):
            is_stretch = len(run) > 2 and self._referred.issuperset(run)
            ends = [run[0], run[-1]] if is_stretch else run
            between = xml.run("–" if is_stretch else ", ", xml.SUPERSCRIPT)
            told.append(between.join(map(self._reference, ends)))
        return xml.run(", ", xml.SUPERSCRIPT).join(told)

    def _reference(self, number: int) -> str:
        name = f"_Note{number}"
        if number in self._referred:
            return xml.field(f"NOTEREF {name} \\h", xml.run(str(number), xml.SUPERSCRIPT))
        self._referred.add(number)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
            f"<w:r><w:rPr>{xml.SUPERSCRIPT}</w:rPr>"
            f'<w:endnoteReference w:id="{number}"/></w:r><w:bookmarkEnd w:id="{number}"/>'
        )

    def notes(self, notes: Sequence[Note]) -> str:
        """The notes stand at the end of the file, in the order of the text."""
        self.endnotes = {note.number: self.inline(note.text) for note in notes}
        return ""

    def section(self, section: Section) -> str:
        """A section; where it is one of notes, its heading stands at the end of the file, too."""
        if any(isinstance(block, Notes) for block in section.blocks):
            self.endnotes_title = self.inline(Span(section.heading.text, "strong"))
            return self.blocks(section.blocks)
        return self.blocks([section.heading, *section.blocks])

    def page_break(self) -> str:
        self._breaks = True
        return ""

    def table(self, table: Table) -> str:
        form, widths, sideways = fitted(table, self.page)
        self._sideways = bool(self._sideways) or sideways
        head = [self._cell(Span(name, "strong")) for name in form.header]
        rows = [xml.row(map(self._cell, cells), widths) for cells in form.rows]
        return xml.table([xml.row(head, widths, head=True), *rows], widths)

    def chart(self, chart: Chart) -> str:
        """A picture: a cell for each point in time, shaded, with the sign of its verdict."""
        months = [MONTH] * len(chart.points)
        widths = [self.page.upright - sum(months) - NOW, *months, NOW]
        title, now = (self._cell(Span(chart.header[at], "strong")) for at in (0, 2))
        initials = [self._sign(initial(point)) for point in chart.points]
        rows = [xml.row([title, *initials, now], widths, head=True)]
        for trend in chart.rows:
            signs = [self._sign(SIGNS[one], SHADES[one]) for one in trend.verdicts]
            cells = [self._cell(trend.title), *signs, self._cell(trend.now)]
            rows.append(xml.row(cells, widths))
        return xml.table(rows, widths)

    def _cell(self, text: Text) -> xml.Cell:
        """A cell; each line in it is a paragraph, and where a verdict stands alone it is shaded."""
        style = self.styles.get(TABLE_TEXT, "")
        told = "".join(xml.paragraph(self.inline(line), style) for line in lines_of(text))
        return xml.Cell(told, shade_of(text))

    def _sign(self, sign: str, shade: str = "") -> xml.Cell:
        style = self.styles.get(TABLE_TEXT, "")
        return xml.Cell(xml.paragraph(xml.run(sign), style, _CENTRED), shade, tight=True)
