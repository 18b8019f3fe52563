"""A line whose outcomes mean something else than in the dossier adds none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos

HEAD = "party,issue,since,accepts,source,basis,summary,"
LINES = {
    "unit": (HEAD + "unit", "port,pay-rise,2026-03-01,<=5,harbour-news,stated,Five.,euros"),
    "options": (
        HEAD + "options",
        "port,weekend,2026-03-01,rota,harbour-news,stated,A rota.,rota: none; none-at-all: a rota",
    ),
}


@pytest.mark.parametrize("key", LINES)
def test_nothing_is_added_in_another_meaning(key: str, tmp_path: Path) -> None:
    folder, table = tmp_path / "positions", tmp_path / "table.csv"
    write_starter(folder)
    table.write_text("\n".join(LINES[key]) + "\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    done = claimpos("import", str(table), "--append", str(folder))
    assert done.returncode == 1, done
    assert "its outcomes mean something else" in " ".join(done.stderr.split())
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before
