"""Each format as its readers want it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.dossier.schemas import schema
from claimpos.rendering.text import Paint
from claimpos.validation.checking import Checked, check_folder
from claimpos.validation.fingerprints import fingerprints
from claimpos.validation.reports import report
from tests.validation_rules.clients import from_npm

DOSSIERS = Path(__file__).resolve().parents[1] / "sessions" / "dossiers"
FORMATS = ["text", "json", "github", "gitlab", "sarif", "junit"]


def told(checked: Checked, name: str) -> str:
    return report(checked, name, Paint(on=False))


@pytest.fixture(scope="module", params=["faulty", "worked", "hostile"])
def checked(request: pytest.FixtureRequest) -> Checked:
    return check_folder(DOSSIERS / request.param, date(2025, 6, 1))


def test_json_fits_its_schema(checked: Checked) -> None:
    data = json.loads(told(checked, "json"))
    Draft202012Validator(schema("validate")).validate(data)
    assert len(data["findings"]) == len(checked.findings)


def test_sarif_fits_the_official_schema(checked: Checked, tmp_path: Path) -> None:
    modules = from_npm(tmp_path, "@microsoft/jest-sarif")
    (path,) = modules.glob("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0*.json")
    official: Any = json.loads(path.read_text("utf-8"))
    data = json.loads(told(checked, "sarif"))
    Draft7Validator(official).validate(data)
    assert len(data["runs"][0]["results"]) == len(checked.findings)


def test_junit_counts(checked: Checked) -> None:
    suite = ElementTree.fromstring(told(checked, "junit"))[0]
    failing = {one.source.path for one in checked.findings if one.severity != "note"}
    assert int(suite.attrib["failures"]) == len(failing) == len(suite.findall("*/failure"))
    assert int(suite.attrib["tests"]) == len(suite) >= len(checked.files)


def test_gitlab_has_what_code_quality_requires(checked: Checked) -> None:
    issues = json.loads(told(checked, "gitlab"))
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
        assert not Path(issue["location"]["path"]).is_absolute()
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_github_puts_errors_first_and_prints_every_line(checked: Checked) -> None:
    lines = told(checked, "github").splitlines()
    kinds = [line[2:].split()[0] for line in lines if line.startswith("::")]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert len(kinds) == len(checked.findings)
    assert "\n".join(lines).endswith(told(checked, "text").rstrip("\n").splitlines()[-1])


HOSTILE = "a%b\r\n::error::c,d:e\x1b[31m<b>]]>"


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_is_inert(name: str) -> None:
    source = SourceText("we:ird,%.yaml", HOSTILE)
    finding = Finding("CP202", source, Span(1, 1, 1, 2), f"unknown key “{HOSTILE}”", HOSTILE)
    text = told(Checked([finding], [source.path]), name)
    assert "\x1b" not in text
    if name == "github":
        commands = [line for line in text.splitlines() if line.startswith("::")]
        assert len(commands) == 1
        assert "file=we%3Aird%2C%25.yaml," in commands[0]
    if name == "junit":
        ElementTree.fromstring(text)


def test_fingerprints_survive_edits_elsewhere() -> None:
    def found(text: str, line: int) -> Finding:
        source = SourceText("positions/a.yaml", text)
        return Finding("CP411", source, Span(line, 3, line, 5), f"as in line {line}", "")

    before = fingerprints([found("a: 1\nb: 2\n", 2)])
    assert fingerprints([found("new: 0\n\na: 1\nb: 2\n", 4)]) == before
    assert fingerprints([found("a: 1\nb: 3\n", 2)]) != before
    twice = fingerprints([found("b: 2\nb: 2\n", 1), found("b: 2\nb: 2\n", 2)])
    assert twice[0] == before[0] != twice[1]
