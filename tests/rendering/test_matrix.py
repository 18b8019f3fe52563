"""A matrix as text: a square for few parties, the ends of the list for many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claimpos.comparison.matrix import Matrix, Pair, matrix
from claimpos.rendering.matrix import closest_first, matrix_document, per_cent
from claimpos.rendering.renderers import rendered
from tests.support import short_dossier

ISSUES = {f"i{number}": {"options": ["x", "y"]} for number in range(14)}


def on_a_line(folder: Path, count: int) -> Matrix:
    """Parties p0, p1, … of which each two differ on as many issues as their numbers do."""
    parties = {
        f"p{place}": {
            issue: {"demands": "x" if at < place else "y"} for at, issue in enumerate(ISSUES)
        }
        for place in range(count)
    }
    return matrix(short_dossier(folder, ISSUES, parties), as_of="2025")


def test_a_dozen_parties_make_a_square(tmp_path: Path) -> None:
    text = rendered(matrix_document(on_a_line(tmp_path, 12)))
    assert "AGREEMENT RATE (%)" in text
    assert re.search(r"^4 P11 +21 +29 +93 +36 +43 +50 +57 +64 +71 +79 +86 *$", text, re.MULTILINE)
    assert text.count(" – ") - text.count("; – where") == 66
    assert max(map(len, text.splitlines())) <= 80


def test_of_more_parties_the_ends_are_shown(tmp_path: Path) -> None:
    text = rendered(matrix_document(on_a_line(tmp_path, 13)))
    assert "AGREEMENT RATE (%)" not in text
    closest, furthest = text.split("THE 10 CLOSEST PAIRS")[1].split("THE 10 FURTHEST PAIRS")
    assert closest.count(" – ") == 10
    assert furthest.split("BY ISSUE")[0].count(" – ") == 10
    assert closest.split("\n")[4].split() == [
        "P0",
        "–",
        "P1",
        "13",
        "1",
        "0",
        "93%",
        "(14)",
        "100%",
    ]
    assert furthest.split("\n")[4].split()[:5] == ["P0", "–", "P12", "2", "12"]


def test_nothing_settled_at_all(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, ISSUES, {"ann": {}, "bo": {}})
    text = rendered(matrix_document(matrix(dossier, as_of="2025")))
    assert "Neither an overlap nor a conflict between: Ann – Bo." in text
    assert "No party has a position: 14 issues" in text


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, "–"), (0.0, "0%"), (0.001, "1%"), (0.285, "28%"), (0.999, "99%"), (1.0, "100%")],
)
def test_only_all_is_a_hundred_and_only_none_is_nought(share: float | None, shown: str) -> None:
    assert per_cent(share) == shown


def test_of_equal_pairs_those_with_more_behind_them_stand_further_out() -> None:
    pairs = [
        Pair(("a", "b"), overlap=1, conflict=0, unresolved=9, spoken=1),
        Pair(("a", "c"), overlap=5, conflict=0, unresolved=5, spoken=5),
        Pair(("a", "d"), overlap=0, conflict=4, unresolved=6, spoken=4),
        Pair(("a", "e"), overlap=0, conflict=1, unresolved=9, spoken=1),
        Pair(("a", "f"), overlap=0, conflict=0, unresolved=10, spoken=0),
        Pair(("a", "g"), overlap=3, conflict=3, unresolved=4, spoken=6),
    ]
    assert "".join(pair.parties[1] for pair in closest_first(pairs)) == "cgbed"
