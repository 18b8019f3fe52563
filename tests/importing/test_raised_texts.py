"""Figures in a text are those that it shows, whatever is raised, divided or a symbol beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.importing.text_document import TextDocument, read_text_document
from tests.importing.word_files import cell, par, table, word_file

_EQUATIONS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def word(folder: Path, *runs: str, styles: str = "") -> TextDocument:
    path = folder / "a.docx"
    body = f"<w:p {_EQUATIONS}>{''.join(runs)}</w:p>{par('end')}"
    path.write_bytes(word_file(body, styles=styles))
    return read_text_document(path)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def said(found: TextDocument) -> str:
    first, last = found.passages
    assert last.cells == ("end",)
    return first.cells[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5<sup>1</sup> per cent", "5¹ per cent"),
        ("10<sup>-2</sup> t", "10⁻² t"),
        ("3<sup>1</sup>/<sub>2</sub> days", "3¹/₂ days"),
        ("5<sup>1,2</sup> per cent", "5^(1,2) per cent"),
        ("5<SUP><a href='#n'>12</a></SUP> per cent", "5¹² per cent"),
        ("5<sup>1</sup>0", "5¹0"),
        ("5<sup>[1]</sup> per cent", "5⁽¹⁾ per cent"),  # no alternative in brackets
        ("CO<sub>2</sub>, x<sub>1,2</sub>", "CO₂, x_(1,2)"),
        ("the 1<sup>st</sup> day", "the 1st day"),
        ("5<sup>*</sup> per cent", "5* per cent"),
        ("5<sup>1</p><p>6", "5¹\n6"),
        ("<ruby>5<rp>(</rp><rt>6</rt><rp>)</rp></ruby> days", "5 days"),
        ("<ruby>5<rt>6<rt>7</ruby> days", "5 days"),
        ("3 <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> days", "3 � days"),
    ],
)
def test_raised_figures_of_a_page(written: str, read: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>{written}</p><h2>end</h2>", "utf-8")
    found = read_text_document(path)
    assert "\n".join(one.cells[0] for one in found.passages) == f"{read}\nend"
    beside = {"annotation": written.count("<rt>"), "equation": written.count("<math>")}
    assert found.read.unread == {one: count for one, count in beside.items() if count}


def test_a_note_on_the_number_of_an_article_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>Article 5<sup>1</sup> Wages</p><p>Article 5(2)<sup>3</sup> Days</p>")
    found = [(one.locator, one.cells) for one in read_text_document(path).passages]
    assert found == [
        ("Article 5", ("Article 5¹ Wages",)),
        ("Article 5(2)", ("Article 5(2)³ Days",)),
    ]


_RAISED = '<w:vertAlign w:val="superscript"/>'
_STYLED = f'<w:style w:type="character" w:styleId="R"><w:rPr>{_RAISED}</w:rPr></w:style>'
_BASED = '<w:style w:type="character" w:styleId="S"><w:basedOn w:val="R"/></w:style>'
_USED = '<w:rStyle w:val="S"/>'


@pytest.mark.parametrize(
    ("properties", "raised"),
    [
        (_RAISED, "¹"),
        ('<w:vertAlign w:val="subscript"/>', "₁"),
        ('<w:vertAlign w:val="baseline"/>', "1"),
        (_USED, "¹"),
        (f'{_USED}<w:vertAlign w:val="baseline"/>', "1"),
        (f"<w:rPrChange><w:rPr>{_RAISED}</w:rPr></w:rPrChange>", "1"),
    ],
)
def test_raised_figures_of_a_document(properties: str, raised: str, tmp_path: Path) -> None:
    found = word(
        tmp_path, run("5"), run("1", properties), run("2 per cent"), styles=_STYLED + _BASED
    )
    assert said(found) == f"5{raised}2 per cent"


def test_a_paragraph_of_a_raised_style_is_raised(tmp_path: Path) -> None:
    style = f'<w:style w:type="paragraph" w:styleId="P"><w:rPr>{_RAISED}</w:rPr></w:style>'
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(par("1", '<w:pStyle w:val="P"/>') + par("2"), styles=style))
    assert [one.cells for one in read_text_document(path).passages] == [("¹",), ("2",)]


def _math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def _of(name: str, text: str) -> str:
    return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"


@pytest.mark.parametrize(
    ("equation", "read", "unread"),
    [
        (f"<m:f>{_of('num', '1')}{_of('den', '2')}</m:f>", "3 1/2 days", 0),
        (f"<m:f>{_of('num', '1+x')}{_of('den', '2 y')}</m:f>", "3 (1+x)/(2 y) days", 0),
        (f"<m:sSup>{_of('e', '·10')}{_of('sup', '2')}</m:sSup>", "3·10² days", 0),
        (f"<m:sSub>{_of('e', 'x')}{_of('sub', '1')}</m:sSub>", "3x₁ days", 0),
        (f"<m:rad>{_of('deg', '3')}{_of('e', '8')}</m:rad>", "3� days", 1),
        (f"<m:m><m:mr>{_of('e', '1')}{_of('e', '2')}</m:mr></m:m>", "3� days", 1),
        (f"<m:nary>{_of('sub', '1')}{_of('sup', '2')}{_of('e', 'x')}</m:nary>", "3� days", 1),
        (f"<m:d>{_of('e', '5')}</m:d>", "3� days", 1),
    ],
)
def test_equations_of_a_document(equation: str, read: str, unread: int, tmp_path: Path) -> None:
    found = word(tmp_path, run("3"), _math(equation), run(" days"))
    assert said(found) == read
    assert found.read.unread == ({"equation": unread} if unread else {})


@pytest.mark.parametrize(
    ("symbol", "read"),
    [
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
        ('<w:sym w:font="Symbol" w:char="F0A3"/>', "≤"),
        ('<w:sym w:font="Symbol" w:char="00B1"/>', "±"),
        ('<w:sym w:font="Calibri" w:char="2265"/>', "≥"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "�"),
        ('<w:sym w:font="Symbol" w:char="hello"/>', "�"),
        ("<w:sym/>", "�"),
        ("<w:t>\uf0b3</w:t>", "�"),
    ],
)
def test_symbols_of_a_document(symbol: str, read: str, tmp_path: Path) -> None:
    found = word(tmp_path, f"<w:r>{symbol}</w:r>", run("5 per cent"))
    assert said(found) == f"{read}5 per cent"
    assert found.read.unread == ({"symbol": 1} if read == "�" else {})


def _form(kind: str) -> str:
    """A field with a form in it, of which Word shows no run."""
    marks = [
        f'<w:r><w:fldChar w:fldCharType="{mark}">{form}</w:fldChar></w:r>'
        for mark, form in (("begin", f"<w:ffData><w:{kind}/></w:ffData>"), ("end", ""))
    ]
    return "<w:r><w:instrText>FORM</w:instrText></w:r>".join(marks)


@pytest.mark.parametrize("kind", ["ddList", "checkBox"])
def test_a_form_of_which_nothing_can_be_read_is_told(kind: str, tmp_path: Path) -> None:
    found = word(tmp_path, run("5"), _form(kind), run(" days"))
    assert said(found) == "5� days"
    assert found.read.unread == {"form field": 1}


def test_how_a_cell_was_before_a_change_does_not_count(tmp_path: Path) -> None:
    before = '<w:gridSpan w:val="2"/><w:tcPrChange><w:tcPr><w:vMerge/></w:tcPr></w:tcPrChange>'
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(table(cell("a") + cell("b"), cell("c", before))))
    assert [one.cells for one in read_text_document(path).passages] == [("c", "c")]


@pytest.mark.parametrize(
    ("deleted", "below", "read_as"),
    [
        (cell("") + cell(""), cell("d"), "d"),
        (cell(f"|{table(cell('x'))}") + cell("gone"), cell("d"), "d"),
        (cell("", '<w:vMerge w:val="restart"/>') + cell(""), cell("", "<w:vMerge/>"), ""),
    ],
)
def test_a_row_that_is_deleted_is_not_read(
    deleted: str, below: str, read_as: str, tmp_path: Path
) -> None:
    rows = cell("a") + cell("b"), f"<w:trPr><w:del/></w:trPr>{deleted}", below + cell("e")
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(table(*rows)))
    found = read_text_document(path)
    assert [one.cells for one in found.passages] == [(read_as, "e")]


def test_what_stands_above_a_word_is_counted(tmp_path: Path) -> None:
    above = f"<w:ruby><w:rt>{run('6')}</w:rt><w:rubyBase>{run('7')}</w:rubyBase></w:ruby>"
    found = word(tmp_path, run("5 or "), f"<w:r>{above}</w:r>", run(" days"))
    assert said(found) == "5 or 7 days"
    assert found.read.unread == {"annotation": 1}


def test_a_cell_that_is_deleted_is_not_read(tmp_path: Path) -> None:
    rows = cell("a") + cell("b"), cell("gone", "<w:cellDel/>") + cell("c") + cell("d")
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(table(*rows)))
    found = read_text_document(path)
    assert [one.cells for one in found.passages] == [("c", "d")]
    assert found.read.changed
