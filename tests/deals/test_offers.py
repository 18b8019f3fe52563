"""A yes that is part of an offer counts only in packages that have all of the offer's terms."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.comparison.conditions import Common
from claimpos.comparison.table import PositionTable
from claimpos.deals.problem import OfferKey, problem_of
from claimpos.deals.search import find_deals
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import Cell, Dossier
from claimpos.dossier.outcomes import Range
from claimpos.rendering.data import json_text
from tests.conftest import examples
from tests.support import write_short, yaml_data

AGENDA = {
    "war": {"options": ["on", "off"]},
    "arms": {"options": ["go-on", "stop"]},
    "land": {"options": ["mine", "yours"], "items": ["hill", "dale"]},
    "cap": {"unit": "persons", "integer": True},
}


def dossier_of(folder: Path, ann: dict[str, Any], bo: dict[str, Any]) -> Dossier:
    write_short(folder, AGENDA, {"ann": ann, "bo": bo})
    path = folder / "ann.yaml"
    party: Any = yaml_data(path.read_text("utf-8"))
    party["offers"] = {"package": {"title": "The package"}}
    path.write_text(json_text(party), encoding="utf-8")
    return load_dossier(folder)


OFFERED = {
    "war": {"accepts": "off", "offer": "package"},
    "arms": {"accepts": "stop", "offer": "package"},
}


def test_the_package_as_a_whole_is_accepted(tmp_path: Path) -> None:
    dossier = dossier_of(
        tmp_path, OFFERED, {"war": {"demands": "off"}, "arms": {"accepts": "stop"}}
    )
    assert find_deals(dossier, ["ann", "bo"]).answer == "agreed"


def test_a_part_of_it_is_not(tmp_path: Path) -> None:
    refused = {"war": {"demands": "off"}, "arms": {"demands": "go-on"}}
    dossier = dossier_of(tmp_path, OFFERED, refused)
    found = find_deals(dossier, ["ann", "bo"])
    assert found.answer == "open", "Ann has said no to nothing"
    assert found.concessions == (0, 0, 0, 0, 0, 2), "on both issues its yes is missing"
    without = find_deals(dossier, ["ann", "bo"], without=["arms"])
    assert without.concessions == (0, 0, 0, 0, 0, 1), (
        "a package without arms is not the one offered"
    )


@st.composite
def sides(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    choices: dict[str, list[Any]] = {
        "war": ["on", "off"],
        "arms": ["go-on", "stop"],
        "land": [{"hill": "mine"}, {"hill": "yours", "dale": "mine"}, {"all": "yours"}],
        "cap": [5, {"max": 4}, {"min": 3, "max": 9}, [1, 3, 5, 7, 9, 11, 13, 15]],
    }
    found: list[dict[str, Any]] = []
    for part in (True, False):
        entries: dict[str, Any] = {}
        for issue in draw(st.lists(st.sampled_from([*AGENDA]), min_size=1, unique=True)):
            verb = draw(st.sampled_from(["demands", "proposes", "accepts", "accepts"]))
            entries[issue] = {verb: draw(st.sampled_from(choices[issue]))}
            if verb == "accepts" and issue != "war" and draw(st.booleans()):
                outcome = {"outcome": entries[issue][verb], "if": {"war": "off"}}
                entries[issue] = {"accepts": [outcome]}
            if part and draw(st.integers(0, 2)):
                entries[issue]["offer"] = "package"
        found.append(entries)
    return found[0], found[1]


def summed(concessions: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*concessions, strict=True)))


@examples(25)
@given(sides())
def test_the_search_finds_what_trying_every_package_finds(
    found: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    with TemporaryDirectory() as folder:
        dossier = dossier_of(Path(folder), *found)
    parties = ["ann", "bo"]
    problem = problem_of(PositionTable(dossier, parties, day_of(None)), {})
    positions = [position for position, _ in problem.positions()]
    packages = (
        dict(zip(problem.domains, chosen, strict=True))
        for chosen in product(*problem.domains.values())
    )
    best = min(summed(problem.concessions(positions, package)) for package in packages)
    deals = find_deals(dossier, parties)
    assert deals.proved
    assert deals.concessions == best
    assert (deals.answer == "agreed") == (not any(best))


@pytest.mark.parametrize("issue", [*OFFERED])
def test_a_newer_entry_takes_its_issue_out_of_the_offer(tmp_path: Path, issue: str) -> None:
    (outcome,) = (entry["accepts"] for key, entry in OFFERED.items() if key == issue)
    newer = {"since": "2025-02", "accepts": outcome}
    ann: dict[str, Any] = {**OFFERED, issue: [OFFERED[issue], newer]}
    dossier = dossier_of(tmp_path, ann, {})
    problem = problem_of(PositionTable(dossier, ["ann", "bo"], day_of(None)), {})
    assert Cell(issue) not in problem.offers[OfferKey("ann", "ann", "package")]


LEAGUE: dict[str, Any] = {"members": ["ann"], "speaks-for-members": True}
ANSWERS = {"answers": {"plan": [{"since": "2025-02", "says": "accepts"}]}}


@pytest.mark.parametrize("by", ["its group's entry", "its answer to a text"])
def test_what_a_party_says_elsewhere_on_the_issue_is_no_part_of_its_offer(
    tmp_path: Path, by: str
) -> None:
    as_member = by == "its group's entry"
    write_short(
        tmp_path,
        AGENDA,
        {
            "ann": {"land": {"accepts": {"hill": "mine"}, "offer": "package"}},
            "bo": {"land": {"refuses": {"all": "yours"}}},
            "league": {"land": {"accepts": {"dale": "yours"}}} if as_member else {},
        },
        {"plan": {"terms": {"land": {"dale": "yours"}}}},
        {
            "ann": {
                "offers": {"package": {"title": "The package"}},
                **({} if as_member else ANSWERS),
            },
            "league": LEAGUE,
        },
    )
    table = PositionTable(load_dossier(tmp_path), ["ann", "bo"], day_of("2025"))
    hill, dale = Cell("land", "hill"), Cell("land", "dale")
    assert table.stance("ann", dale).yes, "there is a yes to speak of"
    assert set(problem_of(table, {}).offers[OfferKey("ann", "ann", "package")]) == {hill}
    assert Common(table, ["ann", "bo"]).terms_rejected("ann", "package") == ()


def test_an_outcome_accepted_by_an_answer_does_not_wait_for_the_offer(tmp_path: Path) -> None:
    write_short(
        tmp_path,
        AGENDA,
        {
            "ann": {"land": {"accepts": {"hill": "mine", "dale": "mine"}, "offer": "package"}},
            "bo": {"land": {"accepts": {"hill": "mine"}}},
        },
        {"plan": {"terms": {"land": {"hill": "mine"}}}},
        {"ann": {"offers": {"package": {"title": "The package"}}, **ANSWERS}},
    )
    found = find_deals(load_dossier(tmp_path), ["ann", "bo"], "2025")
    assert found.now is not None
    assert set(found.now.settled) == {Cell("land", "hill")}
    assert found.concessions == (0, 0, 0, 0, 0, 1), "Bo's on the dale"


def test_offers_of_a_party_and_of_its_group_may_have_one_id(tmp_path: Path) -> None:
    offers = {"offers": {"package": {"title": "The package"}}}
    write_short(
        tmp_path,
        AGENDA,
        {
            "ann": {"war": {"accepts": "off", "offer": "package"}},
            "bo": {"war": {"refuses": "off"}, "arms": {"accepts": "stop"}},
            "league": {"arms": {"accepts": "stop", "offer": "package"}},
        },
        {},
        {"ann": offers, "league": {**LEAGUE, **offers}},
    )
    found = find_deals(load_dossier(tmp_path), ["ann", "bo"], "2025")
    assert found.now is not None
    assert set(found.now.settled) == {Cell("arms")}, "the war is no term of the league's offer"


def test_its_own_figure_is_nearest_to_a_party_whose_offer_cannot_be_whole(tmp_path: Path) -> None:
    offered = {
        "cap": {"proposes": 100, "offer": "package"},
        "arms": {"accepts": "stop", "offer": "package"},
    }
    dossier = dossier_of(tmp_path, offered, {})
    found = find_deals(dossier, ["ann", "bo"], without=["arms"])
    assert found.balanced is not None
    assert found.balanced.from_the_top == (2, 0), "any figure takes her offer apart"
    assert found.balanced.packages is not None
    (figure,) = found.balanced.packages.fixed.values()
    space = found.problem.table.space(Cell("cap"))
    assert figure == space.mask((Range(100, 100),))
