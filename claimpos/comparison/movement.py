"""How a position moved: an entry compared with the one before it.

To each outcome, an entry gives one of these answers, from low to high: no; no unless conditions are
met; no answer; yes on conditions; yes (see the page “verdicts” of the guide).

An entry has *hardened* if some answers are lower than before and none is higher; it has *softened*
if some are higher and none is lower. If the answer is the same, its conditions are lower than
before if each of them demands at least as much, and some demand more. To begin or stop to call for
an outcome, on which there was or is no answer or which is accepted before and after, counts neither
way. If some answers are higher and others lower, if conditions merely differ, or if only what the
party calls for is new, the entry has *changed*. If nothing of this is so, the position is
*restated*.

Accepted figures are judged by their distance from those of other parties: an entry that narrows it
has softened, one that widens it has hardened, whatever else it accepts or no longer does. What it
rules out, or no longer does, counts beside that. If no distance changed, or there is none, figures
count like other answers.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import xor
from typing import Literal, NamedTuple

from claimpos.comparison.acceptance import Clause, Stance, stance_of
from claimpos.comparison.effort import Effort
from claimpos.comparison.figures import DistanceChange, Ranges
from claimpos.comparison.table import spaces_of
from claimpos.dossier.model import Cell, Dossier, Entry
from claimpos.dossier.outcomes import Outcomes, QuantitySpace, Space

Answer = Literal["no", "unless", "unsaid", "conditional", "yes"]
Direction = Literal["hardened", "softened", "changed", "restated"]
Spend = Callable[[int], None]
"""Counts steps."""

_LOW_TO_HIGH: tuple[Answer, ...] = ("no", "unless", "unsaid", "conditional", "yes")
_ON_CONDITIONS = ("unless", "conditional")


class Shift(NamedTuple):
    """Outcomes of a cell to which a party's answer changed.

    `was` and `now` are the same if only the conditions changed, or only whether the party calls for
    the outcomes that it accepts. `asked` says that the party demands
    or proposes the outcomes now or, if it no longer accepts them, did so before.
    """

    cell: Cell
    outcomes: Outcomes
    was: Answer
    now: Answer
    direction: Direction
    asked: bool

    @property
    def neutral(self) -> bool:
        """Whether only what the party calls for changed, which is no movement either way."""
        answers = {self.was, self.now}
        return answers == {"yes"} or (
            self.asked and "unsaid" in answers and bool(answers & {"yes", "conditional"})
        )

    @property
    def counts_as(self) -> Direction:
        """The direction of the step between two answers, whatever becomes of their conditions."""
        if (self.was, self.now) == ("unless", "conditional"):
            return "softened"
        return "hardened" if (self.was, self.now) == ("conditional", "unless") else self.direction

    @property
    def moves_figures(self) -> bool:
        """Whether an unconditional acceptance began or ended, with no conditions involved."""
        return "yes" in (self.was, self.now) and not {self.was, self.now} & {*_ON_CONDITIONS}


class Movement(NamedTuple):
    """The direction in which an entry moved, and its shifts in the agenda's order.

    For a quantity, `figures` are the values that the older and the newer entry accept.
    """

    direction: Direction
    shifts: tuple[Shift, ...]
    figures: tuple[Ranges, Ranges] = ((), ())


def movement(
    dossier: Dossier,
    older: Entry,
    newer: Entry,
    effort: Effort,
    distances: Iterable[DistanceChange] = (),
) -> Movement:
    """What moved between two entries on one issue.

    `distances` are the distances from other parties' figures that the newer entry changes. Raises
    WrongUsage if `effort`, which counts the comparison of conditions, is at its end.
    """
    issue = dossier.issues[newer.issue]
    space = _spaces_of(dossier, older, newer)
    named = older.named() | newer.named()
    among = [cell for cell in issue.cells() if cell in named]
    shifts = tuple(_shifts(among, older, newer, space, effort))
    whole = Cell(issue.id)
    figures = _accepted_figures(older, whole, space), _accepted_figures(newer, whole, space)
    nearer: set[Direction] = {"softened" if one.narrowed else "hardened" for one in distances}
    votes = nearer | {
        shift.counts_as
        for shift in shifts
        if not shift.neutral and not (nearer and shift.moves_figures)
    }
    votes = votes - {"changed"} or votes
    if not votes:
        return Movement("changed" if shifts else "restated", shifts, figures)
    return Movement(votes.pop() if len(votes) == 1 else "changed", shifts, figures)


def has_moved(
    dossier: Dossier,
    older: Entry,
    newer: Entry,
    effort: Effort,
    cells: Collection[Cell] | None = None,
) -> bool:
    """Whether two entries on one issue differ in any answer, on all cells or on these."""
    if cells is not None:
        cells = [cell for cell in cells if older.on(cell) is not newer.on(cell)]
        if not cells:
            return False
    named = older.named() | newer.named()
    among = named if cells is None else named.intersection(cells)
    if not among:
        return False
    space = _spaces_of(dossier, older, newer)
    return any(True for _ in _shifts(among, older, newer, space, effort))


def _spaces_of(dossier: Dossier, older: Entry, newer: Entry) -> Callable[[Cell], Space]:
    spaces = spaces_of(dossier, newer, older)
    return lambda cell: spaces[cell.issue]


def _accepted_figures(entry: Entry, cell: Cell, space: Callable[[Cell], Space]) -> Ranges:
    here = space(cell)
    if not isinstance(here, QuantitySpace):
        return ()
    return tuple(here.outcomes(stance_of(entry, cell, space).yes))


def _shifts(
    cells: Iterable[Cell],
    older: Entry,
    newer: Entry,
    space: Callable[[Cell], Space],
    effort: Effort,
) -> Iterator[Shift]:
    """The shifts on each of the cells, those to the highest answers first."""
    for cell in cells:
        before, after = (stance_of(entry, cell, space) for entry in (older, newer))
        if before == after:
            continue
        spend = partial(effort.spend, cell)
        here = space(cell)
        answers = _answers(before, here.full)
        for now, answered in _answers(after, here.full).items():
            for was, outcomes in answers.items():
                if both := outcomes & answered:
                    moved = _compared(before, after, was, now, both, spend)
                    for (direction, asked), mask in moved.items():
                        yield Shift(cell, _outcomes(here, mask), was, now, direction, asked)


def _outcomes(space: Space, mask: int) -> Outcomes:
    if isinstance(space, QuantitySpace):
        return tuple(space.outcomes(mask))
    return frozenset(space.outcomes(mask))


def _answers(stance: Stance, full: int) -> dict[Answer, int]:
    """The outcomes to which the stance gives each answer, from high to low."""
    called_for = stance.demands | stance.proposes
    refused = stance.refuses | (full & ~called_for if stance.demands else 0)
    return {
        "yes": full & stance.yes,
        "conditional": full & stance.conditional & ~refused,
        "unsaid": full & ~(stance.no | stance.conditional | stance.yes),
        "unless": full & stance.conditional & refused,
        "no": full & stance.no,
    }


def _compared(
    before: Stance, after: Stance, was: Answer, now: Answer, mask: int, spend: Spend
) -> dict[tuple[Direction, bool], int]:
    """The outcomes of a mask by direction, and by whether the party calls, or called, for them.

    Those whose answer is the same are left out.
    """
    asking = after if now in ("yes", "conditional") else before
    asked = asking.demands | asking.proposes
    found = {
        (direction, is_asked): those & (asked if is_asked else ~asked)
        for direction, those in _directions(before, after, was, now, mask, spend).items()
        for is_asked in (True, False)
    }
    return dict(sorted((one for one in found.items() if one[1]), key=lambda one: one[1] & -one[1]))


def _directions(
    before: Stance, after: Stance, was: Answer, now: Answer, mask: int, spend: Spend
) -> dict[Direction, int]:
    """The outcomes of a mask by direction, without those on which the position is restated."""
    up = _LOW_TO_HIGH.index(now) - _LOW_TO_HIGH.index(was)
    if {was, now} == {"unless", "unsaid"}:
        return {"changed": mask}  # a rejection and an offer begin together, or end together
    if was == now == "yes":
        called = (one.demands | one.proposes for one in (before, after))
        return {"changed": mask & xor(*called)}
    if not (was in _ON_CONDITIONS and now in _ON_CONDITIONS):
        return {"softened" if up > 0 else "hardened": mask} if up else {}
    old, new = before.clauses, after.clauses
    eased = mask & ~_uncovered(new, old, mask, spend) if up >= 0 else 0
    tightened = mask & ~_uncovered(old, new, mask, spend) if up <= 0 else 0
    return {
        "softened": eased & ~tightened,
        "hardened": tightened & ~eased,
        "changed": mask & ~eased & ~tightened,
    }


def _uncovered(some: Sequence[Clause], others: Sequence[Clause], mask: int, spend: Spend) -> int:
    """The outcomes of a mask for which meeting one of the `others` may meet none of `some`."""
    alike: dict[tuple[object, str], int] = {}
    for clause in some:
        key = clause.requires, clause.subject_to
        alike[key] = alike.get(key, 0) | clause.mask
    size = sum(1 + len(clause.requires) for clause in some)
    found = 0
    for other in others:
        left = other.mask & mask & ~alike.get((other.requires, other.subject_to), 0)
        if not left:
            continue
        spend(size + len(other.requires))
        asked = dict(other.requires)
        for clause in some:
            if left & clause.mask and _asks_no_more(clause, asked, other.subject_to):
                left &= ~clause.mask
        found |= left
    return found


def _asks_no_more(clause: Clause, asked: Mapping[Cell, int], subject_to: str) -> bool:
    return clause.subject_to in ("", subject_to) and all(
        cell in asked and not asked[cell] & ~mask for cell, mask in clause.requires
    )
