"""Deals in a briefing: the same blocks in the data, in Markdown and on the page."""

from __future__ import annotations

from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.page import page
from claimpos.comparison.verdicts import Comparison
from claimpos.deals.search import find_deals
from claimpos.rendering.deals import deals_document
from claimpos.rendering.renderers import rendered
from claimpos.wording.dossier_texts import set_apart
from tests.briefing.renderers import Rendered
from tests.cli.process import WORKED

PARTIES = ["russia", "ukraine", "us"]
DAY = "2025-03-14"


@pytest.fixture(scope="module")
def compared() -> tuple[Comparison, dict[str, Any]]:
    dossier = load_dossier(WORKED)
    comparison = compare(dossier, PARTIES, DAY)
    return comparison, brief_report(comparison, find_deals(dossier, PARTIES, DAY))


def texts(block: dict[str, Any]) -> list[str]:
    cells = [cell for row in [block["header"], *block["rows"]] for cell in row]
    return [block["text"], *block["points"], *cells]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_blocks_are_the_report_of_claimpos_deals(
    compared: tuple[Comparison, dict[str, Any]],
) -> None:
    _, report = compared
    told = squeezed(
        rendered(deals_document(find_deals(load_dossier(WORKED), PARTIES, DAY)), "plain")
    )
    at = 0
    for block in report["deals"]["blocks"]:
        at = told.index(squeezed(block["text"]), at)
        assert all(squeezed(text) in told for text in texts(block))


def test_the_page_has_them(compared: tuple[Comparison, dict[str, Any]]) -> None:
    comparison, report = compared
    shown = squeezed(Rendered(page(comparison, report)).text)
    without = squeezed(Rendered(page(comparison, {**report, "deals": None})).text)
    assert squeezed(report["deals"]["answer_in_words"]) in shown
    assert squeezed(report["deals"]["answer_in_words"]) not in without
    for block in report["deals"]["blocks"]:
        for text in texts(block):
            assert squeezed(set_apart(text, "{}")) in shown
