"""What each outcome of a quantity would require, of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.dossier.limits import VARIABLE
from claimpos.errors import WrongUsage
from claimpos.wording.phrases import Phrases
from claimpos.wording.requirements import requirements
from tests.cli.in_process import claimpos
from tests.support import short_dossier, write_short

AGENDA: dict[str, Any] = {"price": {"unit": "euros", "minimum": 0}}

# What the buyers and the sellers say of the price, the reason, and what would be required.
WAYS: list[tuple[dict[str, Any], dict[str, Any], str, list[str]]] = [
    (
        *({"accepts": {"max": 300}}, {"accepts": {"min": 500}}, "apart"),
        [
            "at most 300 euros would require Sellers to accept it (beyond the offer so far)",
            "at least 500 euros would require Buyers to accept it (beyond the offer so far)",
        ],
    ),
    (
        *({"demands": {"max": 300}}, {"accepts": 500}, "apart"),
        [
            "at most 300 euros would require Sellers to accept it (beyond the offer so far)",
            "500 euros would require Buyers to drop the demand for at most 300 euros",
        ],
    ),
    (
        *({"proposes": 300, "refuses": {"min": 500}}, {"accepts": {"min": 500}, "refuses": 300}),
        "proposals-ruled-out",
        [
            "300 euros would require Sellers to give up a red line",
            "more than 300 and less than 500 euros would require Buyers and Sellers to accept it "
            "(beyond their offers so far)",
            "at least 500 euros would require Buyers to give up a red line",
        ],
    ),
]


@pytest.mark.parametrize(("buyers", "sellers", "reason", "told"), WAYS)
def test_both_sides_are_told_what_it_would_take(
    buyers: dict[str, Any], sellers: dict[str, Any], reason: str, told: list[str], tmp_path: Path
) -> None:
    parties = {"buyers": {"price": buyers}, "sellers": {"price": sellers}}
    dossier = short_dossier(tmp_path, AGENDA, parties)
    (issue,) = compare(dossier, list(parties), "2025-03-14").issues
    assert issue.reason == reason
    found = [*requirements(Phrases(issue.cells[0].case))]
    assert [one for one in told if one not in found] == []


ABSTAIN = {"title": "an abstention", "abstention": True}
MOTION = {"x": "x", "y": "y", "abstain": ABSTAIN}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"more-than": "1/2"}, ["abstain", "abstain", "abstain"]),
        ({"more-than": "1/2", "no-position": "counts-no"}, ["x", "y", None]),
        ({"at-least": 4}, ["x", "x", "x"]),
    ],
)
def test_where_a_vote_decides_it_is_told_what_the_vote_lacks(
    rule: dict[str, Any], said: list[str | None], tmp_path: Path
) -> None:
    """Not what would make all agree: a vote needs fewer, and abstentions are no outcomes."""
    named = zip(["ann", "bo", "cy"], said, strict=True)
    parties = {party: {"motion": {"demands": one}} if one else {} for party, one in named}
    agenda = {"motion": {"options": MOTION, "decides": rule}}
    comparison = compare(short_dossier(tmp_path, agenda, parties), list(parties), "2025-03-14")
    (row,) = brief_report(comparison)["rows"]
    assert (row["verdict"], row["moves"]) == ("conflict", [])


def test_what_outcomes_would_require_is_told_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each outcome names the demands of every party; no more of them are told than is allowed."""
    options = [f"o{at}" for at in range(30)]
    people = {f"p{at}": {"x": {"demands": options[at : at + 10]}} for at in range(15)}
    dossier = short_dossier(tmp_path, {"x": {"options": options}}, people)
    told: list[str] = []

    def counted(phrases: Phrases) -> Iterator[str]:
        for one in requirements(phrases):
            told.append(one)
            yield one

    monkeypatch.setattr("claimpos.briefing.data.requirements", counted)
    comparison = compare(dossier, list(people), "2025-03-14")
    whole = brief_report(comparison)["rows"][0]["moves"]
    assert len(whole) == len(told) > 2
    monkeypatch.setenv(VARIABLE, f"report-characters={len(whole[0])}")
    told.clear()
    with pytest.raises(WrongUsage, match=r"would require.*CLAIMPOS_LIMITS=report-characters=…"):
        brief_report(comparison)
    assert len(told) == 2
    assert not brief_report(comparison, only=[])["rows"]


def test_a_demand_is_worded_once_for_all_outcomes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = [f"o{at}" for at in range(12)]
    people = {f"p{at}": {"x": {"demands": options[3 * at : 3 * at + 3]}} for at in range(4)}
    dossier = short_dossier(tmp_path, {"x": {"options": options}}, people)
    (issue,) = compare(dossier, list(people), "2025-03-14").issues
    phrases = Phrases(issue.cells[0].case)
    worded: list[int] = []
    word = phrases.outcomes

    def counted(mask: int) -> str:
        worded.append(mask)
        return word(mask)

    monkeypatch.setattr(phrases, "outcomes", counted)
    assert len([*requirements(phrases)]) == 4
    demands = [stance.demands for stance in phrases.case.stances]
    assert sorted(mask for mask in worded if mask.bit_count() == 3) == sorted(demands * 2)


@pytest.mark.parametrize("how", ["--one-page", "--format=markdown"])
def test_one_page_tells_no_requirement(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parties = {"buyers": {"price": {"demands": 3}}, "sellers": {"price": {"demands": 5}}}
    write_short(tmp_path, AGENDA, parties)
    monkeypatch.setenv(VARIABLE, "report-characters=1500")
    told = claimpos("brief", *parties, how, "--positions", str(tmp_path))
    assert (told.returncode, told.stderr.count("report-characters")) == (
        (0, 0) if how == "--one-page" else (2, 1)
    )
