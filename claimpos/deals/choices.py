"""Choices of outcomes that cost the same, pattern by pattern, and how they are merged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add, or_
from typing import Any, NamedTuple

Values = tuple[int, ...]
"""One outcome for each of some variables, in their order."""

Totals = tuple[int, ...]
"""What a choice costs each party."""

_MOST_PATTERNS = 5_000
_MOST_ROWS = 500


class Cost(NamedTuple):
    """What one choice costs a party: how much; whether the matter is of high priority; where, and
    how much there, as bits; and within such a pattern the answers missing, and how far a figure
    lies from its own."""

    party: int = 0
    amount: int = 0
    important: int = 0
    pattern: int = 0
    answers: int = 0
    far: int = 0


class Best(NamedTuple):
    """The packages of one pattern with the fewest answers missing, then the nearest figures.

    A row has the outcomes in the order of the part's variables. If there are more rows than these,
    `reach` has the outcomes that each variable has in any of all.
    """

    answers: int
    far: int
    rows: list[Any]
    reach: Any = None

    @property
    def complete(self) -> bool:
        """Whether these are all rows."""
        return self.reach is None

    @property
    def outcomes(self) -> Values:
        """The outcomes that each variable has in any row, once rows are tuples."""
        if self.reach is not None:
            reached: Values = self.reach
            return reached
        return _together(self.rows)


class Choices(NamedTuple):
    """Choices with the same totals and the fewest matters of high priority, by pattern."""

    important: int
    patterns: dict[int, Best]
    complete: bool


class Merged:
    """The choices that agree on the live variables, and on what is used up.

    With `several`, the same row may be added more than once.
    """

    def __init__(self, several: bool) -> None:
        self.choices: dict[Totals, Choices] = {}
        self._several = several

    def unite(self, choices: Mapping[Totals, Choices]) -> None:
        """Add all choices as they are."""
        for totals, added in choices.items():
            self._merge(totals, added)

    def add(
        self, choices: dict[Totals, Choices], costs: Sequence[Cost], value: int | None, parties: int
    ) -> None:
        """Add all choices, each with one more outcome, or None for none, that has these costs."""
        more = [0] * parties
        important = pattern = answers = far = 0
        for cost in costs:
            more[cost.party] += cost.amount
            important += cost.important
            pattern |= cost.pattern
            answers += cost.answers
            far += cost.far
        for totals, known in choices.items():
            patterns = {
                bits | pattern: Best(
                    best.answers + answers,
                    best.far + far,
                    best.rows if value is None else [(row, value) for row in best.rows],
                    best.reach if value is None or best.complete else (best.reach, value),
                )
                for bits, best in known.patterns.items()
            }
            added = Choices(known.important + important, patterns, known.complete)
            self._merge(tuple(map(add, totals, more)), added)

    def _merge(self, totals: Totals, added: Choices) -> None:
        known = self.choices.get(totals)
        if known is None or added.important < known.important:
            self.choices[totals] = added
        elif added.important == known.important:
            self.choices[totals] = _united(known, added, self._several)


def _united(one: Choices, other: Choices, several: bool) -> Choices:
    patterns = dict(one.patterns)
    complete = one.complete and other.complete
    for pattern, best in other.patterns.items():
        known = patterns.get(pattern)
        if known is None and len(patterns) >= _MOST_PATTERNS:
            complete = False
        elif known is None or best[:2] < known[:2]:
            patterns[pattern] = best
        elif best[:2] == known[:2]:
            rows = known.rows + best.rows
            rows = [*dict.fromkeys(rows)] if several else rows
            if len(rows) <= _MOST_ROWS and known.complete and best.complete:
                patterns[pattern] = best._replace(rows=rows)
            else:
                reached = _chain(_together([*_reached(known), *_reached(best)]))
                patterns[pattern] = Best(*best[:2], rows[:_MOST_ROWS], reached)
    return Choices(one.important, patterns, complete)


def _reached(best: Best) -> Iterator[Values]:
    """Rows in which each variable has every outcome that it has in any of all rows."""
    yield from map(_row, best.rows if best.complete else [best.reach])


def _together(rows: Iterable[Values]) -> Values:
    return tuple(reduce(or_, column) for column in zip(*rows, strict=True))


def listed(choices: Choices) -> Choices:
    """The choices with their rows as tuples of outcomes."""
    patterns = {
        pattern: best._replace(
            rows=[*map(_row, best.rows)], reach=None if best.complete else _row(best.reach)
        )
        for pattern, best in choices.patterns.items()
    }
    return choices._replace(patterns=patterns)


def _row(linked: Any) -> Values:
    values: list[int] = []
    while linked is not None:
        linked, value = linked
        values.append(value)
    return tuple(reversed(values))


def _chain(values: Values) -> Any:
    linked: Any = None
    for value in values:
        linked = linked, value
    return linked
