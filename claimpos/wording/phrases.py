"""Parts of sentences about one case: what each party calls for, accepts or rejects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from claimpos.comparison.acceptance import Clause
from claimpos.comparison.case import Case
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.wording.names import Last, Tellable, Words, joined
from claimpos.wording.sentences import say
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
        self._sets = [*map(frozenset, sets or (case.parties,))]
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
        """The parties of the case without their names: both, or all."""
        return say("why.all-parties", len(self.case.parties))

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
        if two and said.verb in ("demands", "proposes"):
            outcomes = say("says.either", outcomes=outcomes)
        return verb_in_words(said, outcomes, self.words.are_many(parties))

    def of_parties(self, key: str, parties: Sequence[str], **places: object) -> str:
        """A sentence whose subject these parties are, in their number."""
        names = self.words.parties(parties)
        return say(key, self.words.number(parties), parties=names, **places)

    def sayings(self, verbs: Sequence[str] = (*WANTS, "rejects")) -> list[str]:
        """What each party says with these verbs; parties that say the same share a phrase."""
        speakers: dict[tuple[VerbUse, ...], list[str]] = {}
        for party in self.case.parties:
            said = tuple(one for one in verbs_of(self.case.stance(party)) if one.verb in verbs)
            if said:
                speakers.setdefault(said, []).append(party)
        return [
            self.of_parties(
                "why.says", parties, words=joined(self.saying(one, parties) for one in said)
            )
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
            wanted = self.of_parties(f"why.{verb}", [*dict.fromkeys(parties)])
            yield self.of_parties("why.rejects-what", others, wanted=wanted)
        for (said, mask, others), parties in crossed.items():
            if mask != said.outcomes or said.on_conditions:
                yield self._crossing(said, mask, parties, others)

    def _crossing(
        self, said: VerbUse, mask: int, parties: Sequence[str], others: Sequence[str]
    ) -> str:
        """Who wants what, and who rejects it, or which of several outcomes."""
        wanted = self.of_parties("why.says", parties, words=self.saying(said, parties))
        if mask == said.outcomes and not said.on_conditions:
            return self.of_parties("why.which-rejects", others, wanted=wanted)
        rejected = say("why.that-outcome", self.how_many(said.outcomes))
        if mask != said.outcomes:
            rejected = self.outcomes(mask, "and")
        return self.of_parties("why.but-rejects", others, wanted=wanted, outcomes=rejected)

    def _rejected(self, wanted: int, party: str) -> dict[int, list[str]]:
        """The other parties that reject some of these outcomes, by which of them they reject."""
        rejected: dict[int, list[str]] = {}
        beside = [one for one in self._sets if party in one]
        for other in self.case.parties:
            mask = self.case.stance(other).refuses & wanted
            if other != party and mask and any(other in one for one in beside):
                rejected.setdefault(mask, []).append(other)
        return rejected

    def acceptable(self, mask: int) -> str:
        """A sentence that these outcomes are acceptable to every party of the case."""
        everyone = self.everyone()
        if len(self.case.parties) == 2:
            everyone = say("why.both", parties=everyone)
        number, last = self.number(mask)
        return say("why.acceptable", number, outcomes=self.outcomes(mask, last), parties=everyone)

    def number(self, mask: int) -> tuple[int, Last]:
        """The number of these outcomes as a subject, and how the last of them is joined."""
        return (1, "or") if self.is_one(mask) else (2, "and")

    def is_one(self, mask: int) -> bool:
        """Whether outcomes take a verb in the singular: one label, or any stretches of figures."""
        return self.issue.kind == "quantity" or self.how_many(mask) == 1

    def would_accept(self, mask: int, *values: Truth, elsewhere: bool = False) -> list[str]:
        """Who would accept these outcomes on which conditions, if those have one of the values.

        If the sentences stand `elsewhere`, beside another cell, they name the one that is meant.
        """
        cell = self.case.cell
        return [
            say(
                "condition.would-accept",
                party=self.words.party(party),
                outcomes=self._on_cells({self.outcomes(accepted): [cell]})
                if elsewhere
                else self.outcomes(accepted),
                conditions=self._conditions(clauses),
            )
            for (party, accepted), clauses in self._granted(mask, *values).items()
        ]

    def _conditions(self, clauses: Sequence[Clause]) -> str:
        if self.beside_positions:
            return say("condition.some", len(clauses))
        return say("condition.or").join(map(self.condition, clauses))

    def accepts_as_met(self, mask: int) -> list[str]:
        """Who accepts these outcomes on conditions that are met."""
        sentences = []
        for (party, accepted), clauses in self._granted(mask, Truth.TRUE).items():
            needed = (self.words.required(self._requires(one)) for one in clauses)
            outcomes, required = self.outcomes(accepted), say("condition.or-that").join(needed)
            met = say("condition.met", len(clauses))
            sentences.append(
                self.of_parties(
                    "condition.accepts", [party], outcomes=outcomes, required=required, met=met
                )
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
        ruled: dict[tuple[tuple[str, ...], str], dict[str, list[Cell]]] = {}
        for cell, needed in self.required(mask, Truth.FALSE):
            for parties, key, outcomes in self._obstacles_on(cell, needed):
                ruled.setdefault((parties, key), {}).setdefault(outcomes, []).append(cell)
        sentences = []
        for (parties, key), what in ruled.items():
            cells = [cell for some in what.values() for cell in some]
            places = {"required": self._on_cells(what), "cells": self.words.cells(cells)}
            sentences.append(self.of_parties(f"condition.{key}", parties, **places))
        first = [say("condition.but", why=one) for one in sentences[:1]]
        return [*first, *sentences[1:]]

    def _on_cells(self, required: Mapping[str, Sequence[Cell]], last: Last = "and") -> str:
        """Outcomes with their cells: ⟨a halt⟩ on ⟨Arms: Ukraine⟩."""
        return joined(
            (
                say("condition.on", outcomes=outcomes, cells=self.words.cells(cells))
                for outcomes, cells in required.items()
            ),
            last,
        )

    def _obstacles_on(self, cell: Cell, needed: int) -> Iterable[tuple[tuple[str, ...], str, str]]:
        """The parties, sentences and outcomes by which what is needed on a cell is ruled out."""
        alone = False
        for party in self.case.parties:
            if needed & ~self.case.common.ruled_out(party, cell):
                continue
            alone = True
            stance = self.table.stance(party, cell)
            if not needed & ~stance.refuses:
                yield (party,), "rejected", self.outcomes_of(cell, needed, "and")
            elif stance.demands & ~needed:
                yield (party,), "demanded-otherwise", self.outcomes_of(cell, stance.demands)
            else:
                yield (party,), "on-condition", ""
        if not alone:
            together = self.outcomes_of(cell, needed, "and")
            yield self.case.parties, "ruled-out-together", together

    def unanswered(self, mask: int) -> list[str]:
        """Who has not answered what pending conditions for these outcomes require."""
        asked: dict[tuple[str, ...], dict[str, list[Cell]]] = {}
        for cell, needed in self.required(mask, Truth.UNKNOWN):
            answered = needed & ~self.case.common.ground(cell).no
            lacking: dict[int, list[str]] = {}
            for party, missing in self._not_answered(cell, answered):
                answered &= ~missing
                lacking.setdefault(missing, []).append(party)
            if answered:
                lacking[answered] = []
            for outcomes, parties in lacking.items():
                required = asked.setdefault(tuple(parties), {})
                required.setdefault(self.outcomes_of(cell, outcomes), []).append(cell)
        return [
            self.of_parties(
                "condition.unanswered", parties, required=self._on_cells(required, "or")
            )
            if parties
            else say("condition.further", required=self._on_cells(required))
            for parties, required in asked.items()
        ]

    def _not_answered(self, cell: Cell, outcomes: int) -> Iterable[tuple[str, int]]:
        """The parties that have neither accepted nor rejected some of these outcomes; which."""
        for party in self.case.parties:
            stance = self.table.stance(party, cell)
            ruled_out = self.case.common.ruled_out(party, cell)
            if missing := outcomes & ~(stance.yes | stance.conditional | ruled_out):
                yield party, missing

    def unanswered_of(self, mask: int) -> list[str]:
        """Who has not answered which of these outcomes, or has no position on them."""
        lacking: dict[tuple[int, bool], list[str]] = {}
        for party in self.case.parties:
            stance = self.case.stance(party)
            if missing := mask & ~(stance.yes | stance.conditional):
                silent = party in self.case.silent
                lacking.setdefault((missing, silent), []).append(party)
        return [
            self._with_backers(
                self.of_parties(
                    "open.no-current-position" if silent else "open.unanswered",
                    parties,
                    outcomes=self.outcomes(missing),
                ),
                missing,
            )
            for (missing, silent), parties in lacking.items()
        ]

    def _with_backers(self, answer: str, outcome: int) -> str:
        """A sentence on an outcome and, if it is a single one, on who calls for it."""
        if self.how_many(outcome) != 1:
            return answer
        by_verb: dict[str, list[str]] = {}
        for party in self.case.parties:
            for said in verbs_wanted(self.case.stance(party)):
                if not said.on_conditions and not outcome & ~said.outcomes:
                    by_verb.setdefault(said.verb, []).append(party)
        return next(
            (
                say("open.which", answer=answer, backed=self.of_parties(f"why.{verb}", parties))
                for verb, parties in by_verb.items()
            ),
            answer,
        )

    def left_open(self, parties: Sequence[str]) -> str:
        """Who leaves this open or, if an entry also names outcomes, leaves questions open.

        An entry leaves open a question on the issue as a whole, not on single items.
        """
        entries = [self.case.entry(party) for party in parties]
        names = any(entry is not None and entry.named() for entry in entries)
        said = say("says.questions-open" if names else "says.this-open", self.words.number(parties))
        return self.of_parties("why.says", parties, words=said)
