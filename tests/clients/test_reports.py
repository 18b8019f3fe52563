"""The reports against the schemas of those who read them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from claimpos.validation.checking import Checked
from tests.reports.findings import HOSTILE, hostile, of_dossier, told

RUNS = {
    **{name: of_dossier(name) for name in ("faulty", "worked", "hostile")},
    "clean": Checked([], ["positions/x.yaml"]),
    **{f"text: {name}": hostile(text) for name, text in HOSTILE.items()},
}
every_run = pytest.mark.parametrize("checked", RUNS.values(), ids=RUNS)

# GitLab publishes no schema of its reports as a package. This one is written after the format that
# its documentation asks for, and is stricter than the one in its source, which leaves the severity
# open and asks for no rule and no line.
CODE_QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    # Relative to the repository, without ./ before it.
                    "path": {"type": "string", "pattern": r"^(?!/|\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def sarif(node_modules: Path) -> Draft7Validator:
    """The official schema of SARIF 2.1.0, as Microsoft's test helpers carry it."""
    (path,) = node_modules.glob("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0*.json")
    official = json.loads(path.read_text("utf-8"))
    assert official["title"].startswith("Static Analysis Results Format (SARIF) Version 2.1.0")
    return Draft7Validator(official, format_checker=Draft7Validator.FORMAT_CHECKER)


@every_run
def test_sarif(checked: Checked, sarif: Draft7Validator) -> None:
    sarif.validate(json.loads(told(checked, "sarif")))


def test_sarif_that_is_none_is_refused(sarif: Draft7Validator) -> None:
    data = json.loads(told(RUNS["faulty"], "sarif"))
    data["runs"][0]["results"][0]["level"] = "major"
    assert not sarif.is_valid(data)


CHECK = """
import sys
from lxml import etree
schema = etree.XMLSchema(etree.parse(sys.argv[1]))
for path in sys.argv[2:]:
    if not schema.validate(etree.parse(path)):
        print(path, schema.error_log)
"""


@pytest.mark.parametrize("strict", [False, True])
def test_junit(strict: bool, programs: Path, junit_schema: Path, tmp_path: Path) -> None:
    paths = []
    for number, checked in enumerate(RUNS.values()):
        paths.append(tmp_path / f"{number}.xml")
        paths[-1].write_text(told(checked, "junit", strict), encoding="utf-8")
    done = validated(programs, junit_schema, paths)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    paths[0].write_text(paths[0].read_text("utf-8").replace("failure", "fault"), encoding="utf-8")
    assert "fault" in validated(programs, junit_schema, paths[:1]).stdout


def validated(programs: Path, schema: Path, paths: list[Path]) -> subprocess.CompletedProcess[str]:
    command = [str(programs / "python"), "-c", CHECK, str(schema), *map(str, paths)]
    return subprocess.run(command, capture_output=True, encoding="utf-8")


@every_run
def test_gitlab(checked: Checked) -> None:
    """Against a schema of our own, since GitLab's is in no package."""
    Draft202012Validator(CODE_QUALITY).validate(json.loads(told(checked, "gitlab")))
