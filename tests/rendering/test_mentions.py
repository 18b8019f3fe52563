"""Nobody is mentioned, and nothing is referred to, by a text in a document of Markdown."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt

from claimpos.rendering.markup import markdown_inert

# What sites look for in the text of a page, between its tags.
REFERENCES = re.compile(
    r"@[A-Za-z0-9]|[#&!]\d|\bGH-\d|\[[a-z_]+:\d+\]|"
    r"(?i:\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b)"
)
# What begins a line of a comment, and a bot, or GitLab itself, does.
COMMAND = re.compile(r"^/[a-z]", re.MULTILINE)
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
    "group/project!42",
    "group/project#42",
    "&3",
    "group&12",
    "A1B2C3D",
    "[issue:42]",
    "[work_item:42]",
    "[vulnerability:7]",
    "@example.user",
    "@@example",
    "x@example's",
    "(@example)",
    "&#64;example",
    "<!-- -->@example",
]


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_referred_to(text: str) -> None:
    assert REFERENCES.search(text) or "@" in text or text.startswith("gh")
    page = MarkdownIt().render(markdown_inert(text))
    pieces = [*map(unescape, re.split(r"<[^>]*>", page))]
    assert not any(REFERENCES.search(piece) for piece in pieces)
    assert "".join(pieces).strip() == text


@pytest.mark.parametrize(
    "text", ["/close", "/label ~bug", "/assign @example", "/lgtm", " /approve", "/merge when"]
)
def test_no_line_is_a_command_to_a_bot(text: str) -> None:
    assert COMMAND.search(text.strip())
    assert not COMMAND.search(markdown_inert(text))
    page = re.sub(r"<[^>]*>", "", MarkdownIt().render(markdown_inert(text)))
    assert page.strip() == text.strip()


@pytest.mark.parametrize("text", ["1000000", "defaced", "43%", "6 - 8", "Yes!", "$5"])
def test_figures_and_words_are_left_alone(text: str) -> None:
    assert "*" not in markdown_inert(text)
