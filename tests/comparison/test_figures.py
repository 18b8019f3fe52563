"""Buyers and sellers over two days: who moved, and what distance is left."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.comparison.changes import changes
from claimpos.comparison.figures import DistanceChange, Figures, distance_changes
from claimpos.comparison.history import history
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Dossier, Entry
from claimpos.dossier.outcomes import Range
from claimpos.errors import WrongUsage
from claimpos.rendering.changes import changes_document
from claimpos.rendering.changes_report import changes_report, changes_rows
from claimpos.rendering.data import csv_text
from claimpos.rendering.diff import diff_document
from claimpos.rendering.diff_report import diff_report
from claimpos.rendering.history import history_report
from claimpos.rendering.renderers import rendered
from claimpos.wording.movement import distance_in_words, step_in_words
from claimpos.wording.names import Words
from tests.conftest import examples
from tests.oracle.dossiers import PlainDossier, as_json, dossiers
from tests.oracle.product import load
from tests.schemas.support import errors_by_schema
from tests.support import short_dossier

AGENDA: dict[str, Any] = {
    "price": {"unit": "euros", "minimum": 0},
    "staff": {"unit": "workers", "integer": True},
}
FIRST, SECOND = "2025-03-14", "2025-03-15"


def two_days(folder: Path, first: dict[str, Any], second: dict[str, Any]) -> Dossier:
    """What each party says of the price on one day, and on the next if anything."""
    parties = {
        party: {
            "price": [
                {"since": FIRST, **entry},
                *([{"since": SECOND, **second[party]}] if party in second else []),
            ]
        }
        for party, entry in first.items()
    }
    return short_dossier(folder, AGENDA, parties)


def sale(folder: Path) -> Dossier:
    first = {"buyers": {"proposes": 150}, "sellers": {"proposes": 500}}
    return two_days(folder, first, {"buyers": {"proposes": 200}, "sellers": {"proposes": 400}})


def test_the_sale_in_every_report(tmp_path: Path) -> None:
    dossier = sale(tmp_path)
    found = changes(dossier, ["buyers", "sellers"], FIRST, SECOND)
    text = rendered(changes_document(found), "github")
    went = "Buyers went up by 50, Sellers came down by 100: from 350 to 200 euros apart"
    assert "Net movement: no verdict changed. 1 distance between figures narrowed." in text
    assert f"| Price | Narrowed | {went}." in " ".join(text.split())
    report = changes_report(found)
    assert report["summary"] == {"towards": 0, "away": 0, "narrowed": 1, "widened": 0}
    assert report["distances"] == [
        {
            "issue": "price",
            "parties": ["buyers", "sellers"],
            "from": 350,
            "to": 200,
            "moved": "narrowed",
            "why": went,
        }
    ]
    assert errors_by_schema("changes", json.loads(as_json(report))) == []
    assert "distance,price,,buyers sellers,,350,200,narrowed," in csv_text(*changes_rows(found))
    after = rendered(diff_document(compare(dossier, ["buyers", "sellers"], SECOND)), "github")
    assert "Buyers proposes 200; Sellers proposes 400: 200 euros apart." in after


def test_the_sale_in_a_briefing(tmp_path: Path) -> None:
    report = brief_report(compare(sale(tmp_path), ["buyers", "sellers"], SECOND))
    row = next(row for row in report["rows"] if row["issue"] == "price")
    assert (row["reason"], row["reason_in_words"]) == ("apart", "Figures apart")
    assert row["why"] == "Buyers proposes 200; Sellers proposes 400: 200 euros apart."
    assert row["apart"] == [{"parties": ["buyers", "sellers"], "distance": 200}]
    assert row["moves"] == [
        "200 euros would require Sellers to accept it (beyond the offer so far).",
        "400 euros would require Buyers to accept it (beyond the offer so far).",
    ]


def test_a_history_judges_a_figure_by_the_distance(tmp_path: Path) -> None:
    found = history(sale(tmp_path), "buyers", as_of=SECOND)
    (_, step), words = found.issues[0].steps, Words(found.dossier)
    assert step_in_words(step, found.issues[0].issue, words) == (
        "Softened: went up by 50, from 150 to 200 euros. "
        "Now 200 euros away from Sellers, previously 250."
    )
    report = history_report(found)
    assert report["issues"][0]["steps"][1]["distances"] == [
        {"party": "sellers", "from": 250, "to": 200, "moved": "narrowed"}
    ]
    assert errors_by_schema("history", json.loads(as_json(report))) == []


def test_a_group_does_not_move_against_its_members(tmp_path: Path) -> None:
    agenda = {"price": {"unit": "euros", "minimum": 0, "maximum": 1000}}
    positions = {
        "buyers": {"price": [{"demands": {"max": 100}}, {"since": SECOND, "proposes": 200}]},
        "member": {},
        "sellers": {"price": {"proposes": 500}},
    }
    group = {"buyers": {"members": ["member"], "speaks-for-members": True}}
    dossier = short_dossier(tmp_path, agenda, positions, {}, group)
    for party in ("buyers", "member"):
        (issue,) = history(dossier, party, as_of=SECOND).issues
        told = step_in_words(issue.steps[1], issue.issue, Words(dossier))
        # The lowest price that makes sense is none that they named.
        assert told.startswith("Softened: now calls for 200 euros, previously ruled out;")
        assert told.endswith("Now 300 euros away from Sellers, previously 400.")
        assert "minimum" not in told


# What the buyers say first, then; the kind of the step, and what became of the distance.
STEPS: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    ({"proposes": 200}, {"proposes": 150}, "hardened", "came down by 50"),
    ({"accepts": {"max": 200}}, {"accepts": {"max": 250}}, "softened", "went up by 50"),
    (
        *({"accepts": {"min": 100, "max": 200}}, {"accepts": {"min": 150, "max": 250}}),
        *("softened", "went up by 50 at the upper end"),
    ),
    ({"demands": {"max": 200}}, {"demands": {"min": 150, "max": 250}}, "softened", "at the upper"),
    ({"proposes": 150}, {"demands": 200}, "changed", "went up by 50"),
    ({"proposes": 150}, {"proposes": 200, "refuses": {"min": 300}}, "changed", "went up by 50"),
    ({"proposes": 150}, {"proposes": 600}, "softened", "went up by 450"),
    ({"proposes": 150}, {"accepts": {"min": 150}}, "softened", "to a figure in common"),
    ({"proposes": 150}, {"accepts": {"below": 500}}, "softened", "to adjacent figures"),
    ({"accepts": {"min": 150}}, {"proposes": 150}, "hardened", "from a figure in common to 350"),
    ({"accepts": [50, 700]}, {"accepts": [50, 600]}, "softened", "came down by 100"),
    ({"accepts": {"max": 200}}, {"proposes": {"max": 200}}, "changed", ""),
    ({"refuses": {"max": 100}}, {"refuses": {"max": 50}}, "softened", ""),
]


@pytest.mark.parametrize(("first", "then", "kind", "told"), STEPS)
def test_a_step(
    first: dict[str, Any], then: dict[str, Any], kind: str, told: str, tmp_path: Path
) -> None:
    sellers = {"sellers": {"proposes": 500}}
    dossier = two_days(tmp_path, {"buyers": first, **sellers}, {"buyers": then})
    found = changes(dossier, ["buyers", "sellers"], FIRST, SECOND)
    assert [change.step.kind for change in found.entries] == [kind]
    words = [distance_in_words(change, Words(dossier)) for change in found.distances]
    assert len(words) == bool(told)
    assert told in "".join(words)


def test_one_who_moves_does_so_towards_somebody(tmp_path: Path) -> None:
    first = {party: {"proposes": price} for party, price in (("a", 1), ("b", 5), ("c", 9))}
    dossier = two_days(tmp_path, first, {"b": {"proposes": 6}})
    found = changes(dossier, ["a", "b", "c"], FIRST, SECOND)
    assert [distance_in_words(change, Words(dossier)) for change in found.distances] == [
        "B went up by 1, away from A: from 4 to 5 euros apart",
        "B went up by 1, towards C: from 4 to 3 euros apart",
    ]
    assert [change.step.kind for change in found.entries] == ["changed"]


def test_without_another_party_s_figure_the_answers_decide(tmp_path: Path) -> None:
    dossier = two_days(tmp_path, {"buyers": {"proposes": 150}}, {"buyers": {"proposes": 200}})
    (one,) = history(dossier, "buyers", as_of=SECOND).issues
    assert one.steps[1].kind == "changed"
    assert step_in_words(one.steps[1], one.issue, Words(dossier)) == (
        "Shifted: went up by 50, from 150 to 200 euros."
    )


def test_a_condition_that_is_met_moves_the_figure_but_not_the_party(tmp_path: Path) -> None:
    agenda = {**AGENDA, "delivery": {"options": ["fast", "slow"]}}
    price = [150, {"outcome": 300, "if": {"delivery": "fast"}}]
    parties: dict[str, Any] = {
        "buyers": {"price": {"accepts": price}, "delivery": {"accepts": "fast"}},
        "sellers": {"price": {"proposes": 500}, "delivery": {"since": SECOND, "accepts": "fast"}},
    }
    dossier = short_dossier(tmp_path, agenda, parties)
    found = changes(dossier, ["buyers", "sellers"], FIRST, SECOND)
    assert [distance_in_words(change, Words(dossier)) for change in found.distances] == [
        "Buyers and Sellers: from 350 to 200 euros apart, because a condition of Buyers is met now"
    ]


def as_set(found: tuple[DistanceChange, ...], back: bool) -> set[tuple[object, ...]]:
    return {
        (one.cell, frozenset(one.sides), *((one.now, one.was) if back else (one.was, one.now)))
        for one in found
    }


@examples(50)
@given(dossiers(min_parties=2))
def test_narrowing_is_antisymmetric_in_time(plain: PlainDossier) -> None:
    dossier, ids = load(plain), list(plain.parties)
    one, other = (
        [
            (cell.cell, cell.case)
            for issue in compare(dossier, ids, day).issues
            for cell in issue.cells
        ]
        for day in ("2024-01-01", "2025-03-14")
    )
    there, back = (tuple(distance_changes(*pair)) for pair in ((one, other), (other, one)))
    assert as_set(there, back=False) == as_set(back, back=True)
    assert sum(change.narrowed for change in there) == sum(not change.narrowed for change in back)


def test_a_members_figure_is_that_of_its_group(tmp_path: Path) -> None:
    first = {"since": FIRST, "proposes": 150}
    parties = {
        "buyers": {"price": [first, {"since": SECOND, "proposes": 200}]},
        "sellers": {"price": [{"since": FIRST, "proposes": 500}]},
        "shop": {},
    }
    speaks = {"sellers": {"members": ["shop"], "speaks-for-members": True}}
    dossier = short_dossier(tmp_path, AGENDA, parties, {}, speaks)
    (_, step) = history(dossier, "buyers", None, SECOND).issues[0].steps
    told = [(one.sides, one.was, one.now) for one in step.distances]
    assert told == [((("buyers",), ("sellers", "shop")), 350, 300)]


def test_a_share_moves_to_a_level_and_not_to_percentage_points(tmp_path: Path) -> None:
    entries = [{"since": "2025-01", "proposes": 4}, {"since": "2025-02", "proposes": 5}]
    dossier = short_dossier(tmp_path, {"rise": {"unit": "per cent"}}, {"union": {"rise": entries}})
    found = history(dossier, "union", as_of="2025-03")
    (_, step), words = found.issues[0].steps, Words(found.dossier)
    told = step_in_words(step, found.issues[0].issue, words)
    assert "went up by 1, from 4 to 5 per cent" in told


def test_a_comma_parts_ranges_where_one_has_an_and(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, {"price": {"unit": "euros"}}, {"ann": {}})
    low, middle = Range(None, 60, high_open=True), Range(60, 100, low_open=True, high_open=True)
    told = Words(dossier).outcomes(dossier.issues["price"], [low, middle])
    assert told == "less than 60, or more than 60 and less than 100 euros"


def many_movers(folder: Path, moving: int, still: int) -> Dossier:
    """Parties with three figures each, of which some move to three others on the second day."""
    first = {f"p{at:03}": {"accepts": [at, at + 0.2, at + 0.4]} for at in range(moving + still)}
    second = {f"p{at:03}": {"accepts": [at, at + 0.1, at + 0.3]} for at in range(moving)}
    return two_days(folder, first, second)


def test_steps_compare_figures_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "condition-steps=40000")
    few, many = many_movers(tmp_path / "few", 2, 28), many_movers(tmp_path / "many", 30, 28)
    assert len(changes(few, few.negotiating, FIRST, SECOND).entries) == 2
    assert len(history(many, "p000", as_of=SECOND).issues[0].steps[1].distances) == 57
    with pytest.raises(WrongUsage, match=r"“price”.*CLAIMPOS_LIMITS=condition-steps=…"):
        changes(many, many.negotiating, FIRST, SECOND)


def test_steps_before_the_first_day_are_not_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = many_movers(tmp_path, 30, 0)
    asked: list[date] = []
    of_step = Figures.changes

    def counted(self: Figures, party: str, older: Entry, newer: Entry, day: date) -> object:
        asked.append(day)
        return of_step(self, party, older, newer, day)

    monkeypatch.setattr(Figures, "changes", counted)
    assert not changes(dossier, dossier.negotiating, SECOND, "2025-04").entries
    assert not asked


def two_sides(folder: Path) -> Dossier:
    """Five buyers and five sellers, all of whom move."""
    ids = [f"p{at}" for at in range(10)]
    first = {party: {"accepts": 100 * (at % 2)} for at, party in enumerate(ids)}
    second = {party: {"accepts": 50 * (at % 2)} for at, party in enumerate(ids)}
    return two_days(folder, first, second)


def told_in(what: str, dossier: Dossier) -> object:
    compared = compare(dossier, dossier.negotiating, SECOND)
    found = changes(dossier, dossier.negotiating, FIRST, SECOND)
    rendering: dict[str, Callable[[], object]] = {
        "diff as JSON": lambda: diff_report(compared),
        "a briefing": lambda: brief_report(compared),
        "changes as JSON": lambda: changes_report(found),
        "changes as CSV": lambda: changes_rows(found),
    }
    return rendering[what]()


@pytest.mark.parametrize(
    "what", ["diff as JSON", "a briefing", "changes as JSON", "changes as CSV"]
)
def test_pairs_of_parties_are_told_within_the_limit(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = two_sides(tmp_path)
    monkeypatch.setenv(VARIABLE, "party-pairs=25")
    assert told_in(what, dossier)
    monkeypatch.setenv(VARIABLE, "party-pairs=24")
    with pytest.raises(WrongUsage, match=r"24 pairs of parties.*CLAIMPOS_LIMITS=party-pairs=…"):
        told_in(what, dossier)


@pytest.mark.parametrize("what", ["changes as JSON", "changes as CSV"])
def test_sentences_on_distances_are_worded_once_and_told_within_the_limit(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded: list[str] = []

    def counted(change: DistanceChange, words: Words, movers: bool) -> str:
        worded.append(distance_in_words(change, words, movers))
        return worded[-1]

    monkeypatch.setattr("claimpos.rendering.changes_report.distance_in_words", counted)
    dossier = two_sides(tmp_path)
    told_in(what, dossier)
    (sentence,) = worded
    monkeypatch.setenv(VARIABLE, f"report-characters={25 * len(sentence) - 1}")
    with pytest.raises(WrongUsage, match=r"CLAIMPOS_LIMITS=report-characters=…"):
        told_in(what, dossier)


def test_distances_of_many_ranges_are_compared_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each range of both parties takes a step, on both days."""
    first = {"one": {"accepts": [*range(0, 400, 2)]}, "other": {"accepts": [*range(1, 400, 2)]}}
    dossier = two_days(tmp_path, first, {"one": {"accepts": [*range(0, 396, 2)]}})
    monkeypatch.setenv(VARIABLE, "condition-steps=1400")
    with pytest.raises(WrongUsage, match="condition-steps"):
        changes(dossier, ["one", "other"], FIRST, SECOND)
    monkeypatch.setenv(VARIABLE, "condition-steps=2000")
    assert len(changes(dossier, ["one", "other"], FIRST, SECOND).entries) == 1


def test_a_figure_that_is_no_longer_accepted_is_told(tmp_path: Path) -> None:
    first, then = {"accepts": {"min": 5, "max": 7}}, {"accepts": {"above": 5, "max": 9}}
    dossier = two_days(tmp_path, {"buyers": first}, {"buyers": then})
    (one,) = history(dossier, "buyers", as_of=SECOND).issues
    told = step_in_words(one.steps[-1], one.issue, Words(dossier))
    assert "now accepts more than 7 and at most 9" in told
    assert "no longer accepts 5" in told


def test_a_call_that_is_dropped_is_not_told_as_a_limit(tmp_path: Path) -> None:
    dossier = two_days(
        tmp_path, {"buyers": {"demands": {"min": 6}}}, {"buyers": {"accepts": {"min": 5}}}
    )
    (one,) = history(dossier, "buyers", as_of=SECOND).issues
    told = step_in_words(one.steps[-1], one.issue, Words(dossier))
    assert "the minimum came down by 1, from 6 to 5" in told
    assert "only" not in told
