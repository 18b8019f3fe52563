"""Nobody is mentioned, and nothing is referred to, by a text in a document of Markdown."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from claimpos.rendering.markup import markdown_inert

# What sites look for in the text of a page, between its tags.
REFERENCES = re.compile(
    r"@[A-Za-z0-9]|#\d|\bGH-\d|(?<!\w)!\d|\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b"
)
TEXTS = [
    "@example-user",
    "ask @example_user, please",
    "mail@example.org",
    "#12",
    "article #5",
    "GH-12",
    "gh-12",
    "owner/repo#7",
    "!42",
    "see !42.",
    "a1b2c3d",
    "commit 0123456789abcdef0123456789abcdef01234567",
    "owner@a1b2c3d4",
    "owner/repo@a1b2c3d4e5",
]


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_referred_to(text: str) -> None:
    assert REFERENCES.search(text) or "@" in text or text.startswith("gh")
    page = MarkdownIt().render(markdown_inert(text))
    pieces = re.split(r"<[^>]*>", page)
    assert not any(REFERENCES.search(piece) for piece in pieces)
    assert "".join(pieces).strip() == text


@pytest.mark.parametrize("text", ["1000000", "defaced", "43%", "6 - 8", "Yes!", "$5"])
def test_figures_and_words_are_left_alone(text: str) -> None:
    assert "*" not in markdown_inert(text)
