"""Parts of sentences about one case: what each party calls for, accepts or rejects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from claimpos.comparison.acceptance import Clause
from claimpos.comparison.case import Case
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.wording.names import Last, Tellable, Words, joined
from claimpos.wording.verbs import WANTS, VerbUse, verb_in_words, verbs_of, verbs_wanted

_EACH_REQUIREMENT = 16
"""The steps that it takes to word what a condition requires of one cell."""


Crossed: TypeAlias = Mapping[tuple[VerbUse, int, tuple[str, ...]], Sequence[str]]
"""The parties that want something, by what they want, what of it others reject, and who does."""


class Phrases:
    """Words for one case, made of what its parties say."""

    def __init__(
        self, case: Case, sets: Sequence[tuple[str, ...]] = (), beside_positions: bool = False
    ) -> None:
        """Prepare words for a case.

        Args:
            case: The case.
            sets: In a conflict, the sets of parties in conflict; crossings between parties that are
                in no common set are left out.
            beside_positions: Whether each party's position is shown beside the words, so that they
                need not repeat it.
        """
        self.case = case
        self.beside_positions = beside_positions
        self._beside: dict[str, set[str]] = {}
        for parties in sets or (case.parties,):
            for party in parties:
                self._beside.setdefault(party, set()).update(parties)
        self.table = case.common.table
        self.issue = self.table.dossier.issues[case.cell.issue]
        self.words = Words(self.table.dossier)

    def at_odds(self, cases: Sequence[Case]) -> Phrases:
        """Words for only the parties of some of the smallest sets in a conflict."""
        sets = [case.parties for case in cases]
        named = set().union(*sets)
        parties = tuple(party for party in self.case.parties if party in named)
        return Phrases(self.case.among(parties), sets, self.beside_positions)

    def everyone(self) -> str:
        return self.words.parties(self.case.parties)

    def all(self) -> str:
        return "both" if len(self.case.parties) == 2 else "all"

    def outcomes(self, mask: int, last: Last = "or") -> str:
        """Outcomes of the case's cell."""
        return self.outcomes_of(self.case.cell, mask, last)

    def outcomes_of(self, cell: Cell, mask: int, last: Last = "or") -> str:
        issue = self.table.dossier.issues[cell.issue]
        return self.words.outcomes(issue, self.table.space(cell).outcomes(mask), last)

    def how_many(self, mask: int) -> int:
        """The number of outcomes that a sentence lists."""
        return len([*self.table.space(self.case.cell).outcomes(mask)])

    def saying(self, said: VerbUse, parties: Sequence[str]) -> str:
        """A verb with its outcomes: demand either ⟨a⟩ or ⟨b⟩; reject ⟨c⟩ and ⟨d⟩."""
        outcomes = self.outcomes(said.outcomes, said.last)
        two = self.issue.kind != "quantity" and self.how_many(said.outcomes) == 2
        either = "either " if two and said.verb in ("demands", "proposes") else ""
        return verb_in_words(said, f"{either}{outcomes}", self.words.are_many(parties))

    def sayings(self, verbs: Sequence[str] = (*WANTS, "rejects")) -> list[str]:
        """What each party says with these verbs; parties that say the same share a phrase."""
        speakers: dict[tuple[VerbUse, ...], list[str]] = {}
        for party in self.case.parties:
            said = tuple(one for one in verbs_of(self.case.stance(party)) if one.verb in verbs)
            if said:
                speakers.setdefault(said, []).append(party)
        return [
            f"{self.words.parties(parties)} {joined(self.saying(one, parties) for one in said)}"
            for said, parties in speakers.items()
        ]

    def crossings(self) -> list[str]:
        """Who calls for or accepts what others reject."""
        crossed: dict[tuple[VerbUse, int, tuple[str, ...]], list[str]] = {}
        for party in self.case.parties:
            for said in verbs_wanted(self.case.stance(party)):
                for mask, others in self._rejected(said.outcomes, party).items():
                    crossed.setdefault((said, mask, tuple(others)), []).append(party)
        if self.beside_positions:
            return ["; ".join(self._by_verb(crossed))]
        return [
            self._crossing(said, mask, parties, others)
            for (said, mask, others), parties in crossed.items()
        ]

    def _by_verb(self, crossed: Crossed) -> Iterator[str]:
        """Who rejects what others call for; outcomes are named only if some are not rejected."""
        whole: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for (said, mask, others), parties in crossed.items():
            if mask == said.outcomes and not said.on_conditions:
                whole.setdefault((said.verb, others), []).extend(parties)
        for (verb, others), parties in whole.items():
            wanted = self.words.with_verb([*dict.fromkeys(parties)], verb)
            yield f"{self.words.with_verb(others, 'rejects')} what {wanted}"
        for (said, mask, others), parties in crossed.items():
            if mask != said.outcomes or said.on_conditions:
                yield self._crossing(said, mask, parties, others)

    def _crossing(
        self, said: VerbUse, mask: int, parties: Sequence[str], others: Sequence[str]
    ) -> str:
        """Who wants what, and who rejects it, or which of several outcomes."""
        wanted = f"{self.words.parties(parties)} {self.saying(said, parties)}"
        rejected = f"{self.words.with_verb(others, 'rejects')}"
        if mask != said.outcomes:
            return f"{wanted}, but {rejected} {self.outcomes(mask, 'and')}"
        if not said.on_conditions:
            return f"{wanted}, which {rejected}"
        return f"{wanted}, but {rejected} {'it' if self.how_many(said.outcomes) == 1 else 'them'}"

    def _rejected(self, wanted: int, party: str) -> dict[int, list[str]]:
        """The other parties that reject some of these outcomes, by which of them they reject."""
        rejected: dict[int, list[str]] = {}
        for other in self.case.parties:
            mask = self.case.stance(other).refuses & wanted
            if other != party and mask and other in self._beside[party]:
                rejected.setdefault(mask, []).append(other)
        return rejected

    def acceptable(self, mask: int) -> str:
        """A sentence that these outcomes are acceptable to every party of the case."""
        everyone = self.everyone()
        if len(self.case.parties) == 2:
            everyone = f"both {everyone}"
        if self.is_one(mask):
            return f"{self.outcomes(mask)} is acceptable to {everyone}"
        return f"{self.outcomes(mask, 'and')} are each acceptable to {everyone}"

    def is_one(self, mask: int) -> bool:
        """Whether outcomes take a verb in the singular: one label, or any stretches of figures."""
        return self.issue.kind == "quantity" or self.how_many(mask) == 1

    def would_accept(self, mask: int, *values: Truth) -> list[str]:
        """Who would accept these outcomes on which conditions, if those have one of the values."""
        return [
            f"{self.words.party(party)} would accept {self.outcomes(accepted)} "
            + self._conditions(clauses)
            for (party, accepted), clauses in self._granted(mask, *values).items()
        ]

    def _conditions(self, clauses: Sequence[Clause]) -> str:
        if self.beside_positions:
            return "on a condition" if len(clauses) == 1 else "on conditions"
        return ", or ".join(map(self.condition, clauses))

    def accepts_as_met(self, mask: int) -> list[str]:
        """Who accepts these outcomes on conditions that are met."""
        sentences = []
        for (party, accepted), clauses in self._granted(mask, Truth.TRUE).items():
            needed = ", or that ".join(self.words.required(self._requires(one)) for one in clauses)
            met = "that condition is met" if len(clauses) == 1 else "these conditions are met"
            verb = self.words.agree("accepts", [party])
            sentences.append(
                f"{self.words.party(party)} {verb} {self.outcomes(accepted)} on condition that "
                f"{needed}; {met}"
            )
        return sentences

    def _granted(self, mask: int, *values: Truth) -> dict[tuple[str, int], list[Clause]]:
        """The conditions for these outcomes, by the party and the outcomes that it would accept."""
        granted: dict[tuple[str, int], list[Clause]] = {}
        for party, clause in self.clauses(mask):
            if self.case.common.clause_value(clause) in values:
                granted.setdefault((party, clause.mask & mask), []).append(clause)
        return granted

    def clauses(self, mask: int) -> list[tuple[str, Clause]]:
        """The conditions on which parties accept these outcomes."""
        return [
            (party, clause)
            for party in self.case.parties
            for clause in self.case.stance(party).conditions_for(mask)
        ]

    def condition(self, clause: Clause) -> str:
        """The condition in words; raises WrongUsage if it has more parts than the limit allows."""
        self.table.effort.spend(self.case.cell, _EACH_REQUIREMENT * len(clause.requires))
        return self.words.condition(self._requires(clause), clause.subject_to)

    def _requires(self, clause: Clause) -> Tellable:
        return {cell: self.table.space(cell).outcomes(mask) for cell, mask in clause.requires}

    def required(self, mask: int, value: Truth | None = None) -> Iterable[tuple[Cell, int]]:
        """What conditions for these outcomes require of other cells, if it has this value."""
        needs = ((cell, needed) for _, one in self.clauses(mask) for cell, needed in one.requires)
        for cell, needed in dict.fromkeys(needs):
            if value is None or self.case.common.value(cell, needed) is value:
                yield cell, needed

    def obstacles(self, mask: int) -> list[str]:
        """Who rules out what failed conditions for these outcomes require, a sentence each."""
        ruled: dict[tuple[str, str], dict[str, list[Cell]]] = {}
        for cell, needed in self.required(mask, Truth.FALSE):
            for party, verb, outcomes in self._obstacles_on(cell, needed):
                ruled.setdefault((party, verb), {}).setdefault(outcomes, []).append(cell)
        sentences = []
        for (party, verb), what in ruled.items():
            cells = [cell for some in what.values() for cell in some]
            if verb == "sets":
                sentences.append(
                    f"a condition set by {party} on {self.words.cells(cells)} is itself ruled out"
                )
            else:
                sentences.append(f"{party} {verb} {self._on_cells(what)}")
        return [f"but {one}" if at == 0 else one for at, one in enumerate(sentences)]

    def _on_cells(self, required: Mapping[str, Sequence[Cell]], last: Last = "and") -> str:
        """Outcomes with their cells: ⟨a halt⟩ on ⟨Arms: Ukraine⟩."""
        return joined(
            (f"{outcomes} on {self.words.cells(cells)}" for outcomes, cells in required.items()),
            last,
        )

    def _obstacles_on(self, cell: Cell, needed: int) -> Iterable[tuple[str, str, str]]:
        """The parties, verbs and outcomes by which what is needed on a cell is ruled out."""
        alone = False
        for party in self.case.parties:
            if needed & ~self.case.common.ruled_out(party, cell):
                continue
            alone = True
            stance = self.table.stance(party, cell)
            name = self.words.party(party)
            if not needed & ~stance.refuses:
                yield (
                    name,
                    self.words.agree("rejects", [party]),
                    self.outcomes_of(cell, needed, "and"),
                )
            elif stance.demands & ~needed:
                yield (
                    name,
                    self.words.agree("demands", [party]),
                    self.outcomes_of(cell, stance.demands),
                )
            else:
                yield name, "sets", ""
        if not alone:
            yield "between them the parties", "rule out", self.outcomes_of(cell, needed, "and")

    def unanswered(self, mask: int) -> list[str]:
        """Who has not answered what pending conditions for these outcomes require."""
        asked: dict[tuple[str, ...], dict[str, list[Cell]]] = {}
        for cell, needed in self.required(mask, Truth.UNKNOWN):
            stances = {party: self.table.stance(party, cell) for party in self.case.parties}
            missing = tuple(
                party
                for party, stance in stances.items()
                if not needed & (stance.yes | stance.conditional)
            )
            required = asked.setdefault(missing, {})
            required.setdefault(self.outcomes_of(cell, needed), []).append(cell)
        return [
            f"{self.words.with_verb(parties, 'has')} neither accepted nor rejected "
            f"{self._on_cells(required, 'or')}"
            if parties
            else f"whether {self._on_cells(required)} is acceptable depends on further conditions"
            for parties, required in asked.items()
        ]

    def unanswered_of(self, mask: int) -> list[str]:
        """Who has not answered which of these outcomes, or has no position on them."""
        lacking: dict[tuple[int, bool], list[str]] = {}
        for party in self.case.parties:
            stance = self.case.stance(party)
            if missing := mask & ~(stance.yes | stance.conditional):
                silent = party in self.case.silent
                lacking.setdefault((missing, silent), []).append(party)
        return [
            f"{self.words.with_verb(parties, 'has')} "
            f"{'no current position on' if silent else 'neither accepted nor rejected'} "
            f"{self.outcomes(missing)}{self._backers(missing)}"
            for (missing, silent), parties in lacking.items()
        ]

    def _backers(self, outcome: int) -> str:
        """A clause on who calls for a single outcome; empty for several outcomes."""
        if self.how_many(outcome) != 1:
            return ""
        by_verb: dict[str, list[str]] = {}
        for party in self.case.parties:
            for said in verbs_wanted(self.case.stance(party)):
                if not said.on_conditions and not outcome & ~said.outcomes:
                    by_verb.setdefault(said.verb, []).append(party)
        return next(
            (f", which {self.words.with_verb(parties, verb)}" for verb, parties in by_verb.items()),
            "",
        )

    def left_open(self, parties: Sequence[str]) -> str:
        """Who leaves this open or, if an entry also names outcomes, leaves questions open.

        An entry leaves open a question on the issue as a whole, not on single items.
        """
        entries = [self.case.entry(party) for party in parties]
        names = any(entry is not None and entry.named() for entry in entries)
        what = "questions open" if names else "this open"
        return f"{self.words.with_verb(parties, 'leaves')} {what}"
