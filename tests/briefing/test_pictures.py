"""Pictures: well-formed, whole in themselves, told in words as well, and to the right measure."""

from __future__ import annotations

import re
import struct
import sys
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimpos import compare
from claimpos.briefing import drawing
from claimpos.briefing.drawing import lines_of, plain_svg, png_of, width_of
from claimpos.briefing.figures import figures, figures_of
from claimpos.briefing.heat_map import MOST_PARTIES, heat_map, heat_map_of
from claimpos.briefing.time_line import issue_turns, time_line, time_line_of
from claimpos.briefing.time_line_rows import WIDTH, Axis
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.matrix import matrix
from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from tests.briefing.pages import hostile_dossier
from tests.cli.in_process import claimpos
from tests.rendering.test_hostile_text import CONTROLS
from tests.support import short_dossier

SVG = "{http://www.w3.org/2000/svg}"


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
    assert [strips(bar) for bar in ann["bars"]] == [
        [("calls", 0)],
        [("accepts", 0), ("rejects", 1)],
    ]
    assert [strips(bar) for bar in bo["bars"]] == [[("calls", 1)], [("accepts", 0)]]
    assert [bar["text"] for bar in verdict["bars"]] == [
        "From 1 January 2020: unresolved",
        "From 1 March 2020: conflict",
        "From 1 July 2020: unresolved",
        "From 1 January 2021: conflict",
        "Since 1 January 2022: overlap",
    ]


def strips(bar: dict[str, Any]) -> list[tuple[str, int]]:
    return [(strip["kind"], strip["colour"]) for strip in bar["strips"]]


def test_a_day_stands_where_it_is_on_the_axis(tmp_path: Path) -> None:
    picture = lanes(tmp_path, "war", "2023-01-01")
    first, days = date(2020, 1, 1), (date(2023, 1, 1) - date(2020, 1, 1)).days
    begun = [date(2020, 1, 1), date(2020, 3, 1), date(2020, 7, 1), date(2021, 1, 1)]
    places = [bar["x"] for bar in picture["lanes"][-1]["bars"]]
    for day, x in zip(begun, places, strict=False):
        assert x == pytest.approx((day - first).days / days * WIDTH, abs=WIDTH / 1000)
    (axis,) = picture["axes"]
    years = {tick["label"]: tick["x"] for tick in axis["ticks"]}
    assert years["2022"] == pytest.approx(731 / days * WIDTH, abs=WIDTH / 1000)
    assert set(places) <= set(axis["marks"])


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 1, 1)), min_size=1, max_size=9))
def test_an_axis_is_true(days: list[date]) -> None:
    axis = Axis(min(days), max(days), WIDTH)
    whole = max((max(days) - min(days)).days, 1)
    for day in days:
        away = (day - min(days)).days / whole * WIDTH
        assert axis.at(day) == pytest.approx(away, abs=0.1)
    ticks = axis.ticks()
    assert 1 <= len(ticks) <= 42
    assert all(0 <= tick["x"] <= WIDTH for tick in ticks)
    apart = [b["x"] - a["x"] for a, b in pairwise(ticks)]
    assert len(ticks) > 13 or all(room > 20 for room in apart)


def test_what_is_restated_is_one_bar(tmp_path: Path) -> None:
    people = {
        "ann": {"war": [{"since": year, "demands": "on"} for year in ("2020", "2021", "2022")]},
        "bo": {"war": {"since": "2020", "refuses": "on"}},
    }
    dossier = short_dossier(tmp_path, AGENDA, people)
    turns = issue_turns(dossier, dossier.issues["war"], ["ann", "bo"], "inferred")
    timelines, issue = EffectiveTimelines(dossier), dossier.issues["war"]
    ann, *_ = time_line(timelines, issue, ["ann", "bo"], date(2023, 1, 1), turns)["lanes"]
    assert [bar["text"] for bar in ann["bars"]] == ["Since 2020: demands ⟨On⟩"]


def test_colours_are_those_of_outcomes_and_the_legend_names_them(dossier: Dossier) -> None:
    comparison = compare(dossier, ["russia", "ukraine"], "2025-12-30", issues=["withdrawal"])
    text = time_line_of(comparison)
    issue = dossier.issues["withdrawal"]
    named = [one.text for one in checked(text).iter(f"{SVG}text")]
    for number, title in enumerate(issue.options.values()):
        assert (title in named) == (f'class="o{number} ' in text)
    assert "Full colour: demands or proposes" in text
    assert f"Source: {dossier.title}" in text


def test_after_twelve_rows_the_axis_is_drawn_anew(dossier: Dossier) -> None:
    parties = ["russia", "ukraine", "us", "europe"]
    comparison = compare(dossier, parties, "2025-12-30", issues=["withdrawal"])
    turns = issue_turns(dossier, dossier.issues["withdrawal"], parties, "inferred")
    timelines, issue = EffectiveTimelines(dossier), dossier.issues["withdrawal"]
    picture = time_line(timelines, issue, parties, comparison.day, turns)
    rows = [lane["bar_y"] for lane in picture["lanes"]]
    axes = [axis["y"] for axis in picture["axes"]]
    assert len(rows) > 12
    assert len(axes) == -(-len(rows) // 12)
    assert rows[11] < axes[1] < rows[12]


def test_what_began_later_is_not_shown(tmp_path: Path) -> None:
    ann, bo, verdict = lanes(tmp_path, "war", "2020-04-01")["lanes"]
    assert [len(lane["bars"]) for lane in (ann, bo, verdict)] == [1, 1, 2]


def test_an_issue_on_which_nobody_spoke(tmp_path: Path) -> None:
    ann, _, verdict = lanes(tmp_path, "moon", "2023-01-01")["lanes"]
    assert ann["bars"] == []
    assert ann["lines"][0]["text"] == "No recorded position."
    assert verdict["bars"][0]["width"] == pytest.approx(WIDTH)


def test_shares_of_the_heat_map(tmp_path: Path) -> None:
    found = heat_map(matrix(short_dossier(tmp_path, AGENDA, PEOPLE), None, "2020-04-01"))
    told = [(cell["counts"], cell["share"], cell["look"]) for cell in found["cells"]]
    assert told == [
        ("0%", "0 of n = 1", "step-0 fade-3"),
        ("–", "n = 0", "step-none fade-3"),
        ("100%", "1 of n = 1", "step-4 fade-3"),
    ]
    later = heat_map(matrix(short_dossier(tmp_path / "b", AGENDA, PEOPLE), None, "2020-08-01"))
    assert later["cells"][0]["look"] == "step-none fade-3"


@pytest.mark.parametrize(("alike", "told"), [(250, "99%"), (1, "1%"), (251, "100%")])
def test_only_all_is_a_hundred_per_cent(alike: int, told: str, tmp_path: Path) -> None:
    agenda = {f"i{number}": {"options": ["x", "y"]} for number in range(251)}
    ann = {issue: {"demands": "x"} for issue in agenda}
    bo = {issue: {"demands": "xy"[at >= alike]} for at, issue in enumerate(agenda)}
    dossier = short_dossier(tmp_path, agenda, {"ann": ann, "bo": bo})
    assert heat_map(matrix(dossier, None, "2025"))["cells"][0]["counts"] == told


def test_a_rate_is_the_fainter_the_less_it_rests_on(tmp_path: Path) -> None:
    agenda = {f"i{number}": {"options": ["x", "y"]} for number in range(13)}
    people = {
        name: {f"i{number}": {"demands": "x"} for number in range(issues)}
        for name, issues in {"full": 13, "nine": 9, "six": 6, "two": 2, "whole": 13}.items()
    }
    found = heat_map(matrix(short_dossier(tmp_path, agenda, people), None, "2025"))
    looks = {cell["share"]: cell["look"] for cell in found["cells"]}
    assert looks == {
        "13 of n = 13": "step-4 fade-0",
        "9 of n = 9": "step-4 fade-1",
        "6 of n = 6": "step-4 fade-2",
        "2 of n = 2": "step-4 fade-3",
    }


def test_names_are_repeated_after_twelve_rows(tmp_path: Path) -> None:
    people: dict[str, Any] = {f"p{number}": {} for number in range(15)}
    found = heat_map(matrix(short_dossier(tmp_path, AGENDA, people), None, "2025"))
    names = [column["label"] for column in found["columns"]]
    assert names.count("P0") == 2
    assert len(found["rows"]) == 14
    places = {(column["x"], column["y"]) for column in found["columns"]}
    assert len(places) == len(names)


NUMBERS = {"rate": {"unit": "per cent", "minimum": 0}}
RATES = {
    "ann": {
        "rate": [{"since": "2024", "demands": {"min": 9}}, {"since": "2025", "demands": {"min": 6}}]
    },
    "bo": {"rate": {"since": "2025", "accepts": {"max": 4}, "refuses": {"above": 5}}},
    "cy": {"rate": {"since": "2025", "proposes": 5}},
}


def test_figures_stand_on_one_scale_with_what_parts_them(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, NUMBERS, RATES)
    comparison = compare(dossier, ["ann", "bo", "cy"], "2025-06", issues=["rate"])
    picture = figures(comparison)
    checked(figures_of(comparison))
    ann, bo, cy = picture["rows"]
    kinds = [[bar["kind"] for bar in row["bars"]] for row in (ann, bo, cy)]
    assert kinds == [["earlier", "demands"], ["accepts", "rejects"], ["proposes"]]
    places = {tick["label"]: tick["x"] for tick in picture["axes"][0]["ticks"]}
    assert bo["bars"][0]["x"] == 0
    assert bo["bars"][0]["width"] == pytest.approx(places["4"], abs=0.2)
    assert ann["bars"][1]["x"] == pytest.approx(places["6"], abs=0.2)
    between = picture["between"]
    assert between["text"] == "Ann and Bo: 2 percentage points apart"
    assert between["x"] == pytest.approx(places["4"], abs=0.2)
    assert between["x"] + between["width"] == pytest.approx(places["6"], abs=0.2)
    assert picture["gap"].startswith("The gap is 1 percentage point")
    assert [one["text"] for one in ann["lines"]] == [
        "Since 2024: demands at least 9 per cent",
        "Since 2025: demands at least 6 per cent",
    ]


@pytest.mark.parametrize(
    ("low", "high"),
    [(10**28, 2 * 10**28), (10**29 + 1, 10**29 + 2), (0, 10**29), (10**29, 10**29)],
)
def test_figures_of_many_digits_stand_on_a_scale(low: int, high: int, tmp_path: Path) -> None:
    rates = {"ann": {"rate": {"accepts": {"max": low}}}, "bo": {"rate": {"accepts": {"min": high}}}}
    dossier = short_dossier(tmp_path, {"rate": {"unit": "per cent"}}, rates)
    comparison = compare(dossier, ["ann", "bo"], "2025-06", issues=["rate"])
    checked(figures_of(comparison))
    ann, bo = (row["bars"][0] for row in figures(comparison)["rows"])
    assert ann["x"] + ann["width"] <= bo["x"] + 0.2
    assert len(figures(comparison)["axes"][0]["ticks"]) < 30


def test_figures_that_meet_and_figures_that_lapsed(tmp_path: Path) -> None:
    rates: dict[str, Any] = {
        "ann": {"rate": {"since": "2025", "demands": {"min": 3}}},
        "bo": {"rate": {"since": "2025", "accepts": {"max": 4}}},
    }
    dossier = short_dossier(tmp_path, NUMBERS, rates)
    meeting = figures(compare(dossier, ["ann", "bo"], "2025-06", issues=["rate"]))
    assert meeting["between"]["look"] == "common"
    rates["bo"]["rate"] = {"since": "2024", "until": "2025-02", "accepts": {"max": 4}}
    dossier = short_dossier(tmp_path / "b", NUMBERS, rates)
    over = figures(compare(dossier, ["ann", "bo"], "2025-06", issues=["rate"]))
    assert over["between"] is None
    assert [bar["kind"] for bar in over["rows"][1]["bars"]] == ["earlier"]
    assert "lapsed on 28 February 2025" in over["rows"][1]["lines"][-1]["text"]


@pytest.mark.parametrize(
    ("first", "later", "lines"),
    [({}, {}, 1), ({"until": "2024-02"}, {}, 2), ({}, {"refuses": {"min": 9}}, 2)],
)
def test_a_figure_that_is_restated_is_neither_told_nor_drawn_twice(
    first: dict[str, Any], later: dict[str, Any], lines: int, tmp_path: Path
) -> None:
    entries = [{"since": "2024", "proposes": 5, **first}, {"since": "2025", "proposes": 5, **later}]
    people = {"ann": {"rate": entries}, "bo": {"rate": {"since": "2025", "demands": 7}}}
    dossier = short_dossier(tmp_path, NUMBERS, people)
    ann, _ = figures(compare(dossier, ["ann", "bo"], "2025-06", issues=["rate"]))["rows"]
    assert len(ann["lines"]) == lines
    assert "earlier" not in [bar["kind"] for bar in ann["bars"]]


def size(picture: bytes) -> tuple[int, ...]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


def test_a_png_is_twice_as_large_and_knows_no_variables(dossier: Dossier) -> None:
    for svg in (
        heat_map_of(matrix(dossier, ["russia", "ukraine", "us"], "2025-12-30")),
        time_line_of(compare(dossier, ["russia", "us"], "2025-12-30", issues=["ceasefire"])),
    ):
        root = ET.fromstring(svg)
        width, height = (2 * float(root.get(side) or 0) for side in ("width", "height"))
        assert size(png_of(svg)) == pytest.approx((width, height), abs=2)
        assert not re.search(r"var\(|@media|--ink", plain_svg(svg))


def test_texts_that_look_like_rules_of_style_are_drawn_as_they_are(dossier: Dossier) -> None:
    said = "var(--none) --ink: red; @media {{ font-family: x; }"
    picture = heat_map_of(matrix(dossier, ["russia", "us"], "2025-12-30"))
    picture = re.sub(r"(<text[^>]*>)[^<]*", rf"\g<1>{said}", picture)
    styles = re.compile("<style>.*?</style>", re.DOTALL)
    assert styles.sub("", plain_svg(picture)) == styles.sub("", picture)
    assert png_of(picture)


def test_a_png_without_its_library_or_a_font_is_refused(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    svg = heat_map_of(matrix(dossier, ["russia", "us"], "2025-12-30"))
    with monkeypatch.context() as without:
        without.setattr(drawing, "A_WORD", re.sub("<text.*</text>", "", drawing.A_WORD))
        with pytest.raises(WrongUsage, match="needs a font"):
            png_of(svg)
    with monkeypatch.context() as small:
        small.setenv("CLAIMPOS_LIMITS", "picture-dots=1000")
        with pytest.raises(WrongUsage, match="picture-dots"):
            png_of(svg)
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(WrongUsage, match=r"claimpos\[png\]"):
        png_of(svg)


def test_a_png_goes_to_a_file(tmp_path: Path) -> None:
    pairs = ("matrix", "russia", "ukraine", "--as-of", "2025-03-14", "--format", "png")
    refused = claimpos(*pairs)
    assert (refused.returncode, "name it with -o" in refused.stderr) == (2, True)
    assert claimpos(*pairs, "-o", str(tmp_path / "pairs.png")).returncode == 0
    assert min(size((tmp_path / "pairs.png").read_bytes())) > 100


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=200), st.integers(20, 400))
@example("00000I000", 63)
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    lines = lines_of(text, width, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 12) <= width or len(line) == 1 for line in lines)
