"""The cases of the second edition, asked of the enumerator; of the solver once it has `beyond`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.deals import test_cases
from tests.deals.enumerator import Enumerator
from tests.deals.test_against_enumerator import lacks_beyond
from tests.oracle.cases import DAY, dossier_of
from tests.support import expectations, yaml_data

CASES = Path(__file__).parent / "cases2"


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_enumerator(path: Path, parties: str) -> None:
    case: dict[str, Any] = yaml_data(path.read_text("utf-8"), path.name)
    plain = dossier_of(case)
    truth = Enumerator(plain.agenda, plain.parties, parties.split(), DAY).truth()
    expected = case["expect"][parties]
    assert truth is not None
    assert (truth.answer, list(truth.asks)) == (expected["answer"], expected["asks"])
    assert len(truth.best) == expected["count"]


@pytest.mark.parametrize(("path", "parties"), expectations(CASES))
def test_solver(path: Path, parties: str, tmp_path: Path) -> None:
    if lacks_beyond():
        pytest.skip("the solver lacks beyond")
    test_cases.test_case(path, parties, tmp_path)
