"""Texts of Word, HTML and Markdown: what is read of them, and what files from strangers cost."""

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
from claimpos.importing.text_document import TextDocument, read_text_document
from claimpos.wording.worksheet import how_read
from tests.importing.word_files import cell, par, table, word_file
from tests.support import largely, within, yaml_data

CASES = sorted((Path(__file__).parent / "texts").glob("*.yaml"))


def read(folder: Path, name: str, content: str | bytes) -> TextDocument:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_text_document(path)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_what_is_read(case: Path, tmp_path: Path) -> None:
    """A case has a `file`, its `text`, and what is expected: title, heading, heads, …."""
    data: dict[str, Any] = yaml_data(case.read_text("utf-8"), case.name)
    found = read(tmp_path, data["file"], data["text"])
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
    found = read(tmp_path, "a.docx", word_file(body, numbering=numbering, styles=styles))
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
    (head,), rows = (found := read(tmp_path, "a.docx", word_file(body))).heads, found.passages
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
    found = read(tmp_path, "a.docx", word_file(body))
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
    found = read(tmp_path, "a.docx", document)
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
    found = read(tmp_path, "a.docx", word_file(parts[0], styles=parts[1]))
    is_struck = not is_shown or (kind == "dstrike" and words == _OF_C)
    assert [one.cells for one in found.passages] == [("~~do not~~" if is_struck else "do not",)]


def test_a_single_and_a_double_line_do_not_undo_each_other(tmp_path: Path) -> None:
    for one, other in (("strike", "dstrike"), ("dstrike", "strike")):
        form = f'<w:rPr><w:{one}/><w:{other} w:val="0"/></w:rPr>'
        found = read(tmp_path, "a.docx", word_file(f"<w:p><w:r>{form}<w:t>5</w:t></w:r></w:p>"))
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
    found = read(tmp_path, "a.docx", word_file(body))
    assert [one.cells for one in found.passages] == [("Wages rise by 5",)]
    assert found.read.unread == unread
    assert not found.read.bound


def test_words_drawn_along_a_line_are_counted(tmp_path: Path) -> None:
    shape = '<v:shapetype xmlns:v="urn:v"><v:textpath on="t"/></v:shapetype>'
    shape += '<v:shape xmlns:v="urn:v"><v:textpath string="NOT AGREED"/></v:shape>'
    body = f"<w:p>{_FIVE}<w:r><w:pict>{shape}</w:pict></w:r></w:p>"
    found = read(tmp_path, "a.docx", word_file(body))
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
    found = read(tmp_path, "a.docx", word_file(body, numbering=_ARTICLES, styles=_STYLES)).read
    paragraphs = [one for one in found.blocks if isinstance(one, TextParagraph)]
    assert [one.text for one in paragraphs] == read_as
    assert [one.number for one in paragraphs] == [
        f"Article {number}" for number in range(1, len(read_as) + 1)
    ]


def test_a_large_first_letter_goes_on_with_its_paragraph(tmp_path: Path) -> None:
    letter = par("5", '<w:framePr w:dropCap="drop"/>') + par("0 days")
    frame = par("beside", '<w:framePr w:wrap="around"/>')
    found = read(tmp_path, "a.docx", word_file(letter + frame))
    assert [one.cells for one in found.passages] == [("50 days",), ("beside",)]


def test_a_last_paragraph_whose_mark_is_deleted_is_read(tmp_path: Path) -> None:
    body = table(f"<w:tc>{_article('a', '<w:del/>')}</w:tc>", cell("b")) + _article("c", "<w:del/>")
    found = read(tmp_path, "a.docx", word_file(body, numbering=_ARTICLES))
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
    found = read(tmp_path, "a.docx", document)
    assert [one.cells for one in found.passages] == [("5",)]
    assert found.read.unread == {"header": 1, "picture": 2, "chart": 1, "embedded object": 1}
    page = read(tmp_path, "a.html", "<p>5<img><img alt=''><img alt='Article 2'><embed>")
    assert page.read.unread == {"picture": 1, "inserted document": 1}


def test_text_that_word_fills_in_is_told(tmp_path: Path) -> None:
    bound = (
        f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{_FIVE}</w:sdtContent></w:sdt>"
    )
    found = read(tmp_path, "a.docx", word_file(f"<w:p>{bound}</w:p>"))
    assert found.read.bound
    assert [sentence for sentence in how_read(found.read) if "fills in" in sentence]


def test_the_style_of_a_table_may_hide_its_words(tmp_path: Path) -> None:
    body = table(cell("a") + cell("b"), cell("c") + cell("d"))
    styled = body.replace("<w:tbl>", '<w:tbl><w:tblPr><w:tblStyle w:val="H"/></w:tblPr>')
    found = read(tmp_path, "a.docx", word_file(par("kept") + styled + body, styles=_IN_A_TABLE))
    assert [one.cells for one in found.passages] == [("kept",), ("c", "d")]
    assert found.read.hidden


# Pages of which a browser shows both articles, and what stands between these.
_BETWEEN = {
    "a picture without contents": '<svg width="1"/>',
    "an icon": '<p><svg class="i"><path/></svg></p>',
    "an equation without contents": "<math/>",
    "a comment that ends with an exclamation mark": "<!-- x --!>",
    "empty comments": "<!--><!--->",
    "a tag whose value ends with a slash": "<svg width=1/></svg>",
}
_IN_XML = {
    "a script without contents": '<script src="x"/><title/><style/><s/>',
    "cells without contents": "<table><tr><td/><td/></tr></table>",
}


@pytest.mark.parametrize(
    ("name", "between"),
    [
        *((name, between) for name in ("a.html", "a.xhtml") for between in _BETWEEN.values()),
        *(("a.xhtml", between) for between in _IN_XML.values()),
    ],
)
def test_what_follows_an_empty_element_is_read(name: str, between: str, tmp_path: Path) -> None:
    found = read(tmp_path, name, f"<p>Article 1 a</p>{between}<p>Article 2 b</p>")
    read_of_it = [one.cells[0].replace("\ufffd", "").strip() for one in found.passages]
    assert read_of_it == ["Article 1 a", "Article 2 b"]
    assert not found.read.ends


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        *(
            (f"<{name} open>Article 1</{name}>5 per cent", "Article 1\n5 per cent")
            for name in ("summary", "legend", "center", "hgroup", "search", "dialog", "dir", "menu")
        ),
        ("<p>Article 1</br>5 per cent", "Article 1\n5 per cent"),
        *(
            (f"<p>5<{name}>0<{name}>0</{name}>0</{name}> per cent", "5 per cent")
            for name in ("template", "canvas", "video", "audio", "meter", "progress", "datalist")
        ),
        *((f"<p>5<{name}><p>0</{name}> per cent", "5 per cent") for name in ("noembed", "iframe")),
        ("<p>5<dialog>0</dialog> per cent", "5\nper cent"),
        ("<p>5<svg><svg/><svg><!-- </svg> --></svg><title>0</title></svg> per cent", "5 per cent"),
        ("<p>5<script><!--<script></script>0--></script> per cent", "5 per cent"),
        ("<p>5<script><!--</script> per<script><!--><script></script> cent", "5 per cent"),
        ("<p>rise by &#00000053; or &#x0000035; or 5&#0000000048;", "rise by 5 or 5 or 50"),
        (f"<p>&#{'9' * 9000};5&#0;&#x{'0' * 99}", "\ufffd5\ufffd\ufffd"),
        ('<p x=\u00a0">Article 1</p><p x=\u0085">Article 2</p><p y="">', "Article 1\nArticle 2"),
        ("<xmp>a <b></xmp>", "a <b>"),
        ("<p>they <q>accept</q> it</p>", "they “accept” it"),
        ("<pre>\nArticle 1\n 5 per\tcent\n \nArticle 2\n", "Article 1\n5 per cent\nArticle 2"),
    ],
)
def test_a_page_is_read_as_browsers_show_it(page: str, shown: str, tmp_path: Path) -> None:
    found = read(tmp_path, "a.html", page)
    assert "\n".join(one.cells[0] for one in found.passages) == shown
    assert not found.read.ends


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("<select><option>5</select>", "form field"),
        ("<textarea>5</textarea>", "form field"),
        ('<input value="5">', "form field"),
        ('<input type="Radio" checked><input type="radio">', "form field"),
        ("<svg><text>5</text></svg>", "drawing"),
        ("<math><mn>5</mn></math>", "equation"),
    ],
)
def test_what_a_page_shows_and_is_not_read_is_told(field: str, what: str, tmp_path: Path) -> None:
    found = read(tmp_path, "a.html", f"<p>rise by {field} per cent")
    assert [one.cells for one in found.passages] == [("rise by � per cent",)]
    assert found.read.unread == {what: 1}


def test_what_a_page_shows_of_other_files_is_told(tmp_path: Path) -> None:
    icon, hidden = "<svg><title>5</title></svg>", "<input type=hidden value=5>"
    found = read(tmp_path, "a.html", f"<iframe></iframe><object>5</object><p>5{icon}{hidden}")
    assert [one.cells for one in found.passages] == [("5",)]
    assert found.read.unread == {"inserted document": 2}


@pytest.mark.parametrize(
    ("members", "numbers"),
    [
        ("<ol><li><ol type=a><li>a<li>b</ol><li>c</ol>", ["1. a.", "b.", "2."]),
        ("<ol><li><ul><li>a<li>b</ul></ol>", ["1. •", "•"]),
        ("<ol><li><p></p><p>a</p><p>b</p></li></ol>", ["1.", ""]),
        ("<ol><li><li>a</ol>", ["2."]),
        ("<ol><li></li></ol><p>a", [""]),
        ("<ol><li></ol>a", [""]),
        ("<ol start='+3 '><li>a<li value='7th'>b</ol>", ["3.", "7."]),
    ],
)
def test_a_member_of_a_list_has_its_numbers(
    members: str, numbers: list[str], tmp_path: Path
) -> None:
    found = read(tmp_path, "a.html", members)
    assert [one.number for one in found.read.blocks if isinstance(one, TextParagraph)] == numbers


def test_a_heading_without_text_makes_none_of_what_follows(tmp_path: Path) -> None:
    found = read(tmp_path, "a.html", "<h1></h1><p>a</p><h2><div>b</div></h2>c")
    are_headings = [one.is_heading for one in found.read.blocks if isinstance(one, TextParagraph)]
    assert are_headings == [False, True, False]


@pytest.mark.parametrize(
    ("rows", "read_as"),
    [
        ("<tr><td rowspan=2>1<td>2<tr><td>3", [("1", "2"), ("1", "3")]),
        ("<tr><td rowspan=0>1<td>2<tr><td>3<tr><td>4", [("1", "2"), ("1", "3"), ("1", "4")]),
        ("<tbody><tr><td rowspan=9>1<td>2<tbody><tr><td>3<td>4", [("1", "2"), ("3", "4")]),
        ("<tr><td colspan='2px'>1<tr><td colspan=0>2<td colspan=-1>3", [("1", "1"), ("2", "3")]),
    ],
)
def test_merged_cells_of_a_page_reach_as_far_as_browsers_show(
    rows: str, read_as: list[tuple[str, ...]], tmp_path: Path
) -> None:
    head = "<thead><tr><th rowspan=4>a<th>b</thead>"
    found = read(tmp_path, "a.html", f"<table>{head}{rows}</table>")
    assert found.heads == (("a", "b"),)
    assert [one.cells for one in found.passages] == read_as


def test_reversed_lists_count_down(tmp_path: Path) -> None:
    members = "<li>a<li>b<li value=9>c<li>d</ol>"
    found = read(tmp_path, "a.html", f"<ol reversed start=4>{members}<ol reversed>{members}")
    numbers = [one.number for one in found.read.blocks if isinstance(one, TextParagraph)]
    assert numbers == ["4.", "3.", "9.", "8.", "", "", "9.", "8."]
    assert found.read.unread == {"number of a reversed list": 2}


@pytest.mark.parametrize(
    ("head", "encoding", "sign"),
    [
        ("<meta charset=iso-8859-1>", "cp1252", "€"),
        ("<meta charset=latin1>", "cp1252", "–"),
        ("<meta charset=iso-8859-9>", "cp1254", "€"),
        ("<meta charset=iso-8859-2>", "iso8859-2", "ł"),
        ("<!-- <meta charset=windows-1252> --><meta charset=utf-8>", "utf-8", "€"),
        ("<meta charset=windows-1252>", "utf-8-sig", "€"),
    ],
)
def test_a_page_has_the_encoding_that_browsers_take(
    head: str, encoding: str, sign: str, tmp_path: Path
) -> None:
    found = read(tmp_path, "a.html", f"{head}<p>5{sign}7".encode(encoding))
    assert [one.cells for one in found.passages] == [(f"5{sign}7",)]


def test_character_data_of_xml_is_text(tmp_path: Path) -> None:
    page = '<?xml version="1.0"?><p>Article 1 <![CDATA[a > b & <i>c</i>]]> d</p>'
    assert read(tmp_path, "a.xhtml", page).passages[0].cells == ("Article 1 a > b & <i>c</i> d",)


def test_a_page_is_xml_by_its_name_as_in_a_browser(tmp_path: Path) -> None:
    page = '<?xml version="1.0"?>\n<p>Wages rise by 5<![CDATA[00]]> per cent.</p><p><s/>No work'
    for name, read_as in (
        ("a.xhtml", ["Wages rise by 500 per cent.", "No work"]),
        ("a.html", ["Wages rise by 5 per cent.", "~~No work~~"]),
    ):
        assert [one.cells[0] for one in read(tmp_path, name, page).passages] == read_as


@pytest.mark.parametrize(
    ("name", "unfinished"),
    [
        *(("a.html", one) for one in ("<script>", "<script/>", "<!-- ", "<title>", "<textarea>")),
        *(("a.xhtml", one) for one in ("<script>", "<![CDATA[", "<svg>", "<!-- ")),
    ],
)
def test_where_a_page_is_not_read_to_its_end_is_told(
    name: str, unfinished: str, tmp_path: Path
) -> None:
    found = read(tmp_path, name, f"<p>Article 1</p>\n\n{unfinished}\n<p>Article 2</p>")
    assert [one.cells for one in found.passages] == [("Article 1",)]
    assert found.read.ends == 3
    assert how_read(found.read) == [
        "What follows line 3 of the page was not read: something begins there that does not end."
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <!-- b --> c", "a c"),
        ("<!-- b\n\nc --> d", "d"),
        ("   <!-- b\n\nc --> d\n\ne", "d\ne"),
        ("a <!-- b\n c --> d", "a d"),
        ("a <!-- b\n\nc --> d", "a <!-- b\nc --> d"),
        ("a <!-- b\n  \nc <!-- x --> d", "a <!-- b\nc d"),
        ("```\n<!--\n```\n\na\n\n-->", "``` <!-- ```\na\n-->"),
        ("~~~~\n<!--\n~~~\n-->\n~~~~\n\n<!-- b --> a", "~~~~ <!-- ~~~ --> ~~~~\na"),
        ("```\n<!-- a\n\nb -->", "``` <!-- a\nb -->"),
        ("a `<!--` b\n\nc `-->` d", "a `<!--` b\nc `-->` d"),
        ("a ``<!--`` b\n\nc <!-- d --> e", "a ``<!--`` b\nc e"),
        ("a <!-- b\n\nc", "a <!-- b\nc"),
        ("a `b <!-- c --> d", "a `b d"),
        ("a <!-- b", "a <!-- b"),
        ("<!-- b", "<!-- b"),
        ("a <!--> b <!---> c", "a b c"),
        ("a <!-- b <!-- c --> d --> e", "a d --> e"),
    ],
)
def test_comments_of_markdown_are_left_out(text: str, shown: str, tmp_path: Path) -> None:
    found = read(tmp_path, "a.md", text)
    assert "\n".join(one.cells[0] for one in found.passages) == shown


@pytest.mark.parametrize("line", ["---", "***", " * * *", "_ _ _ _", "- - -\t"])
def test_a_break_between_paragraphs_is_no_text(line: str, tmp_path: Path) -> None:
    found = read(tmp_path, "a.md", f"Article 1 a\n\n{line}\n\nArticle 2 b\n{line}\nc")
    text = [one.text for one in found.read.blocks if isinstance(one, TextParagraph)]
    assert text == ["Article 1 a", "Article 2 b", "c"]


def test_an_article_in_bold_letters_is_one(tmp_path: Path) -> None:
    text = "**Article 1.** a\n\n**2.** b\n\n## **Article 3**\n\nc\n\n| No |\n|--|\n| **4** |"
    found = read(tmp_path, "a.md", text)
    assert [one.locator for one in found.passages] == [
        "Article 1",
        "Article 1, 2",
        "Article 3",
        "4",
    ]
    assert found.passages[0].cells == ("**Article 1.** a",)


def test_a_document_within_a_document_is_counted(tmp_path: Path) -> None:
    inserted = '<w:altChunk r:id="r1" xmlns:r="urn:x"/>'
    found = read(tmp_path, "a.docx", word_file(par("a") + inserted + par("b")))
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
        read(tmp_path, name, content)


def test_other_archives_are_told_by_what_they_are(tmp_path: Path) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "")
        archive.writestr("content.xml", "")
    with pytest.raises(WrongUsage, match="OpenDocument"):
        read(tmp_path, "a.docx", made.getvalue())


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
        read(tmp_path, *file)


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
        read(tmp_path, f"a{ending}", "text\n\n" + piece * (200_000 // len(piece)))


def test_a_text_has_so_many_passages_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "text-paragraphs=3")
    with pytest.raises(WrongUsage, match="more than 3 articles and rows"):
        read(tmp_path, "a.md", "1. a\n2. b\n3. c\n4. d\n")
