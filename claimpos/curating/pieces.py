"""Pieces that are added: their ids, dates and keys, and where in the files each kind goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.entries import StartDates
from claimpos.curating.insertions import FIRST, Insertion
from claimpos.curating.requests import Given
from claimpos.dossier.dates import date_remedy, is_date, no_such_day
from claimpos.dossier.locate import AGENDA, SOURCES, file_of
from claimpos.dossier.lookup import id_words
from claimpos.dossier.reading.form import is_id
from claimpos.errors import WrongUsage
from claimpos.importing.draft import Piece
from claimpos.importing.import_log import TablePlace

_DATES = ("date", "said", "since", "until")
_WORDS_OF_ID = 3
_SMALL_WORDS = {
    *("a", "an", "and", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or"),
    *("per", "than", "that", "the", "to", "up", "will", "with", "would"),
}


def id_of_text(text: str) -> str:
    """An id of the first words of a text that say something."""
    words = [word for word in id_words(text).split("-") if word and word not in _SMALL_WORDS]
    made = "-".join(words[:_WORDS_OF_ID])
    if is_id(made):
        return made
    return f"said-{made}" if is_id(f"said-{made}") else "said"


def piece_of(facts: Given, keys: Sequence[str]) -> Piece:
    """The facts that have these keys, in their order; a year is a number, as people write it."""
    held = {key: facts[key] for key in keys if not _is_empty(facts.get(key))}
    return Piece(
        TablePlace(0),
        {key: written_day(one) if key in _DATES else one for key, one in held.items()},
    )


def written_day(day: str) -> str | int:
    """A day as a file holds it: a bare year is a number."""
    return int(day) if day.isdigit() else day


def _is_empty(value: Any) -> bool:
    """Whether nothing was given; 0 is an outcome, although it equals False."""
    return value is None or value is False or value in ("", [])


def checked_date(key: str, value: Any) -> Any:
    """The value of a key; raises WrongUsage if it should be a date and is not."""
    if key in _DATES:
        if not is_date(value):
            raise WrongUsage(f"“{value}” is not a valid date; {date_remedy(value)}")
        if why := no_such_day(value):
            raise WrongUsage(why)
    return value


def check_id(name: str) -> None:
    """Raise WrongUsage for a name that cannot be an id, with one that can."""
    if not is_id(name):
        meant = id_words(name)
        example = f"; write {meant}" if is_id(meant) else "; write lower-case words with hyphens"
        raise WrongUsage(f"“{name}” cannot be an id{example}")


# ---- where each kind goes ----

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
    same = (key for key in reversed(issues) if issues[key].get("group") == piece["group"])
    edited.add(AGENDA, Insertion(["issues"], {name: piece}, next(same, None)))


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


def put_entries(edited: EditedDossier, party: str, issue: str, entries: Sequence[Piece]) -> None:
    """Put entries behind those that began before; the first one as the agenda has the issue."""
    held = edited.data(file_of(party))["positions"]
    if issue not in held:
        order = {key: at for at, key in enumerate(edited.data(AGENDA)["issues"])}
        earlier = [key for key in held if order.get(key, len(order)) < order[issue]]
        after = max(earlier, key=order.__getitem__, default=None)
        edited.add(file_of(party), Insertion(["positions"], {issue: [*entries[:1]]}, after))
        held, entries = {issue: entries[:1]}, entries[1:]
    _put_by_date(edited, party, ["positions", issue], held[issue], entries)


def put_answers(edited: EditedDossier, party: str, text: str, answers: Sequence[Piece]) -> None:
    """Put answers to a text behind those that began before."""
    held = edited.data(file_of(party)).get("answers", {})
    if text not in held:
        _put_in_section(edited, party, "answers", {text: [*answers[:1]]}, None)
        held, answers = {text: answers[:1]}, answers[1:]
    _put_by_date(edited, party, ["answers", text], held[text], answers)


def _put_by_date(
    edited: EditedDossier,
    party: str,
    path: Sequence[str],
    held: Sequence[Any],
    pieces: Sequence[Piece],
) -> None:
    begun = StartDates(held)
    for piece in pieces:
        at = begun.put(str(piece["since"]))
        edited.add(file_of(party), Insertion(path, [piece], at if at >= 0 else FIRST))


def _put_in_section(
    edited: EditedDossier, party: str, section: str, pieces: Pieces, after: str | None
) -> None:
    """Put pieces into a part of a party's file, which may not be there yet."""
    if section in edited.data(file_of(party)):
        edited.add(file_of(party), Insertion([section], pieces))
    else:
        edited.add(file_of(party), Insertion([], {section: pieces}, after))
