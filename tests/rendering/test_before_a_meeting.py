"""What is taken into a meeting: questions, the negotiating text, and what verdicts hang on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.explanation import explain_report, fragility_report
from claimpos.briefing.layout import brief_document
from claimpos.briefing.page import page
from claimpos.comparison.fragility import with_fragility
from claimpos.comparison.negotiating_text import negotiating_text
from claimpos.comparison.question_search import questions
from claimpos.comparison.verdicts import Comparison
from claimpos.deals.assessment import assess
from claimpos.deals.bracketed_draft import bracketed_draft
from claimpos.dossier.model import Dossier
from claimpos.dossier.schemas import schema
from claimpos.rendering.ask import ask_document, ask_report
from claimpos.rendering.assess_report import assess_report
from claimpos.rendering.data import json_text
from claimpos.rendering.diff import diff_document
from claimpos.rendering.diff_report import diff_report
from claimpos.rendering.diff_rows import diff_rows
from claimpos.rendering.negotiating_text import text_document, text_report
from claimpos.rendering.renderers import page_of, rendered
from claimpos.wording.questions import QuestionWords
from tests.support import TALKS, short_dossier

PARTIES = ["russia", "ukraine", "us"]


@pytest.fixture(scope="module")
def talks() -> Dossier:
    return load_dossier(TALKS)


def drafted(dossier: Dossier, comparison: Comparison) -> Any:
    draft = dossier.proposals["us-28-points-2025-11"]
    return bracketed_draft(assess(dossier, draft, PARTIES, comparison.day), comparison)


def explained(dossier: Dossier, comparison: Comparison) -> Any:
    one = compare(dossier, PARTIES, comparison.day, issues={"nuclear-status"})
    return explain_report(one) | {"fragility": fragility_report(one)}


REPORTS: dict[str, tuple[str, Callable[[Dossier, Comparison], Any]]] = {
    "ask": ("ask", lambda _, one: ask_report(questions(one, one.day), 100)),
    "text": ("text", lambda _, one: text_report(negotiating_text(one), negotiating_text(one))),
    "draft": ("text", lambda dossier, one: text_report(drafted(dossier, one))),
    "marked": ("diff", lambda _, one: diff_report(with_fragility(one))),
    "fragile": ("explain", explained),
    "texts": (
        "assess",
        lambda dossier, one: assess_report(
            [assess(dossier, text, PARTIES, one.day) for text in dossier.proposals.values()]
        ),
    ),
}


@pytest.mark.parametrize("report", REPORTS)
def test_reports_keep_their_schema(talks: Dossier, report: str) -> None:
    name, data = REPORTS[report]
    comparison = compare(talks, PARTIES, "2025-12-30")
    found = json.loads(json_text(data(talks, comparison)))
    validator = Draft202012Validator(schema(name))
    assert [error.message for error in validator.iter_errors(found)] == []


@pytest.mark.parametrize("width", [60, 80, 140])
def test_documents_fit(talks: Dossier, width: int) -> None:
    comparison = compare(talks, PARTIES, "2025-12-30")
    for made in (
        ask_document(questions(comparison, comparison.day), 100),
        text_document(negotiating_text(comparison)),
    ):
        lines = rendered(made, width=width).splitlines()
        assert max(len(line) for line in lines if "://" not in line) <= width


AGENDA: dict[str, Any] = {
    "road": {"options": ["toll", "free"]},
    "bridge": {"options": ["old", "new"]},
}
POSITIONS: dict[str, Any] = {
    "ann": {"road": {"demands": "toll"}, "bridge": {"proposes": "old"}},
    "bo": {
        "road": [
            {"since": 2024, "demands": "free", "evidence": ["said-so"]},
            {"since": 2025, "demands": "free", "evidence": ["said-so-maybe"]},
        ],
        "bridge": {"accepts": "old", "evidence": ["said-so-reportedly"]},
    },
}


def test_what_hangs_on_one_statement_is_marked(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, POSITIONS)
    comparison = with_fragility(compare(dossier, ["ann", "bo"], "2025-03-14"))
    header, lines = diff_rows(comparison)
    marks = {str(line[0]): line[header.index("hangs on")] for line in lines}
    assert marks == {
        "road": "Hangs on one statement: Ann, 2000, own words.",
        "bridge": "Hangs on each of 2 statements.",
    }
    report = brief_report(comparison)
    assert {row["issue"]: row["hangs_on_in_words"] for row in report["rows"]} == marks
    told = page_of(brief_document(report)), page(comparison, report)
    assert [text.count("Hangs on one statement: Ann, 2000, own words.") for text in told] == [1, 1]
    robust = rendered(diff_document(comparison, robust=True))
    assert "Road" not in robust
    assert "Bridge" not in robust
    assert [*diff_rows(comparison, robust=True)[1]] == []


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        (["said-so"], "This verdict hangs on one statement"),
        (
            ["said-so", "said-so-reportedly"],
            "No single statement decides this verdict; two together do",
        ),
        (
            ["said-so", "said-so-reportedly", "said-so-maybe"],
            "No single statement and no pair decides this verdict; it takes at least three",
        ),
    ],
    ids=len,
)
def test_how_many_statements_it_takes(tmp_path: Path, evidence: list[str], told: str) -> None:
    everything = ["said-so", "said-so-reportedly", "said-so-maybe"]
    positions = {
        "ann": {"road": {"demands": "toll", "evidence": evidence}},
        "bo": {"road": {"demands": "free", "evidence": everything}},
    }
    dossier = short_dossier(tmp_path, AGENDA, positions)
    (found,) = fragility_report(compare(dossier, ["ann", "bo"], "2025-03-14", issues={"road"}))
    assert found["in_words"] == told
    assert {one["verdict"] for one in found["hangs_on"]} <= {"unresolved"}


def test_a_wording_is_borne_out_by_the_statements_behind_it_alone(tmp_path: Path) -> None:
    said = {
        "proposes": "x",
        "accepts": "y",
        "refuses": "z",
        "evidence": {
            "proposes": ["said-so"],
            "accepts": ["said-so-maybe"],
            "refuses": ["said-so-reportedly"],
        },
    }
    agenda = {"one": {"options": ["x", "y", "z"]}}
    dossier = short_dossier(tmp_path, agenda, {"ann": {"one": said}, "bo": {}})
    text = negotiating_text(compare(dossier, ["ann", "bo"], "2026"))
    told = rendered(text_document(text))
    assert "(Ann¹)" in told
    assert "(Ann²)" in told
    assert "³" not in told


def test_a_condition_that_is_ruled_out_is_not_asked_about(tmp_path: Path) -> None:
    """Of three conditions, one is ruled out, one is pending and one is in words."""
    agenda: Any = {one: {"options": ["x", "y"]} for one in ("road", "gate", "bank")}
    ways = [
        {"outcome": "x", "if": {"gate": "x"}},
        {"outcome": "x", "if": {"bank": "x"}},
        {"outcome": "x", "subject-to": "a ballot"},
    ]
    parties: Any = {
        "ann": {"road": {"demands": "x"}, "gate": {"refuses": "x"}, "bank": {"proposes": "x"}},
        "bo": {"road": {"accepts": ways}},
    }
    found = questions(compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"]), date.min)
    (question,) = [
        one for point in found.points for one in point.questions if one.form == "condition"
    ]
    words = QuestionWords(found.comparison)
    told = words.asked(question)
    assert words.asked(question, besides=True) == f"Or: {told}"
    assert told == (
        "Bo would accept ⟨X⟩ if ⟨Bank⟩ is settled as ⟨X⟩, or on this condition: ⟨a ballot⟩. Can "
        "one of these conditions be met, or would Bo drop it?"
    )
