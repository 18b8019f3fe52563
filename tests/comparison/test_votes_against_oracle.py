"""Verdicts by votes, against an evaluator that shares no code with the package."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from claimpos import compare
from claimpos.briefing.explanation import explain_report
from claimpos.comparison.conditions import Common
from claimpos.comparison.question_search import questions
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import CellVerdict
from claimpos.dossier import model
from claimpos.dossier.outcomes import QuantitySpace, Range
from tests.conftest import examples
from tests.deals.random_dossiers import KINDS, add_rules
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import (
    FEATURES,
    SOURCES,
    Basis,
    Dice,
    PlainDossier,
    bases,
    dates,
    dossiers,
)
from tests.oracle.naive import FALSE, TRUE, UNKNOWN, VERDICTS, Outcome
from tests.oracle.product import compare_all, load
from tests.oracle.questions import NaiveQuestions
from tests.oracle.record import Cell
from tests.oracle.voting import VotingComparison
from tests.support import short_dossier

OPTIONS = ["x", "y"]
ISSUE: dict[str, Any] = {
    "question": "Which?",
    "group": "group",
    "kind": "choice",
    "options": {one: f"Option {one}" for one in OPTIONS},
}


@examples(60)
@given(dates(), bases(), st.sampled_from(KINDS[1:]), st.data())
def test_verdicts_by_votes(as_of: str, basis: Basis, kind: str, data: st.DataObject) -> None:
    features = data.draw(st.sampled_from([(), (), FEATURES]))
    plain = data.draw(dossiers(features=features, min_parties=3, max_parties=4))
    dice = Dice(data.draw(st.binary(min_size=250, max_size=250)))
    check(add_rules(plain, kind, dice), as_of, basis)


@st.composite
def entries(draw: st.DrawFn, issue: str, others: list[str]) -> dict[str, Any]:
    """What a party accepts of two options, mostly on conditions, and what it refuses."""
    accepted: list[Any] = []
    refused = []
    for option in OPTIONS:
        said = draw(st.sampled_from(["accepts", "if", "if", "if", "refuses", "nothing"]))
        if said == "if":
            named = draw(st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True))
            required = {one: draw(st.sampled_from(OPTIONS)) for one in named}
            accepted.append({"outcome": option, "if": required})
        elif said == "accepts":
            accepted.append(option)
        elif said == "refuses":
            refused.append(option)
    entry = {key: one for key, one in (("accepts", accepted), ("refuses", refused)) if one}
    return {"since": "2025", "evidence": ["said"], **entry} if entry else {}


@st.composite
def circles(draw: st.DrawFn) -> PlainDossier:
    """Few issues, most of them decided by votes, with conditions that lead to and fro."""
    ids = ["p", "q", "r"][: draw(st.sampled_from([2, 2, 3]))]
    issues = {one: {**ISSUE, "title": one} for one in ids}
    for issue in issues.values():
        if draw(st.integers(0, 3)):
            issue["decides"] = {"at-least": draw(st.sampled_from([1, 2, 2]))}
    parties = {}
    for party in ("ann", "bo", "cy"):
        held = {one: draw(entries(one, [other for other in ids if other != one])) for one in ids}
        positions = {one: [entry] for one, entry in held.items() if entry}
        said = {"said": {"source": "paper", "basis": "stated", "summary": "Said so."}}
        parties[party] = {"party": party, "name": party, "statements": said, "positions": positions}
    agenda = {"title": "Circles", "groups": {"group": "Group"}, "issues": issues}
    return PlainDossier(agenda, SOURCES, parties)


@examples(200)
@given(circles())
def test_votes_that_hang_on_each_other(plain: PlainDossier) -> None:
    check(plain, "2025-03-14", "inferred")


BOTH_IF = {part: {"a": {"accepts": [{"outcome": "x", "if": {"b": "x"}}]}} for part in ("ann", "bo")}


@pytest.mark.parametrize("b", [["x", {"outcome": "y", "if": {"a": "x"}}], ["x", "y"]])
def test_conditions_of_several_members_are_met_together(b: list[Any], tmp_path: Path) -> None:
    """It does not do that x passes on b, where y passes, too, or could if x passed on a."""
    agenda = {key: {"options": OPTIONS, "decides": {"at-least": 2}} for key in ("a", "b")}
    parties = {party: {**said, "b": {"accepts": b}} for party, said in BOTH_IF.items()}
    dossier = short_dossier(tmp_path, agenda, {**parties, "cy": {}})
    found = compare(dossier, [*parties, "cy"], "2025")
    a, b_too = found.issues
    assert (a.verdict, b_too.verdict) == ("unresolved", "overlap")
    assert [vote.decision.result for vote in a.cells[0].case.votes] == [Truth.UNKNOWN]
    report = explain_report(compare(dossier, [*parties, "cy"], "2025", issues={"a"}))
    apart = (
        "could still pass (0 in favour, 0 against, 2 undecided, 1 without a recorded position); "
    )
    assert apart + "met apart, the conditions are pending together" in str(report)


def check(plain: PlainDossier, as_of: str, basis: Basis) -> None:
    found = compare_all(load(plain), list(plain.parties), as_of, basis)
    naive = VotingComparison(plain, as_of, basis)
    told = files_in_short(plain), as_of, basis
    for issue in found.issues:
        for one in issue.cells:
            check_cell(one, naive, (one.cell.issue, one.cell.item), told)


class VotingQuestions(NaiveQuestions):
    def compared(self, parties: dict[str, Any], as_of: str) -> VotingComparison:
        return VotingComparison(self.plain._replace(parties=parties), as_of, self.basis)


@examples(40)
@given(circles())
def test_each_answer_changes_votes_as_promised(plain: PlainDossier) -> None:
    day, stale, ids = "2025-03-14", date(2026, 1, 1), list(plain.parties)
    comparison = compare(load(plain), ids, day)
    naive = VotingQuestions(plain, ids, day, "inferred", stale)
    for question in (
        one for point in questions(comparison, stale).points for one in point.questions
    ):
        cells = tuple((cell.issue, cell.item) for cell in question.cells)
        outcomes = {
            one
            for one in naive.base.outcomes[cells[0]]
            if question.outcomes & mask_of(comparison.common, question.cells[0], one)
        }
        for is_yes, effect in ((True, question.yes), (False, question.no)):
            expected = naive.effect(question.form, question.asked, cells, outcomes, is_yes)
            others = {(cell.issue, cell.item): one for cell, one in effect.others.items()}
            assert (effect.verdict, others) == expected, (question, files_in_short(plain))
            event(f"{question.form}, {is_yes}")


def check_cell(found: CellVerdict, naive: VotingComparison, cell: Cell, told: object) -> None:
    assert found.verdict == VERDICTS[naive.cell_value(cell)], (cell, told)
    common = found.case.common
    ground = common.ground(found.cell)
    values = {FALSE: ground.no, TRUE: ground.yes, UNKNOWN: ~(ground.yes | ground.no)}
    for outcome in naive.outcomes[cell]:
        mask = mask_of(common, found.cell, outcome)
        assert mask & values[naive.values[cell, outcome]], (cell, outcome, told)
        for vote in found.case.votes:
            if vote.outcome & mask:
                cast = {**vote.decision.votes}
                assert cast == naive.votes_told(cell, outcome), (cell, outcome, told)
                event(f"{found.reason}, with votes still open: {'open' in cast.values()}")


def mask_of(common: Common, cell: model.Cell, outcome: Outcome) -> int:
    space = common.table.space(cell)
    if not isinstance(space, QuantitySpace):
        return space.mask(frozenset({str(outcome)}))
    bits = (1 << at for at in range(space.full.bit_length()) if space.full >> at & 1)
    (mask,) = (bit for bit in bits if any(holds(one, outcome) for one in space.outcomes(bit)))
    return mask


def holds(stretch: Range, number: Outcome) -> bool:
    low, high, low_open, high_open = stretch
    assert isinstance(number, Fraction)
    above = low is None or number > Fraction(low) or (number == Fraction(low) and not low_open)
    below = high is None or number < Fraction(high) or (number == Fraction(high) and not high_open)
    return above and below
