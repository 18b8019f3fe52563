"""What the README says is so: its sessions, its dossier, its Python."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest

from tests.sessions.session import run

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"(?<=```console\n)\$ .*?(?=\n```)", re.DOTALL)
FILES = re.compile(r"```yaml\n# (\S+\.yaml)\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_sessions(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = README.read_text("utf-8")
    folder = tmp_path / "positions"
    folder.mkdir()
    for name, content in FILES.findall(text):
        (folder / name).write_text(content, encoding="utf-8")

    def replay(match: re.Match[str]) -> str:
        command = match.group().splitlines()[0].removeprefix("$ ")
        with contextlib.chdir(tmp_path if "union" in command else ROOT):
            return run(command)

    now = CONSOLE.sub(replay, text)
    if request.config.getoption("--update-sessions"):
        README.write_text(now, encoding="utf-8")
        text = now
    assert len(CONSOLE.findall(text)) >= 6
    assert now == text


def test_python(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = PYTHON.findall(README.read_text("utf-8"))
    exec(compile(code, "README.md", "exec"), {})
    assert "Cease-fire before a settlement conflict condition-failed" in capsys.readouterr().out


def test_every_reason_is_explained() -> None:
    from claimpos.comparison.reasons import REASONS

    text = README.read_text("utf-8")
    for reasons in REASONS.values():
        for reason in reasons:
            assert f"| {reason.replace('-', ' ')} |" in text
