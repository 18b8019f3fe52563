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


QUOTE = "not a cent more"


@pytest.mark.parametrize("field", ["quote", "quote_original", "locator", "statement_note"])
def test_what_a_line_adds_to_a_statement_is_added_or_told(field: str, tmp_path: Path) -> None:
    folder, table, new = tmp_path / "positions", tmp_path / "table.csv", tmp_path / "new"
    write_starter(folder)
    head = f"party,issue,since,accepts,source,basis,statement,{field}\n"
    lines = [f"port,{one},2026-03-01,{one},harbour-news,stated,said,{{}}" for one in ("ab", "cd")]
    both = "\n".join(line.format(QUOTE * at) for at, line in enumerate(lines))
    table.write_text(f"{head}{both}\n", encoding="utf-8")
    done = claimpos("import", str(table), "--into", str(new))
    assert done.returncode == 0, done
    assert f"{QUOTE}\n" in (new / "port.yaml").read_text("utf-8")
    line = f"port,weekend,2026-03-01,rota,harbour-news,stated,weekends,{QUOTE}\n"
    table.write_text(head + line, encoding="utf-8")
    party = (folder / "port.yaml").read_text("utf-8")
    assert "  weekends:\n" not in party
    statement = "  weekends: {source: harbour-news, basis: stated, summary: So.}\n"
    party = party.replace("statements:\n", f"statements:\n{statement}", 1)
    (folder / "port.yaml").write_text(party, "utf-8")
    done = claimpos("import", str(table), "--append", str(folder))
    assert done.returncode == 1, done
    assert f"is “{QUOTE}” here, and the dossier has none" in " ".join(done.stderr.split())
