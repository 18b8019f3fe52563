"""One table is one dossier, whichever program saved the workbook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claimpos.dossier.model import Entry
from claimpos.dossier.outcomes import Range
from tests.importing.makers import (
    by_openpyxl,
    by_xlsxwriter,
    opendocument,
    saved_by_libreoffice,
)
from tests.importing.support import Result, imported

FIGURES = {
    "a": ("pay", "6.5"),
    "b": ("pay", "7"),
    "d": ("hours", "435"),
    "f": ("hours", "436"),
    "h": ("hours", "438"),
    "i": ("fee", "1234.5"),
    "j": ("fee", "85000"),
    "k": ("fee", "0.3"),
}
NOTES = {
    "a": "both\nof them",
    "b": "both\nof them",
    "d": "a_x000D_b",
    "h": "“so”, =1 & <b>",
}
LEFT_OUT = {
    6: "cell D6 shows the error #DIV/0!",
    8: "“45730” is not a valid date; is it the spreadsheet's number of 2025-03-14?",
    10: "cell D10 has a formula without a result; open and save the file in the spreadsheet",
    16: "nothing that a dossier can hold",
}


def read(folder: Path, content: bytes) -> Result:
    folder.mkdir()
    return imported(folder, content, name="table.xlsx")


def files(result: Result) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in result.folder.iterdir()}


def entries(result: Result) -> dict[str, tuple[str, Entry]]:
    """The issue and the entry of each party; each has one."""
    found = {}
    for name, party in result.dossier.parties.items():
        ((issue, (entry,)),) = party.positions.items()
        found[name] = issue, entry
    return found


def figures(result: Result) -> dict[str, tuple[str, str]]:
    """What each party demands, by issue."""
    found = {}
    for name, (issue, entry) in entries(result).items():
        ((outcome,),) = entry.demands.values()
        assert isinstance(outcome, Range)
        assert outcome.is_point
        found[name] = issue, str(outcome.low)
    return found


def test_of_two_libraries(tmp_path: Path) -> None:
    one = read(tmp_path / "openpyxl", by_openpyxl())
    assert figures(one) == FIGURES
    assert one.left_out() == LEFT_OUT
    assert one.dossier.issues["pay"].unit == "per cent"
    assert {name: entry.note for name, (_, entry) in entries(one).items() if entry.note} == NOTES
    other = read(tmp_path / "xlsxwriter", by_xlsxwriter())
    assert files(other) == files(one)
    assert vars(other.log) == vars(one.log)


@pytest.mark.large
@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice here")
def test_of_libreoffice(tmp_path: Path) -> None:
    """Its own file, and what it makes of the others' workbooks, in which it works formulas out."""
    written = {"own.fods": opendocument(), "a.xlsx": by_openpyxl(), "b.xlsx": by_xlsxwriter()}
    (tmp_path / "office").mkdir()
    saved = saved_by_libreoffice(written, tmp_path / "office")
    one = read(tmp_path / "openpyxl", written["a.xlsx"])
    own = read(tmp_path / "own", saved["own.fods"])
    assert files(own) == files(one)
    assert own.log.remarks == one.log.remarks
    assert own.left_out() == LEFT_OUT | {10: "cell D10 shows the error #DIV/0!"}
    for name in ("a.xlsx", "b.xlsx"):
        again = read(tmp_path / name, saved[name])
        assert figures(again) == FIGURES | {"g": ("hours", "437")}
        assert again.left_out() == {line: why for line, why in LEFT_OUT.items() if line != 10}
