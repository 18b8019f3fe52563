"""How a position moved: an entry compared with the one before it.

To each outcome, an entry gives one of these answers, from low to high: no; no unless conditions are
met; no answer; yes on conditions; yes (see the page “verdicts” of the guide).

An entry has *hardened* if some answers are lower than before and none is higher; it has *softened*
if some are higher and none is lower. Conditions are lower than others if each of them demands at
least as much, and some demand more. To begin or stop to call for an outcome, on which there was or
is no answer, counts neither way. If some answers are higher and others lower, if conditions merely
differ, or if only what the party calls for is new, the entry has *changed*. If every answer is the
same, the position is *restated*.

Accepted figures are judged by their distance from those of other parties: an entry that narrows it
has softened, one that widens it has hardened, whatever else it accepts or no longer does. If no
distance changed, or there is none, figures count like other answers.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from claimpos.comparison.acceptance import Clause, Stance, stance_of
from claimpos.comparison.figures import DistanceChange, Ranges
from claimpos.comparison.table import all_named, spaces_cut
from claimpos.dossier.model import Cell, Dossier, Entry, Issue
from claimpos.dossier.outcomes import Outcomes, QuantitySpace, Space

Answer = Literal["no", "unless", "unsaid", "conditional", "yes"]
Direction = Literal["hardened", "softened", "changed", "restated"]

_LOW_TO_HIGH: tuple[Answer, ...] = ("no", "unless", "unsaid", "conditional", "yes")
_ON_CONDITIONS = ("unless", "conditional")


class Shift(NamedTuple):
    """Outcomes of a cell to which a party's answer changed.

    `was` and `now` are the same if only the conditions changed. `asked` says that the party demands
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
        return self.asked and {self.was, self.now} == {"unsaid", "yes"}

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
    dossier: Dossier, older: Entry, newer: Entry, distances: Iterable[DistanceChange] = ()
) -> Movement:
    """What moved between two entries on one issue.

    `distances` are the distances from other parties' figures that the newer entry changes.
    """
    issue = dossier.issues[newer.issue]
    space = _spaces_of(dossier, older, newer)
    shifts = tuple(_shifts(issue, older, newer, space))
    whole = Cell(issue.id)
    figures = _accepted_figures(older, whole, space), _accepted_figures(newer, whole, space)
    nearer: set[Direction] = {"softened" if one.narrowed else "hardened" for one in distances}
    votes = nearer | {
        shift.direction
        for shift in shifts
        if not shift.neutral and not (nearer and shift.moves_figures)
    }
    if not votes:
        return Movement("changed" if shifts else "restated", shifts, figures)
    return Movement(votes.pop() if len(votes) == 1 else "changed", shifts, figures)


def has_moved(
    dossier: Dossier, older: Entry, newer: Entry, cells: Collection[Cell] | None = None
) -> bool:
    """Whether two entries on one issue differ in any answer, on all cells or on these."""
    space = _spaces_of(dossier, older, newer)
    found = _shifts(dossier.issues[newer.issue], older, newer, space)
    return any(cells is None or shift.cell in cells for shift in found)


def _spaces_of(dossier: Dossier, older: Entry, newer: Entry) -> Callable[[Cell], Space]:
    named = [*all_named(older), *all_named(newer)]
    issues = dict.fromkeys([newer.issue, *(cell.issue for cell, _ in named)])
    spaces = spaces_cut([dossier.issues[key] for key in issues], named)
    return lambda cell: spaces[cell.issue]


def _accepted_figures(entry: Entry, cell: Cell, space: Callable[[Cell], Space]) -> Ranges:
    here = space(cell)
    if not isinstance(here, QuantitySpace):
        return ()
    return tuple(here.outcomes(stance_of(entry, cell, space).yes))


def _shifts(
    issue: Issue, older: Entry, newer: Entry, space: Callable[[Cell], Space]
) -> Iterator[Shift]:
    """The shifts on each cell, those to the highest answers first."""
    for cell in issue.cells():
        before, after = (stance_of(entry, cell, space) for entry in (older, newer))
        if before == after:
            continue
        here = space(cell)
        answers = _answers(before, here.full)
        for now, answered in _answers(after, here.full).items():
            for was, outcomes in answers.items():
                if both := outcomes & answered:
                    moved = _compared(before, after, was, now, both)
                    for (direction, asked), mask in moved.items():
                        yield Shift(cell, _outcomes(here, mask), was, now, direction, asked)


def _outcomes(space: Space, mask: int) -> Outcomes:
    if isinstance(space, QuantitySpace):
        return tuple(space.outcomes(mask))
    return frozenset(space.outcomes(mask))


def _answers(stance: Stance, full: int) -> dict[Answer, int]:
    """The outcomes to which the stance gives each answer, from high to low."""
    refused = full if stance.demands else stance.refuses
    return {
        "yes": full & stance.yes,
        "conditional": full & stance.conditional & ~refused,
        "unsaid": full & ~(stance.no | stance.conditional | stance.yes),
        "unless": full & stance.conditional & refused,
        "no": full & stance.no,
    }


def _compared(
    before: Stance, after: Stance, was: Answer, now: Answer, mask: int
) -> dict[tuple[Direction, bool], int]:
    """The outcomes of a mask by direction, and by whether the party calls, or called, for them.

    Those whose answer is the same are left out.
    """
    found: dict[tuple[Direction, bool], int] = {}
    asking = after if now == "yes" else before
    asked = asking.demands | asking.proposes
    for bit in range(mask.bit_length()):
        one = mask & 1 << bit
        direction = _direction(before, after, was, now, one) if one else "restated"
        if direction != "restated":
            key = direction, bool(one & asked)
            found[key] = found.get(key, 0) | one
    return found


def _direction(before: Stance, after: Stance, was: Answer, now: Answer, one: int) -> Direction:
    up = _LOW_TO_HIGH.index(now) - _LOW_TO_HIGH.index(was)
    if {was, now} == {"unless", "unsaid"}:
        return "changed"  # a rejection and an offer begin together, or end together
    if not (was in _ON_CONDITIONS and now in _ON_CONDITIONS):
        return "softened" if up > 0 else "hardened" if up else "restated"
    old = [clause for clause in before.clauses if clause.mask & one]
    new = [clause for clause in after.clauses if clause.mask & one]
    eased, tightened = up >= 0 and _covers(new, old), up <= 0 and _covers(old, new)
    if eased and tightened:
        return "restated"
    if eased or tightened:
        return "softened" if eased else "hardened"
    return "changed"


def _covers(some: Iterable[Clause], others: Iterable[Clause]) -> bool:
    """Whether meeting any of the `others` also meets one of `some`."""
    return all(any(_asks_no_more(clause, other) for clause in some) for other in others)


def _asks_no_more(clause: Clause, other: Clause) -> bool:
    asked = dict(other.requires)
    return clause.subject_to in ("", other.subject_to) and all(
        cell in asked and not asked[cell] & ~mask for cell, mask in clause.requires
    )
