"""A line that names one of two things by a name of both is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos

HEAD = "party,issue,since,accepts,source,basis,summary,speaker"
# What the dossier has besides, and lines of a table: the name of two things, and the id of one.
SPEAKERS = """\
short: the port
speakers:
  ceo: {name: Jo Jansen, role: head of the port}
  pilot: {name: Jo Jansen, role: chief pilot}
"""
SOURCES = """\
sources:
  brief-a: {title: Press briefing, publisher: Office, date: 2026-02-10, status: official}
  brief-b: {title: Press briefing, publisher: Office, date: 2026-03-10, status: official}
"""
CASES = {
    "option": (
        *("agenda.yaml", "rota: weekend work by rota", 'rota: "Voluntary"'),
        "port,weekend,2026-03-20,{},harbour-news,stated,So.,",
        *("Voluntary", "voluntary"),
    ),
    "issue": (
        *("agenda.yaml", "title: Pay rise", "title: Weekend"),
        "port,{},2026-03-20,rota,harbour-news,stated,So.,",
        *("Weekend", "weekend"),
    ),
    "source": (
        *("sources.yaml", "sources:\n", SOURCES),
        "port,weekend,2026-03-20,rota,{},stated,So.,",
        *("Press briefing", "brief-b"),
    ),
    "speaker": (
        *("port.yaml", "short: the port\n", SPEAKERS),
        "port,weekend,2026-03-20,rota,harbour-news,stated,So.,{}",
        *("Jo Jansen", "pilot"),
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_name_of_two_things_means_neither(kind: str, tmp_path: Path) -> None:
    file, was, now, line, name, key = CASES[kind]
    folder, table = tmp_path / "positions", tmp_path / "table.csv"
    write_starter(folder)
    text = (folder / file).read_text("utf-8")
    assert was in text
    (folder / file).write_text(text.replace(was, now, 1), "utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    table.write_text(f"{HEAD}\n{line.format(name)}\n", encoding="utf-8")
    done = claimpos("import", str(table), "--append", str(folder))
    told = " ".join(done.stderr.split())
    assert done.returncode == 1, done
    assert f"“{name}” may mean the {kind} “" in told
    assert "write the id" in told
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before
    table.write_text(f"{HEAD}\n{line.format(key)}\n", encoding="utf-8")
    done = claimpos("import", str(table), "--append", str(folder))
    assert done.returncode == 0, done
    added = (folder / "port.yaml").read_text("utf-8")
    assert added.encode() != before[folder / "port.yaml"]
    assert key in added


AGENDA = """\
title: T
groups: {g: G}
issues:
  fish: {title: Fish, question: Q?, group: g, kind: choice, options: {a: Ban, b: No ban}}
  whales: {title: Whales, question: Q?, group: g, kind: choice, options: {a: No ban, b: Ban}}
  tax: {title: Tax, question: Q?, group: g, kind: choice, options: {cut: rise, rise: Cut, new: New}}
  held:
    title: Prisoners held
    question: Q?
    group: g
    kind: items
    items: {north: South, south: North}
    options: {x: All, y: None of them}
"""
PARTY = """\
party: ann
name: Ann
statements:
  x: {source: s, basis: stated, summary: A.}
positions:
  tax: [{since: 2026-01-01, demands: rise, refuses: new, evidence: [x]}]
  held: [{since: 2026-01-01, demands: {north: x, south: y}, evidence: [x]}]
"""
DRAFT = """\
proposal: draft
title: D
date: 2026-01-01
source: s
status: draft
terms:
  fish: {outcome: a, summary: A ban.}
"""


def written(folder: Path) -> Path:
    (folder / "proposals").mkdir(parents=True)
    (folder / "agenda.yaml").write_text(AGENDA, "utf-8")
    source = "sources:\n  s: {title: S, publisher: P, date: 2026-01-01, status: press}\n"
    (folder / "sources.yaml").write_text(source, "utf-8")
    (folder / "ann.yaml").write_text(PARTY, "utf-8")
    (folder / "proposals" / "draft.yaml").write_text(DRAFT, "utf-8")
    return folder


def test_options_and_items_that_are_called_as_others_come_back_as_they_were(
    tmp_path: Path,
) -> None:
    folder, table, copy = written(tmp_path / "p"), tmp_path / "t.csv", tmp_path / "copy"
    assert claimpos("export", "--positions", str(folder), "-o", str(table)).returncode == 0
    assert claimpos("import", str(table), "--into", str(copy)).returncode == 0
    there, back = load_dossier(folder), load_dossier(copy)
    assert back.issues == there.issues
    said = {
        issue: (one[0].demands, one[0].refuses)
        for issue, one in back.parties["ann"].positions.items()
    }
    assert said == {
        issue: (one[0].demands, one[0].refuses)
        for issue, one in there.parties["ann"].positions.items()
    }
    done = claimpos("import", str(table), "--append", str(folder))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("outcome", "code"), [("Ban", 0), ("a", 0), ("No ban", 1), ("b", 1)])
def test_a_term_is_compared_by_the_options_of_its_own_issue(
    outcome: str, code: int, tmp_path: Path
) -> None:
    folder, table = written(tmp_path / "p"), tmp_path / "t.csv"
    table.write_text(f"party,proposal,issue,term,term_summary\n,draft,fish,{outcome},A ban.\n")
    done = claimpos("import", str(table), "--append", str(folder))
    assert done.returncode == code, done
    assert ("the first was kept" in " ".join(done.stderr.split())) == bool(code)
