"""Every file in cases/ is a small negotiation and what its comparisons must say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos import compare, diff_report, load_dossier
from tests.support import expectations, write_short, yaml_data

SHORTHAND = ("agenda", "parties", "texts", "besides")
CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(("path", "compared"), expectations(CASES))
def test_case(path: Path, compared: str, tmp_path: Path) -> None:
    case = yaml_data(path.read_text("utf-8"), path.name)
    dossier = load_dossier(write_short(tmp_path, *(case.get(key, {}) for key in SHORTHAND)))
    day = case.get("as-of", "2025-03-14")
    parties, _, basis = compared.partition(" @ ")
    comparison = compare(dossier, parties.split(), as_of=day, basis=basis or "inferred")  # type: ignore[arg-type]
    cells = cells_of(diff_report(comparison))
    for name, expected in case["expect"][compared].items():
        check(cells[name], expected if isinstance(expected, dict) else {"verdict": expected})


def cells_of(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The issues of a report by id, and the items of each as `issue.item`."""
    cells = {issue["id"]: issue for issue in report["issues"]}
    for issue in report["issues"]:
        cells |= {f"{issue['id']}.{item['id']}": item for item in issue.get("items", ())}
    return cells


def check(cell: dict[str, Any], expected: dict[str, Any]) -> None:
    said = f"{cell['verdict']} {cell['reason'] or ''}".strip()
    assert said == expected["verdict"], cell["explanation"]
    assert expected.get("says", "") in cell["explanation"]
    for key in expected.keys() - {"verdict", "says"}:
        assert cell.get(key) == expected[key], key
