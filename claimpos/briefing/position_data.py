"""Where a party stands, as plain data for templates, with the notes on its statements."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from typing import Any

from claimpos.briefing.notes import Notes
from claimpos.comparison.entry_parts import about, grounds
from claimpos.dossier.model import ENTRY_TEXTS, Cell, Dossier, Entry, Issue
from claimpos.dossier.timeline import Standing
from claimpos.wording.names import Words, capital, one_line, written_date, written_day
from claimpos.wording.positions import ended_offer, in_full, period

# What is left open is among the sentences.
TEXTS = [key for key in ENTRY_TEXTS if key != "reserves"]


class PositionData:
    """Positions of one dossier; each position told adds its statements to the notes."""

    def __init__(self, dossier: Dossier, day: date) -> None:
        self.dossier = dossier
        self.words = Words(dossier)
        self.notes = Notes(day)

    def of(
        self, party: str, standing: Standing, issue: Issue, cells: Set[Cell], headed: Set[Cell]
    ) -> dict[str, Any]:
        """What a party says on some cells of an issue; its silence has the same keys.

        What it says of all the cells `headed` needs no names.
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
                **self._grounds(party, here),
            }
        return report

    def _grounds(self, party: str, entry: Entry) -> dict[str, Any]:
        """From when a position holds, what it rests on, and what does not fit it."""
        return {
            "basis": entry.basis,
            "since": entry.since.text,
            "period": f"Held {period(entry)}",
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
                {"summary": one_line(statement.summary), "note": number}
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
