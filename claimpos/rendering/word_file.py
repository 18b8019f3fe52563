"""A document as a file of Word: its styles, pages, notes and footers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from copy import deepcopy
from itertools import chain
from typing import Any

from claimpos.dossier.libraries import library
from claimpos.errors import WrongUsage, as_wrong_usage
from claimpos.rendering import word_xml as xml
from claimpos.rendering.archives import Undated
from claimpos.rendering.document import Document
from claimpos.rendering.paper import PageRoom, before_number, title_of
from claimpos.rendering.text import safe
from claimpos.rendering.word import BULLETS, HEADINGS, TABLE_TEXT, Word
from claimpos.rendering.word_reference import NOT_WORD, opened

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = f'xmlns:w="{_MAIN}"'
_ENDNOTE_TEXT = "endnote text"
_ENDNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
_MARK = "claimpos"
_PLACE = re.compile(rf'<w:p w:rsidR="{_MARK}[0-9]+"/>'.encode())
_A4 = 595.3, 841.9
_MARGIN = 56.7
_TABLE_SIZE = 8.5
_FONT = "Arial"
_STYLED = {
    "Normal": (9.5, 4),
    "Title": (20, 6),
    "Heading 1": (14, 4),
    "Heading 2": (10.5, 2),
    "Heading 3": (9.5, 2),
    **dict.fromkeys(BULLETS, (9.5, 2)),
}
# No date of creation, so that the same document gives the same file.

Chapter = tuple[str, bool]
"""The paragraphs and tables of a chapter, as WordprocessingML, and whether it lies sideways."""


def word_file(document: Document, reference: bytes | None = None) -> bytes:
    """The document as a .docx file, in the styles, page and footers of `reference` if there is one.

    Raises NotInstalled without python-docx, WrongUsage if `reference` is no document of Word.
    """
    with library("the format docx", "python-docx", "docx", megabytes=64):
        import docx
    if reference is None:
        file = docx.Document()
        _style(file)
    else:
        file = opened(reference)
    with as_wrong_usage(NOT_WORD):
        section = file.sections[-1]
        word = Word(_page(section), _styles(file))
    if file.element.nsmap.get("w") != _MAIN:
        raise WrongUsage(NOT_WORD)
    chapters = word.chapters(document)
    title = title_of(document)
    with nullcontext() if reference is None else as_wrong_usage(NOT_WORD):
        _number_pages(section, title)
        _add_endnotes(file, word)
        _name(file, title)
        return packed(file, chapters)


def _style(file: Any) -> None:
    """Give the file its own page and typefaces."""
    from docx.shared import Pt, RGBColor

    section = file.sections[-1]
    section.page_width, section.page_height = map(Pt, _A4)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Pt(_MARGIN))
    for name, (size, after) in _STYLED.items():
        style = file.styles[name]
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.08
        _set_size(style, size)
        _set_typeface(style)
        if name in HEADINGS.values():
            style.font.color.rgb = RGBColor(0x1D, 0x2A, 0x35)
            style.paragraph_format.space_before = Pt(size * 0.8)
            style.paragraph_format.keep_with_next = True
    _remove_borders(file.styles["Title"])


def _set_size(style: Any, points: float) -> None:
    """Set the size of texts in either direction of writing."""
    from docx.oxml import parse_xml
    from docx.shared import Pt

    style.font.size = Pt(points)
    for old in style.element.rPr.xpath("w:szCs"):
        style.element.rPr.remove(old)
    size = parse_xml(f'<w:szCs {_SPACE} w:val="{round(2 * points)}"/>')
    style.element.rPr.xpath("w:sz")[0].addnext(size)


def _set_typeface(style: Any) -> None:
    from docx.oxml import parse_xml

    properties = style.element.get_or_add_rPr()
    for old in properties.xpath("w:rFonts | w:lang"):
        properties.remove(old)
    names = " ".join(f'w:{one}="{_FONT}"' for one in ("ascii", "hAnsi", "cs", "eastAsia"))
    properties.insert(0, parse_xml(f"<w:rFonts {_SPACE} {names}/>"))
    properties.append(parse_xml(f'<w:lang {_SPACE} w:val="en-GB"/>'))


def _remove_borders(style: Any) -> None:
    for border in style.element.xpath("w:pPr/w:pBdr"):
        border.getparent().remove(border)


def _styles(file: Any) -> dict[str, str]:
    """The ids of the styles that a document needs; those of small texts are added if missing."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    known = {style.name: style for style in file.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    for name, after in ((TABLE_TEXT, 1), (_ENDNOTE_TEXT, 2)):
        if name not in known:
            style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = known.get("Normal")
            _set_size(style, _TABLE_SIZE)
            style.paragraph_format.space_after = Pt(after)
            style.paragraph_format.space_before = Pt(after)
            style.paragraph_format.line_spacing = 1.0
            known[name] = style
    return {name: style.style_id for name, style in known.items()}


def _page(section: Any) -> PageRoom:
    """The room for text on a page of the section, upright and on its side."""
    margins = section.left_margin.pt + section.right_margin.pt
    short, long = sorted((section.page_width.pt, section.page_height.pt))
    return PageRoom(short - margins, long - margins, _TABLE_SIZE)


def _number_pages(section: Any, title: str) -> None:
    """Put the title and the number of the page into the footer, unless it has contents."""
    from docx.oxml import parse_xml

    footer = section.footer
    text = "".join(one.text for one in footer.paragraphs).strip()
    if text or footer._element.xpath(".//w:instrText | .//w:fldSimple"):
        return
    line = footer.paragraphs[0]._element
    grey = '<w:color w:val="5B6874"/><w:sz w:val="16"/>'
    parts = [
        xml.run(xml.inert(before_number(title)), grey),
        xml.field("PAGE", xml.run("1", grey)),
        xml.run(" of ", grey),
        xml.field("NUMPAGES", xml.run("1", grey)),
    ]
    for child in parse_xml(f"<w:p {_SPACE}>{''.join(parts)}</w:p>"):
        line.append(child)


def _mark_places(file: Any, chapters: Sequence[Chapter]) -> None:
    """Let the body hold a mark for each chapter, with its own section where the page turns."""
    from docx.oxml import parse_xml

    body = file.element.body
    last = body.sectPr
    for child in [*body]:
        if child is not last:
            body.remove(child)
    for number, (_, sideways) in enumerate(chapters, start=1):
        last.addprevious(parse_xml(f'<w:p {_SPACE} w:rsidR="{_MARK}{number}"/>'))
        if number == len(chapters):
            _turn(last, sideways)
        else:
            end = parse_xml(
                f'<w:p {_SPACE}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" '
                'w:lineRule="exact"/></w:pPr></w:p>'
            )
            pages = deepcopy(last)
            _turn(pages, sideways)
            end.pPr.append(pages)
            last.addprevious(end)


def _turn(pages: Any, sideways: bool) -> None:
    """Make the pages of a section upright, or put them on their sides; number its notes 1, 2, 3."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    size = pages.find(qn("w:pgSz"))
    if size is not None:
        edges = sorted((int(size.get(qn("w:w"))), int(size.get(qn("w:h")))), reverse=sideways)
        size.set(qn("w:w"), str(edges[0]))
        size.set(qn("w:h"), str(edges[1]))
        size.set(qn("w:orient"), "landscape" if sideways else "portrait")
    for old in pages.findall(qn("w:endnotePr")):
        pages.remove(old)
    numbers = parse_xml(f'<w:endnotePr {_SPACE}><w:numFmt w:val="decimal"/></w:endnotePr>')
    first = [qn(f"w:{name}") for name in ("headerReference", "footerReference", "footnotePr")]
    before = [one for one in pages if one.tag in first]
    pages.insert(len(before), numbers)


def _add_endnotes(file: Any, word: Word) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    if not word.endnotes:
        return
    part = file.part
    for key, relation in [*part.rels.items()]:
        if relation.reltype == RELATIONSHIP_TYPE.ENDNOTES:
            del part.rels[key]
    style = word.styles[_ENDNOTE_TEXT]
    mark = f"<w:r><w:rPr>{xml.SUPERSCRIPT}</w:rPr><w:endnoteRef/></w:r>{xml.run(' ')}"
    line = "<w:r><w:separator/></w:r>"
    notes = [
        f'<w:endnote w:type="separator" w:id="-1">{xml.paragraph(word.endnotes_title or line)}'
        '</w:endnote><w:endnote w:type="continuationSeparator" w:id="0">'
        f"{xml.paragraph('<w:r><w:continuationSeparator/></w:r>')}</w:endnote>",
        *(
            f'<w:endnote w:id="{number}">{xml.paragraph(mark + text, style)}</w:endnote>'
            for number, text in word.endnotes.items()
        ),
    ]
    blob = f"{_XML}<w:endnotes {_SPACE}>{''.join(notes)}</w:endnotes>".encode()
    _declare_separators(file.settings.element)
    uri = PackURI("/word/endnotes.xml")
    part.relate_to(Part(uri, _ENDNOTES, blob, part.package), RELATIONSHIP_TYPE.ENDNOTES)


def _declare_separators(settings: Any) -> None:
    """Say in the settings which of the endnotes are what parts them from the text."""
    from docx.oxml import parse_xml

    for old in settings.xpath("w:endnotePr"):
        settings.remove(old)
    text = '<w:endnote w:id="-1"/><w:endnote w:id="0"/>'
    separators = parse_xml(f"<w:endnotePr {_SPACE}>{text}</w:endnotePr>")
    after = settings.xpath("w:compat | w:rsids | m:mathPr | w:themeFontLang | w:clrSchemeMapping")
    if after:
        after[0].addprevious(separators)
    else:
        settings.append(separators)


def _name(file: Any, title: str) -> None:
    """Say what the file is in its properties; nothing of who made it, or when."""
    properties = file.core_properties
    properties.title = safe(title)[:250]
    properties.author = properties.last_modified_by = properties.comments = ""
    element = properties._element
    for name in ("created", "modified", "lastPrinted"):
        for child in element.xpath(f"*[local-name()='{name}']"):
            element.remove(child)


def packed(document: Any, chapters: Sequence[Chapter]) -> bytes:
    """The file of a document of python-docx that holds these chapters alone.

    They are put into what python-docx writes: to move a long text into its tree takes the square
    of its length. Its own `save` takes dates from the clock.
    """
    from docx.opc.constants import CONTENT_TYPE, NAMESPACE
    from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI

    _mark_places(document, chapters)
    package = document.part.package
    parts = package.parts
    for part in parts:
        part.before_marshal()
    kinds = "".join(
        f'<Override PartName="{xml.inert(part.partname)}" '
        f'ContentType="{xml.inert(part.content_type)}"/>'
        for part in parts
    )
    types = (
        f'{_XML}<Types xmlns="{NAMESPACE.OPC_CONTENT_TYPES}"><Default Extension="rels" '
        f'ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>{kinds}</Types>'
    )
    archive = Undated()
    archive.writestr(CONTENT_TYPES_URI.membername, types)
    archive.writestr(PACKAGE_URI.rels_uri.membername, package.rels.xml)
    for part in parts:
        content = part.blob
        if part is document.part:
            before, *behind = _PLACE.split(content)
            texts = (body.encode() for body, _ in chapters)
            content = b"".join((before, *chain(*zip(texts, behind, strict=True))))
        archive.writestr(part.partname.membername, content)
        if part.rels:
            archive.writestr(part.partname.rels_uri.membername, part.rels.xml)
    archive.close()
    return archive.buffer.getvalue()
