"""Dossiers spoiled at random; CLAIMPOS_FUZZ tries more."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import times
from tests.hostile.fuzzing import checked, dossiers, judge, tries


def test_spoiled_dossiers(tmp_path: Path) -> None:
    clean = 0
    for _, _, found in tries(max(200, times(200)), 1, tmp_path):
        clean += not found.count("error")
    assert clean, "some changes leave no error, and then the rules are asked"
    assert not any(tmp_path.iterdir())


def test_the_dossiers_are_sound_before(tmp_path: Path) -> None:
    for files in dossiers():
        found = checked(tmp_path, {name: text.encode() for name, text in files.items()})
        judge(found, ())
        assert not found.count("error"), found.findings
