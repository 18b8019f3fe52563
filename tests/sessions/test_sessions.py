"""Every *.session in this folder is replayed; `--update-sessions` records it anew.

Those in the folder scratch/ write files, and are replayed in a folder that is empty at first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sessions.session import commands, replay

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.session")), ids=lambda path: path.stem)
def test_session(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path if path.parent.name == "scratch" else HERE
    now, recorded = replay(path, folder, update=request.config.getoption("--update-sessions"))
    assert commands(recorded), "a session without a command tests nothing"
    assert now == recorded
    assert "Traceback" not in now
