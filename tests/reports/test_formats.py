"""Each format as its readers want it, and whatever it quotes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claimpos.dossier.schemas import schema
from claimpos.rendering.text import safe
from claimpos.validation.checking import Checked
from tests.conftest import examples
from tests.reports.findings import FORMATS, HOSTILE, finding, hostile, of_dossier, told
from tests.support import steers

CLEAN = Checked([], ["positions/x.yaml"])


@pytest.fixture(scope="module", params=["faulty", "worked", "hostile"])
def checked(request: pytest.FixtureRequest) -> Checked:
    return of_dossier(request.param)


def read(text: str, name: str) -> Any:
    """The report as a program reads it."""
    return ElementTree.fromstring(text) if name == "junit" else json.loads(text)


def test_json_fits_its_schema_and_counts(checked: Checked) -> None:
    data = json.loads(told(checked, "json"))
    Draft202012Validator(schema("validate")).validate(data)
    assert len(data["findings"]) == len(checked.findings)
    assert data["summary"]["errors"] == checked.count("error")
    assert data["summary"]["files"] == len(checked.files)


def test_gitlab_shows_each_finding_once(checked: Checked) -> None:
    issues = json.loads(told(checked, "gitlab"))
    assert len(issues) == len(checked.findings)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    severities = {"error": "major", "warning": "minor", "note": "info"}
    for issue, one in zip(issues, checked.findings, strict=True):
        assert issue["severity"] == severities[one.severity]
        assert issue["location"]["lines"]["begin"] == one.span.line
        assert not Path(issue["location"]["path"]).is_absolute()


def test_sarif_names_every_rule_that_it_uses(checked: Checked) -> None:
    (run,) = json.loads(told(checked, "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(checked.findings)
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"]
    assert [rule["id"] for rule in rules] == sorted({one.code for one in checked.findings})


@pytest.mark.parametrize("strict", [False, True])
def test_junit_fails_where_the_run_fails(checked: Checked, strict: bool) -> None:
    suite = ElementTree.fromstring(told(checked, "junit", strict))[0]
    fails = {"error", "warning"} if strict else {"error"}
    failing = {one.source.path for one in checked.findings if one.severity in fails}
    assert {
        case.attrib["name"] for case in suite.iter("testcase") if len(case.findall("failure"))
    } == failing
    assert int(suite.attrib["failures"]) == len(failing)
    assert int(suite.attrib["tests"]) == len(suite) == len({*checked.files, *failing})
    whole = "\n".join("".join(case.itertext()) for case in suite)
    assert whole.count(": error: ") == checked.count("error")
    assert whole.count(": warning: ") == checked.count("warning")


@pytest.mark.parametrize("name", FORMATS)
def test_a_clean_run(name: str) -> None:
    text = told(CLEAN, name)
    assert text.endswith("\n")
    if name == "text":
        assert text == "No errors, warnings or notes; 1 file checked\n"
    elif name != "github":
        assert read(text, name) is not None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_is_inert(name: str, text: str) -> None:
    report = told(hostile(text), name)
    assert not steers(report)
    report.encode("utf-8")
    if name not in {"text", "github"}:
        read(report, name)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_each_finding_of_the_text_is_three_lines_and_no_more(text: str) -> None:
    lines = told(hostile(text), "text").splitlines()
    heads = [line for line in lines if not line.startswith("    ")]
    assert len(heads) == 4
    assert heads[-1] == "1 error, 1 warning, 1 note; 3 files checked"
    assert len(lines) <= 13


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_programs_read_what_was_said(text: str) -> None:
    found = json.loads(told(hostile(text), "json"))["findings"]
    assert [one["message"] for one in found] == [f"unknown key “{text}”"] * 3
    path = hostile(text).findings[2].source.path
    assert found[2]["file"] == path
    results = json.loads(told(hostile(text), "sarif"))["runs"][0]["results"]
    place = results[2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(place).decode() == path
    message = results[0]["message"]["text"]
    assert "](" not in message
    assert not re.search(r"(?<!\{)(\{\{)*\{(?!\{)|(?<!\})(\}\})*\}(?!\})", message)
    suite = ElementTree.fromstring(told(hostile(text), "junit"))[0]
    assert [len(case) for case in suite] == [2, 1, 0]


@examples(60)
@given(text=st.text(max_size=60), name=st.sampled_from(FORMATS))
def test_any_text(text: str, name: str) -> None:
    report = told(hostile(text), name)
    assert not steers(report)
    if name not in {"text", "github"}:
        read(report, name)


def test_a_path_that_is_no_text() -> None:
    path = b"positions/\xff.yaml".decode("utf-8", "surrogateescape")
    checked = Checked([finding("x", path=path)], [path])
    reports = {name: told(checked, name) for name in FORMATS}
    assert "positions/%FF.yaml" in reports["sarif"]
    assert f"{safe(path)}:2:1: error" in reports["text"]
    for report in reports.values():
        report.encode("utf-8")
