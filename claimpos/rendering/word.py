"""Documents for Word: each block as WordprocessingML, to be put into a file by `word_file`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimpos.rendering import word_xml as xml
from claimpos.rendering.document import (
    Heading,
    Item,
    Mark,
    MarkedText,
    Note,
    Notes,
    Section,
    Text,
    lines_of,
    runs_of,
    spans,
)
from claimpos.rendering.paper import PageRoom, Paper, shade_of
from claimpos.wording.dossier_texts import parts

HEADINGS = {"title": "Title", "section": "Heading 1", "part": "Heading 2", "detail": "Heading 3"}
BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
TABLE_TEXT = "Table Text"
_MARKS: dict[Mark, str] = {"strong": "<w:b/>", "emphasis": "<w:i/>"}
_LABEL = "<w:i/>"
_CENTRED = '<w:jc w:val="center"/>'


class Word(Paper[xml.TableCell]):
    """Paragraphs, tables and references; `styles` are the ids of a file's styles by their names."""

    def __init__(self, page: PageRoom, styles: Mapping[str, str]) -> None:
        super().__init__("word", page)
        self.styles = styles
        self.endnotes: dict[int, str] = {}
        """The content of each note by its number."""
        self.endnotes_title = ""
        self._referred: set[int] = set()
        self._breaks = False

    def inert(self, text: str) -> str:
        return xml.inert(text)

    def heading(self, heading: Heading) -> str:
        number = f"{heading.number}. " if heading.number else ""
        return self._paragraph(self.inline(number + heading.text), HEADINGS[heading.rank])

    def paragraph(self, text: Text) -> str:
        return self._paragraph(self.inline(text), kept=self.below_heading)

    def _paragraph(self, runs: str, style: str = "", kept: bool = False) -> str:
        properties = "<w:keepNext/>" * kept + "<w:pageBreakBefore/>" * self._breaks
        self._breaks = False
        return xml.paragraph(runs, self.styles.get(style, ""), properties)

    def list(self, items: Sequence[Item], level: int = 0) -> str:
        style = BULLETS[level]
        lead = "" if style in self.styles else "• "
        parts = []
        for item in items:
            sign = xml.run(f"{lead}– " if item.dash else lead)
            parts.append(self._paragraph(sign + self.inline(item.text), style))
            parts.append(self.list(item.items, min(level + 1, len(BULLETS) - 1)))
        return "".join(parts)

    def inline(self, text: Text) -> str:
        return "".join(map(self.span, spans(text)))

    def address(self, address: str) -> str:
        inert = self.inert(address)
        return xml.field(f"HYPERLINK &quot;{inert}&quot;", xml.run(inert, xml.LINK))

    def words(self, span: MarkedText) -> str:
        marked = _MARKS.get(span.mark, "")
        return "".join(
            xml.run(self.inert(part), marked + _LABEL * (is_label and _LABEL not in marked))
            for part, is_label in parts(span.text)
        )

    def references(self, numbers: Sequence[int]) -> str:
        """Endnotes where they are first referred to; after that their numbers, as references."""
        parts = []
        for run in runs_of(numbers):
            is_stretch = len(run) > 2 and self._referred.issuperset(run)
            ends = [run[0], run[-1]] if is_stretch else run
            between = xml.run("–" if is_stretch else ", ", xml.SUPERSCRIPT)
            parts.append(between.join(map(self._reference, ends)))
        return xml.run(", ", xml.SUPERSCRIPT).join(parts)

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
            self.endnotes_title = self.inline(MarkedText(section.heading.text, "strong"))
            return self.blocks(section.blocks)
        return self.blocks([section.heading, *section.blocks])

    def page_break(self) -> str:
        self._breaks = True
        return ""

    def drawn(
        self,
        head: Sequence[xml.TableCell],
        rows: Sequence[Sequence[xml.TableCell]],
        widths: Sequence[float],
    ) -> str:
        parts = [xml.row(head, widths, head=True), *(xml.row(cells, widths) for cells in rows)]
        return xml.table(parts, widths)

    def table_cell(self, text: Text) -> xml.TableCell:
        style = self.styles.get(TABLE_TEXT, "")
        paragraphs = "".join(xml.paragraph(self.inline(line), style) for line in lines_of(text))
        return xml.TableCell(paragraphs, shade_of(text))

    def sign(self, sign: str, shade: str = "") -> xml.TableCell:
        style = self.styles.get(TABLE_TEXT, "")
        return xml.TableCell(xml.paragraph(xml.run(sign), style, _CENTRED), shade, tight=True)
