"""The questions to put next against a naive search, which writes each answer into the files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimpos import compare, load_dossier
from claimpos.comparison.acceptance import SILENT
from claimpos.comparison.conditions import Common
from claimpos.comparison.question_search import Alterations, questions
from claimpos.comparison.questions import Effect, Question, Questions
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Cell, Dossier
from claimpos.dossier.outcomes import Range
from claimpos.errors import WrongUsage
from claimpos.rendering.diff_report import outcomes_report
from claimpos.wording.questions import QuestionWords
from tests.conftest import examples
from tests.hostile.large_inputs import majority, undecided, weighted
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import SOURCES, Feature, PlainDossier, bases, dates, dossiers
from tests.oracle.product import load, range_of
from tests.oracle.questions import NaiveQuestion, NaiveQuestions
from tests.support import TALKS, expectations, short_dossier, within, yaml_data

CASES = Path(__file__).parent / "cases_of_questions"
STALE = date(2024, 12, 1)


def plain_cell(cell: Cell) -> tuple[str, str | None]:
    return cell.issue, cell.item


def plain_effect(effect: Effect) -> tuple[str, dict[tuple[str, str | None], str]]:
    return effect.verdict, {plain_cell(cell): new for cell, new in effect.others.items()}


def as_naive(question: Question, found: Any, plain: PlainDossier) -> NaiveQuestion:
    cell = question.cells[0]
    issue = plain.agenda["issues"][cell.issue]
    outcomes = found.common.table.space(cell).outcomes(question.outcomes)
    return NaiveQuestion(
        question.form,
        question.asked,
        tuple(map(plain_cell, question.cells)),
        frozenset(
            range_of(outcomes_report([one]), issue) if isinstance(one, Range) else one
            for one in outcomes
        ),
        question.verdict,
        plain_effect(question.yes),
        plain_effect(question.no),
        question.no_from,
        question.either,
        question.confirmed,
    )


def check(plain: PlainDossier, loaded: Dossier, ids: list[str], as_of: str, basis: Any) -> int:
    comparison = compare(loaded, ids, as_of, basis)
    found = questions(comparison, STALE)
    told = files_in_short(plain), ids, as_of, basis
    expected = {one.key: one for one in NaiveQuestions(plain, ids, as_of, basis, STALE).all()}
    listed = [
        as_naive(question, comparison, plain)
        for point in found.points
        for question in point.questions
    ]
    for question in listed:
        assert question == expected.get(question.key), told
    assert len(listed) + sum(point.more for point in found.points) == len(expected), told
    first = [as_naive(point.questions[0], comparison, plain) for point in found.points]
    by_point: dict[Any, list[Any]] = {}
    for one in expected.values():
        by_point.setdefault(one.cells, []).append(one.rank)
    assert [one.rank for one in first] == sorted(map(min, by_point.values())), told
    return len(listed)


@examples(12)
@given(dates(), bases(), st.data())
def test_each_answer_changes_what_was_promised(as_of: str, basis: Any, data: st.DataObject) -> None:
    features: list[Feature] = data.draw(
        st.sampled_from([[], ["days"], ["verbs"], ["offers"], ["days", "verbs", "offers"]])
    )
    plain = data.draw(dossiers(features=features, max_parties=3))
    everyone = list(plain.parties)
    some = data.draw(st.permutations(everyone))[:2]
    loaded = load(plain)
    for ids in (some, everyone):
        check(plain, loaded, ids, as_of, basis)


COUNTS = ["counts-out", "counts-no", "open"]
RULES = [
    *({"more-than": "1/2", "no-position": counts} for counts in COUNTS),
    *({"rule": "consensus", "no-position": counts} for counts in COUNTS),
    {"at-least": 2, "abstention": "counts-out"},
    {"all-of": [{"more-than": "1/2", "no-position": "counts-no"}, {"at-least": 1}]},
]


@examples(60)
@given(dossiers(features=[], max_parties=4), st.sampled_from(RULES))
def test_where_members_vote_a_position_that_no_longer_holds_is_none(
    plain: PlainDossier, rule: dict[str, Any]
) -> None:
    ids = list(plain.parties)
    assume(len(ids) > 2)
    loaded = load(plain._replace(agenda={**plain.agenda, "decides": rule}))
    found = questions(compare(loaded, ids, "2025-03-14"), STALE)
    for question in (one for point in found.points for one in point.questions):
        issue, (party, *_) = question.cells[0].issue, question.asked
        if question.form == "holds" and question.cells[0].item is None:
            held = loaded.parties[party]
            left = {key: one for key, one in held.positions.items() if key != issue}
            parties = {**loaded.parties, party: held._replace(positions=left)}
            now = compare(loaded._replace(parties=parties), ids, "2025-03-14", issues=[issue])
            assert question.no.verdict == now.issues[0].verdict


def in_short(question: Question, found: Questions) -> str:
    """What a case says of a question."""
    cells, space = question.cells, found.comparison.common.table.space(question.cells[0])
    items = "+".join(cell.item for cell in cells if cell.item is not None)
    words = [
        f"{cells[0].issue}.{items}" if items else cells[0].issue,
        question.decides,
        "+".join(question.asked),
        question.form,
        *question.gaps,
        ", ".join(map(short, space.outcomes(question.outcomes))),
        *(["either"] if question.either else []),
        *([f"no-from {'+'.join(question.no_from) or '-'}"] * (question.no_from != question.asked)),
        *(f"→ {cell.issue}" for cell in {**question.yes.others, **question.no.others}),
    ]
    return " ".join(word for word in words if word)


def short(outcome: Any) -> str:
    if isinstance(outcome, str):
        return outcome
    return f"{outcome.low or ''}–{outcome.high or ''}"


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_case(path: Path, parties: str, tmp_path: Path) -> None:
    case = yaml_data(path.read_text("utf-8"), path.name)
    dossier = short_dossier(tmp_path, case["agenda"], case["parties"], {}, case.get("files", {}))
    found = questions(compare(dossier, parties.split(), "2025-03-14"), STALE)
    listed = [in_short(one, found) for point in found.points for one in point.questions]
    assert sorted(listed) == sorted(case["expect"][parties])
    assert found.undecided == case.get("undecided", {}).get(parties, 0)


def test_those_asked_can_be_chosen(tmp_path: Path) -> None:
    path = CASES / "gaps.yaml"
    case = yaml_data(path.read_text("utf-8"), path.name)
    dossier = short_dossier(tmp_path, case["agenda"], case["parties"])
    found = questions(compare(dossier, ["ann", "bo"], "2025-03-14"), STALE, ["ann"])
    assert {one.asked for point in found.points for one in point.questions} == {("ann",)}
    assert [point.questions[0].form for point in found.points] == ["holds"]


def test_many_issues_and_parties_take_no_time() -> None:
    dossier = load_dossier(TALKS)
    comparison = compare(dossier, list(dossier.negotiating)[:5], "2025-11-30")
    with within(2):
        found = questions(comparison, STALE)
    assert len(comparison.issues) > 25
    assert found.points


KINDS = {"by all": undecided(), "by most": undecided(majority), "by weight": undecided(weighted)}


@pytest.mark.parametrize("write", KINDS.values(), ids=KINDS)
def test_parties_that_say_the_same_are_asked_alike(
    write: Callable[[Path, int], None], tmp_path: Path
) -> None:
    """What an answer would change, against all stances weighed again."""
    write(tmp_path, 7)
    dossier = load_dossier(tmp_path)
    common = compare(dossier, list(dossier.parties), "2025-12-31").common
    alterations = Alterations(common)
    for issue, party in product(dossier.issues, common.parties):
        cell = Cell(issue)
        for other in (SILENT, *(common.table.stance(one, cell) for one in common.parties)):
            altered = {(party, cell): other}
            again = Common(common.table.with_stances(altered), common.parties).value(cell)
            changed = {} if again is common.value(cell) else {cell: again}
            assert alterations.changed(altered) == changed


@pytest.mark.large
@pytest.mark.parametrize("write", [KINDS["by all"], KINDS["by most"]], ids=["by all", "by most"])
def test_many_parties_are_asked(write: Callable[[Path, int], None], tmp_path: Path) -> None:
    write(tmp_path, 200)
    dossier = load_dossier(tmp_path)
    comparison = compare(dossier, list(dossier.parties), "2025-12-31")
    with within(2):
        questions(comparison, date(2026, 1, 1))


@pytest.mark.large
def test_votes_of_many_weights_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "condition-steps=10000")
    KINDS["by weight"](tmp_path, 40)
    dossier = load_dossier(tmp_path)
    comparison = compare(dossier, list(dossier.parties), "2025-12-31")
    with pytest.raises(WrongUsage, match=r"10,000 steps.*CLAIMPOS_LIMITS=condition-steps=…"):
        questions(comparison, date(2026, 1, 1))


def test_conditions_on_weak_evidence_wait_only_for_a_demand() -> None:
    """An acceptance set aside with its evidence comes back with no answer about another item."""
    names = {"options": {"x": "X", "y": "Y"}, "items": {"u": "U", "v": "V"}}
    issue = {"title": "Issue r", "question": "What will hold?", "group": "group", "kind": "items"}
    held = {"title": "A dossier", "groups": {"group": "Group"}, "issues": {"r": issue | names}}
    said = {"source": "paper", "summary": "Said so."}
    statements = {basis: said | {"basis": basis} for basis in ("stated", "inferred")}
    open_yes = {"since": 2023, "accepts": {"u": "x", "v": "x"}, "evidence": ["stated"]}
    weak_yes = {
        "since": 2023,
        "refuses": {"u": ["x", "y"]},
        "accepts": [{"outcome": {"u": "x"}, "subject-to": "a ballot"}],
        "evidence": {"refuses": ["stated"], "accepts": ["inferred"]},
    }
    parties = {
        party: {
            "party": party,
            "name": party,
            "statements": statements,
            "positions": {"r": [entry]},
        }
        for party, entry in (("ann", open_yes), ("bo", weak_yes))
    }
    plain = PlainDossier(held, SOURCES, parties)
    assert check(plain, load(plain), ["ann", "bo"], "2025-03-14", "reported") == 2


def test_only_answers_that_were_tried_are_told(tmp_path: Path) -> None:
    case = yaml_data((CASES / "no-from.yaml").read_text("utf-8"), "no-from.yaml")
    dossier = short_dossier(tmp_path, case["agenda"], case["parties"], {}, {})
    found = questions(compare(dossier, ["ann", "bo"], "2025-03-14"), STALE)
    words = QuestionWords(found.comparison)
    told = [words.effects(one) for point in found.points for one in point.questions]
    assert told == [
        ["Both accept: an overlap.", "Ann rejects: a conflict."],
        ["Yes: an overlap.", ""],
    ]
