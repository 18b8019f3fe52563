"""What comparisons cost on dossiers made to be slow: little, or the limit is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimpos import compare
from claimpos.comparison.answers import steps
from claimpos.comparison.changes import changes, edits
from claimpos.comparison.conditions import Common
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.effort import Effort
from claimpos.comparison.fragility import with_fragility
from claimpos.comparison.history import history
from claimpos.comparison.matrix import matrix
from claimpos.comparison.table import PositionTable
from claimpos.comparison.verdict_timeline import days_of_change, verdicts_over_time
from claimpos.comparison.votes import Ballot, Vote
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Cell, DecisionRule, Dossier, Party
from claimpos.errors import WrongUsage
from claimpos.wording.names import Words
from claimpos.wording.verdicts import explain_issue
from claimpos.wording.votes import blocking_in_words, change_in_words, votes_in_words
from tests.support import largely, short_dossier, within

pytestmark = pytest.mark.large

Agenda = dict[str, Any]
Parties = dict[str, dict[str, Any]]

CHOICE = {"options": ["a", "b"]}
TONS = {"unit": "tons", "integer": True}


# Conditions that must be met together

SIDES, WAYS = 16, 4


def each_way(condition: Callable[[int, int], dict[str, Any]], **besides: Any) -> Parties:
    """Parties that accept `a` of issue x on several conditions each."""
    return {
        f"p{side}": {
            "x": {
                "demands": "a",
                "accepts": [
                    {"outcome": "a", "if": condition(side, way), **besides} for way in range(WAYS)
                ],
            }
        }
        for side in range(SIDES)
    }


def own_issues() -> Agenda:
    return {f"i{side}-{way}": CHOICE for side in range(SIDES) for way in range(WAYS)}


PICKS: dict[str, tuple[Agenda, Parties, str]] = {
    "a shared issue and one of its own": (
        {"shared": CHOICE, **own_issues()},
        each_way(lambda side, way: {"shared": "a", f"i{side}-{way}": "a"}),
        "unresolved",
    ),
    "a shared item": (
        {"shared": {**CHOICE, "items": ["hill", "dale"]}, **own_issues()},
        each_way(lambda side, way: {"shared": {"hill": "a"}, f"i{side}-{way}": "a"}),
        "unresolved",
    ),
    "ranges of a shared quantity": (
        {"shared": {"unit": "t"}, **own_issues()},
        each_way(
            lambda side, way: {"shared": {"min": side + way, "max": 50}, f"i{side}-{way}": "a"}
        ),
        "unresolved",
    ),
    "rival ranges of a shared quantity": (
        {"shared": {"unit": "t"}, **own_issues()},
        each_way(
            lambda side, way: {
                "shared": {"min": 100 * side + way, "max": 100 * side + 9},
                f"i{side}-{way}": "a",
            }
        ),
        "conflict",
    ),
    "neighbours in a ring": (
        own_issues(),
        each_way(lambda side, way: {f"i{side}-{way}": "a", f"i{(side + 1) % SIDES}-{way}": "a"}),
        "unresolved",
    ),
    "neighbours in a ring who disagree": (
        own_issues(),
        each_way(lambda side, way: {f"i{side}-{way}": "a", f"i{(side + 1) % SIDES}-{way}": "b"}),
        "unresolved",
    ),
    "a shared issue on which half want the contrary": (
        {"shared": CHOICE, **own_issues()},
        each_way(lambda side, way: {"shared": "ab"[side % 2], f"i{side}-{way}": "a"}),
        "conflict",
    ),
    "further conditions in words": (
        {"shared": CHOICE, **own_issues()},
        each_way(
            lambda side, way: {"shared": "a", f"i{side}-{way}": "a"}, **{"subject-to": "a vote"}
        ),
        "unresolved",
    ),
    "all of them alike, on many issues": (
        {f"i{way}": CHOICE for way in range(WAYS)},
        each_way(lambda side, way: {f"i{way}": "a", f"i{(way + 1) % WAYS}": "ab"[way % 2]}),
        "unresolved",
    ),
}


@pytest.mark.parametrize(
    "what", largely(PICKS, "a shared item", "rival ranges of a shared quantity")
)
def test_conditions_on_one_outcome(what: str, tmp_path: Path) -> None:
    agenda, parties, verdict = PICKS[what]
    dossier = short_dossier(tmp_path, {"x": CHOICE, **agenda}, parties)
    with within(4):
        found = compare(dossier, list(parties), "2025")
    assert found.issues[0].verdict == verdict


@pytest.fixture(scope="module")
def knotted(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """Very many parties, each with conditions on some of very many issues."""
    chance = Random(3)
    issues = [f"i{number}" for number in range(28)]
    parties: Parties = {
        f"p{side}": {
            "x": {
                "demands": "a",
                "accepts": [
                    {"outcome": "a", "if": {issue: chance.choice("ab")}}
                    for issue in chance.sample(issues, 3)
                ],
            }
        }
        for side in range(120)
    }
    agenda = {"x": CHOICE, **dict.fromkeys(issues, CHOICE)}
    return short_dossier(tmp_path_factory.mktemp("knotted"), agenda, parties)


def test_a_search_among_very_many_conditions_ends_in_time(knotted: Dossier) -> None:
    with within(4):
        compare(knotted, list(knotted.parties), "2025")


def test_search_that_takes_too_long_names_the_issue_and_the_limit(
    knotted: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "condition-steps=5000")
    with pytest.raises(WrongUsage, match=r"“x”.* 5,000 steps.*CLAIMPOS_LIMITS=condition-steps=…"):
        compare(knotted, list(knotted.parties), "2025")


# Conditions that wait for conditions

COUNT = 600


def waiting(conditions: dict[int, list[int]], settled: dict[int, dict[str, Any]]) -> Parties:
    """Two parties that would have `a` of an issue alone, and if it is `a` of all these others."""
    positions = {
        f"i{one}": {
            "demands": "a",
            "accepts": [{"outcome": "a", "if": {f"i{other}": "a" for other in others}}],
        }
        for one, others in conditions.items()
    }
    positions |= {f"i{one}": entry for one, entry in settled.items()}
    return {"ann": positions, "bo": positions}


AGREED = {"proposes": "a"}
REFUSED = {"refuses": ["a", "b"]}
LAST = COUNT - 1

WAITING: dict[str, tuple[Parties, str]] = {
    "a chain": (waiting({i: [i + 1] for i in range(LAST)}, {LAST: AGREED}), "overlap"),
    "a chain backwards": (
        waiting({i: [i - 1] for i in range(1, COUNT)}, {0: AGREED}),
        "overlap",
    ),
    "a chain that fails": (waiting({i: [i + 1] for i in range(LAST)}, {LAST: REFUSED}), "conflict"),
    "a circle": (waiting({i: [(i + 1) % COUNT] for i in range(COUNT)}, {}), "unresolved"),
    "diamonds": (
        waiting(
            {i: [i // 3 * 3 + 3, i // 3 * 3 + 4, i // 3 * 3 + 5] for i in range(COUNT - 3)},
            dict.fromkeys(range(COUNT - 3, COUNT), AGREED),
        ),
        "overlap",
    ),
    "each on all others": (
        waiting({i: [j for j in range(60) if j != i] for i in range(60)}, {}),
        "unresolved",
    ),
    "each on all before it": (
        waiting({i: list(range(i)) for i in range(1, 100)}, {0: AGREED}),
        "overlap",
    ),
    "each on all others and one fails": (
        waiting({i: [j for j in range(60) if j != i] for i in range(59)}, {59: REFUSED}),
        "conflict",
    ),
}


@pytest.mark.parametrize(
    "what", largely(WAITING, "a chain that fails", "each on all others and one fails")
)
def test_conditions_that_wait_for_conditions(what: str, tmp_path: Path) -> None:
    parties, verdict = WAITING[what]
    dossier = short_dossier(tmp_path, {f"i{i}": CHOICE for i in range(COUNT)}, parties)
    with within(3):
        spoken = [
            one for one in compare(dossier, ["ann", "bo"], "2025").issues if one.positions["ann"]
        ]
        counted = matrix(dossier, as_of="2025")
    verdicts = [one.verdict for one in spoken]
    assert set(verdicts) == {verdict}
    (pair,) = counted.pairs
    assert pair.overlap == verdicts.count("overlap")
    assert pair.conflict == verdicts.count("conflict")


def test_conditions_that_are_too_much_to_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parties, _ = WAITING["each on all others"]
    dossier = short_dossier(tmp_path, {f"i{i}": CHOICE for i in range(60)}, parties)
    monkeypatch.setenv(VARIABLE, "condition-steps=60000")
    assert matrix(dossier, as_of="2025").pairs[0].unresolved == 60
    compared = compare(dossier, ["ann", "bo"], "2025")
    with pytest.raises(WrongUsage, match="condition-steps"):
        [explain_issue(verdict) for verdict in compared.issues]


def test_outcomes_with_too_many_conditions_to_explain(tmp_path: Path) -> None:
    parties = QUANTITIES["one range within the other"]
    table = PositionTable(
        short_dossier(tmp_path, {"q": {"unit": "t"}, "x": CHOICE}, parties),
        list(parties),
        date(2025, 12, 31),
    )
    with within(3), pytest.raises(WrongUsage, match="condition-steps"):
        steps(Common(table, table.parties), [Cell("q")])


# Why verdicts changed


def test_causes_along_a_chain(tmp_path: Path) -> None:
    count = 12
    parties = waiting({i: [i + 1] for i in range(count - 1)}, {count - 1: AGREED})
    dossier = short_dossier(tmp_path, {f"i{i}": CHOICE for i in range(count)}, parties)
    with within(3):
        found = changes(dossier, ["ann", "bo"], "2024", "2025").verdicts
    assert [len(one.causes) for one in found] == [2 * (count - i) for i in range(count)]


def test_causes_along_a_chain_that_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "condition-steps=1000000")
    parties = waiting({i: [i + 1] for i in range(LAST)}, {LAST: AGREED})
    dossier = short_dossier(tmp_path, {f"i{i}": CHOICE for i in range(COUNT)}, parties)
    with within(6), pytest.raises(WrongUsage, match="condition-steps"):
        changes(dossier, ["ann", "bo"], "2024", "2025")


@pytest.mark.parametrize("place", largely([0, 75, 149], 75))
def test_one_cause_among_many_changes(place: int, tmp_path: Path) -> None:
    parties: Parties = {f"p{number}": {"x": {"demands": "a"}} for number in range(150)}
    parties[f"p{place}"] = {"x": {"refuses": ["a", "b"]}}
    dossier = short_dossier(tmp_path, {"x": CHOICE}, parties)
    with within(3):
        (found,) = changes(dossier, list(parties), "2024", "2025").verdicts
    assert [cause.party for cause in found.causes] == [f"p{place}"]


# Many values of a quantity

ENDS = 4000


def ranges(first: int) -> list[dict[str, int]]:
    return [{"min": 4 * i + first, "max": 4 * i + first + 1} for i in range(ENDS // 4)]


QUANTITIES: dict[str, Parties] = {
    "rival demands": {
        "ann": {"q": {"demands": ranges(0)}},
        "bo": {"q": {"demands": ranges(2)}},
    },
    "red lines": {
        "ann": {"q": {"refuses": ranges(0)}},
        "bo": {"q": {"demands": ranges(0)}},
    },
    "spoken past each other": {
        "ann": {"q": {"proposes": ranges(0)}},
        "bo": {"q": {"proposes": ranges(2)}},
    },
    "numbers": {
        "ann": {"q": {"demands": [4 * i for i in range(ENDS // 2)]}},
        "bo": {"q": {"demands": [4 * i + 2 for i in range(ENDS // 2)]}},
    },
    "a condition for each": {
        party: {
            "q": {
                "demands": {"min": 0},
                "accepts": [
                    {"outcome": one, "if": {"x": "ab"[at % 2]}}
                    for at, one in enumerate(ranges(first))
                ],
            }
        }
        for first, party in enumerate(["ann", "bo"])
    },
    "one range within the other": {
        party: {
            "q": {
                "accepts": [
                    {"outcome": {"min": i, "max": 2 * ENDS - i}, "subject-to": f"point {i}"}
                    for i in range(first, ENDS // 2, 2)
                ]
            }
        }
        for first, party in enumerate(["ann", "bo"])
    },
    "conditions on them": {
        party: {
            "x": {
                "demands": "a",
                "accepts": [{"outcome": "a", "if": {"q": one}} for one in ranges(2 * first)],
            }
        }
        for first, party in enumerate(["ann", "bo"])
    },
    "a range of each of many": {
        f"p{i}": {"q": {"demands": {"min": 4 * i, "max": 4 * i + 1}}} for i in range(300)
    },
}


@pytest.mark.parametrize("what", largely(QUANTITIES, "numbers", "a range of each of many"))
def test_many_values_of_a_quantity(what: str, tmp_path: Path) -> None:
    parties = QUANTITIES[what]
    dossier = short_dossier(tmp_path, {"q": {"unit": "t"}, "x": CHOICE}, parties)
    with within(4):
        compare(dossier, list(parties), "2025")


def test_more_values_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = short_dossier(tmp_path, {"q": {"unit": "t"}, "x": CHOICE}, QUANTITIES["numbers"])
    monkeypatch.setenv(VARIABLE, "end-points=3999")
    with pytest.raises(WrongUsage, match=r"4,000 .*“q”.* 3,999; .*CLAIMPOS_LIMITS=end-points=…"):
        compare(dossier, ["ann", "bo"], "2025")


# Many parties


def many(count: int, entry: Callable[[int], dict[str, Any]]) -> Parties:
    return {f"p{number}": {"x": entry(number)} for number in range(count)}


CROWDS: dict[str, Parties] = {
    "alike": many(250, lambda number: {"demands": "a"}),
    "in turns": many(250, lambda number: [{"demands": "a"}, {"refuses": "a"}][number % 2]),
    "on a condition": many(250, lambda number: {"accepts": [{"outcome": "a", "if": {"y": "a"}}]}),
}


@pytest.mark.parametrize("what", largely(CROWDS, "in turns"))
def test_many_parties_two_by_two(what: str, tmp_path: Path) -> None:
    parties = CROWDS[what]
    dossier: Dossier = short_dossier(tmp_path, {"x": CHOICE, "y": CHOICE}, parties)
    with within(6):
        found = matrix(dossier, as_of="2025")
        compare(dossier, list(parties), "2025")
    assert len(found.pairs) == 250 * 249 // 2


# Who a conflict is between


def refusing(parties: int, options: int) -> Parties:
    """Parties that each refuse one option unless a condition holds, which they rule out."""
    return {
        f"p{at}": {
            "x": {
                "refuses": f"o{at % options}",
                "accepts": [{"outcome": f"o{at % options}", "if": {f"y{at}": "a"}}],
            },
            f"y{at}": {"refuses": "a"},
        }
        for at in range(parties)
    }


def agenda_of(parties: int, options: int) -> Agenda:
    asked = {"x": {"options": [f"o{at}" for at in range(options)]}}
    return asked | {f"y{at}": CHOICE for at in range(parties)}


def test_the_smallest_sets_among_many_parties_are_found_fast(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, agenda_of(40, 4), refusing(40, 4))
    with within(3):
        comparison = compare(dossier, [*dossier.parties], "2025-03-14", issues=["x"])
        explained = explain_issue(comparison.issues[0])
    assert "9,997 more sets of four parties are at odds" in explained


def test_a_vote_of_many_members_with_weights_of_their_own(tmp_path: Path) -> None:
    """The search for who can change it goes from weight to weight."""
    members = [f"p{at}" for at in range(1_500)]
    rule = {"at-least": "95%", "weights": {party: at + 1 for at, party in enumerate(members)}}
    agenda = {"x": {**CHOICE, "decides": rule}}
    dossier = short_dossier(tmp_path, agenda, {party: {"x": {"accepts": "a"}} for party in members})
    with within(5):
        (verdict,) = compare(dossier, members, "2025-03-14").issues
        assert explain_issue(verdict)


def test_where_the_sets_are_too_many_to_look_at_only_their_size_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "blocking-set-steps=500")
    dossier = short_dossier(tmp_path, agenda_of(40, 4), refusing(40, 4))
    comparison = compare(dossier, [*dossier.parties], "2025-03-14", issues=["x"])
    assert "takes at least three of the parties" in explain_issue(comparison.issues[0])
    assert comparison.issues[0].cells[0].case.at_odds.named == ()


def test_sets_of_more_than_five_parties_are_not_looked_for(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, agenda_of(6, 6), refusing(6, 6))
    (verdict,) = compare(dossier, [*dossier.parties], "2025-03-14", issues=["x"]).issues
    assert (verdict.verdict, verdict.reason) == ("conflict", "ruled-out")
    assert "at least five of the parties" in explain_issue(verdict)


def test_of_many_conflicts_the_later_ones_are_told_with_fewer_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "blocking-set-steps=5000")
    agenda = agenda_of(40, 4)
    alike = {f"x{at}": agenda["x"] for at in range(20)}
    parties = {
        party: {**positions, **dict.fromkeys(alike, positions["x"])}
        for party, positions in refusing(40, 4).items()
    }
    dossier = short_dossier(tmp_path, agenda | alike, parties)
    with within(5):
        found = compare(dossier, [*dossier.parties], "2025-03-14", issues=alike).issues
    assert {verdict.verdict for verdict in found} == {"conflict"}
    first, *_, last = (verdict.cells[0].case.at_odds for verdict in found)
    assert first.least > last.least == 2
    assert "takes at least two of the parties" in explain_issue(found[-1])


def test_a_condition_on_one_of_many_items_is_weighed_alone(tmp_path: Path) -> None:
    """Whatever else is said of the items is the same for every pair of parties."""
    agenda = {
        "x": {"options": ["a", "b", "c"], "items": [f"m{at}" for at in range(300)]},
        "y": CHOICE,
    }
    parties = {
        f"p{at}": {
            "x": {
                "accepts": [
                    {"m0": "ab"[at % 2], "all": ["ab"[at % 2], "c"]},
                    {"outcome": {"m0": "ba"[at % 2]}, "if": {"y": "a"}},
                ]
            }
        }
        for at in range(120)
    }
    dossier = short_dossier(tmp_path, agenda, parties)
    with within(2):
        found = matrix(dossier, as_of="2025")
    assert {(pair.overlap, pair.unresolved) for pair in found.pairs} == {(0, 2), (1, 1)}


# Conditions of a position and of the one before it


def on_conditions(figures: Iterable[int], more: int = 0) -> list[dict[str, Any]]:
    """Each figure accepted if another issue has ten times as much, and some `more`."""
    return [{"outcome": {"min": at}, "if": {"y": {"min": 10 * at + more}}} for at in figures]


def test_many_conditions_in_another_order_are_restated_quickly(tmp_path: Path) -> None:
    there = range(1_000)
    entries = [
        {"since": f"2025-01-0{day}", "accepts": on_conditions(order)}
        for day, order in ((1, there), (2, there[::-1]))
    ]
    dossier = short_dossier(tmp_path, {"x": TONS, "y": TONS}, {"p": {"x": entries}})
    with within(3):
        (found,) = history(dossier, "p", as_of="2026").issues
    assert [step.kind for step in found.steps] == ["new", "restated"]


def test_conditions_compared_with_too_many_others_meet_the_limit(tmp_path: Path) -> None:
    entries = [
        {"since": f"2025-01-0{day}", "accepts": on_conditions(range(1_000), day)}
        for day in range(1, 9)
    ]
    dossier = short_dossier(tmp_path, {"x": TONS, "y": TONS}, {"p": {"x": entries}})
    with within(10), pytest.raises(WrongUsage, match="condition-steps"):
        history(dossier, "p", as_of="2026")


def test_a_report_tells_no_more_changes_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group's positions are those of each member, too."""
    entries = [{"since": f"2025-01-0{day}", "demands": "ab"[day % 2]} for day in range(1, 6)]
    besides = {"g": {"members": ["p", "q"], "speaks-for-members": True}}
    dossier = short_dossier(
        tmp_path, {"x": CHOICE}, {"g": {"x": entries}, "p": {}, "q": {}}, {}, besides
    )
    without = dossier._replace(parties={**dossier.parties, "g": Party("g", "G", "G", {})})
    monkeypatch.setenv(VARIABLE, "position-changes=15")
    found = changes(dossier, ["g", "p", "q"], "2024", "2026")
    assert len(found.entries) == 15
    assert len(edits(without, dossier, ["g", "q"], "2026").entries) == 2
    for most, told in (
        (14, lambda: changes(dossier, ["g", "p", "q"], "2024", "2026")),
        (4, lambda: history(dossier, "p", as_of="2026")),
        (1, lambda: edits(without, dossier, ["g", "q"], "2026")),
    ):
        monkeypatch.setenv(VARIABLE, f"position-changes={most}")
        with pytest.raises(WrongUsage, match=f"change more than {most} times.*position-changes"):
            told()


# Groups, answers and offers


def test_offers_of_one_term_each_are_told_quickly(tmp_path: Path) -> None:
    issues = [f"i{at}" for at in range(1_500)]
    offered = {issue: {"accepts": "a", "offer": f"o{at}"} for at, issue in enumerate(issues)}
    offers = {f"o{at}": {"title": f"Offer {at}"} for at in range(1_500)}
    parties = {"x": offered, "y": {issue: {"demands": "b"} for issue in issues}}
    besides = {"x": {"offers": offers}}
    dossier = short_dossier(tmp_path, dict.fromkeys(issues, CHOICE), parties, {}, besides)
    with within(4):
        for verdict in compare(dossier, ["x", "y"], "2025-03-14").issues:
            assert "of that offer is possible: Y rules out ⟨A⟩" in explain_issue(verdict)


def given(days: list[date]) -> list[dict[str, Any]]:
    """Answers that change from day to day."""
    return [
        {"since": str(day), "says": says, "evidence": ["said-so"]}
        for day, says in zip(days, cycle(["accepts", "refuses"]), strict=False)
    ]


def test_many_answers_to_one_text_are_followed_over_time_quickly(tmp_path: Path) -> None:
    days = [date(2001, 1, 1) + timedelta(number) for number in range(3_000)]
    texts = {"text": {"date": "2000", "terms": {"x": "a", "y": "b"}}}
    besides = {name: {"answers": {"text": given(days)}} for name in "pq"}
    agenda = {"x": CHOICE, "y": CHOICE}
    dossier = short_dossier(tmp_path, agenda, {"p": {}, "q": {}}, texts, besides)
    with within(5):
        (of_x, of_y) = history(dossier, "p", as_of="2025").issues
    assert len(of_x.steps) == len(of_y.steps) == 3_000


def test_answers_to_texts_of_one_term_each_are_followed_quickly(tmp_path: Path) -> None:
    issues = [f"i{at}" for at in range(1_000)]
    texts = {f"t{issue}": {"date": "2000", "terms": {issue: "a"}} for issue in issues}
    besides = {"p": {"answers": {text: [{"since": "2001", "says": "accepts"}] for text in texts}}}
    parties = {"p": {}, "q": {issue: {"demands": "b"} for issue in issues}}
    dossier = short_dossier(tmp_path, dict.fromkeys(issues, CHOICE), parties, texts, besides)
    days = days_of_change(dossier, "pq")
    with within(5):
        turns = verdicts_over_time(dossier, [("p", "q")], days)["p", "q"]
    assert {turn[-1].outline.reason for turn in turns.values()} == {"unanswered"}


def test_texts_of_many_terms_accepted_with_exceptions_are_followed_quickly(tmp_path: Path) -> None:
    issues = [f"i{at}" for at in range(2_000)]
    texts = {f"t{at}": {"date": "2000", "terms": dict.fromkeys(issues, "a")} for at in range(5)}
    yes = {"since": "2001", "says": "accepts", "except": issues[::2]}
    besides = {party: {"answers": {text: [yes] for text in texts}} for party in "pq"}
    agenda = dict.fromkeys(issues, CHOICE)
    dossier = short_dossier(tmp_path, agenda, {"p": {}, "q": {}}, texts, besides)
    days = days_of_change(dossier, "pq")
    with within(2):
        turns = verdicts_over_time(dossier, [("p", "q")], days)["p", "q"]
    assert {issue for issue, turn in turns.items() if turn[-1].outline.verdict == "overlap"} == {
        *issues[1::2]
    }


def test_answers_and_newer_entries_not_yet_known_are_weighed_quickly(tmp_path: Path) -> None:
    texts = {f"t{at}": {"date": "2000", "terms": {"x": "a"}} for at in range(600)}
    answers = {text: [{"since": "2001", "says": "accepts"}] for text in texts}
    besides: dict[str, Any] = {"p": {"answers": answers}}
    said = {"source": "paper", "basis": "stated", "summary": "So."}
    besides["p"]["statements"] = {
        "said-so": {**said, "said": 2000},
        "late": {**said, "said": 2020},
    }
    days = [date(2002, 1, 1) + timedelta(number) for number in range(600)]
    entries = [{"since": str(day), "demands": "b", "evidence": ["late"]} for day in days]
    parties = {"p": {"x": entries}, "q": {"x": {"demands": "a"}}}
    dossier = short_dossier(tmp_path, {"x": CHOICE}, parties, texts, besides)
    with within(2):
        assert compare(dossier, ["p", "q"], "2019").summary["unresolved"] == 1
    assert compare(dossier, ["p", "q"], "2026").summary["conflict"] == 1


def test_what_answers_changed_is_told_quickly(tmp_path: Path) -> None:
    issues = [f"i{at}" for at in range(1_500)]
    texts = {f"t{issue}": {"date": "2000", "terms": {issue: "a"}} for issue in issues}
    answers = {text: [{"since": "2001", "says": "accepts"}] for text in texts}
    besides = {name: {"answers": answers} for name in "pq"}
    agenda = dict.fromkeys(issues, CHOICE)
    dossier = short_dossier(tmp_path, agenda, {"p": {}, "q": {}}, texts, besides)
    with within(4):
        found = changes(dossier, ["p", "q"], "2000-06-01", "2025")
    assert len(found.verdicts) == 1_500


@pytest.mark.parametrize("share", [1, 0.5])
def test_many_groups_that_speak_for_many_parties_are_followed_quickly(
    share: float, tmp_path: Path
) -> None:
    chance = Random(9)
    names = [f"p{at}" for at in range(150)]
    parties: Parties = {name: {} for name in names}
    besides = {}
    for at in range(150):
        since = date(2025, 1, 1) + timedelta(chance.randrange(300))
        entries = [{"since": str(since), "demands": chance.choice("ab")}]
        parties[f"g{at}"] = dict.fromkeys("xyz", entries)
        members = [name for name in names if chance.random() < share]
        besides[f"g{at}"] = {"members": members, "speaks-for-members": True}
    dossier = short_dossier(tmp_path, dict.fromkeys("xyz", CHOICE), parties, {}, besides)
    timelines = EffectiveTimelines(dossier)
    with within(3):
        held = [timelines.positions(name) for name in names]
    days = {entry.since.first for entry in held[0]["x"]}
    assert len(days) == len(held[0]["x"]) > 50


def test_many_answers_to_the_same_texts_are_followed_quickly(tmp_path: Path) -> None:
    issues = [f"i{at}" for at in range(10)]
    texts = {
        f"t{at}": {"date": "2000", "terms": dict.fromkeys(issues, "ab"[at % 2])} for at in range(20)
    }
    days = [date(2001, 1, 1) + timedelta(2 * at) for at in range(200)]
    answers = [
        {"since": str(day), "until": str(day), "says": ["accepts", "refuses"][at % 2]}
        for at, day in enumerate(days)
    ]
    besides = {name: {"answers": dict.fromkeys(texts, answers)} for name in "pqr"}
    agenda = dict.fromkeys(issues, CHOICE)
    dossier = short_dossier(tmp_path, agenda, {name: {} for name in "pqr"}, texts, besides)
    timelines = EffectiveTimelines(dossier)
    with within(4):
        turns = verdicts_over_time(dossier, [tuple("pqr")], days, worded=[tuple("pqr")])
        known = [timelines.stretches("p", issue, day) for issue in issues for day in days]
    assert {len(one) for one in turns[tuple("pqr")].values()} == {200}
    assert [len(stretches) for stretches in known[:4]] == [1, 1, 2, 2]


# Decision rules with many weighted conditions

RULES = {"all": "all-of", "any": "any-of"}


def weighed(every: str, members: int, conditions: int, folder: Path) -> Dossier:
    """A dossier with one issue, on which a rule of conditions with weights of their own decides."""
    random = Random(3)
    parties: Parties = {
        f"p{number}": {"x": {random.choice(["demands", "refuses", "accepts"]): "a"}}
        for number in range(members)
    }
    parts = [
        {"at-least": "65%", "weights": {party: random.randrange(1, 10**9) for party in parties}}
        for _ in range(conditions)
    ]
    return short_dossier(folder, {"x": {**CHOICE, "decides": {RULES[every]: parts}}}, parties)


@pytest.mark.parametrize("every", RULES)
@pytest.mark.parametrize(("members", "conditions"), [(120, 40), (30, 90)])
def test_votes_with_many_weights_are_counted_quickly(
    every: str, members: int, conditions: int, tmp_path: Path
) -> None:
    dossier = weighed(every, members, conditions, tmp_path)
    with within(4):
        comparison = with_fragility(compare(dossier, [*dossier.parties], "2025"))
        told = explain_issue(comparison.issues[0])
        votes = " ".join(votes_in_words(comparison.issues[0].cells[0].case, Words(dossier)))
    assert told
    assert votes


def test_where_no_steps_are_left_for_votes_what_is_not_known_is_told(tmp_path: Path) -> None:
    dossier = weighed("all", 3, 2, tmp_path)
    effort = Effort()
    effort.spend_on_vote(10**9)
    rule, members = DecisionRule("unanimity"), [*dossier.parties]
    sides = Ballot(rule, members), Ballot(rule, members, effort)
    votes: dict[str, Vote] = dict.fromkeys(members, "yes")
    words = Words(dossier)
    told = [
        (blocking_in_words(one, words), change_in_words(one.decision(votes), words))
        for one in sides
    ]
    assert told == [
        ("any member alone can block", "if P0, P1 or P2 voted against it, it would not pass"),
        (
            "there are too many combinations to say who can block",
            "there are too many combinations to say whose votes could change that",
        ),
    ]


# Many items with acceptances of their own


def by_item(requires: Callable[[int], dict[str, Any]], items: int, folder: Path) -> Dossier:
    """Three parties that accept something on each item of one issue, on a condition."""
    accepts = [{"outcome": {f"m{at}": "a"}, **requires(at)} for at in range(items)]
    parties: Parties = {party: {"x": {"accepts": accepts}} for party in ("ann", "bo", "cy")}
    return short_dossier(
        folder, {"x": {**CHOICE, "items": [f"m{n}" for n in range(items)]}}, parties
    )


def test_many_items_with_acceptances_of_their_own(tmp_path: Path) -> None:
    dossier = by_item(lambda at: {"subject-to": "a vote"}, 3_000, tmp_path)
    with within(3):
        (verdict,) = compare(dossier, [*dossier.parties], "2025").issues
    assert {cell.reason for cell in verdict.cells} == {"condition-pending"}


def test_what_verdicts_on_items_that_wait_for_each_other_hang_on(tmp_path: Path) -> None:
    items = 800
    dossier = by_item(lambda at: {"if": {"x": {f"m{(at + 1) % items}": "a"}}}, items, tmp_path)
    with within(6):
        with_fragility(compare(dossier, [*dossier.parties], "2025"))


def test_acceptances_are_found_by_cell_as_by_looking_through_all(tmp_path: Path) -> None:
    dossier = by_item(lambda at: {"subject-to": "a vote"}, 40, tmp_path)
    (entry,) = dossier.parties["ann"].positions["x"]
    for accepts in (entry.accepts, entry.accepts[:3]):
        some = entry._replace(accepts=accepts)
        for cell in dossier.issues["x"].cells():
            assert [*some.accepts_on(cell)] == [one for one in accepts if cell in one.outcomes]


def test_the_acceptances_of_many_entries_are_found_by_cell_in_turn(tmp_path: Path) -> None:
    dossier = by_item(lambda at: {"subject-to": "a vote"}, 100, tmp_path)
    (entry,) = dossier.parties["ann"].positions["x"]
    entries = [entry._replace(accepts=(*entry.accepts[:50], one)) for one in entry.accepts * 15]
    with within(1):
        for cell in dossier.issues["x"].cells():
            for one in entries:
                one.accepts_on(cell)
