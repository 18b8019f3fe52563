"""The words for a party's response to a term of a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.deals.responses import Response, value_in
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Range
from claimpos.wording.dossier_texts import free_text
from claimpos.wording.names import (
    Last,
    Tellable,
    Words,
    joined,
    written_day,
    written_number,
    written_range,
)
from claimpos.wording.positions import part_of
from claimpos.wording.verbs import verb_in_words, verbs_of, verbs_wanted

_MET = {
    Truth.TRUE: "which is met",
    Truth.FALSE: "which is not met",
    Truth.UNKNOWN: "which the text leaves open",
}
RESPONSES_TO_PARTS: dict[Response, str] = {
    "yes": "yes",
    "unsaid": "no answer",
    "beyond": "beyond its offer",
    "gives": "excluded by a demand",
    "crosses": "red line",
}
_THIS = {"demands": "demands this", "proposes": "proposes this", "accepts": "accepts this"}

BEYOND_ITS_OFFER = (
    "Beyond its offer: a figure farther towards another party's than any that the party has "
    "accepted so far."
)
"""The explanation of these words for readers of a report."""


class Responses:
    """Words for the responses to a text, whose outcomes are given by cell."""

    def __init__(self, table: PositionTable, text: Mapping[Cell, int]) -> None:
        self.table = table
        self.text = text
        self.words = Words(table.dossier)

    def outcomes(self, cell: Cell, mask: int, last: Last = "or") -> str:
        issue = self.table.dossier.issues[cell.issue]
        return self.words.outcomes(issue, self.table.space(cell).outcomes(mask), last)

    def why(self, party: str, cell: Cell, response: Response, outcome: int) -> str:
        """What in a party's position leads to its response to an outcome."""
        stance = self.table.stance(party, cell)
        if response == "yes":
            entry = self.table.entry_on(party, cell)
            offer = f", {part_of(entry.offer)}" if entry and entry.offer else ""
            return self._accepted(party, stance, outcome) + offer
        phrases = [self.condition(clause) for clause in stance.conditions_for(outcome)]
        if response in ("unsaid", "beyond"):
            return "; ".join(phrases) or self._no_answer(party, cell, stance)
        if response == "crosses" and stance.refuses:
            rejects = self._form(party, "rejects")
            phrases.insert(0, f"{rejects} {self.outcomes(cell, stance.refuses, 'and')}")
        elif stance.demands:
            phrases.insert(
                0, f"{self._form(party, 'demands')} {self.outcomes(cell, stance.demands)}"
            )
        return "; ".join(phrases)

    def _form(self, party: str, form: str) -> str:
        """A form of words in a party's number."""
        return self.words.of(party).in_number(form)

    def in_parts(self, cell: Cell, parts: Mapping[Response, int]) -> str:
        """A party's response to each part of a range: yes at 300; beyond its offer above."""
        phrases = [
            f"{RESPONSES_TO_PARTS[response]} {where}"
            for where, response in self._places(cell, parts)
        ]
        return "; ".join(phrases)

    def _places(self, cell: Cell, parts: Mapping[Response, int]) -> Iterator[tuple[str, Response]]:
        """The parts of a range in words, from the lowest, with the response to each."""
        space = self.table.space(cell)
        ranges = [
            (space.mask((stretch,)) & -space.mask((stretch,)), stretch, response)
            for response, mask in parts.items()
            for stretch in space.outcomes(mask)
            if isinstance(stretch, Range)
        ]
        issue = self.table.dossier.issues[cell.issue]
        ordered = sorted(ranges, key=lambda part: part[0])
        for at, (_, stretch, response) in enumerate(ordered):
            if stretch.is_point:
                yield f"at {written_range(stretch, issue)}", response
            elif at == 0 and stretch.high is not None:
                end = written_number(stretch.high)
                yield f"below {end}" if stretch.high_open else f"up to {end}", response
            elif at == len(ordered) - 1:
                yield "above", response
            else:
                yield f"at {written_range(stretch, issue)}", response

    def position(self, party: str, cell: Cell) -> str:
        """What a party says on one cell, with its conditions."""
        stance = self.table.stance(party, cell)
        freely = stance._replace(accepts=stance.accepts & ~stance.conditional)
        phrases = self._said(party, cell, freely)
        for clause in stance.conditions_for(stance.conditional):
            condition = self.words.condition(self._requires(clause), clause.subject_to)
            phrases.append(f"would accept {self.outcomes(cell, clause.mask)} {condition}")
        return joined(phrases)

    def _said(self, party: str, cell: Cell, stance: Stance) -> list[str]:
        """What a stance says on a cell, verb by verb."""
        many = self.words.are_many([party])
        everything = stance.demands | stance.refuses == self.table.space(cell).full
        rest = bool(stance.demands) and everything and not stance.refuses & stance.conditional
        return [
            self._form(party, "rejects every other outcome")
            if rest and said.verb == "rejects"
            else verb_in_words(said, self.outcomes(cell, said.outcomes, said.last), many)
            for said in verbs_of(stance)
        ]

    def _requires(self, clause: Clause) -> Tellable:
        return {cell: self.table.space(cell).outcomes(mask) for cell, mask in clause.requires}

    def condition(self, clause: Clause) -> str:
        """A condition, and whether the text meets it."""
        requires, value = self._requires(clause), value_in(clause, self.text)
        if clause.is_open and value is Truth.UNKNOWN:
            return f"would accept this {self.words.condition(requires, clause.subject_to)}"
        phrase = f"would accept this {self.words.condition(requires, '')}, {_MET[value]}"
        if not clause.subject_to:
            return phrase
        # No outcome can meet the rest, so it is unknown whether the text does.
        return f"{phrase}, and {self.words.condition({}, clause.subject_to)}"

    def _accepted(self, party: str, stance: Stance, outcome: int) -> str:
        for said in verbs_wanted(stance):
            if outcome & ~said.outcomes == 0 and not outcome & stance.conditional:
                return self._form(party, _THIS[said.verb])
        met = [
            self.condition(clause).replace("would accept", self._form(party, "accepts"))
            for clause in stance.conditions_for(outcome)
            if value_in(clause, self.text) is Truth.TRUE
        ]
        return "; ".join(met[:1]) or self._form(party, "accepts this")

    def _no_answer(self, party: str, cell: Cell, stance: Stance) -> str:
        standing = self.table.standing(party, cell.issue)
        if standing.lapsed is not None:
            its = self._form(party, "its")
            return f"{its} position lapsed on {written_day(standing.lapsed)}"
        if standing.entry is None:
            return "no recorded position"
        phrases = self._said(party, cell, stance)
        entry = self.table.entry_on(party, cell)
        if entry is not None and entry.reserves:
            phrases.append(f"{self._form(party, 'leaves open')}: {free_text(entry.reserves)}")
        return joined(phrases) if phrases else "no recorded position on this sub-issue"
