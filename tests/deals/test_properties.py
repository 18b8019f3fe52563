"""What must hold of the deals of every dossier, without looking at how they are found."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given

from claimpos import compare
from claimpos.deals import choices
from claimpos.deals.assessment import assess
from claimpos.deals.problem import Position
from claimpos.deals.search import Deals, find_deals
from claimpos.dossier.model import Cell, Dossier
from claimpos.rendering.deals_report import deals_report
from claimpos.rendering.saved_proposals import package_text
from claimpos.validation.gate import load_proposal
from tests.conftest import examples
from tests.deals.enumerator import conflict_sets
from tests.deals.random_dossiers import DAY, is_group_and_member, negotiations
from tests.deals.same_deals import positions
from tests.oracle.dossiers import PlainDossier
from tests.oracle.product import load

some = examples(12)


def deals(dossier: Dossier, ids: list[str], **options: Any) -> Deals:
    return find_deals(dossier, ids, DAY, time_limit=None, **options)


def has_conditions(plain: PlainDossier) -> bool:
    return any(
        isinstance(member, dict) and {"if", "subject-to"} & member.keys()
        for party in plain.parties.values()
        for entries in party["positions"].values()
        for entry in entries
        for member in (
            entry["accepts"] if isinstance(entry.get("accepts"), list) else [entry.get("accepts")]
        )
    )


@some
@given(negotiations())
def test_a_conflict_is_blocked_and_without_conditions_nothing_else_is(plain: PlainDossier) -> None:
    dossier, ids = load(plain), list(plain.parties)
    assume(not is_group_and_member(plain, ids))  # which are not compared where they speak as one
    summary = compare(dossier, ids, DAY).summary
    answer = deals(dossier, ids).answer
    if summary["conflict"]:
        assert answer == "blocked"
    elif not has_conditions(plain):
        assert answer != "blocked"


@some
@given(negotiations())
def test_ways_out_and_conflict_sets_hit_each_other(plain: PlainDossier) -> None:
    for point in deals(load(plain), list(plain.parties), everything=True).sticking_points:
        ways = {positions(move.position for move in way.moves) for way in point.ways_out}
        locks = {positions(lock) for lock in point.conflict_sets}
        assume(len(frozenset().union(*locks)) <= 12)
        assert conflict_sets(ways) == locks
        assert conflict_sets(locks) == ways
        assert positions(point.positions) == frozenset().union(*locks)


@some
@given(negotiations())
def test_a_saved_package_gets_the_same_answers_when_assessed(plain: PlainDossier) -> None:
    dossier, ids = load(plain), list(plain.parties)
    found = deals(dossier, ids)
    assert found.packages is not None
    assume(not found.packages.free)
    assume(all(not domain_is_whole(found, cell) for cell in found.packages.fixed))
    assume(found.packages.fixed or found.packages.linked)
    assume(not found.problem.offers)  # a text is answered term by term, an offer as a whole
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saved.yaml"
        path.write_text(package_text(found, found.packages, "saved"), encoding="utf-8")
        assessment = assess(dossier, load_proposal(path, dossier), ids, DAY)
    package = found.packages.first()
    says = {(one.party, one.cell): found.problem.says(one, package) for one, _ in stances(found)}
    told = {(party, term.cell): term.says[party] for term in assessment.terms for party in ids}
    assert told == says


def stances(found: Deals) -> list[Any]:
    return list(found.problem.positions())


def domain_is_whole(found: Deals, cell: Any) -> bool:
    """A quantity that may be anything is no term of a proposal."""
    assert found.packages is not None
    return found.packages.fixed[cell] == found.problem.table.space(cell).full


@some
@given(negotiations())
def test_a_silent_party_adds_nothing_but_missing_yeses(plain: PlainDossier) -> None:
    ids = [one for one in plain.parties if one != "no"]
    assume(len(ids) >= 2)
    said = {key: plain.parties["ann"][key] for key in {"statements"} & plain.parties["ann"].keys()}
    silent = {**said, "party": "silent", "name": "The silent one", "positions": {}}
    dossier = load(plain._replace(parties={**plain.parties, "silent": silent}))
    before, after = deals(dossier, ids), deals(dossier, [*ids, "silent"])
    assert before.concessions is not None
    assert after.concessions is not None
    assert after.concessions[:5] == before.concessions[:5]
    assert after.concessions[5] == before.concessions[5] + len(before.problem.domains)
    assert after.packages == before.packages
    assert [point.positions for point in after.sticking_points] == [
        point.positions for point in before.sticking_points
    ]
    assert after.answer == {"agreed": "open"}.get(before.answer, before.answer)


@some
@given(negotiations())
def test_the_packages_that_ask_least_are_on_the_frontier(plain: PlainDossier) -> None:
    found = deals(load(plain), list(plain.parties), frontier=True)
    assert found.frontier is not None
    sums = [
        tuple(map(sum, zip(*point.concessions, strict=True))) for point in found.frontier.points
    ]
    assert min(sums) == found.concessions
    for one, other in itertools.permutations(found.frontier.points, 2):
        assert any(
            mine < theirs for mine, theirs in zip(one.concessions, other.concessions, strict=True)
        )


@some
@given(negotiations())
def test_holding_a_party_or_fixing_an_outcome_never_helps(plain: PlainDossier) -> None:
    dossier, ids = load(plain), list(plain.parties)
    free = deals(dossier, ids)
    held = deals(dossier, ids, held=ids[:1])
    assert free.concessions is not None
    if held.concessions is not None:
        assert held.concessions >= free.concessions
        assert not held.shares[ids[0]].concedes
    assert deals_report(held)["held"] == ids[:1]


@some
@given(negotiations())
def test_the_first_package_is_that_whose_missing_answers_are_counted(plain: PlainDossier) -> None:
    dossier, ids = load(plain), list(plain.parties)
    assume(not is_group_and_member(plain, ids))
    found = deals(dossier, ids)
    if found.packages is not None:
        first = found.packages.first()
        says = [one.party for one, _ in found.problem.positions() if _unsaid(found, one, first)]
        assert found.unanswered == {party: says.count(party) for party in ids}


def _unsaid(found: Deals, position: Position, package: Mapping[Cell, int]) -> bool:
    return found.problem.says(position, package) == "unsaid"


@some
@given(negotiations())
def test_few_combinations_that_are_kept_tell_of_all(plain: PlainDossier) -> None:
    dossier, ids = load(plain), list(plain.parties)
    assume(not is_group_and_member(plain, ids))
    whole = deals(dossier, ids)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choices, "_MOST_ROWS", 1)
        part = deals(dossier, ids)
    assert whole.now is not None
    assert part.now is not None
    assert part.now.linked in (whole.now.linked, None)
    assert part.now._replace(linked=whole.now.linked) == whole.now
    even, other = whole.balanced, part.balanced
    assert even is not None
    assert other is not None
    assert (even.shared, even.concessions, even.totals) == (
        other.shared,
        other.concessions,
        other.totals,
    )
    assert even.packages is None or (other.packages and even.packages.fixed == other.packages.fixed)
    for party in even.red_lines:
        assert other.red_lines[party].least <= even.red_lines[party].least
        assert other.red_lines[party].most >= even.red_lines[party].most
