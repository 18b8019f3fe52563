"""Which lines of a file are new, however many there are, and however alike."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.curating.changed_lines import new_lines, unified_diff
from tests.conftest import examples
from tests.support import within

FACTS = ["    source: harbour-news", "    basis: reported"]


def statements(ids: range) -> list[str]:
    return [f"{line}\n" for at in ids for line in (f"  s{at}:", *FACTS)]


lines = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "\n"]), max_size=12)


@given(old=lines, new=lines)
@examples(400)
def test_a_diff_makes_the_new_of_the_old(old: list[str], new: list[str]) -> None:
    """With three lines around each change, all others are the same."""
    changes = [*unified_diff(old, new, "a", "b")]
    assert (changes == []) == (old == new)
    added = [new[at] for at in sorted(new_lines(old, new))]
    assert added == [line[1:] for line in changes[2:] if line[0] == "+"]
    gone = sum(line[0] == "-" for line in changes[2:])
    assert len(old) - gone + len(added) == len(new)


@pytest.mark.parametrize("at", range(8))
def test_it_is_the_diff_of_difflib(at: int) -> None:
    old = statements(range(7))
    new = [*old[: 3 * at], *statements(range(90, 92)), *old[3 * at :]]
    for one, other in ((old, new), (new, old), ([], new), (old, [])):
        expected = [*difflib.unified_diff(one, other, "a", "b")]
        assert [*unified_diff(one, other, "a", "b")] == expected


def test_lines_that_are_alike_take_no_time() -> None:
    """One statement among many, and one behind each of them."""
    old = statements(range(20_000))
    new = [line for at in range(20_000) for line in statements(range(at, at + 100_001, 100_000))]
    among = [*old[:33_000], *statements(range(90_000, 90_001)), *old[33_000:]]
    with within(4):
        assert len(new_lines(old, new)) == 60_000
        assert new_lines(old, among) == {33_000, 33_001, 33_002}
        assert len([*unified_diff(old, among, "a", "b")]) == 12
