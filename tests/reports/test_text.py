"""The excerpt of a line, and the caret under the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.dossier.parsing.file import read_file
from claimpos.rendering.findings import finding_text
from tests.conftest import examples

LONG = "".join(f"{number:03} " for number in range(100))


def excerpt(line: str, start: int, end: int) -> list[str]:
    finding = Finding(
        "CP202", SourceText("x.yaml", f"{line}\nparty: x"), Span(1, start, 1, end), "wrong"
    )
    return finding_text(finding).splitlines()[1:]


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "marked"),
    [
        ("key: value", 1, 4, "key: value", "key"),
        ("key: value", 6, 11, "key: value", "value"),
        ("key: value", 11, 11, "key: value", ""),
        ("\tkey: value", 2, 5, " key: value", "key"),
        (LONG, 1, 4, LONG[:75] + "…", "000"),
        (LONG, 201, 204, "…" + LONG[163:237] + "…", "050"),
        (LONG, 397, 400, "…" + LONG[325:], "099"),
        (LONG[:76], 73, 76, LONG[:76], "018"),
    ],
)
def test_the_caret_stands_under_the_place(
    line: str, start: int, end: int, shown: str, marked: str
) -> None:
    above, below = excerpt(line, start, end)
    assert above == f"    {shown}"
    assert set(below) == {" ", "^"}
    first, last = below.index("^"), below.rindex("^") + 1
    assert above[first:last].rstrip() == marked


def test_a_place_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    finding = Finding("CP202", SourceText("x", "terms: [b,\nc]\n"), Span(1, 8, 2, 3), "wrong")
    assert finding_text(finding).splitlines()[1:] == ["    terms: [b,", "           ^^^"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_those_that_yaml_counts(end: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(end.join(["a: 1", "party: 2", "a: 3", ""]).encode())
    _, _, (finding,) = read_file(path)
    assert finding.span[:2] == (3, 1)
    assert finding_text(finding).splitlines()[1:3] == ["    a: 3", "    ^"]
    path.write_bytes(end.join(["party: 1", "b: "]).encode() + b"\xff")
    _, _, (finding,) = read_file(path)
    assert finding.span[:2] == (2, 4)
    assert finding_text(finding).splitlines()[1:3] == [
        "    b: \N{REPLACEMENT CHARACTER}",
        "       ^",
    ]


def test_nothing_is_shown_of_an_empty_line_or_one_past_the_end() -> None:
    assert excerpt("   ", 1, 2) == []
    finding = Finding("CP202", SourceText("x", "a"), Span(9, 1, 9, 1), "wrong")
    assert len(finding_text(finding).splitlines()) == 1


@examples(200)
@given(
    line=st.text(st.characters(exclude_characters="\n"), max_size=300),
    start=st.integers(1, 400),
    length=st.integers(0, 400),
)
def test_any_place_fits_into_80_columns(line: str, start: int, length: int) -> None:
    for shown in excerpt(line, start, start + length):
        assert len(shown) <= 82
