"""The briefing in Markdown: the same document in every program that renders it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.documents import document
from claimpos.briefing.explanation import explain_report
from claimpos.deals.search import find_deals
from claimpos.rendering.explain import explain_document
from claimpos.rendering.renderers import rendered
from claimpos.rendering.show import Record
from claimpos.wording.age import newest_note
from claimpos.wording.labels import set_apart
from tests.briefing.renderers import RENDERERS, Rendered
from tests.cli.process import WORKED
from tests.support import TALKS

every_renderer = pytest.mark.parametrize("renderer", RENDERERS)
SELECTIONS = {
    "two": (["russia", "ukraine"], "2025-03-14"),
    "later": (["us", "ukraine"], "2025-11-30"),
    "many": (["russia", "ukraine", "us", "europe", "china"], "2026-07-01"),
}
every_selection = pytest.mark.parametrize("selection", SELECTIONS)


@cache
def report(selection: str) -> dict[str, Any]:
    parties, day = SELECTIONS[selection]
    return brief_report(compare(load_dossier(TALKS), parties, day))


@cache
def written(selection: str) -> str:
    return document("briefing.md", report(selection))


@cache
def html(renderer: str, selection: str) -> str:
    return RENDERERS[renderer](written(selection))


@every_renderer
@every_selection
def test_every_renderer_finds_the_same_document(renderer: str, selection: str) -> None:
    data = report(selection)
    found = Rendered(html(renderer, selection))
    spoken = [row for row in data["rows"] if row["spoken"]]
    assert found.count["table"] == 1
    assert found.count["tr"] == 1 + len(data["rows"])
    assert found.count["td"] == len(data["rows"]) * (3 + len(data["parties"]))
    assert found.count["h3"] == len(spoken)
    assert found.notes == found.references == len(data["notes"])
    assert found.headings[0] == data["title"]


@every_renderer
@every_selection
def test_no_mark_of_markdown_is_left_for_the_reader(renderer: str, selection: str) -> None:
    found = Rendered(html(renderer, selection))
    assert re.findall(r".{0,20}[|\[\]\\^*`{}].{0,20}", found.text) == []


@every_renderer
def test_links_lead_to_the_sources(renderer: str) -> None:
    found = Rendered(html(renderer, "two"))
    addresses = [note["source"]["url"] for note in report("two")["notes"] if not note["again"]]
    outward = [link for link in found.links if not link.startswith("#")]
    assert sorted(outward) == sorted(filter(None, addresses))


@every_selection
def test_every_note_is_referred_to_and_defined_once_in_order(selection: str) -> None:
    text = written(selection)
    numbers = [str(note["number"]) for note in report(selection)["notes"]]
    assert re.findall(r"\[\^(\d+)\](?!:)", text) == numbers
    assert re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == numbers
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


@every_renderer
def test_an_explanation_is_the_same_document_too(renderer: str) -> None:
    dossier = load_dossier(TALKS)
    comparison = compare(dossier, ["russia", "ukraine"], "2025-03-14", issues={"ceasefire"})
    data = explain_report(comparison)
    record = Record(dossier, comparison.day, "inferred")
    document = explain_document(data, record, newest_note(dossier, comparison.newest))
    found = Rendered(RENDERERS[renderer](rendered(document, "github")))
    assert found.count["h2"] == len(data["steps"]) + 3
    assert found.count["h3"] == len(data["positions"]) * 2
    assert set(filter(None, (one.url for one in record.cited.values()))) == set(found.links)
    assert re.findall(r".{0,20}[|\[\]\\^*`{}].{0,20}", found.text) == []


@every_renderer
def test_deals_are_told_block_by_block(renderer: str) -> None:
    dossier = load_dossier(WORKED)
    parties = ["russia", "ukraine", "us"]
    deals = find_deals(dossier, parties, "2025-03-14")
    data = brief_report(compare(dossier, parties, "2025-03-14"), deals)
    blocks = data["deals"]["blocks"]
    tables = [block for block in blocks if block["kind"] == "table"]
    found = Rendered(RENDERERS[renderer](document("briefing.md", data)))
    assert data["deals"]["answer"] == "blocked"
    assert found.count["table"] == 1 + len(tables) > 1
    assert found.count["tr"] == len(data["rows"]) + 1 + sum(1 + len(one["rows"]) for one in tables)
    for block in blocks:
        assert set_apart(block["text"], "{}").replace("'", "’") in found.text.replace("'", "’")
    sticking_points = [block["text"] for block in blocks if block["kind"] == "subheading"]
    assert found.count["h4"] == len(sticking_points) > 1
    assert sticking_points[0].startswith("1. Cease-fire")
    assert re.findall(r".{0,20}[|\[\]\\^*`{}].{0,20}", found.text) == []


def test_lines_do_not_trail_and_blank_lines_stand_alone() -> None:
    text = written("two")
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert "\n\n\n" not in text
    assert text.endswith((".\n", ">\n"))
