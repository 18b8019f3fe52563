"""Every file in cases_of_both/ is asked of the enumerator and of the solver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.deals import test_cases
from tests.deals.enumerator import Enumerator
from tests.oracle.cases import DAY, dossier_of
from tests.support import expectations, yaml_data

CASES = Path(__file__).parent / "cases_of_both"


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_enumerator(path: Path, parties: str) -> None:
    case: dict[str, Any] = yaml_data(path.read_text("utf-8"), path.name)
    plain = dossier_of(case)
    truth = Enumerator(plain.agenda, plain.parties, parties.split(), DAY).truth()
    expected = case["expect"][parties]
    assert truth is not None
    assert (truth.answer, list(truth.concessions)) == (expected["answer"], expected["concessions"])
    assert len(truth.best) == expected["count"]


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_solver(path: Path, parties: str, tmp_path: Path) -> None:
    test_cases.test_case(path, parties, tmp_path)
