"""Weights of votes and points stand in full, however many digits they have."""

from __future__ import annotations

from pathlib import Path

from claimpos.comparison.verdicts import compare
from claimpos.deals.search import find_deals
from claimpos.rendering.data import json_text
from claimpos.rendering.deals import deals_document
from claimpos.rendering.deals_report import deals_report
from claimpos.rendering.diff import diff_document
from claimpos.rendering.renderers import rendered
from tests.support import EVIDENCE, short_dossier

DAY = "2025-03-14"
LEVY = {"options": ["raised", "kept"]}


def test_votes_that_are_weighed_by_persons(tmp_path: Path) -> None:
    weights = {"isle": 83166711.5, "reef": 68467362, "plain": 85231428}
    agenda = {"levy": {**LEVY, "decides": {"at-least": 151634073.75, "weights": weights}}}
    parties = {one: {"levy": {"demands": "raised"}} for one in ("isle", "reef")}
    dossier = short_dossier(tmp_path, agenda, {**parties, "plain": {}})
    text = rendered(diff_document(compare(dossier, list(dossier.negotiating), DAY)), width=2000)
    assert "2 in favour (151,634,073.5 of 236,865,501.5 by weight)" in text
    assert "at least 151,634,073.75 of 236,865,501.5 weighted votes" in text


def test_points_that_are_divided(tmp_path: Path) -> None:
    most = 10**24 + 5
    scales = {"ann": {0: 0, 10: most}, "bo": {0: most, 10: 0}}
    besides = {
        party: {"worth": {"at-least": 1, "evidence": [EVIDENCE], "issues": {"toll": scale}}}
        for party, scale in scales.items()
    }
    agenda = {"toll": {"kind": "quantity", "unit": "euros", "minimum": 0, "maximum": 10}}
    dossier = short_dossier(tmp_path, agenda, {one: {} for one in scales}, {}, besides)
    deals = find_deals(dossier, [*scales], DAY)
    assert "500,000,000,000,000,000,000,002.5" in rendered(deals_document(deals), width=2000)
    assert "500000000000000000000002.500000" in json_text(deals_report(deals))


def test_points_that_a_party_asks_for(tmp_path: Path) -> None:
    besides = {
        party: {
            "worth": {
                "at-least": 52.0001,
                "evidence": [EVIDENCE],
                "issues": {"levy": {"raised": 60, "kept": 52}},
            }
        }
        for party in ("ann", "bo")
    }
    positions = {party: {"levy": {"accepts": "raised"}} for party in besides}
    dossier = short_dossier(tmp_path, {"levy": LEVY}, positions, {}, besides)
    text = rendered(deals_document(find_deals(dossier, [*besides], DAY)), width=2000)
    assert text.count("52.0001") == 4
