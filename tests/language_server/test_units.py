"""Columns in the units that an editor counts: as its encoding has them, however long a line is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.findings import SourceText
from claimpos.language_server.units import CountedLine, CountedText
from tests.support import within

BYTES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@given(
    st.text(alphabet="aé€\U0001f6a2", max_size=12), st.sampled_from([*BYTES]), st.integers(0, 15)
)
def test_columns_are_as_the_encoding_has_them(text: str, encoding: str, column: int) -> None:
    line = CountedLine(text, encoding)
    codec = encoding if encoding == "utf-8" else f"{encoding}-le"
    before = len(text[:column].encode(codec)) // BYTES[encoding]
    assert line.units(column) == before
    assert line.column(before) == min(column, len(text))


@pytest.mark.parametrize("encoding", BYTES)
def test_a_long_line_is_counted_once(encoding: str) -> None:
    source = SourceText("x.yaml", "\U0001f6a2é" * 1_000_000 + "\n" + "b" * 10)
    text = CountedText(encoding)
    with within(3):
        for column in range(1, 2_000_000, 500):
            text.line(source, 1).units(column)
            text.line(source, 2).units(5)
            text.line(source, 1).units(2_000_000 - column)
