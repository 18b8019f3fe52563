"""The comparison against the naive evaluator, on random dossiers.

`python -m tests.oracle.compare` looks further, and prints what it finds so that one can read it.
"""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.conftest import examples, times
from tests.oracle.compare import check, groups_of_parties
from tests.oracle.dossiers import FEATURES, Basis, PlainDossier, bases, dates, dossiers

IS_THOROUGH = times(1) > 1


@examples(100)
@given(dossiers(), dates(), bases(), st.data())
def test_entries_of_one_early_day(
    dossier: PlainDossier, as_of: str, basis: Basis, data: st.DataObject
) -> None:
    check(dossier, groups_of_parties(dossier, data), as_of, basis)


@settings(max_examples=times(1500 if IS_THOROUGH else 150))
@given(dates(), bases(), st.data())
def test_every_feature(as_of: str, basis: Basis, data: st.DataObject) -> None:
    features = data.draw(st.sampled_from([FEATURES, *([one] for one in FEATURES)]))
    dossier = data.draw(dossiers(features=features))
    check(dossier, groups_of_parties(dossier, data), as_of, basis)
    event(" ".join(features))
