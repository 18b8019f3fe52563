"""Every number of a matrix is what the diff of that pair says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from claimpos import compare
from claimpos.comparison.matrix import IssueAmongMany, Matrix, Pair, matrix
from claimpos.dossier.limits import VARIABLE
from claimpos.errors import WrongUsage
from claimpos.rendering.matrix import matrix_document
from claimpos.rendering.renderers import rendered
from tests.conftest import examples
from tests.oracle.dossiers import Basis, PlainDossier, bases, dates, dossiers
from tests.oracle.product import load
from tests.support import short_dossier

AGENDA = {
    "war": {"options": ["on", "off"]},
    "peace": {"options": ["yes", "no"]},
    "tax": {"unit": "per cent"},
    "land": {"options": ["mine", "yours"], "items": ["hill", "dale"]},
    "moon": {"options": ["full", "new"]},
}
PARTIES = {
    "ann": {
        "war": {"demands": "on"},
        "peace": {"accepts": "yes"},
        "tax": {"demands": {"max": 4}},
        "land": {"demands": {"hill": "mine"}},
    },
    "bo": {
        "war": {"demands": "off"},
        "peace": {"proposes": "yes"},
        "tax": {"reserves": "The rate."},
    },
    "cy": {"peace": {"refuses": "no", "accepts": [{"outcome": "yes", "if": {"war": "on"}}]}},
}


@pytest.fixture
def small(tmp_path: Path) -> Matrix:
    return matrix(short_dossier(tmp_path, AGENDA, PARTIES), as_of="2025")


def test_counts_agreement_and_coverage(small: Matrix) -> None:
    assert small.parties == ("ann", "bo", "cy")
    assert small.pairs == (
        Pair(("ann", "bo"), overlap=1, conflict=1, unresolved=3, spoken=3),
        Pair(("ann", "cy"), overlap=0, conflict=0, unresolved=5, spoken=1),
        Pair(("bo", "cy"), overlap=0, conflict=1, unresolved=4, spoken=1),
    )
    assert [pair.agreement for pair in small.pairs] == [0.5, None, 0.0]
    assert [pair.coverage for pair in small.pairs] == [0.6, 0.2, 0.2]


def test_how_the_issues_stand(small: Matrix) -> None:
    told = [(one.issue.id, one.state, one.spoken) for one in small.issues]
    assert told == [
        ("war", "contested", ("ann", "bo")),
        ("peace", "contested", ("ann", "bo", "cy")),
        ("tax", "open", ("ann", "bo")),
        ("land", "one", ("ann",)),
        ("moon", "none", ()),
    ]


def test_pairs_that_agree_without_an_outcome_for_all_are_not_agreed(tmp_path: Path) -> None:
    options = ["x", "y", "z"]
    positions = {
        name: {"choice": {"accepts": both, "demands": both}}
        for name, both in (("ann", ["x", "y"]), ("bo", ["y", "z"]), ("cy", ["x", "z"]))
    }
    dossier = short_dossier(tmp_path, {"choice": {"options": options}}, positions)
    (issue,) = matrix(dossier, as_of="2025").issues
    assert (issue.overlap, issue.conflict, issue.state) == (3, 0, "open")
    (issue,) = matrix(dossier, ["ann", "bo"], "2025").issues
    assert issue.state == "agreed"


def test_what_most_have_no_position_on_is_not_acceptable_to_all(tmp_path: Path) -> None:
    agenda = {
        "choice": {"options": ["x", "y"]},
        "land": {"options": ["x", "y"], "items": ["hill", "dale"]},
    }
    both = {"choice": {"proposes": "x"}, "land": {"proposes": {"hill": "x", "dale": "x"}}}
    parties = {"ann": both, "bo": both, "cy": {"land": {"proposes": {"hill": "x"}}}, "di": {}}
    dossier = short_dossier(tmp_path, agenda, parties)
    whole = matrix(dossier, as_of="2025")
    assert [(one.state, one.heard) for one in whole.issues] == [("partly-agreed", 2)] * 2
    text = rendered(matrix_document(whole))
    assert "Acceptable to the parties with a position: 2 issues" in text
    assert "acceptable to the 2 of 4 with a position" in " ".join(text.split())
    three = matrix(dossier, ["ann", "bo", "cy"], "2025")
    assert [one.state for one in three.issues] == ["partly-agreed", "partly-agreed"]
    assert [one.state for one in matrix(dossier, ["ann", "bo"], "2025").issues] == ["agreed"] * 2


@pytest.mark.parametrize(
    ("clear", "issues", "few"),
    [(4, 40, True), (5, 40, False), (4, 10, True), (4, 9, True), (5, 9, False), (2, 4, False)],
)
def test_a_rate_that_rests_on_few_issues(clear: int, issues: int, few: bool) -> None:
    assert Pair(("ann", "bo"), clear, 0, issues - clear, issues).few is few


def test_some_issues_only(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, PARTIES)
    (pair,) = matrix(dossier, ["bo", "ann"], "2025", issues={"war"}).pairs
    assert pair == Pair(("bo", "ann"), overlap=0, conflict=1, unresolved=0, spoken=1)


def test_a_party_alone_is_no_matrix(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, {"ann": PARTIES["ann"]})
    with pytest.raises(WrongUsage, match="at least two"):
        matrix(dossier)


@examples(40)
@given(dossiers(min_parties=3), dates(), bases())
def test_every_number_is_that_of_the_diff(plain: PlainDossier, as_of: str, basis: Basis) -> None:
    dossier = load(plain)
    whole = matrix(dossier, None, as_of, basis)
    per_issue = {issue: Counter[str]() for issue in dossier.issues}
    for pair in whole.pairs:
        comparison = compare(dossier, pair.parties, as_of, basis)
        counts = {key: getattr(pair, key) for key in ("overlap", "conflict", "unresolved")}
        assert counts == dict(comparison.summary)
        both = [all(issue.positions.values()) for issue in comparison.issues]
        assert pair.spoken == sum(both)
        for issue in comparison.issues:
            per_issue[issue.issue.id][issue.verdict] += 1
    for one in whole.issues:
        assert counted(one) == per_issue[one.issue.id]
        check_state(one, whole, as_of)


def counted(one: IssueAmongMany) -> Counter[str]:
    return Counter(overlap=one.overlap, conflict=one.conflict, unresolved=one.unresolved)


def check_state(one: IssueAmongMany, whole: Matrix, as_of: str) -> None:
    """The state against diffs of those who have spoken."""
    if len(one.spoken) < 2:
        assert one.state == ("one" if one.spoken else "none")
        return
    comparison = compare(whole.dossier, one.spoken, as_of, whole.basis, {one.issue.id})
    cells = comparison.issues[0].cells
    heard = [len(one.spoken) - len(cell.case.silent) for cell in cells]
    assert one.heard == min(heard, default=len(one.spoken))
    verdicts = {
        cell.without_silent.verdict if cell.without_silent else cell.verdict for cell in cells
    }
    if one.conflict:
        assert one.state == "contested"
    elif verdicts == {"overlap"}:
        enough = 4 * one.heard >= 3 * len(whole.parties)
        assert one.state == ("agreed" if enough else "partly-agreed")
    else:
        assert one.state == "open"


def test_a_matrix_has_no_more_pairs_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of them is compared before they are counted."""
    dossier = short_dossier(tmp_path, AGENDA, PARTIES)
    monkeypatch.setenv(VARIABLE, "party-pairs=3")
    assert len(matrix(dossier, as_of="2025").pairs) == 3
    monkeypatch.setenv(VARIABLE, "party-pairs=2")
    monkeypatch.setattr("claimpos.comparison.matrix.PackedMatrix", None)
    with pytest.raises(WrongUsage, match=r"2 pairs of parties.*CLAIMPOS_LIMITS=party-pairs=…"):
        matrix(dossier, as_of="2025")
