"""What a matrix may call acceptable to all, by hand-made examples."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from .cases import dossier_of
from .matrix import acceptable_to, naive_pair
from .naive import NaiveComparison, naive_comparison

AGENDA = {
    "status": {"options": ["x", "y"]},
    "regions": {"items": ["north", "south"], "options": ["ours", "theirs"]},
}


def compared(
    parties: dict[str, Any], files: dict[str, Any] | None = None, ids: list[str] | None = None
) -> NaiveComparison:
    agenda, sources, described, proposals = dossier_of(
        {"agenda": AGENDA, "parties": parties, "files": files or {}}
    )
    ids = ids or list(described)
    return naive_comparison(agenda, described, ids, "2025-03-14", "inferred", sources, proposals)


X = {"status": {"accepts": "x"}}


@pytest.mark.parametrize(
    ("parties", "speaking", "enough"),
    [
        ({"a": X, "b": X, "c": X, "d": {}}, ["a", "b", "c"], True),
        ({"a": X, "b": X, "c": {}}, ["a", "b"], False),
        ({"a": X, "b": {}, "c": {}, "d": {}, "e": {}, "f": {}, "g": {}, "h": X}, ["a", "h"], False),
        # A position that leaves everything open is one, and no yes.
        ({"a": X, "b": X, "c": X, "d": {"status": {"reserves": "All of it."}}}, [], False),
        ({"a": X, "b": X, "c": X, "d": {"status": {"demands": "y"}}}, [], False),
        ({"a": {}, "b": {}}, [], False),
    ],
)
def test_three_quarters(parties: dict[str, Any], speaking: list[str], enough: bool) -> None:
    assert acceptable_to(compared(parties), "status") == (speaking, enough)


def test_a_position_on_each_cell() -> None:
    north = {"regions": {"accepts": {"north": "ours"}}}
    everywhere = {"regions": {"accepts": {"all": "ours"}}}
    four = compared({"a": everywhere, "b": everywhere, "c": everywhere, "d": north})
    assert acceptable_to(four, "regions") == (["a", "b", "c"], True)
    three = compared({"a": everywhere, "b": everywhere, "c": north})
    assert acceptable_to(three, "regions") == (["a", "b"], False)
    # What nobody names is no cell.
    assert acceptable_to(compared({"a": north, "b": north}), "regions") == (["a", "b"], True)


def test_a_group_and_those_for_whom_it_speaks_count_once() -> None:
    files = {"g": {"members": ["m", "n"], "speaks-for-members": True}}
    parties = {"g": X, "m": {}, "n": {}, "a": X, "b": {}}
    assert acceptable_to(compared(parties, files), "status") == (["g", "m", "n", "a"], False)
    parties["n"] = {"status": {"demands": "x"}}
    assert acceptable_to(compared(parties, files), "status") == (["g", "m", "n", "a"], True)


def test_one_voice_stays_out_of_the_rate_of_agreement() -> None:
    files = {"g": {"members": ["m"], "speaks-for-members": True}}
    group = {"status": {"demands": "x"}, "regions": {"demands": {"all": "ours"}}}
    own = {"regions": {"demands": {"north": "theirs"}}}
    pair = naive_pair(compared({"g": group, "m": own}, files))
    assert pair.counts == {"overlap": 1, "conflict": 1, "unresolved": 0, "silent": 0}
    assert (pair.agreement, pair.clear) == (Fraction(0), 1)
    silent = naive_pair(compared({"g": group, "m": {}}, files))
    assert (silent.agreement, silent.clear) == (None, 0)
    stranger = compared({"g": group, "m": {}, "a": X}, files, ["m", "a"])
    assert naive_pair(stranger).agreement == 1
