"""Reports as PDF."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.layout import brief_document, one_page_document
from claimpos.dossier.limits import VARIABLE
from claimpos.errors import OutputFailed, WrongUsage
from claimpos.rendering.diff import diff_document
from claimpos.rendering.document import (
    Document,
    Heading,
    Item,
    List,
    MarkedText,
    Note,
    Notes,
    Paragraph,
    Table,
)
from claimpos.rendering.renderers import file_of
from claimpos.rendering.text import safe
from tests.hostile.test_inert_text import HOSTILE
from tests.support import TALKS, largely

pytest.importorskip("typst", reason="Typst is not installed")
pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")

DAY = "2026-07-01"


@cache
def report(number: int) -> dict[str, Any]:
    dossier = load_dossier(TALKS)
    return brief_report(compare(dossier, [*dossier.parties][-number:], DAY))


def pages(document: Document) -> Any:
    return pypdf.PdfReader(BytesIO(file_of(document, "pdf")))


@pytest.mark.parametrize("number", [3, 11])
def test_one_page_is_one_page(number: int) -> None:
    (page,) = pages(one_page_document(report(number))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert "page 1 of 1" in page.extract_text()


def test_a_briefing_begins_with_that_page_and_ends_with_statements() -> None:
    found = pages(brief_document(report(3)))
    texts = [page.extract_text() for page in found.pages]
    assert 3 < len(texts) < 20
    assert "One sign for the end of each month" in texts[0]
    assert texts[1].startswith("Issues at a glance")
    assert "Statements" in "".join(texts)
    assert found.metadata.title == report(3)["title"]
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_same_document_is_the_same_file() -> None:
    one, other = (file_of(one_page_document(report(2)), "pdf") for _ in range(2))
    assert one == other


def test_what_stops_typst_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def fail(*arguments: object, **besides: object) -> bytes:
        raise PanicException("system time before Unix epoch")

    monkeypatch.setattr("typst.compile", fail)
    with pytest.raises(OutputFailed, match="cannot make a PDF here: system time before"):
        file_of(Document([Paragraph("One.")]), "pdf")


def test_without_a_title_the_foot_of_a_page_has_its_number_alone() -> None:
    (page,) = pages(Document([Paragraph("Text.")])).pages
    assert page.extract_text().split("\n") == ["Text.", "page 1 of 1"]


def test_a_page_lies_on_its_side_where_a_table_needs_it() -> None:
    wide = Table([f"Column {n}" for n in range(9)], [["uninterrupted"] * 9])
    found = pages(Document([Heading("Wide", "title"), wide, Heading("After"), Paragraph("Text.")]))
    assert [round(page.mediabox.width) for page in found.pages] == [842]


def test_a_heading_is_not_parted_from_the_table_below_it() -> None:
    """Whatever stands above, so that the end of a page comes before, in and behind them."""
    table = Table(["Head"], [["First row"], *([f"Row {number}"] for number in range(9))])
    for above in range(43, 50):
        lines = [Paragraph(f"Line {number}.") for number in range(above)]
        found = pages(Document([*lines, Heading("Below"), Paragraph("The lead."), table]))
        texts = [page.extract_text() for page in found.pages]
        (together,) = (text for text in texts if "First row" in text)
        assert "Below" in together
        assert "The lead." in together


def test_words_are_whole_in_cells() -> None:
    dossier = load_dossier(TALKS)
    parties = ["russia", "ukraine", "us", "europe"]
    document = diff_document(compare(dossier, parties, DAY))
    text = " ".join(page.extract_text() for page in pages(document).pages)
    for word in re.findall(r"\w{12,}", " ".join(dossier.issues["ceasefire"].options.values())):
        assert word in text


def test_no_text_is_read_as_markup_or_runs_anything() -> None:
    texts = [*HOSTILE.values(), '"); read("/etc/passwd")', '#read("/etc/passwd")', "\\u{41} \\"]
    notes = Notes([Note(number, text) for number, text in enumerate(texts, start=1)])
    referring: list[str | MarkedText] = [
        MarkedText(" ".join(str(one.number) for one in notes.notes), "notes")
    ]
    document = Document(
        [
            Heading(texts[0], "title"),
            *(Heading(text, "part", number=text) for text in texts),
            List([Item(text, [Item((text, *referring))]) for text in texts]),
            Table(texts, [texts, texts]),
            *(Paragraph(MarkedText(text, "address")) for text in texts),
            notes,
        ]
    )
    file = pages(document)
    root = file.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & {*root}
    assert not {"/JavaScript", "/EmbeddedFiles"} & {*root.get("/Names", {})}
    links = [one.get_object() for page in file.pages for one in page.get("/Annots", [])]
    assert links
    assert {link.get("/A", {}).get("/S", "/GoTo") for link in links} == {"/GoTo"}
    read = "".join("".join(page.extract_text() for page in file.pages).split())
    for text in texts:
        first = re.match(r"[\w&|.:=<>/ ]{0,12}", " ".join(safe(text).split()))
        assert first
        assert "".join(first[0].split()) in read


def heights(file: bytes) -> list[float]:
    """How high above the foot of its page each text stands, page by page."""
    found: list[float] = []

    def seen(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        if text.strip():
            found.append(matrix[3] * place[5] + matrix[5])

    for page in pypdf.PdfReader(BytesIO(file)).pages:
        page.extract_text(visitor_text=seen)
    return found


WORDS = ["a ", "word ", "interminable ", "W" * 40 + " ", "漢字 ", "x\n"]


@pytest.mark.parametrize("word", largely(WORDS, "interminable ", "x\n"))
@pytest.mark.parametrize("columns", largely([1, 3, 9], 3))
def test_a_row_that_is_longer_than_a_page_goes_on_on_the_next(word: str, columns: int) -> None:
    long = word * (6_000 // len(word)) + "END"
    row = ["yes"] * (columns - 1)
    table = Table([f"Column {n}" for n in range(columns)], [[*row, long], [*row, "After."]])
    file = file_of(Document([Heading("Long"), table]), "pdf")
    assert min(heights(file)) > 0
    assert "END" in "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages)


def test_a_head_that_is_longer_than_a_page_is_shown() -> None:
    table = Table([f"Party {n} " + "of the long name " * 35 for n in range(12)], [["yes"] * 12])
    assert min(heights(file_of(Document([Heading("Long"), table]), "pdf"))) > 0


def test_what_would_take_up_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "pdf-characters=5000")
    assert file_of(Document([Paragraph("x " * 1_000)]), "pdf")
    with pytest.raises(WrongUsage, match=f"more than 5,000 characters.*{VARIABLE}=pdf-characters="):
        file_of(Document([Paragraph("x " * 4_000)]), "pdf")
