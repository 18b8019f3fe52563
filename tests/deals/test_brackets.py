"""Texts with bracketed alternatives, and answers to a text, in an assessment."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos.deals.assessment import assess
from claimpos.dossier.model import Dossier
from claimpos.rendering.assess import assess_document
from claimpos.rendering.assess_report import assess_report, assess_rows
from claimpos.rendering.data import json_text
from claimpos.rendering.renderers import rendered
from claimpos.rendering.show import Record
from claimpos.rendering.show_piece import proposal_document
from tests.schemas.support import errors_by_schema
from tests.support import short_dossier

AGENDA = {
    "end": {"options": ["by-2029", "by-2030", "never"]},
    "fund": {"unit": "dollars"},
    "relief": {"options": ["full", "half"], "items": ["north", "south"]},
    "seat": {"options": ["geneva", "nairobi"]},
}
TEXTS = {
    "draft": {
        "status": "bracketed",
        "terms": {
            "end": {
                "bracketed": [
                    {"outcome": "by-2029", "by": ["islands"]},
                    {"outcome": "by-2030", "by": ["gulf"]},
                ]
            },
            "fund": {"bracketed": [300, {"min": 500, "max": 600}, "none"]},
            "relief": {"north": {"bracketed": ["full", "half"]}, "all": "full"},
        },
    }
}
POSITIONS: dict[str, Any] = {
    "islands": {
        "end": {"demands": "by-2029"},
        "fund": {"demands": {"min": 300}},
        "relief": {"refuses": {"north": "half"}},
    },
    "gulf": {"end": {"refuses": ["by-2029", "by-2030"]}},
}


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    answers = {
        "gulf": {
            "answers": {
                "draft": [{"says": "accepts", "except": ["seat", "relief.south"]}],
            }
        }
    }
    return short_dossier(tmp_path, AGENDA, POSITIONS, TEXTS, answers)


def test_each_alternative_is_answered(dossier: Dossier) -> None:
    assessed = assess(dossier, dossier.proposals["draft"], ["islands", "gulf"], "2025-06")
    told = {
        (term.cell.issue, term.cell.item): [
            (dict(one.says), one.by, bool(one.outcome)) for one in term.alternatives
        ]
        for term in assessed.terms
    }
    assert told["end", None] == [
        ({"islands": "yes", "gulf": "crosses"}, ("islands",), True),
        ({"islands": "gives", "gulf": "crosses"}, ("gulf",), True),
    ]
    assert [says["islands"] for says, _, _ in told["fund", None]] == ["yes", "yes", "unsaid"]
    assert [says["islands"] for says, _, _ in told["relief", "north"]] == ["unsaid", "crosses"]
    assert told["relief", "south"] == []
    whole = {term.cell.issue: dict(term.says) for term in assessed.terms[:2]}
    assert whole == {
        "end": {"islands": "unsaid", "gulf": "crosses"},
        "fund": {"islands": "unsaid", "gulf": "unsaid"},
    }


@pytest.mark.parametrize(
    ("required", "value"),
    [
        ({"end": ["by-2029", "by-2030"]}, "yes"),
        ({"end": "never"}, "gives"),
        ({"end": "by-2029"}, "unsaid"),
        ({"fund": {"min": 0}}, "unsaid"),  # no text at all is one of the alternatives
        ({"relief": {"north": "full"}}, "unsaid"),
        ({"relief": {"south": "full"}}, "yes"),
        ({"relief": {"south": "half"}}, "gives"),
    ],
)
def test_a_condition_on_a_bracket(tmp_path: Path, required: Any, value: str) -> None:
    texts = {"draft": {"terms": {**TEXTS["draft"]["terms"], "seat": "geneva"}}}  # type: ignore[dict-item]
    accepts = [{"outcome": "geneva", "if": required}]
    positions = {"islands": {"seat": {"accepts": accepts}}, "gulf": {}}
    dossier = short_dossier(tmp_path, AGENDA, positions, texts)
    assessed = assess(dossier, dossier.proposals["draft"], ["islands"], "2025-06")
    (seat,) = (term for term in assessed.terms if term.cell.issue == "seat")
    assert seat.says["islands"] == value


def test_what_is_on_record_of_a_text_shows_its_brackets(dossier: Dossier) -> None:
    record = Record(dossier, date(2025, 6, 1), "inferred")
    shown = rendered(proposal_document(record, dossier.proposals["draft"]), "github")
    text = shown.replace("\\", "")
    assert "[*By 2029* (Islands)] / [*By 2030* (Gulf)]" in text
    assert "[300 dollars] / [500 to 600 dollars] / [no text]" in text


def test_brackets_and_answers_are_told(dossier: Dossier) -> None:
    assessed = assess(dossier, dossier.proposals["draft"], ["islands", "gulf"], "2025-06")
    text = " ".join(rendered(assess_document([assessed]), "github").split())
    answer = "Gulf accepts the text, except *Seat* and *Relief: South* (since 2025)."
    assert answer in text
    assert text.index(answer) < text.index("Overall")
    assert "bracketed: *By 2029* (Islands) or *By 2030* (Gulf)" in text
    assert "bracketed: 300 dollars, 500 to 600 dollars or no text" in text
    assert "| Party | Accepts | No answer | In brackets | Excluded by a demand |" in text
    assert "| Islands | 0 | 2 | 2 | 0 | 0 | " in text
    report = json.loads(json_text(assess_report([assessed])))
    assert errors_by_schema("assess", report) == []
    assert report["answers"]["gulf"]["says"] == "accepts"
    end = report["terms"][0]
    assert [one["by"] for one in end["bracketed"]] == [["islands"], ["gulf"]]
    assert report["terms"][1]["bracketed"][2] == {"outcome": None, "by": [], "says": {}, "why": {}}
    _, lines = assess_rows([assessed])
    assert len([line for line in lines if line[1] == "end"]) == 4


def test_a_bracketed_term_names_nothing_to_a_yes(dossier: Dossier) -> None:
    table = assess(dossier, dossier.proposals["draft"], ["gulf"], "2025-06").table
    held = {issue: table.entry("gulf", issue) for issue in dossier.issues}
    assert [issue for issue, entry in held.items() if entry is not None] == ["end"]
    assert held["end"] is not None
    assert not held["end"].accepts
