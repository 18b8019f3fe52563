"""Texts side by side, against the data of their files."""

from __future__ import annotations

import re
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.deals.assessment import assess
from claimpos.deals.side_by_side import Crossed, SideBySide, side_by_side
from claimpos.dossier.model import Cell, Issue
from claimpos.rendering.assess import assess_document
from claimpos.rendering.assess_report import assess_report
from claimpos.rendering.document import Table
from claimpos.rendering.renderers import rendered
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


@pytest.mark.parametrize("folder", [SHIPPED, TALKS], ids=["shipped", "talks"])
def test_all_texts_in_one_table(folder: Path) -> None:
    """Each cell of the table against the files; and one row is one issue, its sub-issues alike."""
    dossier = load_dossier(folder)
    parties = ["russia", "ukraine", "us"]
    proposals = [*dossier.proposals.values()]
    day = max(one.date.last for one in proposals)
    assessed = [assess(dossier, one, parties, day) for one in proposals]
    files = [in_file(folder, one.id) for one in proposals]
    told = [
        {(term["issue"], term.get("item")): _written(term) for term in report["terms"]}
        for report in assess_report(assessed)["proposals"]
    ]
    assert told == [
        {cell: _plain(_bounded(one, dossier.issues[cell[0]])) for cell, one in file.items()}
        for file in files
    ]
    (table,) = [
        one
        for one in assess_document(assessed).blocks
        if isinstance(one, Table) and len(one.header) > len(proposals)
    ]
    assert len(proposals) >= 9
    assert table.header == ["Issue", *(one.title for one in proposals)]
    by_title = {one.title: one for one in dossier.issues.values()}
    covered: set[tuple[str, str | None]] = set()
    for title, *texts in table.rows:
        issue, items = _meant(str(title), by_title)
        cells_here = {(issue.id, item) for item in items}
        assert not cells_here & covered
        covered |= cells_here
        for text, file in zip(texts, files, strict=True):
            for cell in cells_here:
                assert (text == "–") == (cell not in file)
                if cell in file:
                    assert str(text).startswith(_label(file[cell], issue))
    assert covered == {cell for file in files for cell in file}


def _written(term: Any) -> Any:
    """What the report says of a term, as `_plain` has what a file says."""
    if "bracketed" in term:
        return [(_lone(one["outcome"]), one["by"]) for one in term["bracketed"]]
    return _lone(term["outcome"])


def _bounded(outcome: Any, issue: Issue) -> Any:
    """A range with the ends that the agenda gives it."""
    if not isinstance(outcome, dict) or "bracketed" in outcome:
        return outcome
    low = {} if issue.minimum is None or "above" in outcome else {"min": issue.minimum}
    high = {} if issue.maximum is None or "below" in outcome else {"max": issue.maximum}
    return low | high | outcome


def _lone(outcome: Any) -> Any:
    return outcome[0] if isinstance(outcome, list) and len(outcome) == 1 else outcome


def _plain(outcome: Any) -> Any:
    """What a file says of a term: an outcome, or alternatives with whose they are."""
    if not isinstance(outcome, dict) or "bracketed" not in outcome:
        return outcome
    some = [one if _is_authored(one) else {"outcome": one} for one in outcome["bracketed"]]
    return [
        (None if one["outcome"] == "none" else one["outcome"], one.get("by", [])) for one in some
    ]


def _is_authored(one: Any) -> bool:
    return isinstance(one, dict) and "outcome" in one


def _meant(title: str, issues: dict[str, Issue]) -> tuple[Issue, list[str | None]]:
    """The issue that a row is about, and the sub-issues; all of them if it names none."""
    name = max((one for one in issues if title.startswith(one)), key=len)
    issue = issues[name]
    rest = title.removeprefix(name).removeprefix(": ")
    if not issue.items:
        assert not rest
        return issue, [None]
    if not rest:
        return issue, [*issue.items]
    found: list[str | None] = []
    for item, label in sorted(issue.items.items(), key=lambda pair: -len(pair[1])):
        if re.search(rf"(^|, | and ){re.escape(label)}(, | and |$)", rest):
            found.append(item)
            rest = rest.replace(label, "", 1)
    assert not rest.replace(" and ", "").strip(" ,"), title
    return issue, found


def _label(outcome: Any, issue: Issue) -> str:
    return f"⟨{issue.options[outcome]}⟩" if isinstance(outcome, str) else ""


VERSIONS = ("us-28-points-2025-11", "us-side-draft-2025-11", "twenty-points-2025-12")


def test_versions_of_one_text_are_aligned() -> None:
    """However they are named: from each to the next by date, term by term as the files have it."""
    dossier = load_dossier(SHIPPED)
    files = {key: in_file(SHIPPED, key) for key in VERSIONS}
    for named in permutations(VERSIONS):
        found = side_by_side([assess(dossier, dossier.proposals[one], ["us"]) for one in named])
        pairs = [(step.before.id, step.after.id) for step in found.steps]
        dates = [dossier.proposals[one].date.first for pair in pairs for one in pair]
        assert dates == sorted(dates)
        assert {one for pair in pairs for one in pair} == {*VERSIONS}
        for step in found.steps:
            old, new = files[step.before.id], files[step.after.id]
            assert cells(step.changed) == {key for key in old.keys() & new if old[key] != new[key]}
            assert cells(step.added) == new.keys() - old.keys()
            assert cells(step.dropped) == old.keys() - new.keys()


@pytest.mark.parametrize("folder", [SHIPPED, TALKS], ids=["shipped", "talks"])
def test_red_lines_are_those_of_each_text_alone(folder: Path) -> None:
    dossier = load_dossier(folder)
    assessed = [assess(dossier, one) for one in dossier.proposals.values()]
    rows = side_by_side(assessed).red_lines
    expected = [
        {
            term.cell: {
                party
                for said in (term.says, *(each.says for each in term.alternatives))
                for party, says in said.items()
                if says == "crosses"
            }
            for term in one.terms
        }
        for one in assessed
    ]
    assert {*rows} == {cell for some in expected for cell, who in some.items() if who}
    for cell, row in rows.items():
        for crossed, some in zip(row, expected, strict=True):
            assert (crossed and {*crossed.parties, *crossed.in_brackets}) == some.get(cell)


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


def test_red_lines_in_words(tmp_path: Path) -> None:
    parties: Any = {"ann": {"road": {"refuses": "free"}, "bank": {"refuses": {"all": "ours"}}}}
    dossier = short_dossier(tmp_path, AGENDA, parties, TEXTS)
    named = [assess(dossier, one, ["ann"], "2025-03-14") for one in dossier.proposals.values()]
    told = rendered(assess_document(named), "github")
    table = told.partition("Whose red lines each text crosses")[2].partition("What each text")[0]
    rows = [[*map(str.strip, line.split("|"))][1:-1] for line in table.splitlines() if "|" in line]
    assert rows[2:] == [
        ["Road", "none", "Ann (in brackets)", "Ann"],
        ["Bank", "Ann", "–", "–"],
    ]


def test_three_texts_by_their_dates(tmp_path: Path) -> None:
    found = of_three(tmp_path)
    assert cells(found.common) == cells(found.differing) == {("road", None), ("price", None)}
    assert [dict(one) for one in found.ruled_out] == [
        {"ann": 1, "bo": 0},
        {"ann": 0, "bo": 0},
        {"ann": 0, "bo": 0},
    ]
    assert found.red_lines == {
        Cell("road"): (Crossed(("ann",)), Crossed(()), Crossed((), ("ann",))),
    }
    first, second = found.steps
    assert (first.before.id, first.after.id, second.after.id) == ("first", "second", "third")
    assert cells(first.dropped) == {("bank", "north"), ("bank", "south")}
    assert cells(first.added) == {("bridge", None)}
    assert (cells(second.changed), second.kept) == ({("road", None)}, 2)
