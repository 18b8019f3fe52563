"""The comparison against the naive evaluator, on random dossiers."""

from __future__ import annotations

from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from tests.conftest import examples
from tests.oracle.dossiers import Basis, PlainDossier, as_json, bases, dates, dossiers
from tests.oracle.naive import naive_diff
from tests.oracle.product import is_exact, load, report, results


def check(dossier: PlainDossier, groups: list[list[str]], as_of: str, basis: Basis) -> None:
    note("\n".join(as_json(file) for file in [dossier.agenda, *dossier.parties.values()]))
    loaded = load(dossier)
    for ids in groups:
        found = report(loaded, ids, as_of, basis)
        expected: dict[str, dict[str, Any]] = naive_diff(*dossier[::2], ids, as_of, basis)
        assert results(found, dossier.agenda) == expected, (ids, as_of, basis)
        assert is_exact(found)


@examples(150)
@given(dossiers(), dates(), bases(), st.data())
def test_all_parties_and_a_pair(
    dossier: PlainDossier, as_of: str, basis: Basis, data: st.DataObject
) -> None:
    everyone = list(dossier.parties)
    pair = data.draw(st.permutations(everyone))[:2]
    check(dossier, [everyone, pair], as_of, basis)
