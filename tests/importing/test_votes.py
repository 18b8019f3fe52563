"""Votes as positions: what a matrix counts is what counting the votes gives."""

from __future__ import annotations

import csv
import io
import tempfile
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.comparison.matrix import Matrix, matrix
from tests.conftest import examples
from tests.importing.support import Result, imported

# The real session is no part of this project; where it lies beside it, it is counted too.
SESSION = Path(__file__).parents[3] / "shared/data/un-votes/session-70.csv"
NAMED = {
    ("us", "ru"): (21, 73),
    ("us", "il"): (64, 73),
    ("no", "se"): (64, 73),
    ("us", "gb"): (46, 73),
    ("ru", "cn"): (52, 72),
}
MAPPED = {"vote": "demands", "date": "since", "document": "source"}
GIVEN = {
    "options": "yes; no; abstain",
    "basis": "stated",
    "status": "official",
    "publisher": "The assembly",
}

Votes = dict[tuple[str, str], str]
"""By state and roll call; an absence is no vote."""


@st.composite
def votes(draw: st.DrawFn) -> Votes:
    states = ["no", "na", "us", "null"][: draw(st.integers(2, 4))]
    rolls = [f"rc-{number}" for number in range(draw(st.integers(1, 5)))]
    cast = st.sampled_from(["yes", "no", "abstain", ""])
    drawn = {(state, roll): draw(cast) for state in states for roll in rolls}
    return {key: vote for key, vote in drawn.items() if vote} or {("no", "rc-0"): "no"}


def written(held: Votes) -> str:
    text = io.StringIO()
    rows = [[state, roll, f"R/{roll}", "2015-10-27", vote] for (state, roll), vote in held.items()]
    csv.writer(text).writerows([["party", "issue", "document", "date", "vote"], *rows])
    return text.getvalue()


def counted(held: Votes) -> dict[tuple[str, str], tuple[int, int]]:
    """Identical and differing votes of each two states, over roll calls in which both voted."""
    states = sorted({state for state, _ in held})
    found = {}
    for one, other in combinations(states, 2):
        both = [
            held[one, roll] == held[other, roll]
            for state, roll in held
            if state == one and (other, roll) in held
        ]
        found[one, other] = (sum(both), len(both) - sum(both))
    return found


def of_matrix(whole: Matrix) -> dict[tuple[str, str], tuple[int, int]]:
    return {pair.parties: (pair.overlap, pair.conflict) for pair in whole.pairs}


@examples(40)
@given(votes())
def test_identical_and_differing_votes(held: Votes) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        result = imported(Path(scratch), written(held), MAPPED, GIVEN)
    assert not result.log.skipped
    if len(result.dossier.parties) > 1:
        whole = matrix(result.dossier, as_of="2016")
        assert of_matrix(whole) == counted(held)
        assert all(pair.spoken == pair.overlap + pair.conflict for pair in whole.pairs)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Result:
    if not SESSION.exists():
        pytest.skip("the votes of the UN session are not beside this project")
    folder = tmp_path_factory.mktemp("session")
    return imported(folder, SESSION.read_bytes(), MAPPED, GIVEN, name=SESSION.name)


@pytest.mark.large
def test_a_session_of_the_un(session: Result) -> None:
    dossier = session.dossier
    assert (len(dossier.parties), len(dossier.issues)) == (193, 73)
    assert not session.log.skipped
    assert dossier.parties["no"].name == "Norway"
    assert dossier.parties["na"].name == "Namibia"
    assert (session.folder / "no.yaml").read_text("utf-8").startswith("party: no\nname: Norway\n")
    assert {issue.kind for issue in dossier.issues.values()} == {"choice"}


@pytest.mark.large
def test_the_pairs_that_the_readme_of_the_votes_names(session: Result) -> None:
    whole = matrix(session.dossier, as_of="2016-12")
    assert all(issue.conflict for issue in whole.issues), "a unanimous roll call"
    found = {frozenset(pair.parties): pair for pair in whole.pairs}
    counts = {pair: found[frozenset(pair)] for pair in NAMED}
    assert {key: (one.overlap, one.overlap + one.conflict) for key, one in counts.items()} == NAMED


@pytest.mark.large
def test_every_pair_against_pandas(session: Result) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas counts the votes a second time")
    # Else Namibia would be no value at all.
    cast = pandas.read_csv(SESSION, keep_default_na=False)
    wide = cast.pivot(index="party", columns="issue", values="vote")
    contested = wide.loc[:, wide.nunique() > 1]
    whole = matrix(session.dossier, as_of="2016-12", issues={*contested.columns})
    voted = contested.notna()
    same = {one: contested.eq(contested.loc[one]).sum(axis="columns") for one in wide.index}
    both = {one: (voted & voted.loc[one]).sum(axis="columns") for one in wide.index}
    for pair in whole.pairs:
        one, other = pair.parties
        assert pair.overlap == same[one][other]
        assert pair.overlap + pair.conflict == both[one][other]
