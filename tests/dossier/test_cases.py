"""Every file in tests/cases/invalid is a file with faults that says which, and where.

Those in tests/cases/valid have none.
A case replaces one file of the dossier in tests/cases/dossier: `# file: NAME`, or else case.yaml.
`# expect: LINE:COLUMN CODE part of the message` stands for one finding; there must be no other.
Lines are counted without the lines that begin the case. `--update-sessions` writes what is found.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import claimpos
from claimpos.dossier.findings import Finding
from claimpos.errors import InvalidDossier
from claimpos.validation.gate import load_dossier

CASES = Path(__file__).resolve().parents[1] / "cases"
INVALID = sorted((CASES / "invalid").glob("*.yaml"))
VALID = sorted((CASES / "valid").glob("*.yaml"))
EXPECTED = re.compile(r"# expect: (.*)")
HEADER = re.compile(r"(?:# (?:file|expect): .*\n)*")


def findings_of(path: Path, folder: Path) -> tuple[Finding, ...]:
    """What is found in the dossier for cases with one file put in by the case."""
    shutil.copytree(CASES / "dossier", folder)
    text = path.read_bytes().decode("utf-8")
    named = re.match(r"# file: (\S+)", text)
    target = folder / (named.group(1) if named else "case.yaml")
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(HEADER.sub("", text, count=1).encode("utf-8"))
    try:
        load_dossier(folder)
    except InvalidDossier as error:
        return error.findings
    return ()


def told(finding: Finding) -> str:
    return f"{finding.span.line}:{finding.span.column} {finding.code} {finding.message}"


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = [told(finding) for finding in findings_of(path, tmp_path / "positions")]
    text = path.read_bytes().decode("utf-8")
    if request.config.getoption("--update-sessions"):
        file = re.findall(r"# file: .*\n", text[:200])
        header = "".join([*file[:1], *(f"# expect: {line}\n" for line in found)])
        text = header + HEADER.sub("", text, count=1)
        path.write_bytes(text.encode("utf-8"))
    expected = EXPECTED.findall(text[: len(text) - len(HEADER.sub("", text, count=1))])
    assert expected, "a case without an expectation tests nothing"
    assert found == expected


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid(path: Path, tmp_path: Path) -> None:
    assert [told(finding) for finding in findings_of(path, tmp_path / "positions")] == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_every_finding_has_a_remedy_and_a_place_in_its_file(path: Path, tmp_path: Path) -> None:
    for finding in findings_of(path, tmp_path / "positions"):
        line, column, end_line, end_column = finding.span
        assert finding.hint
        assert (line, column) <= (end_line, end_column)
        assert 1 <= line <= len(finding.source.lines)
        assert 1 <= column <= len(finding.source.line(line)) + 1


def test_every_code_has_a_case() -> None:
    root = Path(claimpos.__file__).parent
    sources = [path.read_text("utf-8") for path in root.rglob("*.py")]
    codes = {code for text in sources for code in re.findall(r'"(CP[1-4]\d\d)"', text)}
    cases = "".join(path.read_bytes().decode("utf-8") for path in INVALID)
    assert {code for code in codes if f" {code} " not in cases} == {"CP200"}


def test_the_dossier_of_the_cases_is_valid(tmp_path: Path) -> None:
    assert load_dossier(CASES / "dossier").parties.keys() == {"other"}
