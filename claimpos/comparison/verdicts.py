"""The comparison of two or more parties: a verdict on every cell and every issue."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from claimpos.comparison.case import Case
from claimpos.comparison.conditions import Common
from claimpos.comparison.distances import Apart, widest_gap
from claimpos.comparison.reasons import VERDICT_OF, Reason, Verdict, reason_without_cells
from claimpos.comparison.table import PositionTable, check_parties
from claimpos.comparison.truth import Truth
from claimpos.dossier.dates import day_of
from claimpos.dossier.evidence import known_by
from claimpos.dossier.model import NOTHING, Basis, Cell, Dossier, Entry, Issue, PartialDate
from claimpos.dossier.outcomes import Number, QuantitySpace, Range
from claimpos.errors import WrongUsage

if TYPE_CHECKING:
    from claimpos.comparison.alterations import Fragility


class CellVerdict(NamedTuple):
    """The verdict on one cell.

    Attributes:
        case: The cell among the parties, with the facts that explain the verdict.
        outcomes: The outcomes that are acceptable to all parties.
        gap: For a quantity in conflict, the distance between the parties at odds.
        without_silent: If some parties have no position, the case of those that have one.
        hangs_on: The statements on which the verdict hangs, if that was worked out.
    """

    case: Case
    outcomes: tuple[str, ...] | tuple[Range, ...] = ()
    gap: Number | None = None
    without_silent: Case | None = None
    hangs_on: "Fragility | None" = None

    @property
    def cell(self) -> Cell:
        return self.case.cell

    @property
    def verdict(self) -> Verdict:
        return self.case.verdict

    @property
    def reason(self) -> Reason:
        return self.case.reason

    @property
    def reported_reason(self) -> Reason:
        """The reason that reports give; see `Case.reported_reason`."""
        return self.case.reported_reason

    @property
    def meeting_without(self) -> Mapping[str, int]:
        """See `Case.meeting_without`."""
        return self.case.meeting_without

    @property
    def apart(self) -> tuple[Apart, ...]:
        """See `Case.apart`."""
        return self.case.apart


class IssueVerdict(NamedTuple):
    """The verdict on an issue, and on each of its cells that is compared.

    `case` is that of the only cell. For an issue with items, it is that of the issue as a whole,
    which explains the verdict if no party names an item.
    """

    issue: Issue
    verdict: Verdict
    reason: Reason | None
    cells: tuple[CellVerdict, ...]
    case: Case
    positions: Mapping[str, Entry | None]
    lapsed: Mapping[str, date]
    """The last day of the position that a party had, where it has none now."""
    hangs_on: "Fragility | None" = None

    @property
    def one_voice(self) -> bool:
        """Whether all parties hold the same group's position on every cell."""
        if not self.cells:
            return bool(self.case.one_voice)
        return all(cell.case.one_voice for cell in self.cells)

    @property
    def reported_reason(self) -> Reason | None:
        """The reason as reports give it; see `Case.reported_reason`."""
        return "one-voice" if self.reason and self.case.one_voice else self.reason

    @property
    def silent(self) -> bool:
        """Whether it is unresolved, and a party has no position on one of its cells."""
        if self.verdict != "unresolved":
            return False
        return "silent" in {self.reason, *(cell.reason for cell in self.cells)}


class Comparison(NamedTuple):
    """How the positions of some parties compare on one day.

    Attributes:
        dossier: The dossier, without everything said after the day.
        common: The evaluation from which the verdicts come; it also answers further questions.
        set_aside: The number of entries whose evidence is too weak, wholly or in part.
        summary: How many issues have each verdict.
    """

    dossier: Dossier
    parties: tuple[str, ...]
    day: date
    basis: Basis
    issues: tuple[IssueVerdict, ...]
    common: Common
    set_aside: int = 0
    summary: Mapping[Verdict, int] = NOTHING
    one_voice: int = 0
    """The number of issues on which all parties hold the same group's position."""
    stale_before: date | None = None
    """Reports mark positions that were last confirmed before this day."""

    @property
    def newest(self) -> dict[str, PartialDate | None]:
        """The date of each party's newest evidence in force on the issues reported."""
        return self.common.table.newest({verdict.issue.id for verdict in self.issues})

    def is_stale(self, entry: Entry | None) -> bool:
        """Whether a position was last confirmed before `stale_before`."""
        return (
            entry is not None
            and self.stale_before is not None
            and entry.confirmed < self.stale_before
        )

    @property
    def silent(self) -> int:
        """The number of unresolved issues on which a party has no position."""
        return sum(issue.silent for issue in self.issues)


def compare(
    dossier: Dossier,
    parties: Sequence[str],
    as_of: date | str | None = None,
    basis: Basis = "inferred",
    issues: Collection[str] | None = None,
) -> Comparison:
    """Compare the positions of two or more parties.

    A group and a party for which it speaks are compared only on issues on which that party has a
    position of its own.

    Args:
        dossier: The dossier.
        parties: The parties' ids.
        as_of: A day, or a text YYYY, YYYY-MM or YYYY-MM-DD, of which the last day is meant. By
            default, the day on which the talks closed or, if they have not, today.
        basis: The weakest evidence that counts.
        issues: The ids of the issues to report; conditions may still lead to any other issue.

    Raises:
        WrongUsage: There are fewer than two parties, or one is named twice; `as_of` is not a date;
            or a member has no position of its own to compare with its group's.
        KeyError: No party has one of the ids.
    """
    return compare_each([(dossier, as_of)], parties, basis, issues)[0]


def compare_each(
    sides: Sequence[tuple[Dossier, date | str | None]],
    parties: Sequence[str],
    basis: Basis = "inferred",
    issues: Collection[str] | None = None,
) -> list[Comparison]:
    """Compare the same parties on the same issues in each dossier as of its day; see `compare`.

    A group and a party for which it speaks are compared on issues on which that party has a
    position of its own in any of them.
    """
    check_parties(parties)
    tables = [_table_of(dossier, parties, as_of, basis) for dossier, as_of in sides]
    compared: set[str] = set()
    for table in tables:
        member = table.member_among(parties)
        compared.update(
            key
            for key in table.dossier.issues
            if (issues is None or key in issues) and (not member or table.has_own_word(member, key))
        )
    if not compared and member:
        _refuse(member, parties, some=issues is not None)
    return [
        compare_table(table, [key for key in table.dossier.issues if key in compared])
        for table in tables
    ]


def _table_of(
    dossier: Dossier, parties: Sequence[str], as_of: date | str | None, basis: Basis
) -> PositionTable:
    day = day_of(as_of, dossier.closed)
    return PositionTable(known_by(dossier, day), parties, day, basis)


def _refuse(member: str, parties: Sequence[str], some: bool) -> NoReturn:
    (group,) = (party for party in parties if party != member)
    if some:
        raise WrongUsage(
            f"“{group}” speaks for “{member}”, which has no position of its own on the issues "
            "chosen; name other issues, or another party"
        )
    raise WrongUsage(
        f"“{group}” speaks for “{member}”, which has no current position of its own to compare "
        "with it; name another party"
    )


def compare_table(table: PositionTable, chosen: Sequence[str]) -> Comparison:
    """The comparison of a table's parties on the issues with these ids."""
    judge = _Judge(table)
    verdicts = tuple(judge.issue(table.dossier.issues[key]) for key in chosen)
    summary = dict.fromkeys(VERDICT_OF.values(), 0)
    for verdict in verdicts:
        summary[verdict.verdict] += 1
    one_voice = sum(verdict.one_voice for verdict in verdicts)
    return Comparison(
        table.dossier,
        table.parties,
        table.day,
        table.basis,
        verdicts,
        judge.common,
        table.set_aside(chosen),
        summary,
        one_voice,
    )


def verdicts_on(table: PositionTable, issues: Iterable[Issue]) -> tuple[IssueVerdict, ...]:
    """The verdicts of the table's parties on these issues."""
    return tuple(map(_Judge(table).issue, issues))


class _Judge:
    def __init__(self, table: PositionTable) -> None:
        self.table = table
        self.common = Common(table, table.parties)

    def issue(self, issue: Issue) -> IssueVerdict:
        cells = tuple(self.cell(cell) for cell in self.common.cells(issue))
        positions = {party: self.table.entry(party, issue.id) for party in self.table.parties}
        lapsed = {
            party: standing.lapsed
            for party in self.table.parties
            if (standing := self.table.standing(party, issue.id)).lapsed is not None
        }
        if issue.kind != "items":
            (cell,) = cells
            return IssueVerdict(
                issue, cell.verdict, cell.reason, cells, cell.case, positions, lapsed
            )
        verdict = VERDICT_OF[self.common.issue_value(issue)]
        reason = None if cells else reason_without_cells(self.common, issue)
        whole = Case(self.common, Cell(issue.id))
        return IssueVerdict(issue, verdict, reason, cells, whole, positions, lapsed)

    def cell(self, cell: Cell) -> CellVerdict:
        case = Case(self.common, cell)
        without_silent = None
        if case.reason == "silent" and len(case.silent) <= len(case.parties) - 2:
            speaking = tuple(party for party in case.parties if party not in case.silent)
            without_silent = Case(self.common.among(speaking), cell)
        space = self.table.space(cell)
        gap = None
        if isinstance(space, QuantitySpace) and case.value is Truth.FALSE and not case.ballot:
            gap = gap_of(case, space)
        outcomes = tuple(space.outcomes(case.agreed))
        return CellVerdict(case, outcomes, gap, without_silent)  # type: ignore[arg-type]


def gap_of(case: Case, space: QuantitySpace) -> Number | None:
    """How far apart the parties at odds are: the largest distance between two of one set.

    It is the distance between what they have not ruled out. None if every two of them have a value
    in common, or if one has ruled out everything.
    """
    gaps = [_gap_among(one, space) for one in case.at_odds.deciding] or [_gap_among(case, space)]
    return max((gap for gap in gaps if gap is not None), default=None)


def _gap_among(case: Case, space: QuantitySpace) -> Number | None:
    left = [space.full & ~case.common.ruled_out(party, case.cell) for party in case.parties]
    if not all(left):
        return None
    return widest_gap(case.common.table, case.cell, space, left)
