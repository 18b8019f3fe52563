"""The page of all parties of the shipped dossier: how large it is, and how fast for a reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.comparison.verdict_timeline import days_of_change
from tests.briefing.browser import driven
from tests.briefing.pages import page_of

SHIPPED = Path(__file__).parents[2] / "positions"
MADE = "2026-06-30"
# What drawing the plain table of `drive_speed.cjs` takes a telephone, in seconds. The page is
# measured against it in the same run, so that a slow or busy machine changes nothing.
TABLE = 0.15

pytestmark = pytest.mark.large


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = load_dossier(SHIPPED)
    path = tmp_path_factory.mktemp("speed") / "page.html"
    path.write_text(page_of(dossier, dossier.negotiating, MADE), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def seen(page: Path) -> dict[str, Any]:
    dossier, last = load_dossier(SHIPPED), date.fromisoformat(MADE)
    days = [day for day in days_of_change(dossier, dossier.parties) if day <= last][::-5]
    return driven("drive_speed.cjs", str(page), ",".join(day.isoformat() for day in days))


def test_it_is_no_larger_than_it_may_be(page: Path) -> None:
    assert page.stat().st_size <= 1_300_000


def test_it_is_ready_in_time(seen: dict[str, Any]) -> None:
    assert seen["ready"] / median(seen["tables"]) * TABLE <= 2.5


def test_a_step_of_the_slider_is_quick(seen: dict[str, Any]) -> None:
    assert median(seen["steps"]) / median(seen["tables"]) * TABLE <= 0.15
