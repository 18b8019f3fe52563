"""The parts that explanations are put together from: who wants, refuses, or waits for what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.reasons import Case
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.wording.names import Tellable, Words, joined

ALL_VERBS = ("demands", "proposes", "accepts", "accepts on conditions", "refuses")


class Phrases:
    """Words for one case; every phrase is made of what the parties of the case have said."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.table = case.common.table
        self.issue = self.table.dossier.issues[case.cell.issue]
        self.words = Words(self.table.dossier)

    def everyone(self) -> str:
        return self.words.parties(self.case.parties)

    def all(self) -> str:
        return "both" if len(self.case.parties) == 2 else "all"

    def outcomes(self, mask: int) -> str:
        """Outcomes of the case's cell."""
        return self.outcomes_of(self.case.cell, mask)

    def outcomes_of(self, cell: Cell, mask: int) -> str:
        issue = self.table.dossier.issues[cell.issue]
        return self.words.outcomes(issue, self.table.space(cell).outcomes(mask))

    def sayings(self, verbs: Sequence[str]) -> list[str]:
        """What each party says with these verbs, those who say the same in one phrase."""
        speakers: dict[tuple[tuple[str, int], ...], list[str]] = {}
        for party in self.case.parties:
            said = tuple(
                (verb, mask) for verb, mask in said_by(self.case.stance(party)) if verb in verbs
            )
            if said:
                speakers.setdefault(said, []).append(party)
        return [
            f"{self.words.parties(parties)} "
            + joined(f"{agree(verb, parties)} {self.outcomes(mask)}" for verb, mask in said)
            for said, parties in speakers.items()
        ]

    def crossings(self) -> list[str]:
        """Who wants what that others refuse."""
        found: dict[tuple[str, int, tuple[str, ...]], list[str]] = {}
        for party in self.case.parties:
            for verb, wanted in said_by(self.case.stance(party)):
                if verb != "refuses":
                    for mask, others in self._refused(wanted, party).items():
                        found.setdefault((verb, mask, tuple(others)), []).append(party)
        return [
            f"{self.words.parties(parties)} {agree(verb, parties)} {self.outcomes(mask)}, "
            f"which {self.words.parties(others)} {agree('refuses', others)}"
            for (verb, mask, others), parties in found.items()
        ]

    def _refused(self, wanted: int, party: str) -> dict[int, list[str]]:
        """Which of these outcomes other parties refuse, and who."""
        refused: dict[int, list[str]] = {}
        for other in self.case.parties:
            mask = self.case.stance(other).refuses & wanted
            if other != party and mask:
                refused.setdefault(mask, []).append(other)
        return refused

    def would_accept(self, mask: int, *values: Truth) -> list[str]:
        """Who would accept some of these outcomes, and if what, where the conditions are so."""
        sentences: dict[tuple[str, int], list[str]] = {}
        for party, clause in self.clauses(mask):
            if self.case.common.clause_value(clause) in values:
                key = (party, clause.mask & mask)
                sentences.setdefault(key, []).append(self.condition(clause))
        return [
            f"{self.words.party(party)} would accept {self.outcomes(accepted)} "
            + ", or ".join(conditions)
            for (party, accepted), conditions in sentences.items()
        ]

    def clauses(self, mask: int) -> list[tuple[str, Clause]]:
        """The conditions on which parties accept these outcomes."""
        return [
            (party, clause)
            for party in self.case.parties
            for clause in self.case.stance(party).conditions_for(mask)
        ]

    def condition(self, clause: Clause) -> str:
        requires: Tellable = {
            cell: self.table.space(cell).outcomes(mask) for cell, mask in clause.requires
        }
        return self.words.condition(requires, clause.subject_to)

    def obstacles(self, mask: int) -> list[str]:
        """Who rules out what the failing conditions for these outcomes need."""
        said: dict[str, list[Cell]] = {}
        for _, clause in self.clauses(mask):
            for cell, needed in clause.requires:
                if self.case.common.value(cell, needed) is Truth.FALSE:
                    for phrase in self._obstacles_on(cell, needed):
                        cells = said.setdefault(phrase, [])
                        if cell not in cells:
                            cells.append(cell)
        return [f"on {self.words.cells(cells)}, {phrase}" for phrase, cells in said.items()]

    def _obstacles_on(self, cell: Cell, needed: int) -> Iterable[str]:
        alone = False
        for party in self.case.parties:
            if needed & ~self.case.common.ruled_out(party, cell):
                continue
            alone = True
            stance = self.table.stance(party, cell)
            name = self.words.party(party)
            if not needed & ~stance.refuses & ~stance.conditional:
                yield f"{name} refuses {self.outcomes_of(cell, needed)}"
            elif stance.demands & ~needed:
                yield f"{name} demands {self.outcomes_of(cell, stance.demands)}"
            else:
                yield f"a condition of {name} fails in turn"
        if not alone:
            yield f"between them the parties rule out {self.outcomes_of(cell, needed)}"

    def unanswered(self, mask: int) -> list[str]:
        """Who has not said yes or no to what the open conditions for these outcomes need."""
        said: dict[str, list[Cell]] = {}
        for _, clause in self.clauses(mask):
            for cell, needed in clause.requires:
                if self.case.common.value(cell, needed) is Truth.UNKNOWN:
                    cells = said.setdefault(self._unanswered_on(cell, needed), [])
                    if cell not in cells:
                        cells.append(cell)
        return [f"on {self.words.cells(cells)}, {phrase}" for phrase, cells in said.items()]

    def unanswered_of(self, mask: int) -> list[str]:
        """Who has said neither yes nor no to which of these outcomes of the case's cell."""
        lacking: dict[int, list[str]] = {}
        for party in self.case.parties:
            stance = self.case.stance(party)
            if missing := mask & ~(stance.yes | stance.conditional):
                lacking.setdefault(missing, []).append(party)
        return [
            f"{self.words.parties(parties)} {'has' if len(parties) == 1 else 'have'} said neither "
            f"yes nor no to {self.outcomes(missing)}"
            for missing, parties in lacking.items()
        ]

    def left_open(self, parties: Sequence[str]) -> str:
        """“Russia leaves this open”; questions, where an entry names outcomes of the issue too.

        What an entry leaves open it says of the issue, and not of each of its items.
        """
        entries = [self.table.entry(party, self.issue.id) for party in parties]
        names = any(entry is not None and entry.named() for entry in entries)
        what = "questions open" if names else "this open"
        return f"{self.words.parties(parties)} {agree('leaves', parties)} {what}"

    def _unanswered_on(self, cell: Cell, needed: int) -> str:
        stances = {party: self.table.stance(party, cell) for party in self.case.parties}
        silent = [
            party
            for party, stance in stances.items()
            if not needed & (stance.yes | stance.conditional)
        ]
        if not silent:
            return "the answer hangs on further conditions"
        have = "has" if len(silent) == 1 else "have"
        what = self.outcomes_of(cell, needed)
        return f"{self.words.parties(silent)} {have} said neither yes nor no to {what}"


def said_by(stance: Stance) -> list[tuple[str, int]]:
    """What a stance names under each verb, an outcome under the first verb that has it."""
    demands, proposes, conditional = stance.demands, stance.proposes, stance.conditional
    accepts = stance.accepts & ~demands & ~proposes
    said = {
        "demands": demands,
        "proposes": proposes & ~demands,
        "accepts": accepts & ~conditional,
        "accepts on conditions": accepts & conditional,
        "refuses": stance.refuses,
    }
    return [(verb, mask) for verb, mask in said.items() if mask]


def agree(verb: str, subjects: Sequence[str]) -> str:
    """The verb, the first of its words, in the number of its subjects."""
    first, *rest = verb.split(" ")
    return verb if len(subjects) == 1 else " ".join([first.removesuffix("s"), *rest])
