"""Verbs on weak evidence are set aside one by one; a demand without its conditions is no yes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.briefing.explanation import explain_report
from claimpos.dossier.model import Basis
from claimpos.rendering.diff import rows_of
from tests.support import short_dossier

AGENDA = {"war": {"options": ["on", "off", "paused"]}, "arms": {"options": ["go-on", "stop"]}}
CONDITIONAL = [{"outcome": "off", "if": {"arms": "stop"}}]


@pytest.mark.parametrize(
    ("verb", "basis", "verdict"),
    [
        ("demands", "inferred", "unresolved"),
        ("demands", "stated", "unresolved"),
        ("proposes", "inferred", "overlap"),
        ("proposes", "stated", "overlap"),
    ],
)
def test_a_yes_whose_conditions_are_set_aside(
    tmp_path: Path, verb: str, basis: Basis, verdict: str
) -> None:
    ann: dict[str, Any] = {
        verb: "off",
        "accepts": CONDITIONAL,
        "evidence": {verb: ["said-so"], "accepts": ["said-so-maybe"]},
    }
    dossier = short_dossier(
        tmp_path, AGENDA, {"ann": {"war": ann}, "bo": {"war": {"accepts": "off"}}}
    )
    found = compare(dossier, ["ann", "bo"], "2025-06", basis, {"war"})
    (war,) = found.issues
    assert war.verdict == verdict
    assert found.set_aside == (basis == "stated")
    told = explain_report(found)["steps"][0]["outcomes"]
    rules = {one["answers"][0]["rule"] for one in told if one["outcome"] == "off"}
    assert rules == {"on-conditions" if verb == "demands" else "proposes"}


def test_a_red_line_stays_one_without_its_exception(tmp_path: Path) -> None:
    ann: dict[str, Any] = {
        "refuses": "off",
        "accepts": CONDITIONAL,
        "evidence": {"refuses": ["said-so"], "accepts": ["said-so-maybe"]},
    }
    parties = {"ann": {"war": ann}, "bo": {"war": {"demands": "off"}}}
    dossier = short_dossier(tmp_path, AGENDA, parties)
    assert compare(dossier, ["ann", "bo"], "2025-06").issues[0].verdict == "unresolved"
    assert compare(dossier, ["ann", "bo"], "2025-06", "stated").issues[0].verdict == "conflict"


def test_each_verb_is_marked_as_weak_as_it_is(tmp_path: Path) -> None:
    ann: dict[str, Any] = {
        "demands": "off",
        "accepts": "paused",
        "evidence": {"demands": ["said-so"], "accepts": ["said-so-maybe"]},
    }
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {"war": ann}, "bo": {}})
    (row, _) = rows_of(compare(dossier, ["ann", "bo"], "2025-06"))
    assert row.positions[0] == "demands ⟨Off⟩; accepts ⟨Paused⟩ (inferred)"
    (row, _) = rows_of(compare(dossier, ["ann", "bo"], "2025-06", "stated"))
    assert row.positions[0] == "demands ⟨Off⟩"


def test_a_yes_to_a_text_makes_an_inferred_yes_no_stronger(tmp_path: Path) -> None:
    ann: dict[str, Any] = {
        "demands": "off",
        "accepts": "paused",
        "evidence": {"demands": ["said-so"], "accepts": ["said-so-maybe"]},
    }
    texts = {"plan": {"terms": {"war": "on"}}}
    answers = {"ann": {"answers": {"plan": [{"says": "accepts"}]}}}
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {"war": ann}, "bo": {}}, texts, answers)
    (row, _) = rows_of(compare(dossier, ["ann", "bo"], "2025-06"))
    told = row.positions[0].split("; ")
    assert told[:2] == ["demands ⟨Off⟩", "accepts ⟨Paused⟩ (inferred)"]
    assert told[2].startswith("accepts ⟨On⟩ by accepting ⟨Plan⟩")
    assert not told[2].endswith("(inferred)")
