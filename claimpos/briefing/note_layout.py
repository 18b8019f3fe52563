"""The notes of a briefing laid out: who said what, when, how it is known, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from claimpos.briefing.citations import Data
from claimpos.briefing.notes import OUTSIDE, TRANSLATED
from claimpos.rendering.document import Note, Span
from claimpos.wording.positions import BASIS_WORDS


def notes_of(notes: Iterable[Data], day: str) -> Iterable[Note]:
    """The notes in order; who said it and where stands once, in the first note on the occasion.

    Of a source that came out after the day of the report this is said. A speaker's role stands in
    the first note that names the speaker.
    """
    roles: set[tuple[str, str]] = set()
    occasions: dict[tuple[str, ...], int] = {}
    told: dict[tuple[str, ...], int] = {}
    for note in notes:
        source, number = note["source"], note["number"]
        occasion = note["speaker"], note["said"], note["basis"], source["id"]
        first = occasions.setdefault(occasion, number)
        before = told.setdefault((*occasion, note["locator"], _what(note), note["note"]), number)
        if before != number:
            yield Note(number, f"As note {before}.")
            continue
        if first != number:
            where = f", {note['locator']}" if note["locator"] else ""
            yield Note(number, f"As note {first}{where}: {_what(note)}{_remark(note)}")
            continue
        named = note["speaker"], note["role"]
        parts = [
            f"{_who(note, with_role=named not in roles)}: {_what(note)} ",
            f"{_where(note, day)}.",
        ]
        roles.add(named)
        url: list[str | Span] = []
        if source["url"]:
            url = [" ", Span(source["url"], "address")]
        yield Note(number, ("".join(parts), *url, _remark(note)))


def _what(note: Data) -> str:
    told = f"{note['summary']}."
    if note["quote"]:
        told += f" {note['quoted']}."
    return told


def _remark(note: Data) -> str:
    return f" Note: {note['note']}." if note["note"] else ""


def _who(note: Data, with_role: bool) -> str:
    """Who said it and when; how it is known, unless in the party's own words."""
    told = [note["speaker"] or note["source"]["publisher"]]
    told += [note["role"]] if note["role"] and with_role else []
    told += [OUTSIDE] if note["outside"] else []
    told.append(note["said_in_words"])
    return ", ".join(told + ([BASIS_WORDS[note["basis"]]] if note["basis"] != "stated" else []))


def _where(note: Data, day: str) -> str:
    """The publisher; the title where no address leads to the document; what must not be missed."""
    source = note["source"]
    told = [source["publisher"]] if note["speaker"] or not source["url"] else []
    told += [] if source["url"] else [f"“{source['title']}”"]
    told += [f"published later, on {source['date_in_words']}"] if source["date"] > day else []
    told += [TRANSLATED[source["translation"]]] if source["translation"] in TRANSLATED else []
    return ", ".join([*told, *([note["locator"]] if note["locator"] else [])]) or source["title"]
