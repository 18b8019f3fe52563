"""Texts in Markdown: their comments, breaks and numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.importing.text_blocks import TextParagraph
from tests.importing.support import read_text


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
    found = read_text(tmp_path, "a.md", text)
    assert "\n".join(one.cells[0] for one in found.passages) == shown


@pytest.mark.parametrize("line", ["---", "***", " * * *", "_ _ _ _", "- - -\t"])
def test_a_break_between_paragraphs_is_no_text(line: str, tmp_path: Path) -> None:
    found = read_text(tmp_path, "a.md", f"Article 1 a\n\n{line}\n\nArticle 2 b\n{line}\nc")
    text = [one.text for one in found.read.blocks if isinstance(one, TextParagraph)]
    assert text == ["Article 1 a", "Article 2 b", "c"]


def test_an_article_in_bold_letters_is_one(tmp_path: Path) -> None:
    text = "**Article 1.** a\n\n**2.** b\n\n## **Article 3**\n\nc\n\n| No |\n|--|\n| **4** |"
    found = read_text(tmp_path, "a.md", text)
    assert [one.locator for one in found.passages] == [
        "Article 1",
        "Article 1, 2",
        "Article 3",
        "4",
    ]
    assert found.passages[0].cells == ("**Article 1.** a",)
