"""What a new entry holds, by what is typed: each file of `entries` is a case.

A case has the entry, or entries, that `last` were there, what to `add`, the `entry` that is in the
file then, `at` its index, and what the command `says` on standard error.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from claimpos.dossier.parsing.file import read_file
from tests.cli.in_process import claimpos
from tests.support import write_short, yaml_data

CASES = sorted((Path(__file__).parent / "entries").glob("*.yaml"))
TITLES = {"banned": "Banned", "voluntary": "Voluntary", "rota": "Rota"}
AGENDA: dict[str, Any] = {
    "pay": {"kind": "quantity", "unit": "per cent"},
    "holiday": {"kind": "quantity", "unit": "days", "integer": True},
    "weekend": {"options": TITLES},
    "automation": {
        "kind": "items",
        "options": {"allowed": "Allowed", "barred": "Barred"},
        "items": {"containers": "Containers", "cars": "Cars", "ships": "Ships"},
    },
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = yaml_data(path.read_text("utf-8"))
    issue = case.get("issue", "weekend")
    positions = {issue: case["last"]} if "last" in case else {}
    folder = write_short(tmp_path, AGENDA, {"ann": positions})
    done = claimpos("add", *shlex.split(case["add"]), "--positions", str(folder))
    assert done.returncode == 0, done.stderr
    data: Any = read_file(folder / "ann.yaml")[1]
    entries = data["positions"][issue]
    entry = entries[case.get("at", len(entries) - 1)]
    assert entry == case["entry"]
    assert list(entry) == list(case["entry"])  # in the order in which people write them
    assert case.get("says", "") in " ".join(done.stderr.split())


def test_there_are_cases() -> None:
    assert len(CASES) > 12
