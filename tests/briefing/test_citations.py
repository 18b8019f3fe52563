"""Which statements a long briefing cites, and in which order they are numbered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.position_layout import NoteNumbers
from tests.support import short_dossier

NOTES: list[dict[str, Any]] = [
    {"number": 1, "basis": "inferred", "said": "2026-01-01"},
    {"number": 2, "basis": "stated", "said": "2024"},
    {"number": 3, "basis": "reported", "said": "2025-11-03"},
    {"number": 4, "basis": "stated", "said": "2025-02"},
]


@pytest.mark.parametrize(
    ("grounds", "chosen"),
    [
        ([[1, 2, 3, 4]], [4]),
        ([[4, 3, 1]], [4]),
        ([[1, 3]], [3]),
        ([[3, 4], [1, 2]], [2, 4]),
        ([[1], [1, 3], [3]], [1, 3]),
        ([], []),
    ],
)
def test_the_strongest_and_newest_behind_each_thing_said_are_cited(
    grounds: list[list[int]], chosen: list[int]
) -> None:
    assert NoteNumbers(NOTES).best(grounds) == chosen


def test_notes_are_numbered_as_the_text_refers_to_them() -> None:
    citations = NoteNumbers(NOTES)
    assert citations.refs([3, 1]).text == "1 2"
    assert citations.refs([1, 4]).text == "2 3"
    assert [citations.has(number) for number in (1, 2, 3, 4)] == [True, False, True, True]
    assert [(one["number"], one["basis"]) for one in citations.cited()] == [
        (1, "reported"),
        (2, "inferred"),
        (3, "stated"),
    ]


WORD, REPORT = "said-so", "said-so-reportedly"
GROUNDS = {
    "of the whole": ([WORD, REPORT], [[WORD, REPORT]]),
    "of each verb": ({"demands": [WORD], "refuses": [REPORT]}, [[WORD], [REPORT]]),
}


@pytest.mark.parametrize("grounds", GROUNDS)
def test_each_verb_on_grounds_of_its_own_has_its_statement(tmp_path: Path, grounds: str) -> None:
    evidence, expected = GROUNDS[grounds]
    entry = {"demands": "toll", "refuses": "free", "evidence": evidence}
    agenda = {"road": {"options": ["toll", "free"]}}
    comparison = compare(
        short_dossier(tmp_path, agenda, {"ann": {"road": entry}, "bo": {}}),
        ["ann", "bo"],
        "2025",
    )
    report = brief_report(comparison)
    notes = {note["number"]: note["statement"] for note in report["notes"]}
    (row,) = report["rows"]
    found = row["positions"][0]["grounds"]
    assert [[notes[one] for one in some] for some in found] == expected
