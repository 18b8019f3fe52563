"""Sums beyond 32 bits in the solver's model, compared with Python's."""

from __future__ import annotations

import itertools
from collections import Counter

import clingo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.deals import large_sums
from claimpos.deals.large_sums import Term, exceeding
from tests.conftest import examples

SIZES = (0, 5, 1_000, 2**29, 2**31, 2**64, 10**30)


@st.composite
def sums(draw: st.DrawFn) -> tuple[list[list[int]], int]:
    """Groups of numbers, and a bound near some sum of them."""
    largest = draw(st.sampled_from(SIZES))
    number = st.one_of(st.just(0), st.integers(0, largest), st.integers(0, 5))
    groups = draw(st.lists(st.lists(number, min_size=1, max_size=3), max_size=4))
    near = sum(draw(st.sampled_from(group)) for group in groups)
    return groups, near + draw(st.sampled_from([-1, 0, 1, largest, -near - 1, -near]))


def models(groups: list[list[Term]], rules: str) -> list[tuple[frozenset[str], bool]]:
    """For each choice of at most one term of each group, whether the sum is too large."""
    control = clingo.Control(["--models=0", "--warn=none"])
    choices = " ".join(f"{{ {'; '.join(atom for _, atom in group)} }} 1." for group in groups)
    control.add("base", [], f"{rules} {choices} #show t/2. #show large/1.")
    control.ground([("base", [])])
    found = []
    with control.solve(yield_=True) as handle:
        for model in handle:
            shown = {str(symbol) for symbol in model.symbols(shown=True)}
            found.append((frozenset(shown - {"large(1)"}), "large(1)" in shown))
    return found


@pytest.mark.parametrize("largest", [60, large_sums._LARGEST])
@examples(60, thorough=2_000)
@given(asked=sums())
def test_what_is_too_large(largest: int, asked: tuple[list[list[int]], int]) -> None:
    numbers, most = asked
    groups = [
        [Term(number, f"t({at},{way})") for way, number in enumerate(group)]
        for at, group in enumerate(numbers)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large_sums, "_LARGEST", largest)
        rules = " ".join(exceeding("large(1)", groups, most))
    expected = [
        (frozenset(term.atom for term in chosen if term), sum(t.number for t in chosen if t) > most)
        for chosen in itertools.product(*[[None, *group] for group in groups])
    ]
    assert Counter(models(groups, rules)) == Counter(expected)
