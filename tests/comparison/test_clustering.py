"""The order by agreement: neighbours are alike, nothing else of the matrix changes."""

from __future__ import annotations

import random
import sys
from itertools import combinations, pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given

from claimpos.comparison.matrix import Matrix, by_agreement, matrix
from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from tests.conftest import examples
from tests.oracle.dossiers import PlainDossier, dates, dossiers
from tests.oracle.product import load
from tests.support import short_dossier

pytest.importorskip("scipy", reason="scipy is not installed: claimpos[cluster]")

ISSUES = [f"i{number}" for number in range(8)]


def on_a_line(folder: Path, places: dict[str, int]) -> Dossier:
    """Parties whose demands differ on as many issues as their places are apart; -1 is silent."""
    agenda = {issue: {"options": ["x", "y"]} for issue in ISSUES}
    parties = {
        party: {
            issue: {"demands": "x" if at < place else "y"}
            for at, issue in enumerate(ISSUES)
            if place >= 0
        }
        for party, place in places.items()
    }
    return short_dossier(folder, agenda, parties)


def test_neighbours_are_alike(tmp_path: Path) -> None:
    dossier = on_a_line(tmp_path, {"a": 6, "b": 0, "c": 5, "d": 1, "e": 8, "f": 2})
    assert by_agreement(matrix(dossier, as_of="2025")).parties == ("b", "d", "f", "c", "a", "e")


def test_who_has_settled_nothing_comes_last(tmp_path: Path) -> None:
    dossier = on_a_line(tmp_path, {"a": -1, "b": 6, "c": 0, "d": -1, "e": 7})
    assert by_agreement(matrix(dossier, as_of="2025")).parties == ("c", "b", "e", "a", "d")


def test_it_begins_with_the_end_that_was_named_first(tmp_path: Path) -> None:
    dossier = on_a_line(tmp_path, {"a": 4, "b": 0, "c": 8})
    found = {by_agreement(matrix(dossier, order, "2025")).parties for order in permutations("abc")}
    assert found == {("b", "a", "c"), ("c", "a", "b")}


def test_two_parties_need_no_order(tmp_path: Path) -> None:
    dossier = on_a_line(tmp_path, {"b": 4, "a": 0})
    plain = matrix(dossier, ["b", "a"], "2025")
    assert by_agreement(plain) == plain


def test_without_scipy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = on_a_line(tmp_path, {"a": 4, "b": 0, "c": 8})
    monkeypatch.setitem(sys.modules, "scipy.cluster.hierarchy", None)
    with pytest.raises(WrongUsage, match=r"pip install 'claimpos\[cluster\]'"):
        by_agreement(matrix(dossier, as_of="2025"))


@examples(40)
@given(dossiers(min_parties=3), dates())
def test_only_the_order_changes(plain: PlainDossier, as_of: str) -> None:
    before = matrix(load(plain), None, as_of)
    after = by_agreement(before)
    assert sorted(after.parties) == sorted(before.parties)
    assert [pair.parties for pair in after.pairs] == [*combinations(after.parties, 2)]
    assert by_pair(after) == by_pair(before)
    again = matrix(before.dossier, after.parties, as_of)
    assert after == again
    assert by_agreement(before) == after


def by_pair(found: Matrix) -> dict[frozenset[str], tuple[int, ...]]:
    return {frozenset(pair.parties): pair[1:] for pair in found.pairs}


def test_no_random_order_has_nearer_neighbours(tmp_path: Path) -> None:
    places = {f"p{at}": place for at, place in enumerate(random.Random(1).sample(range(9), 9))}
    found = by_agreement(matrix(on_a_line(tmp_path, places), as_of="2025"))
    apart = {frozenset(pair.parties): 1 - (pair.agreement or 0) for pair in found.pairs}
    best = path_length(found.parties, apart)
    dice = random.Random(2)
    for _ in range(500):
        other = dice.sample(found.parties, len(found.parties))
        assert path_length(other, apart) >= best - 1e-9


def path_length(order: tuple[str, ...] | list[str], apart: dict[frozenset[str], float]) -> float:
    return sum(apart[frozenset(pair)] for pair in pairwise(order))
