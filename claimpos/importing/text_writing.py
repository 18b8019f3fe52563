"""A text with its tables as a file: of Word, a page in HTML, or Markdown; cell for cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import BytesIO
from typing import Any

from claimpos.errors import WrongUsage
from claimpos.importing.text_blocks import Block, Paragraph

NEEDED = (
    "a Word document needs python-docx, which is not installed; install claimpos with its extra "
    "“docx”, or name a .html or .md file"
)
_MARKED = re.compile(r"[\\`*_\[\]<>|#~$&]|^[-+=]", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d{1,9}|\w)(?=[.)])", re.MULTILINE)


def written_text(blocks: Sequence[Block], ending: str) -> bytes:
    """The file's contents; raises WrongUsage for an ending other than .docx, .html and .md."""
    write = _WRITERS.get(ending)
    if write is None:
        raise WrongUsage("a text is written as .docx, .html or .md; name the file so")
    return write(blocks)


def _markdown(blocks: Sequence[Block]) -> bytes:
    return ("\n\n".join(map(_block_in_markdown, blocks)) + "\n").encode()


def _block_in_markdown(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _in_markdown(block.text, "\\\n")
    head, *rows = ([_in_markdown(cell, "<br>") for cell in row] for row in block.rows)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _in_markdown(text: str, line_end: str) -> str:
    marked = _NUMBERED.sub(r"\1\\", _MARKED.sub(r"\\\g<0>", text))
    return marked.replace("\n", line_end)


def _html(blocks: Sequence[Block]) -> bytes:
    style = "table{border-collapse:collapse}td,th{border:1px solid;padding:.3em;vertical-align:top}"
    head = f'<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"><style>{style}</style></head>\n'
    return f"{head}<body>\n{''.join(_in_html(blocks))}</body>\n</html>\n".encode()


def _in_html(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield f"<p>{_lines_in_html(block.text)}</p>\n"
            continue
        yield "<table>\n"
        for at, row in enumerate(block.rows):
            name = "td" if at else "th"
            cells = (f"<{name}>{_lines_in_html(cell)}</{name}>" for cell in row)
            yield f"<tr>{''.join(cells)}</tr>\n"
        yield "</table>\n"


def _lines_in_html(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))


def _word(blocks: Sequence[Block]) -> bytes:
    try:
        import docx
    except ImportError:
        raise WrongUsage(NEEDED) from None
    file = docx.Document()
    section: Any = file.sections[-1]
    if section.page_width < section.page_height:
        section.page_width, section.page_height = section.page_height, section.page_width
    for block in blocks:
        if isinstance(block, Paragraph):
            file.add_paragraph(block.text)
        else:
            _add_table(file, block.rows)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _add_table(file: Any, rows: Sequence[Sequence[str]]) -> None:
    from docx.oxml import OxmlElement

    table = file.add_table(len(rows), len(rows[0]), "Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for place, text in zip(row.cells, cells, strict=True):
            first, *others = text.split("\n")
            place.paragraphs[0].text = first
            for line in others:
                place.add_paragraph(line)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


_WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    ".docx": _word,
    ".html": _html,
    ".md": _markdown,
}
