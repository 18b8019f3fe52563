"""How old is it: the newest evidence in each head, warnings of what is old, talks that are over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimpos.rendering.data import json_text
from tests.cli.in_process import claimpos
from tests.support import write_short, yaml_data

AGENDA = {"war": {"options": ["on", "off"]}, "arms": {"options": ["go-on", "stop"]}}
ENTRY = {"since": "2025-01", "evidence": ["said-so"]}
PARTIES = {
    "ann": {"war": {**ENTRY, "demands": "on"}},
    "bo": {"war": {**ENTRY, "accepts": "on"}, "arms": {**ENTRY, "demands": "stop"}},
    "cy": {},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ann's last word is of 1 March 2025, Bo's of May 2025, on arms only; Cy has said nothing."""
    folder = write_short(tmp_path / "positions", AGENDA, PARTIES)
    for party, day, issue in (("ann", "2025-03-01", "war"), ("bo", "2025-05", "arms")):
        edited(folder / f"{party}.yaml", day, issue)
    return folder


def edited(path: Path, day: str, issue: str) -> None:
    party: Any = yaml_data(path.read_text("utf-8"))
    said = {"source": "paper", "said": day, "basis": "stated", "summary": "Said again."}
    party["statements"]["again"] = said
    party["positions"][issue][0]["evidence"].append("again")
    path.write_text(json_text(party), encoding="utf-8")


def closed(folder: Path, day: str) -> None:
    agenda: Any = yaml_data((folder / "agenda.yaml").read_text("utf-8"))
    (folder / "agenda.yaml").write_text(json_text({**agenda, "closed": day}), encoding="utf-8")


def run(folder: Path, *arguments: str) -> tuple[str, str]:
    found = claimpos(*arguments, "--positions", str(folder))
    assert found.returncode == 0, found.stderr
    return found.stdout, found.stderr


NEWEST = {"ann": "2025-03-01", "bo": "2025-05", "cy": None}


@pytest.mark.parametrize(
    "command",
    ["diff ann bo cy", "brief ann bo cy", "matrix", "changes ann bo cy --from 2025-01 --to"],
)
def test_the_newest_evidence_of_each_party(folder: Path, command: str) -> None:
    day = ("2025-06",) if command.endswith("--to") else ("--as-of", "2025-06")
    out, err = run(folder, *command.split(), *day, "--format", "json")
    assert json.loads(out)["newest"] == NEWEST
    assert err == (
        "claimpos: the newest evidence is more than 60 days older than 30 June 2025: "
        "Ann (1 March 2025).\n"
    )


def test_of_many_parties_one_common_day_is_told_once(tmp_path: Path) -> None:
    silent: dict[str, Any] = {f"party-{number}": {} for number in range(6)}
    folder = write_short(tmp_path / "positions", AGENDA, {**PARTIES, **silent})
    out, _ = run(folder, "diff", *PARTIES, *silent, "--as-of", "2025-06", "--format", "github")
    assert "Newest evidence: 2000 (Ann and Bo)." in out


def test_the_newest_evidence_is_that_on_the_issues_shown_by_the_day(folder: Path) -> None:
    out, _ = run(
        folder, *["diff", "ann", "bo", "--as-of", "2025-06", "--issue", "war", "--format", "json"]
    )
    assert json.loads(out)["newest"] == {"ann": "2025-03-01", "bo": "2000"}
    out, err = run(folder, *["diff", "ann", "bo", "cy", "--as-of", "2025-04"])
    assert "Newest evidence: Ann 1 March 2025, Bo 2000, Cy none.\n" in out
    assert err.endswith("than 30 April 2025: Bo (2000).\n")
    out, err = run(folder, *["diff", "ann", "cy", "--as-of", "2025-04-30"])
    assert err == "", "sixty days"


def test_a_briefing_warns_in_its_head(folder: Path) -> None:
    out, _ = run(folder, *["brief", "ann", "bo", "--as-of", "2025-06"])
    head = out.split("## Summary")[0]
    assert "Newest evidence: Ann 1 March 2025, Bo May 2025. That of 1 of 2" in head


def test_stale_positions_are_marked(folder: Path) -> None:
    asked = ["ann", "bo", "--as-of", "2025-06", "--stale-after", "2m"]
    out, _ = run(folder, "diff", *asked, "--format", "csv")
    assert "demands ⟨On⟩ (last confirmed on 1 March 2025)" in out
    assert "demands ⟨Stop⟩ (last" not in out
    out, _ = run(folder, "diff", *asked, "--format", "json")
    (war, arms) = json.loads(out)["issues"]
    assert war["positions"]["ann"]["last_confirmed"] == "2025-03-01"
    assert "last_confirmed" not in arms["positions"]["bo"]
    out, _ = run(folder, "brief", *asked)
    assert "(since January 2025; last confirmed on 1 March 2025)" in out
    out, _ = run(folder, *["show", "ann", "--as-of", "2025-06", "--stale-after", "2m"])
    assert "last confirmed on 1 March 2025" in out
    out, _ = run(folder, *["show", "ann", "--as-of", "2025-06", "--stale-after", "1y"])
    assert "last confirmed" not in out


@pytest.mark.parametrize("command", ["diff ann bo", "brief ann bo", "matrix", "show ann"])
def test_talks_that_are_closed(folder: Path, command: str) -> None:
    closed(folder, "2025-04")
    out, _ = run(folder, *command.split())
    assert "30 April 2025" in out.partition("\n\n\n")[0]
    assert "The talks closed on 30 April 2025" in out
    out, _ = run(folder, *command.split(), "--as-of", "2025-03")
    assert "31 March 2025" in out
    assert "closed" not in out, "nobody knew it then"
    out, _ = run(folder, *command.split(), "--as-of", "today")
    assert "as of 30 April 2025" not in out
    assert "The talks closed on 30 April 2025" in out


def test_a_text_is_assessed_on_its_own_day_and_several_on_that_of_the_newest(folder: Path) -> None:
    for name, day in (("older", "2025-02"), ("newer", "2025-03-02")):
        text = {"proposal": name, "title": name, "date": day, "status": "package"}
        terms = {"war": {"outcome": "on", "summary": "On."}}
        path = folder / "proposals" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json_text({**text, "terms": terms}), encoding="utf-8")
    out, _ = run(folder, *["assess", "older", "ann", "--format", "json"])
    assert json.loads(out)["as_of"] == "2025-02-28"
    assert json.loads(out)["newest"] == {"ann": "2000"}
    out, _ = run(folder, *["assess", "older", "newer", "ann", "--format", "json"])
    assert [one["as_of"] for one in json.loads(out)["proposals"]] == ["2025-03-02"] * 2
    out, _ = run(folder, *["assess", "older", "ann", "--as-of", "2025-06", "--format", "json"])
    assert json.loads(out)["as_of"] == "2025-06-30"
