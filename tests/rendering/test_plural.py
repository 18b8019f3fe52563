"""A party whose name is plural: what is told of it agrees with its name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.explanation import explain_document, explain_report
from claimpos.briefing.layout import brief_document
from claimpos.comparison.changes import changes
from claimpos.comparison.history import history
from claimpos.deals.assessment import assess
from claimpos.deals.search import find_deals
from claimpos.dossier.model import Dossier
from claimpos.rendering.assess import assess_document
from claimpos.rendering.changes import changes_document
from claimpos.rendering.deals import deals_document
from claimpos.rendering.diff import diff_document
from claimpos.rendering.history import history_document
from claimpos.rendering.renderers import page_of, rendered
from claimpos.rendering.show import Record, party_document
from tests.support import short_dossier

AGENDA: dict[str, Any] = {
    "seat": {"options": ["geneva", "nairobi", "doha"]},
    "fund": {"options": ["grants", "loans"]},
    "price": {"unit": "euros", "minimum": 0},
}
STATES: dict[str, Any] = {
    "seat": [
        {"since": "2025-01", "demands": "geneva", "refuses": "nairobi"},
        {"since": "2025-03", "accepts": "geneva", "reserves": "The date."},
    ],
    "fund": [
        {"since": "2025-01", "accepts": [{"outcome": "grants", "subject-to": "a vote"}]},
        {"since": "2025-03", "refuses": "grants"},
    ],
    "price": [{"since": "2025-01", "proposes": 5}, {"since": "2025-03", "proposes": 7}],
}
OTHER: dict[str, Any] = {"seat": {"demands": "nairobi"}, "price": {"proposes": 9}}
SINGULAR = re.compile(
    r"\b(?:accepts|rejects|demands|proposes|leaves|drops|sets|calls|rules|excludes|its|has)\b"
)
_VERBS = "gives|drops|waives|demands|proposes|accepts|rejects|leaves|concedes"
# Said of one party of several, not of these.
_OF_PARTIES = re.compile(
    r"\b(?:(?:a party|every party|[Oo]ne party|of the parties|[Aa] party says that it|[Ee]ach"
    r"|at least one|None of the \d+ issues) has"
    r"|one party rejects|the other demands, proposes or accepts)\b"
)


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    besides = {"states": {"plural": True}, "others": {"plural": True}}
    return short_dossier(tmp_path, AGENDA, {"states": STATES, "others": OTHER}, {}, besides)


def test_every_verb_agrees_with_the_name(dossier: Dossier) -> None:
    both, day = ["states", "others"], "2025-06-01"
    record = Record(dossier, date(2025, 6, 1), "inferred")
    documents = {
        "diff": diff_document(compare(dossier, both, day)),
        "history": history_document(history(dossier, "states", as_of=day)),
        "changes": changes_document(changes(dossier, both, "2025-02-01", day)),
        "explain": explain_document(
            explain_report(compare(dossier, both, day, issues={"seat"})), record, ""
        ),
        "show": party_document(record, dossier.parties["states"], dossier.issues.values()),
    }
    texts = {name: rendered(told, "github") for name, told in documents.items()}
    texts["brief"] = page_of(brief_document(brief_report(compare(dossier, both, day))))
    for text in texts.values():
        told = " ".join(text.partition("## Method")[0].split())
        left = _OF_PARTIES.sub("", told)
        assert [left[max(one.start() - 40, 0) : one.end()] for one in SINGULAR.finditer(left)] == []
    assert "how their positions changed" in texts["history"]
    assert "which they would have accepted on conditions" in texts["history"]


def test_deals_and_responses_to_a_text_agree_too(tmp_path: Path) -> None:
    besides = {"states": {"plural": True}, "others": {"plural": True}}
    texts = {"draft": {"terms": {"seat": "nairobi", "price": 8}}}
    parties = {"states": {**STATES, "seat": STATES["seat"][:1]}, "others": OTHER}
    dossier = short_dossier(tmp_path, AGENDA, parties, texts, besides)
    both, day, draft = ["states", "others"], "2025-06-01", dossier.proposals["draft"]
    for told in (
        rendered(deals_document(find_deals(dossier, both, day), everything=True), "github"),
        rendered(assess_document([assess(dossier, draft, both, day)]), "github"),
    ):
        assert re.findall(rf"\b(?:States|Others):? (?:{_VERBS})\b", " ".join(told.split())) == []
    assert "States: red line (reject *Nairobi*)" in told
    assert "States: beyond their offer (propose 7 euros)" in told


def test_a_position_that_lapsed_agrees_with_the_name(tmp_path: Path) -> None:
    agenda: dict[str, Any] = {"seat": {"options": ["geneva", "nairobi"]}}
    states: dict[str, Any] = {
        "seat": [{"since": "2025-01", "until": "2025-03", "demands": "geneva"}]
    }
    parties = {"states": states, "others": {"seat": {"demands": "nairobi"}}}
    dossier = short_dossier(tmp_path, agenda, parties, {}, {"states": {"plural": True}})
    found = changes(dossier, ["states", "others"], "2025-02-01", "2025-06-01")
    text = " ".join(rendered(changes_document(found), "github").split())
    assert "no longer have a current position" in text
