"""The dossier that most tests of additions add to."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.dossier.starter import write_starter


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """The folder of the dossier that `claimpos init` writes."""
    write_starter(tmp_path / "positions")
    return tmp_path / "positions"
