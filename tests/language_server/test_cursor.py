"""Where a cursor stands, in files as they are half written; `¦` marks the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.language_server.cursor import ITEM, Cursor, cursor_at
from tests.conftest import examples
from tests.support import within


def at(text: str) -> Cursor:
    before, _, _ = text.partition("¦")
    lines = text.replace("¦", "", 1).split("\n")
    row = before.count("\n")
    return cursor_at(lines, row, len(before.rpartition("\n")[2]))


ENTRY = "positions:\n  pay-rise:\n    - since: 2025\n"
FOLDED = "a:\n  summary: >-\n    one: two\n    three\n"


@pytest.mark.parametrize(
    ("text", "path", "is_value", "word"),
    [
        ("¦", [], False, ""),
        ("par¦ty", [], False, "party"),
        ("party: uni¦on", ["party"], True, "union"),
        ("positions:\n  ¦", ["positions"], False, ""),
        ("positions:\n  pay¦-rise:\n", ["positions"], False, "pay-rise"),
        (f"{ENTRY}      de¦mands: 6", ["positions", "pay-rise", ITEM], False, "demands"),
        (f"{ENTRY}      demands: ¦", ["positions", "pay-rise", ITEM, "demands"], True, ""),
        (
            f"{ENTRY}      demands: [a, b¦",
            ["positions", "pay-rise", ITEM, "demands", ITEM],
            True,
            "b",
        ),
        (
            f"{ENTRY}      demands:\n        - a¦",
            ["positions", "pay-rise", ITEM, "demands", ITEM],
            True,
            "a",
        ),
        (f"{ENTRY}    - ¦", ["positions", "pay-rise", ITEM], True, ""),
        (f"{ENTRY}  wee¦kend:", ["positions"], False, "weekend"),
        (f"{ENTRY}      if: {{x: [a], ¦}}", ["positions", "pay-rise", ITEM, "if"], False, ""),
        (
            f"{ENTRY}      if: {{x: [a], y: ¦}}",
            ["positions", "pay-rise", ITEM, "if", "y"],
            True,
            "",
        ),
        ("positions:\n  x:\n  - since: 1\n    a: ¦", ["positions", "x", ITEM, "a"], True, ""),
        ("positions:\n  x:\n  - since: 1\n  y:\n  - ¦", ["positions", "y", ITEM], True, ""),
        ("a: {b: [c,\n  d¦", ["a", "b", ITEM], True, "d"),
        ("a: {b: [c],\n  d¦", ["a"], False, "d"),
        ("a: {b: {c: 1}, d: ¦", ["a", "d"], True, ""),
        ('a: "x: {"\nb: ¦', ["b"], True, ""),
        ("a: 1  # b: {\nc: ¦", ["c"], True, ""),
        ('"a b":\n  c: ¦', ["a b", "c"], True, ""),
        (f"{FOLDED}  ¦", ["a"], False, ""),
        (f"{FOLDED}b: ¦", ["b"], True, ""),
        ("evidence: {demands: [a], accepts: [¦]}", ["evidence", "accepts", ITEM], True, ""),
        ("a:\n  b: x\n\n  # note\n  c: d¦", ["a", "c"], True, "d"),
        ("a: b\r\nc:\r\n  d¦: 1\r\n", ["c"], False, "d"),
    ],
)
def test_the_keys_that_lead_to_a_cursor(
    text: str, path: list[str], is_value: bool, word: str
) -> None:
    found = at(text)
    assert (list(found.path), found.word) == (path, word)
    if path:
        assert found.is_value == is_value


SIGNS = st.text(st.sampled_from("ab:-[]{},\"'#|> \n\t&*!\\é\U0001f600\r"), max_size=60)


@examples(200)
@given(SIGNS, st.integers(0, 20), st.integers(0, 20))
def test_any_text_has_a_place_for_any_cursor(text: str, row: int, column: int) -> None:
    found = cursor_at(text.split("\n"), row, column)
    assert 0 <= found.start <= max(column, found.end)


@pytest.mark.parametrize(
    "line", ["a" + " " * 1_999, "a b  " * 400, '"' * 2_000, "{a," * 600, "- " * 1_000, "a: " * 600]
)
def test_no_line_takes_long(line: str) -> None:
    with within(1):
        cursor_at([line] * 500, 500, 0)
