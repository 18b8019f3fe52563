"""Pages of HTML as texts: what browsers show is read, and what is not read is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.importing.text_blocks import TextParagraph
from claimpos.wording.worksheet import how_read
from tests.importing.support import read_text

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
    found = read_text(tmp_path, name, f"<p>Article 1 a</p>{between}<p>Article 2 b</p>")
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
        ("<p>5<template></p>0</template> per cent", "5 per cent"),
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
    found = read_text(tmp_path, "a.html", page)
    assert "\n".join(one.cells[0] for one in found.passages) == shown
    assert not found.read.ends


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("<select><option>5</select>", "form field"),
        ("<textarea>5</textarea>", "form field"),
        ('<input value="5">', "form field"),
        ('<input type="Radio" checked><input type="radio">', "form field"),
        ("<svg hidden><text>5</text></svg>", "drawing"),
        ("<math><mn>5</mn></math>", "equation"),
    ],
)
def test_what_a_page_shows_and_is_not_read_is_told(field: str, what: str, tmp_path: Path) -> None:
    found = read_text(tmp_path, "a.html", f"<p>rise by {field} per cent")
    assert [one.cells for one in found.passages] == [("rise by � per cent",)]
    assert found.read.unread == {what: 1}


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>a</p><p hidden>0</p><p>b", "a b"),
        ("<p>a<p hidden>0<i>0</i><p>b", "a b"),
        ("<div><p>a<p hidden>0</div>b", "a b"),
        ("a<div hidden>0<div>0</div><p>0</div>b", "a b"),
        ("a <span hidden>0<b>0</b></span>b", "a b"),
        ("<div hidden='Until-Found'>a</div>b", "a b"),
        ("<p>a<span hidden>0</p><p>b</span>", "a b"),
        ("a<textarea hidden>0</textarea> b", "a b"),
        ("<input hidden value=0>a<br hidden><img hidden alt=0> b<object hidden>0</object>", "a b"),
        ("a <meta hidden><link hidden><base hidden><param hidden>b<span hidden>0</span>", "a b"),
        ("<ol><li>a<li hidden>0<ol><li>0</ol><li>b</ol>", "1. a 2. b"),
        ("<ol><li>a</li><li hidden>0<ul><li>0</li></ul>0</li><li>b</ol>c", "1. a 2. b c"),
        ("<dl><dt>a<dd hidden>0<dl><dt>0</dl><dt>b</dl>", "a b"),
        ("<table><tr><td>a<td hidden>0<td>b<tr hidden><td>0<tr><td>c</table>", "a b c "),
        ("<table><tbody hidden><tr><td>0<tbody><tr><td>a</table>b", "a b"),
        ("<p>a<section hidden><p>0</p></section>b", "a b"),
        ("<p>a<dialog><p>0</dialog>b", "a b"),
    ],
)
def test_what_is_hidden_in_a_page_is_not_read(page: str, shown: str, tmp_path: Path) -> None:
    found = read_text(tmp_path, "a.html", f"{page}<p>1. end").read
    texts = [
        f"{one.number} {one.text}".strip()
        if isinstance(one, TextParagraph)
        else " ".join(cell for row in one.rows for cell in row)
        for one in found.blocks
    ]
    assert " ".join(texts) == f"{shown} 1. end"
    assert found.hidden or "0<" not in page
    assert not found.unread
    assert not found.ends


def test_what_a_page_shows_of_other_files_is_told(tmp_path: Path) -> None:
    icon, hidden = "<svg><title>5</title></svg>", "<input type=hidden value=5>"
    found = read_text(tmp_path, "a.html", f"<iframe></iframe><object>5</object><p>5{icon}{hidden}")
    assert [one.cells for one in found.passages] == [("5",)]
    assert found.read.unread == {"inserted document": 2}


@pytest.mark.parametrize(
    ("members", "numbers"),
    [
        ("<ol><li><ol type=a><li>a<li>b</ol><li>c</ol>", ["1. a.", "b.", "2."]),
        ("<ol><li><ul><li>a<li>b</ul></ol>", ["1. •", "•"]),
        ("<ol><li><p></p><p>a</p><p>b</p></li></ol>", ["1.", ""]),
        ("<ol><li><li>a</ol>", ["2."]),
        ("<ol type=I><li>a</ol><ol type=none><li>b</ol>", ["I.", "1."]),
        ("<ol><li></li></ol><p>a", [""]),
        ("<ol><li></ol>a", [""]),
        ("<ol start='+3 '><li>a<li value='7th'>b</ol>", ["3.", "7."]),
    ],
)
def test_a_member_of_a_list_has_its_numbers(
    members: str, numbers: list[str], tmp_path: Path
) -> None:
    found = read_text(tmp_path, "a.html", members)
    assert [one.number for one in found.read.blocks if isinstance(one, TextParagraph)] == numbers


def test_a_heading_without_text_makes_none_of_what_follows(tmp_path: Path) -> None:
    found = read_text(tmp_path, "a.html", "<h1></h1><p>a</p><h2><div>b</div></h2>c")
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
    found = read_text(tmp_path, "a.html", f"<table>{head}{rows}</table>")
    assert found.heads == (("a", "b"),)
    assert [one.cells for one in found.passages] == read_as


def test_reversed_lists_count_down(tmp_path: Path) -> None:
    members = "<li>a<li>b<li value=9>c<li>d</ol>"
    found = read_text(tmp_path, "a.html", f"<ol reversed start=4>{members}<ol reversed>{members}")
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
    found = read_text(tmp_path, "a.html", f"{head}<p>5{sign}7".encode(encoding))
    assert [one.cells for one in found.passages] == [(f"5{sign}7",)]


def test_character_data_of_xml_is_text(tmp_path: Path) -> None:
    page = '<?xml version="1.0"?><p>Article 1 <![CDATA[a > b & <i>c</i>]]> d</p>'
    assert read_text(tmp_path, "a.xhtml", page).passages[0].cells == (
        "Article 1 a > b & <i>c</i> d",
    )


def test_a_page_is_xml_by_its_name_as_in_a_browser(tmp_path: Path) -> None:
    page = '<?xml version="1.0"?>\n<p>Wages rise by 5<![CDATA[00]]> per cent.</p><p><s/>No work'
    for name, read_as in (
        ("a.xhtml", ["Wages rise by 500 per cent.", "No work"]),
        ("a.html", ["Wages rise by 5 per cent.", "~~No work~~"]),
    ):
        assert [one.cells[0] for one in read_text(tmp_path, name, page).passages] == read_as


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
    found = read_text(tmp_path, name, f"<p>Article 1</p>\n\n{unfinished}\n<p>Article 2</p>")
    assert [one.cells for one in found.passages] == [("Article 1",)]
    assert found.read.ends == 3
    assert how_read(found.read) == [
        "What follows line 3 of the page was not read: something begins there that does not end."
    ]
