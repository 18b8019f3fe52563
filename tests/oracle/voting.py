"""Verdicts by votes, worked out by an evaluator that shares no code with the package.

A member's vote may hang on its conditions: on what passes in other cells, or is acceptable to all
there. If conditions of several members name a cell, each is met there only if all that passes meets
it. So what passes may hang on what does not pass. What can pass is worked out as if no more than is
sure passed, and what is sure as if all passed that can, until no more is sure.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.deals.rule_enumerator import everybody, result_of
from tests.deals.voting_enumerator import rules_that_decide

from .dossiers import PlainDossier
from .naive import FALSE, TRUE, UNKNOWN, NaiveComparison, Outcome, Values, Way
from .record import Cell, Record

VOTES = {TRUE: "yes", FALSE: "no", UNKNOWN: "open"}
RESULTS = {"passes": TRUE, "fails": FALSE, "open": UNKNOWN}

Key = tuple[Cell, Outcome]


class VotingComparison(NaiveComparison):
    """A comparison of all parties; `passing` has what is taken to pass while votes are counted."""

    def __init__(self, plain: PlainDossier, as_of: str, basis: str) -> None:
        agenda, sources, parties, proposals = plain
        record = Record(agenda, parties, as_of, basis, sources, proposals)
        super().__init__(agenda, record, list(parties))
        self.rules = rules_that_decide(agenda, parties, self.ids)
        self.passing: set[Key] = set()
        self.shared = {cell: self.named_by_several(cell) for cell in self.cells if self.rule(cell)}

    def rule(self, cell: Cell) -> Any:
        return self.rules.get(cell[0])

    def settle(self, start: int) -> Values:
        sure: set[Key] = set()
        while True:
            self.passing = sure
            self.passing = passing_in(self.swept(start))
            values = self.swept(start)
            if passing_in(values) == sure:
                return values
            sure = passing_in(values)

    def swept(self, start: int) -> Values:
        keys = [(cell, outcome) for cell in self.cells for outcome in self.outcomes[cell]]
        values = dict.fromkeys(keys, start)
        while True:
            found = {key: self.key_value(*key, values) for key in keys}
            if found == values:
                return values
            values = found

    def key_value(self, cell: Cell, outcome: Outcome, values: Values) -> int:
        if not self.rule(cell):
            ways = [self.ways(party, cell, outcome) for party in self.ids]
            return self.outcome_value(cell, ways, values)
        if self.is_abstention(cell, outcome):
            return FALSE
        return RESULTS[result_of(self.rule(cell), self.votes(cell, outcome, values))]

    def is_abstention(self, cell: Cell, outcome: Outcome) -> bool:
        described = self.issues[cell[0]].get("options", {})
        option = described.get(outcome) if isinstance(described, dict) else None
        return isinstance(option, dict) and option.get("abstention", False)

    def votes(self, cell: Cell, outcome: Outcome, values: Values | None) -> dict[str, str]:
        """The votes on an outcome; without `values`, no condition is known to be met."""
        return {
            party: self.vote(party, cell, outcome, values) for party in everybody(self.rule(cell))
        }

    def vote(self, party: str, cell: Cell, outcome: Outcome, values: Values | None) -> str:
        ways = self.ways(party, cell, outcome)
        if (TRUE, {}) in ways:
            return "yes"
        if self.hangs(party, cell, outcome):
            if values is None:
                return "open"
            return VOTES[max(self.way_value(cell, way, values) for way in ways)]
        if outcome not in self.named_under("refuses", party, cell) and self.abstains(party, cell):
            return "abstains"
        if (FALSE, {}) in ways:
            return "no"
        return "silent" if self.is_silent(party, cell) else "open"

    def votes_told(self, cell: Cell, outcome: Outcome) -> dict[str, str]:
        """The votes on an outcome as reports give them: conditions that decide nothing there are
        met apart."""
        if self.votes_are_open(cell, outcome):
            return self.votes(cell, outcome, self.values)
        shared, self.shared[cell] = self.shared[cell], set()
        told = self.votes(cell, outcome, self.values)
        self.shared[cell] = shared
        return told

    def votes_are_open(self, cell: Cell, outcome: Outcome) -> bool:
        """Whether the vote on an outcome hangs on conditions, or on members who have not voted."""
        unmet = self.votes(cell, outcome, None)
        return not self.is_abstention(cell, outcome) and result_of(self.rule(cell), unmet) == "open"

    def hangs(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        """Whether the party accepts the outcome on conditions only, if at all."""
        term = self.terms[party, cell]
        by_text = term is not None and term.pending and outcome in self.named(term.outcome, cell)
        is_demanded = (UNKNOWN, {}) in self.ways_by_entry(party, cell, outcome) and (
            outcome in self.named_under("demands", party, cell)
        )
        return by_text or is_demanded or self.is_conditional(party, cell, outcome)

    def abstains(self, party: str, cell: Cell) -> bool:
        verbs = ("demands", "proposes", "accepts")
        asked = {one for verb in verbs for one in self.named_under(verb, party, cell)}
        asked |= self.named_by_text(party, cell)
        return bool(asked) and all(self.is_abstention(cell, one) for one in asked)

    def way_value(self, cell: Cell, way: Way, values: Values) -> int:
        value, condition = way
        worth = [
            max((values[other, one] for one in required), default=FALSE)
            for other, required in condition.items()
        ]
        if FALSE in (value, *worth):
            return FALSE
        in_the_way = any(
            other in self.shared[cell] and there == other and outcome not in condition[other]
            for other in condition
            for there, outcome in self.passing
        )
        return UNKNOWN if in_the_way else min([value, *worth])

    def named_by_several(self, cell: Cell) -> set[Cell]:
        """The cells that conditions of several members name, of those on outcomes that hang."""
        hanging = [outcome for outcome in self.outcomes[cell] if self.votes_are_open(cell, outcome)]
        named = Counter(
            other
            for party in everybody(self.rule(cell))
            for other in {
                other
                for outcome in hanging
                if self.hangs(party, cell, outcome)
                for _, condition in self.ways(party, cell, outcome)
                for other in condition
            }
        )
        return {other for other, times in named.items() if times > 1}


def passing_in(values: Values) -> set[Key]:
    return {key for key, value in values.items() if value == TRUE}
