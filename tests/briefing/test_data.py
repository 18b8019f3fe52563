"""The data of a briefing: as its schema says, and in keeping with the comparison."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.layout import brief_document
from claimpos.rendering.data import json_text
from claimpos.rendering.diff_report import diff_report
from claimpos.rendering.renderers import page_of
from tests.cli.process import WORKED, environment
from tests.cli.test_processes import imported
from tests.conftest import examples
from tests.oracle.dossiers import FEATURES, Basis, PlainDossier, bases, dates, dossiers
from tests.oracle.product import load
from tests.schemas.support import errors_by_schema
from tests.support import short_dossier, yaml_data

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


@examples(15)
@given(dossiers(min_parties=3, features=FEATURES), dates(), bases())
def test_it_is_in_keeping_with_the_comparison(
    dossier: PlainDossier, as_of: str, basis: Basis
) -> None:
    comparison = compare(load(dossier), list(dossier.parties), as_of, basis)
    report = json.loads(json_text(brief_report(comparison)))
    assert errors_by_schema("brief", report) == []
    diff = diff_report(comparison)
    assert report["summary"] == diff["summary"]
    told = {
        (row["issue"], item): (row["verdict"], row["reason"])
        for row in report["rows"]
        for item in row["items"] or [None]
    }
    assert told == cells_of(diff)
    assert sorted(row["number"] for row in report["rows"]) == [
        number for number, _ in enumerate(report["rows"], start=1)
    ]
    assert all(bool(row["moves"]) <= (row["verdict"] != "overlap") for row in report["rows"])
    assert all(row["moves"] for row in report["rows"] if row["verdict"] == "conflict")
    check_notes(report)
    assert page_of(brief_document(report)) == page_of(brief_document(brief_report(comparison)))


def cells_of(diff: dict[str, Any]) -> dict[tuple[str, str | None], tuple[str, str]]:
    """Verdicts and reasons; where all hold one group's position, a briefing gives that instead."""
    return {
        (issue["id"], cell.get("id") if cell is not issue else None): (
            cell["verdict"],
            "one-voice" if "one_voice" in cell else cell["reason"],
        )
        for issue in diff["issues"]
        for cell in issue.get("items") or [issue]
    }


def check_notes(report: dict[str, Any]) -> None:
    """Notes are numbered as the rows refer to them, and each statement has one."""
    cited = dict.fromkeys(
        number
        for row in report["rows"]
        for position in row["positions"]
        for number in [
            *position["evidence"],
            *(one["note"] for one in position["against"]),
            *position["context"],
        ]
    )
    for position in (one for row in report["rows"] for one in row["positions"]):
        assert {number for some in position["grounds"] for number in some} <= {
            *position["evidence"]
        }
        assert bool(position["grounds"]) == bool(position["evidence"])
    notes = report["notes"]
    assert [*cited] == [note["number"] for note in notes] == [*range(1, len(notes) + 1)]
    assert len({(note["party"], note["statement"]) for note in notes}) == len(notes)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    """What each outcome would require, and which conflicts and openings the summary names."""
    case = yaml_data(path.read_text("utf-8"), path.name)
    dossier = short_dossier(tmp_path, case["agenda"], case["parties"])
    report = brief_report(compare(dossier, list(case["parties"]), "2025-06"))
    for issue, moves in case.get("moves", {}).items():
        (row,) = (row for row in report["rows"] if row["issue"] == issue)
        assert row["moves"] == moves
    for order in ("sharpest", "nearest"):
        if order in case:
            told = report["picture"][order]
            assert [row["title"] for row in told["rows"]] == case[order]["titles"]
            assert told["alike"] == case[order].get("alike", 0)
    for words in case.get("says", []):
        assert words in report["picture"]["text"]


def test_the_data_and_an_explanation_need_no_templates() -> None:
    worked = ["--positions", str(WORKED), "--as-of", "2025-03-14"]
    asked = ["russia", "ukraine", *worked]
    assert "jinja2" not in imported("brief", *asked, "--format", "json")
    assert "jinja2" not in imported("explain", "russia", "ukraine", "ceasefire", *worked)
    assert {"jinja2", "claimpos.briefing.data"} <= imported("brief", *asked, "--format", "html")
    assert "clingo" not in imported("brief", *asked)


def test_the_same_dossier_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    forms = ("markdown", "html", "json")
    asked = ["brief", "russia", "ukraine", "us", "--as-of", "2025-03-14", "--deals"]
    made = set()
    for seed in ("0", "1"):
        files = [tmp_path / f"{seed}.{form}" for form in forms]
        commands = [
            [*asked, "--format", form, "-o", str(file)]
            for form, file in zip(forms, files, strict=True)
        ]
        run = f"from claimpos.__main__ import main; [main(one) for one in {commands}]"
        variables = environment(CLAIMPOS_POSITIONS=str(WORKED), PYTHONHASHSEED=seed)
        subprocess.run([sys.executable, "-c", run], env=variables, check=True)
        made.add(tuple(file.read_text("utf-8") for file in files))
    (only,) = made
    assert all("Russia" in text for text in only)


OF_ITS_OWN = {"land": {"accepts": {"hill": "mine"}, "interest": "Own reason", "priority": "high"}}
OF_THE_LEAGUE = {"land": {"since": "2025-02", "demands": {"dale": "mine"}, "note": "The league's"}}


def test_each_row_rests_on_the_part_of_the_position_that_it_tells(tmp_path: Path) -> None:
    """A member's own entry and its group's have reasons, dates and notes of their own."""
    dossier = short_dossier(
        tmp_path,
        {"land": {"options": ["mine", "yours"], "items": ["hill", "dale"]}},
        {"ann": OF_ITS_OWN, "bo": {"land": {"refuses": {"all": "mine"}}}, "league": OF_THE_LEAGUE},
        {},
        {"league": {"members": ["ann"], "speaks-for-members": True}},
    )
    report = brief_report(compare(dossier, ["ann", "bo"], "2025"))
    told = {
        item: next(said for said in row["positions"] if said["party"] == "ann")
        for row in report["rows"]
        for item in row["items"]
    }
    keys = ("interest", "priority", "note", "since")
    assert [told["hill"][key] for key in keys] == ["Own reason", "high", "", "2025"]
    assert [told["dale"][key] for key in keys] == ["", "", "The league's", "2025-02"]
    notes = {note["number"]: note["party"] for note in report["notes"]}
    assert [notes[told[item]["evidence"][0]] for item in ("hill", "dale")] == ["ann", "league"]


def test_an_offer_says_nothing_of_a_sub_issue_that_it_leaves_out(tmp_path: Path) -> None:
    offers = {"package": {"title": "The package", "until": "2025-12"}}
    dossier = short_dossier(
        tmp_path,
        {"land": {"options": ["mine", "yours"], "items": ["hill", "dale"]}},
        {
            "ann": {"land": {"accepts": {"hill": "mine"}, "offer": "package"}},
            "bo": {"land": {"proposes": {"all": "mine"}}},
        },
        {},
        {"ann": {"offers": offers}},
    )
    report = brief_report(compare(dossier, ["ann", "bo"], "2025"))
    said = {row["items"][0]: row["positions"][0] for row in report["rows"]}
    assert "This is part of the offer ⟨The package⟩." in str(said["hill"]["sentences"])
    assert (said["dale"]["silent"], said["dale"]["sentences"]) == (True, [])
