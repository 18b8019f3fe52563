"""What is acceptable to several parties together, with their conditions.

A condition is met if, on each cell that it names, one of the outcomes it requires is acceptable to
all. As that may depend on other conditions, all such values are unknown at first, and are worked
out again until nothing changes. A step never changes a value that is known, so the result is the
least fixpoint in the order of knowledge, whatever the order of the steps (M. Fitting, "A
Kripke-Kleene semantics for logic programs", Journal of Logic Programming 2, 1985).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import and_
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.acceptance import AnswerKinds, Clause, Stance
from claimpos.comparison.ballots import Ballots, value_in
from claimpos.comparison.fixpoint import work_out
from claimpos.comparison.pending_conditions import (
    EACH_CELL,
    PendingOutcomes,
    outcomes_met,
    pending_outcomes,
)
from claimpos.comparison.table import PositionTable, alike_by_cell
from claimpos.comparison.truth import Truth
from claimpos.dossier.graph import components
from claimpos.dossier.model import Cell, Issue

if TYPE_CHECKING:
    from claimpos.comparison.constraint_search import Domains
    from claimpos.comparison.votes import Vote


class Ground(NamedTuple):
    """The outcomes of a cell that are acceptable to all parties, and those that are ruled out."""

    yes: int
    no: int


class RejectedTerm(NamedTuple):
    """A term of an offer, as outcomes of a cell, and the parties that rule it out."""

    cell: Cell
    outcomes: int
    parties: tuple[str, ...]


class Common:
    """The common ground of some parties of a table: what is acceptable to all of them."""

    def __init__(self, table: PositionTable, parties: Sequence[str]) -> None:
        self.table = table
        self.parties = tuple(parties)
        self.ballots = Ballots(table, parties)
        self._unconditional: dict[Cell, tuple[Ground, PendingOutcomes | None]] = {}
        self._stances: dict[Cell, Sequence[Stance]] = {}
        self._said: dict[Cell, tuple[AnswerKinds, AnswerKinds]] = {}
        self._grounds: dict[tuple[Cell, Truth], Ground] = {}
        self._ruled_out: dict[tuple[str, Cell], int] = {}
        self._offers: dict[tuple[str, str], tuple[RejectedTerm, ...]] = {}
        self._terms: dict[str, dict[str, list[Cell]]] = {}
        self._among: dict[tuple[str, ...], Common] = {}
        self._alike: dict[Cell, list[tuple[str, ...]]] = {}
        self._taken: dict[Cell, int] = {}  # to pass, where a vote needs other outcomes not to

    def among(self, parties: tuple[str, ...]) -> "Common":
        """The common ground of some of the parties, made once for each set of them."""
        if parties == self.parties:
            return self
        if parties not in self._among:
            self._among[parties] = Common(self.table, parties)
        return self._among[parties]

    def ground(self, cell: Cell, start: Truth = Truth.UNKNOWN) -> Ground:
        """The common ground on a cell; conditions have the value `start` at first.

        Raises WrongUsage if it takes more steps than the limit allows.
        """
        ground, hanging = self.static(cell)
        if hanging is None:
            return ground
        if (cell, start) not in self._grounds:
            if any(self._is_unsettled(other, start) for other in hanging.named):
                self._settle(self._reachable(cell, start), start)
            else:
                self._grounds[cell, start] = self._evaluated(cell, start, {})
        return self._grounds[cell, start]

    def value(self, cell: Cell, among: int | None = None, start: Truth = Truth.UNKNOWN) -> Truth:
        """Whether an outcome, of those in `among`, is acceptable to all parties."""
        ground = self.ground(cell, start)
        return _value(ground, self.table.space(cell).full if among is None else among)

    def cells(self, issue: Issue) -> list[Cell]:
        """The cells of an issue that are compared; of items, those that a party names."""
        return self.table.cells(issue, self.parties)

    def verdict_value(self, cell: Cell) -> Truth:
        """The value behind the verdict on a cell: unknown for a sub-issue that no party names."""
        takes_vote = cell.item is not None and self.ballots.of(cell.issue) is not None
        if takes_vote and not any(self.table.stance(one, cell).names for one in self.parties):
            return Truth.UNKNOWN
        return self.value(cell)

    def issue_value(self, issue: Issue) -> Truth:
        """Whether each cell has an outcome acceptable to all parties; unknown without any cell."""
        return min(map(self.value, self.cells(issue)), default=Truth.UNKNOWN)

    def clause_value(self, clause: Clause) -> Truth:
        """Whether one party's condition, by itself, is met."""
        values = [self.value(cell, mask) for cell, mask in clause.requires]
        return min([*values, Truth.UNKNOWN if clause.is_open else Truth.TRUE])

    def votes(self, cell: Cell) -> "Iterator[tuple[int, dict[str, Vote]]]":
        """Each outcome of a cell that is put to the vote, and how the members vote on it."""
        self.ground(cell)
        hanging = self.static(cell)[1]
        for outcome in self.ballots.outcomes(cell):
            value: Callable[[Clause], Truth] = self.clause_value
            if hanging is not None and outcome & hanging.mask:
                value = self._value_in_vote(hanging, Truth.UNKNOWN, self._taken)
            yield outcome, self.ballots.votes(cell, outcome, value)

    def ruled_out(self, party: str, cell: Cell) -> int:
        """The outcomes of a cell that a party rules out, also because its conditions are."""
        key = party, cell
        if key not in self._ruled_out:
            stance = self.table.stance(party, cell)
            open_still = 0
            for clause in stance.clauses:
                if self.clause_value(clause) is not Truth.FALSE:
                    open_still |= clause.mask
            self._ruled_out[key] = stance.no | (stance.conditional & ~open_still)
        return self._ruled_out[key]

    def terms_rejected(self, party: str, offer: str) -> tuple[RejectedTerm, ...]:
        """The terms of a party's offer that others rule out, in the agenda's order."""
        key = party, offer
        if key not in self._offers:
            self._offers[key] = tuple(self._rejected(party, offer))
        return self._offers[key]

    def _rejected(self, party: str, offer: str) -> Iterator[RejectedTerm]:
        for cell in self._cells_of_offers(party).get(offer, ()):
            self.table.effort.spend(cell, len(self.parties))
            stance = self.table.stance(party, cell)
            offered = stance.yes | stance.conditional
            others = tuple(
                other
                for other in self.parties
                if other != party and offered and not offered & ~self.ruled_out(other, cell)
            )
            if others:
                yield RejectedTerm(cell, offered, others)

    def _cells_of_offers(self, party: str) -> Mapping[str, Sequence[Cell]]:
        """For each offer, the cells on which the party's entry is part of it, in agenda order."""
        if party not in self._terms:
            found: dict[str, list[Cell]] = {}
            for issue in self.table.dossier.issues.values():
                for cell in issue.cells():
                    entry = self.table.entry_on(party, cell)
                    if entry is not None and entry.offer is not None:
                        found.setdefault(entry.offer.id, []).append(cell)
            self._terms[party] = found
        return self._terms[party]

    def accepted(self, party: str, cell: Cell) -> int:
        """The outcomes of a cell that a party accepts, if only because its conditions are met."""
        stance = self.table.stance(party, cell)
        met = 0
        for clause in stance.clauses:
            if clause.mask & stance.conditional and self.clause_value(clause) is Truth.TRUE:
                met |= clause.mask
        return stance.yes | (stance.conditional & met)

    def alike_on(self, cell: Cell) -> list[tuple[str, ...]]:
        """The parties, grouped by their stances on this cell and all that conditions join to it."""
        if not self._alike:
            self._alike = alike_by_cell(self.table, self.parties)
        return self._alike.get(cell) or [(party,) for party in self.parties]

    def static(self, cell: Cell) -> tuple[Ground, PendingOutcomes | None]:
        """The ground that no condition can change, and what hangs on conditions, if anything."""
        if cell not in self._unconditional:
            if self.ballots.of(cell.issue) is not None:
                self._unconditional[cell] = self._put_to_the_vote(cell)
                return self._unconditional[cell]
            lacking, no, conditional = self.said_by_some(cell)
            yes = self.table.space(cell).full & ~lacking
            pending = conditional & ~no
            hanging = None
            if pending:
                hanging = pending_outcomes(pending, yes, self.stances_on(cell))
                self.table.effort.spend(cell, hanging.size + EACH_CELL)
            self._unconditional[cell] = Ground(yes & ~conditional, no), hanging
        return self._unconditional[cell]

    def stances_on(self, cell: Cell) -> Sequence[Stance]:
        """The stances of the parties on a cell, in their order."""
        if cell not in self._stances:
            self._stances[cell] = [self.table.stance(party, cell) for party in self.parties]
        return self._stances[cell]

    def said_by_some(self, cell: Cell) -> AnswerKinds:
        """The outcomes to which at least one party gives each kind of answer."""
        lacking = no = conditional = 0
        for stance in self.stances_on(cell):
            lacking |= ~(stance.yes | stance.conditional)
            no |= stance.no
            conditional |= stance.conditional
        return AnswerKinds(lacking, no, conditional)

    def said_besides(self, cell: Cell, answers: AnswerKinds) -> AnswerKinds:
        """What at least one party says besides the one that gives these answers."""
        if cell not in self._said:
            once = twice = AnswerKinds()
            for stance in self.stances_on(cell):
                kinds = stance.kinds
                twice = twice.joined(AnswerKinds(*map(and_, once, kinds)))
                once = once.joined(kinds)
            self._said[cell] = once, twice
        said = zip(*self._said[cell], answers, strict=True)
        return AnswerKinds(*(twice | once & ~own for once, twice, own in said))

    def _put_to_the_vote(self, cell: Cell) -> tuple[Ground, PendingOutcomes | None]:
        """By a vote, the ground that no condition can change, and what hangs on conditions."""
        ground = Ground(*self.ballots.voted(cell, lambda clause: Truth.UNKNOWN))
        members = self.ballots.members(cell)
        pending = self.table.space(cell).full & ~(ground.yes | ground.no)
        hanging = pending_outcomes(pending, 0, [self.table.stance(one, cell) for one in members])
        return ground, hanging if hanging.sides else None

    def _is_unsettled(self, cell: Cell, start: Truth) -> bool:
        return self.static(cell)[1] is not None and (cell, start) not in self._grounds

    def _reachable(self, start: Cell, taken_for: Truth) -> list[Cell]:
        """The unsettled cells that can be reached by conditions from this one, and this one.

        A cell comes after those to which its conditions lead, except on circles.
        """
        reached = {start}
        ordered: list[Cell] = []
        path = [(start, iter(self._named_from(start)))]
        while path:
            cell, following = path[-1]
            for other in following:
                if other not in reached and self._is_unsettled(other, taken_for):
                    reached.add(other)
                    path.append((other, iter(self._named_from(other))))
                    break
            else:
                ordered.append(cell)
                path.pop()
        return ordered

    def _named_from(self, cell: Cell) -> tuple[Cell, ...]:
        hanging = self.static(cell)[1]
        return () if hanging is None else hanging.named

    def _settle(self, cells: Sequence[Cell], start: Truth) -> None:
        """Work out the ground of these cells, each of which comes after those that it leads to.

        On a circle, a vote may hang on what does not pass on a cell that leads back to it. What can
        pass there is then worked out as if no more than is sure did, and what is sure as if all did
        that can, until no more is sure (A. Van Gelder, "The alternating fixpoint of logic programs
        with negation", Journal of Computer and System Sciences 47, 1993).
        """
        if not self._not_to_pass(cells):
            self._work_out(cells, start, {})
            return
        place = {cell: number for number, cell in enumerate(cells)}
        arrows = {cell: [one for one in self._named_from(cell) if one in place] for cell in cells}
        for component in reversed([*components(arrows)]):
            circle = sorted(component, key=place.__getitem__)
            sure = dict.fromkeys(self._not_to_pass(circle), 0)
            possible = self._work_out(circle, start, sure)
            while possible and (found := self._work_out(circle, start, possible)) != sure:
                sure, possible = found, self._work_out(circle, start, found)
            if start is Truth.UNKNOWN:
                self._taken.update(possible)

    def _not_to_pass(self, cells: Sequence[Cell]) -> set[Cell]:
        """Those of these cells on which a vote on one of them needs other outcomes not to pass."""
        among = set(cells)
        return {
            other
            for cell in cells
            if self.ballots.of(cell.issue) is not None and (hanging := self.static(cell)[1])
            for other in hanging.shared & among
        }

    def _work_out(
        self, cells: Sequence[Cell], start: Truth, passing: Mapping[Cell, int]
    ) -> dict[Cell, int]:
        """Work out the ground of these cells until nothing changes.

        `passing` has what is taken to pass on some of them where a vote needs other outcomes not to
        pass. Returns what does pass on these.
        """
        for cell in cells:
            ground, hanging = self.static(cell)
            if hanging is not None and start is Truth.TRUE:
                ground = ground._replace(yes=ground.yes | hanging.yes)
            self._grounds[cell, start] = ground

        def has_changed(cell: Cell) -> bool:
            before = self._grounds[cell, start]
            self._grounds[cell, start] = now = self._evaluated(cell, start, passing)
            return now != before

        work_out(cells, self._named_from, has_changed)
        return {cell: self._grounds[cell, start].yes for cell in passing}

    def _evaluated(self, cell: Cell, start: Truth, passing: Mapping[Cell, int]) -> Ground:
        """The ground of a cell, given the present ground of those to which its conditions lead."""
        ground, hanging = self.static(cell)
        if hanging is None:
            return ground
        spend = partial(self.table.effort.spend, cell)
        if self.ballots.of(cell.issue) is not None:
            spend(hanging.size + EACH_CELL)
            value = self._value_in_vote(hanging, start, passing)
            yes, no = self.ballots.voted(cell, value, hanging.mask)
            return Ground(ground.yes | yes, ground.no | no)
        agreed, still_open = self._domains(hanging.named, start)
        yes = outcomes_met(hanging, agreed, True, spend)
        unlike_no = outcomes_met(hanging, still_open, False, spend)
        return Ground(ground.yes | hanging.yes & yes, ground.no | hanging.mask & ~unlike_no)

    def _value_in_vote(
        self, hanging: PendingOutcomes, start: Truth, passing: Mapping[Cell, int]
    ) -> Callable[[Clause], Truth]:
        """Whether a member's condition is met, of those on outcomes that hang on conditions."""
        agreed, still_open = self._domains(hanging.named, start)
        taken = {other: passing.get(other, agreed[other]) for other in hanging.shared}
        return partial(value_in, agreed, still_open, taken)

    def _domains(self, cells: Iterable[Cell], start: Truth) -> "tuple[Domains, Domains]":
        """By cell, the outcomes that are now acceptable to all, and those not ruled out."""
        agreed: Domains = {}
        still_open: Domains = {}
        for cell in cells:
            ground = self._grounds.get((cell, start)) or self.static(cell)[0]
            agreed[cell], still_open[cell] = ground.yes, self.table.space(cell).full & ~ground.no
        return agreed, still_open


def _value(ground: Ground, among: int) -> Truth:
    if ground.yes & among:
        return Truth.TRUE
    return Truth.UNKNOWN if among & ~ground.no else Truth.FALSE
