"""Compares many parties pair by pair: how far each pair agrees, and how contested each issue is.

The verdict on two parties and an issue is that of `compare`. The same stances are compared, but on
all issues at once (see `packed_matrix`); only what hangs on conditions is then worked out in full.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Literal, NamedTuple

from claimpos.comparison.ballots import OutcomeVote
from claimpos.comparison.case import Case
from claimpos.comparison.conditions import Common
from claimpos.comparison.packed_matrix import PackedMatrix, PackedVerdicts
from claimpos.comparison.table import PositionTable, check_parties
from claimpos.comparison.truth import Truth
from claimpos.dossier.dates import day_of
from claimpos.dossier.libraries import library
from claimpos.dossier.model import NOTHING, Basis, Cell, Dossier, Issue, PartialDate

State = Literal[
    "passes",
    "fails",
    "could-pass",
    "contested",
    "agreed",
    "partly-agreed",
    "open",
    "one",
    "none",
]
"""The state of an issue among many parties, the first that applies.

By a decision rule, it passes, fails or could pass. `one` or `none` of the parties has a position.
It is `contested` if two parties are in conflict; `agreed` if on each cell an outcome is acceptable
to all parties with a position there, `partly-agreed` if these are too few of all; else `open`.
"""

_BY_VOTE: Mapping[Truth, State] = {
    Truth.TRUE: "passes",
    Truth.FALSE: "fails",
    Truth.UNKNOWN: "could-pass",
}

_ENOUGH = Fraction(3, 4)
"""The share of all parties that must have a position for an issue to be called agreed."""

_CLEAR = 5
"""The number of clear verdicts below which a rate rests on few issues; if there are fewer than
twice as many issues, it does if less than half of them have a clear verdict."""


class Pair(NamedTuple):
    """Two parties: how many issues have each verdict, and on how many both have a position.

    Cells on which both hold the same group's position do not count. Issues without any other cell
    are counted in `one_voice` only. For a group and its member, only issues count on which the
    member has a position of its own.
    """

    parties: tuple[str, str]
    overlap: int
    conflict: int
    unresolved: int
    spoken: int
    one_voice: int = 0

    @property
    def clear(self) -> int:
        """The number of issues with a clear verdict, overlap or conflict."""
        return self.overlap + self.conflict

    @property
    def few(self) -> bool:
        """Whether the rate of agreement rests on few issues, so that it says little."""
        issues = self.clear + self.unresolved
        return self.clear < _CLEAR if issues >= 2 * _CLEAR else 2 * self.clear < issues

    @property
    def agreement(self) -> float | None:
        """The share of overlaps among clear verdicts; None if there is none."""
        return self.overlap / self.clear if self.clear else None

    @property
    def coverage(self) -> float:
        """The share of issues on which both have a position in force."""
        issues = self.overlap + self.conflict + self.unresolved
        return self.spoken / issues if issues else 0.0


class IssueAmongMany(NamedTuple):
    """An issue: which parties have a position, and how many pairs of parties have each verdict.

    `heard` is the number of parties with a position on the cell that has the fewest, `of` that of
    all parties; a group and the members for which it speaks count once. `votes` has, for each cell
    that a rule decides, the vote on the outcome that is nearest to passing.
    """

    issue: Issue
    state: State
    spoken: tuple[str, ...]
    overlap: int
    conflict: int
    unresolved: int
    heard: int = 0
    of: int = 0
    votes: tuple[tuple[Cell, OutcomeVote], ...] = ()


class Matrix(NamedTuple):
    """Every pair of some parties on one day, in their order; `set_aside` as in `Comparison`."""

    dossier: Dossier
    parties: tuple[str, ...]
    day: date
    basis: Basis
    pairs: tuple[Pair, ...]
    issues: tuple[IssueAmongMany, ...]
    set_aside: int = 0
    newest: Mapping[str, PartialDate | None] = NOTHING
    """The date of each party's newest evidence in force on the issues."""


def matrix(
    dossier: Dossier,
    parties: Sequence[str] | None = None,
    as_of: date | str | None = None,
    basis: Basis = "inferred",
    issues: Collection[str] | None = None,
) -> Matrix:
    """Compare every two of the parties, given by their ids; by default, all except mediators.

    For `as_of`, `basis`, `issues` and errors, see `compare`; WrongUsage is also raised if there are
    more pairs than the limit allows.
    """
    ids = tuple(dossier.negotiating if parties is None else parties)
    check_parties(ids)
    day = day_of(as_of, dossier.closed)
    table = PositionTable(dossier, ids, day, basis)
    number = len(ids) * (len(ids) - 1) // 2
    table.effort.tell_pairs(number)
    chosen = [issue for key, issue in dossier.issues.items() if issues is None or key in issues]
    packed = PackedMatrix(table, chosen, most=number)
    stances = {party: packed.stances(party) for party in ids}
    own_words = cache(lambda member: [key for key in keys if table.has_own_word(member, key)])
    keys = [issue.id for issue in chosen]
    every = packed.issues_of(keys)
    pairs = []
    overlaps = conflicts = unresolveds = 0
    for pair in combinations(ids, 2):
        one, other = pair
        found = packed.compare(stances[one], stances[other])
        if found.pending:
            found = _weighed(found, packed, Common(table, pair))
        counted = every & ~found.one_voice
        if member := table.member_among(pair):
            counted &= packed.issues_of(own_words(member))
        overlap, conflict = found.overlap & counted, found.conflict & counted
        overlaps += overlap
        conflicts += conflict
        unresolveds += counted & ~overlap & ~conflict
        pairs.append(_pair(pair, overlap, conflict, counted, found))
    speaking = _Speaking(table)
    among = tuple(
        _among_many(speaking, issue, counts)
        for issue, *counts in zip(
            chosen, *map(packed.counts, (overlaps, conflicts, unresolveds)), strict=True
        )
    )
    newest = table.newest({issue.id for issue in chosen})
    set_aside = table.set_aside(issue.id for issue in chosen)
    return Matrix(dossier, ids, day, basis, tuple(pairs), among, set_aside, newest)


def _pair(
    pair: tuple[str, str], overlap: int, conflict: int, counted: int, found: PackedVerdicts
) -> Pair:
    unresolved = counted & ~overlap & ~conflict
    return Pair(
        pair,
        overlap.bit_count(),
        conflict.bit_count(),
        unresolved.bit_count(),
        (found.spoken & counted).bit_count(),
        found.one_voice.bit_count(),
    )


def _weighed(found: PackedVerdicts, packed: PackedMatrix, common: Common) -> PackedVerdicts:
    """The verdicts on two parties, including issues that depend on conditions."""
    overlap, conflict = found.overlap, found.conflict
    for issue, bit in packed.issues_in(found.pending):
        value = min(map(common.value, packed.cells_in(issue, found.waiting)))
        overlap |= bit & ~found.stuck if value is Truth.TRUE else 0
        conflict |= bit if value is Truth.FALSE else 0
    return found._replace(overlap=overlap, conflict=conflict)


class _Speaking:
    """Which parties have positions, and what is acceptable to them; kept for each set of them."""

    def __init__(self, table: PositionTable) -> None:
        self.table = table
        self._known: dict[tuple[str, ...], Common] = {}

    def on(self, issue: Issue) -> tuple[str, ...]:
        return tuple(party for party in self.table.parties if self.table.entry(party, issue.id))

    def on_cell(self, cell: Cell) -> tuple[str, ...]:
        """The parties that have a position on a cell, or leave it open."""
        silent = set(Case(self.common(self.table.parties), cell).silent)
        return tuple(party for party in self.table.parties if party not in silent)

    def voices(self, issue: Issue, parties: Sequence[str]) -> int:
        """The number of these parties, a group and those for whom it speaks counted once."""
        return len(self.table.voices(parties, issue.id))

    def agree_on(self, cell: Cell, parties: tuple[str, ...]) -> bool:
        """Whether these are several parties, and an outcome of the cell is acceptable to all."""
        return len(parties) > 1 and self.common(parties).value(cell) is Truth.TRUE

    def votes(self, cell: Cell) -> OutcomeVote | None:
        """The vote on the outcome that is nearest to passing; None if no rule applies."""
        case = Case(self.common(self.table.parties), cell)
        return max(
            case.votes,
            key=lambda one: (one.decision.result, len(one.decision.of("yes"))),
            default=None,
        )

    def state_by_vote(self, cells: Iterable[Cell]) -> State:
        """The state of an issue by the least favourable vote on its cells."""
        common = self.common(self.table.parties)
        return _BY_VOTE[min(map(common.value, cells))]

    def common(self, parties: tuple[str, ...]) -> Common:
        if parties not in self._known:
            self._known[parties] = Common(self.table, parties)
        return self._known[parties]


def _among_many(speaking: _Speaking, issue: Issue, counts: Sequence[int]) -> IssueAmongMany:
    spoken = speaking.on(issue)
    overlap, conflict, unresolved = counts
    cells = {cell: speaking.on_cell(cell) for cell in speaking.table.cells(issue, spoken)}
    everybody = speaking.voices(issue, speaking.table.parties)
    heard = min((speaking.voices(issue, those) for those in cells.values()), default=0)
    if not cells:
        heard = speaking.voices(issue, spoken)
    votes = tuple(speaking.votes(cell) for cell in cells)
    state: State = "open"
    if speaking.common(speaking.table.parties).ballots.of(issue.id) and cells:
        state = speaking.state_by_vote(cells)
    elif speaking.voices(issue, spoken) < 2:
        state = "one" if spoken else "none"
    elif conflict:
        state = "contested"
    elif cells and all(speaking.agree_on(cell, parties) for cell, parties in cells.items()):
        enough = heard >= _ENOUGH * everybody
        state = "agreed" if enough else "partly-agreed"
    nearest = tuple((cell, one) for cell, one in zip(cells, votes, strict=True) if one)
    return IssueAmongMany(
        issue, state, spoken, overlap, conflict, unresolved, heard, everybody, nearest
    )


def by_agreement(matrix: Matrix) -> Matrix:
    """The same matrix, with parties that agree side by side.

    The order is that of the leaves of an average-linkage clustering by 1 - agreement, with branches
    turned so that neighbours are as near as possible (Z. Bar-Joseph and others, "Fast optimal leaf
    ordering for hierarchical clustering", Bioinformatics 17, 2001). Two parties without a clear
    verdict count, for the order, as being at the average distance. A party without a clear verdict
    with any other comes last.

    Raises NotInstalled if scipy is not installed.
    """
    clear = {party for pair in matrix.pairs if pair.clear for party in pair.parties}
    settled = [party for party in matrix.parties if party in clear]
    last = [party for party in matrix.parties if party not in clear]
    return _reordered(matrix, [*_leaves(matrix, settled), *last])


def _leaves(matrix: Matrix, parties: Sequence[str]) -> list[str]:
    if len(parties) < 3:
        return list(parties)
    with library("an order by agreement", "SciPy", "cluster", megabytes=320):
        from scipy.cluster.hierarchy import leaves_list, linkage
    known = {
        frozenset(pair.parties): 1 - pair.agreement
        for pair in matrix.pairs
        if pair.agreement is not None
    }
    usual = sum(known.values()) / len(known)
    distances = [known.get(frozenset(pair), usual) for pair in combinations(parties, 2)]
    tree = linkage(distances, method="average", optimal_ordering=True)
    leaves = [parties[at] for at in leaves_list(tree)]
    # The order and its reverse are equivalent; the party that was named earlier comes first.
    return leaves if parties.index(leaves[0]) < parties.index(leaves[-1]) else leaves[::-1]


def _reordered(matrix: Matrix, parties: Sequence[str]) -> Matrix:
    found = {frozenset(pair.parties): pair for pair in matrix.pairs}
    pairs = [found[frozenset(pair)]._replace(parties=pair) for pair in combinations(parties, 2)]
    place = {party: number for number, party in enumerate(parties)}
    issues = [
        one._replace(spoken=tuple(sorted(one.spoken, key=place.__getitem__)))
        for one in matrix.issues
    ]
    return matrix._replace(parties=tuple(parties), pairs=tuple(pairs), issues=tuple(issues))
