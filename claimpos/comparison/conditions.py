"""What a set of parties could live with together, conditions included.

A condition holds if each cell it names has an outcome, among those it names, that all parties
could live with. Since these may be conditional in turn, all conditional values start as unknown
and are worked out again until nothing changes. The step never takes back what is settled, so
that the result is the least fixpoint in the order of knowledge, reached in any order (M. Fitting,
"A Kripke-Kleene semantics for logic programs", Journal of Logic Programming 2, 1985).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.table import Table
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell, Issue

Requirement = tuple[Cell, int]


class Pick(NamedTuple):
    """One condition from each party that has one, taken together."""

    requires: tuple[Requirement, ...]
    settled: bool
    """False if a part of it cannot be expressed by any issue of the agenda."""


class Bundle(NamedTuple):
    """Outcomes of a cell that stand or fall with the same conditions.

    To those in `yes` the parties without a condition have agreed; to the rest not yet. Of each
    group in `picks` one must hold; no two groups have a cell in common.
    """

    cell: Cell
    mask: int
    yes: int
    picks: tuple[tuple[Pick, ...], ...]

    def leads_to(self) -> dict[Cell, None]:
        """The cells that the conditions name."""
        named = (pick.requires for picks in self.picks for pick in picks)
        return {cell: None for requires in named for cell, _ in requires}


class Ground(NamedTuple):
    """The outcomes of a cell that all parties could live with, and those that they could not."""

    yes: int
    no: int


class Common:
    """The common ground of some parties of a table."""

    def __init__(self, table: Table, parties: Sequence[str]) -> None:
        self.table = table
        self.parties = tuple(parties)
        self._unconditional: dict[Cell, tuple[Ground, tuple[Bundle, ...]]] = {}
        self._grounds: dict[tuple[Cell, Truth], Ground] = {}

    def ground(self, cell: Cell, start: Truth = Truth.UNKNOWN) -> Ground:
        """The common ground on a cell; `start` is what conditions are taken for at first."""
        ground, bundles = self._static(cell)
        if not bundles:
            return ground
        if (cell, start) not in self._grounds:
            self._settle(self._reachable(cell, start), start)
        return self._grounds[cell, start]

    def value(self, cell: Cell, among: int | None = None, start: Truth = Truth.UNKNOWN) -> Truth:
        """Is there an outcome (of `among`) that all of them could live with?"""
        ground = self.ground(cell, start)
        return _value(ground, self.table.space(cell).full if among is None else among)

    def cells(self, issue: Issue) -> list[Cell]:
        """The cells of an issue that at least one of these parties speaks of."""
        return self.table.cells(issue, self.parties)

    def issue_value(self, issue: Issue) -> Truth:
        """Whether all parties could live with an outcome in each cell; unknown without a cell."""
        return min(map(self.value, self.cells(issue)), default=Truth.UNKNOWN)

    def bundles(self, cell: Cell) -> tuple[Bundle, ...]:
        """The outcomes of a cell that hang on conditions."""
        return self._static(cell)[1]

    def clause_value(self, clause: Clause) -> Truth:
        """Whether one party's condition, taken alone, is met."""
        values = [self.value(cell, mask) for cell, mask in clause.requires]
        return min([*values, Truth.UNKNOWN if clause.subject_to else Truth.TRUE])

    def ruled_out(self, party: str, cell: Cell) -> int:
        """The outcomes of a cell that the party could not live with, its conditions weighed."""
        stance = self.table.stance(party, cell)
        open_still = 0
        for clause in stance.clauses:
            if self.clause_value(clause) is not Truth.FALSE:
                open_still |= clause.mask
        return stance.no | (stance.conditional & ~open_still)

    def _static(self, cell: Cell) -> tuple[Ground, tuple[Bundle, ...]]:
        if cell not in self._unconditional:
            stances = [self.table.stance(party, cell) for party in self.parties]
            full = self.table.space(cell).full
            yes, no, conditional = full, 0, 0
            for stance in stances:
                yes &= stance.yes | stance.conditional
                no |= stance.no
                conditional |= stance.conditional
            pending = conditional & ~no
            bundles = tuple(_bundles(cell, pending, yes, stances))
            self._unconditional[cell] = Ground(yes & ~conditional, no), bundles
        return self._unconditional[cell]

    def _reachable(self, cell: Cell, start: Truth) -> list[Cell]:
        """The cells that conditions lead to from this one, as far as they are not settled yet."""
        reached = {cell: None}
        queue = [cell]
        while queue:
            for bundle in self.bundles(queue.pop()):
                for other in bundle.leads_to():
                    if other not in reached and (other, start) not in self._grounds:
                        reached[other] = None
                        queue.append(other)
        return list(reached)

    def _settle(self, cells: Iterable[Cell], start: Truth) -> None:
        bundles = [bundle for cell in cells for bundle in self.bundles(cell)]
        values = dict.fromkeys(bundles, start)
        grounds = {cell: self._ground(cell, values) for cell in cells}
        waiting: dict[Cell, list[Bundle]] = {cell: [] for cell in cells}
        for bundle in bundles:
            for other in bundle.leads_to():
                if other in waiting:
                    waiting[other].append(bundle)
                else:
                    grounds[other] = self._grounds[other, start]
        queue = deque(bundles)
        while queue:
            bundle = queue.popleft()
            value = min(_best(picks, grounds) for picks in bundle.picks)
            if value != values[bundle]:
                values[bundle] = value
                grounds[bundle.cell] = self._ground(bundle.cell, values)
                queue.extend(waiting[bundle.cell])
        self._grounds.update({(cell, start): ground for cell, ground in grounds.items()})

    def _ground(self, cell: Cell, values: Mapping[Bundle, Truth]) -> Ground:
        ground, bundles = self._static(cell)
        yes, no = ground.yes, ground.no
        for bundle in bundles:
            if values[bundle] is Truth.TRUE:
                yes |= bundle.yes
            elif values[bundle] is Truth.FALSE:
                no |= bundle.mask
        return Ground(yes, no)


def _value(ground: Ground, among: int) -> Truth:
    if ground.yes & among:
        return Truth.TRUE
    return Truth.UNKNOWN if among & ~ground.no else Truth.FALSE


def _best(picks: Iterable[Pick], grounds: Mapping[Cell, Ground]) -> Truth:
    best = Truth.FALSE
    for pick in picks:
        value = Truth.TRUE if pick.settled else Truth.UNKNOWN
        for cell, mask in pick.requires:
            value = min(value, _value(grounds[cell], mask))
        best = max(best, value)
    return best


def _bundles(cell: Cell, pending: int, yes: int, stances: Sequence[Stance]) -> Iterable[Bundle]:
    """Split the pending outcomes by the clauses that bear on them."""
    parts = [pending] if pending else []
    for stance in stances:
        for mask in (stance.conditional, *(clause.mask for clause in stance.clauses)):
            parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
    for part in parts:
        choices = [
            [clause for clause in stance.clauses if clause.mask & part]
            for stance in stances
            if stance.conditional & part
        ]
        groups = [tuple(_merged(group)) for group in _by_shared_cells(choices)]
        yield Bundle(cell, part, part & yes, tuple(groups))


def _by_shared_cells(choices: Iterable[list[Clause]]) -> Iterable[list[list[Clause]]]:
    """Put those parties together whose conditions name a common cell.

    Only they can get into each other's way; the others' conditions are met or not on their own,
    which spares the combinations.
    """
    groups: list[tuple[set[Cell], list[list[Clause]]]] = []
    for clauses in choices:
        cells = {cell for clause in clauses for cell, _ in clause.requires}
        together = [clauses]
        for group in [group for group in groups if not cells.isdisjoint(group[0])]:
            groups.remove(group)
            cells |= group[0]
            together = group[1] + together
        groups.append((cells, together))
    return [members for _, members in groups]


def _merged(choices: Iterable[Sequence[Clause]]) -> Iterable[Pick]:
    """The ways to take one clause from each party, together.

    A cell that several of them name must be met by one outcome that all of them name. Equal
    combinations are kept once, so that parties with the same condition do not multiply.
    """
    picks: dict[tuple[tuple[Requirement, ...], bool], Pick] = {((), True): Pick((), True)}
    for clauses in choices:
        merged: dict[tuple[tuple[Requirement, ...], bool], Pick] = {}
        for pick in picks.values():
            for clause in clauses:
                together = _together(pick, clause)
                if together is not None:
                    merged[together.requires, together.settled] = together
        picks = merged
    return picks.values()


def _together(pick: Pick, clause: Clause) -> Pick | None:
    requires = dict(pick.requires)
    for cell, mask in clause.requires:
        requires[cell] = requires.get(cell, mask) & mask
    if not all(requires.values()):
        return None
    ordered = tuple(sorted(requires.items(), key=lambda pair: (pair[0].issue, pair[0].item or "")))
    return Pick(ordered, pick.settled and not clause.subject_to)
