"""Verdicts over time are, on every day, what a comparison made for that day says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain, combinations
from pathlib import Path

from hypothesis import given

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
from tests.oracle.dossiers import Basis, PlainDossier, bases, dossiers
from tests.oracle.product import load
from tests.support import short_dossier


def turn_on(turns: Sequence[Turn], days: Sequence[date], day: date) -> Turn:
    return [turn for turn in turns if days[turn.day] <= day][-1]


def check(dossier: Dossier, basis: Basis) -> None:
    parties = list(dossier.parties)
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
