"""Every case in tests/cases/invalid has the findings that it states; those in valid have none.

To drop a file in adds a test. `--update-sessions` writes into a case what is found there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.validation.catalogue import catalogue
from claimpos.validation.gate import load_dossier
from tests.validation_rules.cases import CASES, cases, files_of, findings_of, told

INVALID, VALID = cases("invalid"), cases("valid")
EXPECTED = {
    case.stem: {one.split()[1] for file in files_of(case).values() for one in file.expected}
    for case in INVALID
}


def name_of(case: Path) -> str:
    return case.stem


@pytest.mark.parametrize("case", INVALID, ids=name_of)
def test_invalid(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every finding is stated, and has a remedy and a place in its file."""
    found = findings_of(case, tmp_path / "positions")
    if request.config.getoption("--update-sessions"):
        for name, file in files_of(case).items():
            file.expect([told(finding) for finding in found[name]])
    expected = {name: file.expected for name, file in files_of(case).items()}
    assert any(expected.values()), "a case without an expectation tests nothing"
    assert {name: [told(finding) for finding in found[name]] for name in found} == expected
    for findings in found.values():
        for finding in findings:
            line, column, end_line, end_column = finding.span
            assert finding.hint
            assert (line, column) <= (end_line, end_column)
            assert 1 <= line <= len(finding.source.lines)
            assert 1 <= column <= len(finding.source.line(line)) + 1


@pytest.mark.parametrize("case", VALID, ids=name_of)
def test_valid(case: Path, tmp_path: Path) -> None:
    found = findings_of(case, tmp_path / "positions")
    assert [told(finding) for findings in found.values() for finding in findings] == []


def test_every_rule_has_a_case_and_a_valid_twin() -> None:
    twins = {case.stem for case in VALID}
    tried = {code for stem, codes in EXPECTED.items() if stem in twins for code in codes}
    assert set(catalogue()) - tried == {"CP200", "CP109"}, "what no other explains; limits"


def test_the_dossier_of_the_cases_is_valid() -> None:
    assert load_dossier(CASES / "dossier").parties.keys() == {"other"}
