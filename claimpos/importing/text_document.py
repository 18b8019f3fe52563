"""A negotiating text in a file: its articles and the rows of its tables."""

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeGuard

from claimpos.dossier.files import read_named
from claimpos.dossier.findings import shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import WrongUsage
from claimpos.importing.file_kinds import other_archive
from claimpos.importing.text_blocks import Block, Text, TextParagraph, TextTable
from claimpos.wording.worksheet import how_read

_WEB = (".html", ".htm", ".xhtml")
_PLAIN = (".md", ".markdown", ".txt")
_SAVE = "save it as .docx, .html or .md"
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_CHARSETS = ("utf-8", "utf-16", "windows-125", "cp125", "iso-8859-", "iso8859-", "latin", "koi8-")
# What pages that name these encodings are in, as every browser reads them.
_MEANT = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
_FIRST = 4_000

_NAMED = re.compile(
    r"((?:Article|Art\.|Section|Sec\.|Point|Paragraph|Para\.|Annex|Chapter|Part|Rule|Item|§)"
    r"\s{0,3}(?:\d{1,4}(?:\.\d{1,4}){0,5}[a-z]?|[IVXLC]{1,8}(?:\.\d{1,4}){0,5})(?:\(\d{1,3}\))?)"
    r"(?!-|[^\W\u2070-\u2089\u00b9\u00b2\u00b3])",  # a mark of a note may follow
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,4}(?:\.\d{1,4}){0,5})(?:[.):]+(?=\s)|(?<=\.\d)(?=\s))")
_ROW_NUMBER = re.compile(r"([A-Z]{0,3}-?\d{1,5}[a-z]?)\Z")
_STRONG = "**"  # around what Markdown shows in bold
_LONGEST_TITLE = 200
_PARTS_EACH = 10
"""So many cells, and brackets, there may be for each article and row that there may be."""


class TextPassage(NamedTuple):
    """An article of a text, or a row of one of its tables.

    Attributes:
        cells: What it says; of a row, cell by cell. Each line is a paragraph.
        table: Of a row, the number of its table, from 1.
        locator: How the text itself numbers it, such as Article 3; often empty.
    """

    cells: tuple[str, ...]
    table: int = 0
    locator: str = ""


class TextDocument(NamedTuple):
    """A text to be mapped: the heads of its tables, and its passages in order.

    `title` is a guess. `heading` is the one above all of the text, if it has one, which is no
    passage. `read` is the text as it was read.
    """

    title: str
    heading: str
    heads: tuple[tuple[str, ...], ...]
    passages: tuple[TextPassage, ...]
    read: Text


def read_text_document(path: Path) -> TextDocument:
    """The text in a file (.docx, .html, .md); raises WrongUsage if it cannot be read."""
    text = _text(path.name, read_named(path))
    if not text.blocks:
        raise WrongUsage(". ".join([f"“{shown_path(path)}” holds no text", *how_read(text)]))
    heads = [one.rows[0] for one in text.blocks if isinstance(one, TextTable)]
    heading = _heading(text.blocks)
    passages = [*_passages(text.blocks[1:] if heading else text.blocks)]
    if not passages:
        raise WrongUsage(f"“{shown_path(path)}” holds no article, and no row below a table's head")
    _check_size(shown_path(path), heads, passages)
    title = text.title or _first_title(text) or path.stem
    return TextDocument(title, heading, tuple(map(tuple, heads)), tuple(passages), text)


def _check_size(file: str, heads: Sequence[Sequence[str]], passages: Sequence[TextPassage]) -> None:
    """Raise WrongUsage if there is more in a text than a worksheet may hold."""
    rows = [*heads, *(one.cells for one in passages)]
    most = limit("text-paragraphs")
    for what, number, bound in (
        ("articles and rows", len(rows), most),
        ("cells", sum(map(len, rows)), most * _PARTS_EACH),
        ("brackets", sum(cell.count("[") for row in rows for cell in row), most * _PARTS_EACH),
    ):
        if number > bound:
            how = how_to_raise("text-paragraphs")
            raise WrongUsage(f"“{file}” has more than {bound:,} {what}; {how}")


def _text(name: str, content: bytes) -> Text:
    ending = name[name.rfind(".") :].lower()
    if content.startswith(b"PK\x03\x04"):
        from claimpos.importing.word_text import read_word

        found = other_archive(content)
        if found not in ("", "a Word document"):
            raise WrongUsage(f"“{name}” is {found}; {_SAVE}")
        return read_word(name, content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise WrongUsage(f"“{name}” is in Word's old format, or protected by a password; {_SAVE}")
    if content[:1000].lstrip().startswith(b"%PDF"):
        raise WrongUsage(f"“{name}” is a PDF; {_SAVE}")
    if ending == ".docx":
        raise WrongUsage(f"“{name}” cannot be read as a .docx document")
    if ending in _WEB:
        from claimpos.importing.html_text import read_html

        return read_html(name, _decoded(name, content, _declared(content)))
    if ending not in _PLAIN:
        raise WrongUsage(f"“{name}” is not a kind of text that can be read; {_SAVE}")
    from claimpos.importing.markdown_text import read_markdown

    return read_markdown(_decoded(name, content, "utf-8-sig"))


def _uncommented(page: bytes) -> bytes:
    """A page without its comments, and without what follows one that does not end."""
    first, *others = page.split(b"<!--")
    return first + b"".join(one.partition(b"-->")[2] for one in others)


def _declared(content: bytes) -> str:
    """The encoding that a page says it has; UTF-8 if it says nothing, or nothing known."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    declared = _CHARSET.search(_uncommented(content[:_FIRST]))
    named = declared[1].decode("ascii").lower() if declared else "utf-8"
    if named in ("utf-8", "utf8", "utf-16") or not named.startswith(_CHARSETS):
        return "utf-8-sig"
    try:
        known = codecs.lookup(named).name
    except LookupError:
        return "utf-8-sig"
    return _MEANT.get(known, known)


def _decoded(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        wanted = "UTF-8" if encoding == "utf-8-sig" else encoding
        raise WrongUsage(f"“{name}” is not {wanted}; save it as UTF-8") from None


def _first_title(text: Text) -> str:
    first = text.blocks[0]
    headings = (one for one in text.blocks if isinstance(one, TextParagraph) and one.is_heading)
    found = next(headings, first)
    if not isinstance(found, TextParagraph) or len(found.text) > _LONGEST_TITLE:
        return ""
    return " ".join(found.text.split())


def _heading(blocks: Sequence[Block]) -> str:
    """The heading of a whole text: its first paragraph, unless it may be that of a part."""
    first, *others = blocks
    if not others or not _is_plain_heading(first):
        return ""
    is_above_another = isinstance(others[0], TextParagraph) and others[0].is_heading
    is_only = not any(map(_is_plain_heading, others))
    return " ".join(first.text.split()) if is_above_another or is_only else ""


def _is_plain_heading(block: Block) -> TypeGuard[TextParagraph]:
    """Whether it is a heading without a number."""
    return isinstance(block, TextParagraph) and block.is_heading and not any(_number_of(block))


def _passages(blocks: Sequence[Block]) -> Iterator[TextPassage]:
    """The passages: what follows a numbered paragraph, up to the next, is one article."""
    tables = 0
    article: list[str] = []
    locator, chapter = "", ""
    for block in blocks:
        if isinstance(block, TextTable):
            yield from _article(article, locator)
            article, locator = [], ""
            tables += 1
            yield from (_row(row, tables) for row in block.rows[1:])
            continue
        named, number = _number_of(block)
        if named or number or block.is_heading or not locator:
            yield from _article(article, locator)
            article = []
            locator = named or (f"{chapter}, {number}" if chapter and number else number)
            if named or block.is_heading:
                chapter = named
        article.append(f"{block.number} {block.text}" if block.number else block.text)
    yield from _article(article, locator)


def _article(lines: Sequence[str], locator: str) -> Iterator[TextPassage]:
    if lines:
        yield TextPassage(("\n".join(lines),), locator=locator)


def _row(cells: Sequence[str], table: int) -> TextPassage:
    first = cells[0].replace(_STRONG, "") if cells else ""
    found = _NAMED.match(first) or _NUMBERED.match(f"{first} ") or _ROW_NUMBER.match(first)
    return TextPassage(tuple(cells), table, " ".join(found[1].split()) if found else "")


def _number_of(paragraph: TextParagraph) -> tuple[str, str]:
    """How a paragraph is numbered: as Article 3 and the like, or by a figure of its own."""
    text = f"{paragraph.number} {paragraph.text}" if paragraph.number else paragraph.text
    text = text.replace(_STRONG, "")
    named, numbered = _NAMED.match(text), _NUMBERED.match(text)
    return " ".join(named[1].split()) if named else "", numbered[1] if numbered else ""
