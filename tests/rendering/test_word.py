"""Reports as Word files: opened by LibreOffice where it is there, and read part by part."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.layout import brief_document, one_page_document
from claimpos.comparison.matrix import matrix
from claimpos.dossier.limits import VARIABLE
from claimpos.errors import WrongUsage
from claimpos.rendering.diff import diff_document
from claimpos.rendering.document import Document, Heading, Paragraph, Table
from claimpos.rendering.matrix import matrix_document
from claimpos.rendering.renderers import file_of
from tests.support import talks, within

docx = pytest.importorskip("docx", reason="python-docx is not installed")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = "2026-07-01"
PARTIES = ["russia", "ukraine", "us", "europe", "china"]


@cache
def report(number: int) -> dict[str, Any]:
    others = [party for party in talks().parties if party not in PARTIES]
    return brief_report(compare(talks(), [*PARTIES, *others][:number], DAY))


@cache
def reports() -> dict[str, Document]:
    """What is opened, by name; the numbers are those of parties."""
    wide = Table([f"Column {n}" for n in range(9)], [["uninterrupted"] * 9])
    return {
        "brief-3": brief_document(report(3)),
        **{f"page-{number}": one_page_document(report(number)) for number in (3, 11)},
        "diff-4": diff_document(compare(talks(), PARTIES[:4], DAY)),
        "matrix": matrix_document(matrix(talks(), PARTIES, DAY)),
        "wide": Document([Heading("Wide", "title"), wide, Heading("After"), Paragraph("Text.")]),
    }


def part(file: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(file)) as parts:
        return ElementTree.fromstring(parts.read(name))


def words_in_cells(file: bytes) -> set[str]:
    """The words of all cells; what stands in a row of signs has none."""
    cells = part(file).iter(f"{W}tc")
    lines = (line for cell in cells for line in cell.iter(f"{W}p"))
    texts = ("".join(one.text or "" for one in line.iter(f"{W}t")) for line in lines)
    return {word for text in texts for word in re.findall(r"[^\W\d]{2,}", text)}


class Printed(NamedTuple):
    """What LibreOffice makes of a file: the words on each page, and how wide each page is."""

    pages: list[list[str]]
    widths: list[float]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    folder = tmp_path_factory.mktemp("paper")
    for name, document in reports().items():
        (folder / f"{name}.docx").write_bytes(file_of(document, "docx"))
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    made = [str(path) for path in folder.glob("*.docx")]
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, *made], check=True, capture_output=True, timeout=300)
    return {path.stem: read(path) for path in folder.glob("*.pdf")}


def read(pdf: Path) -> Printed:
    told = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = re.findall(r'<page width="([\d.]+)".*?</page>', told, re.DOTALL)
    words = [re.findall(r"<word [^>]*>(.*?)</word>", page) for page in told.split("</page>")[:-1]]
    return Printed(words, [float(width) for width in pages])


@pytest.mark.large
@pytest.mark.parametrize("number", [3, 11])
def test_one_page_is_one_page(printed: dict[str, Printed], number: int) -> None:
    assert len(printed[f"page-{number}"].pages) == 1


@pytest.mark.large
def test_the_first_page_of_a_briefing_is_that_page(printed: dict[str, Printed]) -> None:
    first, *others = printed["brief-3"].pages
    alone = printed["page-3"].pages[0]
    count = len([word for word in alone if not word.isdigit()])
    assert [word for word in first if not word.isdigit()][:count] == [
        word for word in alone if not word.isdigit()
    ]
    assert " ".join(others[0]).startswith("Issues at a glance")
    assert 5 < len(others) < 16


@pytest.mark.large
@pytest.mark.parametrize("name", ["brief-3", "page-11", "diff-4", "matrix", "wide"])
def test_no_word_is_broken_in_a_cell(printed: dict[str, Printed], name: str) -> None:
    whole = "\n".join(word for page in printed[name].pages for word in page)
    words = words_in_cells(file_of(reports()[name], "docx"))
    assert words
    assert {word for word in words if word not in whole} == set()


@pytest.mark.large
def test_a_page_lies_on_its_side_where_a_table_needs_it(printed: dict[str, Printed]) -> None:
    upright, sideways = 596, 842
    assert [round(width + 0.4) for width in printed["wide"].widths] == [sideways]
    assert {round(width + 0.4) for width in printed["diff-4"].widths} == {upright}


@pytest.mark.large
def test_every_page_has_its_number(printed: dict[str, Printed]) -> None:
    pages = printed["diff-4"].pages
    assert len(pages) > 3
    for number, words in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in " ".join(words)


def test_notes_are_endnotes_referred_to_once_and_then_by_their_numbers() -> None:
    file = file_of(brief_document(report(3)), "docx")
    body, notes = part(file), part(file, "word/endnotes.xml")
    kept = [int(note.attrib[f"{W}id"]) for note in notes.iter(f"{W}endnote")][2:]
    referred = [int(one.attrib[f"{W}id"]) for one in body.iter(f"{W}endnoteReference")]
    assert kept == referred == [*range(1, len(kept) + 1)]
    again = [one.attrib[f"{W}instr"] for one in body.iter(f"{W}fldSimple")]
    numbers = [int(number) for told in again for number in re.findall(r"NOTEREF _Note(\d+)", told)]
    assert numbers
    assert {*numbers} <= {*kept}
    marks = {one.attrib[f"{W}name"] for one in body.iter(f"{W}bookmarkStart")}
    assert {f"_Note{number}" for number in numbers} <= marks


def test_headings_are_headings() -> None:
    file = docx.Document(BytesIO(file_of(brief_document(report(3)), "docx")))
    styles = [(one.style.name, one.text) for one in file.paragraphs]
    assert styles[0] == ("Title", report(3)["title"])
    assert ("Heading 1", "Conflicts") in styles
    assert sum(name == "Heading 2" for name, _ in styles) > 10
    assert sum(name == "List Bullet" for name, _ in styles) > 30


def test_the_same_document_is_the_same_file() -> None:
    one, other = (file_of(brief_document(report(2)), "docx") for _ in range(2))
    assert one == other


class House(NamedTuple):
    """A file of a house's style, and the same as bytes."""

    file: Any

    def bytes(self) -> bytes:
        content = BytesIO()
        self.file.save(content)
        return content.getvalue()


@pytest.fixture
def house() -> House:
    file = docx.Document()
    file.add_paragraph("Words of the house.")
    file.styles["Heading 1"].font.name = "Garamond"
    file.sections[0].footer.paragraphs[0].text = "Ministry of Tests"
    return House(file)


def test_a_house_style_is_taken_over(house: House) -> None:
    made = docx.Document(BytesIO(file_of(brief_document(report(2)), "docx", house.bytes())))
    assert made.styles["Heading 1"].font.name == "Garamond"
    assert made.sections[-1].page_width == house.file.sections[0].page_width
    assert [one.text for one in made.sections[0].footer.paragraphs] == ["Ministry of Tests"]
    assert made.paragraphs[0].text == report(2)["title"]
    assert "Words of the house." not in [one.text for one in made.paragraphs]


def test_a_house_style_may_lack_styles(house: House) -> None:
    for name in ("List Bullet", "List Bullet 2", "Heading 2"):
        style = house.file.styles[name]
        style.element.getparent().remove(style.element)
    made = docx.Document(BytesIO(file_of(brief_document(report(2)), "docx", house.bytes())))
    assert any(one.text.startswith("• Russia") for one in made.paragraphs)


def entities() -> bytes:
    """A file of Word with an entity that would name a file of the machine."""
    content = BytesIO()
    old = zipfile.ZipFile(BytesIO(House(docx.Document()).bytes()))
    with old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            told = old.read(name)
            if name == "word/document.xml":
                head, _, rest = told.partition(b"?>")
                entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
                told = head + b"?>" + entity + rest.replace(b"<w:sectPr", b"&e;<w:sectPr", 1)
            new.writestr(name, told)
    return content.getvalue()


def broken() -> Iterator[bytes]:
    yield b""
    yield b"PK\x03\x04 no archive"
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    yield content.getvalue()


def with_another_root() -> Iterator[bytes]:
    """Documents one part of which is not what its kind says, where that would be read."""
    whole = file_of(Document([Paragraph("x")]), "docx")
    for part_of_it in ("docProps/core.xml", "word/footer1.xml", "word/document.xml"):
        content = BytesIO()
        with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(content, "w") as new:
            for name in old.namelist():
                new.writestr(name, "<x/>" if name == part_of_it else old.read(name))
        yield content.getvalue()


@pytest.mark.parametrize("reference", [*broken(), *with_another_root()], ids=range(6))
def test_what_is_no_document_is_refused(reference: bytes) -> None:
    with pytest.raises(WrongUsage, match="cannot be read as a document of Word"):
        file_of(Document([Paragraph("x")]), "docx", reference)


def test_a_reference_reads_no_file_of_the_machine() -> None:
    try:
        made = file_of(Document([Paragraph("x")]), "docx", entities())
    except WrongUsage:
        return
    with zipfile.ZipFile(BytesIO(made)) as parts:
        assert not any(b"root:" in parts.read(name) for name in parts.namelist())


def test_a_reference_that_unpacks_to_much_is_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "reference-bytes=100000")
    with pytest.raises(WrongUsage, match="larger than 100,000 bytes; to raise this limit"):
        file_of(Document([Paragraph("x")]), "docx", house.bytes())


def widths_of(file: bytes) -> Sequence[int]:
    return [int(one.attrib[f"{W}w"]) for one in part(file).iter(f"{W}gridCol")]


def test_what_stands_right_below_a_heading_is_kept_with_the_next() -> None:
    table = Table(["Head"], [["Row"]])
    told = Document([Heading("Below"), Paragraph("The lead."), table, Paragraph("After.")])
    made = docx.Document(BytesIO(file_of(told, "docx")))
    kept = {one.text: one.paragraph_format.keep_with_next for one in made.paragraphs if one.text}
    assert kept == {"Below": None, "The lead.": True, "After.": None}
    assert made.styles["Heading 1"].paragraph_format.keep_with_next


def test_a_head_in_bold_stands_on_one_line_where_there_is_room() -> None:
    plain, bold = (
        widths_of(file_of(Document([Table(head, [["Parties with a position"]])]), "docx"))
        for head in (["No."], ["Parties with a position"])
    )
    assert bold[0] > 1.1 * plain[0]


def test_columns_share_the_page() -> None:
    long = "several words that go on and on " * 20
    table = Table(["No.", "Text"], [["1", long]])
    first, last = widths_of(file_of(Document([table]), "docx"))
    assert first < 1000 < last
    assert first + last <= 482 * 20


def test_long_reports_take_a_time_that_grows_with_their_length() -> None:
    rows = [[f"Issue {number}", "conflict", "Red line", "both"] for number in range(6_000)]
    table = Table(["Issue", "Verdict", "Reason", "Who"], rows)
    long = Document([Heading("Long", "title"), table, Heading("After"), table])
    with within(5):
        file = file_of(long, "docx")
    read = docx.Document(BytesIO(file))
    assert [len(one.rows) for one in read.tables] == [6_001, 6_001]
    assert read.tables[1]._tbl.tr_lst[-1].tc_lst[0].xpath("string(.)") == "Issue 5999"
