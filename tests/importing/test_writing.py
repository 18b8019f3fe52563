"""What is written is what is read: YAML of a dossier's files, and whose line is whose."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.parsing.printable import is_printable
from claimpos.importing.draft import Piece
from claimpos.importing.import_log import TablePlace
from claimpos.importing.writing import flow, write
from tests.conftest import examples
from tests.support import yaml_data

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1).filter(
    lambda text: is_printable(text)
)
PICTURES = [
    "👨\u200d👩\u200d👧",
    "❤\ufe0f\u200d🔥",
    "👩🏽\u200d💻",
    "🕵\ufe0f\u200d♂\ufe0f",
    "☎\ufe0e 1\ufe0f\u20e3 ✈\ufe0f",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "\U00020bb7\ufe00野 葛\U000e0100",
    "می\u200cخواهد \\U0001F468",
]
LIKE_YAML = st.text(alphabet="a1 -:#,[]{}'\"&*!|>%@`?\t\r\n.~=e+<\\", max_size=12)
NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.decimals(-1000, 1000, places=2).map(lambda number: number + Decimal("0.001")),
)
SCALARS = st.one_of(TEXTS, LIKE_YAML, NUMBERS, st.booleans())
KEYS = st.one_of(
    st.sampled_from(["a", "b-c", "d2", "no", "null", "true", "demands", "accepts", "evidence"]),
    LIKE_YAML,
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner), st.dictionaries(KEYS, inner)), max_leaves=8
)


@examples(50)
@given(st.dictionaries(KEYS, VALUES, min_size=1))
def test_what_is_written_is_read(data: dict[str, Any]) -> None:
    assert yaml_data(write(data).text) == data


@examples(50)
@given(VALUES)
def test_a_cell_is_one_line_and_read_as_it_was(value: Any) -> None:
    text = flow(value)
    assert len(text.splitlines()) == 1
    assert yaml_data(f"key: {text}") == {"key": value}


@pytest.mark.parametrize("text", PICTURES)
def test_pictures_of_several_signs_are_written_so_that_they_can_be_read(text: str) -> None:
    data = {"title": text, "also": [f"a {text}", text], "name": f"{text}\n{text}: x", text: 1}
    for written in (write(data).text, f"{flow(data)}\n", f"{flow(data, in_quotes=True)}\n"):
        assert is_printable(written)
        assert yaml_data(written) == data


def test_the_same_data_twice_is_written_out_twice() -> None:
    outcome = {"min": 6}
    data = {"demands": outcome, "accepts": [outcome, outcome], "kept": {"a": outcome}}
    assert write(data).text.splitlines() == [
        "demands: {min: 6}",
        "accepts: [{min: 6}, {min: 6}]",
        "kept:",
        "  a:",
        "    min: 6",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("no", "key: no"),
        ("2025-03-13", "key: 2025-03-13"),
        ("2025", "key: '2025'"),
        ("true", "key: 'true'"),
        ("R/70/5", "key: R/70/5"),
        ("At once, before a settlement", "key: At once, before a settlement"),
        ("https://example.org/a", "key: https://example.org/a"),
        ("a: b", "key: 'a: b'"),
        ("“Quoted” words", "key: “Quoted” words"),
        ("Dockers' Union", "key: Dockers' Union"),
        ("one\ntwo: 3", 'key: "one\\ntwo: 3"'),
        (" padded ", "key: ' padded '"),
        ("", "key: ''"),
    ],
)
def test_texts_have_quotes_only_where_they_need_them(text: str, line: str) -> None:
    assert write({"key": text}).text == f"{line}\n"


def test_every_line_belongs_to_the_piece_it_was_made_from() -> None:
    first, second = Piece(TablePlace(4), {"since": "2024"}), Piece(TablePlace(9), {"since": "2025"})
    said = Piece(TablePlace(7), {"summary": "So"})
    file = Piece(TablePlace(2), {"party": "ann", "statements": {"so": said}})
    file["positions"] = {"war": [first, second]}
    written = write(file)
    found = [piece.place.line if (piece := written.piece_at(at)) else 0 for at in range(1, 9)]
    assert written.text.splitlines() == [
        "party: ann",
        "statements:",
        "  so:",
        "    summary: So",
        "positions:",
        "  war:",
        "  - since: '2024'",
        "  - since: '2025'",
    ]
    assert found == [2, 2, 7, 7, 7, 7, 4, 9]
