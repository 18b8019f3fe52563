"""Words and what they stand for: as stated, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.errors import ClaimposError
from claimpos.importing.import_log import Skipped
from claimpos.importing.stances import Meaning, outcomes_stated, read_vocabulary, stance_of
from tests.importing.support import imported

STATED = [
    "Red line=refuses yes",
    "undecided=reserves",
    "must=demands yes priority high",
    "for=accepts",
]


@pytest.mark.parametrize(
    ("word", "stance"),
    [
        ("red  LINE", Meaning("refuses", "yes")),
        ("undecided", Meaning("reserves")),
        ("must", Meaning("demands", "yes", "high")),
        ("for", Meaning("accepts", "yes")),
    ],
)
def test_a_word_stands_for_what_was_stated(word: str, stance: Meaning) -> None:
    assert stance_of(word, read_vocabulary(STATED)) == stance


@pytest.mark.parametrize(
    "text",
    [
        "good",
        "=refuses yes",
        "good=",
        "good=likes yes",
        "good=accepts yes no",
        "good=reserves yes",
        "good=accepts yes priority utmost",
        "good=accepts priority",
    ],
)
def test_what_states_nothing_is_refused(text: str) -> None:
    with pytest.raises(ClaimposError):
        read_vocabulary([text])


def test_a_word_is_stated_once() -> None:
    with pytest.raises(ClaimposError, match="defined twice"):
        read_vocabulary(["for=accepts yes", "FOR=proposes yes"])


def test_a_word_that_was_not_stated() -> None:
    with pytest.raises(Skipped, match="did you mean “red line”"):
        stance_of("red lines", read_vocabulary(STATED))


def test_the_outcomes_of_an_issue_with_stances() -> None:
    assert outcomes_stated(read_vocabulary(STATED)) == {"yes": "Yes", "no": "No"}
    kept = read_vocabulary(["stay=demands keep", "go=demands end"])
    assert list(outcomes_stated(kept)) == ["keep", "end"]


def test_a_grid_becomes_positions(tmp_path: Path) -> None:
    table = "issue,Greens,Blues\nCoal exit,must,red line\nMotorway,,undecided\n"
    result = imported(tmp_path, table, given={"since": "2025"}, stances=STATED, grid="stance")
    greens, blues = result.dossier.parties["greens"], result.dossier.parties["blues"]
    assert list(greens.positions) == ["coal-exit"]
    assert greens.positions["coal-exit"][0].priority == "high"
    assert blues.positions["motorway"][0].reserves == "undecided"
    assert greens.statements["coal-exit"].summary == "table.csv, line 2, “Greens”: stance “must”"
    assert result.dossier.issues["coal-exit"].options == {"yes": "Yes", "no": "No"}
    assert not result.log.skipped


def test_a_grid_of_figures(tmp_path: Path) -> None:
    table = "issue,unit,Union,Port\nPay rise,per cent,>= 6,4.5\n"
    result = imported(tmp_path, table, given={"since": "2025"}, grid="demands")
    assert result.dossier.issues["pay-rise"].unit == "per cent"
    assert result.dossier.issues["pay-rise"].kind == "quantity"
    assert "parties: the columns that are not fields" in result.log.assumptions
