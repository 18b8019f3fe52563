"""The positions of a briefing laid out, with the notes that they cite.

A position is a point of a list, or a few words in a cell; a note tells who said what, when, how it
is known, and where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimpos.briefing.position_data import TRANSLATED
from claimpos.dossier.model import BASES
from claimpos.rendering.document import Item, MarkedText, Note, Text
from claimpos.wording.dossier_texts import free_text, in_brackets, in_quotation_marks
from claimpos.wording.names import joined
from claimpos.wording.positions import OUTSIDE, basis_in_words

Data = Mapping[str, Any]
"""A part of a briefing as plain data."""


class NoteNumbers:
    """The notes of a report that the text refers to, numbered anew in its order."""

    def __init__(self, notes: Sequence[Data]) -> None:
        self._notes = {note["number"]: note for note in notes}
        self._numbers: dict[int, int] = {}

    def refs(self, numbers: Iterable[int]) -> MarkedText:
        """References to notes of the report."""
        chosen = dict.fromkeys(
            self._numbers.setdefault(one, len(self._numbers) + 1) for one in numbers
        )
        return MarkedText(" ".join(map(str, chosen)), "notes" if chosen else "")

    def cited(self) -> list[Data]:
        """The notes referred to so far, in order, by their new numbers."""
        return [{**self._notes[old], "number": new} for old, new in self._numbers.items()]

    def has(self, number: int) -> bool:
        """Whether the text has referred to a note."""
        return number in self._numbers

    def in_short(self, number: int) -> str:
        """A statement that has no note: who made it, when, how that is known, where it stands."""
        note = self._notes[number]
        parts = [in_brackets(note["speaker"]), note["said_in_words"]]
        parts += [basis_in_words(note["basis"])] if note["basis"] != "stated" else []
        return ", ".join(filter(None, [*parts, in_brackets(note["source"]["publisher"])]))

    def best(self, grounds: Iterable[Sequence[int]]) -> list[int]:
        """Of each group of notes the strongest, of equally strong ones the newest; none twice."""

        def weight(number: int) -> tuple[int, str]:
            note = self._notes[number]
            return BASES.index(note["basis"]), note["said"]

        return sorted({max(numbers, key=weight) for numbers in grounds})


def notes_of(notes: Iterable[Data], day: str) -> Iterable[Note]:
    """The notes in order; only the first note on an occasion says who spoke, and where.

    A note says so if its source came out after the day of the report. Only the first note that
    names a speaker gives the speaker's role, unless speakers of several roles have the name.
    """
    notes = [*notes]
    of_name: dict[str, set[_Speaker]] = {}
    for note in notes:
        of_name.setdefault(note["speaker"], set()).add(_speaker(note))
    named: set[str] = set()
    occasions: dict[tuple[object, ...], int] = {}
    first_notes: dict[tuple[object, ...], int] = {}
    for note in notes:
        source, number = note["source"], note["number"]
        occasion = _speaker(note), note["said"], note["basis"], source["id"]
        first = occasions.setdefault(occasion, number)
        before = first_notes.setdefault(
            (*occasion, note["locator"], _what(note), note["note"]), number
        )
        if before != number:
            yield Note(number, f"As note {before}.")
            continue
        if first != number:
            where = f", {in_brackets(note['locator'])}" if note["locator"] else ""
            yield Note(number, f"As note {first}{where}: {_what(note)}{_remark(note)}")
            continue
        name = note["speaker"]
        with_role = name not in named or len(of_name[name]) > 1
        parts = [f"{_who(note, with_role)}: {_what(note)} ", f"{_where(note, day)}."]
        named.add(name)
        url: list[str | MarkedText] = []
        if source["url"]:
            url = [" ", MarkedText(source["url"], "address")]
        yield Note(number, ("".join(parts), *url, _remark(note)))


_Speaker = tuple[str, str, bool]
"""The name, the role, and whether it is a source outside the party."""


def _speaker(note: Data) -> _Speaker:
    return note["speaker"], note["role"], note["outside"]


def _what(note: Data) -> str:
    text = f"{note['summary']}."
    if note["quote"]:
        text += f" {note['quoted']}."
    return text


def _remark(note: Data) -> str:
    return f" Note: {note['note']}." if note["note"] else ""


def _who(note: Data, with_role: bool) -> str:
    """Who said it and when; and how that is known, unless from the party's own words."""
    parts = [in_brackets(note["speaker"] or note["source"]["publisher"])]
    parts += [in_brackets(note["role"])] if note["role"] and with_role else []
    parts += [OUTSIDE] if note["outside"] else []
    parts.append(note["said_in_words"])
    return ", ".join(parts + ([basis_in_words(note["basis"])] if note["basis"] != "stated" else []))


def _where(note: Data, day: str) -> str:
    """The publisher; the title where no address leads to the document; what must not be missed."""
    source = note["source"]
    has_publisher = note["speaker"] or not source["url"]
    parts = [in_brackets(source["publisher"])] if has_publisher else []
    parts += [] if source["url"] else [in_quotation_marks(source["title"])]
    parts += [f"published later, on {source['date_in_words']}"] if source["date"] > day else []
    parts += [TRANSLATED[source["translation"]]] if source["translation"] in TRANSLATED else []
    parts += [in_brackets(note["locator"])] if note["locator"] else []
    return ", ".join(parts) or in_brackets(source["title"])


class Positions:
    """Positions in the order of the text: none is given twice.

    Of like positions on two sub-issues of an issue, the second refers to the first. Only where a
    briefing is `in_depth` are there remarks, and all statements are cited. Otherwise, the best one
    is cited, or the best one behind each thing that a position says, with how many more there are.
    """

    def __init__(self, citations: NoteNumbers, in_depth: bool) -> None:
        self.citations = citations
        self.in_depth = in_depth
        self._told: dict[tuple[str, ...], int] = {}
        self._remarked: set[tuple[str, str, str]] = set()
        self._signalled: set[int] = set()

    def items(self, row: Data) -> Iterable[Item]:
        """What each party says on a row; parties with the same short answer share a point.

        Parties without a recorded position come last.
        """
        shared: dict[str, list[str]] = {}
        items: dict[str, Item] = {}
        for position in sorted(row["positions"], key=_is_unheard):
            label = position["label"]
            if text := self._in_brief(row, position):
                shared.setdefault(text, []).append(label)
                items[text] = Item((MarkedText(joined(shared[text]), "strong"), f": {text}"))
            else:
                items[label] = self._item(row, position)
        return items.values()

    def _in_brief(self, row: Data, position: Data) -> str:
        """A note that there is no position, or where the same one was given; otherwise empty."""
        if _is_unheard(position):
            return "no recorded position."
        if position["silent"]:
            return _silence(position)
        key = row["issue"], position["party"], position["period"], *position["sentences"]
        before = self._told.setdefault(key, row["number"])
        return "" if before == row["number"] else f"as under no. {before}."

    def _item(self, row: Data, position: Data) -> Item:
        parts = [*position["sentences"], *(self._remarks(row, position) if self.in_depth else [])]
        said = f" ({_beside_the_name(position)}): {' '.join(parts)}"
        cited = self._evidence(position)
        if position["context"]:
            cited += [" Context:", self.citations.refs(position["context"])]
        name = MarkedText(position["label"], "strong")
        return Item((name, said, *cited), [*self._signals(position)])

    def _evidence(self, position: Data) -> list[str | MarkedText]:
        """References to the statements or, where there is no room, to some and how many more."""
        chosen = self._chosen(position)
        more = len(position["evidence"]) - len(chosen)
        return [self.citations.refs(chosen), *([f" (+{more})"] if more else [])]

    def _chosen(self, position: Data) -> Sequence[int]:
        numbers: Sequence[int] = position["evidence"]
        return numbers if self.in_depth else self.citations.best(position["grounds"])

    def _remarks(self, row: Data, position: Data) -> Iterable[str]:
        texts = [
            ("Stated reason", position["interest"]),
            ("Note", position["note"]),
            *((f"Note, {one['day_in_words']}", one["text"]) for one in position["notes"]),
        ]
        remarks = [f"{what}: {free_text(text)}." for what, text in texts if text]
        remarks += [f"{position['ended_offer']}."] if position["ended_offer"] else []
        for remark in remarks:
            key = row["issue"], position["party"], remark
            if key not in self._remarked:
                self._remarked.add(key)
                yield remark

    def _signals(self, position: Data) -> Iterable[Item]:
        """The statements that contradict a position; from the second time on, only their notes."""
        numbers = [one["note"] for one in position["against"]]
        if numbers and self._signalled.issuperset(numbers):
            yield Item((_signals(numbers), self.citations.refs(numbers)))
        else:
            self._signalled.update(numbers)
            for one in position["against"]:
                text = f"{_signals([one['note']])} {one['summary']}."
                yield Item((text, self.citations.refs([one["note"]])))

    def in_a_cell(self, row: Data) -> Text:
        """What is on record on a row, in few words; without parties that have nothing on record.

        What a party before has said too is not repeated.
        """
        lines: list[list[str | MarkedText]] = []
        first: dict[str, str] = {}
        lapsed: dict[str, list[str]] = {}
        for one in row["positions"]:
            if not one["silent"]:
                said = f"{one['in_few_words']}{' (mixed signals)' if one['against'] else ''}"
                before = first.setdefault(said, one["label"])
                text = said if before == one["label"] else f"as {before}"
                lines.append([f"{one['label']}: {text}", *self._sources(one)])
            elif not _is_unheard(one):
                day = f" on {one['lapsed_in_words']}" if one["lapsed_in_words"] else ""
                lapsed.setdefault(f"lapsed{day}", []).append(one["label"])
        lines += [[f"{joined(labels)}: {text}"] for text, labels in lapsed.items()]
        return tuple(part for line in lines for part in ("\n", *line))[1:]

    def _sources(self, position: Data) -> list[str | MarkedText]:
        """What a position rests on: notes by number, where these tell of it already."""
        chosen = self._chosen(position)
        more = len(position["evidence"]) - len(chosen)
        numbers = [*chosen, *(one["note"] for one in position["against"])]
        known = [one for one in numbers if self.in_depth or self.citations.has(one)]
        others = [self.citations.in_short(one) for one in numbers if one not in known]
        parts = [*others, *([f"+{more}"] if more else [])]
        return [self.citations.refs(known), *([f" ({'; '.join(parts)})"] if parts else [])]


def is_unheard_of(row: Data) -> bool:
    """Whether no party has or had a position on a row."""
    return all(map(_is_unheard, row["positions"]))


def _is_unheard(position: Data) -> bool:
    return bool(position["silent"] and not position["lapsed"] and not position["ended_offer"])


def _beside_the_name(position: Data) -> str:
    """From when a position is held, and what marks it."""
    parts = [position["period"].removeprefix("Held ")]
    parts += [f"{position['priority']} priority"] if position["priority"] else []
    parts += ["inferred"] if position["basis"] == "inferred" else []
    return ", ".join([*parts, *(["mixed signals"] if position["against"] else [])])


def _signals(numbers: Sequence[int]) -> str:
    return "Mixed signal:" if len(numbers) == 1 else "Mixed signals:"


def _silence(position: Data) -> str:
    """That there is no position any more, and why."""
    lapsed = position["lapsed_in_words"]
    last = f"; the last one lapsed on {lapsed}" if lapsed else ""
    text = f"no current position{last}."
    return f"{text} {position['ended_offer']}." if position["ended_offer"] else text
