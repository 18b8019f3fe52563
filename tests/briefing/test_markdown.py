"""The briefing in Markdown: the same document in every program that renders it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.explanation import explain_document, explain_report
from claimpos.briefing.layout import brief_document
from claimpos.briefing.position_layout import notes_of
from claimpos.deals.search import find_deals
from claimpos.rendering.renderers import page_of, rendered
from claimpos.rendering.show import Record
from claimpos.wording.age import newest_note
from claimpos.wording.dossier_texts import set_apart
from tests.briefing.renderers import RENDERERS, Rendered
from tests.cli.in_process import claimpos
from tests.cli.process import WORKED
from tests.support import TALKS, largely, short_dossier, write_short

every_renderer = pytest.mark.parametrize("renderer", largely(RENDERERS, "markdown-it"))
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
    return page_of(brief_document(report(selection)))


@cache
def html(renderer: str, selection: str) -> str:
    return RENDERERS[renderer](written(selection))


@every_renderer
@every_selection
def test_every_renderer_finds_the_same_document(renderer: str, selection: str) -> None:
    data = report(selection)
    found = Rendered(html(renderer, selection))
    told = [row for row in data["rows"] if not row["quiet"]]
    quiet = [row for row in data["rows"] if row["quiet"]]
    spoken = [row for row in quiet if not all(one["silent"] for one in row["positions"])]
    chart = data["first_page"]["picture"]["rows"]
    alike = {(row["verdict"], row["reason_in_words"]) for row in data["rows"]}
    assert found.count["table"] == 3
    assert found.count["tr"] == 3 + len(chart) + len(alike) + len(spoken)
    assert found.count["td"] == 3 * len(chart) + 2 * len(alike) + 3 * len(spoken)
    assert found.count["h3"] == len(told)
    assert told
    assert quiet
    assert found.notes == found.references == len(notes(written(selection))) > 0
    assert found.headings[0] == data["title"]


@pytest.mark.parametrize("only", [[], ["unresolved"], ["conflict"]], ids=str)
def test_at_a_glance_every_number_has_its_place(only: Any) -> None:
    parties, day = SELECTIONS["two"]
    comparison = compare(load_dossier(TALKS), parties, day)
    data = brief_report(comparison, only=only) if only else brief_report(comparison)
    (glance,) = re.findall(
        "## Issues at a glance.*?\n## ", page_of(brief_document(data)), re.DOTALL
    )
    named = {int(number) for number in re.findall(r"\\?\((\d+)\\?\)", glance)}
    for first, last in re.findall(r"\((\d+) to (\d+)\)", glance):
        named |= {*range(int(first), int(last) + 1)}
    numbers = [row["number"] for row in data["rows"]]
    assert named == {*numbers}
    assert numbers == [*range(numbers[0], numbers[-1] + 1)]
    assert ("any other verdict are left out" in glance) == bool(only)


def notes(text: str) -> list[str]:
    """The numbers of the notes at the end."""
    return re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)


@every_renderer
@every_selection
def test_no_mark_of_markdown_is_left_for_the_reader(renderer: str, selection: str) -> None:
    found = Rendered(html(renderer, selection))
    assert re.findall(r".{0,20}[|\[\]\\^*`{}].{0,20}", found.text) == []


@every_renderer
def test_links_lead_to_the_sources(renderer: str) -> None:
    found = Rendered(html(renderer, "two"))
    addresses = {note["source"]["url"] for note in report("two")["notes"]}
    outward = {link for link in found.links if not link.startswith("#")}
    assert outward
    assert outward <= addresses


@every_selection
def test_every_note_is_referred_to_and_defined_once_in_order(selection: str) -> None:
    text = written(selection)
    numbers = [str(number) for number in range(1, len(notes(text)) + 1)]
    assert re.findall(r"\[\^(\d+)\](?!:)", text) == notes(text) == numbers


@every_selection
def test_a_number_that_is_told_again_is_that_of_an_earlier_note(selection: str) -> None:
    known: set[int] = set()
    again = 0
    for first, told in re.findall(r"\[\^(\d+)\](?!:)|\(notes? ([\d–, ]+)\)", written(selection)):
        known |= {int(first)} if first else set()
        numbers = [int(number) for number in re.findall(r"\d+", told)]
        assert {*numbers} <= known
        again += len(numbers)
    assert again


def test_where_it_stands_is_told_once_for_an_occasion() -> None:
    """Of two statements on one occasion, the second note refers to the first."""
    found = re.findall(r"^\[\^(\d+)\]: As note (\d+)", written("many"), re.MULTILINE)
    assert found
    assert all(int(first) < int(number) for number, first in found)


def test_speakers_of_one_name_are_told_apart() -> None:
    source = {"id": "news", "publisher": "News", "title": "Talks", "url": "", "date": "2026-01-01"}
    same: dict[str, Any] = {
        "speaker": "Jo",
        "said": "2026-01-01",
        "said_in_words": "1 January",
        "basis": "stated",
    }
    same |= {"source": source | {"translation": ""}, "locator": "", "quote": "", "note": ""}
    speakers = [("chair", False), ("economist", True), ("chair", False)]
    notes = [
        same | {"number": number, "role": role, "outside": outside, "summary": f"Says {number}"}
        for number, (role, outside) in enumerate(speakers, 1)
    ]
    told = ["".join(map(str, note.text)) for note in notes_of(notes, "2026-01-01")]
    assert [one.partition(":")[0] for one in told] == [
        "Jo, chair, 1 January",
        "Jo, economist, outside source, 1 January",
        "As note 1",
    ]


@every_selection
def test_no_table_has_a_column_for_each_party(selection: str) -> None:
    rows = re.findall(r"^\|.*\|$", written(selection), re.MULTILINE)
    assert {len(re.findall(r"(?<!\\)\|", row)) - 1 for row in rows} == {2, 3}


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
    found = Rendered(RENDERERS[renderer](page_of(brief_document(data))))
    assert data["deals"]["answer"] == "blocked"
    alone = Rendered(RENDERERS[renderer](page_of(brief_document({**data, "deals": None}))))
    assert found.count["table"] - alone.count["table"] == len(tables) > 0
    rows = sum(1 + len(one["rows"]) for one in tables)
    assert found.count["tr"] - alone.count["tr"] == rows
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


@pytest.mark.parametrize("rule", [{}, {"decides": {"more-than": "1/2"}}])
def test_a_party_without_a_position_is_named_whatever_the_verdict(
    tmp_path: Path, rule: dict[str, Any]
) -> None:
    agenda = {"road": {"options": ["toll", "free"], **rule}}
    said = {
        "ann": {"road": {"demands": "toll"}},
        "bo": {"road": {"demands": "toll" if rule else "free"}},
        "cy": {},
    }
    comparison = compare(short_dossier(tmp_path, agenda, said), ["ann", "bo", "cy"], "2025")
    assert comparison.issues[0].verdict == ("overlap" if rule else "conflict")
    told = page_of(brief_document(brief_report(comparison)))
    _, after = told.split("## No recorded position")
    assert "**Cy:**" in after.partition("##")[0]
    assert "each party has a recorded position" not in told


def test_what_changed_between_a_group_and_its_member(tmp_path: Path) -> None:
    """As in `changes`, what moved on issues on which the two are not compared is told, too."""
    agenda = {key: {"options": ["a", "b"]} for key in ("hours", "pay")}
    moved = [{"since": "2025-01", "demands": "a"}, {"since": "2025-03", "demands": "b"}]
    parties = {"bloc": {"hours": moved[:1], "pay": moved}, "land": {"hours": moved[:1]}}
    besides = {"bloc": {"members": ["land"], "speaks-for-members": True}}
    folder = str(write_short(tmp_path, agenda, parties, {}, besides))
    days = ["--since", "2025-02", "--as-of", "2025-04"]
    brief = claimpos("brief", "bloc", "land", *days, "--positions", folder).stdout
    moves = [line.split(" | ")[1] for line in brief.splitlines() if line.startswith("| March ")]
    assert moves == ["Bloc: Pay", "Land: Pay"]
