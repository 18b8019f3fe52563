"""Writes a draft as the files of a dossier, into a folder that appears only once they are valid."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from claimpos.dossier.dates import today
from claimpos.dossier.findings import Finding, shown_path
from claimpos.dossier.locate import PROPOSALS, file_of
from claimpos.dossier.model import ENTRY_TEXTS
from claimpos.dossier.whole_files import new_folder
from claimpos.errors import OutputFailed, WrongUsage
from claimpos.importing.draft import CitingKey, Draft, Piece, cited
from claimpos.importing.writing import write
from claimpos.validation.checking import check_folder

# The keys of each piece in the order in which people write them.
ISSUE_KEYS = (
    *("title", "question", "group", "kind", "unit", "integer", "minimum", "maximum"),
    *("items", "options", "core", "presupposes", "note", "also", "formerly"),
)
SOURCE_KEYS = (
    *("title", "publisher", "authors", "date", "url", "archived", "language", "translation"),
    *("status", "note"),
)
PARTY_KEYS = (
    *(
        "party",
        "name",
        "short",
        "aliases",
        "formerly",
        "members",
        "speaks-for-members",
        "plural",
        "role",
        "note",
    ),
)
STATEMENT_KEYS = (
    *("source", "speaker", "said", "basis", "summary", "quote", "quote-original"),
    *("locator", "note"),
    *("coder", "reviewed"),
)
ENTRY_KEYS = (
    *("since", "until", "standing", "demands", "proposes", "accepts", "refuses", *ENTRY_TEXTS),
    *("notes", "deadline", "offer", "evidence", "against", "context", "coder", "reviewed"),
)
OFFER_KEYS = ("title", "until", "deadline")
PROPOSAL_KEYS = ("proposal", "title", "date", "source", "status", "authors", "note", "terms")
ANSWER_KEYS = ("since", "until", "says", "except", "subject-to", "note", "evidence")


def write_folder(draft: Draft, folder: Path) -> None:
    """Write the dossier; positions, answers and statements with errors are skipped and logged.

    Raises OutputFailed if the folder exists or cannot be written, and WrongUsage for an error
    in anything else.
    """
    check_free(folder)
    new_folder(folder, valid_files(draft, folder))


def valid_files(draft: Draft, folder: Path) -> dict[str, bytes]:
    """What the dossier's files are to hold, by name, if nothing else is in the folder.

    What has errors is skipped, as `write_folder` does. Raises WrongUsage as it does.
    """
    while True:
        files = {name: write(data) for name, data in _files(draft).items()}
        held = {name: file.text.encode() for name, file in files.items()}
        errors = errors_in(held, folder)
        if not errors:
            return held
        shown = {shown_path(folder / name): file for name, file in files.items()}
        pieces = (shown[one.source.path].piece_at(one.span.line) for one in errors)
        _skip(draft, [*zip(errors, pieces, strict=True)])


def errors_in(files: Mapping[str, bytes], folder: Path) -> list[Finding]:
    """The errors that a dossier would have if the folder held these files alone."""
    edited = {folder / name: content for name, content in files.items()}
    found = check_folder(folder, today(), edited=edited, contents={}).findings
    return [one for one in found if one.severity == "error"]


def check_free(folder: Path) -> None:
    """Raise OutputFailed if there is anything in the folder already."""
    if os.path.lexists(folder) and not (os.path.isdir(folder) and not os.listdir(folder)):
        raise OutputFailed(f"“{shown_path(folder)}” already exists; name a new folder")


def _skip(draft: Draft, faults: list[tuple[Finding, Piece | None]]) -> None:
    """Skip what has errors; raises WrongUsage if all are elsewhere than in what can be skipped."""
    resting = _resting_on(draft)
    blamed: dict[CitingKey, str] = {}
    faulty: dict[int, str] = {}
    for finding, piece in faults:
        faulty.setdefault(id(piece), _as_reason(finding))
        for key, elsewhere in resting.get(id(piece), ()):
            blamed.setdefault(key, elsewhere or _as_reason(finding))
    statements = [
        (held, name)
        for held in draft.statements.values()
        for name, statement in held.items()
        if id(statement) in faulty
    ]
    if not blamed and not statements:
        reasons = [
            f"{piece.place}: {_as_reason(one)}" if piece else _as_reason(one)
            for one, piece in faults
        ]
        raise WrongUsage("; ".join(dict.fromkeys(reasons)))
    draft.drop(blamed)
    for held, name in statements:
        if statement := held.pop(name, None):
            draft.log.skip(statement.place, faulty[id(statement)])


def _resting_on(draft: Draft) -> dict[int, list[tuple[CitingKey, str]]]:
    """By the id() of a piece, the positions and answers that are skipped with it.

    A position or an answer is skipped itself, a statement with all that cite it. Each comes with
    the reason to log; that is empty where the error in the piece is the reason.
    """
    resting: dict[int, list[tuple[CitingKey, str]]] = {}
    for key, citing in draft.citing():
        resting.setdefault(id(citing), []).append((key, ""))
        places = {*citing.places}
        for name in cited(citing):
            statement = draft.statements[key.party][name]
            is_own = statement.place in places
            why = "" if is_own else f"it cites the statement “{name}”, which was skipped"
            resting.setdefault(id(statement), []).append((key, why))
    return resting


def _as_reason(finding: Finding) -> str:
    return "; ".join(text.rstrip(".") for text in (finding.message, finding.hint) if text)


def _files(draft: Draft) -> dict[str, dict[str, Any]]:
    for piece in draft.issues.values():
        _tidy(piece, ISSUE_KEYS)
    for piece in draft.sources.values():
        _tidy(piece, SOURCE_KEYS)
    files: dict[str, dict[str, Any]] = {
        "agenda.yaml": {
            "title": draft.title,
            **draft.agenda,
            "groups": {group: piece["title"] for group, piece in draft.groups.items()},
            "issues": draft.issues,
        },
        "sources.yaml": {"sources": draft.sources},
    }
    positions: dict[str, dict[str, list[Piece]]] = {party: {} for party in draft.parties}
    for key, entry in draft.entries.items():
        _tidy(entry, ENTRY_KEYS)
        positions[key.party].setdefault(key.issue, []).append(entry)
    answers = _answers(draft)
    for party, piece in draft.parties.items():
        statements = draft.statements.get(party, {})
        for statement in statements.values():
            _tidy(statement, STATEMENT_KEYS)
        speakers = draft.speakers.get(party)
        offers = draft.offers.get(party, {})
        for offer in offers.values():
            _tidy(offer, OFFER_KEYS)
        file = Piece(piece.place, {"party": party, **piece})
        _tidy(file, PARTY_KEYS)
        file |= {"speakers": speakers} if speakers else {}
        file |= {"offers": offers} if offers else {}
        file |= {"statements": statements, "positions": positions[party]}
        file |= {"answers": answers[party]} if party in answers else {}
        files[file_of(party)] = file
    return files | {
        f"{PROPOSALS}/{name}.yaml": proposal_of(draft, name) for name in draft.proposals
    }


def _answers(draft: Draft) -> dict[str, dict[str, list[Piece]]]:
    """The answers by party and text."""
    answers: dict[str, dict[str, list[Piece]]] = {}
    for key, answer in draft.answers.items():
        _tidy(answer, ANSWER_KEYS)
        answers.setdefault(key.party, {}).setdefault(key.text, []).append(answer)
    return answers


def proposal_of(draft: Draft, name: str) -> Piece:
    """The file of a proposal."""
    piece = draft.proposals[name]
    terms = draft.terms.get(name, {})
    file = Piece(piece.place, {"proposal": name, **piece, "terms": terms})
    _tidy(file, PROPOSAL_KEYS)
    return file


def _tidy(piece: Piece, order: Sequence[str]) -> None:
    """Put the keys into the order in which people write them."""
    facts = {key: piece[key] for key in order if key in piece}
    piece.clear()
    piece.update(facts)
