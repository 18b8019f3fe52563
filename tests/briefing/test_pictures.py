"""Pictures: well-formed, whole in themselves, told in words as well, and to the right measure."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimpos import compare, load_dossier
from claimpos.briefing.drawing import lines_of, width_of
from claimpos.briefing.pictures import MOST_PARTIES, heat_map, heat_map_of
from claimpos.briefing.time_line import WIDTH, issue_turns, time_line, time_line_of
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.matrix import matrix
from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from tests.briefing.pages import hostile_dossier
from tests.rendering.test_hostile_text import CONTROLS
from tests.support import TALKS, short_dossier

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return load_dossier(TALKS)


def checked(text: str) -> ET.Element:
    """The picture, once it has a name and a description and refers to nothing outside."""
    root = ET.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    names = (root.get("aria-labelledby") or "").split()
    told = {one.get("id"): one.text for one in root if one.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert list(told) == names
    assert all(told.values())
    assert not re.search(r"<script|<image|href|@import|url\((?!#)", text)
    assert re.search("prefers-color-scheme: dark", text)
    return root


@pytest.mark.parametrize("issue", ["ceasefire", "withdrawal", "peacetime-force", "crimea-talks"])
def test_time_lines_are_whole_and_the_same_each_time(dossier: Dossier, issue: str) -> None:
    comparison = compare(dossier, ["russia", "ukraine", "us"], "2025-12-30", issues=[issue])
    text = time_line_of(comparison)
    root = checked(text)
    assert time_line_of(comparison) == text
    width = float((root.get("viewBox") or "").split()[2])
    for bar in root.iter(f"{SVG}rect"):
        assert float(bar.get("x") or 0) + float(bar.get("width") or 0) <= width


def test_heat_maps_are_whole_and_the_same_each_time(dossier: Dossier) -> None:
    found = matrix(dossier, None, "2025-12-30")
    text = heat_map_of(found)
    root = checked(text)
    assert heat_map_of(found) == text
    assert len(root.findall(f"{SVG}g")) == len(found.pairs) == 55


def test_hostile_text_stays_text() -> None:
    made = hostile_dossier()
    for text in (
        time_line_of(compare(made, ["one", "two"], "2025", issues=["a"])),
        heat_map_of(matrix(made, None, "2025")),
    ):
        root = ET.fromstring(text)
        tags = {one.tag.removeprefix(SVG) for one in root.iter()}
        assert tags <= {
            *("svg", "title", "desc", "style", "defs", "pattern", "rect", "circle", "text", "g"),
            "path",
        }
        assert not CONTROLS.search(text)
        assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]


def test_a_time_line_is_of_one_issue(dossier: Dossier) -> None:
    with pytest.raises(WrongUsage, match="--issue"):
        time_line_of(compare(dossier, ["russia", "ukraine"], "2025"))


def test_a_heat_map_has_room_for_so_many(tmp_path: Path) -> None:
    agenda = {"war": {"options": ["on", "off"]}}
    people: dict[str, Any] = {f"p{number}": {} for number in range(MOST_PARTIES + 1)}
    with pytest.raises(WrongUsage, match="name some"):
        heat_map_of(matrix(short_dossier(tmp_path, agenda, people), None, "2025"))


AGENDA = {"war": {"options": ["on", "off"]}, "moon": {"options": ["full", "new"]}}
PEOPLE = {
    "ann": {
        "war": [
            {"since": "2020", "until": "2020-06", "demands": "on"},
            {"since": "2021", "refuses": "off", "accepts": "on"},
        ]
    },
    "bo": {"war": [{"since": "2020-03", "demands": "off"}, {"since": "2022", "accepts": "on"}]},
    "cy": {"war": {"since": "2020", "accepts": "off"}},
}


def lanes(tmp_path: Path, issue: str, day: str) -> dict[str, Any]:
    dossier = short_dossier(tmp_path, AGENDA, PEOPLE)
    chosen = ["ann", "bo"]
    turns = issue_turns(dossier, dossier.issues[issue], chosen, "inferred")
    when = date.fromisoformat(day)
    return time_line(EffectiveTimelines(dossier), dossier.issues[issue], chosen, when, turns)


def test_lanes_say_who_stood_where_and_when(tmp_path: Path) -> None:
    ann, bo, verdict = lanes(tmp_path, "war", "2023-01-01")["lanes"]
    assert [bar["text"] for bar in ann["bars"]] == [
        "From 2020 to June 2020: demands ⟨On⟩",
        "Since 2021: red line: rejects ⟨Off⟩, accepts ⟨On⟩",
    ]
    assert [bar["look"] for bar in bo["bars"]] == ["demand", "acceptance"]
    assert [bar["text"] for bar in verdict["bars"]] == [
        "From 1 January 2020: unresolved",
        "From 1 March 2020: conflict",
        "From 1 July 2020: unresolved",
        "From 1 January 2021: conflict",
        "Since 1 January 2022: overlap",
    ]
    gap = ann["bars"][1]["x"] - ann["bars"][0]["x"] - ann["bars"][0]["width"]
    assert gap > 20


def test_what_began_later_is_not_shown(tmp_path: Path) -> None:
    ann, bo, verdict = lanes(tmp_path, "war", "2020-04-01")["lanes"]
    assert [len(lane["bars"]) for lane in (ann, bo, verdict)] == [1, 1, 2]


def test_an_issue_on_which_nobody_spoke(tmp_path: Path) -> None:
    ann, _, verdict = lanes(tmp_path, "moon", "2023-01-01")["lanes"]
    assert ann["bars"] == []
    assert ann["lines"][0]["text"] == "No recorded position."
    assert verdict["bars"][0]["width"] == pytest.approx(WIDTH - 2)


def test_shares_of_the_heat_map(tmp_path: Path) -> None:
    found = heat_map(matrix(short_dossier(tmp_path, AGENDA, PEOPLE), None, "2020-04-01"))
    told = [(cell["counts"], cell["share"], cell["look"]) for cell in found["cells"]]
    assert told == [
        ("0 of 1", "0%", "step-0"),
        ("–", "none clear", "step-none"),
        ("1 of 1", "100%", "step-4"),
    ]
    later = heat_map(matrix(short_dossier(tmp_path / "b", AGENDA, PEOPLE), None, "2020-08-01"))
    assert later["cells"][0]["look"] == "step-none"


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=200), st.integers(20, 400))
@example("00000I000", 63)
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    lines = lines_of(text, width, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 12) <= width or len(line) == 1 for line in lines)
