"""Which cells a vote of the parties compared decides, and how each of them votes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import UNANIMITY, Cell, DecisionRule, Dossier
from claimpos.dossier.outcomes import Range

if TYPE_CHECKING:
    from claimpos.comparison.constraint_search import Domains
    from claimpos.comparison.votes import Ballot, Decision, Vote


_EACH_VOTE = 5
"""The steps that it takes to find out one member's vote on one outcome, and to count it."""

_SUMS_A_STEP = 10
"""The number of sums that take one more step, because the vote is counted in each of them."""


class OutcomeVote(NamedTuple):
    """The vote on an outcome of a cell: its mask, the decision, and the options or ranges."""

    outcome: int
    decision: "Decision"
    outcomes: tuple[str, ...] | tuple[Range, ...] = ()


def everybody(dossier: Dossier) -> tuple[str, ...]:
    """The members of a rule that names none.

    These are all parties except mediators, and except groups that speak for parties of the dossier,
    because those vote themselves.
    """
    parties = dossier.parties
    return tuple(
        key
        for key in dossier.negotiating
        if not parties[key].speaks_for_members
        or not any(member in parties for member in parties[key].members)
    )


def abstentions(table: PositionTable, cell: Cell) -> int:
    """The options of a cell that are abstentions and not outcomes."""
    options = table.dossier.issues[cell.issue].abstentions
    return table.space(cell).mask(options) if options else 0


class Ballots:
    """The decision rules that apply to some parties: those whose members are all among them.

    Two parties are only compared: no rule applies to them.
    """

    def __init__(self, table: PositionTable, parties: Sequence[str]) -> None:
        self.table = table
        self._compared = tuple(parties)
        self._parties = frozenset(parties)
        self._by_issue: dict[str, Ballot | None] = {}

    def _all(self) -> "Iterator[tuple[str, Ballot]]":
        """Each issue that has a rule, with its rule."""
        for issue in self.table.dossier.issues:
            if (ballot := self._of(issue)) is not None:
                yield issue, ballot

    def _of(self, issue: str) -> "Ballot | None":
        """The rule of an issue, whether or not all of its members are compared."""
        if len(self._parties) < 3:
            return None
        if issue not in self._by_issue:
            asked = self.table.dossier.issues[issue]
            if asked.decides is not None:
                self._by_issue[issue] = self._ballot(asked.decides)
            else:
                self._by_issue[issue] = self._unanimity if asked.abstentions else None
        return self._by_issue[issue]

    def _ballot(self, rule: DecisionRule) -> "Ballot":
        """The rule in the form for counting: one for all issues with the same, however worded."""
        from claimpos.comparison.votes import Ballot  # few dossiers have rules

        ready = self.table.ballots
        for ballot in ready:
            if ballot.rule == rule:
                return ballot
        made = Ballot(rule, everybody(self.table.dossier), self.table.effort)
        for ballot in ready:
            if ballot.is_same_as(made):
                return ballot
        ready.append(made)
        return made

    @cached_property
    def _unanimity(self) -> "Ballot":
        """That all parties compared must agree, as a vote: for issues on which some may abstain."""
        from claimpos.comparison.votes import Ballot

        made = Ballot(UNANIMITY, self._compared, self.table.effort)
        return next((one for one in self.table.ballots if one.is_same_as(made)), made)

    def _applies(self, ballot: "Ballot") -> bool:
        return bool(ballot.members) and self._parties.issuperset(ballot.members)

    def __bool__(self) -> bool:
        return any(self._applies(ballot) for _, ballot in self._all())

    def of(self, issue: str) -> "Ballot | None":
        """The rule that decides an issue; None if it has none, or not all members are compared."""
        ballot = self._of(issue)
        return ballot if ballot is not None and self._applies(ballot) else None

    def common(self, cells: Iterable[Cell]) -> "Ballot | None":
        """The rule that decides all of these cells, if one does."""
        found = {self.of(cell.issue) for cell in cells}
        return found.pop() if len(found) == 1 else None

    def members(self, cell: Cell) -> tuple[str, ...]:
        """The parties that vote on a cell; none if it is not decided by a vote."""
        ballot = self.of(cell.issue)
        return () if ballot is None else ballot.members

    def role(self, party: str, cell: Cell) -> object:
        """What a party's vote on a cell depends on besides its stance; None without a vote."""
        ballot = self.of(cell.issue)
        return ballot and (ballot.weighs(party), self.table.is_silent(party, cell))

    def result(self, cell: Cell, outcome: int, value: Callable[[Clause], Truth]) -> Truth:
        """Whether an outcome of a cell passes; `value` returns whether a condition is met."""
        ballot = self.of(cell.issue)
        assert ballot is not None
        return ballot.result(self.votes(cell, outcome, value))

    def missing(self) -> dict[str, tuple[str, ...]]:
        """For each issue whose rule does not apply, the members that are not compared."""
        return {
            issue: tuple(one for one in ballot.members if one not in self._parties)
            for issue, ballot in self._all()
            if not self._applies(ballot)
        }

    def votes(
        self, cell: Cell, outcome: int, value: Callable[[Clause], Truth]
    ) -> "dict[str, Vote]":
        """How each member votes on an outcome; `value` returns whether a condition is met."""
        ballot = self.of(cell.issue)
        assert ballot is not None
        return {party: self._vote(party, cell, outcome, value) for party in ballot.members}

    def _vote(
        self, party: str, cell: Cell, outcome: int, value: Callable[[Clause], Truth]
    ) -> "Vote":
        table, stance = self.table, self.table.stance(party, cell)
        if outcome & stance.yes:
            return "yes"
        if outcome & stance.conditional:
            best = max(map(value, stance.conditions_for(outcome)), default=Truth.FALSE)
            return _BY_CONDITION[best]
        if not outcome & stance.refuses and self.abstains(stance, cell):
            return "abstains"
        if outcome & stance.no:
            return "no"
        return "silent" if table.is_silent(party, cell) else "open"

    def abstains(self, stance: Stance, cell: Cell) -> bool:
        """Whether a party calls for nothing but an abstention."""
        wants = stance.wants | stance.yes
        return bool(wants) and not wants & ~abstentions(self.table, cell)

    def voted(
        self, cell: Cell, value: Callable[[Clause], Truth], among: int = -1
    ) -> tuple[int, int]:
        """The outcomes of a cell, or of those `among` them, that pass, and those that fail.

        Abstentions are not outcomes, and fail. Raises WrongUsage if counting exceeds the limit of
        steps.
        """
        ballot = self.of(cell.issue)
        assert ballot is not None
        votes = len(ballot.members) * self.table.space(cell).full.bit_count()
        self.table.effort.spend(cell, votes * (_EACH_VOTE + ballot.size // _SUMS_A_STEP))
        yes, no = 0, abstentions(self.table, cell)
        for outcome in self.outcomes(cell):
            if not outcome & among:
                continue
            result = ballot.result(self.votes(cell, outcome, value))
            yes |= outcome if result is Truth.TRUE else 0
            no |= outcome if result is Truth.FALSE else 0
        return yes, no

    def outcomes(self, cell: Cell) -> Iterator[int]:
        """The outcomes of a cell that can be voted on, one mask for each."""
        left = self.table.space(cell).full & ~abstentions(self.table, cell)
        while left:
            yield left & -left
            left &= left - 1


_BY_CONDITION: "Mapping[Truth, Vote]" = {
    Truth.TRUE: "yes",
    Truth.FALSE: "no",
    Truth.UNKNOWN: "open",
}


def value_in(
    agreed: "Domains", still_open: "Domains", passing: Mapping[Cell, int], clause: Clause
) -> Truth:
    """Whether a member's condition is met, given the outcomes of other cells.

    Args:
        agreed: By cell, the outcomes that are acceptable to all.
        still_open: By cell, the outcomes that are not ruled out.
        passing: What passes on the cells that conditions of several members name. As they might
            exclude each other, a condition is met there only if all of that meets it.
        clause: The condition.
    """
    if not all(mask & still_open[cell] for cell, mask in clause.requires):
        return Truth.FALSE
    met = not clause.is_open and all(
        mask & agreed[cell] and not passing.get(cell, 0) & ~mask for cell, mask in clause.requires
    )
    return Truth.TRUE if met else Truth.UNKNOWN
