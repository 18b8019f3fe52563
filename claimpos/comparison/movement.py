"""How a position moved: what an entry says against the one before it.

To each outcome a party gives an answer: no; no unless conditions hold; nothing yet; yes on
conditions; yes (the page “verdicts” of the guide says how an entry does so).

An entry has *hardened* if some answers are lower in this order than those of the one before, and
none is higher; it has *softened* if some are higher, and none is lower. Conditions are lower than
others if all their ways to a yes ask at least as much, and some ask more. A party that comes to
demand or propose what it has not spoken of, or stops doing so, asks for something else: that
counts neither way. Where answers rose and fell, where conditions only differ, or where nothing but
the asking is new, the entry has *changed*; where every answer is the same, it *restates*.

The figures that a party accepts are judged by their distance from those of other parties: an
entry that narrows it has softened, one that widens it has hardened, whatever else it accepts now or
no longer. Where no distance changed, or there is none, they count like other answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from claimpos.comparison.acceptance import Clause, Stance, stance_of
from claimpos.comparison.figures import DistanceChange, Ranges
from claimpos.comparison.table import all_named, spaces_cut
from claimpos.dossier.model import Cell, Dossier, Entry, Issue
from claimpos.dossier.outcomes import Outcomes, QuantitySpace, Space
from claimpos.records import NamedTuple

Answer = Literal["no", "unless", "unsaid", "conditional", "yes"]
Direction = Literal["hardened", "softened", "changed", "restated"]

_LOW_TO_HIGH: tuple[Answer, ...] = ("no", "unless", "unsaid", "conditional", "yes")
_ON_CONDITIONS = ("unless", "conditional")


class Shift(NamedTuple):
    """Outcomes of a cell to which a party's answer is another one than it was.

    `was` and `now` are the same where only the conditions differ. `asked` says that the party
    demands or proposes the outcomes now or, where they are a yes no longer, did so before.
    """

    cell: Cell
    outcomes: Outcomes
    was: Answer
    now: Answer
    direction: Direction
    asked: bool

    @property
    def neutral(self) -> bool:
        """Whether only what the party asks for is another, which is no movement either way."""
        return self.asked and {self.was, self.now} == {"unsaid", "yes"}

    @property
    def moves_figures(self) -> bool:
        """Whether a yes without conditions was given or taken back."""
        return "yes" in (self.was, self.now) and not {self.was, self.now} & {*_ON_CONDITIONS}


class Movement(NamedTuple):
    """The direction of an entry against an older one, and its shifts in the agenda's order.

    Of a quantity, `figures` are the values that the older and the newer entry say yes to.
    """

    direction: Direction
    shifts: tuple[Shift, ...]
    figures: tuple[Ranges, Ranges] = ((), ())


def movement(
    dossier: Dossier, older: Entry, newer: Entry, distances: Iterable[DistanceChange] = ()
) -> Movement:
    """What moved between two entries on one issue; a quantity is cut where either needs it.

    `distances` are those from other parties' figures that the newer entry changes.
    """
    issue = dossier.issues[newer.issue]
    named = [*all_named(older), *all_named(newer)]
    issues = dict.fromkeys([issue.id, *(cell.issue for cell, _ in named)])
    spaces = spaces_cut([dossier.issues[key] for key in issues], named)

    def space(cell: Cell) -> Space:
        return spaces[cell.issue]

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


def _accepted_figures(entry: Entry, cell: Cell, space: Callable[[Cell], Space]) -> Ranges:
    here = space(cell)
    if not isinstance(here, QuantitySpace):
        return ()
    return tuple(here.outcomes(stance_of(entry, cell, space).yes))


def _shifts(
    issue: Issue, older: Entry, newer: Entry, space: Callable[[Cell], Space]
) -> Iterator[Shift]:
    """The shifts of each cell, those to the highest answers first."""
    for cell in issue.cells():
        before, after = (stance_of(entry, cell, space) for entry in (older, newer))
        here = space(cell)
        for now in reversed(_LOW_TO_HIGH):
            for was in reversed(_LOW_TO_HIGH):
                both = _answered(before, was, here.full) & _answered(after, now, here.full)
                for (direction, asked), mask in _compared(before, after, was, now, both).items():
                    yield Shift(cell, _outcomes(here, mask), was, now, direction, asked)


def _outcomes(space: Space, mask: int) -> Outcomes:
    if isinstance(space, QuantitySpace):
        return tuple(space.outcomes(mask))
    return frozenset(space.outcomes(mask))


def _answered(stance: Stance, answer: Answer, full: int) -> int:
    """The outcomes to which the stance gives this answer."""
    refused = full if stance.demands else stance.refuses
    said = {
        "no": stance.no,
        "unless": stance.conditional & refused,
        "conditional": stance.conditional & ~refused,
        "yes": stance.yes,
    }
    return said.get(answer, full & ~(stance.no | stance.conditional | stance.yes)) & full


def _compared(
    before: Stance, after: Stance, was: Answer, now: Answer, mask: int
) -> dict[tuple[Direction, bool], int]:
    """The outcomes of a mask by the direction in which their answer moved, and whether asked for.

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
        return "changed"  # it rules out and offers at once, or neither any more
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
    """Whether meeting any one of the `others` also meets one of `some`."""
    return all(any(_asks_no_more(clause, other) for clause in some) for other in others)


def _asks_no_more(clause: Clause, other: Clause) -> bool:
    asked = dict(other.requires)
    return clause.subject_to in ("", other.subject_to) and all(
        cell in asked and not asked[cell] & ~mask for cell, mask in clause.requires
    )
