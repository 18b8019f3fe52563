"""The numbered notes of a document: who said what, when, how it is known, where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from claimpos.dossier.model import Source, Statement
from claimpos.wording.names import one_line, written_date
from claimpos.wording.positions import BASIS_WORDS, published, quoted

OUTSIDE = "outside source"
TRANSLATED = {"translated": "in translation", "back-translated": "back-translated"}


class Notes:
    """Notes in the order in which the text refers to them.

    A statement has one note, whatever cites it, and is referred to by its number. Of a source that
    came out after the day this is said.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        self.told: list[dict[str, Any]] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def cite(self, party: str, statements: Iterable[Statement]) -> list[int]:
        """Add a note on each statement of a party that has none yet; the numbers of all."""
        return [self._number(party, statement) for statement in statements]

    def _number(self, party: str, statement: Statement) -> int:
        number = self._numbers.setdefault((party, statement.id), len(self.told) + 1)
        if number > len(self.told):
            self.told.append({"number": number, "party": party, **_statement(statement, self.day)})
        return number


def _statement(statement: Statement, day: date) -> dict[str, Any]:
    source, speaker = statement.source, statement.speaker
    return {
        "statement": statement.id,
        "speaker": "" if speaker is None else speaker.name,
        "role": "" if speaker is None else speaker.role,
        "outside": speaker is not None and speaker.outside,
        "said": statement.said.text,
        "said_in_words": written_date(statement.said),
        "basis": statement.basis,
        "summary": one_line(statement.summary),
        "quote": statement.quote,
        "quote_original": statement.quote_original,
        "quoted": quoted(statement) if statement.quote else "",
        "locator": statement.locator,
        "note": one_line(statement.note),
        "source": _source(source),
        "who": _who(statement),
        "where": _where(source, statement.locator, day),
    }


def link(source: Source) -> str:
    """Where the document is on the web; empty if no page is named, or by another scheme."""
    return source.url if source.url.startswith(("http://", "https://")) else ""


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": one_line(source.title),
        "publisher": source.publisher,
        "authors": list(source.authors),
        "date": source.date.text,
        "date_in_words": written_date(source.date),
        "url": link(source),
        "archived": source.archived,
        "language": source.language,
        "translation": source.translation,
        "status": source.status,
        "note": one_line(source.note),
    }


def _who(statement: Statement) -> str:
    """Who said it, when, and how that is known; an outside source does not speak for the party."""
    speaker = statement.speaker
    if speaker is None:
        told = [statement.source.publisher]
    else:
        told = [speaker.name, speaker.role] if speaker.role else [speaker.name]
        told += [OUTSIDE] if speaker.outside else []
    return ", ".join([*told, written_date(statement.said), BASIS_WORDS[statement.basis]])


def _where(source: Source, locator: str, day: date) -> str:
    """The document, and the place in it."""
    told = [source.publisher, f"“{one_line(source.title)}”", published(source, day)]
    known = [source.status, *([how] if (how := TRANSLATED.get(source.translation)) else [])]
    return f"{', '.join(told)} ({', '.join(known)})" + (f", {locator}" if locator else "")
