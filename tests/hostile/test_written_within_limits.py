"""No command writes into a dossier what no command could read again, because it is too much."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest

from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos

LONG = "x" * 700
SOURCE = "add source bay-times --publisher Bay --date 2026-03-01 --status press --title"
TABLE = "party,issue,since,demands,source,basis,status,publisher,date\n" + "".join(
    f"{party},pay-rise,2026-03-03,5,{{source}},stated,official,Archive,2026-03-03\n"
    for party in ("port", "crew", "town")
)

# A command, and the limit that it comes up against: the usual one or, if a number is given, that of
# what the dossier holds already and so much more.
CASES = {
    "a title": (f"{SOURCE} {LONG}", "title-characters", None),
    "a text": (f"{SOURCE} Ups --note {LONG * 30}", "text-characters", None),
    "one more file": ("add statement port So --source harbour-news --basis reported", "files", 0),
    "more bytes": ("add statement port So --source harbour-news --basis reported", "bytes", 20),
    "a file split": ("split union", "files", 1),
    "a text saved": ("text union port --save proposals/new.yaml", "files", 0),
    "bytes of a package saved": ("deals union port --save proposals/new.yaml", "bytes", 20),
    "a title in a table": ("import long.csv --append .", "title-characters", None),
    "more files from a table": ("import short.csv --append .", "files", 1),
    "files of a new dossier": ("import short.csv --into new", "files=4", None),
    "bytes of a new dossier": ("import short.csv --into new", "bytes=900", None),
}


def _files(folder: Path) -> Mapping[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*.yaml")}


@pytest.mark.parametrize("case", CASES)
def test_what_is_beyond_a_limit_is_not_written(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, name, more = CASES[case]
    write_starter(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert claimpos("split", "port", "--positions", ".").returncode == 0
    (tmp_path / "long.csv").write_text(TABLE.format(source=LONG), "utf-8")
    (tmp_path / "short.csv").write_text(TABLE.format(source="Paper"), "utf-8")
    before = _files(tmp_path)
    if name.startswith(("files", "bytes")):
        held = len(before) if name == "files" else sum(map(len, before.values()))
        name = f"dossier-{name}" if more is None else f"dossier-{name}={held + more}"
        monkeypatch.setenv(VARIABLE, name)
    options = [] if "import" in line else ["--positions", "."]
    done = claimpos(*shlex.split(line), *options)
    assert done.returncode == 2
    assert f"{VARIABLE}={name.partition('=')[0]}=" in done.stderr
    assert _files(tmp_path) == before
    monkeypatch.delenv(VARIABLE, raising=False)
    if more is not None:
        assert claimpos(*shlex.split(line), *options).returncode == 0
