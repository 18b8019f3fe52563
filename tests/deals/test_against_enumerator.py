"""The solver and the enumerator, which share no code, say the same of random dossiers."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.deals.conflict_sets import StickingPoint
from claimpos.deals.problem import Problem
from claimpos.deals.search import Deals, find_deals
from claimpos.dossier.model import Cell, Dossier
from tests.conftest import times
from tests.deals.enumerator import Enumerator, Package, Position, Truth, sticking_points
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import FEATURES, PlainDossier, dossiers, write_dossier
from tests.oracle.naive import range_holds
from tests.oracle.record import Record

PRIORITIES = ["high", "medium", "low", None, None]
DAY = "2025-03-14"
MOST_PACKAGES = 3000
MOST_FOR_AIMS = 400
MOST_POSITIONS = 14
IS_THOROUGH = times(1) > 1


@st.composite
def negotiations(draw: st.DrawFn) -> PlainDossier:
    """Small dossiers in which parties rank some of what they ask for.

    They have all features, one of them or none.
    """
    features = draw(st.sampled_from([[], FEATURES, *([one] for one in FEATURES)]))
    plain = draw(dossiers(max_parties=3, features=features))
    for party in plain.parties.values():
        for entries in party["positions"].values():
            for entry in entries:
                if priority := draw(st.sampled_from(PRIORITIES)):
                    entry["priority"] = priority
    return plain


def is_group_and_member(plain: PlainDossier, ids: list[str]) -> bool:
    record = Record(plain.agenda, plain.parties, DAY, "inferred")
    return len(ids) == 2 and any(record.is_member(a, b) for a, b in itertools.permutations(ids, 2))


def loaded(plain: PlainDossier) -> Dossier:
    with tempfile.TemporaryDirectory() as folder:
        write_dossier(Path(folder), *plain)
        return load_dossier(folder)


def named(cell: Cell) -> tuple[str, str | None]:
    return cell.issue, cell.item


def found_best(found: Deals) -> list[dict[Cell, Any]]:
    """Every package that asks least, multiplied out of its description."""
    assert found.packages is not None
    choices = [
        *([[(cell, outcome)]] for cell, outcome in found.packages.fixed.items()),
        *([[(cell, one)] for one in some] for cell, some in found.packages.free.items()),
        *(
            [list(zip(linked.cells, row, strict=True)) for row in linked.combinations]
            for linked in found.packages.linked
        ),
    ]
    return [dict(itertools.chain(*some)) for some in itertools.product(*choices)]


def holds(found: Deals, cell: Cell, outcome: int, sample: Any) -> bool:
    return outcome_holds(found.problem, cell, outcome, sample)


def outcome_holds(problem: Problem, cell: Cell, outcome: int, sample: Any) -> bool:
    """Whether an outcome, or a set of outcomes, of a cell has what the sample stands for."""
    outcomes = problem.table.space(cell).outcomes(outcome)
    if not outcomes or isinstance(outcomes[0], str):
        return sample in outcomes
    ends = ("min", "max", "above", "below")
    for stretch in outcomes:
        low, high, low_open, high_open = stretch
        spec = {
            "above" if low_open else "min": low,
            "below" if high_open else "max": high,
        }
        spec = {end: spec[end] for end in ends if spec.get(end) is not None}
        if not spec or range_holds(spec, sample):
            return True
    return False


def same(found: Deals, package: dict[Cell, int], other: Package) -> bool:
    return all(holds(found, cell, one, other[named(cell)]) for cell, one in package.items())


def positions(some: Iterable[Any]) -> frozenset[Position]:
    return frozenset((one.party, named(one.cell)) for one in some)


def found_ways(point: StickingPoint) -> set[frozenset[Position]]:
    return {positions(move.position for move in way.moves) for way in point.ways_out}


def check(found: Deals, truth: Truth) -> None:
    assert found.proved
    assert (found.answer, found.concessions) == (truth.answer, truth.concessions)
    best = found_best(found)
    assert found.packages is not None
    assert found.packages.number == len(best) == len(truth.best)
    for package in truth.best:
        assert sum(same(found, one, package) for one in best) == 1
    assert {positions(one.positions) for one in found.sticking_points} == sticking_points(
        truth.conflict_sets
    )
    locks = {positions(lock) for point in found.sticking_points for lock in point.conflict_sets}
    assert locks == truth.conflict_sets
    ways = {
        frozenset().union(*some)
        for some in itertools.product(*(found_ways(point) for point in found.sticking_points))
    }
    assert ways == truth.ways_out
    check_shares(found, truth)
    assert found.frontier is not None
    assert found.frontier.complete
    points = [point.concessions for point in found.frontier.points]
    assert points == sorted(truth.frontier)
    for point in found.frontier.points:
        everywhere = [one for one, _ in found.problem.positions()]
        assert found.problem.concessions(everywhere, point.package) == point.concessions


def check_shares(found: Deals, truth: Truth) -> None:
    for party, share in found.shares.items():
        for cell in found.problem.domains:
            says = truth.says[party, named(cell)]
            assert (cell in share.red_lines) == ("crosses" in says)
            assert (cell in share.concedes) == (says <= {"gives", "crosses"})
            assert (cell in share.unanswered) == (says == {"unsaid"})
            if cell in share.gets + share.accepts:
                assert says == {"yes"}


@settings(max_examples=times(150 if IS_THOROUGH else 40))
@given(negotiations(), st.data())
def test_deals_agree_with_the_enumerator(plain: PlainDossier, data: st.DataObject) -> None:
    ids = list(plain.parties)
    without = data.draw(st.sampled_from([(), (), (), tuple(plain.agenda["issues"])[:1]]))
    held = data.draw(st.sampled_from([(), (), (), tuple(ids[:1])]))
    assume(not is_group_and_member(plain, ids))
    note(f"{files_in_short(plain)}\nwithout {without}, held {held}")
    slow = Enumerator(
        plain.agenda,
        plain.parties,
        ids,
        DAY,
        without,
        held,
        plain.sources,
        plain.proposals,
    )
    assume(slow.size <= MOST_PACKAGES)
    truth = slow.truth()
    found = find_deals(
        loaded(plain),
        ids,
        DAY,
        without=without,
        held=held,
        everything=True,
        frontier=True,
        time_limit=None,
    )
    assert [named(cell) for cell in found.problem.domains] == slow.cells
    if truth is None:
        assert (found.answer, found.concessions, found.proved) == ("blocked", None, True)
        return
    assume(len(frozenset().union(*truth.ways_out)) <= MOST_POSITIONS)
    check(found, truth)
    event(f"{found.answer}, sticking_points: {min(len(found.sticking_points), 3)}")
    event(f"cells that hang together: {bool(found.packages and found.packages.linked)}")
    sizes = [len(one.positions) for one in found.sticking_points]
    event(f"a sticking point of more than two: {max(sizes, default=0) > 2}")
