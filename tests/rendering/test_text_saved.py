"""A negotiating text saved as a proposal, read back and assessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from claimpos import load_dossier
from claimpos.comparison.negotiating_text import NegotiatingText, Passage, negotiating_text
from claimpos.deals.assessment import assess
from claimpos.dossier.model import Proposal
from claimpos.dossier.outcomes import Range
from claimpos.importing.exporting import not_in_table
from claimpos.rendering.negotiating_text import text_document
from claimpos.rendering.renderers import rendered
from claimpos.rendering.saved_proposals import text_file
from tests.cli.in_process import claimpos
from tests.conftest import examples
from tests.oracle.dossiers import (
    Basis,
    PlainDossier,
    bases,
    dates,
    dossiers_with_features,
)
from tests.oracle.product import compare_all, load
from tests.support import TALKS, short_dossier, write_short, yaml_data


def backed(text: NegotiatingText, passage: Passage) -> dict[Any, set[str]]:
    """Each outcome that is in the text, and by whom it is backed."""
    space = text.comparison.common.table.space(passage.cells[0])
    found: dict[Any, set[str]] = {}
    for wording in passage.wordings:
        for outcome in space.outcomes(wording.outcomes):
            if outcome == Range(None, None):
                continue  # any value will do
            found.setdefault(outcome, set()).update(one.party for one in wording.backing)
    return found


def read(proposal: Proposal, passage: Passage) -> dict[Any, set[str]] | Any:
    """The same of a proposal, or the one outcome that stands without brackets."""
    cell = passage.cells[0]
    if cell.issue not in proposal.terms:
        return {}
    term = proposal.terms[cell.issue]
    if cell in term.outcomes:
        (outcome,) = term.outcomes[cell]
        return outcome
    return {
        next(iter(one.outcomes)): {*one.by}
        for one in term.bracketed.get(cell, ())
        if one.outcomes is not None
    }


@examples(20)
@given(dossiers_with_features(), dates(), bases())
def test_what_is_saved_is_what_is_read(plain: PlainDossier, as_of: str, basis: Basis) -> None:
    comparison = compare_all(load(plain), list(plain.parties), as_of, basis)
    text = negotiating_text(comparison)
    saved = text_file(text, "rolling-text")
    assert (saved is None) == (not any(backed(text, passage) for _, passage in text.passages))
    if saved is None:
        return
    written = plain.proposals | {"rolling-text": yaml_data(saved)}
    dossier = load(plain._replace(proposals=written))
    proposal = dossier.proposals["rolling-text"]
    assert (proposal.status, proposal.source) == ("compiled", None)
    for _, passage in text.passages:
        found, expected = read(proposal, passage), backed(text, passage)
        if isinstance(found, str | Range):
            assert passage.agreed
            assert found in expected
        else:
            assert found == expected
    assessed = assess(dossier, proposal, comparison.parties, comparison.day, basis)
    agreed = {cell: one for _, one in text.passages if one.agreed for cell in one.cells}
    for term in assessed.terms:
        # What a condition asks for may itself be in brackets, or be none of the text's.
        if not term.alternatives and not agreed[term.cell].provisos:
            assert set(term.says.values()) == {"yes"}


def test_the_command(tmp_path: Path) -> None:
    saved = tmp_path / "rolling-text.yaml"
    command = ("text", "russia", "ukraine", "--as-of", "2025-12-30", "--positions", str(TALKS))
    assert claimpos(*command, "--save", str(saved)).returncode == 0
    head = claimpos("assess", str(saved), "russia", "ukraine", "--positions", str(TALKS)).stdout
    assert head.startswith("⟨Negotiating text of Russia and Ukraine⟩, checked against positions")
    wrong = claimpos(*command, "--save", str(tmp_path / "Rolling text.yaml"))
    assert wrong.returncode == 2
    assert "lower-case words joined by hyphens" in wrong.stderr


def test_the_wordings_of_the_agenda_stand_in_the_text(tmp_path: Path) -> None:
    agenda: dict[str, Any] = {
        "bridge": {
            "options": {
                "shut": {"title": "a closed bridge", "text": "The bridge shall\n be closed."},
                "open": "an open bridge",
            },
            "text": "The parties agree on\n the bridge.",
        },
        "road": {"options": {"toll": {"title": "a toll", "text": "A toll is paid."}, "free": "no"}},
    }
    parties = {
        "ann": {"bridge": {"demands": "shut"}, "road": {"accepts": "toll"}},
        "bo": {"bridge": {"demands": "open"}, "road": {"demands": "toll"}},
    }
    dossier = short_dossier(tmp_path, agenda, parties)
    text = negotiating_text(compare_all(dossier, ["ann", "bo"], "2025-03-14"))
    lines = rendered(text_document(text)).splitlines()
    assert "  ⟨The parties agree on the bridge⟩" in lines
    assert "  [The bridge shall be closed] (Ann¹)" in lines
    assert "  [an open bridge] (Bo²)" in lines
    assert "  A toll is paid. (Ann¹, Bo²)" in lines
    assert "3 wordings of articles are not exported." in " ".join(not_in_table(dossier))


def test_a_note_begins_as_the_statement_does(tmp_path: Path) -> None:
    """A summary that an import has made begins with the name of a file."""
    agenda = {"road": {"options": ["toll", "free"]}}
    parties = {"ann": {"road": {"demands": "toll"}}, "bo": {"road": {"demands": "free"}}}
    for path in write_short(tmp_path, agenda, parties).glob("[ab][no]*.yaml"):
        path.write_text(path.read_text("utf-8").replace("It is stated.", "votes.csv, line 2"))
    text = negotiating_text(compare_all(load_dossier(tmp_path), ["ann", "bo"], "2025-03-14"))
    assert "¹ Ann: votes.csv, line 2 (" in rendered(text_document(text))


def test_what_passes_is_not_said_to_be_acceptable_to_all(tmp_path: Path) -> None:
    agenda = {"road": {"options": ["toll", "free"], "decides": {"more-than": "1/2"}}}
    said = {"road": {"demands": "toll"}}
    dossier = short_dossier(tmp_path, agenda, {"ann": said, "bo": said, "cy": {}})
    text = negotiating_text(compare_all(dossier, ["ann", "bo", "cy"], "2025"))
    saved = text_file(text, "saved")
    assert saved is not None
    assert "Passes by the agenda's decision rule." in saved
    assert "Acceptable to all" not in saved
    shown = " ".join(rendered(text_document(text)).split())
    assert "acceptable to every party, or passes where a decision rule applies, stands" in shown


@pytest.mark.parametrize(
    ("bo", "told"), [({"refuses": "open"}, " (ruled out as things stand)"), ({}, "")]
)
def test_a_proviso_that_is_ruled_out_is_marked(
    bo: dict[str, str], told: str, tmp_path: Path
) -> None:
    agenda = {"bridge": {"options": ["shut", "open"]}, "road": {"options": ["toll", "free"]}}
    accepts = [{"outcome": "toll", "if": {"bridge": "open"}}]
    parties = {
        "ann": {"road": {"accepts": accepts}, "bridge": {"demands": "open"}},
        "bo": {"road": {"demands": "toll"}, **({"bridge": bo} if bo else {})},
    }
    dossier = short_dossier(tmp_path, agenda, parties)
    shown = rendered(text_document(negotiating_text(compare_all(dossier, ["ann", "bo"], "2025"))))
    flat = " ".join(shown.split())
    assert f"Ann: provided that ⟨Bridge⟩ is settled as ⟨Open⟩{told}" in flat
    assert ("ruled out as things stand" in flat) == bool(told)


_LONG = ("The republic of the many islands and of the sea between them, " * 10)[:595]


@pytest.mark.parametrize(
    ("number", "name", "ends"),
    [
        (35, "Republic number", " 35 parties"),
        (2, _LONG, " 2 parties"),
        (2, "Ann", "Ann 0 and Ann 1"),
    ],
)
@pytest.mark.parametrize("command", ["text", "deals", "draft"])
def test_a_title_with_many_or_long_names_is_valid(
    command: str, number: int, name: str, ends: str, tmp_path: Path
) -> None:
    agenda = {"road": {"options": ["toll", "free"]}}
    parties = {f"p{at}": {"road": {"demands": ["toll", "free"][at % 2]}} for at in range(number)}
    drafts = {"paper": {"title": _LONG, "terms": {"road": "toll"}}}
    names = {party: {"name": f"{name} {party[1:]}"} for party in parties}
    home = write_short(tmp_path / "dossier", agenda, parties, drafts, names)
    saved = home / "proposals" / "saved.yaml"
    base = ["text", "--from", "paper"] if command == "draft" else [command]
    done = claimpos(*base, *parties, "--positions", str(home), "--save", str(saved))
    assert done.returncode == 0, done.stderr
    title = load_dossier(home).proposals["saved"].title
    assert title.endswith(f" {number} parties" if command == "draft" else ends)
    assert ("…" in title) == (command == "draft")


def test_what_no_file_could_hold_is_not_saved(tmp_path: Path) -> None:
    agenda = {"road": {"options": ["toll", "free"]}}
    accepts = [{"outcome": one, "subject-to": f"{one} " * 3500} for one in ("toll", "free")]
    parties = {one: {"road": {"accepts": accepts}} for one in ("ann", "bo")}
    home = write_short(tmp_path, agenda, parties)
    saved = home / "proposals" / "saved.yaml"
    done = claimpos("text", "ann", "bo", "--positions", str(home), "--save", str(saved))
    assert (done.returncode, done.stdout) == (2, "")
    assert "saved.yaml:9:14: error: the text has more than 20,000 characters" in done.stderr
    assert done.stderr.endswith(
        "1 error in the files as they would have been; nothing was written\n"
    )
    assert not saved.parent.exists()
