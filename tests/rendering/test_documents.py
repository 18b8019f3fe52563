"""One document in every format: each part is there, and no text of a dossier is markup."""

from __future__ import annotations

import re

import pytest

from claimpos.rendering.document import (
    Document,
    Facts,
    Heading,
    Item,
    List,
    MarkedText,
    Numbered,
    Paragraph,
    Section,
    Table,
    headed,
)
from claimpos.rendering.listing import listing_document
from claimpos.rendering.renderers import TERMINAL, rendered, renderers
from claimpos.rendering.text import Paint
from tests.rendering.test_hostile_text import CONTROLS, HOSTILE, Tags

COUNTS = (
    "3 issues: ",
    MarkedText("1 overlap", "overlap"),
    ", ",
    MarkedText("2 conflicts", "conflict"),
)


def every_part(text: str) -> Document:
    """A document with each kind of block, and this text wherever a text may stand."""
    narrow = Table([text], [[text]])
    return Document(
        [
            headed(Heading(text, "title", "conflict"), text, (text, MarkedText(text, "strong"))),
            Heading(text),
            Facts([text, MarkedText(text, "emphasis")]),
            Section(
                Heading(text, "detail"),
                [Paragraph(text), List([Item(text, [Item(text, dash=True)])])],
            ),
            Numbered("1", text, [text], [text]),
            Table([text, text], [[text, text]]),
            Table([text, text], [[text, text]], "short", narrow),
            Table([text, text, text], [[text, text, text]], "prose", Table([text] * 3, [])),
        ]
    )


@pytest.mark.parametrize("style", renderers())
def test_every_part_is_in_every_format(style: str) -> None:
    shown = rendered(every_part("word"), style)
    assert shown.endswith("\n")
    assert shown.lower().count("word") == (26 if style == TERMINAL else 28)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("style", renderers())
def test_no_text_is_markup(style: str, text: str) -> None:
    shown = rendered(every_part(text), style)
    assert not CONTROLS.search(shown)
    if style == "github":
        assert not re.search(r"(?<!\\)[<`]", shown)
        assert "](" not in shown.replace("\\](", "")
    elif style == "html":
        tags = Tags()
        tags.feed(shown)
        parts = {"h2", "h3", "p", "strong", "em", "ul", "li"}
        assert tags.found == parts | {"table", "thead", "tbody", "tr", "th", "td"}
    elif style == "latex":
        assert "\\input{" not in shown


def test_marks_keep_the_blanks_around_them() -> None:
    document = Document([Paragraph((*COUNTS, " in all. ", MarkedText("So", "strong"), " it is."))])
    assert rendered(document, "plain") == "3 issues: 1 overlap, 2 conflicts in all. So it is.\n"
    assert (
        rendered(document, "github") == "3 issues: 1 overlap, 2 conflicts in all. **So** it is.\n"
    )
    assert rendered(document, "html").count("<strong>So</strong> it is.</p>") == 1


def test_colours_are_those_of_the_parts_also_across_lines() -> None:
    shown = rendered(Document([Paragraph(COUNTS)]), width=20, paint=Paint(on=True))
    overlap, conflicts = "\x1b[32m1 overlap\x1b[0m", "\x1b[31m2\nconflicts\x1b[0m"
    assert " ".join(shown.split()) == " ".join(f"3 issues: {overlap}, {conflicts}".split())


def test_a_list_shows_what_stands_below_what() -> None:
    document = Document([List([Item("a", [Item("b", [Item("c", dash=True)])]), Item("d")])])
    assert rendered(document) == "  a\n    b\n      – c\n  d\n"
    assert rendered(document, "github") == "- a\n  - b\n    - c\n- d\n"


@pytest.mark.parametrize("style", renderers())
def test_a_listing_of_nothing(style: str) -> None:
    assert "None" in rendered(listing_document((("Id", "Title"), [])), style)
