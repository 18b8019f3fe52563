"""Packages where the agenda has a decision rule: which of their terms pass, fail or could still.

Of all packages those count in which the fewest terms fail; then those in which the fewest are still
open; then those for which the fewest votes have to turn. A package in which a party held votes
against a term does not count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.ballots import Ballots, OutcomeVote
from claimpos.comparison.truth import Truth
from claimpos.deals.choices import Cost, Values
from claimpos.deals.clock import Clock, OutOfTime
from claimpos.deals.elimination import Factor, Part, parts_of
from claimpos.deals.packages import Packages, packages_from, rows_of
from claimpos.deals.problem import NO_OFFER, Position, Problem
from claimpos.deals.responses import Response
from claimpos.dossier.model import Cell, DecisionRule

if TYPE_CHECKING:
    from claimpos.comparison.votes import Ballot, Decision, Vote

_EACH = 1 << 24
"""More votes than all terms of a package have together."""


class CellVotes(NamedTuple):
    """The votes on a cell: its rule, or that all parties must agree; each outcome with support.

    `chosen` is the vote on the outcome that the first package has.
    """

    cell: Cell
    ballot: "Ballot"
    votes: tuple[OutcomeVote, ...]
    chosen: OutcomeVote


class Voted(NamedTuple):
    """The packages that come nearest to passing.

    `failing` and `pending` count their terms that fail, and that could still pass; `turns` the
    votes that have to turn for all to pass. Without `proved`, other packages may come nearer: there
    were too many combinations or, if not `in_time`, time ran out. Without `packages`, nothing but
    the votes is known.
    """

    packages: Packages | None
    failing: int
    pending: int
    turns: int
    votes: tuple[CellVotes, ...]
    proved: bool
    in_time: bool = True

    @property
    def cells(self) -> frozenset[Cell]:
        """The cells that are decided by a vote."""
        return frozenset(one.cell for one in self.votes)


def votes_from(ballots: Ballots, cell: Cell, says: Mapping[str, Response]) -> "dict[str, Vote]":
    """How parties vote that respond so to an outcome of a text."""
    return {party: _vote(ballots, party, cell, response) for party, response in says.items()}


def _vote(ballots: Ballots, party: str, cell: Cell, says: Response) -> "Vote":
    if says == "yes":
        return "yes"
    if says == "crosses":
        return "no"
    if ballots.abstains(ballots.table.stance(party, cell), cell):
        return "abstains"
    if says == "gives":
        return "no"
    return "silent" if ballots.table.is_silent(party, cell) else "open"


def _votes_in(
    problem: Problem,
    ballots: Ballots,
    cell: Cell,
    package: Mapping[Cell, int],
    members: Iterable[str],
) -> "dict[str, Vote]":
    says = {party: problem.says(Position(party, cell), package) for party in members}
    return votes_from(ballots, cell, says)


def passes_in(problem: Problem, ballots: Ballots, cell: Cell, package: Mapping[Cell, int]) -> Truth:
    """Whether what a package has in a cell passes or, without a rule, all parties accept it."""
    ballot = ballots.of(cell.issue)
    if ballot is not None:
        return ballot.result(_votes_in(problem, ballots, cell, package, ballot.members))
    votes = {*_votes_in(problem, ballots, cell, package, problem.parties).values()}
    if "no" in votes:
        return Truth.FALSE
    return Truth.TRUE if votes == {"yes"} else Truth.UNKNOWN


def is_held_against(
    problem: Problem, ballots: Ballots, cell: Cell, package: Mapping[Cell, int]
) -> bool:
    """Whether one of those held votes, or would vote, against what a package has in a cell."""
    return "no" in _votes_in(problem, ballots, cell, package, problem.held).values()


def voted(problem: Problem, ballots: Ballots, clock: Clock) -> Voted:
    """The packages that come nearest to passing; out of time, the votes cell by cell."""
    search = _Search(problem, ballots)
    try:
        parts = search.parts(clock)
        return search.nearest(parts, clock)
    except OutOfTime:
        return search.nothing(proved=False)._replace(in_time=False)


class _Search:
    def __init__(self, problem: Problem, ballots: Ballots) -> None:
        from claimpos.comparison.votes import Ballot

        self.problem = problem
        self.ballots = ballots
        self.all_parties = Ballot(DecisionRule("unanimity", abstention="open"), problem.parties)
        self.domains = problem.domains
        self.cells = list(self.domains)
        self.exact = True  # whether every search for the fewest votes was completed

    def parts(self, clock: Clock) -> list[Part]:
        """Raises OutOfTime."""
        number = {cell: at for at, cell in enumerate(self.cells)}
        factors = [self._factor(cell, number) for cell in self.cells]
        domains = [*self.domains.values()]
        budget = self.problem.budget([[cell] for cell in self.cells], domains)
        return parts_of(domains, factors, 1, clock, budget)

    def _factor(self, cell: Cell, number: Mapping[Cell, int]) -> Factor:
        bearing = [one for one in dict.fromkeys([cell, *self._bearing(cell)]) if one in number]

        def cost(values: Values) -> Cost | None:
            package = dict(zip(bearing, values, strict=True))
            if is_held_against(self.problem, self.ballots, cell, package):
                return None
            return Cost(amount=self._amount(cell, package))

        return Factor(tuple(number[one] for one in bearing), cost)

    def _bearing(self, cell: Cell) -> Iterator[Cell]:
        """The cells on whose outcomes the responses on a cell depend."""
        problem = self.problem
        for party in problem.parties:
            for clause in problem.table.stance(party, cell).clauses:
                yield from (other for other, _ in clause.requires)
            yield from problem.offers.get(problem.offer(Position(party, cell)) or NO_OFFER, ())

    def _amount(self, cell: Cell, package: Mapping[Cell, int]) -> int:
        """What a term adds: whether it fails or is open, and how many votes have to turn."""
        result = passes_in(self.problem, self.ballots, cell, package)
        if result is Truth.TRUE:
            return 0
        turns = self._turns(cell, package)
        return turns + (_EACH * _EACH if result is Truth.FALSE else _EACH)

    def _turns(self, cell: Cell, package: Mapping[Cell, int]) -> int:
        problem, ballot = self.problem, self.ballots.of(cell.issue)
        if ballot is None:
            says = (problem.says(Position(party, cell), package) for party in problem.parties)
            return sum(one != "yes" for one in says)
        fewest = ballot.to_pass(_votes_in(problem, self.ballots, cell, package, ballot.members))
        self.exact = self.exact and fewest.exact
        return len(ballot.members) + 1 if fewest.size is None else fewest.size

    def nearest(self, parts: Sequence[Part], clock: Clock) -> Voted:
        """Raises OutOfTime."""
        if not all(part.choices for part in parts):
            return self.nothing(proved=all(part.complete for part in parts))
        total, rows = 0, []
        for part in parts:
            ((amount,), choices) = min(part.choices.items())
            total += amount
            (best,) = choices.patterns.values()
            cells = [self.cells[variable] for variable in part.variables]
            rows.append(rows_of(best, cells))
        packages = packages_from(rows, self.domains, clock)
        failing, rest = divmod(total, _EACH * _EACH)
        pending, turns = divmod(rest, _EACH)
        votes = tuple(self.votes(packages.first()))
        proved = all(part.complete for part in parts) and self.exact
        return Voted(packages, failing, pending, turns, votes, proved)

    def nothing(self, proved: bool) -> Voted:
        """No package, but the votes cell by cell."""
        first = {cell: domain[0] for cell, domain in self.domains.items()}
        return Voted(None, 0, 0, 0, tuple(self.votes(first)), proved)

    def votes(self, package: Mapping[Cell, int]) -> Iterator[CellVotes]:
        """The votes on each cell, where the rest is as in a package."""
        for cell, domain in self.domains.items():
            votes = {
                outcome: OutcomeVote(outcome, self._decision(cell, {**package, cell: outcome}))
                for outcome in domain
            }
            supported = tuple(one for one in votes.values() if one.decision.of("yes"))
            ballot = self.ballots.of(cell.issue) or self.all_parties
            yield CellVotes(cell, ballot, supported, votes[package[cell]])

    def _decision(self, cell: Cell, package: Mapping[Cell, int]) -> "Decision":
        """The vote on what a package has in a cell."""
        ballot = self.ballots.of(cell.issue) or self.all_parties
        votes = _votes_in(self.problem, self.ballots, cell, package, ballot.members)
        return ballot.decision(votes)
