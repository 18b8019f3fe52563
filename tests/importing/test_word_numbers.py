"""The numbers that Word shows before paragraphs, which its documents do not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.importing.text_blocks import TextParagraph
from claimpos.importing.text_document import read_text_document
from tests.importing.word_files import par, word_file


def level(at: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, differing: str = "") -> str:
    """A definition with these levels, and the list 1, which may differ from it."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{differing}</w:num>'
    )


def at(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


CHAPTER = level(0, "Chapter %1", "upperRoman")
CHAPTERS = "".join(par("words", at(level)) for level in (0, 1, 1, 0, 1))


def numbers(folder: Path, body: str, numbering: str, styles: str = "") -> list[str]:
    path = folder / "a.docx"
    path.write_bytes(word_file(body, numbering=numbering, styles=styles))
    blocks = read_text_document(path).read.blocks
    return [one.number for one in blocks if isinstance(one, TextParagraph)]


@pytest.mark.parametrize(
    ("article", "shown"),
    [
        (level(1, "Article %2"), ["1", "2", "1"]),
        (level(1, "Article %2", more='<w:lvlRestart w:val="1"/>'), ["1", "2", "1"]),
        (level(1, "Article %2", more='<w:lvlRestart w:val="0"/>'), ["1", "2", "3"]),
        (level(1, "Article %1.%2"), ["I.1", "I.2", "II.1"]),
        (level(1, "Article %1.%2", more="<w:isLgl/>"), ["1.1", "1.2", "2.1"]),
        (level(1, "Article %1.%2", more='<w:isLgl w:val="0"/>'), ["I.1", "I.2", "II.1"]),
        (level(1, "Article 5%2", "none"), ["5", "5", "5"]),
    ],
)
def test_articles_below_chapters(article: str, shown: list[str], tmp_path: Path) -> None:
    found = numbers(tmp_path, CHAPTERS, lists(CHAPTER, article))
    assert found == [
        *("Chapter I", *(f"Article {one}" for one in shown[:2])),
        *("Chapter II", f"Article {shown[2]}"),
    ]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", ["9", "10", "29", "30"]),
        ("decimalZero", ["09", "10", "29", "30"]),
        ("lowerLetter", ["i", "j", "cc", "dd"]),
        ("upperRoman", ["IX", "X", "XXIX", "XXX"]),
        ("russianLower", ["и", "к", "я", "аа"]),
        ("russianUpper", ["И", "К", "Я", "АА"]),
        ("bullet", ["•"] * 4),
    ],
)
def test_forms_of_numbers(form: str, shown: list[str], tmp_path: Path) -> None:
    found = numbers(tmp_path, par("words", at(0)) * 30, lists(level(0, "%1", form)))
    assert [found[number - 1] for number in (9, 10, 29, 30)] == shown


def test_a_bullet_without_a_sign_is_none(tmp_path: Path) -> None:
    assert numbers(tmp_path, par("words", at(0)), lists(level(0, " ", "bullet"))) == [""]


def test_a_list_may_differ_from_its_definition(tmp_path: Path) -> None:
    differing = f'<w:lvlOverride w:ilvl="1">{level(1, "Section %2", "upperLetter")}</w:lvlOverride>'
    numbering = lists(CHAPTER, level(1, "Article %2"), differing=differing)
    assert numbers(tmp_path, CHAPTERS, numbering) == [
        *("Chapter I", "Section A", "Section B", "Chapter II", "Section A")
    ]


def test_a_definition_may_be_that_of_a_style_of_lists(tmp_path: Path) -> None:
    numbering = lists('<w:numStyleLink w:val="S"/>') + (
        '<w:abstractNum w:abstractNumId="7"><w:styleLink w:val="S"/>'
        f"{CHAPTER}{level(1, 'Article %2')}</w:abstractNum>"
    )
    assert numbers(tmp_path, CHAPTERS, numbering) == [
        *("Chapter I", "Article 1", "Article 2", "Chapter II", "Article 1")
    ]


def test_list_and_level_may_come_from_different_styles(tmp_path: Path) -> None:
    second = '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        f'<w:style w:styleId="B"><w:basedOn w:val="A"/>{second}</w:style>'
    )
    body = (
        par("words", '<w:pStyle w:val="A"/>')
        + par("words", '<w:pStyle w:val="B"/>')
        + par("words", '<w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + par("words", '<w:pStyle w:val="B"/><w:numPr><w:ilvl w:val="0"/></w:numPr>')
        + par("words", '<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    numbering = lists(CHAPTER, level(1, "Article %2"))
    assert numbers(tmp_path, body, numbering, styles) == [
        *("Chapter I", "Article 1", "Article 2", "Chapter II", "")
    ]


def test_the_usual_style_counts_for_paragraphs_without_one(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert numbers(tmp_path, par("words"), lists(CHAPTER), styles) == ["Chapter I"]


def test_a_roman_number_with_points_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    numbering = lists(CHAPTER, level(1, "Article %1.%2"))
    path.write_bytes(word_file(CHAPTERS, numbering=numbering))
    locators = [passage.locator for passage in read_text_document(path).passages]
    assert locators == ["Chapter I", "Article I.1", "Article I.2", "Chapter II", "Article II.1"]
