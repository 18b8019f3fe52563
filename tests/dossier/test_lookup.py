"""Whatever name somebody types: the one meant, or those that come near."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimpos.cli.selection import issue_and_cells
from claimpos.dossier.dates import partial_date
from claimpos.dossier.lookup import group_named, issue_named, nearest, party_named, proposal_named
from claimpos.dossier.model import Cell, Dossier, Issue, Party, Proposal
from claimpos.errors import UnknownName
from tests.support import short_dossier, within


def party(identifier: str, name: str, short: str, *aliases: str) -> Party:
    return Party(identifier, name, short, {}, aliases=aliases)


def issue(identifier: str, title: str) -> Issue:
    return Issue(identifier, title, "?", "security", "quantity", unit="kg")


def proposal(identifier: str, title: str) -> Proposal:
    return Proposal(identifier, title, partial_date("2025"), "draft", None, {})


DOSSIER = Dossier(
    title="A dossier",
    groups={"security": "Security and alliances", "forces": "Security"},
    issues={
        one.id: one
        for one in (
            issue("nato", "NATO membership"),
            issue("cap", "Straße"),
            issue("straight", "Cap"),
        )
    },
    sources={},
    parties={
        one.id: one
        for one in (
            party("us", "United States of America", "the United States", "usa", "washington"),
            party("no", "Kingdom of Norway", "Norway"),
            party("union", "US", "no", "europe"),
            party("neighbour", "Washington", "Neighbour"),
        )
    },
    proposals={
        one.id: one for one in (proposal("plan", "Peace plan"), proposal("counter", "Plan"))
    },
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[("us", "us"), ("US", "us"), ("USA", "us"), ("United States", "us")],
        *[("united states of america", "us"), ("no", "no"), ("NO", "no"), ("Norway", "no")],
        *[("europe", "union"), ("Washington", "us"), ("neighbour", "neighbour")],
    ],
)
def test_party(typed: str, meant: str) -> None:
    """An id goes before an alias, and an alias before what another is called."""
    assert party_named(DOSSIER, typed).id == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("nato", "nato"), ("nato MEMBERSHIP", "nato"), ("cap", "cap"), ("STRASSE", "cap")],
)
def test_issue(typed: str, meant: str) -> None:
    assert issue_named(DOSSIER, typed).id == meant


def test_proposal_and_group() -> None:
    assert [proposal_named(DOSSIER, one).id for one in ("PLAN", "peace plan")] == ["plan", "plan"]
    assert [group_named(DOSSIER, one) for one in ("security", "security AND alliances")] == (
        ["security", "security"]
    )


@pytest.mark.parametrize(
    ("name", "typed", "near", "remedy"),
    [
        ("party", "norwey", ["no"], "claimpos list parties"),
        ("party", "unitedstates", ["us"], "claimpos list parties"),
        ("party", "", [], "claimpos list parties"),
        ("issue", "natto", ["nato"], "claimpos list issues"),
        ("proposal", "peace-plan", ["plan"], "claimpos list proposals"),
        ("group", "forcse", ["forces"], "claimpos list issues"),
    ],
)
def test_unknown(name: str, typed: str, near: list[str], remedy: str) -> None:
    """The nearest are given by id, which is what is typed best; each of them once."""
    named = {
        "party": party_named,
        "issue": issue_named,
        "proposal": proposal_named,
        "group": group_named,
    }
    with pytest.raises(UnknownName) as caught:
        named[name](DOSSIER, typed)
    error = caught.value
    assert (error.kind, error.name, error.remedy) == (name, typed, remedy)
    assert list(error.nearest)[: len(near) or None] == near
    assert str(error) == f"unknown {name} “{typed}”"


def test_nearest() -> None:
    assert nearest("UKRAIN", ["russia", "ukraine", "us"]) == ["ukraine"]
    assert nearest("a" * 100_000, ["russia"]) == []
    assert len(nearest("aa", ["aab", "aac", "aad", "aae"])) == 3
    assert nearest("cp4111", ["CP411", "CP205"]) == ["CP411"]


def test_nearest_leaves_out_what_is_much_less_alike() -> None:
    assert nearest("russai", ["russia", "usa"]) == ["russia"]
    assert nearest("russai", ["usa"]) == ["usa"]


@pytest.mark.parametrize(
    ("named", "typed", "kind"),
    [
        (party_named, "nato", "an issue"),
        (issue_named, "forces", "a group of issues"),
        (issue_named, "US", "a party"),
        (group_named, "plan", "a proposal"),
        (proposal_named, "us", "a party"),
    ],
)
def test_a_name_of_another_kind_is_told_as_one(
    named: Callable[[Dossier, str], object], typed: str, kind: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        named(DOSSIER, typed)
    assert str(caught.value).endswith(f" “{typed}”: that is {kind}")
    assert not caught.value.nearest


@pytest.mark.parametrize(
    ("known", "typed", "near"),
    [
        ([f"issue-{number}" for number in range(50_000)] + ["ceasefire"], "caesefire", "ceasefire"),
        ([f"{number}-zones" for number in range(50_000)] + ["buffer-zones"], "bufer-zones", None),
        ([chr(0x4E00 + number % 20_000) * 300 for number in range(10_000)], "ceasefire", ""),
        (["ab" * 100_000 + str(number) for number in range(40)], "ab" * 90, ""),
        ([f"{'ab' * 90}{number}" for number in range(400)], "ba" * 90, None),
        (["a" * 8_000_000], "a" * 8_000_000 + "b", ""),
    ],
)
def test_names_are_compared_in_bounds(known: list[str], typed: str, near: str | None) -> None:
    with within(3):
        found = nearest(typed, known)
    assert near is None or found[:1] == ([near] if near else [])


def test_a_sub_issue_comes_before_an_issue_titled_as_it(tmp_path: Path) -> None:
    agenda = {
        "cars": {"items": ["new", "old"], "options": ["yes", "no"]},
        "rest": {"title": "cars.new", "options": ["yes", "no"]},
        "more": {"title": "cars.none", "options": ["yes", "no"]},
    }
    dossier = short_dossier(tmp_path, agenda, {"ann": {}, "bo": {}})
    cells = {name: issue_and_cells(dossier, name)[1] for name in ("cars.new", "cars.none")}
    assert cells == {"cars.new": [Cell("cars", "new")], "cars.none": [Cell("more")]}
