"""The page's search and addresses."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest

from claimpos.comparison.effective_positions import EffectivePositions
from claimpos.dossier.model import Dossier, Issue
from tests.briefing.browser import driven
from tests.briefing.pages import page_file
from tests.support import TALKS

pytestmark = pytest.mark.large

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
    page = page_file(tmp_path_factory, TALKS, NAMED, MADE)
    return driven(
        "drive_states.cjs", str(page), "|".join([*WORDS, *ALIKE, *ALIKE.values(), *PHRASES])
    )


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


def test_nothing_goes_wrong(seen: dict[str, Any]) -> None:
    assert seen["errors"] == []
    assert {one.partition("#")[0].rpartition("/")[2] for one in seen["requests"]} <= {
        "page.html",
        "",
        "about:blank",
    }
