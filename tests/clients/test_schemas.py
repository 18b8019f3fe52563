"""check-jsonschema on what ships with claimpos: schemas, the action, the guide's snippets."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.in_process import claimpos

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = sorted((ROOT / "schemas").glob("*.schema.json"))


def checked(programs: Path, *arguments: str | Path) -> None:
    command = [programs / "check-jsonschema", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schemas_fit_their_metaschema(programs: Path) -> None:
    assert SCHEMAS
    checked(programs, "--check-metaschema", *SCHEMAS)


def test_so_does_the_schema_of_a_dossier(programs: Path, tmp_path: Path) -> None:
    special = tmp_path / "party.schema.json"
    assert claimpos("schema", "party", "--for-agenda", "-o", str(special)).returncode == 0
    checked(programs, "--check-metaschema", special)


def test_a_schema_that_is_none_is_refused(programs: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.schema.json"
    broken.write_text(SCHEMAS[0].read_text("utf-8").replace('"object"', '"thing"'), "utf-8")
    with pytest.raises(AssertionError, match="thing"):
        checked(programs, "--check-metaschema", broken)


def test_the_action_is_one(programs: Path) -> None:
    action = ROOT / ".github" / "actions" / "validate" / "action.yml"
    checked(programs, "--builtin-schema", "vendor.github-actions", action)


SNIPPETS = {
    "# .github/workflows/": "vendor.github-workflows",
    "# .gitlab-ci.yml": "vendor.gitlab-ci",
}


@pytest.mark.parametrize("first", SNIPPETS)
def test_the_snippets_of_the_guide(first: str, programs: Path, tmp_path: Path) -> None:
    text = (ROOT / "claimpos" / "guide" / "ci.md").read_text("utf-8")
    snippets = re.findall(rf"^```yaml\n({re.escape(first)}.*?)^```", text, re.M | re.S)
    assert snippets
    path = tmp_path / "snippet.yml"
    for snippet in snippets:
        path.write_text(snippet, "utf-8")
        checked(programs, "--builtin-schema", SNIPPETS[first], path)
