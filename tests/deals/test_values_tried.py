"""One price, about which two parties want opposite things: whether there is a zone of agreement."""

from __future__ import annotations

import itertools
import math
import random
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from claimpos.deals.search import Deals, find_deals
from claimpos.rendering.deals import answer_in_words
from claimpos.rendering.deals_report import deals_report
from tests.conftest import examples
from tests.deals.test_cases_of_votes import validated
from tests.support import EVIDENCE, short_dossier

NONE = "By the parties' own points, no package is acceptable."


def found_at(top: int, seller: int, buyer: int, integer: bool, where: Path) -> Deals:
    """Both accept any price up to `top`; each has 100 points at its best, and 0 at its worst."""
    scales = {
        "seller": ({"0": 0, str(top): 100}, seller),
        "buyer": ({"0": 100, str(top): 0}, buyer),
    }
    agenda = {"price": {"unit": "euros", "integer": integer}, "pet": {"options": ["cat", "dog"]}}
    both = {"price": {"accepts": {"min": 0, "max": top}}, "pet": {"accepts": "cat"}}
    besides: dict[str, Any] = {
        party: {"worth": {"evidence": [EVIDENCE], "issues": {"price": scale}, "at-least": asked}}
        for party, (scale, asked) in scales.items()
    }
    dossier = short_dossier(where, agenda, dict.fromkeys(scales, both), {}, besides)
    return find_deals(dossier, list(scales), "2025-03-14", time_limit=None)


def is_possible(top: int, seller: int, buyer: int, integer: bool) -> bool:
    low, high = Fraction(seller * top, 100), Fraction((100 - buyer) * top, 100)
    return math.ceil(low) <= math.floor(high) if integer else low <= high


@examples(25, thorough=400)
@given(
    top=st.sampled_from([10, 150, 199, 200, 201, 300, 1_000, 7_777]),
    seller=st.integers(30, 70),
    room=st.integers(-2, 3),
    integer=st.booleans(),
)
@example(top=200, seller=75, room=-50, integer=True)
@example(top=100, seller=52, room=5, integer=False)
@example(top=1_000, seller=52, room=5, integer=True)
def test_a_zone_of_agreement_is_found(top: int, seller: int, room: int, integer: bool) -> None:
    buyer = 100 - seller - room
    with tempfile.TemporaryDirectory() as folder:
        found = found_at(top, seller, buyer, integer, Path(folder))
    assert (found.answer == "agreed") == is_possible(top, seller, buyer, integer)
    assert found.proved


@pytest.mark.parametrize(
    ("top", "integer", "is_sampled"), [(200, True, False), (201, True, True), (100, False, True)]
)
def test_it_is_told_where_not_all_values_are_tried(
    top: int, integer: bool, is_sampled: bool, tmp_path: Path
) -> None:
    found = found_at(top, 80, 30, integer, tmp_path)
    assert (answer_in_words(found) != NONE) == is_sampled
    report = validated(deals_report(found), "deals")
    assert [one["issue"] for one in report["sampled"]] == ["price"] * is_sampled


@st.composite
def briefs(draw: st.DrawFn) -> dict[str, tuple[list[list[int]], int]]:
    """By party, its points for each option of six issues, and what it asks for at least.

    That is about what it has in some package, so that there are few others, if any.
    """
    number = draw(st.sampled_from([3, 4]))
    thrown = random.Random(draw(st.integers(0, 2**32)))
    package = [thrown.randrange(5) for _ in range(6)]
    found = {}
    for party in ("ann", "bo", "cy", "dee")[:number]:
        scales = [[thrown.randrange(40) for _ in range(5)] for _ in range(6)]
        has = sum(scale[at] for scale, at in zip(scales, package, strict=True))
        found[party] = scales, max(has, 105) + thrown.choice([0, 0, 3, 6])
    return found


@examples(12, thorough=200)
@given(asked=briefs())
def test_what_a_package_leaves_out_may_turn_out_in_any_way(
    asked: dict[str, tuple[list[list[int]], int]],
) -> None:
    """Nobody has a position but on the first issue, where all of the first option is accepted."""
    agenda = {f"x{at}": {"options": [f"o{one}" for one in range(5)]} for at in range(6)}
    besides: dict[str, Any] = {
        party: {
            "worth": {
                "evidence": [EVIDENCE],
                "at-least": least,
                "issues": {
                    issue: {f"o{one}": points for one, points in enumerate(scale)}
                    for issue, scale in zip(agenda, scales, strict=True)
                },
            }
        }
        for party, (scales, least) in asked.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        positions = {party: {"x0": {"accepts": "o0"}} for party in asked}
        dossier = short_dossier(Path(folder), agenda, positions, {}, besides)
    found = find_deals(dossier, list(asked), "2025-03-14", time_limit=None)
    enough = [
        package
        for package in itertools.product(range(5), repeat=6)
        if all(
            sum(scale[at] for scale, at in zip(scales, package, strict=True)) >= least
            for scales, least in asked.values()
        )
    ]
    is_signed = any(package[0] == 0 for package in enough)
    assert found.proved
    assert (found.concessions is not None) == bool(enough)
    assert found.now is not None
    assert found.now.size == is_signed or not found.now.proved
    event(f"signed: {is_signed}; proven: {found.now.proved}")
