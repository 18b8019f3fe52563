"""Every *.session in this folder is replayed; `--update-sessions` records it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sessions.session import commands, replay

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted(HERE.glob("*.session")), ids=lambda path: path.stem)
def test_session(path: Path, request: pytest.FixtureRequest) -> None:
    now, recorded = replay(path, update=request.config.getoption("--update-sessions"))
    assert commands(recorded), "a session without a command tests nothing"
    assert now == recorded
    assert "Traceback" not in now
