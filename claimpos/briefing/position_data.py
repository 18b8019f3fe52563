"""Positions and the statements behind them, as plain data for templates; notes are numbered."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date
from typing import Any

from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.entry_parts import about, grounds
from claimpos.comparison.history import first_held
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import ENTRY_TEXTS, Cell, Entry, Issue, Source, Statement
from claimpos.dossier.timeline import Standing
from claimpos.wording.dossier_texts import (
    capital,
    in_brackets,
    in_quotation_marks,
    in_summary,
    one_line,
)
from claimpos.wording.names import Words, written_date, written_day
from claimpos.wording.positions import (
    ended_offer,
    in_full,
    period,
    published,
    quoted,
    who_said,
)

TRANSLATED = {"translated": "in translation", "back-translated": "back-translated"}


class NoteRegister:
    """Notes in the order in which the text refers to them.

    A statement has one note, whatever cites it, and is referred to by its number. Of a source that
    came out after the day this is said.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        self.all: list[dict[str, Any]] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def cite(self, party: str, statements: Iterable[Statement]) -> list[int]:
        """Add a note on each statement of a party that has none yet; the numbers of all."""
        return [self._number(party, statement) for statement in statements]

    def _number(self, party: str, statement: Statement) -> int:
        number = self._numbers.setdefault((party, statement.id), len(self.all) + 1)
        if number > len(self.all):
            self.all.append({"number": number, "party": party, **_note(statement, self.day)})
        return number


def _note(statement: Statement, day: date) -> dict[str, Any]:
    source, speaker = statement.source, statement.speaker
    return {
        "statement": statement.id,
        "speaker": "" if speaker is None else speaker.name,
        "role": "" if speaker is None else speaker.role,
        "outside": speaker is not None and speaker.outside,
        "said": statement.said.text,
        "said_in_words": written_date(statement.said),
        "basis": statement.basis,
        "summary": in_summary(statement.summary),
        "quote": statement.quote,
        "quote_original": statement.quote_original,
        "quoted": quoted(statement) if statement.quote else "",
        "locator": statement.locator,
        "note": one_line(statement.note),
        "source": _source(source),
        "who": who_said(statement),
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


def _where(source: Source, locator: str, day: date) -> str:
    """The document, and the place in it."""
    title = in_quotation_marks(one_line(source.title))
    parts = [in_brackets(source.publisher), title, published(source, day)]
    known = [source.status, *([how] if (how := TRANSLATED.get(source.translation)) else [])]
    place = f", {in_brackets(locator)}" if locator else ""
    return f"{', '.join(parts)} ({', '.join(known)}){place}"


# What is left open is among the sentences.
TEXTS = [key for key in ENTRY_TEXTS if key != "reserves"]


class PositionData:
    """Positions of one dossier; each one that is asked for adds its statements to the notes."""

    def __init__(self, comparison: Comparison) -> None:
        self.dossier, self.day = comparison.dossier, comparison.day
        self.words = Words(self.dossier)
        self.notes = NoteRegister(self.day)
        self.timelines = EffectiveTimelines(
            self.dossier, comparison.basis, comparison.common.table.timelines
        )

    def of(
        self, party: str, standing: Standing, issue: Issue, cells: Set[Cell], headed: Set[Cell]
    ) -> dict[str, Any]:
        """What a party says on some cells of an issue; without a position, the keys are the same.

        What it says on all of the cells in `headed` does not name them.
        """
        lapsed = standing.lapsed
        here = None if standing.entry is None else about(standing.entry, cells)
        lines = [] if here is None else in_full(here, issue, self.words.of(party), headed)
        report: dict[str, Any] = {
            "party": party,
            "label": self.dossier.parties[party].label,
            "silent": not lines,
            "lapsed": None if lapsed is None else lapsed.isoformat(),
            "lapsed_in_words": "" if lapsed is None else written_day(lapsed),
            "sentences": [],
            "red_line": False,
            **dict.fromkeys(("basis", "since", "period", *TEXTS), ""),
            "evidence": [],
            "grounds": [],
            "against": [],
            "context": [],
            "notes": [],
            "ended_offer": capital(ended_offer(standing, self.dossier.parties[party])),
        }
        if here is not None and lines:
            report |= {
                "sentences": [f"{capital(line)}." for line in lines],
                "red_line": bool(here.refuses),
                **self._grounds(party, here, cells),
            }
        return report

    def _grounds(self, party: str, entry: Entry, cells: Set[Cell]) -> dict[str, Any]:
        """From when a position is held, what it rests on, and which statements contradict it."""
        first = first_held(self.timelines, party, entry.issue, self.day, cells)
        return {
            "basis": entry.basis,
            "since": entry.since.text,
            "period": f"Held {period(entry, first)}",
            **{key: one_line(getattr(entry, key)) for key in TEXTS},
            "evidence": [
                number
                for group, said in entry.cited()
                for number in self.notes.cite(group or party, [said])
            ],
            "grounds": [
                [
                    number
                    for group, said in cited
                    for number in self.notes.cite(group or party, [said])
                ]
                for cited in grounds(entry)
            ],
            "against": [
                {"summary": in_summary(statement.summary), "note": number}
                for one in entry.pieces()
                for statement in one.against
                for number in self.notes.cite(one.group or party, [statement])
            ],
            "context": [
                number
                for one in entry.pieces()
                for number in self.notes.cite(one.group or party, one.context)
            ],
            "notes": [
                {
                    "day": note.day.text,
                    "day_in_words": written_date(note.day),
                    "text": one_line(note.text),
                }
                for one in entry.pieces()
                for note in one.notes
            ],
        }
