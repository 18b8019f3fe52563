"""How far apart parties are on a quantity, whatever the dossier says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from claimpos import compare
from claimpos.comparison.distances import Apart
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.outcomes import Number, Range
from tests.conftest import examples
from tests.oracle.dossiers import PlainDossier, dates, dossiers
from tests.oracle.product import load
from tests.support import short_dossier

random_dossiers = examples(50)


def all_pairs(dossier: Any, ids: list[str], as_of: str) -> dict[tuple[str, frozenset[str]], Apart]:
    """Each pair of sides that are apart, by the issue and the parties of both."""
    return {
        (cell.cell.issue, frozenset({*apart.some, *apart.others})): apart
        for issue in compare(dossier, ids, as_of).issues
        for cell in issue.cells
        for apart in cell.apart
    }


@random_dossiers
@given(dossiers(), dates())
def test_apart_is_symmetric(plain: PlainDossier, as_of: str) -> None:
    dossier, ids = load(plain), list(plain.parties)
    there = all_pairs(dossier, ids, as_of)
    back = all_pairs(dossier, ids[::-1], as_of)
    assert {key: one.distance for key, one in there.items()} == {
        key: one.distance for key, one in back.items()
    }


@random_dossiers
@given(dossiers(), dates())
def test_parties_are_0_apart_only_where_their_ranges_touch(plain: PlainDossier, as_of: str) -> None:
    for (_, _), apart in all_pairs(load(plain), list(plain.parties), as_of).items():
        low, high = sorted(apart.nearest[1:], key=begins)
        assert touch(low, high) == (apart.distance == 0)
        assert apart.distance >= 0


def begins(stretch: Range) -> tuple[bool, Number, bool]:
    return stretch.low is not None, stretch.low or 0, stretch.low_open


def touch(low: Range, high: Range) -> bool:
    return low.high == high.low and (low.high_open or high.low_open)


@random_dossiers
@given(dossiers(), dates())
def test_figures_are_apart_only_where_nothing_is_acceptable_to_all(
    plain: PlainDossier, as_of: str
) -> None:
    for issue in compare(load(plain), list(plain.parties), as_of).issues:
        for cell in issue.cells:
            assert not (cell.apart and cell.verdict == "overlap")
            if cell.reason == "apart":
                assert cell.apart


def test_that_figures_are_apart_takes_few_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The briefing judges it anew on each day on which a party moves."""
    parties = {f"p{at}": {"q": {"accepts": [at, at + 0.2, at + 0.4]}} for at in range(60)}
    dossier = short_dossier(tmp_path, {"q": {"unit": "t"}}, parties)
    monkeypatch.setenv(VARIABLE, "condition-steps=5000")
    (verdict,) = compare(dossier, list(parties), "2025").issues
    assert verdict.reason == "apart"
