"""The report of a diff: what is folded, what is said once, and its schema."""

from __future__ import annotations

import json
import tracemalloc
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimpos import Dossier, compare, diff_report, load_dossier
from claimpos.comparison.fragility import with_fragility
from claimpos.dossier.schemas import schema
from claimpos.rendering.data import json_text
from claimpos.rendering.diff import ShownParts, diff_document, rows_of, verdict_counts
from claimpos.rendering.document import plain
from claimpos.rendering.renderers import rendered
from claimpos.wording.verdicts import explain_issue
from tests.support import EVIDENCE, TALKS, short_dossier

AGENDA = {
    "map": {"items": ["north", "south", "east", "west"], "options": ["ours", "theirs"]},
    "status": {"options": ["x", "y"]},
    "later": {"options": ["x", "y"]},
    "rate": {"unit": "per cent"},
}
PARTIES: dict[str, Any] = {
    "a": {
        "map": {"demands": {"north": "ours", "south": "ours", "east": "theirs"}},
        "status": {"accepts": [{"outcome": "x", "if": {"rate": {"above": 2.5}}}]},
        "rate": {"demands": {"above": 0.1}},
    },
    "b": {
        "map": {"refuses": {"north": "ours", "south": "ours"}, "proposes": {"east": "theirs"}},
        "status": {"demands": "x"},
        "rate": {"demands": [{"max": 0.1}, 0.05]},
    },
}


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    return short_dossier(tmp_path, AGENDA, PARTIES)


def test_items_alike_share_a_row(dossier: Dossier) -> None:
    titles = [row.title for row in rows_of(compare(dossier, ["a", "b"], "2025"))]
    assert titles == ["Map: North, South", "Map: East", "Status", "Later", "Rate"]


def test_issues_of_which_nothing_is_recorded_are_listed_once(dossier: Dossier) -> None:
    text = rendered(diff_document(compare(dossier, ["a", "b"], "2025")))
    assert "Neither party has a recorded position on: ⟨Later⟩." in text
    assert text.count("Later") == 1


def test_only_some_sections(dossier: Dossier) -> None:
    text = rendered(diff_document(compare(dossier, ["a", "b"], "2025"), ["conflict"]))
    assert "CONFLICTS" in text
    assert "OVERLAPS" not in text
    assert "UNRESOLVED" not in text


def test_what_was_set_aside_is_said(dossier: Dossier) -> None:
    text = " ".join(
        rendered(diff_document(compare(dossier, ["a", "b"], "2025", "reported"))).split()
    )
    only = "Based only on the parties' own words and on reports"
    assert f"{only}; no positions with weaker evidence are left aside." in text


def test_how_many_were_set_aside(tmp_path: Path) -> None:
    weak = {"demands": "x", "evidence": ["said-so-reportedly"]}
    for count, told in ((1, "1 position {} is"), (2, "2 positions {} are")):
        parties = {"a": {"status": weak}, "b": {"status": weak} if count == 2 else {}}
        dossier = short_dossier(tmp_path / str(count), {"status": AGENDA["status"]}, parties)
        comparison = compare(dossier, ["a", "b"], "2025", "stated")
        weaker = told.format("with weaker evidence")
        document = diff_document(comparison, show=ShownParts(overview=False))
        text = " ".join(rendered(document).split())
        assert f"Based only on the parties' own words; {weaker} left aside. OVERLAPS" in text
        assert "left aside" not in rendered(diff_document(compare(dossier, ["a", "b"], "2025")))
        assert "Neither party has a recorded position on: ⟨Status⟩." in text


def test_how_items_are_counted_is_said_only_where_it_matters(dossier: Dossier) -> None:
    note = "An issue with several sub-issues counts once"
    assert note in rendered(diff_document(compare(dossier, ["a", "b"], "2025")))
    assert note not in rendered(
        diff_document(compare(dossier, ["a", "b"], "2025", issues=["status"]))
    )


@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
@pytest.mark.parametrize("parties", [2, 3, 6, 11])
def test_a_large_dossier_fits(width: int, parties: int) -> None:
    dossier = load_dossier(TALKS)
    comparison = compare(dossier, list(dossier.parties)[-parties:], "2025-11-30")
    lines = rendered(diff_document(comparison), width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_reports_keep_their_schema() -> None:
    dossier = load_dossier(TALKS)
    validator = Draft202012Validator(schema("diff"))
    for parties in (*combinations(["russia", "ukraine", "us"], 2), tuple(dossier.parties)):
        for day in ("2022-11-30", "2025-03-14", "2025-11-30"):
            report = json.loads(json_text(diff_report(compare(dossier, parties, day))))
            assert [error.message for error in validator.iter_errors(report)] == []


def test_what_is_accepted_by_an_entry_and_a_text_is_one_list(tmp_path: Path) -> None:
    agenda = {"status": {"options": ["x", "y", "z"]}}
    parties = {one: {"status": {"accepts": ["x", "y"]}} for one in ("a", "b")}
    answers = {"answers": {"draft": [{"since": "2025-02", "says": "accepts"}]}}
    texts = {"draft": {"terms": {"status": "z"}}}
    dossier = short_dossier(tmp_path, agenda, parties, texts, {"a": answers})
    report = json.loads(json_text(diff_report(compare(dossier, ["a", "b"], "2025"))))
    Draft202012Validator(schema("diff")).validate(report)
    positions = report["issues"][0]["positions"]
    assert [positions[one]["accepts"] for one in ("a", "b")] == [["x", "y", "z"], ["x", "y"]]


def test_a_gap_is_exact(dossier: Dossier) -> None:
    report = diff_report(compare(dossier, ["a", "b"], "2025"))
    rate = report["issues"][3]
    assert (rate["verdict"], rate["gap"]) == ("conflict", 0)
    condition = report["issues"][1]["positions"]["a"]["accepts"]
    assert '"above": 2.5' in json_text(condition)


def test_what_a_party_leaves_open_is_told_once_an_issue(tmp_path: Path) -> None:
    agenda = {"land": {"options": ["mine", "yours"], "items": ["hill", "dale", "ford"]}}
    parties = {
        "ann": {"land": {"demands": {"hill": "mine", "dale": "yours"}, "reserves": "when"}},
        "bo": {"land": {"demands": {"hill": "yours", "dale": "yours", "ford": "mine"}}},
    }
    comparison = compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"], "2025")
    text = rendered(diff_document(comparison), "github")
    assert text.count("leaves open: *when*") == 1
    assert explain_issue(comparison.issues[0]).count("leaves open: ⟨when⟩") == 1


def test_the_four_counts_add_up(tmp_path: Path) -> None:
    agenda = {key: {"options": ["x", "y"]} for key in ("war", "peace", "tax", "law")}
    parties = {
        "ann": {"war": {"demands": "x"}, "peace": {"demands": "x"}, "tax": {"demands": "x"}},
        "bo": {"war": {"demands": "x"}, "peace": {"demands": "y"}, "tax": {"accepts": "y"}},
    }
    parties["ann"]["tax"] = {"proposes": "x"}
    comparison = compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"], "2025")
    assert plain(verdict_counts(comparison)) == (
        "4 issues: 1 overlap, 1 conflict, 1 unresolved, 1 more for lack of a recorded position"
    )
    assert diff_report(comparison)["summary"] == {
        "overlap": 1,
        "conflict": 1,
        "unresolved": 2,
        "silent": 1,
    }


@pytest.mark.large
def test_json_takes_little_memory_besides_its_text() -> None:
    report = [{"parties": ["a", "b"], "overlap": number} for number in range(30_000)]
    tracemalloc.start()
    text = json_text(report)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert json.loads(text) == report
    assert most < 4 * len(text)


def test_mixed_signals_of_a_group_are_not_its_members(tmp_path: Path) -> None:
    held = {"demands": "grants", "against": [f"{EVIDENCE}-maybe"]}
    dossier = short_dossier(
        tmp_path,
        {"fund": {"options": ["grants", "loans"]}},
        {"g77": {"fund": held}, "kenya": {}, "mali": {}, "bank": {"fund": {"demands": "loans"}}},
        {},
        {"g77": {"members": ["kenya", "mali"], "speaks-for-members": True}},
    )
    shown = rendered(diff_document(compare(dossier, ["kenya", "mali", "bank"])), "html")
    assert shown.count("ixed signals from G77, which is also on record") == 1
    assert "ixed signals from Kenya" not in shown
    assert "ixed signals from Mali" not in shown


@pytest.mark.parametrize(
    ("ann", "bo", "told"),
    [
        (
            {"accepts": ["un", "eu"]},
            {"refuses": "eu"},
            ["Bo has neither accepted nor rejected ⟨Un⟩ on ⟨Troops⟩."],
        ),
        (
            {"accepts": "un"},
            {"accepts": "eu"},
            [
                "Ann has neither accepted nor rejected ⟨Eu⟩ on ⟨Troops⟩.",
                "Bo has neither accepted nor rejected ⟨Un⟩ on ⟨Troops⟩.",
            ],
        ),
        (
            {"accepts": ["un", "eu"]},
            {"accepts": [{"outcome": "un", "if": {"pay": "some"}}]},
            [
                "Bo has neither accepted nor rejected ⟨Eu⟩ on ⟨Troops⟩.",
                "Whether ⟨Un⟩ on ⟨Troops⟩ is acceptable depends on further conditions.",
            ],
        ),
    ],
)
def test_only_missing_answers_to_a_condition_are_told(
    ann: dict[str, Any], bo: dict[str, Any], told: list[str], tmp_path: Path
) -> None:
    agenda = {
        "truce": {"options": ["now", "later"]},
        "troops": {"options": ["un", "eu", "own"]},
        "pay": {"options": ["some", "much"]},
    }
    on_condition = [{"outcome": "now", "if": {"troops": ["un", "eu"]}}]
    parties = {
        "ann": {"truce": {"accepts": on_condition}, "troops": ann},
        "bo": {"truce": {"demands": "now"}, "troops": bo},
    }
    comparison = compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"])
    explanation = explain_issue(comparison.issues[0])
    for sentence in told:
        assert sentence in explanation
    assert explanation.count("neither accepted nor rejected") == sum(
        "neither" in sentence for sentence in told
    )
    assert explanation.count("depends on further") == sum("further" in one for one in told)


def test_the_report_as_data_has_the_verdicts_that_are_asked_for() -> None:
    comparison = with_fragility(compare(load_dossier(TALKS), ["russia", "ukraine"], "2025-03-14"))
    whole = diff_report(comparison)
    assert any("hangs_on" in part for issue in whole["issues"] for part in parts_of(issue))
    conflicts = diff_report(comparison, only={"conflict"})
    assert conflicts["summary"] == whole["summary"]
    assert {one["verdict"] for one in conflicts["issues"]} >= {"conflict"}
    for issue in conflicts["issues"]:
        assert {part["verdict"] for part in parts_of(issue)} == {"conflict"}
    robust = diff_report(comparison, robust=True)
    assert 0 < len(robust["issues"]) < len(whole["issues"])
    for issue in robust["issues"]:
        assert not any("hangs_on" in part for part in parts_of(issue))


def parts_of(issue: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of an issue in a report; without any, the issue."""
    return issue.get("items") or [issue]


def test_what_waits_on_another_issue_names_that_issue(tmp_path: Path) -> None:
    agenda = {"pay": {"unit": "euros"}, "fee": {"unit": "euros"}}
    parties = {
        "ann": {"pay": {"accepts": [{"outcome": 5, "if": {"fee": 5}}]}, "fee": {"demands": 5}},
        "bo": {"fee": {"accepts": [{"outcome": 5, "if": {"pay": 5}}]}, "pay": {"demands": 5}},
    }
    comparison = compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"])
    told = [explain_issue(issue) for issue in comparison.issues]
    assert "Ann would accept 5 euros if ⟨Fee⟩ is 5 euros; " in told[0]
    assert "Bo would accept 5 euros on ⟨Fee⟩ if ⟨Pay⟩ is 5 euros." in told[0]
    assert "Bo would accept 5 euros if ⟨Pay⟩ is 5 euros; " in told[1]
    assert "Ann would accept 5 euros on ⟨Pay⟩ if ⟨Fee⟩ is 5 euros." in told[1]
