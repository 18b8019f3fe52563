"""Nothing from after the day: statements, verbs, offers and ends as far as they were known."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.dossier.model import BASES, Basis, Cell, Dossier, Entry
from claimpos.dossier.timeline import NOWHERE, Timeline, known_by, standing_on, stretches
from claimpos.rendering.data import json_text
from tests.conftest import examples
from tests.support import write_short

Data = Mapping[str, Any]
CELL = Cell("topic")
FIRST = date(2025, 11, 1)


def folder_of(folder: Path, entries: list[Data], statements: Data, offers: Data) -> Path:
    """A dossier of one party with one issue, and statements written as (basis, day)."""
    write_short(folder, {"topic": {"options": ["yes", "no", "maybe"]}}, {"ann": {}, "bo": {}})
    said = {
        key: {"source": "paper", "basis": basis, "said": day, "summary": f"{key.capitalize()}."}
        for key, (basis, day) in statements.items()
    }
    positions = {"topic": entries} if entries else {}
    party = {"party": "ann", "name": "Ann", "statements": said, "positions": positions}
    if offers:
        party["offers"] = offers
    (folder / "ann.yaml").write_text(json_text(party), encoding="utf-8")
    return folder


def entries_of(
    folder: Path, entries: list[Data], statements: Data, offers: Data | None = None
) -> tuple[Entry, ...]:
    dossier = load_dossier(folder_of(folder, entries, statements, offers or {}))
    return dossier.parties["ann"].positions["topic"]


def loaded(entries: list[Data], statements: Data, offers: Data) -> Dossier:
    with TemporaryDirectory() as folder:
        return load_dossier(folder_of(Path(folder), entries, statements, offers))


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
    assert (set(between.entry.demands[CELL]), between.entry.accepts) == ({"yes"}, ())
    assert between.entry.withheld == {CELL: {"yes"}}, "only what was accepted on a condition"
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


# Random entries, statements and offers, on few days so that many things meet.

DAYS = [FIRST + timedelta(days=by) for by in range(12)]
VERBS: Data = {
    "demands": "yes",
    "proposes": "maybe",
    "accepts": [{"outcome": "yes", "subject-to": "A vote."}],
    "refuses": "no",
    "reserves": "When.",
}


@st.composite
def timelines(draw: st.DrawFn) -> tuple[list[Data], Data, Data]:
    day = st.sampled_from([one.isoformat() for one in DAYS])
    known = {key: (draw(st.sampled_from(BASES)), draw(day)) for key in "abcdef"}
    cited = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True)
    offers = {key: {"title": key} for key in ("x", "y")}
    for offer in offers.values():
        if draw(st.booleans()):
            offer |= {"until": draw(day), "deadline": draw(st.booleans())}
    entries = []
    for since in draw(st.lists(day, min_size=1, max_size=4, unique=True)):
        verbs = draw(st.lists(st.sampled_from([*VERBS]), min_size=1, max_size=3, unique=True))
        entry: dict[str, Any] = {"since": since, **{verb: VERBS[verb] for verb in verbs}}
        by_verb = draw(st.booleans())
        entry["evidence"] = {verb: draw(cited) for verb in verbs} if by_verb else draw(cited)
        if draw(st.integers(0, 3)) == 0:
            entry |= {"until": draw(st.sampled_from([one for one in DAYS if str(one) >= since]))}
            entry |= {"until": str(entry["until"]), "deadline": draw(st.booleans())}
        if draw(st.booleans()):
            entry["offer"] = draw(st.sampled_from(["x", "y"]))
        if draw(st.booleans()):
            entry["notes"] = [{"day": draw(day), "text": "Remark."}]
        free = [key for key in "abcdef" if key not in str(entry["evidence"])]
        if free and draw(st.booleans()):
            entry[draw(st.sampled_from(["against", "context"]))] = [free[0]]
        entries.append(entry)
    return entries, known, offers


def deleted(found: tuple[list[Data], Data, Data], day: date) -> tuple[list[Data], Data, Data]:
    """The same files as they would be had nothing been written after the day."""
    entries, known, offers = found
    by = day.isoformat()
    left = {key: one for key, one in known.items() if one[1] <= by}

    def kept(cited: Any) -> Any:
        if isinstance(cited, list):
            return [key for key in cited if key in left]
        return {verb: some for verb, one in cited.items() if (some := kept(one))}

    told = []
    for entry in entries:
        cited = kept(entry["evidence"])
        if entry["since"] > by or not cited:
            continue
        lost = [verb for verb in VERBS if isinstance(cited, dict) and verb not in cited]
        one = {key: value for key, value in entry.items() if key not in lost}
        one["evidence"] = cited
        for key in ("against", "context"):
            if key in one and not (some := kept(one[key])):
                del one[key]
            elif key in one:
                one[key] = some
        if "notes" in one and one["notes"][0]["day"] > by:
            del one["notes"]
        told.append(_ends(one, by))
    return told, left, {key: _ends(offer, by) for key, offer in offers.items()}


def _ends(one: Data, by: str) -> Data:
    hidden = "until" in one and one["until"] >= by and not one["deadline"]
    return {key: value for key, value in one.items() if not hidden or key != "until"}


@examples(60)
@given(timelines(), st.sampled_from(DAYS), st.sampled_from(BASES))
def test_a_day_is_told_as_if_nothing_had_been_written_after_it(
    found: tuple[list[Data], Data, Data], day: date, basis: Basis
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
def test_stretches_tell_what_is_in_force_on_each_of_their_days(
    found: tuple[list[Data], Data, Data], basis: Basis
) -> None:
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
    found: tuple[list[Data], Data, Data], day: date, basis: Basis
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
