"""Tables and paragraphs keep to their width in any script, and cut no word that fits a line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from claimpos.rendering.tables import GRID, drawn, first_widened, fitted
from claimpos.rendering.text import filled, isolated, lines_of, width_of
from tests.conftest import examples

NAMES = [
    "Union of Dockers",
    "東京都港湾局",
    "賃金の引き上げについての交渉事項",
    "대한민국 정부",
    "Профсоюз докеров",
    "حزب العمال",
    "มหาวิทยาลัย",
    "👩‍👩‍👧‍👦 ✅ 🇺🇦",
    "e\u0301te\u0301",
    "ｆｕｌｌ ｗｉｄｔｈ",
    "Zuständigkeitsverordnung",
]
TEXTS = st.lists(st.sampled_from([*NAMES, "a", "of", "pay-rise", "x" * 30]), max_size=8).map(
    " ".join
)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("name", NAMES)
def test_each_line_of_a_table_is_as_wide_as_the_others(name: str, width: int) -> None:
    rows = [[name, f"{name}: demands at least 6 per cent", f"No: {name} rejects {name}."]] * 2
    for table in (
        fitted(["Issue", "Positions", "Why"], rows, GRID, width),
        drawn(["Issue", "Positions", "Why"], rows, GRID, [12, 20, 30]),
    ):
        widths = {wcswidth(line) for line in table.splitlines()}
        assert len(widths) == 1
    assert {wcswidth(line) <= max(width, 40) for line in table.splitlines()} or width < 70


@examples(200)
@given(text=TEXTS, width=st.integers(2, 60), at_hyphens=st.booleans())
def test_lines_keep_to_their_width_and_lose_nothing(
    text: str, width: int, at_hyphens: bool
) -> None:
    lines = lines_of(text, width, at_hyphens)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for word in text.split():
        if width_of(word) <= width and "-" not in word:
            assert any(word in line for line in lines)


@examples(200)
@given(text=TEXTS, width=st.integers(20, 60))
def test_paragraphs_keep_to_their_width_and_cut_no_word(text: str, width: int) -> None:
    lines = filled(text, width, "- ", "  ").split("\n")
    words = [word for line in lines for word in re.sub("[\u2068\u2069]", "", line)[2:].split()]
    assert words == text.split()
    for line in lines:
        assert width_of(line) <= width or len(line.split()) <= 2


def test_a_long_word_begins_on_a_line_of_its_own() -> None:
    assert lines_of("Eine Zuständigkeitsverordnung", 14) == [
        "Eine",
        "Zuständigkeits",
        "verordnung",
    ]


def test_the_first_column_is_as_wide_as_its_longest_word() -> None:
    header, rows = ["Issue", "Positions", "Why"], [["Eine Zuständigkeitsverordnung", "a", "b"]]
    assert first_widened(header, rows, [14, 28, 28], 28) == [24, 23, 23]
    assert first_widened(header, rows, [14, 28, 28], 20) == [20, 25, 25]
    assert first_widened(header, [["Pay", "a", "b"]], [14, 28, 28], 28) == [14, 28, 28]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("حزب العمال: demands 6", "\u2068حزب العمال\u2069: demands 6"),
        (
            "6 per cent for מפלגת העבודה, 7 for חברה",
            "6 per cent for \u2068מפלגת העבודה\u2069, 7 for \u2068חברה\u2069",
        ),
        ("Union of Dockers, 東京", "Union of Dockers, 東京"),
    ],
)
def test_text_from_right_to_left_is_isolated(text: str, shown: str) -> None:
    assert isolated(text) == shown
    assert width_of(isolated(text)) == width_of(text)


@pytest.mark.parametrize("name", ["حزب العمال", "מפלגת העבודה", "ܡܠܬܐ", "ߒߞߏ", "فارسی"])
def test_a_number_behind_a_name_from_right_to_left_stays_behind_it(name: str) -> None:
    """Without isolation, the day would be shown in front of the name, away from its month."""
    told = f"Newest evidence: {name} 3 February 2026, {name} 14 March 2026."
    lines = filled(told, 40, "", "  ").split("\n")
    shown = " ".join(line.strip() for line in lines)
    assert re.findall("[\u2068\u2069]", shown) == ["\u2068", "\u2069"] * (shown.count("\u2068"))
    assert re.sub("[\u2068\u2069]", "", shown) == told
    assert "\u2069 3 February" in shown
    assert all(width_of(line) <= 40 for line in lines)


def test_names_from_right_to_left_leave_the_borders_of_a_table_in_their_places() -> None:
    table = drawn(["A", "B"], [["حزب العمال", "מפלגת העבודה 5"]], GRID, [20, 20])
    (row,) = (line for line in table.splitlines() if "│" in line and "\u2068" in line)
    assert row.count("\u2068") == row.count("\u2069") == 2
    assert "│" not in "".join(piece.split("\u2069")[0] for piece in row.split("\u2068")[1:])
