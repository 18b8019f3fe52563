"""Texts side by side, against the data of their files."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.deals.assessment import assess
from claimpos.deals.side_by_side import SideBySide, side_by_side
from claimpos.dossier.model import Cell
from tests.support import TALKS, short_dossier, yaml_data

SHIPPED = Path(__file__).parents[2] / "positions"
Terms = dict[tuple[str, str | None], Any]


def in_file(folder: Path, proposal: str) -> Terms:
    """What a text's file says on each issue, and on each sub-issue that it names."""
    path = folder / "proposals" / f"{proposal}.yaml"
    data = yaml_data(path.read_text("utf-8"), path.name)
    agenda = yaml_data((folder / "agenda.yaml").read_text("utf-8"), "agenda.yaml")["issues"]
    found: Terms = {}
    for issue, term in data["terms"].items():
        if agenda[issue]["kind"] != "items":
            found[issue, None] = term["outcome"]
            continue
        named = dict(term["outcome"])
        everywhere = named.pop("all", None)
        if everywhere is not None:
            found |= {(issue, item): everywhere for item in agenda[issue]["items"]}
        found |= {(issue, item): outcome for item, outcome in named.items()}
    return found


def cells(found: tuple[Cell, ...]) -> set[tuple[str, str | None]]:
    return {(cell.issue, cell.item) for cell in found}


@pytest.mark.parametrize("folder", [SHIPPED, TALKS], ids=["shipped", "talks"])
def test_every_pair_of_texts(folder: Path) -> None:
    dossier = load_dossier(folder)
    parties = ["russia", "ukraine", "us"]
    assessed = {key: assess(dossier, one, parties) for key, one in dossier.proposals.items()}
    files = {key: in_file(folder, key) for key in dossier.proposals}
    for one, other in combinations(dossier.proposals, 2):
        found = side_by_side([assessed[one], assessed[other]])
        both = files[one].keys() & files[other].keys()
        differing = {cell for cell in both if files[one][cell] != files[other][cell]}
        assert cells(found.common) == both
        assert cells(found.differing) == differing
        (step,) = found.steps
        before, after = files[step.before.id], files[step.after.id]
        assert step.before.date.first <= step.after.date.first
        assert cells(step.changed) == differing
        assert cells(step.added) == after.keys() - before.keys()
        assert cells(step.dropped) == before.keys() - after.keys()
        assert step.kept == len(both) - len(differing)


AGENDA: dict[str, Any] = {
    "road": {"options": ["toll", "free"]},
    "bridge": {"options": ["old", "new"]},
    "price": {"unit": "euros"},
    "bank": {"items": ["north", "south"], "options": ["ours", "theirs"]},
}
TEXTS: dict[str, Any] = {
    "first": {"date": "2024", "terms": {"road": "toll", "price": 5, "bank": {"all": "ours"}}},
    "second": {
        "date": "2025-02",
        "status": "bracketed",
        "terms": {"road": {"bracketed": ["toll", "free"]}, "bridge": "old", "price": {"min": 5}},
    },
    "third": {"date": "2025-03", "terms": {"road": "free", "bridge": "old", "price": {"min": 5}}},
}


def of_three(folder: Path) -> SideBySide:
    parties = {"ann": {"road": {"refuses": "free"}}, "bo": {"price": {"demands": 5}}}
    dossier = short_dossier(folder, AGENDA, parties, TEXTS)
    named = [dossier.proposals[key] for key in ("third", "first", "second")]
    return side_by_side([assess(dossier, one, ["ann", "bo"], "2025-03-14") for one in named])


def test_three_texts_by_their_dates(tmp_path: Path) -> None:
    found = of_three(tmp_path)
    assert cells(found.common) == cells(found.differing) == {("road", None), ("price", None)}
    assert [dict(one) for one in found.ruled_out] == [
        {"ann": 1, "bo": 0},
        {"ann": 0, "bo": 0},
        {"ann": 0, "bo": 0},
    ]
    first, second = found.steps
    assert (first.before.id, first.after.id, second.after.id) == ("first", "second", "third")
    assert cells(first.dropped) == {("bank", "north"), ("bank", "south")}
    assert cells(first.added) == {("bridge", None)}
    assert (cells(second.changed), second.kept) == ({("road", None)}, 2)
