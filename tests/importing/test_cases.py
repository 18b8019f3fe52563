"""Every cases/*.session is replayed beside the table of its name, in a folder of its own.

A case is added by dropping in NAME.csv and NAME.session; `--update-sessions` records it.
"""

from __future__ import annotations

import contextlib
import shutil
from datetime import date
from pathlib import Path

import pytest

from claimpos.validation.checking import check_folder
from tests.sessions.session import commands, replayed

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.session")), ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shutil.copy(path.with_suffix(".csv"), tmp_path)
    recorded = path.read_text("utf-8")
    assert commands(recorded), "a session without a command tests nothing"
    with contextlib.chdir(tmp_path):
        now = replayed(recorded)
    if request.config.getoption("--update-sessions"):
        path.write_text(now, encoding="utf-8")
        recorded = now
    assert now == recorded
    assert "Traceback" not in now
    assert "this is a bug" not in now
    assert str(tmp_path) not in now
    made = tmp_path / "out"
    left = {child.name for child in tmp_path.iterdir()} - {path.with_suffix(".csv").name}
    assert left <= {"out"}, "something half made was left behind"
    if made.exists():
        assert not check_folder(made, date(2026, 6, 1)).count("error")
