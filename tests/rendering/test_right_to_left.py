"""Names written from right to left move nothing around them, whatever a report is shown in."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.documents import with_parts
from claimpos.briefing.drawing import drawn
from claimpos.briefing.heat_map import heat_map
from claimpos.briefing.layout import brief_document
from claimpos.comparison.matrix import matrix
from claimpos.dossier.model import Dossier
from claimpos.errors import UnknownName
from claimpos.rendering.diff import diff_document
from claimpos.rendering.document import Document, MarkedText, Paragraph
from claimpos.rendering.findings import error_text
from claimpos.rendering.renderers import file_of, rendered, renderers
from claimpos.rendering.renderers import page_of as markdown_page
from claimpos.rendering.typst import Typst
from tests.briefing.pages import page_of
from tests.rendering.test_hostile_text import hostile
from tests.rendering.test_word import W, part

NAME = "حزب العمال 2 מפלגת"
ISOLATED = re.compile("\u2068[^\u2066-\u2069]*\u2069")


@cache
def dossier() -> Dossier:
    return hostile(NAME)


@cache
def document() -> Document:
    return diff_document(compare(dossier(), ["one", "two"], "2025"))


@cache
def briefing() -> Document:
    return brief_document(brief_report(compare(dossier(), ["one", "two"], "2025")))


def leftward(text: str) -> str:
    """The letters of a text that are written from right to left."""
    return "".join(one for one in text if unicodedata.bidirectional(one) in {"R", "AL"})


FORMATS: dict[str, Callable[[], str]] = {
    **{
        style: lambda style=style: rendered(document(), style)  # type: ignore[misc]
        for style in renderers()
        if style != "latex"
    },
    "briefing as Markdown": lambda: markdown_page(briefing()),
    "parts for a template": lambda: json.dumps(
        with_parts(brief_report(compare(dossier(), ["one", "two"], "2025")), "html")["parts"],
        ensure_ascii=False,
    ),
    "page": lambda: page_of(dossier(), ["one", "two"], "2025"),
    "picture": lambda: drawn("heat-map.svg", heat_map(matrix(dossier(), as_of="2025"))),
    "PDF": lambda: Typst().document(briefing()),
    "error": lambda: error_text(UnknownName("party", NAME, [NAME], "claimpos list")),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_name_is_isolated(name: str) -> None:
    told = FORMATS[name]()
    assert ISOLATED.search(told)
    assert not leftward(ISOLATED.sub("", told))
    assert "\ufffd" not in told


def test_word_has_each_name_in_a_run_of_its_own_direction_and_turns_back_behind_it() -> None:
    sentence = Paragraph((MarkedText(NAME, "strong"), f" 14 March, {NAME}"))
    for told in (document(), briefing(), Document([sentence])):
        runs = [*part(file_of(told, "docx")).iter(f"{W}r")]
        texts = ["".join(one.text or "" for one in run.iter(f"{W}t")) for run in runs]
        marked = [run.find(f"{W}rPr/{W}rtl") is not None for run in runs]
        assert any(marked)
        for at, (text, is_leftward) in enumerate(zip(texts, marked, strict=True)):
            assert bool(leftward(text)) == is_leftward
            assert not is_leftward or texts[at + 1] == "\u200e"


def test_a_text_from_left_to_right_has_no_sign_more() -> None:
    ordinary = hostile("Jürgen Åström, Київ, 東京")
    told = rendered(diff_document(compare(ordinary, ["one", "two"], "2025")))
    assert not re.search("[\u200e\u2066-\u2069]", told)
