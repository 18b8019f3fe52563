"""Texts, chiefly of Word: what is read of them, and what files from strangers cost."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from claimpos.dossier.limits import VARIABLE
from claimpos.errors import WrongUsage
from claimpos.importing.text_blocks import TextParagraph
from claimpos.wording.worksheet import how_read
from tests.importing.support import read_text
from tests.importing.word_files import cell, par, table, word_file
from tests.support import largely, within, yaml_data

CASES = sorted((Path(__file__).parent / "texts").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_what_is_read(case: Path, tmp_path: Path) -> None:
    """A case has a `file`, its `text`, and what is expected: title, heading, heads, …."""
    data: dict[str, Any] = yaml_data(case.read_text("utf-8"), case.name)
    found = read_text(tmp_path, data["file"], data["text"])
    assert found.title == data["title"]
    assert found.heading == data.get("heading", "")
    assert [[*head] for head in found.heads] == data.get("heads", [])
    assert [[*passage.cells] for passage in found.passages] == data["passages"]
    locators = [passage.locator for passage in found.passages]
    assert locators == data.get("locators", [""] * len(locators))


def test_word_numbers_its_lists_and_headings(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="Article %1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1.%3"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    )
    styles = (
        '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="N"><w:name w:val="Numbered"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:styleId="M"><w:basedOn w:val="N"/></w:style>'
    )

    def at(level: int, number: int = 1) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    body = "".join(
        (
            par("Before"),
            par("The draft", '<w:pStyle w:val="T"/>'),
            par("first", '<w:pStyle w:val="M"/>'),
            *(par("a", at(1)), par("b", at(1)), par("c", at(2))),
            par("second", at(0)),
            *(par("a", at(1)), par("again", at(0, 2)), par("end", '<w:pStyle w:val="N"/>')),
        )
    )
    found = read_text(tmp_path, "a.docx", word_file(body, numbering=numbering, styles=styles))
    assert found.title == "The draft"
    assert [passage.cells[0] for passage in found.passages] == [
        "Before",
        "The draft",
        "Article 3. first\n(i) a\n(ii) b\n3.A c",
        "Article 4. second\n(i) a",
        "Article 9. again",
        "Article 10. end",
    ]
    assert [passage.locator for passage in found.passages][2:] == [
        *("Article 3", "Article 4", "Article 9", "Article 10")
    ]


def test_merged_cells_hold_their_text_everywhere(tmp_path: Path) -> None:
    wide, begun, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = table(cell("x") + cell("y"), cell("z") + cell(""))
    body = table(
        cell("No") + cell("Port") + cell("Union"),
        cell("1", begun) + cell("both", wide),
        cell("", goes_on) + cell("one|two") + f"<w:tc>{inner}{par('after')}</w:tc>",
        cell("3"),
    )
    (head,), rows = (found := read_text(tmp_path, "a.docx", word_file(body))).heads, found.passages
    assert head == ("No", "Port", "Union")
    assert [row.cells for row in rows] == [
        ("1", "both", "both"),
        ("1", "one\ntwo", "x | y\nz | \nafter"),
        ("3", "", ""),
    ]


def test_what_is_deleted_hidden_or_beside_the_text(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>old </w:t></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
    box = f"<w:r><w:txbxContent>{par('in a box')}</w:txbxContent></w:r>"
    body = (
        f"<w:p>{run.format('kept ')}<w:del>{run.format('gone')}</w:del>"
        f"<w:ins>{run.format('new ')}</w:ins>{struck}{hidden}{box}"
        f"<w:r><w:footnoteReference/><w:instrText>HYPERLINK x</w:instrText><w:tab/></w:r></w:p>"
        + table(cell("a"), f"<w:trPr><w:del/></w:trPr>{cell('deleted')}", cell("b"))
    )
    found = read_text(tmp_path, "a.docx", word_file(body))
    assert [one.cells for one in found.passages] == [("kept new ~~old~~",), ("b",)]
    assert found.read.unread == {"footnote": 1, "text box": 1}
    assert found.read.hidden
    assert found.read.changed


_VANISH = "<w:rPr><w:vanish{}/></w:rPr>"
_ON, _NOT = _VANISH.format(""), _VANISH.format(' w:val="0"')
_STYLES = (
    f'<w:style w:type="paragraph" w:styleId="P">{_ON}</w:style>'
    '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="S"><w:basedOn w:val="P"/>{_NOT}</w:style>'
    f'<w:style w:type="character" w:styleId="C">{_ON}</w:style>'
    f'<w:style w:type="table" w:styleId="T"><w:tblStylePr>{_ON}</w:tblStylePr></w:style>'
)
_IN_A_TABLE = f'<w:style w:type="table" w:styleId="H">{_ON}</w:style>'
_USUAL = f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{_ON}</w:style>'
_EVERYWHERE = f"<w:docDefaults><w:rPrDefault>{_ON}</w:rPrDefault></w:docDefaults>"
_OF_C = '<w:rPr><w:rStyle w:val="C"/></w:rPr>'


_SHOWN = [
    ("", "", "", True),
    ("", _ON, "", False),
    ("", _NOT, "", True),
    ("", "<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>", "", True),
    (_ON, "", "", True),  # the mark at the paragraph's end
    ('<w:pStyle w:val="P"/>', "", "", False),
    ('<w:pStyle w:val="Q"/>', "", "", False),
    ('<w:pStyle w:val="S"/>', "", "", True),
    ('<w:pStyle w:val="T"/>', "", "", True),
    ('<w:pStyle w:val="P"/>', _NOT, "", True),
    ('<w:pStyle w:val="P"/>', _OF_C, "", True),
    ("", _OF_C, "", False),
    (
        '<w:pStyle w:val="P"/><w:pPrChange><w:pPr><w:pStyle w:val="S"/></w:pPr></w:pPrChange>',
        *("", "", False),
    ),
    ("", "", _USUAL, False),
    ('<w:pStyle w:val="S"/>', "", _USUAL, True),
    ("", "", _EVERYWHERE, False),
    ("", _NOT, _EVERYWHERE, True),
]


@pytest.mark.parametrize(("paragraph", "words", "styles", "is_shown"), _SHOWN)
def test_what_word_shows_is_read(
    paragraph: str, words: str, styles: str, is_shown: bool, tmp_path: Path
) -> None:
    told = f"<w:p><w:pPr>{paragraph}</w:pPr><w:r>{words}<w:t>do not</w:t></w:r></w:p>"
    shown = f"<w:p><w:r>{_NOT}<w:t>Wages rise</w:t></w:r></w:p>"
    document = word_file(shown + told, styles=styles + _STYLES)
    found = read_text(tmp_path, "a.docx", document)
    text = "\n".join(one.cells[0] for one in found.passages)
    assert text == ("Wages rise\ndo not" if is_shown else "Wages rise")
    assert found.read.hidden != is_shown


@pytest.mark.parametrize("kind", ["strike", "dstrike"])
@pytest.mark.parametrize(("paragraph", "words", "styles", "is_shown"), _SHOWN)
def test_what_word_strikes_out_is_read_as_struck_out(
    paragraph: str, words: str, styles: str, is_shown: bool, kind: str, tmp_path: Path
) -> None:
    """By its own format or by a style; of single lines, two styles undo each other."""
    told = f"<w:p><w:pPr>{paragraph}</w:pPr><w:r>{words}<w:t>do not</w:t></w:r></w:p>"
    parts = [part.replace("w:vanish", f"w:{kind}") for part in (told, styles + _STYLES)]
    found = read_text(tmp_path, "a.docx", word_file(parts[0], styles=parts[1]))
    is_struck = not is_shown or (kind == "dstrike" and words == _OF_C)
    assert [one.cells for one in found.passages] == [("~~do not~~" if is_struck else "do not",)]


def test_a_single_and_a_double_line_do_not_undo_each_other(tmp_path: Path) -> None:
    for one, other in (("strike", "dstrike"), ("dstrike", "strike")):
        form = f'<w:rPr><w:{one}/><w:{other} w:val="0"/></w:rPr>'
        found = read_text(
            tmp_path, "a.docx", word_file(f"<w:p><w:r>{form}<w:t>5</w:t></w:r></w:p>")
        )
        assert [passage.cells for passage in found.passages] == [("~~5~~",)]


def _field(*parts: str) -> str:
    """A field: its code and, if it has one, its result."""
    marks = ["begin", *["separate"] * (len(parts) - 1), "end"]
    written = [f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in marks]
    return "".join(one for pair in zip(written, (*parts, ""), strict=True) for one in pair)


def _alternatives(*choices: tuple[str, str], fallback: str) -> str:
    """Alternatives, each with what a program must understand to show it."""
    chosen = "".join(
        f'<mc:Choice xmlns:n="{space}" Requires="n">{text}</mc:Choice>' for space, text in choices
    )
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (
        f'<mc:AlternateContent xmlns:mc="{space}">{chosen}<mc:Fallback>{fallback}</mc:Fallback>'
        "</mc:AlternateContent>"
    )


_FIVE, _FIFTY = "<w:r><w:t>5</w:t></w:r>", "<w:r><w:t>50</w:t></w:r>"
_CODE = "<w:r><w:instrText> IF </w:instrText><w:t>0</w:t></w:r>"
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_BOX = f"<w:txbxContent>{par('in a box')}</w:txbxContent>"
_OTHER_PROGRAMS = {"program-specific text": 1}


@pytest.mark.parametrize(
    ("shown", "unread"),
    [
        (_field(_CODE, _FIVE), {}),
        (_FIVE + _field(_CODE), {}),
        (_field(_CODE + _field(_CODE, _FIFTY) + _CODE, _FIVE), {}),
        (_field(_field(_CODE + _field(_CODE)), _field(_CODE, _FIVE)), {}),
        (_FIVE + _field(_CODE, "").replace('"end"', '"begin"'), {"field without an end": 1}),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + _FIVE, {}),
        (f'<w:fldSimple w:instr="x">{_FIVE}</w:fldSimple>', {}),
        (f'{_FIVE}<x:r xmlns:x="urn:x"><x:t>0</x:t></x:r>', {}),
        (f'{_FIVE}<w:r><x:t xmlns:x="urn:x">0</x:t></w:r>', {}),
        (f'{_FIVE}<x:x xmlns:x="urn:x">{_FIFTY}</x:x>', _OTHER_PROGRAMS),
        (
            f'{_FIVE}<w:r><w:drawing><x:x xmlns:x="urn:x">{_BOX}</x:x></w:drawing></w:r>',
            {"text box": 1},
        ),
        ('<w:r><w:rPr><x:vanish xmlns:x="urn:x"/></w:rPr><w:t>5</w:t></w:r>', {}),
        (
            '<w:r><w:rPr><w:vanish xmlns:x="urn:x" w:val="0" x:val="1"/></w:rPr><w:t>5</w:t></w:r>',
            {},
        ),
        (_alternatives(("urn:x", _FIFTY), fallback=_FIVE), _OTHER_PROGRAMS),
        (_alternatives((_SHAPES, _FIVE), fallback=_FIFTY), _OTHER_PROGRAMS),
        (_alternatives(("urn:x", _FIFTY), (_SHAPES, _FIVE), fallback=""), _OTHER_PROGRAMS),
        (
            _alternatives((_SHAPES, _FIFTY), fallback=_FIVE).replace('"n"', f'"{"n " * 999}"'),
            _OTHER_PROGRAMS,
        ),
        (_FIVE + _alternatives((_SHAPES, _BOX), fallback=_BOX), {"text box": 1}),
        (_alternatives(("urn:x", "<w:r><x:x xmlns:x='urn:x'/></w:r>"), fallback=_FIVE), {}),
    ],
)
def test_what_word_does_not_show_is_no_text(
    shown: str, unread: dict[str, int], tmp_path: Path
) -> None:
    body = f"<w:p><w:r><w:t>Wages rise by </w:t></w:r>{shown}</w:p>"
    found = read_text(tmp_path, "a.docx", word_file(body))
    assert [one.cells for one in found.passages] == [("Wages rise by 5",)]
    assert found.read.unread == unread
    assert not found.read.bound


def test_words_drawn_along_a_line_are_counted(tmp_path: Path) -> None:
    shape = '<v:shapetype xmlns:v="urn:v"><v:textpath on="t"/></v:shapetype>'
    shape += '<v:shape xmlns:v="urn:v"><v:textpath string="NOT AGREED"/></v:shape>'
    body = f"<w:p>{_FIVE}<w:r><w:pict>{shape}</w:pict></w:r></w:p>"
    found = read_text(tmp_path, "a.docx", word_file(body))
    assert [one.cells for one in found.passages] == [("5",)]
    assert found.read.unread == {"text box": 1}


_ARTICLES = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="Article %1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def _article(text: str, mark: str = "", run: str = "{}") -> str:
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    words = run.format(f"<w:r><w:t>{text}</w:t></w:r>")
    return f"<w:p><w:pPr>{place}<w:rPr>{mark}</w:rPr></w:pPr>{words}</w:p>"


@pytest.mark.parametrize(
    ("second", "read_as"),
    [
        (_article("No work.", "<w:del/>", "<w:del>{}</w:del>"), ["5", "0 per cent"]),
        (_article("No work.", "<w:moveFrom/>", "<w:moveFrom>{}</w:moveFrom>"), ["5", "0 per cent"]),
        (_article("No work.", "<w:del/>"), ["5", "No work.0 per cent"]),
        (
            _article("No work.", "<w:vanish/>").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"),
            ["5", "0 per cent"],
        ),
        (_article("No work.", '<w:vanish w:val="0"/>'), ["5", "No work.", "0 per cent"]),
        (
            _article("No work.", "<w:rPrChange><w:rPr><w:del/></w:rPr></w:rPrChange>"),
            ["5", "No work.", "0 per cent"],
        ),
        (_article("a", "<w:del/>") + table(cell("b")), ["5", "a", "0 per cent"]),
        (_article("a").replace("<w:numPr>", '<w:pStyle w:val="P"/><w:numPr>'), ["5", "0 per cent"]),
    ],
)
def test_a_paragraph_whose_mark_is_deleted_goes_on_with_the_next(
    second: str, read_as: list[str], tmp_path: Path
) -> None:
    body = _article("5") + second + _article("0 per cent")
    found = read_text(tmp_path, "a.docx", word_file(body, numbering=_ARTICLES, styles=_STYLES)).read
    paragraphs = [one for one in found.blocks if isinstance(one, TextParagraph)]
    assert [one.text for one in paragraphs] == read_as
    assert [one.number for one in paragraphs] == [
        f"Article {number}" for number in range(1, len(read_as) + 1)
    ]


def test_a_large_first_letter_goes_on_with_its_paragraph(tmp_path: Path) -> None:
    letter = par("5", '<w:framePr w:dropCap="drop"/>') + par("0 days")
    frame = par("beside", '<w:framePr w:wrap="around"/>')
    found = read_text(tmp_path, "a.docx", word_file(letter + frame))
    assert [one.cells for one in found.passages] == [("50 days",), ("beside",)]


def test_a_last_paragraph_whose_mark_is_deleted_is_read(tmp_path: Path) -> None:
    body = table(f"<w:tc>{_article('a', '<w:del/>')}</w:tc>", cell("b")) + _article("c", "<w:del/>")
    found = read_text(tmp_path, "a.docx", word_file(body, numbering=_ARTICLES))
    assert found.heads == (("Article 1 a",),)
    assert [one.cells for one in found.passages] == [("b",), ("Article 2 c",)]


def test_pictures_and_what_stands_around_a_page_are_told(tmp_path: Path) -> None:
    drawn = "<w:r><w:drawing><x:inline xmlns:x='urn:x'>{}</x:inline></w:drawing></w:r>"
    picture, chart = drawn.format("<x:pic><x:blip/></x:pic>"), drawn.format("<x:chart/>")
    shape = f"<x:shape xmlns:x='urn:x'>{_BOX}<x:imagedata/></x:shape>"
    inserted = f"<w:r><w:object>{shape}</w:object></w:r>"
    either = _alternatives((_SHAPES, picture), fallback=picture)
    body = f"<w:p>{_FIVE}{picture}{chart}{inserted}{either}</w:p>"
    document = word_file(body, header=par("DRAFT, not agreed"), footer=par("12"))
    found = read_text(tmp_path, "a.docx", document)
    assert [one.cells for one in found.passages] == [("5",)]
    assert found.read.unread == {"header": 1, "picture": 2, "chart": 1, "embedded object": 1}
    page = read_text(tmp_path, "a.html", "<p>5<img><img alt=''><img alt='Article 2'><embed>")
    assert page.read.unread == {"picture": 1, "inserted document": 1}


def test_text_that_word_fills_in_is_told(tmp_path: Path) -> None:
    bound = (
        f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{_FIVE}</w:sdtContent></w:sdt>"
    )
    found = read_text(tmp_path, "a.docx", word_file(f"<w:p>{bound}</w:p>"))
    assert found.read.bound
    assert [sentence for sentence in how_read(found.read) if "fills in" in sentence]


def test_the_style_of_a_table_may_hide_its_words(tmp_path: Path) -> None:
    body = table(cell("a") + cell("b"), cell("c") + cell("d"))
    styled = body.replace("<w:tbl>", '<w:tbl><w:tblPr><w:tblStyle w:val="H"/></w:tblPr>')
    found = read_text(
        tmp_path, "a.docx", word_file(par("kept") + styled + body, styles=_IN_A_TABLE)
    )
    assert [one.cells for one in found.passages] == [("kept",), ("c", "d")]
    assert found.read.hidden


def test_a_document_within_a_document_is_counted(tmp_path: Path) -> None:
    inserted = '<w:altChunk r:id="r1" xmlns:r="urn:x"/>'
    found = read_text(tmp_path, "a.docx", word_file(par("a") + inserted + par("b")))
    assert found.read.unread == {"inserted document": 1}


# ---- files from strangers ----

_ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", word_file(par("&a;"), _ENTITY), "cannot be read as a .docx document"),
        ("a.docx", word_file("<w:p>" * 100 + "</w:p>" * 100), "cannot be read as a .docx"),
        ("a.docx", word_file(table(cell("x", '<w:gridSpan w:val="9999999"/>'))), "1,000 columns"),
        (
            "a.docx",
            word_file(
                par("x"),
                numbering=f'<w:num w:numId="1"><w:lvlOverride w:ilvl="{"9" * 99}"/></w:num>',
            ),
            "cannot be read as a .docx",
        ),
        ("a.docx", b"PK\x03\x04 but nothing else", "cannot be read as a .docx document"),
        ("a.docx", b"no archive", "cannot be read as a .docx document"),
        ("a.doc", b"\xd0\xcf\x11\xe0 old", "in Word's old format"),
        ("a.md", b"%PDF-1.7", "is a PDF"),
        ("a.odt", b"x", "not a kind of text that can be read"),
        ("a.md", b"\xff\xfe\xfa", "is not UTF-8"),
        ("a.html", b"<meta charset=windows-1252>\x81", "is not cp1252"),
        ("a.html", b"<script>1</script>  ", "holds no text"),
        ("a.html", b"<table>" * 65, "nested too deeply"),
        ("a.md", b" \n", "holds no text"),
        ("a.docx", word_file(f"<w:p><w:r>{_BOX}</w:r></w:p>"), r"no text\. Not read: 1 text box\."),
    ],
)
def test_files_that_are_not_read(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=message):
        read_text(tmp_path, name, content)


def test_other_archives_are_told_by_what_they_are(tmp_path: Path) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "")
        archive.writestr("content.xml", "")
    with pytest.raises(WrongUsage, match="OpenDocument"):
        read_text(tmp_path, "a.docx", made.getvalue())


SPAN = '<w:gridSpan w:val="1000"/>'
IN_A_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
HUGE: dict[str, Callable[[], tuple[str, str | bytes]]] = {
    "a bomb": lambda: ("a.docx", word_file(par("x" * 40_000_000))),
    "a merged cell": lambda: (
        "a.html",
        "<table><tr><td rowspan=4000 colspan=900>" + "x" * 9000 + "<tr>" * 4000,
    ),
    "tables in cells": lambda: ("a.html", "<table><tr><td>" * 60 + "x" * 900_000),
    "empty paragraphs": lambda: ("a.docx", word_file("<w:p/>" * 2_000_000)),
    "spans of empty cells": lambda: ("a.docx", word_file(table(cell("", SPAN)) * 20_000)),
    "numbers of a list": lambda: (
        "a.docx",
        word_file(
            par("a", IN_A_LIST) * 150_000,
            numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
            '<w:start w:val="1888"/><w:numFmt w:val="lowerRoman"/>'
            f'<w:lvlText w:val="{"%1" * 30}"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        ),
    ),
}


@pytest.mark.parametrize("name", largely(HUGE, "a bomb", "a merged cell", "spans of empty cells"))
def test_what_grows_when_it_is_unpacked_is_refused(name: str, tmp_path: Path) -> None:
    file = HUGE[name]()
    with within(8), pytest.raises(WrongUsage, match="document-bytes"):
        read_text(tmp_path, *file)


PIECES = (
    *("<!--", "<a ", "<a b='", "</", "&", "<s>", "<script>", "</p"),
    *(
        "<![CDATA[",
        "<svg/>",
        "<sup>1",
        "<math>",
        "<rt>",
        "`",
        "``",
        "`` ` ",
        "` <!--",
        "```\n",
        "~~~~\n~~~\n",
        "a\n\n<!--",
    ),
    *("|", "a|b\n-|-\n", "[", "1. "),
)


@pytest.mark.large
@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("ending", [".html", ".xhtml", ".md"])
def test_malformed_texts_take_no_longer_than_others(
    piece: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes a time that grows with the square of the size would take minutes."""
    monkeypatch.setenv(VARIABLE, "text-paragraphs=900000")
    with within(5):
        read_text(tmp_path, f"a{ending}", "text\n\n" + piece * (200_000 // len(piece)))


def test_a_text_has_so_many_passages_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "text-paragraphs=3")
    with pytest.raises(WrongUsage, match="more than 3 articles and rows"):
        read_text(tmp_path, "a.md", "1. a\n2. b\n3. c\n4. d\n")
