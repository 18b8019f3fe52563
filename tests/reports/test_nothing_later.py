"""A report as of a day is the same after everything said later is deleted from the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.page import page
from claimpos.comparison.changes import changes
from claimpos.comparison.history import history
from claimpos.comparison.matrix import matrix
from claimpos.deals.search import find_deals
from claimpos.dossier.model import BASES, Basis, Dossier
from claimpos.rendering.changes import changes_document
from claimpos.rendering.data import json_text
from claimpos.rendering.deals import deals_document
from claimpos.rendering.diff_report import diff_report
from claimpos.rendering.history import history_report
from claimpos.rendering.matrix import matrix_report
from claimpos.rendering.renderers import rendered
from claimpos.rendering.show import Record, issue_document
from tests.cli.in_process import claimpos
from tests.conftest import examples
from tests.dossier.dated import DAYS as ODD_DAYS
from tests.dossier.dated import Found, deleted, loaded, timelines
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


def all_reports(dossier: Dossier, day: date, basis: Basis) -> dict[str, str]:
    parties = ["ann", "bo"]
    comparison = compare(dossier, parties, day, basis)
    brief = brief_report(comparison)
    shown = Record(dossier, day, basis)
    issue = dossier.issues["topic"]
    return {
        "diff": json_text(diff_report(comparison)),
        "brief": json_text(brief),
        "page": page(comparison, brief),
        "history": json_text(history_report(history(dossier, "ann", None, day, basis))),
        "changes": rendered(changes_document(changes(dossier, parties, ODD_DAYS[0], day, basis))),
        "matrix": json_text(matrix_report(matrix(dossier, parties, day, basis))),
        "deals": rendered(deals_document(find_deals(dossier, parties, day, basis))),
        "show": rendered(issue_document(shown, issue)),
    }


@examples(15)
@given(timelines(), st.sampled_from(ODD_DAYS), st.sampled_from(BASES))
def test_nothing_from_after_the_day_in_any_dossier(found: Found, day: date, basis: Basis) -> None:
    whole, left = loaded(*found), loaded(*deleted(found, day))
    assert all_reports(whole, day, basis) == all_reports(left, day, basis)
