"""Whatever a dossier's texts hold, a briefing shows them as text and does nothing else."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.documents import address
from claimpos.briefing.explanation import explain_document, explain_report
from claimpos.briefing.layout import brief_document
from claimpos.deals.search import find_deals
from claimpos.rendering.data import json_text
from claimpos.rendering.document import Document
from claimpos.rendering.markup import markdown_inert
from claimpos.rendering.renderers import page_of, rendered
from claimpos.rendering.show import Record
from claimpos.rendering.text import safe
from tests.briefing.renderers import (
    RENDERERS,
    Rendered,
    each_rendered,
    markdown_it,
    pandoc_each,
)
from tests.conftest import examples
from tests.rendering.test_hostile_text import CONTROLS, HOSTILE, hostile
from tests.support import largely

MARKDOWN = [
    "[^1] and [^9]: not a note",
    "[^1]: a definition",
    "](javascript:alert(1))",
    "<https://evil.example> www.evil.example https://evil.example mail@evil.example",
    "# heading {#id .class onclick=x} ^[inline note]",
    "1. one",
    "12. one",
    "(a) one",
    "iv) one",
    "A. one",
    "- one\n- two",
    "~~~ {=html}\n<b>\n~~~",
    "`<b>`{=html} $x$ \\(y\\) @doi:x [@cite] H~2~O ^up^ ~~out~~ ==mark==",
    "a--b---c...d 'e' \"f\"",
    "&lt;script&gt; &#42; &nbsp;|",
    "***all** of_it_ __all__",
    "\\ at the end \\",
    "| a | b |\n|---|---|\n| c | d |",
    '[x]: https://evil.example "title"',
    "<!-- comment --> <?php ?> <![CDATA[x]]>",
    ":smile: :::warning",
    "+++",
    "title: x\n---",
]
TAGS = {
    *("h1", "h2", "h3", "p", "strong", "em", "ul", "ol", "li", "a", "sup", "section", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td", "colgroup", "col"),
}
ATTRIBUTES = {
    *("href", "id", "class", "role", "align", "style", "start"),
    *("aria-label", "data-footnote-ref", "data-footnote-backref", "data-footnotes"),
    *("data-footnote-backref-idx", "dir"),
}
TEXTS = [*HOSTILE, *MARKDOWN]
every_text = pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text)[:20])
every_renderer = pytest.mark.parametrize("renderer", largely(RENDERERS, "markdown-it"))


@cache
def reports(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    comparison = compare(hostile(text), ["one", "two"], "2025")
    one_issue = compare(hostile(text), ["one", "two"], "2025", issues={"a"})
    deals = find_deals(hostile(text), ["one", "two"], "2025")
    return brief_report(comparison, deals), explain_report(one_issue)


def explanation(text: str) -> Document:
    record = Record(hostile(text), date(2025, 12, 31), "inferred")
    return explain_document(reports(text)[1], record, f"Newest evidence: {text}.")


@cache
def briefing(text: str) -> str:
    return page_of(brief_document(reports(text)[0]))


@cache
def briefings(renderer: str) -> dict[str, str]:
    """The briefing of each text, as HTML."""
    return dict(zip(TEXTS, each_rendered([*map(briefing, TEXTS)], renderer), strict=True))


@cache
def plain_briefings() -> dict[str, str]:
    """The briefing of each text, as HTML in which no sign has become another."""
    written = [*map(briefing, TEXTS)]
    return dict(zip(TEXTS, pandoc_each(written, "markdown-smart"), strict=True))


@cache
def explanations(renderer: str) -> dict[str, str]:
    """The explanation of each text, as HTML."""
    written = [rendered(explanation(text), "github") for text in TEXTS]
    return dict(zip(TEXTS, each_rendered(written, renderer), strict=True))


def shown(text: str) -> str:
    """A text as people read it: in one line, what steers a terminal replaced."""
    return " ".join(safe(text).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@every_text
@every_renderer
def test_it_is_text_in_every_renderer(text: str, renderer: str) -> None:
    notes = len(re.findall(r"^\[\^\d+\]: ", briefing(text), re.MULTILINE))
    assert notes
    for html, count in ((briefings(renderer)[text], notes), (explanations(renderer)[text], 0)):
        found = Rendered(html)
        assert set(found.count) <= TAGS
        assert found.attributes <= ATTRIBUTES
        outward = [link for link in found.links if not link.startswith("#")]
        assert all(link.startswith("mailto:mail") for link in outward), outward
        assert found.notes == found.references == count
        assert not CONTROLS.search(found.text)


@pytest.mark.large
@every_text
def test_people_read_the_very_text(text: str) -> None:
    data, _ = reports(text)
    for html in (briefings("cmark-gfm")[text], plain_briefings()[text]):
        found = Rendered(html)
        read = [squeezed(heading) for heading in found.headings]
        assert sum(squeezed(shown(text)) in heading for heading in read) >= 1
        tables = [block for block in data["deals"]["blocks"] if block["kind"] == "table"]
        quiet = [row for row in data["rows"] if row["quiet"]]
        spoken = [row for row in quiet if not all(one["silent"] for one in row["positions"])]
        rows = spoken, data["first_page"]["picture"]["rows"]
        alike = {(row["verdict"], row["reason_in_words"]) for row in data["rows"]}
        assert found.count["table"] == len([*filter(None, (*rows, alike))]) + len(tables) > 2
        cells = sum(len(row) for table in tables for row in table["rows"])
        assert found.count["td"] == 3 * sum(map(len, rows)) + 2 * len(alike) + cells


@given(st.text(max_size=60), st.sampled_from(["{}", "x {} y", "{}|{}", "[{}]", "{}\n{}"]))
@examples(150)
def test_any_text_is_text(text: str, form: str) -> None:
    said = form.replace("{}", text)
    for place in ("a {} b", "- {}", "# {}", "| h |\n|---|\n| x {} |", "x[^1]\n\n[^1]: {}"):
        found = Rendered(markdown_it(place.replace("{}", markdown_inert(said))))
        assert set(found.count) <= TAGS
        assert squeezed(shown(said)) in squeezed(found.text)


@every_text
def test_json_carries_it_and_nothing_steers_the_terminal(text: str) -> None:
    for data in reports(text):
        printed = json_text(data)
        assert not CONTROLS.search(printed)
        assert json.loads(printed)["dossier"] == text
    assert not CONTROLS.search(rendered(explanation(text)))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://x.example/<b>",
        "https://x.example/ y",
        'https://x.example/"',
        "https://x.example/\n",
        "data:text/html,x",
        "//x.example",
        "https://x.example/`x`",
        "https://x.example/a|b",
        "https://x.example/\u202e",
    ],
)
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert address(url) == ""
    assert address("https://x.example/a_b*c?d=e&f=(g)#h~i") != ""
