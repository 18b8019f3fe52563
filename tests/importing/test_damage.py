"""A line that cannot be taken in changes nothing else: as if it had never stood there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from claimpos.importing.cells import FIELDS
from tests.conftest import examples
from tests.importing.support import imported

TABLE = (Path(__file__).parent / "cases" / "tidy.csv").read_text("utf-8").splitlines()
GIVEN = {"options": "By rota; By volunteers only; By cranes", "unit": "per cent"}

DAMAGE: dict[str, Callable[[str], str]] = {
    "a cell too many": lambda line: line + ",x",
    "a cell too few": lambda line: line.partition(",")[2],
    "a NUL": lambda line: line[:1] + "\0" + line[1:],
    "a day in no calendar": lambda line: line.replace("2026-02-03", "2026-02-30"),
    "no day at all": lambda line: line.replace("2026-02-03", ""),
    "a word that is no basis": lambda line: line.replace(",stated,", ",said,").replace(
        ",reported,", ",said,"
    ),
    "no party": lambda line: "," + line.partition(",")[2],
    "a quote in the wrong place": lambda line: '"x"y,' + line.partition(",")[2],
}


def dossier_of(lines: list[str]) -> tuple[Dossier | None, set[int]]:
    """The dossier, or None where nothing is left; and the lines that were left out."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            result = imported(Path(scratch), "\n".join(lines), given=GIVEN)
        except WrongUsage:
            return None, set()
        return result.dossier, {place.line for place, _ in result.log.skipped}


@examples(60)
@given(st.sampled_from(sorted(DAMAGE)), st.integers(1, len(TABLE) - 1))
def test_a_damaged_line_is_as_one_that_is_missing(kind: str, at: int) -> None:
    damaged = [*TABLE[:at], DAMAGE[kind](TABLE[at]), *TABLE[at + 1 :]]
    missing = [*TABLE[:at], *TABLE[at + 1 :]]
    found, left_out = dossier_of(damaged)
    expected, none = dossier_of(missing)
    assert found == expected
    assert left_out == {at + 1}
    assert not none


@examples(40)
@given(
    st.lists(
        st.lists(st.sampled_from(["for", "against", "never", ""]), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    ).filter(lambda rows: any(map(any, rows)))
)
def test_a_grid_says_what_its_cells_say_line_by_line(rows: list[list[str]]) -> None:
    stances = ["for=proposes yes", "against=proposes no", "never=refuses yes"]
    parties = ["ann", "bo", "cy"]
    grid = "\n".join(",".join([f"i{at}", *row]) for at, row in enumerate(rows))
    long = "\n".join(
        f"{party},i{at},{word}"
        for at, row in enumerate(rows)
        for party, word in zip(parties, row, strict=True)
        if word
    )
    given_ = {"since": "2025", "summary": "So."}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        from_grid = imported(
            Path(one), f"issue,{','.join(parties)}\n{grid}", None, given_, stances, "stance"
        )
        from_long = imported(Path(other), f"party,issue,stance\n{long}", None, given_, stances)
    assert from_grid.dossier.parties == from_long.dossier.parties
    spoken = {issue for party in from_long.dossier.parties.values() for issue in party.positions}
    held = {key: issue for key, issue in from_grid.dossier.issues.items() if key in spoken}
    assert held == from_long.dossier.issues


def test_the_help_names_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    from claimpos.__main__ import main

    main(["import", "--help"])
    words = {*capsys.readouterr().out.split()}
    assert FIELDS.keys() <= words
