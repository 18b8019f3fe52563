"""An id that is another one than before is renamed: no position moved because of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.comparison.changes import Changes, edits
from claimpos.errors import WrongUsage
from claimpos.rendering.changes import Revisions, changes_document
from claimpos.rendering.changes_report import changes_report
from claimpos.rendering.renderers import rendered
from tests.support import write_short

OLD: dict[str, Any] = {
    "war": {"title": "War", "options": {"on": "It goes on", "off": "It ends", "rest": "A pause"}},
    "land": {
        "title": "Land",
        "options": {"mine": "Mine", "yours": "Yours"},
        "items": {"hill": "Hill", "dale": "Dale"},
    },
}
OLD_PARTIES: dict[str, Any] = {
    "ann": {
        "war": {
            "refuses": ["off", "rest"],
            "accepts": [{"outcome": "off", "if": {"land": {"hill": "mine"}}}],
        },
        "land": {"demands": {"hill": "mine"}},
    },
    "bo": {"war": {"demands": "off"}, "land": {"accepts": {"hill": "mine"}}},
}
NEW: dict[str, Any] = {
    "fighting": {
        "title": "Fighting",
        "formerly": ["war"],
        "options": {
            "on": "It goes on",
            "end": {"title": "An end", "formerly": ["off"]},
            "pause": "A pause",
        },
    },
    "land": {
        "title": "Land",
        "options": {"mine": "Mine", "yours": "Yours"},
        "items": {"top": {"title": "Top", "formerly": ["hill"]}, "dale": "Dale"},
    },
}
NEW_PARTIES: dict[str, Any] = {
    "ann": {
        "fighting": {
            "refuses": ["end", "pause"],
            "accepts": [{"outcome": "end", "if": {"land": {"top": "mine"}}}],
        },
        "land": {"demands": {"top": "mine"}},
    },
    "bob": {"fighting": {"demands": "end"}, "land": {"accepts": {"top": "mine"}}},
}


REVISIONS: Revisions = (("main", "1234567"), None)


def told_in(found: Changes, style: str = "table") -> str:
    return rendered(changes_document(found, REVISIONS), style)


def edited(
    folder: Path, agenda: dict[str, Any], parties: dict[str, Any], ids: list[str]
) -> Changes:
    old = load_dossier(write_short(folder / "old", OLD, OLD_PARTIES))
    home = write_short(folder / "new", agenda, parties)
    if (bob := home / "bob.yaml").exists():
        bob.write_text(
            json.dumps(json.loads(bob.read_text("utf-8")) | {"formerly": ["bo"]}), "utf-8"
        )
    return edits(old, load_dossier(home), ids, "2025")


def test_what_was_renamed_is_told_and_nothing_else(tmp_path: Path) -> None:
    found = edited(tmp_path, NEW, NEW_PARTIES, ["ann", "bob"])
    assert (found.entries, found.verdicts, found.elsewhere) == ((), (), 0)
    told = {(one.what, one.old, one.new, one.issue) for one in found.renames}
    assert told == {
        ("party", ("bo",), ("bob",), ""),
        ("issue", ("war",), ("fighting",), ""),
        ("option", ("off",), ("end",), "fighting"),
        ("option", ("rest",), ("pause",), "fighting"),  # they have the same title
        ("item", ("hill",), ("top",), "land"),
    }
    text = told_in(found)
    assert "The issue “war” was renamed “fighting”." in text
    assert "arden" not in text
    report = changes_report(found, REVISIONS)
    assert {"what": "issue", "from": ["war"], "to": ["fighting"]} in report["renames"]


def test_a_split_is_told_and_its_positions_are_new(tmp_path: Path) -> None:
    part = {"options": ["on", "off"], "formerly": ["war"]}
    agenda = {"front": {"title": "Front", **part}, "air": {"title": "Air", **part}}
    parties = {"ann": {"front": {"demands": "on"}}, "bo": {}}
    found = edited(tmp_path, agenda | {"land": OLD["land"]}, parties, ["ann", "bo"])
    text = told_in(found)
    assert "The issue “war” was split into “front” and “air”." in " ".join(text.split())
    assert "Newly coded: demands ⟨On⟩." in " ".join(text.replace("│", " ").split())


def test_titles_that_were_exchanged_stop_it(tmp_path: Path) -> None:
    land = {**OLD["land"], "items": {"hill": "Dale", "dale": "Hill"}}
    with pytest.raises(WrongUsage, match="items “hill” and “dale” of “land” have exchanged"):
        edited(tmp_path, OLD | {"land": land}, OLD_PARTIES, ["ann", "bo"])


def test_an_edit_is_told_as_coding(tmp_path: Path) -> None:
    parties = OLD_PARTIES | {"bo": {"war": {"demands": "on"}}}
    found = edited(tmp_path, OLD, parties, ["ann", "bo"])
    text = " ".join(told_in(found, "github").split())
    assert "Now coded as: demands *It goes on*. Before: demands *It ends*." in text
    assert "No longer coded: accepts *Mine* for *Hill*." in text
    assert "ardened" not in text


def test_answers_and_groups_go_by_the_new_ids(tmp_path: Path) -> None:
    def group(member: str, issue: str) -> dict[str, Any]:
        answers = {"plan": [{"says": "accepts", "except": [issue]}]}
        return {"members": [member], "speaks-for-members": True, "answers": answers}

    yes = {"answers": {"plan": [{"says": "accepts"}]}}
    cy: dict[str, Any] = {"land": {"demands": {"hill": "mine"}}}
    parties = {"ann": {}, "bo": {}, "cy": cy}
    besides = {"ann": yes, "cy": group("bo", "war")}
    old = write_short(tmp_path / "old", OLD, parties, {"plan": {"terms": {"war": "off"}}}, besides)
    cy = {"land": {"demands": {"top": "mine"}}}
    parties = {"ann": {}, "bob": {}, "cy": cy}
    besides = {"ann": yes, "bob": {"formerly": ["bo"]}, "cy": group("bob", "fighting")}
    texts = {"plan": {"terms": {"fighting": "end"}}}
    new = write_short(tmp_path / "new", NEW, parties, texts, besides)
    found = edits(load_dossier(old), load_dossier(new), ["ann", "bob", "cy"], "2025")
    table = found.before.common.table
    assert table.entry("ann", "fighting")
    assert not table.entry("cy", "fighting")
    assert table.entry("bob", "land")
    assert (found.entries, found.verdicts, found.elsewhere) == ((), (), 0)
