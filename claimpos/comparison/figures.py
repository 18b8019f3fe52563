"""The figures that parties accept on a quantity, and how they moved towards others or away.

Figures of two days, or of two versions of a dossier, are compared as ranges, because the quantity
is cut differently in each.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Literal, NamedTuple

from claimpos.comparison.acceptance import stance_of
from claimpos.comparison.case import Case
from claimpos.comparison.distances import EACH_PAIR, spend_on_pairs
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.table import all_named, spaces_cut
from claimpos.dossier.model import Cell, Entry
from claimpos.dossier.outcomes import Nearest, Number, QuantitySpace, Range, difference

Ranges = tuple[Range, ...]
"""Values in ranges that do not overlap, in ascending order."""

End = Literal["", "lower", "upper"]


class Figure(NamedTuple):
    """The end of a party's accepted figures that is nearest to another party.

    `value` is None if they have no such end; `end` says which end it is, if there are two.
    """

    value: Number | None
    end: End


class FigureMove(NamedTuple):
    """How the figure nearest to another party moved.

    `restated` says that the position is the same, and that the figure moved because a condition is
    now met or no longer is.
    """

    was: Figure
    now: Figure
    restated: bool = False

    @property
    def by(self) -> Number | None:
        """By how much it moved, upwards if positive; None if there was, or is, no such end."""
        if self.was.value is None or self.now.value is None:
            return None
        return difference(self.now.value, self.was.value)


class DistanceChange(NamedTuple):
    """Two sides whose distance changed; all parties of a side have the same figures.

    A distance is None if the sides have a value in common. `before` and `after` are the figures of
    both sides, of a quantity that can have the values of `domain`; `restated` as in `FigureMove`.
    """

    cell: Cell
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    was: Number | None
    now: Number | None
    before: tuple[Ranges, Ranges]
    after: tuple[Ranges, Ranges]
    domain: Range
    restated: tuple[bool, bool] = (False, False)

    @property
    def narrowed(self) -> bool:
        """Whether the sides are nearer to each other than before."""
        return _height(self.now) < _height(self.was)

    @property
    def moves(self) -> tuple[FigureMove | None, FigureMove | None]:
        """How the figures of each side moved; None for a side that did not move."""
        old, new = nearest(*self.before), nearest(*self.after)
        first, second = (
            None
            if was == now
            else FigureMove(
                _figure(was, old, new, at, self.domain),
                _figure(now, new, old, at, self.domain),
                self.restated[at],
            )
            for at, (was, now) in enumerate(zip(self.before, self.after, strict=True))
        )
        return first, second


def _height(distance: Number | None) -> Number:
    return -1 if distance is None else distance


def nearest(one: Ranges, other: Ranges) -> Nearest | None:
    """The place where two sets of values are nearest; None if they have a value in common."""
    parts = sorted([*((part, 0) for part in one), *((part, 1) for part in other)], key=_place)
    found: Nearest | None = None
    for (below, mine), (above, others) in pairwise(parts):
        if mine != others:
            distance = _between(below, above)
            if distance is None:
                return None
            if found is None or distance < found.distance:
                found = Nearest(distance, *((above, below) if mine else (below, above)))
    return found


def _place(part: tuple[Range, int]) -> tuple[bool, Number, bool]:
    low = part[0].low
    return low is not None, low or 0, part[0].low_open


def _between(below: Range, above: Range) -> Number | None:
    """The distance between two ranges, of which `below` begins first; None if they overlap."""
    if below.high is None or above.low is None:
        return None
    distance = difference(above.low, below.high)
    touching = distance == 0 and (below.high_open or above.low_open)
    return distance if distance > 0 or touching else None


def distance_change(
    cell: Cell,
    sides: tuple[tuple[str, ...], tuple[str, ...]],
    before: tuple[Ranges, Ranges],
    after: tuple[Ranges, Ranges],
    domain: Range,
) -> DistanceChange | None:
    """How the distance between two sides changed; None if it did not, or a side has no figures."""
    if not all((*before, *after)):
        return None
    old, new = nearest(*before), nearest(*after)
    was, now = (None if one is None else one.distance for one in (old, new))
    return None if was == now else DistanceChange(cell, sides, was, now, before, after, domain)


def _figure(
    ranges: Ranges, here: Nearest | None, there: Nearest | None, at: int, domain: Range
) -> Figure:
    """The end nearest to the other side, in one of the two comparisons.

    Args:
        ranges: The side's figures in this comparison.
        here: Where the sides are nearest in this comparison; None if they overlap.
        there: The same in the other comparison, which then shows the direction.
        at: Which of the two sides it is, 0 or 1.
        domain: The values that the quantity can have.
    """
    place = here or there
    assert place is not None  # the distance changed, so the sides do not overlap in both
    up = _is_below(place, at)
    outermost = ranges[-1] if up else ranges[0]
    facing = outermost if here is None else _sides(here, at)[0]
    value = facing.high if up else facing.low
    two_ends = len(ranges) == 1 and not facing.is_point and not _ends_with(facing, domain)
    end: End = "" if not two_ends else "upper" if up else "lower"
    return Figure(value, end)


def _sides(place: Nearest, at: int) -> tuple[Range, Range]:
    """The range of side `at`, then that of the other side."""
    return (place.one, place.other) if at == 0 else (place.other, place.one)


def _is_below(place: Nearest, at: int) -> bool:
    one, other = _sides(place, at)
    return one.high is not None and other.low is not None and one.high <= other.low


def _ends_with(stretch: Range, domain: Range) -> bool:
    """Whether a range has no end in one direction, or ends where the quantity does."""
    return stretch.low in (None, domain.low) or stretch.high in (None, domain.high)


def distance_changes(
    before: Iterable[tuple[Cell, Case]], after: Iterable[tuple[Cell, Case]]
) -> Iterator[DistanceChange]:
    """How the distance between every two parties changed, on quantities in both comparisons."""
    old = dict(before)
    for cell, case in after:
        earlier = old.get(cell)
        space = case.common.table.space(cell)
        if earlier is None or not isinstance(space, QuantitySpace):
            continue
        if not isinstance(earlier.common.table.space(cell), QuantitySpace):
            continue
        alike: dict[tuple[Ranges, Ranges, bool], list[str]] = {}
        for party in case.parties:
            old_figures, figures = _accepted(earlier, party), _accepted(case, party)
            if old_figures and figures:
                restated = _entry(earlier, party) == _entry(case, party)
                alike.setdefault((old_figures, figures, restated), []).append(party)
        pieces = [len(figures) + len(old_figures) for old_figures, figures, _ in alike]
        spend_on_pairs(case.common.table, cell, pieces)
        for one, other in combinations(alike, 2):
            sides = tuple(alike[one]), tuple(alike[other])
            ends = (one[0], other[0]), (one[1], other[1])
            changed = distance_change(cell, sides, *ends, space.domain)
            if changed is not None:
                yield changed._replace(restated=(one[2], other[2]))


def _entry(case: Case, party: str) -> Entry | None:
    return case.common.table.entry(party, case.cell.issue)


def _accepted(case: Case, party: str) -> Ranges:
    if party not in case.parties:
        return ()
    space = case.common.table.space(case.cell)
    assert isinstance(space, QuantitySpace)
    return tuple(space.outcomes(case.common.accepted(party, case.cell)))


class Figures:
    """The figures that parties accept without conditions, worked out once for each position."""

    def __init__(self, timelines: EffectiveTimelines, parties: Sequence[str]) -> None:
        self.dossier = timelines.dossier
        self.timelines = timelines
        self.parties = parties
        self._ranges: dict[int, tuple[Entry, Ranges]] = {}  # with the entry, which keeps its id
        # Of each quantity, the day that was asked for last; those of all days could be very many.
        self._standing: dict[Cell, tuple[date, dict[Ranges, list[tuple[str, str]]]]] = {}

    def of(self, entry: Entry, cell: Cell) -> Ranges:
        """The figures that an entry accepts without conditions."""
        if id(entry) not in self._ranges:
            named = list(all_named(entry))
            issues = dict.fromkeys([cell.issue, *(other.issue for other, _ in named)])
            spaces = spaces_cut([self.dossier.issues[key] for key in issues], named)
            stance = stance_of(entry, cell, lambda other: spaces[other.issue])
            space = spaces[cell.issue]
            assert isinstance(space, QuantitySpace)
            self._ranges[id(entry)] = entry, tuple(space.outcomes(stance.yes))
        return self._ranges[id(entry)][1]

    def changes(
        self, party: str, older: Entry, newer: Entry, day: date
    ) -> tuple[DistanceChange, ...]:
        """How a new entry changes the distances of its party from all others on a day.

        A group and the members for which it speaks move together, so they are not compared.

        Raises WrongUsage if it takes more steps than the limit allows, those of all calls together.
        """
        issue = self.dossier.issues[newer.issue]
        if issue.kind != "quantity":
            return ()
        cell = Cell(issue.id)
        before, after = self.of(older, cell), self.of(newer, cell)
        if not before or not after or before == after:
            return ()
        voice = newer.group or party
        alike = self._others(cell, day)
        steps = EACH_PAIR + len(before) + len(after)
        self.timelines.effort.spend(cell, steps * len(alike) + 2 * sum(map(len, alike)))
        found = (
            distance_change(
                cell, ((party,), others), (before, figures), (after, figures), issue.domain
            )
            for figures, parties in alike.items()
            if (others := tuple(other for other, whose in parties if whose != voice))
        )
        return tuple(change for change in found if change is not None)

    def _others(self, cell: Cell, day: date) -> dict[Ranges, list[tuple[str, str]]]:
        """The parties that accept the same figures on a day, each with its position's holder."""
        known = self._standing.get(cell)
        if known is None or known[0] != day:
            alike: dict[Ranges, list[tuple[str, str]]] = {}
            for party in self.parties:
                (standing,) = self.timelines.standings(party, cell.issue, [day])
                entry = standing.entry
                if entry is not None and (figures := self.of(entry, cell)):
                    alike.setdefault(figures, []).append((party, entry.group or party))
            known = self._standing[cell] = day, alike
        return known[1]
