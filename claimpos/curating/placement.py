"""Where in a dossier's files each kind of piece goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.entries import last_before
from claimpos.curating.file_edits import Insertion
from claimpos.curating.insertions import FIRST
from claimpos.dossier.locate import AGENDA, SOURCES, file_of
from claimpos.importing.draft import Piece

Pieces = Mapping[str, Any]

_BEHIND_SPEAKERS = {"statements", "positions", "offers", "answers"}


def put_sources(edited: EditedDossier, pieces: Pieces) -> None:
    """Put sources behind the others."""
    edited.add(SOURCES, Insertion(["sources"], pieces))


def put_groups(edited: EditedDossier, titles: Pieces) -> None:
    """Put groups of issues behind the others."""
    edited.add(AGENDA, Insertion(["groups"], titles))


def put_issue(edited: EditedDossier, name: str, piece: Piece) -> None:
    """Put an issue behind the others of its group."""
    issues = edited.data(AGENDA)["issues"]
    same = [key for key, issue in issues.items() if issue.get("group") == piece["group"]]
    edited.add(AGENDA, Insertion(["issues"], {name: piece}, same[-1] if same else None))


def put_statements(edited: EditedDossier, party: str, pieces: Pieces) -> None:
    """Put statements behind the others."""
    edited.add(file_of(party), Insertion(["statements"], pieces))


def put_speakers(edited: EditedDossier, party: str, pieces: Pieces) -> None:
    """Put speakers behind the others; the first ones behind what says who the party is."""
    keys = [key for key in edited.data(file_of(party)) if key not in _BEHIND_SPEAKERS]
    _put_in_section(edited, party, "speakers", pieces, keys[-1] if keys else None)


def put_offers(edited: EditedDossier, party: str, pieces: Pieces) -> None:
    """Put offers behind the others; the first ones behind the statements."""
    _put_in_section(edited, party, "offers", pieces, "statements")


def put_entry(edited: EditedDossier, party: str, issue: str, entry: Piece) -> None:
    """Put an entry behind those that began before it; the first one as the agenda has the issue."""
    held = edited.data(file_of(party))["positions"]
    if issue in held:
        _put_by_date(edited, party, ["positions", issue], held[issue], entry)
        return
    agenda = list(edited.data(AGENDA)["issues"])
    earlier = [key for key in held if key in agenda and agenda.index(key) < agenda.index(issue)]
    after = max(earlier, key=agenda.index) if earlier else None
    edited.add(file_of(party), Insertion(["positions"], {issue: [entry]}, after))


def put_answer(edited: EditedDossier, party: str, text: str, answer: Piece) -> None:
    """Put an answer behind those that began before it."""
    held = edited.data(file_of(party)).get("answers", {})
    if text in held:
        _put_by_date(edited, party, ["answers", text], held[text], answer)
    else:
        _put_in_section(edited, party, "answers", {text: [answer]}, None)


def _put_by_date(
    edited: EditedDossier, party: str, path: Sequence[str], held: Sequence[Any], piece: Piece
) -> None:
    at = last_before(held, str(piece["since"]))
    edited.add(file_of(party), Insertion(path, [piece], at if at >= 0 else FIRST))


def _put_in_section(
    edited: EditedDossier, party: str, section: str, pieces: Pieces, after: str | None
) -> None:
    """Put pieces into a part of a party's file, which may not be there yet."""
    if section in edited.data(file_of(party)):
        edited.add(file_of(party), Insertion([section], pieces))
    else:
        edited.add(file_of(party), Insertion([], {section: pieces}, after))
