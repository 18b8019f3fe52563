"""A report as of a day is the same after everything said later is deleted from the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.explanation import explain_report
from claimpos.briefing.page import page
from claimpos.comparison.changes import changes
from claimpos.comparison.history import history
from claimpos.comparison.matrix import matrix
from claimpos.deals.assessment import assess
from claimpos.deals.search import find_deals
from claimpos.dossier.model import BASES, Basis, Dossier
from claimpos.rendering.assess_report import assess_report
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
from tests.oracle.dossiers import FEATURES, PlainDossier, bases, dates, dossiers
from tests.oracle.product import load
from tests.oracle.test_properties import without_what_was_said_later
from tests.reports.nothing_later import copied
from tests.support import TALKS, largely

REPORTS = {
    "diff": "diff russia ukraine us --format {format} --as-of {day}",
    "explain": "explain russia ukraine ceasefire --format {format} --as-of {day}",
    "brief": "brief russia ukraine us --group territory --format {format} --as-of {day}",
    "matrix": "matrix --format {format} --as-of {day}",
    "history": "history russia --format {format} --as-of {day}",
    "changes": "changes russia ukraine --from 2024-06 --to {day} --format {format}",
    "deals": "deals russia ukraine --format {format} --as-of {day}",
    "ask": "ask russia ukraine us --limit 60 --format {format} --as-of {day}",
    "text": "text russia ukraine us --since 2025-01 --format {format} --as-of {day}",
    "assess": "assess e3-text-2025-11 --format {format} --as-of {day}",
    "show": "show russia --as-of {day}",
    "show-issue": "show ceasefire --as-of {day}",
    "show-source": "show wp-2025-03-13 --as-of {day}",
    "show-statement": "show putin-arms-hint --as-of {day}",
    "show-proposal": "show istanbul-communique-2022 --as-of {day}",
}
FORMATS = {
    "diff": ["table", "github", "json", "csv"],
    "explain": ["text", "json"],
    "brief": ["json", "markdown", "html"],
    "matrix": ["table", "json", "csv", "svg"],
    "history": ["table", "json", "csv"],
    "changes": ["table", "json"],
    "deals": ["table", "json"],
    "ask": ["table", "json", "csv"],
    "text": ["text", "json"],
    "assess": ["table", "json"],
}
SLOW = {"brief", "deals"}
SHIPPED = Path(__file__).parents[2] / "positions"
DAYS = [
    (TALKS, "2025-03-14"),
    (TALKS, "2025-12-30"),
    (SHIPPED, "2025-06-10"),
    (SHIPPED, "2026-02-28"),
]


@pytest.fixture(
    scope="module", params=largely(range(len(DAYS)), 1, 3), ids=lambda number: DAYS[number][1]
)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, int]:
    source, day = DAYS[request.param]
    folder = tmp_path_factory.mktemp("dossiers")
    whole = copied(source, folder / "whole" / "positions")
    left = copied(source, folder / "left" / "positions", date.fromisoformat(day))
    return whole, left, request.param


@pytest.mark.parametrize("report", REPORTS)
def test_nothing_from_after_the_day(both: tuple[Path, Path, int], report: str) -> None:
    """On each day two formats, or one of what takes long, so that each format has its days."""
    whole, left, number = both
    formats = FORMATS.get(report, [""])
    places = [number] if report in SLOW else [number, number + 1]
    for place in places[: len(formats)]:
        output_format = formats[place % len(formats)]
        basis = ("inferred", "stated")[place // 2 % 2]
        command = REPORTS[report].format(day=DAYS[number][1], format=output_format).split()
        one, other = (
            claimpos(*command, "--basis", basis, "--positions", str(folder))
            for folder in (whole, left)
        )
        assert one.returncode in (0, 1), one.stderr
        assert (one.stdout, one.stderr) == (other.stdout, other.stderr)
        assert one.stdout


def all_reports(
    dossier: Dossier, parties: list[str], since: date | str, day: date | str, basis: Basis
) -> dict[str, str]:
    comparison = compare(dossier, parties, day, basis)
    brief = brief_report(comparison)
    shown = Record(dossier, comparison.day, basis)
    [issue, *_] = dossier.issues.values()
    of_issue = compare(dossier, parties, day, basis, {issue.id})
    texts = [assess(dossier, text, parties, day, basis) for text in dossier.proposals.values()]
    return {
        "diff": json_text(diff_report(comparison)),
        "explain": json_text(explain_report(of_issue, issue.cells())),
        "brief": json_text(brief),
        "page": page(comparison, brief),
        "history": json_text(history_report(history(dossier, parties[0], None, day, basis))),
        "changes": rendered(changes_document(changes(dossier, parties, since, day, basis))),
        "matrix": json_text(matrix_report(matrix(dossier, parties, day, basis))),
        "deals": rendered(deals_document(find_deals(dossier, parties, day, basis))),
        "assess": json_text(assess_report(texts)) if texts else "",
        "show": rendered(issue_document(shown, issue)),
    }


@examples(8)
@given(timelines(), st.sampled_from(ODD_DAYS), st.sampled_from(BASES))
def test_nothing_from_after_the_day_in_any_timeline(found: Found, day: date, basis: Basis) -> None:
    whole, left = (
        all_reports(loaded(*one), ["ann", "bo"], ODD_DAYS[0], day, basis)
        for one in (found, deleted(found, day))
    )
    assert whole == left


@examples(6)
@given(dossiers(3, 3, features=FEATURES), dates(), bases())
def test_nothing_from_after_the_day_in_any_dossier(
    dossier: PlainDossier, day: str, basis: Basis
) -> None:
    whole, left = (
        all_reports(load(one), list(dossier.parties), "2024-03", day, basis)
        for one in (dossier, without_what_was_said_later(dossier, day))
    )
    assert whole == left
