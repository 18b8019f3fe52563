"""Krippendorff's α against worked examples that others have published, and its properties."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.comparison.reliability import RESAMPLES, SEED, AgreementFigure, Level, Values, figure
from tests.conftest import examples

pytest.importorskip("krippendorff", reason="krippendorff is not installed")

_: None = None
# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011: two coders and two values;
# two coders and five values; four coders, five values and gaps.
TWO_VALUES = ("0100000010", "1110010000")
FIVE_VALUES = ("aabbdcccedda", "babbbccceddd")
GAPS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# "Krippendorff's alpha" in Wikipedia: three coders.
THREE_CODERS = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]


def units_of(coders: Any) -> Values:
    return [
        [float(one) if isinstance(one, int) else one for one in unit]
        for unit in zip(*coders, strict=True)
    ]


def alpha(coders: Any, level: Level = "nominal") -> float | None:
    units = units_of(coders)
    return figure(units, range(len(units)), level).alpha


@pytest.mark.parametrize(
    ("coders", "level", "published"),
    [
        (TWO_VALUES, "nominal", 0.095),
        (FIVE_VALUES, "nominal", 0.692),
        (GAPS, "nominal", 0.743),
        (GAPS, "interval", 0.849),
        (THREE_CODERS, "nominal", 0.691),
        (THREE_CODERS, "interval", 0.811),
    ],
)
def test_published_examples(coders: Any, level: Level, published: float) -> None:
    assert alpha(coders, level) == pytest.approx(published, abs=0.0005)


CODINGS = st.lists(
    st.lists(st.sampled_from("abc"), min_size=3, max_size=3), min_size=2, max_size=12
)


@examples(60)
@given(CODINGS)
def test_the_order_of_coders_and_of_units_makes_no_difference(units: Values) -> None:
    turned = [unit[::-1] for unit in units][::-1]
    one, other = (figure(each, [0] * len(each)) for each in (units, turned))
    assert one.equal == other.equal
    assert one.alpha == pytest.approx(other.alpha)


@examples(60)
@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=12))
def test_equal_codings_have_an_alpha_of_one_unless_nothing_varies(values: list[str]) -> None:
    found = figure([[one, one] for one in values], range(len(values)))
    if len({*values}) == 1:
        assert found == AgreementFigure(len(values), len(values))
    else:
        assert (found.alpha, found.low, found.high) == (1, 1, 1)


def test_a_coder_who_guesses_is_near_zero() -> None:
    dice = random.Random(7)
    units = [[one, dice.choice("abcd")] for one in "abcd" * 500]
    found = figure(units, range(len(units)))
    assert found.alpha == pytest.approx(0, abs=0.03)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0 < found.high


def test_without_a_pair_of_values_there_is_no_figure() -> None:
    assert figure([], []) == AgreementFigure(0, 0)
    assert figure([["a", None], [None, "b"]], "xy") == AgreementFigure(2, 0)


def test_units_of_one_cluster_are_drawn_together() -> None:
    """Ten units that are one position say no more than one does, so the interval is wider."""
    units = ["aa", "ab", "ba", "bb", "aa", "bb", "bb", "aa"]
    many = [list(unit) for unit in units for _each in range(10)]
    apart = figure(many, range(80))
    together = figure(many, [at // 10 for at in range(80)])
    assert apart.alpha == together.alpha
    widths = [one.high - one.low for one in (apart, together)]  # type: ignore[operator]
    assert widths[1] > 2 * widths[0]
    assert figure(many, [0] * 80).low is None


def test_the_interval_is_the_same_each_time() -> None:
    units = units_of(THREE_CODERS)
    first, again = (figure(units, range(15), "interval") for _each in range(2))
    assert first == again


def test_the_interval_is_that_of_samples_each_coded_on_its_own() -> None:
    """Each sample is drawn as the docstring says; its α is the package's, not that of sums."""
    import krippendorff
    import numpy as np

    clusters = "aabbbccddddeeff"
    names = [*dict.fromkeys(clusters)]
    coded = np.array(THREE_CODERS, dtype=float)
    draws = np.random.RandomState(SEED)
    shares = [1 / len(names)] * len(names)
    alphas = []
    for drawn in draws.multinomial(len(names), shares, size=RESAMPLES):
        times = [drawn[names.index(one)] for one in clusters]
        sample = np.repeat(coded, times, axis=1)
        with suppress(ValueError, RuntimeWarning):  # all values are the same
            alphas.append(krippendorff.alpha(sample, level_of_measurement="interval"))
    found = figure(units_of(THREE_CODERS), clusters, "interval")
    assert [found.low, found.high] == pytest.approx([*np.percentile(alphas, [2.5, 97.5])])


def test_a_coder_without_a_value_makes_no_difference() -> None:
    assert figure([["a", None, "a"], ["b", "b", "a"], ["c", "c", None]], "xyz").equal == 2
