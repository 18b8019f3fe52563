"""Balanced packages where an offer has many terms: the search and the enumerator say the same.

What a party gives then depends on all of its terms. Random dossiers rarely have such an offer.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given, note
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.comparison.table import PositionTable
from claimpos.deals.balance import balanced
from claimpos.deals.clock import Clock
from claimpos.deals.problem import problem_of
from claimpos.dossier.dates import day_of
from tests.conftest import examples
from tests.deals.balance_enumerator import BalanceEnumerator
from tests.oracle.cases import dossier_of
from tests.oracle.dossiers import write_dossier
from tests.support import within

DAY = "2025-03-14"
ISSUES = [f"i{at}" for at in range(6)]
AGENDA: dict[str, Any] = {
    issue: {"options": ["a", "b", "c"][: 2 + at % 2]} for at, issue in enumerate(ISSUES)
}
OFFERS: dict[str, Any] = {"offers": {"package": {}}}


@st.composite
def position(draw: st.DrawFn, issue: str, is_offered: bool) -> dict[str, Any]:
    """What a party says on an issue, where a price of its own may be what it does not want."""
    outcomes = draw(st.permutations(AGENDA[issue]["options"]))
    verb = draw(st.sampled_from(["demands", "proposes", "accepts", "accepts", "refuses"]))
    entry: dict[str, Any] = {verb: outcomes[0]}
    if verb == "demands" and draw(st.booleans()):
        entry["accepts"] = outcomes[1]
    if verb == "proposes" and draw(st.booleans()):
        entry["refuses"] = outcomes[1]
    if is_offered and draw(st.integers(0, 5)):
        entry["offer"] = "package"
    elif verb == "accepts" and draw(st.booleans()):
        other = draw(st.sampled_from([one for one in ISSUES if one != issue]))
        entry["accepts"] = [{"outcome": outcomes[0], "if": {other: "a"}}]
    if draw(st.integers(0, 3)) == 0:
        entry["priority"] = "high"
    return entry


@st.composite
def negotiations(draw: st.DrawFn) -> dict[str, Any]:
    offering = draw(st.sampled_from([["ann"], ["ann", "bo"]]))
    parties = {
        party: {
            issue: draw(position(issue, party in offering))
            for issue in ISSUES
            if draw(st.integers(0, 6))
        }
        for party in ("ann", "bo")
    }
    used = [one for one in parties if any("offer" in entry for entry in parties[one].values())]
    files = {one: {**OFFERS} for one in used}
    plan = {issue: draw(st.sampled_from(AGENDA[issue]["options"])) for issue in ISSUES}
    if draw(st.booleans()):
        files.setdefault("ann", {})["answers"] = {"plan": [{"says": "accepts"}]}
    return {"agenda": AGENDA, "parties": parties, "files": files, "proposals": {"plan": plan}}


@examples(150)
@given(negotiations(), st.booleans())
def test_balanced_packages_with_a_large_offer(case: dict[str, Any], keep: bool) -> None:
    plain = dossier_of(case)
    note(f"{case['parties']}")
    ids = ["ann", "bo"]
    slow = BalanceEnumerator(
        plain.agenda, plain.parties, ids, DAY, (), (), plain.sources, plain.proposals
    )
    truth = slow.balanced(keep)
    assume(truth is not None)
    assert truth is not None
    with TemporaryDirectory() as folder:
        write_dossier(Path(folder), *plain)
        dossier = load_dossier(folder)
    found = balanced(problem_of(PositionTable(dossier, ids, day_of(DAY)), {}), Clock(None), keep)
    assert found.proved
    assert list(found.from_the_top) == [int(2 * one) for one in truth.from_the_top]
    assert (found.patterns, found.high) == (len(truth.by_pattern), truth.high)
    assert {one: set(both) for one, both in found.totals.items()} == {
        one: {int(2 * min(some)), int(2 * max(some))} for one, some in truth.totals.items()
    }


def test_an_offer_of_twenty_terms(tmp_path: Path) -> None:
    """It takes or leaves all of them: 3^20 combinations are not gone through."""
    issues = [f"i{at}" for at in range(20)]
    agenda = {issue: {"options": ["a", "b", "c"]} for issue in issues}
    offered = {issue: {"accepts": "a", "offer": "package"} for issue in issues}
    wanted = {issue: {"demands": "a" if at else "b"} for at, issue in enumerate(issues)}
    case = {"agenda": agenda, "parties": {"ann": offered, "bo": wanted}, "files": {"ann": OFFERS}}
    write_dossier(tmp_path, *dossier_of(case))
    dossier = load_dossier(tmp_path)
    with within(2):
        problem = problem_of(PositionTable(dossier, ["ann", "bo"], day_of(DAY)), {})
        found = balanced(problem, Clock(None))
    assert found.proved
    assert found.from_the_top == (2, 0)
