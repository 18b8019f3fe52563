"""The page's search and addresses, and what a reader takes away."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from datetime import date, datetime
from typing import Any

import pytest

from claimpos import compare
from claimpos.comparison.effective_positions import EffectivePositions
from claimpos.deals.assessment import assess
from claimpos.deals.side_by_side import side_by_side
from claimpos.dossier.model import Dossier, Issue
from tests.briefing.browser import driven
from tests.briefing.pages import page_file
from tests.support import TALKS

MADE = "2025-12-30"
NAMED = ["russia", "ukraine", "us"]
WORDS = (
    *("Lavrov", "Putin", "Rubio", "Yermak", "Peskov", "TASS", "Axios", "Crimea", "Sevastopol"),
    *("Kursk", "NATO", "referendum", "sanctions", "elections", "children", "neutrality"),
    *("reconstruction", "verification", "tribunal", "Zaporizhzhia"),
)
PHRASES = ('"permanently neutral"', '"red line"')
# The same thing, written otherwise.
ALIKE = {"ceasefire": "cease-fire", "Zelenskyy": "Zelensky", "guarantee": "guarantees"}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("states")
    page = page_file(tmp_path_factory, TALKS, NAMED, MADE)
    words = "|".join([*WORDS, *ALIKE, *ALIKE.values(), *PHRASES])
    found = driven("drive_states.cjs", str(page), words, str(folder))
    return {**found, "folder": folder}


def texts_of(dossier: Dossier, issue: Issue) -> str:
    """All that a reader could look for on an issue: its own texts, positions and what is behind."""
    told = [issue.title, issue.question, issue.note, dossier.groups[issue.group]]
    told += [*issue.options.values(), *issue.items.values()]
    positions = EffectivePositions(dossier, date.fromisoformat(MADE), "inferred")
    for party in dossier.parties.values():
        entry = positions.standing(party.id, issue.id).entry
        if entry is None:
            continue
        told += [party.name, party.label, *party.aliases, entry.note, entry.interest]
        told += [entry.reserves, *(note.text for piece in entry.pieces() for note in piece.notes)]
        said = [one for _, one in entry.cited()]
        said += [one for piece in entry.pieces() for one in (*piece.against, *piece.context)]
        for one in said:
            told += [one.summary, one.quote, one.note, one.source.title, one.source.publisher]
            told += [one.speaker.name, one.speaker.role] if one.speaker else []
    return "\n".join(told)


def test_search_finds_every_issue_that_has_the_word(seen: dict[str, Any], dossier: Dossier) -> None:
    texts = {issue.id: texts_of(dossier, issue) for issue in dossier.issues.values()}
    numbers = set()
    for word in WORDS:
        stem = re.escape(word.removesuffix("s") if len(word) > 4 else word)
        has = re.compile(rf"\b{stem}" + (r"\b" if len(word) < 4 else ""), re.IGNORECASE)
        shown, tally, _ = seen["found"][word]
        assert {issue for issue, text in texts.items() if has.search(text)} <= set(shown)
        assert f"Found in {len(shown)} issue" in tally
        numbers.add(len(shown))
    assert len(numbers) > 5
    assert seen["found"]["Lavrov"][2] > 0


def test_search_minds_no_spelling(seen: dict[str, Any]) -> None:
    for one, other in ALIKE.items():
        assert seen["found"][one][0] == seen["found"][other][0] != []
    assert seen["found"]['"permanently neutral"'][0] == ["neutrality"]


def test_search_finds_what_a_position_does(seen: dict[str, Any], dossier: Dossier) -> None:
    positions = EffectivePositions(dossier, date.fromisoformat(MADE), "inferred")
    refusals = {
        issue
        for issue in dossier.issues
        for party in dossier.parties
        if (entry := positions.standing(party, issue).entry) and entry.refuses
    }
    assert {*seen["found"]['"red line"'][0]} == refusals


def test_a_typed_day_is_gone_to(seen: dict[str, Any]) -> None:
    """Where nothing changed on it, the last change before it is named; one after the last, nowhere.

    What was typed stays.
    """
    between, told = "20 November 2022", "20 November 2022 (last change: 15 November 2022):"
    asked = [between, "#day=2022-11-20", told, f"As of {between}"]
    assert seen["days"] == {
        "2025-03-14": [
            *("14 March 2025", "#day=2025-03-14", "14 March 2025:", "As of 14 March 2025"),
            "2025-03-14",
        ],
        "2022-11-20": [*asked, "2022-11-20"],
        "2031-01-01": [*asked, "2031-01-01"],
    }
    assert seen["earlier"] == ["15 November 2022", "#day=2022-11-15"]


def test_nothing_found_is_said_and_undone(seen: dict[str, Any], dossier: Dossier) -> None:
    assert seen["nothing"] == [[], True]
    assert seen["cleared"] == [len(dossier.issues), False, "text"]


def test_sorting(seen: dict[str, Any], dossier: Dossier) -> None:
    assert [issue for issue, _ in seen["by agenda"]] == list(dossier.issues)
    verdicts = [verdict for _, verdict in seen["by verdict"]]
    order = ["Overlap", "Conflict", "Unresolved"]
    assert verdicts == sorted(verdicts, key=order.index)
    assert sorted(seen["by moved"]) == sorted(seen["by agenda"]) != seen["by moved"]


def test_the_address_restores_what_was_seen(seen: dict[str, Any]) -> None:
    address, is_open, title, tally, rows, columns = seen["restored"]
    assert address.startswith("#day=2025-03-14&parties=russia,us&group=security")
    assert address.endswith("&open=nato-membership/us")
    assert (is_open, title) == (True, "US: NATO membership")
    assert columns == ["Issue", "Verdict", "Russia", "US"]
    assert 0 < rows < 5
    assert f"Found in {rows} issue" in tally
    assert seen["reloaded"] == [address, is_open, title, tally]


def test_back_closes_a_dialog_first(seen: dict[str, Any]) -> None:
    closed, reopened, returned, is_open = seen["back"]
    assert "open=" not in closed
    assert reopened.endswith("open=nato-membership")
    assert (returned, is_open) == (closed, False)


def test_a_day_chosen_within_a_dialog_is_kept(seen: dict[str, Any]) -> None:
    title, is_open, fragment, day = seen["within"]
    assert title == "NATO membership"
    assert not is_open
    assert f"day={datetime.strptime(day, '%d %B %Y'):%Y-%m-%d}" in fragment


def test_links_within_the_page_keep_what_is_shown(seen: dict[str, Any]) -> None:
    before, after, has_place, focus = seen["contents"]
    assert before == after == seen["returned"] == "#day=2025-06-02"
    assert (has_place, focus) == (True, "method")
    assert -5 <= seen["place"] < 300


def test_no_address_stops_the_page(seen: dict[str, Any]) -> None:
    assert len(seen["odd"]) == 15
    for columns, tally in seen["odd"].values():
        assert columns > 3
        assert tally
    assert seen["errors"] == []


def test_long_texts_stop_no_search(seen: dict[str, Any]) -> None:
    """In milliseconds; what tries each place anew takes minutes."""
    assert len(seen["long"]) == 5
    assert max(seen["long"].values()) < 3_000


def test_what_an_address_asks_for_in_vain_is_said(seen: dict[str, Any]) -> None:
    told, tally = seen["problems"]
    for part in ("2030-01-01", "mars", "moon", "maybe", "nowhere", "size", "colour", "yesterday"):
        assert f"“{part}”" in told
    assert tally.startswith("Choose two or more parties.")
    assert seen["between"] == ["20 November 2022", ""]


def test_the_table_is_the_view(seen: dict[str, Any], dossier: Dossier) -> None:
    name, text, _ = seen["table"]
    assert name == "positions-2025-06-02.csv"
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == ["Issue", "Day", "Verdict between", "Verdict", "Russia", "Ukraine", "US"]
    found = compare(dossier, NAMED, "2025-06-02").issues
    territory = [one for one in found if one.issue.group == "territory"]
    assert [row[0] for row in rows] == [one.issue.title for one in territory]
    assert [row[3].partition(",")[0] for row in rows] == [one.verdict for one in territory]


def test_the_picture_stands_alone(seen: dict[str, Any]) -> None:
    name, text, _ = seen["picture"]
    assert name == "withdrawal.svg"
    told = " ".join(ET.fromstring(text).itertext())
    assert "Withdrawal of forces: Russia, Ukraine and US, to 2 June 2025" in told
    assert "compared by claimpos" in told
    assert "class=" not in text or "<style" not in text


def test_the_picture_in_pixels_is_the_same_picture(seen: dict[str, Any]) -> None:
    name, width, height, wide, high, alike, ground = seen["pixels"]
    assert name == "withdrawal.png"
    assert (wide, high) == (2 * width, 2 * height)
    assert alike > 98
    assert 20 < ground < 95


def test_the_citation_names_parties_day_dossier_and_version(seen: dict[str, Any]) -> None:
    cited = r"Copied: Russia, Ukraine and US: positions as of 2 June 2025\. In: .+, compared by "
    assert re.fullmatch(cited + r"claimpos \S+, data [0-9a-f]{12}\.", seen["citation"])


def test_texts_side_by_side(seen: dict[str, Any], dossier: Dossier) -> None:
    first, (_, differing, fragment), ((_, three), more, chosen), (none, no_rows, _) = seen["texts"]
    (told, titles), rows, _ = first
    by_title = {text.title: text for text in dossier.proposals.values()}
    texts = [assess(dossier, by_title[title], NAMED, MADE) for title in titles]
    found = side_by_side(texts)
    assert f"they differ on {len(found.differing)} term" in told
    assert f"say the same on {len(found.common) - len(found.differing)};" in told
    assert {cells for _, cells in rows} == {4}
    assert [row for row in rows if row[0] == "differ"] == differing
    assert fragment == "#terms=differing"
    assert (len(titles), len(three)) == (2, 3)
    assert {cells for _, cells in more} == {5}
    assert "texts=" in chosen
    assert (none, no_rows) == (["Choose two or more texts.", []], [])


def test_it_plays_and_rests_where_motion_is_unwanted(seen: dict[str, Any]) -> None:
    before, play, pause, after, again, visible = seen["played"]
    assert (play, pause, again, visible) == ("Play", "Pause", "Play", False)
    assert datetime.strptime(after, "%d %B %Y") > datetime.strptime(before, "%d %B %Y")


def test_what_is_printed_is_what_is_shown(seen: dict[str, Any]) -> None:
    pypdf = pytest.importorskip("pypdf")
    as_made, elsewhere = seen["printed"]
    assert as_made == [".glance", "#overlap", "#notes"]
    assert elsewhere == ["#grid"]
    assert seen["beside"] == 1  # three parties stand side by side
    pages = [page.extract_text() for page in pypdf.PdfReader(seen["folder"] / "shown.pdf").pages]
    assert "As of 2 June 2025" in pages[0]
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text


def test_nothing_goes_wrong(seen: dict[str, Any]) -> None:
    assert seen["errors"] == []
    assert {one.partition("#")[0].rpartition("/")[2] for one in seen["requests"]} <= {
        "page.html",
        "",
        "about:blank",
    }
