"""Texts of paragraphs and tables as files of Word, HTML and Markdown."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import chain

from claimpos.dossier.libraries import library
from claimpos.errors import WrongUsage
from claimpos.importing.text_blocks import EACH, Block, TextBudget, TextParagraph
from claimpos.rendering import word_xml as xml
from claimpos.rendering.word_file import packed

_LINE = 50
"""So many characters a further paragraph in a cell or a paragraph counts for."""
_WIDTH = 648.0
"""How wide, in points, a table in Word is: a page on its side, without its margins."""

_MARKED = re.compile(r"[\\`*_\[\]<>|#~$&]|^[-+=]", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d{1,9}|\w)(?=[.)])", re.MULTILINE)


def written_text(blocks: Sequence[Block], ending: str) -> bytes:
    """The file's contents; raises WrongUsage for an ending other than .docx, .html and .md."""
    write = _WRITERS.get(ending)
    if write is None:
        raise WrongUsage("a text is written as .docx, .html or .md; name the file so")
    budget = TextBudget()
    for block in blocks:
        texts = [block.text] if isinstance(block, TextParagraph) else chain(*block.rows)
        for text in texts:
            budget.spend(len(text) + EACH + _LINE * text.count("\n"))
    return write(blocks)


def _markdown(blocks: Sequence[Block]) -> bytes:
    return ("\n\n".join(map(_block_in_markdown, blocks)) + "\n").encode()


def _block_in_markdown(block: Block) -> str:
    if isinstance(block, TextParagraph):
        return "# " * block.is_heading + _in_markdown(block.text, "\\\n")
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
        if isinstance(block, TextParagraph):
            name = "h1" if block.is_heading else "p"
            yield f"<{name}>{_lines_in_html(block.text)}</{name}>\n"
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
    otherwise = "name a .html or .md file"
    with library("a Word document", "python-docx", "docx", otherwise, megabytes=64):
        import docx
    file = docx.Document()
    body = "".join(map(_block_in_word, blocks))
    return packed(file, [(body, True)])


def _block_in_word(block: Block) -> str:
    if isinstance(block, TextParagraph):
        runs = xml.BREAK.join(map(_run_in_word, block.text.split("\n")))
        return xml.paragraph(runs, "Title" if block.is_heading else "")
    if not block.rows[0]:
        return ""
    widths = [_WIDTH / len(block.rows[0])] * len(block.rows[0])
    head, *rows = ([*map(_cell_in_word, row)] for row in block.rows)
    lines = [xml.row(head, widths, head=True), *(xml.row(row, widths) for row in rows)]
    return xml.table(lines, widths)


def _cell_in_word(text: str) -> xml.TableCell:
    return xml.TableCell("".join(xml.paragraph(_run_in_word(line)) for line in text.split("\n")))


def _run_in_word(line: str) -> str:
    return xml.run(xml.inert(line))


_WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    ".docx": _word,
    ".html": _html,
    ".md": _markdown,
}
