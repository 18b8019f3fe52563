"""Deals as text: inert in every style, within the width, the words of the field."""

from __future__ import annotations

import re
from functools import cache

import pytest

from claimpos.briefing.deals_pictures import frontier_of
from claimpos.deals.search import Deals, find_deals
from claimpos.dossier.model import Dossier
from claimpos.rendering.deals import deals_document
from claimpos.rendering.renderers import rendered, renderers
from tests.positions.test_files import dossier as shipped
from tests.positions.test_verdicts import DATES
from tests.rendering.test_hostile_text import CONTROLS, HOSTILE, Tags, hostile
from tests.support import largely

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
    assert len(text.splitlines()) < 700


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
