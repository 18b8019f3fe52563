"""A party's response to one outcome of a text, in words."""

from __future__ import annotations

from collections.abc import Mapping

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.table import Table
from claimpos.comparison.truth import Truth
from claimpos.deals.responses import Response, value_in
from claimpos.dossier.model import Cell
from claimpos.wording.names import Tellable, Words, joined, one_line, written_day
from claimpos.wording.phrases import said_by

_MET = {
    Truth.TRUE: "which is met",
    Truth.FALSE: "which is not met",
    Truth.UNKNOWN: "which the text leaves open",
}
_THIS = {"demands": "demands this", "proposes": "proposes this", "accepts": "accepts this"}


class Answers:
    """Words for what parties say to a text that has these outcomes in its cells."""

    def __init__(self, table: Table, text: Mapping[Cell, int]) -> None:
        self.table = table
        self.text = text
        self.words = Words(table.dossier)

    def outcomes(self, cell: Cell, mask: int) -> str:
        issue = self.table.dossier.issues[cell.issue]
        return self.words.outcomes(issue, self.table.space(cell).outcomes(mask))

    def why(self, party: str, cell: Cell, response: Response) -> str:
        """What in its position makes the party respond like this."""
        stance = self.table.stance(party, cell)
        outcome = self.text[cell]
        if response == "yes":
            return self._accepted(stance, outcome)
        said = [self.condition(clause, outcome) for clause in stance.conditions_for(outcome)]
        if response == "unsaid":
            return "; ".join(said) or self._unsaid(party, cell, stance, outcome)
        verb = "refuses" if response == "crosses" else "demands"
        mask = stance.refuses if response == "crosses" else stance.demands
        if mask:
            said.insert(0, f"{verb} {self.outcomes(cell, mask)}")
        return "; ".join(said)

    def position(self, party: str, cell: Cell) -> str:
        """What a party's entry says on one cell, its conditions spelt out."""
        stance = self.table.stance(party, cell)
        plain = stance._replace(accepts=stance.accepts & ~stance.conditional)
        said = [f"{verb} {self.outcomes(cell, mask)}" for verb, mask in said_by(plain)]
        everything = stance.demands | stance.refuses == self.table.space(cell).full
        if stance.demands and stance.refuses and everything:
            said[-1] = "refuses all else"
        for clause in stance.conditions_for(stance.conditional):
            told = self.words.condition(self._requires(clause), clause.subject_to)
            said.append(f"would accept {self.outcomes(cell, clause.mask)} {told}")
        return joined(said)

    def _requires(self, clause: Clause) -> Tellable:
        return {cell: self.table.space(cell).outcomes(mask) for cell, mask in clause.requires}

    def condition(self, clause: Clause, outcome: int) -> str:
        """A condition for an outcome, and whether the text meets it."""
        requires, value = self._requires(clause), value_in(clause, self.text)
        if clause.subject_to and value is Truth.UNKNOWN:
            return f"would accept this {self.words.condition(requires, clause.subject_to)}"
        told = f"would accept this {self.words.condition(requires, '')}, {_MET[value]}"
        if not clause.subject_to:
            return told
        # What no issue can express is told apart, for no text is known to meet it or not.
        return f"{told}, and {self.words.condition({}, clause.subject_to)}"

    def _accepted(self, stance: Stance, outcome: int) -> str:
        for verb, mask in said_by(stance):
            if outcome & ~mask == 0 and not outcome & stance.conditional:
                return _THIS[verb]
        met = [
            self.condition(clause, outcome).replace("would accept", "accepts")
            for clause in stance.conditions_for(outcome)
            if value_in(clause, self.text) is Truth.TRUE
        ]
        return "; ".join(met[:1]) or "accepts this"

    def _unsaid(self, party: str, cell: Cell, stance: Stance, outcome: int) -> str:
        standing = self.table.standing(party, cell.issue)
        if standing.lapsed is not None:
            return f"its position lapsed on {written_day(standing.lapsed)}"
        if standing.entry is None:
            return "nothing is recorded"
        said = [f"{verb} {self.outcomes(cell, mask)}" for verb, mask in said_by(stance)]
        if standing.entry.reserves:
            said.append(f"leaves open: {one_line(standing.entry.reserves)}")
        return joined(said) if said else "nothing is recorded on this item"
