"""The positions of a briefing laid out: as points of a list, or in few words in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.briefing.citations import Citations, Data
from claimpos.rendering.document import Item, Span, Text
from claimpos.wording.names import joined

_MOST = 2
"""How many statements are cited for a position, where there is not room for all."""


class Positions:
    """Positions in the order of the text: what has been told is not told a second time.

    Of like positions on two sub-issues of an issue, the second refers to the first. Only where a
    briefing is `in_depth` are there remarks, and all statements are cited.
    """

    def __init__(self, citations: Citations, in_depth: bool) -> None:
        self.citations = citations
        self.in_depth = in_depth
        self._told: dict[tuple[str, ...], int] = {}
        self._remarked: set[tuple[str, str, str]] = set()

    def items(self, row: Data) -> Iterable[Item]:
        """What each party says on a row; those of which nothing is known share a point."""
        unheard = [one for one in row["positions"] if _is_unheard(one)]
        for position in row["positions"]:
            if position not in unheard:
                yield self._item(row, position)
        if unheard:
            labels = joined(one["label"] for one in unheard)
            yield Item((Span(f"{labels}:", "strong"), " no recorded position."))

    def _item(self, row: Data, position: Data) -> Item:
        name = Span(f"{position['label']}{_marks(position)}:", "strong")
        if position["silent"]:
            return Item((name, f" {_silence(position)}"))
        key = row["issue"], position["party"], position["period"], *position["sentences"]
        before = self._told.setdefault(key, row["number"])
        if before != row["number"]:
            return Item((name, f" as under no. {before}."))
        priority = f"; {position['priority']} priority" if position["priority"] else ""
        told = [*position["sentences"], f"{position['period']}{priority}."]
        told += self._remarks(row, position) if self.in_depth else []
        evidence = self._evidence(position["evidence"], _MOST)
        return Item((name, f" {' '.join(told)}", *evidence), [*self._signals(position)])

    def _evidence(self, numbers: Sequence[int], most: int) -> list[str | Span]:
        """References to the statements or, where there is no room, to some and how many more."""
        chosen = numbers if self.in_depth else self.citations.best(numbers, most)
        more = len(numbers) - len(chosen)
        return [self.citations.refs(chosen), *([f" and {more} more"] if more else [])]

    def _remarks(self, row: Data, position: Data) -> Iterable[str]:
        remarks = [
            *([f"Stated reason: {position['interest']}."] if position["interest"] else []),
            *([f"Note: {position['note']}."] if position["note"] else []),
            *(f"Note, {one['day_in_words']}: {one['text']}." for one in position["notes"]),
            *([f"{position['ended_offer']}."] if position["ended_offer"] else []),
        ]
        for remark in remarks:
            key = row["issue"], position["party"], remark
            if key not in self._remarked:
                self._remarked.add(key)
                yield remark

    def _signals(self, position: Data) -> Iterable[Item]:
        """What does not fit a position, and what explains it."""
        for one in position["against"]:
            yield Item((f"Mixed signal: {one['summary']}.", self.citations.refs([one["note"]])))
        if position["context"]:
            yield Item(("Context:", self.citations.refs(position["context"])))

    def in_a_cell(self, row: Data) -> Text:
        """What is on record on a row, in few words, and from whom nothing is."""
        unheard = [one["label"] for one in row["positions"] if _is_unheard(one)]
        if len(unheard) == len(row["positions"]):
            return "Nothing from any party"
        lines = [self._line(one) for one in row["positions"] if not _is_unheard(one)]
        lines += [[f"{joined(unheard)}: nothing"]] if unheard else []
        return tuple(part for line in lines for part in ("\n", *line))[1:]

    def _line(self, position: Data) -> list[str | Span]:
        if position["silent"]:
            lapsed = position["lapsed_in_words"]
            return [f"{position['label']}: lapsed{f' on {lapsed}' if lapsed else ''}"]
        against = [one["note"] for one in position["against"]]
        mixed = " (mixed signals)" if against else ""
        told = f"{position['label']}: {position['in_few_words']}{mixed}"
        return [told, *self._evidence([*position["evidence"], *against], 1)]


def _is_unheard(position: Data) -> bool:
    return bool(position["silent"] and not position["lapsed"] and not position["ended_offer"])


def _marks(position: Data) -> str:
    inferred = " (inferred)" if position["basis"] == "inferred" else ""
    return f"{inferred} (mixed signals)" if position["against"] else inferred


def _silence(position: Data) -> str:
    """That there is no position any more, and why."""
    lapsed = position["lapsed_in_words"]
    last = f"; the last one lapsed on {lapsed}" if lapsed else ""
    told = f"no current position{last}."
    return f"{told} {position['ended_offer']}." if position["ended_offer"] else told
