"""A line that names one of two things by a name of both is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

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
