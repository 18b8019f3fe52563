"""The statements that a party's entries and answers cite, and how much that comes to."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import PartialDate, Statement
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.reading.form import Reading, Register, distinct, identifier

STATEMENT_TEXTS = ("summary", "quote", "quote-original", "locator", "note")
"""The keys of a statement that hold a text, which reports pass on as it is."""


class Citations:
    """The statements of a party, as lists in its file cite them by their ids."""

    def __init__(self, statements: Register[Statement], reading: Reading) -> None:
        self.statements = statements
        self.reading = reading

    def cited(self, found: Map, key: str) -> tuple[Statement, ...]:
        """The statements that a list names; ids of none are reported."""
        names = distinct(found, key, identifier)
        cited = [self.statements[name] for name in names if name in self.statements]
        listed = found[key]
        if len(cited) < len(names) and isinstance(listed, Seq):
            for index, name in enumerate(names):
                if self.statements.lacks(name):
                    known = self.statements
                    self.reading.unknown("CP306", listed.at(index), "statement", name, known)
        self._count(cited, found, key)
        return tuple(cited)

    def _count(self, cited: Sequence[Statement], found: Map, key: str) -> None:
        """Count what is cited, because a report repeats a statement for each position."""
        totals, most = self.reading.totals, limit("cited-characters")
        totals.cited += sum(map(_length, cited))
        if totals.cited > most:
            message = f"the statements cited have more than {most:,} characters in this dossier"
            hint = f"shorten those cited often; {how_to_raise('cited-characters')}"
            self.reading.fault("CP109", found.at(key), message, hint)

    def count_days(
        self, cited: Sequence[Statement], noted: Sequence[PartialDate], found: Map
    ) -> None:
        """Count what is known of an entry, or an answer, on each day on which more of it was."""
        days = {statement.said.first for statement in cited} | {day.first for day in noted}
        if len(days) < 2:
            return
        totals, most = self.reading.totals, limit("evidence-days")
        totals.days += len(days) * (len(cited) + len(noted))
        if totals.days > most:
            message = (
                "the entries of this dossier rest on too many statements of different days: their "
                f"statements and notes times their days come to more than {most:,}"
            )
            hint = f"cite fewer statements in one entry; {how_to_raise('evidence-days')}"
            self.reading.fault("CP109", found.at("evidence"), message, hint)


def _length(statement: Statement) -> int:
    told = (getattr(statement, field.replace("-", "_")) for field in STATEMENT_TEXTS)
    return sum(map(len, told))
