"""Comments silence what is found in their line, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claimpos.validation.checking import Checked, check_folder
from tests.validation_rules.cases import CASES, put_into

LINES = """\
party: case
name: A case
statements:
  said: {source: paper, basis: stated, summary: Said so.}%s
positions:
  status:
    - since: 2025
      refuses: [barred, deferred]%s
      evidence: [said]
"""


def checked(folder: Path, statement: str = "", refusal: str = "") -> Checked:
    put_into(folder, {"case.yaml": LINES % (statement, refusal)})
    return check_folder(folder, date(2026, 1, 1))


def codes(found: Checked) -> list[str]:
    return [one.code for one in found.findings if one.source.path.endswith("case.yaml")]


@pytest.mark.parametrize(
    ("comment", "told", "silenced"),
    [
        ("", ["CP411"], 0),
        ("  # claimpos: ignore[CP411] it says no more", [], 1),
        ("  #claimpos:ignore[cp411] it says no more", [], 1),
        ("  # seen. # claimpos: ignore[CP411] it says no more", [], 1),
        ("  # claimpos: ignore[CP411]", ["CP902"], 1),
        ("  # claimpos: ignore[CP410, CP411] so it is", ["CP901"], 1),
        ("  # claimpos: ignore[CP410] so it is", ["CP411", "CP901"], 0),
        ("  # claimpos: ignore[] so it is", ["CP411", "CP901"], 0),
        ("  # claimpos: ignore CP411 so it is", ["CP411", "CP901"], 0),
        ("  # claimpos: ignore[CP4] so it is", ["CP411", "CP901"], 0),
        ("  # no claimpos: ignore[CP411] here", ["CP411"], 0),
        ("  # ignore[CP411]", ["CP411"], 0),
    ],
)
def test_a_comment(tmp_path: Path, comment: str, told: list[str], silenced: int) -> None:
    found = checked(tmp_path / "positions", refusal=comment)
    assert (codes(found), found.silenced) == (told, silenced)


def test_another_line_is_not_silenced(tmp_path: Path) -> None:
    found = checked(tmp_path / "positions", statement="  # claimpos: ignore[CP411] so it is")
    assert (codes(found), found.silenced) == (["CP901", "CP411"], 0)


def test_a_text_is_no_comment(tmp_path: Path) -> None:
    text = "\n  told: {source: paper, basis: stated, summary: 'x # claimpos: ignore[CP502] so'}"
    assert codes(checked(tmp_path / "positions", statement=text)) == ["CP502", "CP411"]
    block = (
        "\n  told:\n    source: paper\n    basis: stated\n    summary: |\n      # claimpos: nothing"
    )
    assert codes(checked(tmp_path / "again", statement=block)) == ["CP502", "CP411"]


def test_an_error_can_be_silenced_and_still_stops_the_others(tmp_path: Path) -> None:
    comment = ", demands: opne  # claimpos: ignore[CP302] to be added to the agenda"
    folder = tmp_path / "positions"
    text = (CASES / "invalid" / "option_unknown.yaml").read_text("utf-8").partition("\n")[2]
    put_into(folder, {"case.yaml": text.replace("opne", f"opne{comment.partition('opne')[2]}")})
    found = check_folder(folder, date(2026, 1, 1))
    assert (codes(found), [one.code for one in found.hushed]) == ([], ["CP302"])


def test_nothing_is_called_unused_while_there_are_errors(tmp_path: Path) -> None:
    found = checked(tmp_path / "positions", "\n  # claimpos: ignore[CP999] why", "\n      x: y")
    assert codes(found) == ["CP202"]
