"""The picture of a frontier: well-formed, whole in itself, the same every time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from claimpos import load_dossier
from claimpos.briefing.deals_pictures import frontier_of
from claimpos.deals.problem import Position
from claimpos.deals.search import Deals, find_deals
from tests.support import TALKS, short_dossier

SVG = "{http://www.w3.org/2000/svg}"
AGENDA = {f"i{number}": {"options": ["a", "b", "c"]} for number in range(60)}


def deals(folder: Path, issues: int, name: str = "Ann") -> Deals:
    agenda: dict[str, Any] = dict(list(AGENDA.items())[:issues])
    people = {
        "ann": {issue: {"demands": "a", "refuses": "b"} for issue in agenda},
        "bo": {issue: {"demands": "b"} for issue in agenda},
    }
    dossier = short_dossier(folder, agenda, people)
    ann = dossier.parties["ann"]._replace(name=name, short=name)
    named = dossier._replace(parties={**dossier.parties, "ann": ann})
    return find_deals(named, ["ann", "bo"], "2025-03-14", frontier=True, time_limit=60)


def drawn(found: Deals, everything: bool = False) -> str:
    assert found.frontier is not None
    return frontier_of(found, found.frontier, everything)


def rows(picture: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(picture).findall(f"{SVG}g")


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Deals:
    return deals(tmp_path_factory.mktemp("sixty"), 60)


@pytest.mark.parametrize(("everything", "number"), [(False, 12), (True, 61)])
def test_a_row_for_each_point_or_twelve(sixty: Deals, everything: bool, number: int) -> None:
    found = sixty
    assert found.frontier is not None
    assert len(found.frontier.points) == 61
    picture = drawn(found, everything)
    assert len(rows(picture)) == number
    assert ("12 of 61 rows are drawn" in picture) is not everything
    assert picture.count(">Concessions by Ann<") == -(-number // 12)


def test_every_point_is_told_in_words(tmp_path: Path) -> None:
    picture = drawn(deals(tmp_path, 2))
    root = ElementTree.fromstring(picture)
    told = [row.findtext(f"{SVG}title") for row in rows(picture)]
    assert told == [
        "Ann: nothing; Bo: 2 demands",
        "Ann: 1 red line; Bo: 1 demand",
        "Ann: 2 red lines; Bo: nothing",
    ]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "frontier-title frontier-told"
    description = root.findtext(f"{SVG}desc") or ""
    assert all(f"{one}." in description for one in told)


def test_bars_are_as_long_as_what_is_asked(tmp_path: Path) -> None:
    (least, middle, _) = rows(drawn(deals(tmp_path, 2)))
    bars = [
        [(one.get("class"), float(one.get("width", "0"))) for one in row.findall(f"{SVG}rect")]
        for row in (least, middle)
    ]
    assert bars[0][0][0] == "best"
    assert [kind for kind, _ in bars[0][1:]] == ["demand"]
    assert [kind for kind, _ in bars[1]] == ["red", "demand"]
    assert bars[0][1][1] == 2 * bars[1][1][1]


def test_it_refers_to_nothing_outside(tmp_path: Path) -> None:
    picture = drawn(deals(tmp_path, 2))
    assert re.findall(r"https?://[^\"]*", picture) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\((?!#)|@import|href|<script|<image|<use", picture)
    assert "prefers-color-scheme: dark" in picture


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a & b", "\x1b[31m\x07", "\u202eback"]
)
def test_names_are_inert(tmp_path: Path, name: str) -> None:
    picture = drawn(deals(tmp_path, 2, name))
    root = ElementTree.fromstring(picture)
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", picture)


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    assert drawn(deals(tmp_path / "one", 12)) == drawn(deals(tmp_path / "other", 12))


@pytest.fixture(scope="module")
def talks() -> Deals:
    return find_deals(load_dossier(TALKS), ["russia", "ukraine"], "2025-11-30", frontier=True)


def test_a_frontier_has_twelve_rows_and_says_what_is_in_them(talks: Deals) -> None:
    assert talks.frontier is not None
    points = talks.frontier.points
    assert len(points) > 12
    text = frontier_of(talks, talks.frontier)
    shown = rows(text)
    assert len(shown) == 12
    assert f"12 of {len(points)} rows are drawn" in text
    told = [" ".join(one.text or "" for one in row.findall(f"{SVG}text")) for row in shown]
    assert "gives up red lines on" in told[0]
    assert all(re.search(r"gives up|keeps", one) for one in told)
    every = rows(drawn(talks, everything=True))
    assert len(every) == len(points)


def test_what_a_row_gives_up_adds_up_to_its_bars(talks: Deals) -> None:
    assert talks.frontier is not None
    point = talks.frontier.points[0]
    for party, asked in zip(talks.parties, point.concessions, strict=True):
        says = [
            talks.problem.says(Position(party, cell), point.package)
            for cell in talks.problem.domains
        ]
        assert says.count("crosses") == asked[0]
        assert says.count("gives") == sum(asked[1:4])
