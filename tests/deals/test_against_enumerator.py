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
from claimpos.deals.conflict_sets import Knot
from claimpos.deals.search import Deals, find_deals
from claimpos.dossier.model import Cell, Dossier
from tests.conftest import times
from tests.deals.enumerator import Enumerator, Package, Position, Truth, knots
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import FEATURES, PlainDossier, dossiers, write_dossier
from tests.oracle.naive import range_holds
from tests.oracle.record import Record

PRIORITIES = ["high", "medium", "low", None, None]
DAY = "2025-03-14"
MOST_PACKAGES = 3000
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
    outcomes = found.problem.table.space(cell).outcomes(outcome)
    if isinstance(outcomes[0], str):
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


def found_ways(knot: Knot) -> set[frozenset[Position]]:
    return {positions(move.position for move in way.moves) for way in knot.ways_out}


def check(found: Deals, truth: Truth) -> None:
    assert found.proved
    assert (found.answer, found.asks) == (truth.answer, truth.asks)
    best = found_best(found)
    assert found.packages is not None
    assert found.packages.number == len(best) == len(truth.best)
    for package in truth.best:
        assert sum(same(found, one, package) for one in best) == 1
    assert {positions(one.positions) for one in found.knots} == knots(truth.deadlocks)
    locks = {positions(lock) for knot in found.knots for lock in knot.deadlocks}
    assert locks == truth.deadlocks
    ways = {
        frozenset().union(*some)
        for some in itertools.product(*(found_ways(knot) for knot in found.knots))
    }
    assert ways == truth.ways_out
    check_shares(found, truth)
    assert found.frontier is not None
    assert found.frontier.complete
    points = [point.asks for point in found.frontier.points]
    assert points == sorted(truth.frontier)
    for point in found.frontier.points:
        everywhere = [one for one, _ in found.problem.positions()]
        assert found.problem.asks(everywhere, point.package) == point.asks


def check_shares(found: Deals, truth: Truth) -> None:
    for party, share in found.shares.items():
        for cell in found.problem.domains:
            says = truth.says[party, named(cell)]
            assert (cell in share.red_lines) == ("crosses" in says)
            assert (cell in share.gives) == (says <= {"gives", "crosses"})
            assert (cell in share.still_to_say) == (says == {"unsaid"})
            if cell in share.gets + share.lives_with:
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
        assert (found.answer, found.asks, found.proved) == ("blocked", None, True)
        return
    assume(len(frozenset().union(*truth.ways_out)) <= MOST_POSITIONS)
    check(found, truth)
    event(f"{found.answer}, knots: {min(len(found.knots), 3)}")
    event(f"cells that hang together: {bool(found.packages and found.packages.linked)}")
    event(f"a knot of more than two: {any(len(one.positions) > 2 for one in found.knots)}")
