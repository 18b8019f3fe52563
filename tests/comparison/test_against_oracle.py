"""The comparison against the naive evaluator, on random dossiers.

`python -m tests.oracle.compare` looks further, and prints what it finds so that one can read it.
"""

from __future__ import annotations

from hypothesis import event, given
from hypothesis import strategies as st

from tests.conftest import examples
from tests.oracle.compare import check, groups_of_parties
from tests.oracle.dossiers import FEATURES, Basis, PlainDossier, bases, dates, dossiers


@examples(100)
@given(dossiers(), dates(), bases(), st.data())
def test_entries_of_one_early_day(
    dossier: PlainDossier, as_of: str, basis: Basis, data: st.DataObject
) -> None:
    check(dossier, groups_of_parties(dossier, data), as_of, basis)


@examples(150, thorough=15_000)
@given(dates(), bases(), st.data())
def test_every_feature(as_of: str, basis: Basis, data: st.DataObject) -> None:
    features = data.draw(st.sampled_from([FEATURES, *([one] for one in FEATURES)]))
    dossier = data.draw(dossiers(features=features))
    check(dossier, groups_of_parties(dossier, data), as_of, basis)
    event(" ".join(features))
