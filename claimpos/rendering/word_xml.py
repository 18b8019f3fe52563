"""The parts of a document of Word, as WordprocessingML: runs, paragraphs, cells, tables."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from claimpos.rendering.text import by_direction, in_one_line

SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'
LINK = '<w:color w:val="1F5582"/>'
BREAK = "<w:r><w:br/></w:r>"
# A text from right to left has its weight, slant and size in properties of their own.
_COMPLEX = re.compile(r"<w:(b|i|sz)( [^/<]*)?/>")
_BOTH = r"\g<0><w:\1Cs\2/>"
_RIGHTWARD = "\u200e"
_TWIPS = 20  # of a point
_BORDER = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="B8C2CB"/>'
_BORDERS = "".join(map(_BORDER.format, ("top", "bottom", "insideH")))
_MARGINS = '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'


class TableCell(NamedTuple):
    """A table's cell: its paragraphs, and the colour behind them."""

    paragraphs: str
    shade: str = ""
    tight: bool = False
    """Whether there is no margin to its left and right."""

    def xml(self, width: float) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>' if self.shade else ""
        none = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        margins = f"<w:tcMar>{none}</w:tcMar>" if self.tight else ""
        size = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
        return f"<w:tc><w:tcPr>{size}{shade}{margins}</w:tcPr>{self.paragraphs}</w:tc>"


def twips(points: float) -> int:
    return round(points * _TWIPS)


def inert(text: str) -> str:
    """A text, blanks at its ends included, without controls and markup."""
    return escape(in_one_line(text))


def run(inert_text: str, properties: str = "") -> str:
    """Runs of one look. What is written from right to left is one of its own, and says so.

    A mark behind it turns the direction back: without one, LibreOffice would draw a number that
    follows on its other side.
    """
    return "".join(
        _run(text, f"{_COMPLEX.sub(_BOTH, properties)}<w:rtl/>") + _run(_RIGHTWARD)
        if is_leftward
        else _run(text, properties)
        for text, is_leftward in by_direction(inert_text)
    )


def _run(text: str, properties: str = "") -> str:
    formed = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formed}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, shown: str) -> str:
    """A field, which Word evaluates; until then it shows the runs in `shown`."""
    return f'<w:fldSimple w:instr=" {instruction} ">{shown}</w:fldSimple>'


def paragraph(runs: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{escape(style)}"/>' if style else ""
    formed = f"<w:pPr>{named}{properties}</w:pPr>" if style or properties else ""
    return f"<w:p>{formed}{runs}</w:p>"


def row(cells: Iterable[TableCell], widths: Iterable[float], head: bool = False) -> str:
    """A row, which is not broken between pages; that of the head is repeated on each."""
    text = "".join(cell.xml(width) for cell, width in zip(cells, widths, strict=True))
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{text}</w:tr>"


def table(rows: Sequence[str], widths: Sequence[float]) -> str:
    """A table of fixed widths, with lines between its rows, and some room below it."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    formed = (
        f'<w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar>'
    )
    below = paragraph("", properties='<w:spacing w:before="0" w:after="0" w:line="160"/>')
    head = f"<w:tblPr>{formed}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{head}{''.join(rows)}</w:tbl>{below}"
