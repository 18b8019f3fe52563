"""What could be signed now, of random dossiers: the search and the enumerator say the same."""

from __future__ import annotations

import copy
from math import prod
from typing import Any

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from claimpos.comparison.table import Table
from claimpos.deals.clock import Clock
from claimpos.deals.problem import Problem, problem_of
from claimpos.deals.signable import Signable, signable
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import Cell
from tests.conftest import times
from tests.deals.now_enumerator import NowEnumerator, NowTruth
from tests.deals.test_against_enumerator import (
    DAY,
    IS_THOROUGH,
    is_group_and_member,
    loaded,
    named,
    negotiations,
    outcome_holds,
)
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import PlainDossier

MOST_SETS = 2000


@st.composite
def talks(draw: st.DrawFn) -> PlainDossier:
    """Negotiations of which some outcomes are no agreement, and some issues presuppose others."""
    plain = draw(negotiations())
    agenda = copy.deepcopy(plain.agenda)
    issues: dict[str, Any] = agenda["issues"]
    for issue in issues.values():
        for option, title in issue.get("options", {}).items():
            if draw(st.integers(0, 7)) == 7:
                issue["options"][option] = {"title": title, "no-agreement": True}
        if draw(st.integers(0, 3)) == 3:
            issue["presupposes"] = [draw(st.sampled_from(presupposable(issues)))]
    return plain._replace(agenda=agenda)


def presupposable(issues: dict[str, Any]) -> list[str]:
    places = [*issues]
    for key, issue in issues.items():
        places += [f"{key}.{item}" for item in issue.get("items", ())]
    return places + [
        f"{place}={option}"
        for place in places
        for option in issues[place.split(".")[0]].get("options", ())
    ]


def check(problem: Problem, found: Signable, slow: NowEnumerator, truth: NowTruth) -> None:
    def outcomes(cell: Cell, mask: int) -> set[Any]:
        return {
            one for one in slow.outcomes[named(cell)] if outcome_holds(problem, cell, mask, one)
        }

    assert found.proved
    assert found.size == found.most == len(truth.packages[0])
    assert (found.number, found.counted) == (len(truth.sets), True)
    settled = {named(cell): outcomes(cell, mask) for cell, mask in found.settled.items()}
    assert settled == truth.settled
    assert sets(found) == truth.sets
    rows = {tuple(package[cell] for cell in truth.settled) for package in truth.packages}
    assert found.linked == (len(rows) < prod(map(len, truth.settled.values())))
    missing = {
        (named(one.cell), one.party, outcome)
        for one in found.missing
        for outcome in outcomes(one.cell, one.outcomes)
    }
    assert missing == truth.missing
    assert {
        (one.party, named(cell), bool(one.offer)) for one in found.defeated for cell in one.cells
    } == truth.defeated


def sets(found: Signable) -> set[frozenset[tuple[str, str | None]]]:
    every = [frozenset(map(named, found.settled))]
    for alternatives in found.alternatives:
        every = [one | set(map(named, other)) for one in every for other in alternatives]
    return set(every)


@settings(max_examples=times(150 if IS_THOROUGH else 40))
@given(talks(), st.data())
def test_what_could_be_signed_now(plain: PlainDossier, data: st.DataObject) -> None:
    ids = list(plain.parties)
    without = data.draw(st.sampled_from([(), (), (), tuple(plain.agenda["issues"])[:1]]))
    assume(not is_group_and_member(plain, ids))
    note(f"{files_in_short(plain)}\nwithout {without}")
    slow = NowEnumerator(
        plain.agenda, plain.parties, ids, DAY, without, (), plain.sources, plain.proposals
    )
    assume(slow.sets <= MOST_SETS)
    problem = problem_of(Table(loaded(plain), ids, day_of(DAY)), {}, without)
    found, truth = signable(problem, Clock(None)), slow.now()
    check(problem, found, slow, truth)
    event(f"cells: {min(found.size, 4)}")
    event(f"several sets: {found.number > 1}")
    event(f"linked: {found.linked}")
    event(f"missing: {bool(found.missing)}, defeated: {bool(found.defeated)}")
