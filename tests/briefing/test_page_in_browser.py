"""The page as a reader meets it: driven in Chromium, once, and asked about in each test."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.comparison.verdict_timeline import days_of_change
from claimpos.dossier.model import Dossier
from claimpos.dossier.timeline import standing_on
from claimpos.wording.names import written_day
from tests.briefing.browser import node_modules, program
from tests.briefing.pages import ATTACK, hostile_dossier, page_of
from tests.cli.in_process import claimpos
from tests.support import TALKS

MADE = "2025-12-30"
DRIVER = Path(__file__).parent / "drive.cjs"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return load_dossier(TALKS)


@pytest.fixture(scope="module")
def pages(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("pages")
    plain, hostile = folder / "page.html", folder / "hostile.html"
    plain.write_text(page_of(dossier, ["russia", "ukraine"], MADE), encoding="utf-8")
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
    modules, browser = node_modules(), program("chromium", "chromium-browser", "google-chrome")
    listed = ",".join(day.isoformat() for day in days)
    done = subprocess.run(
        [program("node"), str(DRIVER), browser, *map(str, pages), listed],
        env={**os.environ, "NODE_PATH": str(modules)},
        capture_output=True,
        encoding="utf-8",
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


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
        told = re.search(r"\d+ issues: (.*? no recorded position)", head)
        assert told is not None
        assert seen["counts"][iso] == f"Russia and Ukraine: {told[1]}."
        assert seen["days"][iso] == [written_day(day), written_day(day), f"#day={iso}"]
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
                assert ("Open leaves" in text) == bool(entry.reserves)


def test_the_script_draws_what_the_template_does(seen: dict[str, Any]) -> None:
    tidy = [[text.replace(" ", "") for text in seen[key]] for key in ("static", "redrawn")]
    assert tidy[0] == tidy[1]


def test_filters(seen: dict[str, Any], dossier: Dossier) -> None:
    titles = [one.title for one in dossier.issues.values() if one.group == "territory"]
    assert seen["group"] == [titles, "#group=territory"]
    comparison = compare(dossier, ["russia", "ukraine"], MADE)
    conflicts = [one.issue.title for one in comparison.issues if one.verdict == "conflict"]
    assert seen["conflicts"] == [conflicts, "#verdicts=conflict"]
    assert seen["text"] == [["Neutrality"], "#text=permanently+neutral"]


def test_other_parties(seen: dict[str, Any], dossier: Dossier) -> None:
    found = compare(dossier, ["russia", "us"], MADE)
    assert seen["one"] == "Choose two or more parties."
    told, fragment = seen["pair"]
    assert [int(one) for one in re.findall(r"\d+", told)] == [
        found.summary["overlap"],
        found.summary["conflict"],
        found.summary["unresolved"] - found.silent,
        found.silent,
    ]
    assert fragment == "#parties=russia,us"
    assert seen["three"][0] == "Russia, Ukraine and US: verdicts pair by pair."
    assert f"claimpos diff russia ukraine us --as-of {MADE}" in seen["three"][1]


def test_the_keyboard(seen: dict[str, Any]) -> None:
    assert seen["arrow"] == "29 December 2025"
    assert seen["keys"] == [[2, 1], [2, 2], [3, 2], [3, 3], [2, 3], [2, 12], [2, 1]]
    assert seen["tabStops"] == 1


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


def test_the_fragment_restores_what_was_seen(seen: dict[str, Any]) -> None:
    found = seen["restored"]
    assert found["fragment"].startswith("#day=2025-03-14&parties=russia,us&group=security")
    assert found["fragment"].endswith("&open=nato-membership/us")
    assert found["title"] == "US: NATO membership"
    assert found["columns"] == ["Issue", "Verdict", "Russia", "US"]
    assert f"{found['rows']} of 36 issues shown" in found["tally"]
    assert 0 < found["rows"] < 5
    assert seen["moved"] == "15 November 2022"


def test_without_scripts_it_is_a_table(seen: dict[str, Any], dossier: Dossier) -> None:
    assert seen["plain"] == [len(dossier.issues), False, False]


def test_it_is_accessible(seen: dict[str, Any]) -> None:
    assert len(seen["axe"]) == 5
    assert [found for found in seen["axe"] if found[1]] == []


def test_it_fits_a_telephone(seen: dict[str, Any]) -> None:
    assert seen["wide360"] == 360
    assert seen["wide1440"] == 1440


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
