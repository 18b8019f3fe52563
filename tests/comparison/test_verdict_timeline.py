"""Verdicts over time are, on every day, what a comparison made for that day says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimpos.comparison.table import PositionTable
from claimpos.comparison.verdict_timeline import (
    NOT_COMPARED,
    Turn,
    days_of_change,
    outline_of,
    verdicts_over_time,
)
from claimpos.comparison.verdicts import verdicts_on
from claimpos.dossier.evidence import known_by
from claimpos.dossier.model import Dossier
from claimpos.wording.verdicts import explain_issue
from tests.conftest import examples
from tests.oracle.dossiers import (
    Basis,
    PlainDossier,
    bases,
    dossiers,
    dossiers_with_features,
)
from tests.oracle.product import load
from tests.support import short_dossier


def turn_on(turns: Sequence[Turn], days: Sequence[date], day: date) -> Turn:
    return [turn for turn in turns if days[turn.day] <= day][-1]


def check(dossier: Dossier, basis: Basis, most: int = 5) -> None:
    """Check the sets of two or three of the first few parties."""
    parties = list(dossier.parties)[:most]
    sets = [tuple(chosen) for size in (2, 3) for chosen in combinations(parties, size)]
    moves = days_of_change(dossier, parties, basis)
    days = [date(1999, 1, 1), *moves]
    over_time = verdicts_over_time(dossier, sets, days, basis, worded=sets[::2], tell=explain_issue)
    eves = [day - timedelta(days=1) for day in moves]
    for day in {*chain(days, eves)}:
        for chosen in sets:
            table = PositionTable(known_by(dossier, day), chosen, day, basis)
            member = table.member_among(chosen)
            for verdict in verdicts_on(table, dossier.issues.values()):
                turn = turn_on(over_time[chosen][verdict.issue.id], days, day)
                if member and not table.has_own_word(member, verdict.issue.id):
                    assert turn[1:] == (NOT_COMPARED, "")
                    continue
                assert turn.outline == outline_of(verdict), (day, chosen, verdict.issue.id)
                told = explain_issue(verdict) if chosen in sets[::2] else ""
                assert turn.text == told, (day, chosen, verdict.issue.id)


@examples(20)
@given(dossiers(), bases())
def test_every_day_of_any_dossier(dossier: PlainDossier, basis: Basis) -> None:
    check(load(dossier), basis)


def rules(parties: Sequence[str]) -> st.SearchStrategy[Any]:
    """Rules for some of the parties, for those with weights, or for all; or none."""
    shares = st.sampled_from([{"at-least": 2}, {"more-than": "1/2", "no-position": "counts-no"}])
    some = st.lists(st.sampled_from(parties), min_size=2, max_size=3, unique=True)
    weights = st.dictionaries(
        st.sampled_from(parties), st.integers(1, 3), min_size=2, max_size=3
    ).map(lambda weights: {"more-than": "1/2", "weights": weights, "no-position": "counts-no"})
    of_some = st.builds(lambda rule, of: {**rule, "of": of}, shares, some)
    return st.none() | shares | of_some | weights


@examples(20)
@given(dossiers(min_parties=3), bases(), st.data())
def test_every_day_where_votes_decide(
    plain: PlainDossier, basis: Basis, data: st.DataObject
) -> None:
    """Who is a member counts, also of parties that are not compared."""
    decides = {key: data.draw(rules([*plain.parties])) for key in plain.agenda["issues"]}
    issues = {
        key: issue | ({"decides": decides[key]} if decides[key] else {})
        for key, issue in plain.agenda["issues"].items()
    }
    dossier = load(plain._replace(agenda={**plain.agenda, "issues": issues}))
    check(dossier, basis, data.draw(st.sampled_from([3, 5])))


def test_only_members_of_a_rule_carry_an_outcome(tmp_path: Path) -> None:
    yes = {"truce": {"accepts": "now"}}
    agenda: dict[str, dict[str, Any]] = {"truce": {"options": ["now", "later"]}}
    parties = {"ann": yes, "bo": yes, "cy": {}, "dee": {}}
    trios = [("ann", "bo", "cy"), ("ann", "bo", "dee")]
    for members, passing in ((["ann", "bo", "cy"], trios[:1]), (["ann", "bo", "dee"], trios[1:])):
        agenda["truce"]["decides"] = {"at-least": 2, "of": members}
        dossier = short_dossier(tmp_path / members[-1], agenda, parties)
        over_time = verdicts_over_time(dossier, trios, days_of_change(dossier, parties))
        found = {trio: over_time[trio]["truce"][-1].outline.reason for trio in trios}
        assert [trio for trio in trios if found[trio] == "passes"] == passing
    agenda["truce"]["decides"] = {"at-least": 2}
    dossier = short_dossier(tmp_path / "all", agenda, parties)
    over_time = verdicts_over_time(dossier, trios[:1], days_of_change(dossier, parties))
    assert over_time[trios[0]]["truce"][-1].outline.reason == "silent"


def test_a_member_accepts_what_its_group_has_accepted(tmp_path: Path) -> None:
    """An older text, with the same term: its position stays as it was, but is then compared."""
    agenda = {"truce": {"options": ["now", "later"]}}
    said = {"source": "paper", "basis": "stated", "summary": "So."}
    besides = {
        party: {
            "statements": {"yes": {**said, "said": known}},
            "answers": {text: [{"since": since, "says": "accepts", "evidence": ["yes"]}]},
        }
        for party, text, since, known in (
            ("bo", "plan", "2021", "2021"),
            ("ann", "draft", "2020", "2022"),
        )
    }
    besides["bo"] |= {"members": ["ann"], "speaks-for-members": True}
    texts = {text: {"terms": {"truce": "now"}, "date": "2019"} for text in ("draft", "plan")}
    dossier = short_dossier(tmp_path, agenda, {"ann": {}, "bo": {}}, texts, besides)
    days = [date(2021, 6, 1), date(2022, 6, 1)]
    turns = verdicts_over_time(dossier, [("ann", "bo")], days)["ann", "bo"]["truce"]
    table = PositionTable(dossier, ["ann", "bo"], days[1], "inferred")
    (verdict,) = verdicts_on(table, dossier.issues.values())
    assert [turn[:2] for turn in turns] == [(0, NOT_COMPARED), (1, outline_of(verdict))]


@examples(40)
@given(dossiers_with_features(), bases())
def test_every_day_of_groups_and_answers(plain: PlainDossier, basis: Basis) -> None:
    check(load(plain), basis)


AGENDA = {
    "truce": {"options": ["now", "later"]},
    "arms": {"options": ["flow", "stop"]},
    "land": {"options": ["mine", "yours"], "items": ["hill", "dale"]},
}
PARTIES = {
    "ann": {
        "truce": [
            {"since": "2020", "accepts": [{"outcome": "now", "if": {"arms": "stop"}}]},
        ],
        "arms": {"since": "2020", "demands": "stop"},
        "land": {"since": "2021-03", "until": "2021-05", "demands": {"hill": "mine"}},
    },
    "bo": {
        "truce": {"since": "2020-02-02", "demands": "now"},
        "arms": [
            {"since": "2020", "refuses": "stop"},
            {"since": "2022-06", "accepts": "stop"},
        ],
    },
}


def test_a_condition_elsewhere_turns_a_verdict(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, PARTIES)
    days = days_of_change(dossier, ["ann", "bo"])
    assert [str(day) for day in days] == [
        "2020-01-01",
        "2020-02-02",
        "2021-03-01",
        "2021-06-01",
        "2022-06-01",
    ]
    over_time = verdicts_over_time(dossier, [("ann", "bo")], days)[("ann", "bo")]
    turns = {
        issue: [(turn.day, turn.outline.verdict, turn.outline.reason) for turn in turns]
        for issue, turns in over_time.items()
    }
    assert turns["truce"] == [
        (0, "unresolved", "silent"),
        (1, "conflict", "condition-failed"),
        (4, "overlap", "condition-met"),
    ]
    assert turns["arms"][-1] == (4, "overlap", "common-ground")
    assert [turn[0] for turn in turns["land"]] == [0, 2, 3]
    assert over_time["land"][1].outline.items == (("hill", "unresolved", "silent"),)
    assert over_time["land"][2].outline.items == ()


def test_days_on_which_only_weaker_evidence_begins_are_none(tmp_path: Path) -> None:
    parties = {"ann": {"arms": {"demands": "stop", "evidence": ["said-so-maybe"]}}, "bo": {}}
    dossier = short_dossier(tmp_path, AGENDA, parties)
    assert days_of_change(dossier, ["ann", "bo"], "stated") == []
    assert len(days_of_change(dossier, ["ann", "bo"])) == 1
