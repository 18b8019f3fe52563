"""The worked example of the contract, cell by cell, and the corners of the simple evaluator."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from .naive import naive_diff

AGENDA: dict[str, Any] = {
    "title": "The worked example",
    "groups": {"war": "War"},
    "issues": {
        "ceasefire": {
            "title": "Cease-fire",
            "question": "When?",
            "group": "war",
            "kind": "choice",
            "options": {"immediate": "At once", "settlement-first": "After a settlement"},
        },
        "arms": {
            "title": "Arms",
            "question": "What of deliveries?",
            "group": "war",
            "kind": "choice",
            "options": {"continue": "They go on", "stopped": "They stop"},
        },
        "recognition": {
            "title": "Recognition",
            "question": "What status?",
            "group": "war",
            "kind": "items",
            "items": {"crimea": "Crimea", "donetsk": "Donetsk"},
            "options": {"not-recognised": "None", "de-facto": "In fact", "de-jure": "In law"},
        },
        "cap": {
            "title": "Cap",
            "question": "What cap?",
            "group": "war",
            "kind": "quantity",
            "unit": "personnel",
            "integer": True,
            "minimum": 0,
        },
    },
}


def party(**positions: dict[str, Any]) -> dict[str, Any]:
    return {
        "statements": {"said": {"source": "paper", "basis": "stated", "summary": "Said so."}},
        "positions": {
            issue.replace("_", "-"): [{"since": "2025-01-01", "evidence": ["said"], **entry}]
            for issue, entry in positions.items()
        },
    }


PARTIES = {
    "russia": party(
        ceasefire={"accepts": [{"outcome": "immediate", "if": {"arms": "stopped"}}]},
        arms={"demands": "stopped"},
        recognition={"demands": {"all": "de-jure"}},
        cap={"demands": {"max": 85000}},
    ),
    "us": party(
        ceasefire={"proposes": "immediate"},
        recognition={"accepts": {"crimea": "de-jure", "donetsk": "de-facto"}},
        cap={"accepts": 600000},
    ),
    "ukraine": party(
        ceasefire={"demands": "immediate"},
        arms={"refuses": "stopped"},
        recognition={"refuses": {"all": "de-jure"}},
        cap={"accepts": {"min": 800000}, "refuses": {"max": 599999}},
    ),
}

RUSSIA_US = ["russia", "us"]
RUSSIA_UKRAINE = ["russia", "ukraine"]
US_UKRAINE = ["us", "ukraine"]
ALL = ["russia", "us", "ukraine"]

WORKED_EXAMPLE = [
    ("ceasefire", None, RUSSIA_US, "unresolved", "condition-pending"),
    ("ceasefire", None, RUSSIA_UKRAINE, "conflict", "condition-failed"),
    ("ceasefire", None, US_UKRAINE, "overlap", "shared-aim"),
    ("ceasefire", None, ALL, "conflict", "condition-failed"),
    ("arms", None, RUSSIA_US, "unresolved", "silent"),
    ("arms", None, RUSSIA_UKRAINE, "conflict", "red-line"),
    ("arms", None, US_UKRAINE, "unresolved", "silent"),
    ("arms", None, ALL, "conflict", "red-line"),
    ("recognition", "crimea", RUSSIA_US, "overlap", "common-ground"),
    ("recognition", "crimea", RUSSIA_UKRAINE, "conflict", "red-line"),
    ("recognition", "crimea", US_UKRAINE, "unresolved", "proposals-ruled-out"),
    ("recognition", "crimea", ALL, "conflict", "red-line"),
    ("recognition", "donetsk", RUSSIA_US, "unresolved", "unanswered"),
    ("recognition", "donetsk", RUSSIA_UKRAINE, "conflict", "red-line"),
    ("recognition", "donetsk", US_UKRAINE, "unresolved", "unanswered"),
    ("recognition", "donetsk", ALL, "conflict", "red-line"),
    ("recognition", None, RUSSIA_US, "unresolved", None),
    ("recognition", None, RUSSIA_UKRAINE, "conflict", None),
    ("recognition", None, US_UKRAINE, "unresolved", None),
    ("recognition", None, ALL, "conflict", None),
    ("cap", None, RUSSIA_US, "unresolved", "apart"),
    ("cap", None, RUSSIA_UKRAINE, "conflict", "red-line"),
    ("cap", None, US_UKRAINE, "unresolved", "apart"),
    ("cap", None, ALL, "conflict", "red-line"),
]


@pytest.mark.parametrize(("issue", "item", "ids", "verdict", "reason"), WORKED_EXAMPLE)
def test_worked_example(
    issue: str, item: str | None, ids: list[str], verdict: str, reason: str | None
) -> None:
    result = naive_diff(AGENDA, PARTIES, ids, "2025-03-14")[issue]
    cell = result if item is None else result["items"][item]
    assert (cell["verdict"], cell["reason"]) == (verdict, reason)
    assert "without_silent" not in cell


def test_common_outcomes_and_gaps_of_the_worked_example() -> None:
    assert naive_diff(AGENDA, PARTIES, US_UKRAINE, "2025")["ceasefire"]["outcomes"] == ["immediate"]
    crimea = naive_diff(AGENDA, PARTIES, RUSSIA_US, "2025")["recognition"]["items"]["crimea"]
    assert crimea["outcomes"] == ["de-jure"]
    assert naive_diff(AGENDA, PARTIES, RUSSIA_UKRAINE, "2025")["cap"]["gap"] == 515000
    assert naive_diff(AGENDA, PARTIES, ALL, "2025")["cap"]["gap"] == 515000
    apart = naive_diff(AGENDA, PARTIES, RUSSIA_US, "2025")["cap"]
    assert "gap" not in apart
    assert apart["apart"] == [("russia", "us", 515000)]
    apart = naive_diff(AGENDA, PARTIES, US_UKRAINE, "2025")["cap"]
    assert apart["apart"] == [("us", "ukraine", 200000)]


def choice(*options: str) -> dict[str, Any]:
    return {"kind": "choice", "options": {option: option for option in options}}


def compare(
    issues: dict[str, Any], parties: dict[str, dict[str, Any]], as_of: str = "2025-03-14"
) -> dict[str, dict[str, Any]]:
    return naive_diff({"issues": issues}, parties, list(parties), as_of)


def test_conditions_that_wait_for_each_other_are_mutual() -> None:
    issues = {"x": choice("yes", "no"), "y": choice("yes", "no")}
    a = party(x={"accepts": [{"outcome": "yes", "if": {"y": "yes"}}]}, y={"accepts": "yes"})
    b = party(x={"accepts": "yes"}, y={"accepts": [{"outcome": "yes", "if": {"x": "yes"}}]})
    found = compare(issues, {"a": a, "b": b})
    assert [found[i]["verdict"] for i in issues] == ["unresolved", "unresolved"]
    assert [found[i]["reason"] for i in issues] == ["interlocking", "interlocking"]


def test_conditions_that_need_different_outcomes_of_one_cell_fail_together() -> None:
    issues = {"x": choice("yes", "no"), "y": choice("up", "down")}
    both = {"accepts": ["up", "down"]}
    a = party(x={"demands": "yes", "accepts": [{"outcome": "yes", "if": {"y": "up"}}]}, y=both)
    b = party(x={"accepts": [{"outcome": "yes", "if": {"y": "down"}}]}, y=both)
    found = compare(issues, {"a": a, "b": b})
    assert found["y"]["outcomes"] == ["up", "down"]
    assert (found["x"]["verdict"], found["x"]["reason"]) == ("conflict", "condition-failed")


def test_a_condition_that_holds_and_one_that_is_subject_to_something() -> None:
    issues = {"x": choice("yes", "no"), "y": choice("up", "down")}
    member: dict[str, Any] = {"outcome": "yes", "if": {"y": "up"}}
    b = party(x={"proposes": "yes"}, y={"accepts": "up"})
    met = compare(issues, {"a": party(x={"accepts": [member]}, y={"demands": "up"}), "b": b})
    assert (met["x"]["verdict"], met["x"]["reason"]) == ("overlap", "condition-met")
    member = member | {"subject-to": "a ballot"}
    open_ = compare(issues, {"a": party(x={"accepts": [member]}, y={"demands": "up"}), "b": b})
    assert (open_["x"]["verdict"], open_["x"]["reason"]) == ("unresolved", "condition-pending")


def test_silence_does_not_drown_the_others() -> None:
    issues = {"x": choice("yes", "no")}
    parties = {
        "a": party(x={"demands": "yes"}),
        "b": party(),
        "c": party(x={"accepts": "yes"}),
    }
    assert compare(issues, parties)["x"] == {
        "verdict": "unresolved",
        "reason": "silent",
        "outcomes": [],
        "without_silent": {
            "parties": ["a", "c"],
            "verdict": "overlap",
            "reason": "common-ground",
        },
    }


def test_an_items_issue_that_nobody_names_an_item_of() -> None:
    issue = {"kind": "items", "items": {"p": "P"}, "options": {"yes": "Yes", "no": "No"}}
    left_open = party(x={"reserves": "All of it."})
    found = compare({"x": issue}, {"a": left_open, "b": left_open})["x"]
    assert found == {"verdict": "unresolved", "reason": "reserved", "items": {}}
    assert compare({"x": issue}, {"a": left_open, "b": party()})["x"]["reason"] == "silent"


def test_all_stands_for_the_items_not_named_beside_it() -> None:
    issue = {
        "kind": "items",
        "items": {"p": "P", "q": "Q"},
        "options": {"yes": "Yes", "no": "No"},
    }
    a = party(x={"demands": {"all": "yes", "q": "no"}})
    b = party(x={"demands": {"all": "yes"}})
    items = compare({"x": issue}, {"a": a, "b": b})["x"]["items"]
    assert [items[item]["reason"] for item in items] == ["shared-aim", "rival-demands"]


@pytest.mark.parametrize(
    ("issue", "demands_a", "demands_b", "outcomes", "gap"),
    [
        ({}, {"max": 5}, {"min": 5}, [("[", 5, 5, "]")], None),
        ({}, {"below": 5}, {"above": 5}, [], 0),
        ({}, {"max": 5}, {"above": 5}, [], 0),
        ({}, {"max": Decimal("4.5")}, {"min": 5}, [], Decimal("0.5")),
        ({}, {"max": 5}, {"below": 5}, [("(", None, 5, ")")], None),
        ({"minimum": 0}, {"max": 5}, {"below": 5}, [("[", 0, 5, ")")], None),
        ({}, {"min": 1}, {"above": 2}, [("(", 2, None, ")")], None),
        ({"integer": True}, {"above": 5}, {"below": 8}, [("[", 6, 7, "]")], None),
        ({"integer": True}, {"max": 5}, {"above": 5}, [], 1),
        ({"integer": True}, {"above": 5}, [{"max": 2}, 7, 8], [("[", 7, 8, "]")], None),
        ({}, {"above": 5}, [{"max": 2}, 7, 8], [("[", 7, 7, "]"), ("[", 8, 8, "]")], None),
        ({}, {"max": 5}, [{"max": 2}, {"above": 3}], [("(", None, 2, "]"), ("(", 3, 5, "]")], None),
    ],
)
def test_quantities(
    issue: dict[str, Any], demands_a: Any, demands_b: Any, outcomes: list[Any], gap: Any
) -> None:
    parties = {"a": party(x={"demands": demands_a}), "b": party(x={"demands": demands_b})}
    found = compare({"x": {"kind": "quantity", "unit": "km", **issue}}, parties)["x"]
    assert found["outcomes"] == outcomes
    assert found.get("gap") == gap


def test_the_gap_is_unknown_when_a_party_rules_out_everything() -> None:
    issue = {"kind": "quantity", "unit": "km", "minimum": 0}
    parties = {"a": party(x={"refuses": {"min": 0}}), "b": party(x={"accepts": 3})}
    found = compare({"x": issue}, parties)["x"]
    assert (found["verdict"], found["reason"], found["gap"]) == ("conflict", "ruled-out", None)


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [
        ("2024-05-31", "silent"),
        ("2024-06", "shared-aim"),
        ("2024-12-31", "shared-aim"),
        ("2024", "shared-aim"),
        ("2025-01-01", "rival-demands"),
        ("2025-02", "rival-demands"),
        ("2025-03-01", "silent"),
    ],
)
def test_the_entry_in_force(as_of: str, reason: str) -> None:
    a = party(x={"demands": "yes"})
    a["positions"]["x"] = [
        {"since": "2025", "until": "2025-02", "demands": "no", "evidence": ["said"]},
        {"since": "2024-06", "demands": "yes", "evidence": ["said"]},
    ]
    b = party(x={"demands": "yes"})
    b["positions"]["x"][0]["since"] = 2020
    found = compare({"x": choice("yes", "no")}, {"a": a, "b": b}, as_of)
    assert found["x"]["reason"] == reason


def test_entries_below_the_basis_are_set_aside_before_one_is_chosen() -> None:
    a = party(x={"demands": "yes"})
    a["statements"]["hinted"] = {"source": "paper", "basis": "inferred", "summary": "A hint."}
    a["positions"]["x"].append({"since": "2025-02", "demands": "no", "evidence": ["hinted"]})
    b = party(x={"demands": "yes"})
    agenda = {"issues": {"x": choice("yes", "no")}}
    parties = {"a": a, "b": b}
    by_hints = naive_diff(agenda, parties, ["a", "b"], "2025-03", "inferred")
    assert by_hints["x"]["reason"] == "rival-demands"
    by_reports = naive_diff(agenda, parties, ["a", "b"], "2025-03", "reported")
    assert by_reports["x"]["reason"] == "shared-aim"
