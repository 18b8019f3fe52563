"""Wherever a report links an address, the link leads to that very address."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.documents import environment
from claimpos.briefing.page import page
from claimpos.rendering.document import Document, MarkedText, Paragraph
from claimpos.rendering.renderers import file_of, rendered
from tests.briefing.renderers import RENDERERS, Rendered, each_rendered
from tests.support import largely, write_short

ADDRESSES = [
    "https://one.example/&period;two.example/",
    "https://one.example/&commat;two.example/",
    "https://one.example/&sol;two&#47;three&#x2f;four",
    "https://one.example/?a=1&copy=2&reg&sect",
    "https://one.example/?a=1&lt;2&amp;b=3&amp;amp;c&nosuch;",
    "https://one.example/a_b*c?d=e&f=(g)#h~i",
    "https://one.example/'a'/[b]/$c$/@d/#12",
    "https://one.example/%26%3Ca%3E",
    "https://one.example/שלום/ab",
]
every_renderer = pytest.mark.parametrize("renderer", largely(RENDERERS, "markdown-it"))
DOCUMENTS = [Document([Paragraph(("See ", MarkedText(one, "address"), "."))]) for one in ADDRESSES]


def encoded(address: str) -> str:
    """The address as a browser asks for it: some programs encode these letters themselves."""
    return quote(address, safe="%&;:/?#@!$'()*+,=~")


def links(html: str) -> list[str]:
    """Where the links of a page lead outward."""
    return [encoded(link) for link in Rendered(html).links if link.startswith("http")]


EXPECTED = [[encoded(address)] for address in ADDRESSES]


def test_in_html() -> None:
    assert [links(rendered(document, "html")) for document in DOCUMENTS] == EXPECTED


@every_renderer
def test_in_markdown(renderer: str) -> None:
    written = [rendered(document, "github") for document in DOCUMENTS]
    assert [links(html) for html in each_rendered(written, renderer)] == EXPECTED


@every_renderer
def test_in_a_template_of_ones_own(renderer: str) -> None:
    template = environment("md").from_string("[source](<{{ url | address }}>)")
    written = [template.render(url=address) for address in ADDRESSES]
    assert [links(html) for html in each_rendered(written, renderer)] == EXPECTED


def test_in_word() -> None:
    for document, address in zip(DOCUMENTS, ADDRESSES, strict=True):
        with ZipFile(BytesIO(file_of(document, "docx"))) as parts:
            body = ElementTree.fromstring(parts.read("word/document.xml"))
        fields = [
            value for one in body.iter() for name, value in one.items() if name.endswith("}instr")
        ]
        assert [one for one in fields if "HYPERLINK" in one] == [f' HYPERLINK "{address}" ']


def test_in_pdf() -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    together = Document([block for document in DOCUMENTS for block in document.blocks])
    file = pypdf.PdfReader(BytesIO(file_of(together, "pdf")))
    noted = [one.get_object() for sheet in file.pages for one in sheet.get("/Annots", [])]
    found = [one["/A"]["/URI"].original_bytes.decode() for one in noted]
    # A link on several lines has an annotation for each of them.
    assert [[one] for one in dict.fromkeys(map(encoded, found))] == EXPECTED


@pytest.mark.parametrize("address", ADDRESSES)
def test_on_the_page(tmp_path: Path, address: str) -> None:
    write_short(tmp_path, {"road": {"options": ["toll", "free"]}}, {"ann": {}, "bo": {}})
    for name, change in (
        ("agenda", lambda data: data | {"errata": address}),
        (
            "sources",
            lambda data: {"sources": {"paper": data["sources"]["paper"] | {"url": address}}},
        ),
    ):
        file = tmp_path / f"{name}.yaml"
        file.write_text(json.dumps(change(json.loads(file.read_text("utf-8")))), "utf-8")
    party = tmp_path / "ann.yaml"
    entry = {"since": "2025", "demands": "toll", "evidence": ["said"]}
    statement = {"source": "paper", "basis": "stated", "summary": "A summary"}
    said = {"statements": {"said": statement}, "positions": {"road": [entry]}}
    party.write_text(json.dumps(json.loads(party.read_text("utf-8")) | said), "utf-8")
    comparison = compare(load_dossier(tmp_path), ["ann", "bo"], "2025")
    found = links(page(comparison, brief_report(comparison)))
    assert found == [encoded(address)] * 2
