"""Nothing from after the day: statements, verbs, offers and ends as far as they were known."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.dossier.evidence import known_by
from claimpos.dossier.model import BASES, Acceptance, Basis, Cell, Entry
from claimpos.dossier.timeline import NOWHERE, Timeline, standing_on, stretches
from tests.conftest import examples
from tests.dossier.dated import (
    DAYS,
    FIRST,
    Data,
    Found,
    deleted,
    folder_of,
    loaded,
    timelines,
)

CELL = Cell("topic")


def entries_of(
    folder: Path, entries: list[Data], statements: Data, offers: Data | None = None
) -> tuple[Entry, ...]:
    dossier = load_dossier(folder_of(folder, entries, statements, offers or {}))
    return dossier.parties["ann"].positions["topic"]


HINT = {
    "hint": ("inferred", "2025-11-01"),
    "word": ("stated", "2025-11-20"),
    "doubt": ("stated", "2025-11-25"),
}


def test_a_hint_a_word_and_a_doubt(tmp_path: Path) -> None:
    entry = {
        "since": "2025-11-01",
        "demands": "yes",
        "evidence": ["hint", "word"],
        "against": ["doubt"],
    }
    entries = entries_of(tmp_path, [entry], HINT)
    early = standing_on(entries, date(2025, 11, 5)).entry
    assert early is not None
    assert (early.basis, early.against) == ("inferred", ())
    stated_only = standing_on(entries, date(2025, 11, 5), "stated")
    assert (stated_only.entry, stated_only.set_aside) == (None, 1)
    late = standing_on(entries, date(2025, 11, 30), "stated")
    assert late.entry == entries[0]
    assert late.set_aside == 0
    assert [one.id for one in late.entry.against] == ["doubt"]
    assert [(one.first, one.entry.basis) for one in stretches(entries)] == [
        (date(2025, 11, 1), "inferred"),
        (date(2025, 11, 20), "stated"),
    ]


def test_an_entry_is_in_force_from_its_first_statement_on(tmp_path: Path) -> None:
    older = {"since": "2025-10", "accepts": "no", "evidence": ["once"]}
    newer = {"since": "2025-11-01", "demands": "yes", "evidence": ["word"]}
    entries = entries_of(tmp_path, [older, newer], {**HINT, "once": ("stated", "2025-09")})
    assert standing_on(entries, date(2025, 9, 30)) == NOWHERE
    assert standing_on(entries, date(2025, 11, 19)).entry is entries[0]
    assert standing_on(entries, date(2025, 11, 20)).entry is entries[1]


def test_each_verb_is_in_force_and_as_strong_as_its_own_statements(tmp_path: Path) -> None:
    entry = {
        "since": "2025-11-01",
        "demands": "yes",
        "accepts": [{"outcome": "yes", "subject-to": "A vote."}, "maybe"],
        "evidence": {"demands": ["word"], "accepts": ["hint", "doubt"]},
    }
    entries = entries_of(tmp_path, [entry], HINT)
    early = standing_on(entries, date(2025, 11, 5)).entry
    assert early is not None
    assert (early.demands, len(early.accepts)) == ({}, 2)
    assert [one.id for one in early.evidence] == ["hint"]
    assert standing_on(entries, date(2025, 11, 5), "stated") == NOWHERE._replace(set_aside=1)
    between = standing_on(entries, date(2025, 11, 22), "stated")
    assert between.entry is not None
    assert between.set_aside == 1
    assert set(between.entry.demands[CELL]) == {"yes"}
    assert between.entry.accepts == (Acceptance({CELL: frozenset({"yes"})}, withheld=True),), (
        "only what was accepted on a condition"
    )
    assert standing_on(entries, date(2025, 11, 25), "stated").entry == entries[0]


def test_an_end_is_told_when_it_has_come_unless_the_party_had_set_it(tmp_path: Path) -> None:
    known = {"hint": ("stated", "2025-11-01")}
    entry = {
        "since": "2025-11-01",
        "until": "2025-11-20",
        "demands": "yes",
        "evidence": ["hint"],
    }
    entries = entries_of(tmp_path / "a", [entry], known)
    found = standing_on(entries, date(2025, 11, 20)).entry
    assert found is not None
    assert found.until is None
    assert standing_on(entries, date(2025, 11, 21)).lapsed == date(2025, 11, 20)
    (stretch,) = stretches(entries, by=date(2025, 11, 10))
    assert (stretch.entry.until, stretch.last) == (None, None)
    (stretch,) = stretches(entries)
    assert (stretch.entry, stretch.last) == (entries[0], date(2025, 11, 20))
    set_by_itself = entries_of(tmp_path / "b", [{**entry, "deadline": True}], known)
    assert standing_on(set_by_itself, date(2025, 11, 5)).entry is set_by_itself[0]


def test_when_an_offer_has_ended_what_it_replaced_holds_again(tmp_path: Path) -> None:
    known = {"once": ("stated", "2025-09"), "offered": ("stated", "2025-11-01")}
    older = {"since": "2025-09", "demands": "no", "evidence": ["once"]}
    offered = {"since": "2025-11", "accepts": "yes", "evidence": ["offered"], "offer": "package"}
    offers = {"package": {"title": "The package", "until": "2025-11-20"}}
    entries = entries_of(tmp_path / "a", [older, offered], known, offers)
    assert standing_on(entries, date(2025, 11, 20)).entry is not entries[0]
    back = standing_on(entries, date(2025, 11, 21))
    assert back.entry is entries[0]
    assert back.ended is not None
    assert back.ended.id == "package"
    assert [(one.first, one.last, one.after is not None) for one in stretches(entries)] == [
        (date(2025, 9, 1), date(2025, 10, 31), False),
        (date(2025, 11, 1), date(2025, 11, 20), False),
        (date(2025, 11, 21), None, True),
    ]
    ended = entries_of(tmp_path / "b", [{**older, "until": "2025-10"}, offered], known, offers)
    assert standing_on(ended, date(2025, 11, 21)).lapsed == date(2025, 10, 31)
    newer = {"since": "2025-11-10", "refuses": "yes", "evidence": ["offered"]}
    taken_out = entries_of(tmp_path / "c", [older, offered, newer], known, offers)
    assert standing_on(taken_out, date(2025, 11, 21)) == (taken_out[2], None, 0, None)
    alone = entries_of(tmp_path / "d", [offered], known, offers)
    (stretch,) = stretches(alone)
    assert stretch.lapses
    assert stretch.ended is not None


@examples(60)
@given(timelines(), st.sampled_from(DAYS), st.sampled_from(BASES))
def test_a_day_is_told_as_if_nothing_had_been_written_after_it(
    found: Found, day: date, basis: Basis
) -> None:
    whole, left = loaded(*found), loaded(*deleted(found, day))
    entries = whole.parties["ann"].positions["topic"]
    assert known_by(whole, day).parties["ann"].positions.get("topic", ()) == (
        left.parties["ann"].positions.get("topic", ())
    )
    earlier = [one for one in DAYS if one <= day]
    for other in (entries, left.parties["ann"].positions.get("topic", ())):
        known = Timeline(other, basis)
        told = [standing_on(other, one, basis)._replace(set_aside=0) for one in earlier]
        assert told == [known.on(one) for one in earlier]
        assert told == [standing_on(entries, one, basis)._replace(set_aside=0) for one in earlier]
    assert list(stretches(left.parties["ann"].positions.get("topic", ()), basis, day)) == list(
        stretches(entries, basis, day)
    )


@examples(60)
@given(timelines(), st.sampled_from(BASES))
def test_stretches_tell_what_is_in_force_on_each_of_their_days(found: Found, basis: Basis) -> None:
    dossier = loaded(*found)
    entries = dossier.parties["ann"].positions["topic"]
    known = list(stretches(entries, basis))
    for day in DAYS:
        entry = standing_on(entries, day, basis).entry
        here = [one for one in known if one.first <= day <= (one.last or date.max)]
        assert len(here) == (entry is not None)
        if entry is not None:
            assert here[0].entry.position == entry.position
            assert here[0].entry.since == entry.since
            assert here[0].entry.basis == entry.basis
    for one, other in itertools.pairwise(known):
        assert one.last is not None
        assert one.last < other.first


@examples(40)
@given(timelines(), st.sampled_from(DAYS), st.sampled_from(BASES))
def test_an_offer_that_has_ended_is_as_if_its_entries_had_not_been(
    found: Found, day: date, basis: Basis
) -> None:
    entries, known, offers = found
    over = {key for key, one in offers.items() if one.get("until", "9999") < day.isoformat()}
    rest = [entry for entry in entries if entry.get("offer") not in over]
    whole, without = loaded(*found), loaded(rest, known, offers)
    one, other = (
        standing_on(dossier.parties["ann"].positions.get("topic", ()), day, basis)
        for dossier in (whole, without)
    )
    assert one._replace(ended=None) == other
    assert one.ended is None or one.ended.id in over


@pytest.mark.parametrize("basis", BASES)
def test_without_entries_nothing_is_in_force(basis: Basis) -> None:
    assert standing_on((), FIRST, basis) == NOWHERE
    assert Timeline((), basis).on(FIRST) == NOWHERE
