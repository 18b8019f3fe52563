"""The enumerator by hand-made examples: figures beyond an offer, middles, offers, texts, groups."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.deals.enumerator import Enumerator
from tests.oracle.cases import dossier_of
from tests.oracle.naive import range_holds
from tests.oracle.record import Cell

PRICE: Cell = ("price", None)
DAYS: Cell = ("days", None)


def enumerator(
    parties: dict[str, Any],
    files: dict[str, Any] | None = None,
    proposals: dict[str, Any] | None = None,
    ids: list[str] | None = None,
    without: tuple[str, ...] = (),
) -> Enumerator:
    agenda = {
        "price": {"unit": "euros"},
        "days": {"unit": "days", "integer": True},
        "status": {"options": ["x", "y"]},
        "other": {"options": ["c", "d"]},
    }
    case = {
        "agenda": agenda,
        "parties": parties,
        "files": files or {},
        "proposals": proposals or {},
    }
    plain = dossier_of(case)
    return Enumerator(
        plain.agenda,
        plain.parties,
        ids or list(parties),
        without=without,
        sources=plain.sources,
        proposals=plain.proposals,
    )


def responses(slow: Enumerator, party: str, cell: Cell, spec: Any, **fixed: str) -> set[str]:
    """What the party says to the outcomes of the cell that the spec holds, where the rest is."""
    found = set()
    for package in slow.packages():
        value = package[cell]
        in_spec = value == spec if isinstance(value, str) else range_holds(spec, value)
        if in_spec and all(package[issue, None] == one for issue, one in fixed.items()):
            found.add(slow.says(party, cell, package))
    return found


BUYERS = {"price": {"proposes": {"max": 300}}}


@pytest.mark.parametrize(
    ("sellers", "spec", "buyers_say", "sellers_say"),
    [
        ({"proposes": {"min": 500}}, {"max": 300}, "yes", "beyond"),
        ({"proposes": {"min": 500}}, {"above": 300, "below": 500}, "beyond", "beyond"),
        ({"proposes": {"min": 500}}, {"min": 500}, "beyond", "yes"),
        ({"demands": {"min": 500}}, {"above": 300, "below": 500}, "beyond", "gives"),
        ({"proposes": 500, "refuses": {"below": 400}}, {"max": 300}, "yes", "crosses"),
        (
            {"proposes": 500, "refuses": {"below": 400}},
            {"min": 400, "below": 500},
            "beyond",
            "beyond",
        ),
        # Above all that either has named, the buyers go beyond their offer; the sellers do not,
        # because nobody's yes lies on that side of theirs.
        ({"proposes": 500}, {"above": 500}, "beyond", "unsaid"),
        # The sellers' yes reaches below the buyers' highest: it does not lie above it.
        ({"proposes": {"min": 100, "max": 300}}, {"above": 300}, "unsaid", "unsaid"),
        ({"refuses": {"max": 100}}, {"above": 300}, "unsaid", "unsaid"),
        # A yes that waits for a vote is none: nothing lies beyond it, and it draws nobody.
        ({"accepts": [{"outcome": 500, "subject-to": "a vote"}]}, {"max": 300}, "yes", "unsaid"),
        ({"accepts": [{"outcome": 500, "subject-to": "a vote"}]}, 500, "unsaid", "unsaid"),
    ],
)
def test_beyond(sellers: dict[str, Any], spec: Any, buyers_say: str, sellers_say: str) -> None:
    slow = enumerator({"buyers": BUYERS, "sellers": {"price": sellers}})
    assert responses(slow, "buyers", PRICE, spec) == {buyers_say}
    assert responses(slow, "sellers", PRICE, spec) == {sellers_say}


def test_between_two_figures_of_its_own_nothing_is_beyond() -> None:
    slow = enumerator({"a": {"price": {"proposes": [100, 300]}}, "b": {"price": {"proposes": 500}}})
    assert responses(slow, "a", PRICE, {"above": 100, "below": 300}) == {"unsaid"}
    assert responses(slow, "a", PRICE, {"above": 300, "below": 500}) == {"beyond"}
    assert responses(slow, "a", PRICE, {"below": 100}) == {"unsaid"}


def test_a_yes_on_a_condition_is_no_offer_beyond_which_one_could_go() -> None:
    slow = enumerator(
        {
            "a": {"price": {"accepts": [{"outcome": 100, "if": {"other": "c"}}]}},
            "b": {"price": {"proposes": 500}, "other": {"proposes": ["c", "d"]}},
        }
    )
    between = {"above": 100, "below": 500}
    assert responses(slow, "a", PRICE, between, other="c") == {"unsaid"}
    assert responses(slow, "a", PRICE, between, other="d") == {"unsaid"}
    assert responses(slow, "a", PRICE, 100, other="d") == {"gives"}


def test_beyond_is_asked_before_an_answer_outstanding_and_after_a_demand() -> None:
    truth = enumerator({"buyers": BUYERS, "sellers": {"price": {"proposes": {"min": 500}}}}).truth()
    assert truth is not None
    assert (truth.answer, truth.concessions) == ("open", (0, 0, 0, 0, 1, 0))
    assert len(truth.best) == 2
    truth = enumerator({"buyers": BUYERS, "sellers": {"price": {"demands": {"min": 500}}}}).truth()
    assert truth is not None
    assert (truth.answer, truth.concessions) == ("open", (0, 0, 0, 0, 1, 0))
    assert len(truth.best) == 1
    # An answer outstanding weighs less than a figure beyond an offer.
    parties = {"a": BUYERS, "b": {"price": {"proposes": 500}}, "c": {"price": {"reserves": "All."}}}
    truth = enumerator(parties).truth()
    assert truth is not None
    assert truth.concessions == (0, 0, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("cell", "a", "b", "middle"),
    [
        (PRICE, {"max": 300}, {"min": 500}, 400),
        (PRICE, {"below": 1}, {"above": 2}, Decimal("1.5")),
        (DAYS, {"max": 300}, {"min": 500}, 400),
        (DAYS, 3, 6, 4),
    ],
)
def test_the_middle_of_a_stretch(cell: Cell, a: Any, b: Any, middle: Any) -> None:
    slow = enumerator({"a": {cell[0]: {"proposes": a}}, "b": {cell[0]: {"proposes": b}}})
    middles = {slow.half_way(cell, package) for package in slow.packages()}
    assert middles == {None, middle}


def test_no_middle_between_figures_of_one_party_or_across_another_cut() -> None:
    one = enumerator({"a": {"price": {"proposes": [3, 5]}}, "b": {"price": {"refuses": 9}}})
    assert {one.half_way(PRICE, package) for package in one.packages()} == {None}
    cut = {"a": {"proposes": 3}, "b": {"proposes": 5}, "c": {"refuses": {"min": 4}}}
    slow = enumerator({party: {"price": entry} for party, entry in cut.items()})
    assert {slow.half_way(PRICE, package) for package in slow.packages()} == {None}


def test_an_offer_counts_whole() -> None:
    offer = {"accepts": "x", "offer": "june"}, {"accepts": "c", "offer": "june"}
    parties: dict[str, Any] = {
        "a": {"status": offer[0], "other": offer[1]},
        "b": {"status": {"accepts": ["x", "y"]}},
    }
    slow = enumerator(parties, {"a": {"offers": {"june": {"until": "2025-12"}}}})
    assert responses(slow, "a", ("status", None), "x", other="c") == {"yes"}
    assert responses(slow, "a", ("status", None), "x", other="d") == {"unsaid"}
    assert responses(slow, "a", ("other", None), "c", status="x") == {"yes"}
    assert responses(slow, "a", ("other", None), "c", status="y") == {"unsaid"}
    parties["a"]["other"] = [offer[1], {"since": "2025-02", "accepts": "d"}]
    newer = enumerator(parties, {"a": {"offers": {"june": {"until": "2025-12"}}}})
    assert responses(newer, "a", ("status", None), "x", other="d") == {"yes"}


def test_of_an_offer_a_part_of_which_is_left_out_nothing_counts() -> None:
    entries = {
        "status": {"accepts": "x", "offer": "june"},
        "other": {"accepts": "c", "offer": "june"},
    }
    files = {"a": {"offers": {"june": {"until": "2025-12"}}}}
    slow = enumerator({"a": entries, "b": {}}, files, without=("other",))
    assert responses(slow, "a", ("status", None), "x") == {"unsaid"}


def test_a_yes_to_a_text_lowers_nothing() -> None:
    files = {
        "plain": {"answers": {"text": {"says": "accepts"}}},
        "pending": {"answers": {"text": {"says": "accepts", "subject-to": "a vote"}}},
    }
    proposals = {"text": {"status": "x", "price": {"min": 500}}}
    parties: dict[str, Any] = {
        "plain": {"status": {"since": 2024, "refuses": "x"}},
        "pending": {
            "status": {"since": 2024, "demands": "x"},
            "price": {"since": 2024, "demands": 3},
        },
        "buyers": BUYERS,
    }
    slow = enumerator(parties, files, proposals)
    assert responses(slow, "plain", ("status", None), "x") == {"yes"}
    assert responses(slow, "pending", ("status", None), "x") == {"yes"}
    assert responses(slow, "pending", PRICE, 500) == {"unsaid"}
    assert responses(slow, "pending", PRICE, {"above": 500}) == {"gives"}
    # A yes to a text is an offer, too; the buyers' own goes up to 300.
    assert responses(slow, "plain", PRICE, {"max": 300}) == {"beyond"}
    assert responses(slow, "buyers", PRICE, 500) == {"beyond"}


def test_a_member_has_the_entry_of_its_group() -> None:
    parties: dict[str, Any] = {
        "g": {"price": {"demands": {"max": 300}, "priority": "high"}},
        "member": {},
        "sellers": {"price": {"demands": {"min": 500}}},
    }
    files = {"g": {"members": ["member"], "speaks-for-members": True}}
    truth = enumerator(parties, files, ids=["member", "sellers"]).truth()
    assert truth is not None
    assert (truth.answer, truth.concessions) == ("blocked", (0, 0, 1, 0, 0, 0))
    assert truth.conflict_sets == {frozenset({("member", PRICE), ("sellers", PRICE)})}


def test_a_yes_to_a_text_that_waits_for_something_adds_nothing_to_a_demand() -> None:
    answer = {"since": "2025", "says": "accepts", "subject-to": "a ballot", "evidence": ["said-so"]}
    slow = enumerator(
        {"ann": {}, "bo": {"days": {"demands": {"max": 2}}}},
        {"bo": {"answers": {"text": [answer]}}},
        {"text": {"days": {"min": 0}}},
    )
    assert slow.outcomes[DAYS] == [-1, 3], "2 and less, and more"
