"""Deals as text: inert in every style, within the width, the words of the field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.briefing.deals_pictures import frontier_of
from claimpos.deals.search import Deals, find_deals
from claimpos.dossier.model import Dossier
from claimpos.rendering.deals import deals_document
from claimpos.rendering.document import Block, Document, Group, Paragraph, Table, plain
from claimpos.rendering.renderers import rendered, renderers
from tests.positions.test_files import dossier as shipped
from tests.positions.test_verdicts import DATES
from tests.rendering.test_hostile_text import CONTROLS, HOSTILE, Tags, hostile
from tests.support import largely, short_dossier

JARGON = re.compile(
    r"\b(atoms?|models?|correction sets?|cells?|hitting|solver|clingo|cost)\b", re.I
)


@pytest.fixture(scope="module", params=HOSTILE, ids=range(len(HOSTILE)))
def deals(request: pytest.FixtureRequest) -> Deals:
    """A blocked search in which every text of the dossier is hostile."""
    return find_deals(quarrel(request.param), ["one", "two"], "2025", frontier=True)


def quarrel(text: str) -> Dossier:
    """Two parties that demand different outcomes, and refuse each other's."""
    dossier = hostile(text)
    sides = {}
    for name, swapped in (("one", False), ("two", True)):
        sides[name] = dossier.parties[name]._replace(
            positions={
                issue: tuple(
                    entry._replace(
                        proposes={},
                        demands={cell: _outcome(swapped) for cell in entry.proposes},
                        refuses={cell: _outcome(not swapped) for cell in entry.proposes},
                    )
                    for entry in entries
                )
                for issue, entries in dossier.parties["one"].positions.items()
            }
        )
    return dossier._replace(parties={**dossier.parties, **sides})


def _outcome(swapped: bool) -> frozenset[str]:
    return frozenset({"y" if swapped else "x"})


def test_nothing_steers_a_terminal(deals: Deals) -> None:
    assert deals.sticking_points
    for style in renderers():
        assert not CONTROLS.search(rendered(deals_document(deals), style))


def test_html_has_only_the_tags_of_its_parts(deals: Deals) -> None:
    tags = Tags()
    tags.feed(rendered(deals_document(deals), "html"))
    assert tags.found <= {
        "h2",
        "p",
        "strong",
        "em",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


def test_markdown_has_no_markup_of_the_dossier(deals: Deals) -> None:
    text = rendered(deals_document(deals), "github")
    assert not re.search(r"(?<!\\)[<`]", text)
    assert "](" not in text.replace("\\](", "")
    assert not re.search(r"^---$", text, re.MULTILINE)


def test_a_picture_has_none_either(deals: Deals) -> None:
    assert deals.frontier is not None
    assert not CONTROLS.search(frontier_of(deals, deals.frontier).replace("\n", " "))


@cache
def between_russia_and_ukraine(day: str) -> Deals:
    return find_deals(shipped, ["russia", "ukraine"], day)


SLOW = "2022-04-30"  # which has many balanced packages


@pytest.mark.parametrize("day", largely(DATES, *{*DATES} - {SLOW}))
@pytest.mark.parametrize("width", [80, 120])
def test_the_shipped_dossier_fits_and_speaks_plainly(day: str, width: int) -> None:
    text = rendered(deals_document(between_russia_and_ukraine(day)), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert text.startswith("No deal without concessions: ")
    assert not JARGON.search(re.sub("⟨[^⟩]*⟩", "", text)), "the tool's own words"
    assert text.index("STICKING POINTS") < text.index("LEAST-CONCESSION PACKAGES")
    assert "neither a prediction nor advice" in " ".join(text.split())
    assert len(text.splitlines()) < 580


@pytest.mark.parametrize("day", largely([*DATES, "2026-11-28"], *{*DATES, "2026-11-28"} - {SLOW}))
def test_in_short_the_shipped_dossier_fits_on_sixty_lines(day: str) -> None:
    text = rendered(deals_document(between_russia_and_ukraine(day), in_short=True), width=80)
    assert len(text.splitlines()) <= 60
    assert max(map(len, text.splitlines())) <= 80
    assert not JARGON.search(re.sub("⟨[^⟩]*⟩", "", text)), "the tool's own words"
    parts = [text.index(head) for head in ("COULD BE SIGNED", "STICKING POINTS", "BALANCED AND")]
    assert parts == sorted(parts)
    assert "neither a prediction nor advice" in " ".join(text.split())


def test_many_parties_share_a_column() -> None:
    parties = ["russia", "us", "europe", "ukraine"]
    text = rendered(deals_document(find_deals(shipped, parties, "2025-03-14")))
    assert max(map(len, text.splitlines())) <= 80
    assert re.search(r"│ Issue +│ Outcome +│ Responses +│", text)


DOSSIERS = Path(__file__).parents[1] / "sessions" / "dossiers"
MADE_UP = ("wages", "climate", "coalition", "valley")


@cache
def among_all(name: str, *held: str) -> Deals:
    """The deals among all parties of a dossier that was made up for the tests."""
    dossier = load_dossier(DOSSIERS / name)
    return find_deals(dossier, list(dossier.negotiating), "2026-06-01", held=held)


def paragraphs_in(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Group):
            yield from paragraphs_in(block.blocks)
        elif isinstance(block, Paragraph):
            yield plain(block.text)


def tables_in(document: Document) -> Iterator[Table]:
    return (block for block in document.blocks if isinstance(block, Table))


def lines_of(deals: Deals, in_short: bool = False) -> list[str]:
    return rendered(deals_document(deals, in_short=in_short), width=80).splitlines()


@pytest.mark.parametrize("in_short", [True, False])
@pytest.mark.parametrize("name", [*MADE_UP, "shipped"])
def test_nothing_is_said_twice(name: str, in_short: bool) -> None:
    found = between_russia_and_ukraine("2026-11-28") if name == "shipped" else among_all(name)
    told = " ".join(paragraphs_in(deals_document(found, in_short=in_short).blocks))
    sentences = Counter(re.split(r"(?<=[.:;)]) ", told))
    assert not [one for one, times in sentences.items() if times > 1 and len(one.split()) > 3]
    mentioned = re.findall(r"\(--aim \w+\)", told)
    assert len(mentioned) == len(set(mentioned))


@pytest.mark.parametrize("name", [*MADE_UP, "shipped"])
def test_sections_stand_in_the_same_order_in_short_and_at_length(name: str) -> None:
    found = between_russia_and_ukraine("2026-11-28") if name == "shipped" else among_all(name)
    order = ["COULD BE SIGNED NOW", "VOTES", "STICKING POINTS", "TRADE-OFFS", "BALANCED PACKAGES"]
    order += ["BALANCED AND LEAST-CONCESSION PACKAGES", "LEAST-CONCESSION PACKAGES", "SCORES"]
    order += ["PRIORITIES", "NOT COVERED"]
    for in_short in (True, False):
        heads = [line for line in lines_of(found, in_short) if line.isupper() and len(line) > 4]
        assert heads == [head for head in order if head in heads]


def test_the_totals_of_each_party_come_to_all_issues_and_sub_issues() -> None:
    found = between_russia_and_ukraine("2026-11-28")
    totals = list(tables_in(deals_document(found)))[-1]
    assert totals.header[0] == "Party"
    for row in totals.rows:
        assert sum(int(plain(cell)) for cell in row[1:]) == len(found.problem.domains)


@pytest.mark.parametrize("name", ["climate", "coalition"])
def test_the_votes_that_would_have_to_change_are_those_of_the_table(name: str) -> None:
    """No term is left out of the table, and none is said to have no support that has some."""
    text = " ".join(lines_of(among_all(name), in_short=True))
    assert "for all to pass" in text
    found = re.search(r"for all to pass, (\d+) votes", re.sub(" +", " ", text))
    assert found
    assert int(found[1]) == sum(map(int, re.findall(r"open \((\d+)\)", text)))
    assert "No outcome has a vote in favour" not in text


def test_votes_say_who_is_pivotal_once_and_who_speaks_for_whom() -> None:
    text = " ".join(" ".join(lines_of(among_all("climate"), in_short=True)).split())
    assert "would be enough" not in text
    assert re.search(r"open \(1\) old donors .* open \(1\) new economies", text)
    assert (
        "The alliance speaks for the Isles and Delta on issues without a position of their own, "
        "but has no vote."
    ) in text


def test_several_demands_of_one_way_are_counted() -> None:
    text = " ".join(" ".join(lines_of(among_all("wages"), in_short=True)).split())
    assert (
        "The employers or the union drops 2 demands, or the employers and the union each drop a "
        "demand: ⟨Night shifts⟩; ⟨Training⟩."
    ) in text


def test_each_package_with_points_stands_in_one_table() -> None:
    for in_short in (True, False):
        tables = tables_in(deals_document(among_all("wages"), in_short=in_short))
        rows = [" ".join(map(plain, row)) for table in tables for row in table.rows]
        assert sum("Nash" in row for row in rows) == 1
        heads = [
            head for table in tables_in(deals_document(among_all("wages"))) for head in table.header
        ]
        assert "Nash" not in heads
    assert "Adjusted Winner" not in lines_of(among_all("wages"), in_short=True)
    assert "Adjusted Winner" in lines_of(among_all("wages"))


def test_that_a_member_holds_its_groups_position_is_said(tmp_path: Path) -> None:
    dossier = short_dossier(
        tmp_path,
        {"pay": {"unit": "kg"}, "rest": {"options": ["yes", "no"]}},
        {
            "bloc": {"pay": {"demands": 1}, "rest": {"accepts": "yes"}},
            "land": {"pay": {"demands": 1}},
            "bo": {"pay": {"demands": 1}},
        },
        {},
        {"bloc": {"members": ["land"], "speaks-for-members": True}},
    )
    said = "where Land has no position of its own, that of Bloc counts"
    for parties, is_said in ((["bloc", "land"], True), (["bloc", "bo"], False)):
        told = " ".join(" ".join(lines_of(find_deals(dossier, parties, "2025"))).split())
        assert (said in told) == is_said
