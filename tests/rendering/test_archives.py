"""Files for Word and for spreadsheets, whatever the clock says: some machines begin in 1970."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos

SHEET = """# Worksheet of a text: T

proposal: x
title: T

## table 1
### column 1
> Head

## row 1
> Cell
"""


@pytest.mark.parametrize(
    "command",
    [
        "export --positions positions -o made.xlsx",
        "export --text sheet.md -o made.docx",
        "diff union port --positions positions --format docx -o made.docx",
        "brief union port --positions positions --format docx -o made.docx",
    ],
)
def test_a_clock_before_1980(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_starter(Path("positions"))
    Path("sheet.md").write_text(SHEET, "utf-8")
    monkeypatch.setattr(time, "time", lambda: 0.0)
    done = claimpos(*command.split())
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(Path().glob("made.*"))) as made:
        assert {one.date_time[0] for one in made.infolist()} == {1980}
