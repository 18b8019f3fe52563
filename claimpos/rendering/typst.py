"""Documents as PDF, by Typst: each block as a call in its language, every text as a string of it.

A string in code is never read as markup; what reads files or fetches anything is not called.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from claimpos.dossier.libraries import check_memory, library
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import OutputFailed, WrongUsage
from claimpos.rendering.document import (
    Document,
    Heading,
    Item,
    MarkedText,
    Note,
    Text,
    lines_of,
    runs_of,
    spans,
)
from claimpos.rendering.paper import PageRoom, Paper, before_number, shade_of, title_of
from claimpos.rendering.text import in_one_line, isolated
from claimpos.wording.dossier_texts import parts

_CHARACTERS = "pdf-characters"
_TO_LOAD, _TO_BEGIN = 96, 64  # megabytes that Typst needs
_BYTES = 900  # and for each character
_LEVELS = {"title": 1, "section": 2, "part": 3, "detail": 4}
_PANIC = "PanicException"  # of Rust, which no module of Python names
_LABEL = "emph({})"
_CELL = "table.cell("
_LINE_BREAK = "linebreak()"
# How wide a letter of a table is, in points; how many lines of them make a row to be broken.
_LETTER = 4.25
_MANY_LINES = 20
_PAGE = PageRoom(upright=481, sideways=728, size=8.5)
_PREAMBLE = """
#set document(title: {title}, date: none)
#set page(paper: "a4", margin: 20mm, footer: context text(size: 8pt, fill: rgb("5b6874"), {{
  {footer}; counter(page).display("1 of 1", both: true)
}}))
#set text(font: "Libertinus Serif", size: 10pt, lang: "en", region: "gb", hyphenate: false)
#set par(leading: 0.55em, spacing: 0.8em)
#set list(spacing: 0.6em)
#set table(stroke: (x, y) => (bottom: 0.5pt + rgb("b8c2cb")), inset: (x: 4pt, y: 3pt))
#set table.cell(breakable: false)
#show table: set text(size: 8.5pt)
#show table: set par(spacing: 0.5em)
#show heading: set block(above: 1.1em, below: 0.6em, sticky: true)
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 3): set text(size: 11pt)
#show heading.where(level: 4): set text(size: 10pt)
#let lead(told) = block(sticky: true, spacing: 0.8em, told)
#show link: set text(fill: rgb("1f5582"))
"""


def pdf_file(document: Document) -> bytes:
    """The document as a PDF.

    Raises NotInstalled without Typst, WrongUsage if it is too long, OutputFailed if Typst fails.
    """
    with library("the format pdf", "Typst", "pdf", megabytes=_TO_LOAD):
        import typst
    text = Typst().document(document)
    if len(text) > limit(_CHARACTERS):
        raise WrongUsage(
            f"the PDF would be set from more than {limit(_CHARACTERS):,} characters; "
            f"choose another format, or ask for less; {how_to_raise(_CHARACTERS)}"
        )
    check_memory(_TO_BEGIN + len(text) * _BYTES / 1_000_000)
    try:
        made: bytes = typst.compile(text.encode(), format="pdf")
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        # Without threads, or with the clock before 1970.
        raise OutputFailed(f"Typst cannot make a PDF here: {error}") from None
    return made


def _broken(row: Sequence[str], widths: Sequence[float]) -> Sequence[str]:
    """The cells of a row, which is broken between pages if it may be taller than one.

    Otherwise Typst would let the end of it run off the page, unseen.
    """
    lines = (
        cell.count(_LINE_BREAK) + len(cell) * _LETTER / width
        for cell, width in zip(row, widths, strict=True)
    )
    if max(lines, default=0) < _MANY_LINES:
        return row
    return [cell.replace(_CELL, f"{_CELL}breakable: true, ", 1) for cell in row]


class Typst(Paper[str]):
    """Calls of Typst's functions; what they are given is a block of values, which it joins."""

    between = "\n"
    marks = MappingProxyType({"strong": "strong({})", "emphasis": "emph({})"})

    def __init__(self) -> None:
        super().__init__("typst", _PAGE)
        self._notes: set[int] = set()

    def document(self, document: Document) -> str:
        self._notes = {note.number for note in document.notes()}
        title = title_of(document)
        named = {"title": self.inert(title), "footer": self.inert(before_number(title))}
        body = "\n".join(
            f"page(flipped: true, {{\n{part}\n}})" if sideways else part
            for part, sideways in self.chapters(document)
        )
        return f"{_PREAMBLE.format(**named)}#{{\n{body}\n}}\n"

    def inert(self, text: str) -> str:
        """The text as a string of Typst."""
        return _string(isolated(in_one_line(text)))

    def heading(self, heading: Heading) -> str:
        number = f"{heading.number}. " if heading.number else ""
        title = self.inline(number + heading.text)
        return f"heading(level: {_LEVELS[heading.rank]}, {title})"

    def paragraph(self, text: Text) -> str:
        return f"{'lead' if self.below_heading else 'par'}({self.inline(text)})"

    def list(self, items: Sequence[Item]) -> str:
        if not items:
            return ""
        points = [
            f"{{ {self.inert('– ') if item.dash else ''}\n"
            f"{self.inline(item.text)}\n{self.list(item.items)} }}"
            for item in items
        ]
        return f"list({', '.join(points)})"

    def inline(self, text: Text) -> str:
        return f"{{ {'; '.join(filter(None, map(self.span, spans(text))))} }}"

    def address(self, address: str) -> str:
        return f"link({_string(address)}, {self.inert(address)})"

    def words(self, span: MarkedText) -> str:
        marked = self.marks.get(span.mark, "{}")
        return "; ".join(
            marked.format(_LABEL.format(text) if is_label else text)
            for text, is_label in (
                (self.inert(part), is_label) for part, is_label in parts(span.text)
            )
        )

    def references(self, numbers: Sequence[int]) -> str:
        parts = [
            "; ".join(
                [self._reference(run[0]), '"–"', self._reference(run[-1])]
                if len(run) > 2
                else ['; ", "; '.join(map(self._reference, run))]
            )
            for run in runs_of(numbers)
        ]
        return "super({ " + '; ", "; '.join(parts) + " })"

    def _reference(self, number: int) -> str:
        if number not in self._notes:
            return f'"{number}"'
        return f'link(label("note-{number}"), "{number}")'

    def notes(self, notes: Sequence[Note]) -> str:
        parts = [
            f'[#block(text(size: 8.5pt, {{ "{number}. "; {self.inline(text)} }}))<note-{number}>]'
            for number, text in notes
        ]
        return "\n".join(parts)

    def page_break(self) -> str:
        return "pagebreak(weak: true)"

    def table_cell(self, text: Text) -> str:
        content = f"; {_LINE_BREAK}; ".join(map(self.inline, lines_of(text)))
        shade = shade_of(text)
        fill = f'fill: rgb("{shade}"), ' if shade else ""
        return f"{_CELL}{fill}{{ {content} }})"

    def sign(self, sign: str, shade: str = "") -> str:
        fill = f'fill: rgb("{shade}"), ' if shade else ""
        return f'{_CELL}{fill}align: center, inset: (x: 0pt, y: 3pt), "{sign}")'

    def drawn(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> str:
        columns = "".join(f"{width:.1f}pt, " for width in widths)
        parts = [f"table.header({', '.join(_broken(head, widths))})"]
        parts += [", ".join(_broken(row, widths)) for row in rows]
        cells = ",\n".join(parts)
        return f"table(columns: ({columns}),\n{cells})"


def _string(text: str) -> str:
    """A text in one line as a string of Typst, of which nothing is code."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
