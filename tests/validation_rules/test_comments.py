"""Comments silence what is found in their line, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claimpos.validation.checking import Checked, check_folder
from tests.validation_rules.cases import put_into

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


ERRORS = {
    "an unclosed quote": ("CP101", 'x: "open  # claimpos: ignore[CP101] so it is\n'),
    "a tab": ("CP101", "x:\n\ty: 1  # claimpos: ignore[CP101] so it is\n"),
    "a key twice": ("CP102", "name: Again  # claimpos: ignore[CP102] so it is\n"),
    "an anchor": ("CP103", "note: &a x  # claimpos: ignore[CP103] so it is\n"),
    "a bell": ("CP106", "note: '\a'  # claimpos: ignore[CP106] so it is\n"),
    "an unknown key": ("CP202", "nmae: x  # claimpos: ignore[CP202, CP411] so it is\n"),
    "an unknown issue": (
        "CP301",
        "  nowhere: # claimpos: ignore[CP301] so it is\n"
        "    - {since: 2025, demands: open, evidence: [said]}\n",
    ),
    "no reason": ("CP202", "nmae: x  # claimpos: ignore[CP202]\n"),
}


@pytest.mark.parametrize(("code", "lines"), ERRORS.values(), ids=ERRORS)
def test_no_error_can_be_silenced(tmp_path: Path, code: str, lines: str) -> None:
    put_into(tmp_path / "positions", {"case.yaml": LINES % ("", "") + lines})
    found = check_folder(tmp_path / "positions", date(2026, 1, 1))
    assert code in codes(found)
    assert found.count("error")
    assert not found.ignored
    assert "what " + code + " reports on this line is an error" in str(
        [one.message for one in found.findings]
    )


def test_nothing_is_called_unused_while_there_are_errors(tmp_path: Path) -> None:
    found = checked(tmp_path / "positions", "\n  # claimpos: ignore[CP999] why", "\n      x: y")
    assert codes(found) == ["CP202"]
