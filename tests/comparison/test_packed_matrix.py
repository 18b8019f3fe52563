"""All issues of two parties at once: the same verdicts as one issue after the other."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.comparison.matrix import matrix
from claimpos.comparison.packed_matrix import PackedMatrix
from claimpos.comparison.table import PositionTable
from claimpos.dossier.dates import day_of
from tests.support import TALKS, short_dossier


@pytest.mark.parametrize("as_of", ["2022-03", "2024-06", "2025-03-14", "2025-11-30", "2026-03"])
def test_a_large_dossier(as_of: str) -> None:
    dossier = load_dossier(TALKS)
    for pair in matrix(dossier, as_of=as_of).pairs:
        summary = dict(compare(dossier, pair.parties, as_of).summary)
        counted = (pair.overlap, pair.conflict, pair.unresolved)
        assert counted == (summary["overlap"], summary["conflict"], summary["unresolved"])


def test_lanes_do_not_run_into_each_other(tmp_path: Path) -> None:
    """Widths of every size side by side, full and empty packed next to each other."""
    agenda: dict[str, Any] = {
        f"i{size}": {"options": [f"o{at}" for at in range(size)]} for size in range(2, 12)
    }
    agenda["land"] = {"options": ["mine", "yours"], "items": [f"t{at}" for at in range(9)]}
    agenda["toll"] = {"unit": "francs", "integer": True}
    parties: dict[str, Any] = {
        "every": {
            f"i{size}": {"accepts": [f"o{at}" for at in range(size)]} for size in range(2, 12)
        }
        | {"land": {"demands": {"all": "mine"}}, "toll": {"demands": [1, 2, {"min": 9}]}},
        "last": {f"i{size}": {"demands": f"o{size - 1}"} for size in range(2, 12)}
        | {"land": {"accepts": {"t0": "mine", "t8": "yours"}}, "toll": {"demands": {"max": 1}}},
        "not": {f"i{size}": {"refuses": [f"o{at}" for at in range(size)]} for size in range(2, 12)}
        | {"land": {"refuses": {"t8": "mine"}}, "toll": {"refuses": {"min": 0}}},
        "mute": {},
    }
    dossier = short_dossier(tmp_path, agenda, parties)
    issues = list(dossier.issues.values())
    table = PositionTable(dossier, list(parties), day_of("2025"))
    packed = PackedMatrix(table, issues, most=6)
    for pair in combinations(parties, 2):
        one, other = map(packed.stances, pair)
        found = packed.compare(one, other)
        verdicts = {one.issue.id: one.verdict for one in compare(dossier, pair, "2025").issues}
        for name, bits in (("overlap", found.overlap), ("conflict", found.conflict)):
            named = [issue.id for issue, _ in packed.issues_in(bits)]
            assert named == [issue for issue, verdict in verdicts.items() if verdict == name]
        assert not found.pending


def test_counts_are_those_of_the_bits_added_up(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, {"a": {"options": ["x", "y"]}, "b": {"unit": "km"}}, {})
    issues = list(dossier.issues.values())
    packed = PackedMatrix(PositionTable(dossier, [], day_of("2025")), issues, most=100)
    (_, first), (_, second) = packed.issues_in(-1)
    assert packed.counts(100 * first + 99 * second) == [100, 99]
    assert packed.counts(0) == [0, 0]
