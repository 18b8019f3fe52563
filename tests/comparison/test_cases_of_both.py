"""Every file in cases_of_both/ is asked of the naive evaluator and of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos.errors import ClaimposError
from tests.oracle import product
from tests.oracle.cases import differences, dossier_of, question
from tests.oracle.naive import naive_diff, naive_summary
from tests.support import expectations, yaml_data

CASES = Path(__file__).parent / "cases_of_both"


def read(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml_data(path.read_text("utf-8"), path.name)
    return case


@pytest.mark.parametrize(("path", "written"), expectations(CASES))
def test_evaluator(path: Path, written: str) -> None:
    case = read(path)
    asked = question(written, case)
    agenda, sources, parties, proposals = dossier_of(case)
    results = naive_diff(
        agenda, parties, asked.parties, asked.as_of, asked.basis, sources, proposals
    )
    expected = case["expect"][written]
    assert not differences(agenda, results, expected)
    if "summary" in expected:
        assert naive_summary(results) == expected["summary"]


@pytest.mark.parametrize(("path", "written"), expectations(CASES))
def test_package(path: Path, written: str) -> None:
    case = read(path)
    asked = question(written, case)
    dossier = dossier_of(case)
    loaded = product.load(dossier)
    expected = case["expect"][written]
    if expected.get("shown") == []:
        with pytest.raises(ClaimposError):
            product.report(loaded, asked.parties, asked.as_of, asked.basis)
        return
    report = product.report(loaded, asked.parties, asked.as_of, asked.basis)
    results = product.results(report, dossier.agenda)
    assert not differences(dossier.agenda, results, expected)
    assert expected.get("summary", report["summary"]) == report["summary"]
