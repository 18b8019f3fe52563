"""A report as of a day is the same after everything said later is deleted from the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.in_process import claimpos
from tests.reports.nothing_later import copied
from tests.support import TALKS

REPORTS = {
    "diff": "diff russia ukraine us --format {format} --as-of {day}",
    "explain": "explain russia ukraine ceasefire --format {format} --as-of {day}",
    "brief": "brief russia ukraine us --group territory --format {format} --as-of {day}",
    "matrix": "matrix --format {format} --as-of {day}",
    "history": "history russia --format {format} --as-of {day}",
    "changes": "changes russia ukraine --from 2024-06 --to {day} --format {format}",
    "assess": "assess e3-text-2025-11 --format {format} --as-of {day}",
    "show": "show russia --as-of {day}",
    "show-issue": "show ceasefire --as-of {day}",
}
FORMATS = {
    "diff": ["table", "github", "json", "csv"],
    "explain": ["text", "json"],
    "brief": ["markdown", "html", "json"],
    "matrix": ["table", "json", "csv", "svg"],
    "history": ["table", "json", "csv"],
    "changes": ["table", "json"],
    "assess": ["table", "json"],
}
DAYS = ["2025-03-14", "2025-06-03", "2025-12-30"]


@pytest.fixture(scope="module", params=DAYS)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, str]:
    folder = tmp_path_factory.mktemp("dossiers")
    whole = copied(TALKS, folder / "whole" / "positions")
    left = copied(TALKS, folder / "left" / "positions", date.fromisoformat(request.param))
    return whole, left, request.param


@pytest.mark.parametrize("report", REPORTS)
def test_nothing_from_after_the_day(both: tuple[Path, Path, str], report: str) -> None:
    whole, left, day = both
    for output_format in FORMATS.get(report, [""]):
        for basis in ("inferred", "stated"):
            command = REPORTS[report].format(day=day, format=output_format).split()
            one, other = (
                claimpos(*command, "--basis", basis, "--positions", str(folder))
                for folder in (whole, left)
            )
            assert one.returncode in (0, 1), one.stderr
            assert one.stdout == other.stdout
            assert one.stdout
