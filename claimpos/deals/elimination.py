"""The best choices of outcomes, found by going through the cells one by one.

At each step only the outcomes of those cells are kept in mind on which something still to come
depends; of all choices that agree on these, one is dropped if another costs no party more and some
party less (R. Dechter, "Bucket elimination", Artificial Intelligence 113, 1999; E. Rollon and
J. Larrosa, "Bucket elimination for multiobjective optimization", J. Heuristics 12, 2006).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from operator import add, le
from typing import Any, NamedTuple

from claimpos.deals.clock import Clock

Values = tuple[int, ...]
"""One outcome for each of some variables, in their order."""

Totals = tuple[int, ...]
"""What a choice costs each party."""

_MOST_STATES = 20_000
_MOST_CHOICES = 1_000
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


class Factor(NamedTuple):
    """What depends on some variables: its cost, or None for outcomes that cannot be chosen."""

    scope: tuple[int, ...]
    cost: Callable[[Values], Cost | None]


class Best(NamedTuple):
    """The packages of one pattern with the fewest answers missing, then the nearest figures.

    A row has the outcomes in the order of the part's variables; `complete` is False if there are
    more rows.
    """

    answers: int
    far: int
    rows: list[Any]
    complete: bool


class Choices(NamedTuple):
    """Choices with the same totals and the fewest matters of high priority, by pattern."""

    important: int
    patterns: dict[int, Best]
    complete: bool


class Part(NamedTuple):
    """Variables that have no bearing on others, and the choices in them, by their totals.

    `complete` is False if not all choices were gone through: then others may be better.
    """

    variables: tuple[int, ...]
    choices: dict[Totals, Choices]
    complete: bool


def parts_of(
    domains: Sequence[Sequence[int]], factors: Iterable[Factor], parties: int, clock: Clock
) -> list[Part]:
    """The undominated choices for variables with these domains, part by part.

    Raises OutOfTime.
    """
    return [
        _Elimination(domains, own, parties, clock).part(variables)
        for variables, own in _apart(domains, list(factors))
    ]


def undominated(totals: Iterable[Totals]) -> list[Totals]:
    """Those for which no other costs one party less and no party more, the least in sum first."""
    kept: list[Totals] = []
    for one in sorted(set(totals), key=lambda some: (sum(some), some)):
        if not any(all(map(le, other, one)) for other in kept):
            kept.append(one)
    return kept


def _apart(
    domains: Sequence[Sequence[int]], factors: Sequence[Factor]
) -> list[tuple[list[int], list[Factor]]]:
    """The variables in groups such that no factor depends on a choice in two groups."""
    leader = list(range(len(domains)))

    def lead(variable: int) -> int:
        while leader[variable] != variable:
            leader[variable] = variable = leader[leader[variable]]
        return variable

    def joined(factor: Factor) -> Sequence[int]:
        return [one for one in factor.scope if len(domains[one]) > 1] or factor.scope[:1]

    for factor in factors:
        first, *others = joined(factor)
        for other in others:
            leader[lead(other)] = lead(first)
    groups: dict[int, tuple[list[int], list[Factor]]] = {}
    for variable in range(len(domains)):
        groups.setdefault(lead(variable), ([], []))[0].append(variable)
    for factor in factors:
        groups[lead(joined(factor)[0])][1].append(factor)
    return list(groups.values())


class _Elimination:
    def __init__(
        self,
        domains: Sequence[Sequence[int]],
        factors: Sequence[Factor],
        parties: int,
        clock: Clock,
    ) -> None:
        self.domains = domains
        self.waiting = list(factors)
        self.parties = parties
        self.clock = clock
        self.complete = True
        scopes = {one for factor in factors for one in factor.scope}
        self.single = {one: domains[one][0] for one in scopes if len(domains[one]) == 1}

    def part(self, variables: Sequence[int]) -> Part:
        nothing = Best(0, 0, [None], complete=True)
        start = {(0,) * self.parties: Choices(0, {0: nothing}, complete=True)}
        states: dict[Values, dict[Totals, Choices]] = {(): start}
        live: list[int] = []
        ordered = []
        for variable in self._in_order(variables):
            ordered.append(variable)
            live.append(variable)
            states, live = self._step(states, live)
        choices = states.get((), {})
        return Part(
            tuple(ordered), {key: _listed(one) for key, one in choices.items()}, self.complete
        )

    def _in_order(self, variables: Sequence[int]) -> Iterator[int]:
        """The variables such that few stay live: always one of those that complete a factor."""
        left = dict.fromkeys(variables)
        while left:
            open_scopes = [[one for one in factor.scope if one in left] for factor in self.waiting]
            short = min((scope for scope in open_scopes if scope), key=len, default=[*left][:1])
            yield short[0]
            del left[short[0]]

    def _step(
        self, states: dict[Values, dict[Totals, Choices]], live: list[int]
    ) -> tuple[dict[Values, dict[Totals, Choices]], list[int]]:
        """Choose an outcome for the last of the live variables, and forget what is settled."""
        known = {*live, *self.single}
        ready = [factor for factor in self.waiting if known.issuperset(factor.scope)]
        self.waiting = [factor for factor in self.waiting if not known.issuperset(factor.scope)]
        needed = {one for factor in self.waiting for one in factor.scope}
        kept = [place for place, one in enumerate(live) if one in needed]
        costs = _Costs(ready, live, self.single)
        following: dict[Values, _Merged] = {}
        for (values, choices), value in product(states.items(), self.domains[live[-1]]):
            self.clock.check()
            chosen = (*values, value)
            cost = costs.of(chosen)
            if cost is not None:
                key = tuple(chosen[place] for place in kept)
                if key not in following and len(following) >= _MOST_STATES:
                    self.complete = False
                    continue
                following.setdefault(key, _Merged()).add(choices, cost, value, self.parties)
        return {key: self._pruned(one) for key, one in following.items()}, [
            live[place] for place in kept
        ]

    def _pruned(self, merged: _Merged) -> dict[Totals, Choices]:
        if len(merged.choices) == 1:
            return merged.choices
        self.clock.check()
        kept = undominated(merged.choices)
        if len(kept) > _MOST_CHOICES:
            self.complete = False
            kept = sorted(kept, key=lambda totals: sorted(totals, reverse=True))[:_MOST_CHOICES]
        return {totals: merged.choices[totals] for totals in kept}


class _Costs:
    """What the factors that have become known cost, for the values of the live variables."""

    def __init__(
        self, factors: Sequence[Factor], live: Sequence[int], single: dict[int, int]
    ) -> None:
        place = {one: at for at, one in enumerate(live)}
        self._factors = [
            (
                factor.cost,
                [(place.get(one, -1), single.get(one, 0)) for one in factor.scope],
            )
            for factor in factors
        ]
        self._known: list[dict[Values, Cost | None]] = [{} for _ in factors]

    def of(self, chosen: Values) -> list[Cost] | None:
        """What these outcomes cost; None if they cannot be chosen."""
        costs = []
        for (cost_of, places), known in zip(self._factors, self._known, strict=True):
            values = tuple(fixed if at < 0 else chosen[at] for at, fixed in places)
            if values not in known:
                known[values] = cost_of(values)
            cost = known[values]
            if cost is None:
                return None
            if any(cost[1:]):
                costs.append(cost)
        return costs


class _Merged:
    """The choices that agree on the live variables."""

    def __init__(self) -> None:
        self.choices: dict[Totals, Choices] = {}

    def add(
        self, choices: dict[Totals, Choices], costs: Sequence[Cost], value: int, parties: int
    ) -> None:
        """Add all choices, each with one more outcome that has these costs."""
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
                    [(row, value) for row in best.rows],
                    best.complete,
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
            self.choices[totals] = _united(known, added)


def _united(one: Choices, other: Choices) -> Choices:
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
            all_rows = known.complete and best.complete and len(rows) <= _MOST_ROWS
            patterns[pattern] = Best(*best[:2], rows[:_MOST_ROWS], all_rows)
    return Choices(one.important, patterns, complete)


def _listed(choices: Choices) -> Choices:
    """The choices with their rows as tuples of outcomes."""
    patterns = {
        pattern: best._replace(rows=[_row(row) for row in best.rows])
        for pattern, best in choices.patterns.items()
    }
    return choices._replace(patterns=patterns)


def _row(linked: Any) -> Values:
    values: list[int] = []
    while linked is not None:
        linked, value = linked
        values.append(value)
    return tuple(reversed(values))
