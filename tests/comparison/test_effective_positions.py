"""Positions that follow from answers to texts, and those that members hold with their group."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from claimpos import compare, load_dossier
from claimpos.comparison.changes import changes, edits
from claimpos.comparison.effective_positions import EffectivePositions
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.history import history
from claimpos.comparison.matrix import matrix
from claimpos.comparison.movement import has_moved, movement
from claimpos.comparison.table import PositionTable
from claimpos.comparison.verdicts import IssueVerdict
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import BASES, Cell, Dossier
from claimpos.errors import WrongUsage
from claimpos.rendering.changes import changes_document
from claimpos.rendering.renderers import rendered
from tests.comparison.test_verdict_timeline import check
from tests.conftest import examples
from tests.oracle.dossiers import Basis, PlainDossier, as_json, bases, dates, dossiers
from tests.oracle.dossiers import write_dossier as write_files
from tests.support import short_dossier

HIGHER_IS_BETTER = {"conflict": 0, "unresolved": 1, "overlap": 2}
SINCE = ["2024", "2025-02-14", "2025-03"]

Text = dict[str, Any]
Family = tuple[PlainDossier, dict[str, Text], str]
"""A dossier, texts, and the date of the texts."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("random")


def load(
    folder: Path, plain: PlainDossier, texts: dict[str, Text] | None = None, dated: str = "2024"
) -> Dossier:
    for old in (*folder.glob("*.yaml"), *folder.glob("proposals/*.yaml")):
        old.unlink()
    write_files(folder, *plain)
    (folder / "proposals").mkdir(exist_ok=True)
    for name, terms in (texts or {}).items():
        text = {
            "proposal": name,
            "title": name,
            "date": dated,
            "status": "draft",
            "source": "paper",
            "terms": terms,
        }
        (folder / "proposals" / f"{name}.yaml").write_text(as_json(text), "utf-8")
    return load_dossier(folder)


def silent(party: str, **more: Any) -> dict[str, Any]:
    """The file of a party without entries."""
    statements = {"said": {"source": "paper", "basis": "stated", "said": 2024, "summary": "So."}}
    return {"party": party, "name": party, "statements": statements, "positions": {}, **more}


def cells(dossier: Dossier, parties: list[str], as_of: str, basis: Basis) -> dict[Any, Any]:
    return {
        cell.cell: (cell.verdict, cell.reason, cell.outcomes, cell.gap)
        for issue in compare(dossier, parties, as_of, basis).issues
        for cell in issue.cells
    }


@st.composite
def terms(draw: DrawFn, agenda: dict[str, Any]) -> Text:
    """A text on some of the issues; ranges are closed."""
    found: Text = {}
    for key, issue in agenda["issues"].items():
        if issue["kind"] == "quantity":
            low, high = sorted((draw(st.integers(-1, 3)), draw(st.integers(-1, 3))))
            least, most = issue.get("minimum", -1), issue.get("maximum", 3)
            low, high = max(low, least), min(high, most)
            outcome: Any = {"min": low, "max": high} if low < high else low
            fits = least <= low <= most
        elif issue["kind"] == "items":
            options = st.sampled_from([*issue["options"]])
            items = draw(st.lists(st.sampled_from([*issue["items"]]), unique=True))
            outcome, fits = {item: draw(options) for item in items}, bool(items)
        else:
            outcome, fits = draw(st.sampled_from([*issue["options"]])), True
        if fits and draw(st.integers(0, 3)):
            found[key] = {"outcome": outcome, "summary": "So."}
    return found


@examples(60)
@given(plain=dossiers(), as_of=dates(), basis=bases())
def test_a_member_without_entries_gets_its_groups_verdicts(
    folder: Path, plain: PlainDossier, as_of: str, basis: Basis
) -> None:
    group, *others = plain.parties
    plain = deepcopy(plain)
    plain.parties["zoe"] = silent("zoe")
    plain.parties[group] |= {"members": ["zoe", "Somebody"], "speaks-for-members": True}
    dossier = load(folder, plain)
    for other in others:
        assert cells(dossier, ["zoe", other], as_of, basis) == cells(
            dossier, [group, other], as_of, basis
        )


@examples(60)
@given(plain=dossiers(), as_of=dates(), data=st.data())
def test_an_answer_is_its_terms_written_out(
    folder: Path, plain: PlainDossier, as_of: str, data: st.DataObject
) -> None:
    text = data.draw(terms(plain.agenda))
    since = data.draw(st.sampled_from(SINCE))
    if not text:
        return
    entry = {"since": since, "evidence": ["said"]}
    condition = data.draw(st.sampled_from([{}, {"subject-to": "a vote"}]))
    answered, written = deepcopy(plain), deepcopy(plain)
    answer = {"says": "accepts", **entry, **condition}
    answered.parties["zoe"] = silent("zoe", answers={"text": [answer]})
    written.parties["zoe"] = silent("zoe")
    for issue, term in text.items():
        accepts = [{"outcome": term["outcome"], **condition}] if condition else term["outcome"]
        written.parties["zoe"]["positions"][issue] = [{**entry, "accepts": accepts}]
    for other in plain.parties:
        found = [
            cells(load(folder, one, {"text": text}), ["zoe", other], as_of, "inferred")
            for one in (answered, written)
        ]
        assert found[0] == found[1]


@examples(60)
@given(plain=dossiers(), as_of=dates(), data=st.data())
def test_an_answer_never_lowers_a_value(
    folder: Path, plain: PlainDossier, as_of: str, data: st.DataObject
) -> None:
    text = data.draw(terms(plain.agenda))
    if not text:
        return
    party, *others = plain.parties
    answer = {"says": "accepts", "since": data.draw(st.sampled_from(SINCE))}
    answer |= data.draw(st.sampled_from([{}, {"subject-to": "a vote"}, {"until": "2025-03-20"}]))
    answered = deepcopy(plain)
    evidence = [next(iter(plain.parties[party]["statements"]))]
    answered.parties[party]["answers"] = {"text": [{**answer, "evidence": evidence}]}
    before, after = load(folder, plain, {"text": text}), load(folder, answered, {"text": text})
    for other in others:
        was = cells(before, [party, other], as_of, "inferred")
        now = cells(after, [party, other], as_of, "inferred")
        for cell, (verdict, *_) in was.items():
            assert HIGHER_IS_BETTER[now[cell][0]] >= HIGHER_IS_BETTER[verdict]


@st.composite
def families(draw: DrawFn) -> Family:
    """A dossier with a text, answers to it, and groups within groups."""
    plain = deepcopy(draw(dossiers(min_parties=3, max_parties=4)))
    text = draw(terms(plain.agenda))
    plain.parties["zoe"] = silent("zoe")
    names = [*plain.parties]
    for at, party in enumerate(names[:-1]):
        if members := draw(st.lists(st.sampled_from(names[at + 1 :]), unique=True, max_size=3)):
            plain.parties[party] |= {"members": members, "speaks-for-members": True}
    for party in names if text else []:
        if draw(st.booleans()):
            evidence = [next(iter(plain.parties[party]["statements"]))]
            says = draw(st.sampled_from(["accepts", "accepts", "refuses"]))
            since = draw(st.sampled_from(SINCE))
            answers = [{"since": since, "says": says, "evidence": evidence}]
            if draw(st.booleans()):
                later = {"since": "2025-06", "until": "2025-07", "says": "accepts"}
                answers.append({**later, "evidence": evidence})
            plain.parties[party]["answers"] = {"text": answers}
    return plain, {"text": text} if text else {}, draw(st.sampled_from(["2024", "2025-03"]))


@examples(8)
@given(families(), bases())
def test_verdicts_over_time_are_those_of_each_day(
    folder: Path, family: Family, basis: Basis
) -> None:
    check(load(folder, *family), basis)


@examples(40)
@given(families(), bases())
def test_positions_over_time_are_those_of_each_day(
    folder: Path, family: Family, basis: Basis
) -> None:
    dossier = load(folder, *family)
    timelines = EffectiveTimelines(dossier, basis)
    parties = [*dossier.parties]
    for turn in timelines.days(parties):
        for day in (turn - timedelta(days=1), turn):
            over_time, alone = timelines.positions_on(day), EffectivePositions(dossier, day, basis)
            for party, issue in product(parties, dossier.issues):
                held = over_time.standing(party, issue)
                assert held == alone.standing(party, issue)._replace(set_aside=0)
                for cell in dossier.issues[issue].cells():
                    assert over_time.voice(party, cell) == alone.voice(party, cell)


@examples(40)
@given(families(), bases())
def test_whether_a_position_moved_on_some_cells_does_not_hang_on_its_parts(
    folder: Path, family: Family, basis: Basis
) -> None:
    dossier = load(folder, *family)
    timelines = EffectiveTimelines(dossier, basis)
    for party, (key, issue) in product(dossier.parties, dossier.issues.items()):
        for stretch in timelines.stretches(party, key):
            assert BASES[timelines.strength(stretch.entry)] == stretch.entry.basis
        for older, newer in pairwise(one.entry for one in timelines.stretches(party, key)):
            shifts = movement(dossier, older, newer, timelines.effort).shifts
            for cell in issue.cells():
                moved = has_moved(dossier, older, newer, timelines.effort, [cell])
                assert moved == (cell in {shift.cell for shift in shifts})


def test_members_share_what_they_hold_of_a_group(tmp_path: Path) -> None:
    agenda = {"aid": {"kind": "items", "items": ["x", "y"], "options": ["grants", "loans"]}}
    positions: dict[str, Any] = {
        "eu": {"aid": {"demands": {"x": "grants"}}},
        "ann": {"aid": {"demands": {"y": "loans"}}},
        "ben": {"aid": {"demands": {"y": "loans"}}},
    }
    groups = {"eu": {"members": ["ann", "ben"], "speaks-for-members": True}}
    dossier = short_dossier(tmp_path, agenda, positions, {}, groups)
    timelines = EffectiveTimelines(dossier)
    (one,), (other,) = (timelines.stretches(party, "aid") for party in ("ann", "ben"))
    cell = Cell("aid", "x")
    assert one.entry.on(cell) is other.entry.on(cell) is not None


@examples(40)
@given(families(), dates(), bases())
def test_the_matrix_counts_what_comparisons_count(
    folder: Path, family: Family, as_of: str, basis: Basis
) -> None:
    dossier = load(folder, *family)
    found = matrix(dossier, as_of=as_of, basis=basis)
    table = PositionTable(dossier, found.parties, day_of(as_of), basis)
    assert [pair.parties for pair in found.pairs] == [*combinations(dossier.parties, 2)]
    for pair in found.pairs:
        counts = [pair.overlap, pair.conflict, pair.unresolved]
        try:
            comparison = compare(dossier, pair.parties, as_of, basis)
        except WrongUsage:
            assert table.member_among(pair.parties)
            assert not any(counts)
            continue
        heard = [one for one in comparison.issues if not one.one_voice]
        verdicts = [verdict_of_two_voices(one) for one in heard]
        assert counts == [verdicts.count(one) for one in ("overlap", "conflict", "unresolved")]
        if not table.member_among(pair.parties):
            assert pair.one_voice == comparison.one_voice


def verdict_of_two_voices(issue: IssueVerdict) -> str:
    """The verdict of an issue by the cells on which the parties are not one voice."""
    verdicts = {cell.verdict for cell in issue.cells if not cell.case.one_voice}
    return min(verdicts, key=lambda one: HIGHER_IS_BETTER[one], default="unresolved")


AGENDA = {
    "fund": {"options": ["grants", "loans"]},
    "seat": {"options": ["geneva", "nairobi"]},
}
GROUP = {"g77": {"members": ["kenya", "mali"], "speaks-for-members": True}}


def test_a_group_and_a_member_with_nothing_of_its_own_are_not_compared(tmp_path: Path) -> None:
    positions = {"g77": {"fund": {"demands": "grants"}}, "kenya": {}, "mali": {}}
    dossier = short_dossier(tmp_path, AGENDA, positions, {}, GROUP)
    with pytest.raises(
        WrongUsage, match="“g77” speaks for “kenya”, which has no current position of its"
    ):
        compare(dossier, ["kenya", "g77"])
    assert compare(dossier, ["kenya", "g77", "mali"]).one_voice == 1


def test_only_issues_of_a_members_own_are_compared_with_its_group(tmp_path: Path) -> None:
    positions = {
        "g77": {"fund": {"demands": "grants"}, "seat": {"demands": "nairobi"}},
        "kenya": {"seat": {"demands": "geneva"}},
        "mali": {},
    }
    dossier = short_dossier(tmp_path, AGENDA, positions, {}, GROUP)
    comparison = compare(dossier, ["g77", "kenya"])
    assert [one.issue.id for one in comparison.issues] == ["seat"]
    with pytest.raises(WrongUsage, match="no position of its own on the issues chosen"):
        compare(dossier, ["g77", "kenya"], issues={"fund"})


def test_changes_compares_a_group_and_a_member_on_the_same_issues(tmp_path: Path) -> None:
    positions = {
        "g77": {"fund": {"demands": "grants"}, "seat": {"demands": "nairobi"}},
        "kenya": {"seat": {"demands": "geneva"}},
        "mali": {},
    }
    dossier = short_dossier(tmp_path, AGENDA, positions, {}, GROUP)
    kenya = dossier.parties["kenya"]
    silent = dossier._replace(parties={**dossier.parties, "kenya": kenya._replace(positions={})})
    for found in (
        changes(dossier, ["g77", "kenya"], "2024"),
        edits(silent, dossier, ["g77", "kenya"]),
        edits(dossier, silent, ["g77", "kenya"]),
    ):
        assert {verdict.issue.id for verdict in found.before.issues} == {"seat"}
        assert {verdict.issue.id for verdict in found.after.issues} == {"seat"}
    with pytest.raises(WrongUsage, match="which has no current position of its"):
        changes(dossier, ["mali", "g77"], "2024")
    with pytest.raises(WrongUsage, match="which has no current position of its"):
        edits(dossier, silent, ["mali", "g77"])


def test_a_members_own_answer_goes_before_its_groups(tmp_path: Path) -> None:
    texts = {"plan": {"terms": {"fund": "loans", "seat": "geneva"}}}
    for says, expected in (("refuses", "silent"), ("accepts-as-basis", "silent")):
        answers = {
            "g77": {**GROUP["g77"], "answers": {"plan": [{"says": "accepts"}]}},
            "kenya": {"answers": {"plan": [{"says": says, "since": "2025-02"}]}},
        }
        positions = {"g77": {}, "kenya": {}, "mali": {}, "eu": {"fund": {"demands": "loans"}}}
        dossier = short_dossier(tmp_path / says, AGENDA, positions, texts, answers)
        for party, reason in (("kenya", expected), ("mali", "common-ground")):
            (found, _) = compare(dossier, [party, "eu"], "2025-03").issues
            assert found.reason == reason


@pytest.mark.parametrize("says", ["refuses", "accepts-as-basis", "accepts"])
def test_only_a_yes_to_a_text_is_a_position_to_compare_with_the_group(
    tmp_path: Path, says: str
) -> None:
    texts = {"plan": {"terms": {"fund": "grants"}}}
    answers = {**GROUP, "kenya": {"answers": {"plan": [{"says": says}]}}}
    positions = {
        "g77": {"fund": {"demands": "grants"}, "seat": {"demands": "nairobi"}},
        "kenya": {"seat": {"demands": "geneva"}},
        "mali": {},
    }
    comparison = compare(
        short_dossier(tmp_path, AGENDA, positions, texts, answers), ["g77", "kenya"]
    )
    shown = [one.issue.id for one in comparison.issues]
    assert shown == (["fund", "seat"] if says == "accepts" else ["seat"])


def test_a_party_that_answers_texts_goes_back_to_what_an_offer_replaced(tmp_path: Path) -> None:
    entries = [
        {"since": "2025-01", "refuses": "loans"},
        {"since": "2025-02", "accepts": "loans", "offer": "package"},
    ]
    known = {"offers": {"package": {"title": "Package", "until": "2025-03-15", "deadline": True}}}
    answers = {"plan": [{"since": "2025-04", "says": "accepts"}]}
    told = []
    for more in ({}, {"answers": answers}):
        folder = tmp_path / f"{len(more)}"
        texts = {"plan": {"terms": {"seat": "geneva"}}}
        positions = {"kenya": {"fund": entries}, "eu": {}}
        dossier = short_dossier(folder, AGENDA, positions, texts, {"kenya": {**known, **more}})
        (issue,) = history(dossier, "kenya", {"fund"}, "2025-06").issues
        told.append([(step.day, step.kind, step.ended and step.ended.id) for step in issue.steps])
    assert told[0][-1] == (date(2025, 3, 16), "hardened", "package")
    assert told[1] == told[0]


def test_what_a_group_leaves_open_on_no_item_is_not_one_voice(tmp_path: Path) -> None:
    """The matrix and a comparison agree where members hold a reservation of their group."""
    agenda = {"parts": {"items": ["a"], "options": ["x", "y"]}}
    parties: dict[str, Any] = {"g77": {"parts": {"reserves": "all of it"}}, "kenya": {}, "mali": {}}
    dossier = short_dossier(tmp_path, agenda, parties, {}, GROUP)
    (pair,) = (one for one in matrix(dossier).pairs if one.parties == ("kenya", "mali"))
    comparison = compare(dossier, pair.parties)
    assert pair.one_voice == comparison.one_voice
    assert pair.unresolved == 1 - pair.one_voice


def test_a_group_and_those_for_whom_it_speaks_count_once(tmp_path: Path) -> None:
    positions = {
        "g77": {"fund": {"demands": "grants"}},
        "kenya": {"fund": {"proposes": "loans"}},
        "mali": {},
        "niger": {},
        "eu": {},
    }
    groups = {"g77": {"members": ["kenya", "mali", "niger"], "speaks-for-members": True}}
    dossier = short_dossier(tmp_path, AGENDA, positions, {}, groups)
    table = PositionTable(dossier, [*positions], day_of("2025-03"))
    assert table.voices(table.parties, "fund") == [("g77", "mali", "niger"), ("kenya",), ("eu",)]
    assert table.voices(table.parties, "seat") == [("g77", "kenya", "mali", "niger"), ("eu",)]


def test_a_mediator_is_left_out_unless_it_is_named(tmp_path: Path) -> None:
    positions: dict[str, Any] = {"chair": {}, "eu": {}, "us": {}}
    dossier = short_dossier(tmp_path, AGENDA, positions, {}, {"chair": {"role": "mediator"}})
    assert matrix(dossier).parties == ("eu", "us")
    assert matrix(dossier, ["chair", "eu"]).parties == ("chair", "eu")


def test_a_long_chain_of_groups_is_no_matter(tmp_path: Path) -> None:
    chain = [f"g{at}" for at in range(1500)]
    positions: dict[str, Any] = {party: {} for party in chain}
    positions[chain[0]] = {"fund": {"demands": "grants"}}
    positions["eu"] = {"fund": {"demands": "loans"}}
    groups = {
        one: {"members": [other], "speaks-for-members": True} for one, other in pairwise(chain)
    }
    dossier = short_dossier(tmp_path, AGENDA, positions, {}, groups)
    (found, _) = compare(dossier, [chain[-1], "eu"]).issues
    assert found.reason == "rival-demands"


def test_an_answer_counts_from_the_day_of_its_text_if_that_is_later(tmp_path: Path) -> None:
    texts = {"text": {"date": "2025-03", "terms": {"fund": "grants"}}}
    besides = {"eu": {"answers": {"text": [{"since": "2024", "says": "accepts"}]}}}
    dossier = short_dossier(tmp_path, AGENDA, {"eu": {}}, texts, besides)
    (stretch,) = EffectiveTimelines(dossier).stretches("eu", "fund")
    assert stretch.first == date(2025, 3, 1)


def test_changes_tell_a_groups_moves_on_issues_that_are_not_compared(tmp_path: Path) -> None:
    turns = [{"since": "2024", "demands": "grants"}, {"since": "2025", "demands": "loans"}]
    positions = {"g77": {"fund": turns}, "kenya": {"seat": {"demands": "geneva"}}, "mali": {}}
    found = changes(short_dossier(tmp_path, AGENDA, positions, {}, GROUP), ["g77", "kenya"], "2024")
    assert ("g77", "fund") in {(change.party, change.issue.id) for change in found.entries}
    shown = " ".join(rendered(changes_document(found)).split())
    assert "so only issues on which Kenya has a position of its own are compared" in shown
