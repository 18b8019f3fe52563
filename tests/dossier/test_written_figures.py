"""Figures as people write them: what a text can mean always holds what its author meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.dates import dates_meant
from claimpos.dossier.findings import SourceText
from claimpos.dossier.nodes import Map
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.written_figures import as_written, figures_meant, numbers_meant
from tests.conftest import examples

NUMBERS = st.decimals(
    min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=3
) | st.integers(-(10**6), 10**6).map(Decimal)

# What divides thousands, and what marks decimals.
CUSTOMS = [
    *[(",", "."), (".", ","), (" ", ","), ("’", "."), ("", ",")],
    *[("\u00a0", ","), ("\u202f", ",")],
]


def by_custom(number: Decimal, thousands: str, decimals: str, places: int) -> str:
    text = f"{number:,.{places}f}"
    return "".join({",": thousands, ".": decimals}.get(one, one) for one in text)


@examples(300)
@given(number=NUMBERS, custom=st.sampled_from(CUSTOMS), places=st.integers(0, 3))
def test_what_is_meant_is_among_what_a_text_can_mean(
    number: Decimal, custom: tuple[str, str], places: int
) -> None:
    rounded = number.quantize(Decimal(1).scaleb(-places))
    written = by_custom(rounded, *custom, places)
    meant = numbers_meant(written)
    assert rounded in meant, written
    assert len(meant) <= 2


@examples(300)
@given(number=NUMBERS, custom=st.sampled_from(CUSTOMS), sign=st.sampled_from([">=", "at most "]))
def test_a_range_holds_the_number_that_is_meant(
    number: Decimal, custom: tuple[str, str], sign: str
) -> None:
    written = sign + by_custom(number.quantize(Decimal("0.1")), *custom, 1)
    (meant,) = figures_meant(written)
    assert isinstance(meant, Mapping)
    ((end, value),) = meant.items()
    assert (end, value) == ("min" if sign == ">=" else "max", number.quantize(Decimal("0.1")))


@examples(500)
@given(
    text=st.text()
    | st.from_regex(r"[<>≤≥~]?=? ?[-+−]?[0-9.,'’ ]{1,12}( %| per cent|–[0-9]+)?", fullmatch=True)
)
def test_what_is_suggested_is_a_number_or_a_range(text: str) -> None:
    for meant in figures_meant(text, "per cent"):
        found, faults = parse(SourceText("", f"[{as_written(meant)}]"))
        assert not faults
        assert isinstance(found, list)
        (value,) = found
        assert value == (dict(meant) if isinstance(meant, Mapping) else meant)
        if isinstance(value, Map) and len(value) == 2:
            assert value["min"] < value["max"]  # type: ignore[operator]


@examples(300)
@given(
    day=st.dates(min_value=date(1000, 1, 1)),
    custom=st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d %B %Y"]),
)
def test_the_day_that_is_meant_is_among_those_that_a_date_can_mean(day: date, custom: str) -> None:
    meant = dates_meant(day.strftime(custom))
    assert day.isoformat() in meant
    assert len(meant) <= 2
