"""The page as a reader meets it: driven in Chromium, once, and asked about in each test."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.comparison.reasons import VERDICTS
from claimpos.comparison.verdict_timeline import days_of_change
from claimpos.dossier.model import Dossier
from claimpos.dossier.timeline import standing_on
from claimpos.wording.names import written_day
from tests.briefing.browser import driven, node_modules, program
from tests.briefing.pages import ATTACK, hostile_dossier, page_file, page_of
from tests.cli.in_process import claimpos
from tests.support import TALKS

pytestmark = pytest.mark.large

MADE = "2025-12-30"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    plain = page_file(tmp_path_factory, TALKS, ["russia", "ukraine"], MADE)
    hostile = tmp_path_factory.mktemp("pages") / "hostile.html"
    hostile.write_text(page_of(hostile_dossier(), ["one", "two"], "2025"), encoding="utf-8")
    return plain, hostile


@pytest.fixture(scope="module")
def days(dossier: Dossier) -> list[date]:
    """Three days on which something changes: early, in the middle, and late."""
    last = date.fromisoformat(MADE)
    known = [day for day in days_of_change(dossier, dossier.parties) if day <= last]
    return [known[len(known) // 6], known[len(known) // 2], known[-2]]


@pytest.fixture(scope="module")
def seen(pages: tuple[Path, Path], days: list[date]) -> dict[str, Any]:
    return driven("drive.cjs", *map(str, pages), ",".join(day.isoformat() for day in days))


def test_no_error_and_no_request(seen: dict[str, Any]) -> None:
    assert seen["errors"] == []
    assert seen["dialogs"] == 0
    assert {re.sub(r".*/|#.*", "", one) for one in seen["requests"]} == {
        "page.html",
        "hostile.html",
    }


def test_the_slider_gives_the_counts_of_the_command(
    seen: dict[str, Any], days: list[date], dossier: Dossier
) -> None:
    counts = set()
    for day in days:
        iso = day.isoformat()
        arguments = ("diff", "russia", "ukraine", "--as-of", iso, "--positions", str(TALKS))
        head = " ".join(claimpos(*arguments).stdout.partition(" Newest")[0].split())
        told = re.search(r"\d+ issues: (.*? for lack of a recorded position)", head)
        assert told is not None
        assert seen["counts"][iso] == f"Russia and Ukraine: {told[1]}."
        said = written_day(day)
        title = f"Russia and Ukraine, {said}: {dossier.title}"
        assert seen["days"][iso] == [f"{said}:", said, f"#day={iso}", f"As of {said}", title]
        counts.add(told[1])
    assert len(counts) == 3


def test_the_cells_are_the_positions_of_the_day(
    seen: dict[str, Any], days: list[date], dossier: Dossier
) -> None:
    columns = [
        one.id
        for label in seen["columns"]
        for one in dossier.parties.values()
        if one.label == label
    ]
    assert columns[:2] == ["russia", "ukraine"]
    assert sorted(columns) == sorted(dossier.parties)
    for day in days:
        rows = seen["cells"][day.isoformat()]
        assert len(rows) == len(dossier.issues)
        for issue, row in zip(dossier.issues, rows, strict=True):
            for party, cell in zip(columns, row, strict=True):
                standing = standing_on(dossier.parties[party].positions.get(issue, ()), day)
                entry = standing.entry
                if entry is None:
                    assert cell == ["No recorded position" if standing.lapsed is None else "Lapsed"]
                    continue
                text = " ".join(cell)
                assert ("Red line" in text) == bool(entry.refuses)
                assert ("Demands" in text) == bool(entry.demands)
                assert ("Proposes" in text) == bool(entry.proposes)
                assert ("Leaves" in text) == bool(entry.reserves)


def test_the_script_draws_what_the_template_does(seen: dict[str, Any]) -> None:
    assert seen["static"] == seen["redrawn"]


def test_filters(seen: dict[str, Any], dossier: Dossier) -> None:
    comparison = compare(dossier, ["russia", "ukraine"], MADE)
    territory = [one for one in comparison.issues if one.issue.group == "territory"]
    shown, fragment, tally = seen["group"]
    assert (shown, fragment) == ([one.issue.id for one in territory], "#group=territory")
    counts = [sum(one.verdict == verdict for one in territory) for verdict in VERDICTS]
    told = [int(number) for number in re.findall(r"\d+", tally)]
    assert [*told[:2], told[2] + told[3]] == counts
    assert tally.endswith(f" {len(territory)} of {len(dossier.issues)} issues shown.")
    conflicts = [one.issue.id for one in comparison.issues if one.verdict == "conflict"]
    number = len(conflicts)
    alone = (
        f"Russia and Ukraine: {number} conflicts. {number} of {len(dossier.issues)} issues shown."
    )
    assert seen["conflicts"] == [conflicts, "#verdicts=conflict", alone]
    overlaps = [one for one in comparison.issues if one.verdict == "overlap"]
    with_parts = [
        one.issue.id
        for one in comparison.issues
        if "overlap" in {one.verdict, *(cell.verdict for cell in one.cells)}
    ]
    assert len(with_parts) == len(overlaps) + 1
    shown, tally = seen["overlaps"]
    assert shown == with_parts
    in_part = f"Russia and Ukraine: {len(overlaps)} overlaps, and parts of 1 other issue. "
    assert tally.startswith(in_part)


def test_other_parties(seen: dict[str, Any], dossier: Dossier) -> None:
    assert seen["one"] == "Choose two or more parties."
    told, fragment, title = seen["pair"]
    assert told == f"Russia and US: {told_counts(dossier, 'russia', 'us')}."
    assert (fragment, title) == ("#parties=russia,us", "Russia and US")
    assert seen["selected"] == [told, fragment, True]
    counts = told_counts(dossier, "russia", "ukraine", "us")
    assert seen["three"] == [f"Russia, Ukraine and US: {counts}.", ""]
    tally, hint = seen["all"]
    assert tally.endswith(": verdicts pair by pair.")
    assert "It has none for these together" in hint
    assert "claimpos" not in hint


def told_counts(dossier: Dossier, *parties: str) -> str:
    """The counts of a comparison as the page tells them."""
    found = compare(dossier, parties, MADE)
    overlaps, conflicts = found.summary["overlap"], found.summary["conflict"]
    return (
        f"{overlaps} {'overlap' if overlaps == 1 else 'overlaps'}, "
        f"{conflicts} {'conflict' if conflicts == 1 else 'conflicts'}, "
        f"{found.summary['unresolved'] - found.silent} unresolved, "
        f"{found.silent} more for lack of a recorded position"
    )


def test_the_keyboard(seen: dict[str, Any]) -> None:
    assert seen["arrow"] == "29 December 2025"
    assert seen["keys"] == [[2, 0], [2, 1], [3, 1], [3, 2], [2, 2], [2, 12], [2, 0]]
    assert seen["tabStops"] == 1


def test_each_cell_has_a_name_and_none_is_a_button_that_opens_nothing(
    seen: dict[str, Any], dossier: Dossier
) -> None:
    assert seen["empty"] == 0
    names = ["Verdict", *seen["columns"]]
    assert seen["names"] == [
        f"{name}, {issue.title}:" for issue in dossier.issues.values() for name in names
    ]


def test_the_evidence(seen: dict[str, Any], dossier: Dossier) -> None:
    title, focus, links, told = seen["opened"]
    entries = dossier.parties["russia"].positions["ceasefire"]
    entry = standing_on(entries, date.fromisoformat(MADE)).entry
    assert (title, focus) == ("Russia: Cease-fire before a settlement", "close")
    assert entry is not None
    for statement in entry.evidence:
        assert statement.summary.rstrip(".") in told
        assert statement.source.publisher in told
        assert not statement.source.url or statement.source.url in links
    assert seen["closed"] == [False, [2, 2]]


def test_without_scripts_it_is_a_table(seen: dict[str, Any], dossier: Dossier) -> None:
    assert seen["plain"] == [len(dossier.issues), False, False]


def test_hostile_text_stays_text(seen: dict[str, Any]) -> None:
    found = seen["hostile"]
    assert found["ran"] is None
    assert (found["scripts"], found["frames"], found["handlers"]) == (2, 0, 0)
    assert found["links"] == []
    assert ATTACK in found["told"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\x07]", found["text"])


def test_it_is_valid_html(pages: tuple[Path, Path], tmp_path: Path) -> None:
    checker = node_modules() / "html-validate" / "bin" / "html-validate.mjs"
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"extends": ["html-validate:recommended"]}), encoding="utf-8")
    done = subprocess.run(
        [program("node"), str(checker), "--config", str(rules), str(pages[0])],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
