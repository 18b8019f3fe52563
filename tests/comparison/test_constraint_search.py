"""Conditions that must be met together, against trying every combination."""

from __future__ import annotations

from functools import reduce
from itertools import product
from operator import and_

from hypothesis import given
from hypothesis import strategies as st

from claimpos.comparison.constraint_search import Variable, Way, possible_outcomes
from claimpos.dossier.model import Cell

CELLS = [Cell(name) for name in "pqrs"]
FULL = 0b1111

masks = st.integers(1, FULL)
requirements = st.dictionaries(st.sampled_from([None, *CELLS]), masks, max_size=3)
problems = st.lists(st.lists(requirements, max_size=4), min_size=1, max_size=5)
Requires = dict[Variable, int]

domains = st.fixed_dictionaries(
    dict[Variable, st.SearchStrategy[int]](
        [(None, masks), *((cell, st.integers(0, FULL)) for cell in CELLS)]
    )
)


def by_trying(sides: list[list[Requires]], domains: dict[Variable, int]) -> int:
    """Take one way of each side, in every combination."""
    found = 0
    for chosen in product(*sides):
        left = {
            variable: reduce(and_, (way.get(variable, FULL) for way in chosen), domain)
            for variable, domain in domains.items()
        }
        named = {variable for way in chosen for variable in way}
        if all(left[variable] for variable in named):
            found |= left[None]
    return found


def ways_of(sides: list[list[Requires]]) -> list[Way]:
    return [Way(number, requires) for number, side in enumerate(sides) for requires in side]


@given(problems, domains)
def test_as_by_trying_every_combination(
    sides: list[list[Requires]], domains: dict[Variable, int]
) -> None:
    sides = [side for side in sides if side]
    found = possible_outcomes(ways_of(sides), domains, lambda steps: None)
    assert found == by_trying(sides, domains)
