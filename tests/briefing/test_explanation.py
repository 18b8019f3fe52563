"""An explanation: read on its own, it ends where the comparison ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from claimpos import compare
from claimpos.briefing.explanation import explain_report
from claimpos.comparison.verdicts import CellVerdict, Comparison
from claimpos.dossier.model import Cell
from claimpos.rendering.data import json_text
from claimpos.wording.reasons import reason_name
from claimpos.wording.verdicts import explain_cell
from tests.conftest import examples
from tests.oracle.dossiers import Basis, PlainDossier, bases, dates, dossiers
from tests.oracle.naive import numbers_in, range_holds, sample_numbers
from tests.oracle.product import load
from tests.oracle.record import as_list
from tests.schemas.support import errors_by_schema
from tests.support import short_dossier

RANKS = {"no": 0, "unknown": 1, "yes": 2}
VERDICTS = {"no": "conflict", "unknown": "unresolved", "yes": "overlap"}


def worst(values: list[str]) -> str:
    return min(values, key=RANKS.__getitem__, default="yes")


def best(values: list[str]) -> str:
    return max(values, key=RANKS.__getitem__, default="unknown")


@examples(15)
@given(dossiers(), dates(), bases())
def test_it_ends_where_the_comparison_ends(dossier: PlainDossier, as_of: str, basis: Basis) -> None:
    loaded = load(dossier)
    for issue in loaded.issues:
        comparison = compare(loaded, list(dossier.parties), as_of, basis, {issue})
        report = explain_report(comparison)
        assert errors_by_schema("explain", json.loads(json_text(report))) == []
        Reader(report, dossier.agenda["issues"]).check(comparison)


class Reader:
    """Somebody who has the report alone, and the agenda."""

    def __init__(self, report: dict[str, Any], issues: dict[str, Any]) -> None:
        self.report = report
        self.issues = issues

    def check(self, comparison: Comparison) -> None:
        (verdict,) = comparison.issues
        found = {cell.cell: cell for cell in verdict.cells}
        asked = [step for step in self.report["steps"] if not step["led_to"]]
        cells = [(cell, step) for step in asked for cell in cells_of(step)]
        assert sorted(cell for cell, _ in cells) == sorted(found)
        for cell, step in cells:
            self.check_conclusion(step, found[cell])
        for step in self.report["steps"]:
            for outcome in step["outcomes"]:
                self.check_outcome(outcome)
        values = [step["value"] for step in asked]
        assert verdict.verdict == VERDICTS[worst(values) if values else "unknown"]

    def check_conclusion(self, step: dict[str, Any], cell: CellVerdict) -> None:
        drawn = VERDICTS[best([outcome["value"] for outcome in step["outcomes"]])]
        assert (step["verdict"], step["reason"]) == (cell.verdict, cell.reason)
        assert (drawn, step["explanation"]) == (cell.verdict, explain_cell(cell))
        name = reason_name(step["reason"], len(self.report["parties"])).lower()
        assert f"Reason: {name}." in step["conclusion"]

    def check_outcome(self, outcome: dict[str, Any]) -> None:
        answers = outcome["answers"]
        assert [answer["party"] for answer in answers] == self.report["parties"]
        together = worst([answer["value"] for answer in answers])
        if outcome["together"]:
            assert RANKS[outcome["value"]] < RANKS[together]
            assert sum(bool(answer["conditions"]) for answer in answers) > 1
        else:
            assert outcome["value"] == together
        for answer in answers:
            self.check_answer(answer)

    def check_answer(self, answer: dict[str, Any]) -> None:
        assert (answer["rule"] == "on-conditions") == bool(answer["conditions"])
        assert (
            answer["value"]
            == {
                "yes": "yes",
                "no": "no",
                "unknown": "unknown",
            }[self.by_rule(answer)]
        )
        for condition in answer["conditions"]:
            needs = [required["value"] for required in condition["requires"]]
            limit = ["unknown"] if condition["subject_to"] else []
            assert condition["value"] == worst([*needs, *limit])
            for required in condition["requires"]:
                self.check_required(required)

    def by_rule(self, answer: dict[str, Any]) -> str:
        if answer["conditions"]:
            return best([condition["value"] for condition in answer["conditions"]])
        if answer["rule"] in {"proposes", "accepts", "demands"}:
            return "yes"
        return "no" if answer["rule"] in {"refuses", "demands-else"} else "unknown"

    def check_required(self, required: dict[str, Any]) -> None:
        """What is required has the value of the best such outcome in the step it points to."""
        step = self.report["steps"][required["step"] - 1]
        cell = Cell(required["issue"], required.get("item"))
        assert step["number"] == required["step"]
        assert cell in cells_of(step)
        asked = [one for one in step["outcomes"] if self.meet(cell.issue, one, required)]
        assert asked
        assert required["value"] == best([one["value"] for one in asked])
        assert f"see step {step['number']}" in required["because"]

    def meet(self, issue: str, one: dict[str, Any], other: dict[str, Any]) -> bool:
        if self.issues[issue]["kind"] != "quantity":
            return bool({*as_list(one["outcome"])} & {*as_list(other["outcome"])})
        parts = as_list(one["outcome"]), as_list(other["outcome"])
        ends = {number for named in parts for part in named for number in numbers_in(part)}
        return any(
            all(any(range_holds(part, number) for part in named) for named in parts)
            for number in sample_numbers(self.issues[issue], ends)
        )


def cells_of(step: dict[str, Any]) -> list[Cell]:
    return [Cell(step["issue"], item) for item in step["items"] or [None]]


AGENDA = {"arms": {"options": ["go-on", "stop"]}, "truce": {"options": ["now", "later", "never"]}}


@pytest.mark.parametrize(
    ("entry", "rule", "value", "says"),
    [
        ({"proposes": "now"}, "proposes", "yes", "accepts it (proposes this)"),
        ({"accepts": "now"}, "accepts", "yes", "accepts it"),
        ({"demands": "now"}, "demands", "yes", "accepts it (demands this)"),
        ({"refuses": "now"}, "refuses", "no", "rejects it (a red line)"),
        ({"demands": "later"}, "demands-else", "no", "excludes it by the demand for ⟨Later⟩"),
        ({"proposes": "later"}, "unsaid", "unknown", "has neither accepted nor rejected it"),
        ({"reserves": "When."}, "unsaid", "unknown", "leaves open: ⟨When⟩"),
        ({"demands": "later", "until": "2025-01"}, "silent", "unknown", "lapsed on 31 January"),
        (None, "silent", "unknown", "has no recorded position"),
        (
            {"demands": "now", "accepts": [{"outcome": "now", "if": {"arms": "stop"}}]},
            *("on-conditions", "no", "would accept it on a condition, which is ruled out"),
        ),
        (
            {"accepts": [{"outcome": "now", "subject-to": "a vote"}]},
            *("on-conditions", "unknown", "would accept it on a condition, which is pending"),
        ),
        (
            {"refuses": "now", "accepts": [{"outcome": "now", "if": {"arms": "go-on"}}]},
            *("on-conditions", "yes", "would accept it on a condition, which is met"),
        ),
    ],
)
def test_the_rule_that_applies_is_named(
    tmp_path: Path, entry: dict[str, Any] | None, rule: str, value: str, says: str
) -> None:
    arms = {"arms": {"demands": "go-on"}}
    parties = {"ann": arms | ({"truce": entry} if entry else {}), "bo": arms}
    dossier = short_dossier(tmp_path, AGENDA, parties)
    report = explain_report(compare(dossier, ["ann", "bo"], "2025-06", issues={"truce"}))
    answer = report["steps"][0]["outcomes"][0]["answers"][0]
    assert (answer["rule"], answer["value"]) == (rule, value)
    assert says in answer["in_words"]


def test_a_circle_of_conditions_ends(tmp_path: Path) -> None:
    parties = {
        "ann": {
            "truce": {"accepts": [{"outcome": "now", "if": {"arms": "stop"}}]},
            "arms": {"proposes": "stop"},
        },
        "bo": {
            "truce": {"proposes": "now"},
            "arms": {"accepts": [{"outcome": "stop", "if": {"truce": "now"}}]},
        },
    }
    dossier = short_dossier(tmp_path, AGENDA, parties)
    report = explain_report(compare(dossier, ["ann", "bo"], "2025-06", issues={"truce"}))
    truce, arms = report["steps"]
    there = truce["outcomes"][0]["answers"][0]["conditions"][0]["requires"][0]
    back = arms["outcomes"][0]["answers"][1]["conditions"][0]["requires"][0]
    assert (there["step"], back["step"]) == (2, 1)
    assert (truce["reason"], arms["led_to"], arms["verdict"]) == ("interlocking", True, None)


def test_conditions_that_cannot_be_met_together(tmp_path: Path) -> None:
    arms = {"arms": {"accepts": ["go-on", "stop"]}}
    wants: dict[str, Any] = {
        need: {"truce": {"accepts": [{"outcome": "now", "if": {"arms": need}}]}, **arms}
        for need in AGENDA["arms"]["options"]
    }
    parties = {"ann": wants["stop"], "bo": wants["go-on"]}
    dossier = short_dossier(tmp_path, AGENDA, parties)
    report = explain_report(compare(dossier, ["ann", "bo"], "2025-06", issues={"truce"}))
    outcome = report["steps"][0]["outcomes"][0]
    assert [answer["value"] for answer in outcome["answers"]] == ["yes", "yes"]
    assert (outcome["value"], outcome["together"]) == ("no", True)
    assert "the conditions cannot all be met together" in outcome["because"]
