"""NOTES.md accounts for the whole article, and for what the dossier holds."""

from __future__ import annotations

import re

import pytest

from claimpos.rendering.listing import counts, listing_document
from claimpos.rendering.renderers import rendered
from tests.positions.test_files import POSITIONS, dossier

NOTES = POSITIONS / "NOTES.md"
ROW = re.compile(r"\| (S\d\d) \| (\d+) \| (.+?) \| (.+) \|")
STATEMENT = re.compile(r"`([a-z-]+)/([a-z0-9-]+)`")
ENTRY = re.compile(r"`([a-z0-9-]+)` (\d{4}(?:-\d\d){0,2})")
COUNTS = re.compile(r"(?<=<!-- counts -->\n).*?(?=<!-- /counts -->)", re.DOTALL)
TRAPS = 26


def rows() -> list[tuple[str, str, str, str]]:
    found = [ROW.fullmatch(line) for line in NOTES.read_text("utf-8").splitlines()]
    return [row.groups() for row in found if row]  # type: ignore[misc]


def test_all_56_statements_are_accounted_for() -> None:
    assert [row[0] for row in rows()] == [f"S{number:02}" for number in range(1, 57)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_statement(row: tuple[str, str, str, str]) -> None:
    _, paragraph, coded, used = row
    if coded == "–":
        assert re.match(r"no position: rule \d+", used)
        return
    pairs = STATEMENT.findall(coded)
    assert pairs
    cited = [dossier.parties[party].statements[statement] for party, statement in pairs]
    assert all(one.locator == f"par. {paragraph}" for one in cited)
    entries = [
        entry
        for issue, since in ENTRY.findall(used)
        for party in dict(pairs)
        for entry in dossier.parties[party].positions.get(issue, ())
        if entry.since.text == since
    ]
    assert len(entries) == len(ENTRY.findall(used)) > 0
    for entry in entries:
        assert any(one in (*entry.evidence, *entry.against, *entry.context) for one in cited)


def test_traps() -> None:
    text = NOTES.read_text("utf-8").split("## Traps")[1]
    numbers = [int(number) for number in re.findall(r"^\| (\d+)\. ", text, re.MULTILINE)]
    assert numbers == list(range(1, TRAPS + 1))


def test_counts(request: pytest.FixtureRequest) -> None:
    listed = rendered(listing_document(counts(dossier)), "github")
    now = f"\nAs `claimpos list counts --format github` prints them:\n\n{listed}\n"
    text = NOTES.read_text("utf-8")
    if request.config.getoption("--update-sessions"):
        text = COUNTS.sub(now.replace("\\", r"\\"), text)
        NOTES.write_text(text, encoding="utf-8")
    (recorded,) = COUNTS.findall(text)
    assert recorded == now
