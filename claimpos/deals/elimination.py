"""The best choices of outcomes, found by going through the cells one by one.

At each step only the outcomes of those cells are kept in mind on which something still to come
depends; of all choices that agree on these, one is dropped if another costs no party more and some
party less (R. Dechter, "Bucket elimination", Artificial Intelligence 113, 1999; E. Rollon and
J. Larrosa, "Bucket elimination for multiobjective optimization", J. Heuristics 12, 2006).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from operator import add, le
from typing import NamedTuple

from claimpos.deals.choices import Best, Choices, Cost, Merged, Totals, Values, listed
from claimpos.deals.clock import Clock

Spent = tuple[int, ...]
"""What a choice uses up of a budget, without what no longer matters."""

_MOST_STATES = 20_000
_MOST_CHOICES = 1_000


class Factor(NamedTuple):
    """What depends on some variables: its cost, or None for outcomes that cannot be chosen."""

    scope: tuple[int, ...]
    cost: Callable[[Values], Cost | None]


class Budget(NamedTuple):
    """What outcomes use up besides, of which choices may not use up too much.

    `uses` are, by variable and outcome, the ways in which it is used up; `start` those in which it
    is to begin with. `reduced` drops what no longer matters of what is used up, given the most that
    may still be; it is None for too much. Without `complete`, there are more ways.
    """

    uses: Mapping[int, Mapping[int, Sequence[Spent]]]
    start: Sequence[Spent]
    reduced: Callable[[Spent, Spent], Spent | None]
    complete: bool = True


NO_BUDGET = Budget({}, ((),), lambda spent, to_come: spent)


class Part(NamedTuple):
    """Variables that have no bearing on others, and the choices in them, by their totals.

    `complete` is False if not all choices were gone through: then others may be better.
    """

    variables: tuple[int, ...]
    choices: dict[Totals, Choices]
    complete: bool


def parts_of(
    domains: Sequence[Sequence[int]],
    factors: Iterable[Factor],
    parties: int,
    clock: Clock,
    budget: Budget = NO_BUDGET,
    helpers: Collection[int] = (),
) -> list[Part]:
    """The undominated choices for variables with these domains, part by part.

    `helpers` are variables that make factors smaller and are in no part: whatever the others are,
    that outcome counts which costs the least. A part without choices means that there are none at
    all. Raises OutOfTime.
    """
    parts = [
        _Elimination(domains, own, parties, clock, budget, helpers).part(variables)
        for variables, own in _apart(domains, [*clock.checked(factors)], budget)
    ]
    is_possible = any(budget.reduced(one, (0,) * len(one)) is not None for one in budget.start)
    return parts if budget.uses or is_possible else [*parts, Part((), {}, complete=True)]


def most_of(ways: Iterable[Spent]) -> Spent:
    """The most that each may be."""
    return tuple(map(max, zip(*ways, strict=True)))


def summed(some: Iterable[Spent]) -> Spent:
    """The sum of each."""
    return tuple(map(sum, zip(*some, strict=True)))


def undominated(totals: Iterable[Totals]) -> list[Totals]:
    """Those for which no other costs one party less and no party more, the least in sum first."""
    kept: list[Totals] = []
    for one in sorted(set(totals), key=lambda some: (sum(some), some)):
        if not any(all(map(le, other, one)) for other in kept):
            kept.append(one)
    return kept


def _apart(
    domains: Sequence[Sequence[int]], factors: Sequence[Factor], budget: Budget
) -> list[tuple[list[int], list[Factor]]]:
    """The variables in groups such that no factor, nor the budget, depends on two groups."""
    leader = list(range(len(domains)))

    def lead(variable: int) -> int:
        while leader[variable] != variable:
            leader[variable] = variable = leader[leader[variable]]
        return variable

    def joined(factor: Factor) -> Sequence[int]:
        return [one for one in factor.scope if len(domains[one]) > 1] or factor.scope[:1]

    for first, *others in [*map(joined, factors), *([[*budget.uses]] if budget.uses else [])]:
        for other in others:
            leader[lead(other)] = lead(first)
    groups: dict[int, tuple[list[int], list[Factor]]] = {}
    for variable in range(len(domains)):
        groups.setdefault(lead(variable), ([], []))[0].append(variable)
    for factor in factors:
        groups[lead(joined(factor)[0])][1].append(factor)
    return list(groups.values())


_States = dict[tuple[Values, Spent], dict[Totals, Choices]]
"""Choices, by the outcomes of the live variables and what is used up."""


class _Elimination:
    def __init__(
        self,
        domains: Sequence[Sequence[int]],
        factors: Sequence[Factor],
        parties: int,
        clock: Clock,
        budget: Budget,
        helpers: Collection[int],
    ) -> None:
        self.domains = domains
        self.waiting = list(factors)
        self.helpers = helpers
        self.parties = parties
        self.clock = clock
        self.complete = budget.complete
        self.budget = budget
        self.to_come = {
            one: most_of(chain.from_iterable(by.values())) for one, by in budget.uses.items()
        }
        scopes = {one for factor in factors for one in factor.scope}
        # Ways in which the same outcomes are chosen lead to the same row more than once.
        self.several = (
            not scopes.isdisjoint(helpers)
            or len(budget.start) > 1
            or any(len(ways) > 1 for by in budget.uses.values() for ways in by.values())
        )
        self.single = {one: domains[one][0] for one in scopes if len(domains[one]) == 1}

    def part(self, variables: Sequence[int]) -> Part:
        nothing = Best(0, 0, [None])
        start = {(0,) * self.parties: Choices(0, {0: nothing}, complete=True)}
        states: _States = {((), ()): start}
        if not self.budget.uses.keys().isdisjoint(variables):
            nothing_used = (0,) * len(self.budget.start[0])
            states = {((), one): start for one in self._used(self.budget.start, nothing_used)}
        live: list[int] = []
        ordered = []
        for variable in self._in_order(variables):
            if variable not in self.helpers:
                ordered.append(variable)
            live.append(variable)
            states, live = self._step(states, live)
        whole = Merged(self.several)
        for some in states.values():
            whole.unite(some)
        choices = self._pruned(whole)
        return Part(
            tuple(ordered), {key: listed(one) for key, one in choices.items()}, self.complete
        )

    def _used(self, ways: Iterable[Spent], before: Spent) -> set[Spent]:
        """What is used up by any of some ways after what was before, unless it is too much."""
        to_come = summed([(0,) * len(before), *self.to_come.values()])
        used = (self.budget.reduced(tuple(map(add, before, one)), to_come) for one in ways)
        return {one for one in used if one is not None}

    def _in_order(self, variables: Sequence[int]) -> Iterator[int]:
        """The variables such that few stay live: always one of those that complete a factor."""
        left = dict.fromkeys(variables)
        for helper in left.keys() & self.helpers:
            yield helper
            del left[helper]
        while left:
            open_scopes = [[one for one in factor.scope if one in left] for factor in self.waiting]
            short = min((scope for scope in open_scopes if scope), key=len, default=[*left][:1])
            yield short[0]
            del left[short[0]]

    def _step(self, states: _States, live: list[int]) -> tuple[_States, list[int]]:
        """Choose an outcome for the last of the live variables, and forget what is settled."""
        known = {*live, *self.single}
        ready = [factor for factor in self.waiting if known.issuperset(factor.scope)]
        self.waiting = [factor for factor in self.waiting if not known.issuperset(factor.scope)]
        needed = {one for factor in self.waiting for one in factor.scope}
        kept = [place for place, one in enumerate(live) if one in needed]
        costs = _Costs(ready, live, self.single)
        is_told = live[-1] not in self.helpers
        uses = self.budget.uses.get(live[-1])
        self.to_come.pop(live[-1], None)
        following: dict[tuple[Values, Spent], Merged] = {}
        for ((values, spent), choices), value in product(states.items(), self.domains[live[-1]]):
            self.clock.check()
            chosen = (*values, value)
            cost = costs.of(chosen)
            if cost is None:
                continue
            for used in [spent] if uses is None else self._used(uses[value], spent):
                key = (tuple(chosen[place] for place in kept), used)
                if key not in following and len(following) >= _MOST_STATES:
                    self.complete = False
                    continue
                merged = following.setdefault(key, Merged(self.several))
                merged.add(choices, cost, value if is_told else None, self.parties)
        return {key: self._pruned(one) for key, one in following.items()}, [
            live[place] for place in kept
        ]

    def _pruned(self, merged: Merged) -> dict[Totals, Choices]:
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
