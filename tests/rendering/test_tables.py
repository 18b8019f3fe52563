"""Tables fit the width they are given, and lose no word."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.dates import partial_date
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import PartialDate
from claimpos.errors import WrongUsage
from claimpos.rendering.data import csv_text, json_text
from claimpos.rendering.tables import GRID, drawn, fitted
from claimpos.rendering.text import Paint, wrapped
from claimpos.wording.names import written_date
from tests.support import within

WORDS = st.text("abcdefgh“”é-", min_size=1, max_size=30)
CELLS = st.lists(WORDS, max_size=12).map(" ".join)
ROWS = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(CELLS, min_size=columns, max_size=columns), min_size=2, max_size=5
    )
)


def columns_of(drawn: str, count: int) -> list[str]:
    """The letters of each column, put together again."""
    lines = [line for line in drawn.splitlines() if line.startswith("│")]
    cells = [line.strip("│").split("│") for line in lines]
    return ["".join("".join(row[at].split()) for row in cells) for at in range(count)]


def test_a_table_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "table-cells=10")
    assert fitted(["A", "B"], [["5", "b"]] * 5, GRID, 80).count("b") == 5
    with pytest.raises(WrongUsage, match=r"would have 12 cells, more than 10.*table-cells"):
        fitted(["A", "B"], [["5", "b"]] * 6, GRID, 80)


@given(ROWS, st.integers(60, 200))
def test_a_fitted_table_fits_and_is_whole(rows: list[list[str]], width: int) -> None:
    header, *lines = rows
    drawn = fitted(header, lines, GRID, width)
    assert max(map(len, drawn.splitlines())) <= width
    expected = ["".join("".join(row[at].split()) for row in rows) for at in range(len(header))]
    assert columns_of(drawn, len(header)) == expected


@given(ROWS, st.integers(9, 40))
def test_a_table_of_given_widths_is_whole(rows: list[list[str]], width: int) -> None:
    header, *lines = rows
    shown = drawn(header, lines, GRID, [width] * len(header))
    assert max(map(len, shown.splitlines())) <= (width + 3) * len(header) + 1
    expected = ["".join("".join(row[at].split()) for row in rows) for at in range(len(header))]
    assert columns_of(shown, len(header)) == expected


@pytest.mark.parametrize(("style", "borders"), [(GRID, "│┃─┼╬"), ("grid", "|")])
def test_no_cell_looks_like_several(style: str, borders: str) -> None:
    cell = f"Pay {borders} overlap"
    shown = drawn(["Issue", cell], [["x", "y"], [cell, cell]], style)
    assert shown.count(f"Pay {'¦' * len(borders)} overlap") == 3
    plain = drawn(["Issue", "z" * len(cell)], [["x", "y"], ["z" * len(cell)] * 2], style)
    assert shown.count(borders[0]) == plain.count(borders[0])


def test_ids_are_not_broken_at_hyphens() -> None:
    drawn = fitted(["Id", "Title"], [["a-very-long-identifier", "word " * 40]], GRID, 60)
    assert "a-very-long-identifier" in drawn


def test_an_id_gives_way_at_a_hyphen_before_any_word_is_broken() -> None:
    header = ["Id", "Title", "Date"]
    rows = [["the-memorandum-of-2025-06", "Memorandum of understanding", "2025-06-01"]]
    drawn = fitted(header, rows, GRID, 50)
    for whole in ("memorandum-", "Memorandum", "understanding", "2025-06-01"):
        assert whole in drawn


@pytest.mark.parametrize(
    "number", ["0.1", "0.123456789012345678901234567890", "1000000000000000000000000.5", "1E-7"]
)
def test_numbers_in_json_are_exact(number: str) -> None:
    text = json_text({"gap": Decimal(number), "text": "0.1"})
    assert json.loads(text, parse_float=Decimal) == {"gap": Decimal(number), "text": "0.1"}


def test_what_json_cannot_hold() -> None:
    with pytest.raises(TypeError):
        json_text({"a": object()})


def test_cells_far_longer_than_the_table_is_wide() -> None:
    cell = ("w" * 99 + " ") * 20_000
    with within(3):
        drawn = fitted(["Id", "Said", "Meant"], [["x", cell, cell]], GRID, 4000)
    assert drawn.count("w" * 99) == 40_000


def test_csv_quotes_what_a_spreadsheet_would_run() -> None:
    text = csv_text(["a"], [["=1+1"], ["-5"], [-5], ['say "x", y'], ["two\nlines"]])
    assert text == 'a\r\n\'=1+1\r\n\'-5\r\n-5\r\n"say ""x"", y"\r\n"two\nlines"\r\n'


@pytest.mark.parametrize(
    ("written", "told"),
    [("2025", "2025"), ("2025-03", "March 2025"), ("2025-03-04", "4 March 2025")],
)
def test_dates_are_no_more_precise_than_they_were(written: str, told: str) -> None:
    date: PartialDate = partial_date(written)
    assert written_date(date) == told


def test_paint_and_paragraphs() -> None:
    assert Paint(on=True)("x", "bold", "red") == "\x1b[1;31mx\x1b[0m"
    assert Paint(on=False)("x", "bold") == "x"
    assert wrapped("one two three four five six", 20, "  ") == "  one two three four\n  five six"
