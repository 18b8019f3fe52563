"""Krippendorff's α: how far coders agree beyond chance. The only module that uses NumPy."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from claimpos.dossier.libraries import library

if TYPE_CHECKING:
    import numpy as np

Level = Literal["nominal", "interval"]
Values = Sequence[Sequence["Hashable | None"]]
"""For each unit, the value that each coder gives it; None if a coder gives it none."""

RESAMPLES = 1_000
SEED = 1
_CHANCE = 95
_DECIMALS = 12  # further decimals are rounding noise
_MOST_NUMBERS = 4_000_000
"""The most numbers held in memory at a time while coincidences are resampled."""


class AgreementFigure(NamedTuple):
    """How far coders agree on some units.

    Attributes:
        units: The number of units.
        equal: The number of units to which all coders give the same value.
        alpha: α; None if no unit has two values, or if all values are the same, because agreement
            cannot be told from chance then.
        low: The lower end of the 95% interval of α.
        high: The upper end.
    """

    units: int
    equal: int
    alpha: float | None = None
    low: float | None = None
    high: float | None = None


def figure(
    values: Values, clusters: Sequence[Hashable], level: Level = "nominal"
) -> AgreementFigure:
    """How far the coders agree on units, each of which belongs to a cluster.

    α is that of the package `krippendorff`. It is tested against the worked examples B to D of
    K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania,
    2011), and that of the article "Krippendorff's alpha" in Wikipedia.

    The interval is the stretch between the 2.5th and the 97.5th percentile of α in RESAMPLES
    samples, each of as many clusters as there are, drawn with replacement by a generator with the
    fixed seed SEED. Units of one cluster are drawn together, because they are not independent.
    Samples in which α is undefined are left out; of a single cluster there is no interval.

    Args:
        values: The coders' values of each unit; numbers, if the level is `interval`.
        clusters: For each unit, its cluster.
        level: How the distance of two values counts: the same or not, or the difference squared.

    Raises:
        NotInstalled: The package is not installed.
    """
    given = [[one for one in unit if one is not None] for unit in values]
    equal = sum(len(unit) > 1 and len({*unit}) == 1 for unit in given)
    counts, domain = _counted(given)
    if not len(domain) > 1:
        return AgreementFigure(len(values), equal)
    exact = _package().alpha(value_counts=counts, value_domain=domain, level_of_measurement=level)
    alpha = round(float(exact), _DECIMALS)
    return AgreementFigure(len(values), equal, alpha, *_interval(counts, domain, clusters, level))


def _package() -> Any:
    with library("agreement", "krippendorff", "agreement", megabytes=128):
        import krippendorff
    return krippendorff


def _counted(given: Sequence[list[Hashable]]) -> "tuple[np.ndarray, np.ndarray]":
    """How many coders give each value to each unit, and the values; nominal ones are numbered."""
    _package()
    import numpy as np

    pairable = [unit if len(unit) > 1 else [] for unit in given]
    found = dict.fromkeys(one for unit in pairable for one in unit)
    numbers = all(isinstance(one, float) for one in found)
    domain = sorted(found) if numbers else list(found)  # type: ignore[type-var]
    column = {one: at for at, one in enumerate(domain)}
    counts = np.zeros((len(pairable), len(domain)), dtype=int)
    for row, unit in zip(counts, pairable, strict=True):
        for one in unit:
            row[column[one]] += 1
    return counts, np.array(domain if numbers else range(len(domain)), dtype=float)


def _interval(
    counts: "np.ndarray", domain: "np.ndarray", clusters: Sequence[Hashable], level: Level
) -> tuple[float | None, float | None]:
    import numpy as np

    number = {cluster: at for at, cluster in enumerate(dict.fromkeys(clusters))}
    if len(number) < 2:
        return None, None
    of_unit = _coincidences(counts)
    of_cluster = np.zeros((len(number), of_unit.shape[1]))
    np.add.at(of_cluster, [number[cluster] for cluster in clusters], of_unit)
    apart = np.subtract.outer(domain, domain) ** 2
    distances = (apart if level == "interval" else apart != 0).astype(float).ravel()
    draws = np.random.RandomState(SEED)  # the only generator whose numbers NumPy never changes
    found: list[float] = []
    step = max(1, _MOST_NUMBERS // max(of_cluster.shape))
    for begun in range(0, RESAMPLES, step):
        size = min(step, RESAMPLES - begun)
        drawn = draws.multinomial(len(number), [1 / len(number)] * len(number), size=size)
        found += _alphas(drawn @ of_cluster, distances, len(domain))
    if not found:
        return None, None
    margin = (100 - _CHANCE) / 2
    low, high = np.percentile(found, [margin, 100 - margin])
    return round(float(low), _DECIMALS), round(float(high), _DECIMALS)


def _coincidences(counts: "np.ndarray") -> "np.ndarray":
    """How often each pair of values occurs in each unit, weighted by its number of values."""
    import numpy as np

    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
    others = np.maximum(counts.sum(axis=1) - 1, 1)
    weighed: np.ndarray = (pairs / others[:, None, None]).reshape(len(counts), -1)
    return weighed


def _alphas(coincidences: "np.ndarray", distances: "np.ndarray", width: int) -> list[float]:
    """α for each row of coincidences for which it is defined."""
    import numpy as np

    totals = coincidences.reshape(-1, width, width).sum(axis=1)
    by_chance = (totals[:, :, None] * totals[:, None, :]).reshape(len(totals), -1) @ distances
    observed = coincidences @ distances
    defined = by_chance > 0
    sizes = totals.sum(axis=1)[defined]
    alphas: np.ndarray = 1 - (sizes - 1) * observed[defined] / by_chance[defined]
    return [float(one) for one in np.round(alphas, _DECIMALS)]
