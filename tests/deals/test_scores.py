"""Points that parties state: random scores against an enumerator, and cases.

The file of each case says whence it has its points; those of Camp David are made for the test.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, note, settings
from hypothesis import strategies as st

from claimpos.comparison.table import PositionTable
from claimpos.deals import scores as scores_module
from claimpos.deals.clock import Clock
from claimpos.deals.scored_values import Candidates
from claimpos.deals.scores import Scores, gains, scores_of
from claimpos.deals.search import Deals, find_deals
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import (
    Cell,
    DecisionRule,
    Dossier,
    Issue,
    Named,
    PartialDate,
    Party,
    Statement,
    Worth,
)
from claimpos.dossier.outcomes import Range
from claimpos.rendering.deals import answer_in_words, deals_document
from claimpos.rendering.deals_report import deals_report
from claimpos.rendering.renderers import rendered
from tests.conftest import times
from tests.deals.score_enumerator import on_the_line, truth_of
from tests.deals.test_cases_of_votes import validated
from tests.support import EVIDENCE, full_issue, short_dossier, yaml_data

DAY = "2025-03-14"
CASES = sorted((Path(__file__).parent / "cases_of_scores").glob("*.yaml"))
POINTS = st.sampled_from([0, 0, 1, 2, 3, 5, 8, 13, 20])


@st.composite
def scored(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], int | None]:
    """An agenda of choices and quantities in shorthand, and what each party gives points to.

    Of three parties, so many may be enough to decide.
    """
    agenda: dict[str, Any] = {}
    for at in range(draw(st.integers(1, 4))):
        number = draw(st.integers(1, 3))
        agenda[f"issue-{at}"] = (
            {"unit": "days", "integer": True}
            if number == 1
            else {"options": [f"option-{one}" for one in range(number)]}
        )
    worth: dict[str, Any] = {}
    for party in ["anna", "bert", "carl"][: draw(st.integers(2, 3))]:
        issues: dict[str, Any] = {}
        for key, issue in agenda.items():
            if draw(st.integers(0, 5)) == 5:
                continue
            named = issue.get("options") or sorted(
                draw(st.sets(st.sampled_from("0123456"), min_size=1, max_size=3))
            )
            issues[key] = {one: draw(POINTS) for one in named}
        if not issues:
            issues = {"issue-0": dict.fromkeys(agenda["issue-0"].get("options", ["1"]), 1)}
        worth[party] = {"evidence": [EVIDENCE], "issues": issues}
        for key in ("at-least", "no-deal"):
            if draw(st.booleans()):
                worth[party][key] = draw(st.integers(0, 25))
    needed = draw(st.sampled_from([None, 1, 2])) if len(worth) == 3 else None
    return agenda, worth, needed


def plain(agenda: dict[str, Any], worth: dict[str, Any], needed: int | None) -> Dossier:
    """The same as a dossier; made without files, because there are many."""
    day = PartialDate("2000", day_of("2000-01-01"), day_of("2000-01-01"))
    said = Statement(EVIDENCE, None, None, day, "stated", "So.")  # type: ignore[arg-type]
    rule = None if needed is None else DecisionRule("at-least", Fraction(needed))
    issues = {}
    for key, short in agenda.items():
        full = full_issue(key, short)
        issues[key] = Issue(
            key,
            full["title"],
            "?",
            "g",
            full["kind"],
            full.get("options", {}),
            unit="days",
            integer=full.get("integer", False),
            decides=rule,
        )
    parties = {}
    for party, own in worth.items():
        points = {
            Cell(key): scale
            if "options" in agenda[key]
            else tuple(sorted((int(at), given) for at, given in scale.items()))
            for key, scale in own["issues"].items()
        }
        stated = Worth(points, (said,), own.get("at-least"), own.get("no-deal"))
        parties[party] = Party(party, party, party, {}, worth=stated)
    return Dossier("T", {"g": "G"}, issues, {}, parties)


def outcomes(agenda: dict[str, Any], worth: dict[str, Any]) -> dict[str, list[Any]]:
    """By issue that somebody scores, what can be chosen."""
    found: dict[str, list[Any]] = {}
    for key, issue in agenda.items():
        scales = [one["issues"][key] for one in worth.values() if key in one["issues"]]
        if "options" in issue and scales:
            found[key] = issue["options"]
        elif scales:
            values = [int(at) for scale in scales for at in scale]
            found[key] = list(range(min(values), max(values) + 1))
    return found


@settings(max_examples=times(400))
@given(scored())
def test_scores(case: tuple[dict[str, Any], dict[str, Any], int | None]) -> None:
    agenda, worth, needed = case
    note(f"{agenda}\n{worth}\n{needed}")
    dossier = plain(agenda, worth, needed)
    found = scores_of(PositionTable(dossier, list(worth), day_of(DAY)), {}, (), Clock(None))
    assert found is not None
    choices = outcomes(agenda, worth)

    def giver(party: str) -> Any:
        def give(at: int, outcome: Any) -> Fraction:
            key = [*choices][at]
            scale = worth[party]["issues"].get(key)
            if scale is None:
                return Fraction(0)
            return (
                Fraction(scale[outcome])
                if "options" in agenda[key]
                else on_the_line(scale, outcome)
            )

        return give

    truth = truth_of(
        [*choices.values()],
        [giver(party) for party in worth],
        [None if "at-least" not in one else Fraction(one["at-least"]) for one in worth.values()],
        [Fraction(one.get("no-deal", 0)) for one in worth.values()],
        all if needed is None else lambda enough: sum(enough) >= needed,
    )
    check(found, truth, [*worth])
    event(f"frontier: {min(len(truth.frontier), 6)}")
    event(f"nash: {truth.nash is not None}")
    event(f"needed: {needed}")


def check(found: Scores, truth: Any, parties: list[str]) -> None:
    assert found.complete
    told = [tuple(one.points[party] for party in parties) for one in found.frontier]
    assert {*told} == truth.frontier
    assert len(told) == len(truth.frontier)
    assert found.acceptable == bool(truth.frontier)
    if truth.nash is None:
        assert found.nash is found.kalai_smorodinsky is None
        return
    assert found.nash is not None
    assert found.kalai_smorodinsky is not None
    assert prod(gains(found.nash, found.worth)) == truth.nash
    better = [[*gains(one, found.worth)] for one in found.frontier]
    ideal = [max(column) for column in zip(*(one for one in better if min(one) >= 0), strict=True)]
    own = gains(found.kalai_smorodinsky, found.worth)
    assert truth.evenness == sorted(
        gain / best if best else Fraction(1) for gain, best in zip(own, ideal, strict=True)
    )
    check_adjusted_winner(found)


def check_adjusted_winner(found: Scores) -> None:
    """Both have as many points, and at least half where there is something to share."""
    won = found.adjusted_winner
    if won is None:
        return
    one = sum(award.stakes[0] * award.share for award in won.awards)
    other = sum(award.stakes[1] * (1 - award.share) for award in won.awards)
    assert one == other == won.points
    assert won.points >= 50
    assert sum(0 < award.share < 1 for award in won.awards) <= 1


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    """`worth` is by party; `expect` has the part of the report that is said of the scores."""
    case = yaml_data(path.read_text("utf-8"), path.name)
    besides = {
        party: {"worth": {"evidence": [EVIDENCE], **worth}}
        for party, worth in case["worth"].items()
    }
    parties: dict[str, Any] = {party: {} for party in case["worth"]} | case.get("parties", {})
    dossier = short_dossier(tmp_path, case["agenda"], parties, {}, besides)
    report = validated(deals_report(find_deals(dossier, list(parties), DAY)), "deals")
    expected = case["expect"]
    told: dict[str, Any] = {
        "answer": report["answer"],
        "packages": report["packages"] and report["packages"]["count"],
        "signable": report["now"]["size"],
        "balanced": report.get("balanced", {}).get("totals"),
        "at-least": report.get("at_least"),
        **told_of_scores(report.get("scores"), [*case["worth"]]),
    }
    assert {key: told[key] for key in expected} == expected


def told_of_scores(scores: dict[str, Any] | None, parties: list[str]) -> dict[str, Any]:
    if scores is None:
        return {}
    told: dict[str, Any] = {
        "acceptable": scores["acceptable"],
        "frontier": len(scores["frontier"]),
    }
    for key in ("nash", "kalai_smorodinsky"):
        told[key] = scores[key] and {
            party: round(p, 2) for party, p in scores[key]["points"].items()
        }
    if (won := scores["adjusted_winner"]) is not None:
        told["adjusted-winner"] = round(won["points"], 2)
        told["shared"] = {
            award["issue"]: {party: round(one, 3) for party, one in award["shares"].items()}
            for award in won["awards"]
            if 0 < next(iter(award["shares"].values())) < 1
        }
        told["won"] = {
            party: [award["issue"] for award in won["awards"] if award["shares"][party] == 1]
            for party in parties
        }
    return told


DAYS = {"days": {"unit": "days", "integer": True}}


def scores_by_days(tmp_path: Path, at_least: int, fixed: Range | None = None) -> Deals:
    """Anna has more points the more days there are, up to four; Bert, the fewer."""
    worth = {"anna": {"0": 0, "4": 20}, "bert": {"0": 20, "4": 0}}
    besides = {
        party: {"worth": {"at-least": at_least, "evidence": [EVIDENCE], "issues": {"days": own}}}
        for party, own in worth.items()
    }
    positions = {party: {"days": {"accepts": 2}} for party in worth}
    dossier = short_dossier(tmp_path, DAYS, positions, {}, besides)
    named: Named = {} if fixed is None else {Cell("days"): (fixed,)}
    return find_deals(dossier, list(worth), DAY, fixed=named)


@pytest.mark.parametrize(
    ("fixed", "points"),
    [
        (Range(9, 9), {(20, 0)}),
        (Range(4, 9, low_open=True), {(20, 0)}),
        (Range(1, 2), {(5, 15), (10, 10)}),
        (Range(None, 0, high_open=True), {(0, 20)}),
    ],
)
def test_figures_that_are_fixed(fixed: Range, points: set[Any], tmp_path: Path) -> None:
    """Beyond the last value that has points they stay what they are there."""
    scores = scores_by_days(tmp_path, 0, fixed).scores
    assert scores is not None
    assert {(one.points["anna"], one.points["bert"]) for one in scores.frontier} == points
    assert scores.complete


@pytest.mark.parametrize("most", [10, 200, 201, 1_000])
def test_the_fair_packages_of_many_whole_numbers(most: int, tmp_path: Path) -> None:
    """Where whole numbers are too many to consider all, some between the ends are considered."""
    worth = {"anna": {"0": 0, str(most): 100}, "bert": {"0": 100, str(most): 0}}
    besides = {
        party: {"worth": {"evidence": [EVIDENCE], "issues": {"days": own}}}
        for party, own in worth.items()
    }
    positions = {party: {"days": {"accepts": 2}} for party in worth}
    dossier = short_dossier(tmp_path, DAYS, positions, {}, besides)
    scores = find_deals(dossier, list(worth), DAY).scores
    assert scores is not None
    fair = [one for one in scores.frontier if one in (scores.nash, scores.kalai_smorodinsky)]
    assert {round(one.points[party]) for one in fair for party in worth} == {50}


def test_a_frontier_of_some_packages_is_no_more_than_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> str:
        return " ".join(rendered(deals_document(scores_by_days(tmp_path, 0)), width=500).split())

    assert "5 packages cannot be improved for one party" in told()
    monkeypatch.setattr(scores_module, "_MOST", 3)
    text = told()
    assert "There may be others: time ran out, or there are too many." in text
    assert "Of the packages found, 3 cannot be improved for one party" in text


@pytest.mark.parametrize(
    ("known", "between"),
    [
        ((0, 4), [1, 2, 3]),
        ((0, 200), [*range(1, 200)]),
        ((-300, 700), [*range(-200, 700, 100)]),
        ((0, 3, 12, 500), [1, 2, *range(4, 12), 61, 110, 158, 207, 256, 305, 354, 402, 451]),
        ((5,), []),
        ((), []),
    ],
)
def test_the_whole_numbers_that_are_considered(known: tuple[int, ...], between: list[int]) -> None:
    """All where they are few; otherwise up to nine between each two that have points."""
    issue = Issue("days", "Days", "?", "g", "quantity", {}, unit="days", integer=True)
    dossier = Dossier("T", {"g": "G"}, {"days": issue}, {}, {})
    worth = Worth({Cell("days"): tuple((value, Decimal(1)) for value in known)}, ())
    assert Candidates(dossier, [worth]).of(Cell("days")) == sorted({*known, *between})


def test_the_answer_says_that_points_rule_packages_out(tmp_path: Path) -> None:
    """Nobody rules a term out, so that the answer must not say so."""
    found = scores_by_days(tmp_path / "enough", 10)
    assert (found.answer, answer_in_words(found)) == (
        "agreed",
        "Both parties accept every term of at least one package.",
    )
    found = scores_by_days(tmp_path / "too-little", 11)
    assert (found.answer, answer_in_words(found)) == (
        "blocked",
        "By the parties' own points, no package is acceptable.",
    )
