"""The library's face: what `from claimpos import …` offers."""

from __future__ import annotations

import doctest
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import claimpos

CLIENT = """
from claimpos import Comparison, compare, diff_report, load_dossier

comparison: Comparison = compare(load_dossier("positions"), ["russia", "us"], as_of="2025-03-14")
overlaps: int = comparison.summary["overlap"]
report = diff_report(comparison)
reveal_type(comparison.issues[0].verdict)
"""


def test_the_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).resolve().parents[1])
    results = doctest.testmod(claimpos)
    assert results.attempted >= 4
    assert results.failed == 0


@pytest.mark.parametrize("name", claimpos.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(claimpos, name) is not None


def test_no_other_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        claimpos.nonsense  # noqa: B018


@pytest.mark.large  # mypy reads all of claimpos
@pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed")
def test_clients_see_the_types(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text(CLIENT)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "client.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert "Success" in done.stdout, done.stdout
    assert "overlap" in done.stdout
