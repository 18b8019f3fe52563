"""Deals among two or more parties: whether there is one, and the least-concession packages."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.table import PositionTable, check_parties
from claimpos.deals.balance import Balanced, balanced
from claimpos.deals.clock import Clock, Stopwatch
from claimpos.deals.conflict_sets import StickingPoint, sticking_points_of
from claimpos.deals.facts import SolverFacts
from claimpos.deals.first_package import NOTHING_ASKED, Least, package_without_search
from claimpos.deals.grouping import groups
from claimpos.deals.packages import Linked, Packages, Possible, in_agenda_order, parted
from claimpos.deals.points import GivenPoints, Giving
from claimpos.deals.priorities import ByPriorities, by_priorities
from claimpos.deals.problem import Concessions, Position, Problem, problem_of, worth_on
from claimpos.deals.responses import Response
from claimpos.deals.signable import Signable, signable
from claimpos.deals.solver import combinations, least, possible
from claimpos.deals.trade_offs import TradeOff, trade_offs_of
from claimpos.deals.voting import Voted, voted
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import NOTHING, Basis, Cell, Dossier, Named, PartialDate
from claimpos.dossier.run_limits import RUN

if TYPE_CHECKING:
    from claimpos.deals.agreements import Agreement
    from claimpos.deals.frontier import Frontier
    from claimpos.deals.scores import Scores

DealsAnswer = Literal["agreed", "open", "blocked"]
Aim = Literal["now", "least", "balanced"]
AIMS: tuple[Aim, ...] = get_args(Aim)
"""What may be looked for: what could be signed now, and two kinds of packages."""

_MOST = 20_000
_MOST_OUTCOMES = 200_000
"""Of linked cells, the most combinations, and the most outcomes in all of these together."""

_SHARE = 0.3
"""Of the time left, the share for each of the searches that come before the packages'."""

# To describe what was found goes through all positions again, as building the search did.
_DESCRIBING = 2


class Share(NamedTuple):
    """What the least-concession packages mean for one party; `varies` depends on the package."""

    gets: tuple[Cell, ...]
    accepts: tuple[Cell, ...]
    concedes: tuple[Cell, ...]
    unanswered: tuple[Cell, ...]
    varies: tuple[Cell, ...]
    red_lines: tuple[Cell, ...]
    beyond: tuple[Cell, ...]


class Deals(NamedTuple):
    """The result; `bound` is the least that every package is proved to ask.

    `given` is what each party gives in the first of the least-concession packages, as balanced
    packages count it.
    """

    problem: Problem
    day: date
    basis: Basis
    fixed: Named
    answer: DealsAnswer
    proved: bool
    concessions: Concessions | None
    bound: Concessions
    packages: Packages | None
    shares: Mapping[str, Share] = NOTHING
    unanswered: Mapping[str, int] = NOTHING
    sticking_points: tuple[StickingPoint, ...] = ()
    all_sticking_points: bool = True
    frontier: "Frontier | None" = None
    now: Signable | None = None
    balanced: Balanced | None = None
    given: Mapping[str, GivenPoints] = NOTHING
    aims: tuple[Aim, ...] = AIMS
    voted: Voted | None = None
    """The packages that come nearest to passing, where the agenda has decision rules."""
    scores: "Scores | None" = None
    """What packages are worth to the parties, where at least two state points."""
    trade_offs: tuple[TradeOff, ...] = ()
    priorities: ByPriorities | None = None
    """What priorities leave; None if nobody ranks issues, or every package gives up a red line."""
    agreements: "tuple[Agreement, ...]" = ()
    """Agreements reached by others, weighed by these points."""

    @property
    def parties(self) -> tuple[str, ...]:
        return self.problem.parties

    @property
    def left_out(self) -> tuple[Cell, ...]:
        """The cells that no package settles."""
        issues, settled = self.problem.table.dossier.issues.values(), self.problem.domains
        return tuple(cell for issue in issues for cell in issue.cells() if cell not in settled)

    @property
    def no_package(self) -> bool:
        """Whether it is proved that no package is left at all, whatever it asks of the parties."""
        if self.voted is not None and self.concessions is None:
            return self.voted.proved and self.voted.packages is None
        return self.proved and self.concessions is None

    @property
    def newest(self) -> dict[str, PartialDate | None]:
        """The day of each party's newest evidence in force on the issues of the packages."""
        table = self.problem.table
        return table.newest(table.dossier.issues.keys() - self.problem.without)


def find_deals(
    dossier: Dossier,
    parties: Sequence[str],
    as_of: date | str | None = None,
    basis: Basis = "inferred",
    fixed: Named = NOTHING,
    without: Collection[str] = (),
    held: Collection[str] = (),
    everything: bool = False,
    frontier: bool = False,
    time_limit: float | None = 30,
    aims: Collection[Aim] | None = None,
    keep_red_lines: bool = False,
) -> Deals:
    """Search for packages that two or more parties, given by their ids, could all sign.

    `fixed` leaves only these outcomes, `without` leaves issues out, `held` are parties whose no
    rules a package out. `everything` lists all ways out and conflict sets, not only ten;
    `frontier` looks for the frontier too. `aims` are what is looked for besides the answer: all of
    them or, where a decision rule of the agenda applies, what could be signed now. With
    `keep_red_lines`, balanced packages are first those that give up the fewest red lines.
    After `time_limit` seconds it is the best found, with `proved` false.

    Raises WrongUsage for fewer than two parties, one named twice, or an `as_of` that is no date,
    and KeyError for an id that is no party's or no issue's.
    """
    check_parties(parties)
    day = day_of(as_of, dossier.closed)
    RUN.allow(time_limit or 0)
    clock, building = Clock(time_limit), Stopwatch()
    table = PositionTable(dossier, parties, day, basis, fixed)
    masks = {cell: table.space(cell).mask(outcomes) for cell, outcomes in fixed.items()}
    problem = problem_of(table, masks, without, held)
    clock = clock.keeping(_DESCRIBING * (built := building.seconds))
    ballots = Ballots(table, parties)
    if aims is None:
        aims = ["now"] if ballots else AIMS
    votes = voted(problem, ballots, clock.part(_SHARE)) if ballots else None
    now = signable(problem, clock.part(_SHARE)) if "now" in aims else None
    even = balanced(problem, clock.part(_SHARE), keep_red_lines) if "balanced" in aims else None
    scores = _scores(table, fixed, without, clock.part(_SHARE))
    answer = None if votes is None else _by_votes(votes, problem, ballots, clock)
    if votes is not None and answer and not {"least", "balanced"} & {*aims} and not frontier:
        return _by_vote(problem, day, basis, fixed, answer, votes, now, scores)
    search = _Search(problem, everything, clock, "least" in aims, built)
    compared = votes is None and {*AIMS} <= {*aims} and not search.least.bound[0]
    return Deals(
        problem=problem,
        day=day,
        basis=basis,
        fixed=fixed,
        answer=answer or search.answer,
        proved=search.proved,
        concessions=None if search.least.package is None else search.least.concessions,
        bound=search.least.bound,
        packages=search.packages,
        shares=search.shares,
        unanswered=search.unanswered,
        sticking_points=search.sticking_points,
        all_sticking_points=search.all_sticking_points,
        frontier=_frontier(problem, clock) if frontier and search.packages else None,
        now=now,
        balanced=even,
        given=_given(problem, search.packages) if even and even.totals else {},
        aims=tuple(one for one in AIMS if one in aims),
        voted=votes,
        scores=scores,
        trade_offs=trade_offs_of(problem, search.sticking_points),
        priorities=by_priorities(problem, everything, clock.part(_SHARE)) if compared else None,
    )


def _frontier(problem: Problem, clock: Clock) -> "Frontier":
    from claimpos.deals.frontier import frontier_of

    return frontier_of(problem, clock)


def _scores(
    table: PositionTable, fixed: Named, without: Collection[str], clock: Clock
) -> "Scores | None":
    """The packages worth most to the parties, if they state points."""
    if not worth_on(table):
        return None
    from claimpos.deals.scores import scores_of

    return scores_of(table, fixed, without, clock)


def _by_vote(
    problem: Problem,
    day: date,
    basis: Basis,
    fixed: Named,
    answer: DealsAnswer,
    votes: Voted,
    now: Signable | None,
    scores: "Scores | None",
) -> Deals:
    """The result by the agenda's decision rules alone; nobody's concessions are counted."""
    return Deals(
        problem=problem,
        day=day,
        basis=basis,
        fixed=fixed,
        answer=answer,
        proved=votes.proved,
        concessions=None,
        bound=NOTHING_ASKED,
        packages=None,
        now=now,
        aims=() if now is None else ("now",),
        voted=votes,
        scores=scores,
    )


def _at_worst(problem: Problem) -> Problem | None:
    """The search where all that packages leave out turns out the worst; None if that is nothing."""
    thresholds = problem.thresholds
    if thresholds is None or not thresholds.are_open:
        return None
    return problem._replace(thresholds=thresholds.for_sure())


def _by_votes(votes: Voted, problem: Problem, ballots: Ballots, clock: Clock) -> DealsAnswer:
    if votes.failing or votes.packages is None:
        return "blocked"
    if votes.pending or not votes.packages.first():
        return "open"
    worse = _at_worst(problem)
    if worse is None:
        return "agreed"
    at_worst = _by_votes(voted(worse, ballots, clock.part(_SHARE)), worse, ballots, clock)
    return "agreed" if at_worst == "agreed" else "open"


class _Search:
    """One search: a least-concession package, then all of them, then the sticking points."""

    def __init__(
        self,
        problem: Problem,
        everything: bool,
        clock: Clock,
        is_described: bool,
        built: float,
    ) -> None:
        """`built` are the seconds that the problem took to build; its facts take as many."""
        self.problem = problem
        self.clock = clock
        self.least = (
            least(self.facts, clock) if clock.has(built) else package_without_search(problem)
        )
        self.packages: Packages | None = None
        self.shares: Mapping[str, Share] = {}
        self.unanswered: Mapping[str, int] = {}
        self.sticking_points: tuple[StickingPoint, ...] = ()
        self.all_sticking_points = True
        self.proved = self.least.proved
        self.described = True
        self.answer: DealsAnswer = _answer(self.least)
        if self.answer == "agreed" and (worse := _at_worst(problem)) is not None:
            at_worst = _answer(least(SolverFacts(worse), clock))
            self.answer = "agreed" if at_worst == "agreed" else "open"
        if self.least.package is not None and is_described:
            self._describe(self.least.package, everything)

    @cached_property
    def facts(self) -> SolverFacts:
        return SolverFacts(self.problem)

    def _describe(self, package: Mapping[Cell, int], everything: bool) -> None:
        problem = self.problem
        says = self._responses(package)
        left = possible(self.facts, self.clock) if self.least.proved else None
        if left is None or not left.complete:
            self.described = False
            left = _only(package, says, problem)
        self.packages = self._packages(left, package)
        first = self.packages.first()
        in_first = says if first == package else self._responses(first)
        unsaid = Counter(one.party for one, response in in_first.items() if response == "unsaid")
        self.unanswered = {party: unsaid[party] for party in problem.parties}
        self.shares = {party: _share(problem, party, left) for party in problem.parties}
        if self.answer == "blocked":
            moved = {one for one, response in says.items() if response in ("gives", "crosses")}
            self.sticking_points, self.all_sticking_points = sticking_points_of(
                problem, moved, everything, self.clock
            )

    def _responses(self, package: Mapping[Cell, int]) -> dict[Position, Response]:
        problem = self.problem
        return {one: problem.says(one, package) for one, _ in problem.positions()}

    def _packages(self, left: Possible, known: Mapping[Cell, int]) -> Packages:
        """The remaining packages; `known` is one of them, and the result if time runs out."""
        domains = {
            cell: tuple(one for one in domain if one in left.outcomes[cell])
            for cell, domain in self.problem.domains.items()
        }
        narrowed = self.problem._replace(domains=domains)
        fixed = {cell: domain[0] for cell, domain in domains.items() if len(domain) == 1}
        free: dict[Cell, tuple[int, ...]] = {}
        linked: list[Linked] = []
        for group in groups(narrowed) if len(fixed) < len(domains) else ():
            if len(group.cells) == 1:
                free[group.cells[0]] = domains[group.cells[0]]
            elif group.cells:
                facts = SolverFacts(narrowed, group.positions, group.cells)
                most = min(_MOST, _MOST_OUTCOMES // len(group.cells))
                rows, complete = combinations(facts, group.cells, most, self.clock)
                rows = rows or [tuple(known[cell] for cell in group.cells)]
                apart, together = parted(group.cells, rows, complete, domains, self.clock)
                free |= apart
                linked += together
        return in_agenda_order(domains, fixed, free, linked, self.described)


def _given(problem: Problem, packages: Packages | None) -> Mapping[str, GivenPoints]:
    return {} if packages is None else Giving(problem).given(packages.first())


def _answer(found: Least) -> DealsAnswer:
    if found.package is None or any(found.concessions[:4]):
        return "blocked"
    # A package of nothing has no yes that could be agreed.
    return "open" if any(found.concessions[4:]) or not found.package else "agreed"


def _only(
    package: Mapping[Cell, int], says: Mapping[Position, Response], problem: Problem
) -> Possible:
    """The result if only one package is known, and what is said to it."""
    outcomes = {cell: {outcome} for cell, outcome in package.items()}
    answers: dict[Position, set[str]] = {}
    for position, stance in problem.positions():
        wanted = package[position.cell] & (stance.demands | stance.proposes)
        response = says[position]
        answers[position] = {response if response != "yes" else "gets" if wanted else "accepts"}
    return Possible(outcomes, answers, complete=False)


def _share(problem: Problem, party: str, left: Possible) -> Share:
    by_answer: dict[str, list[Cell]] = {}
    red_lines = []
    for cell in problem.domains:
        answers = left.answers.get(Position(party, cell), set())
        if "crosses" in answers:
            red_lines.append(cell)
        one = next(iter(answers)) if len(answers) == 1 else "varies"
        share = "concedes" if answers <= {"gives", "crosses"} else one
        by_answer.setdefault(share, []).append(cell)
    gets, accepts, concedes, unanswered, varies, beyond = (
        tuple(by_answer.get(key, ()))
        for key in ("gets", "accepts", "concedes", "unsaid", "varies", "beyond")
    )
    return Share(gets, accepts, concedes, unanswered, varies, tuple(red_lines), beyond)
