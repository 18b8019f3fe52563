"""The page for those who read it otherwise: axe in each of its states, narrow, dark, enlarged."""

from __future__ import annotations

from typing import Any

import pytest

from tests.briefing.browser import driven
from tests.briefing.pages import page_file
from tests.support import TALKS, largely

pytestmark = pytest.mark.large

MADE = "2025-12-30"
NAMED = ["russia", "ukraine", "us"]
ISSUES = ("guarantees", "foreign-troops", "nato-membership", "withdrawal")
STATES = {"few": 2, "all": 20}


@pytest.fixture(scope="module", params=largely(STATES, "few"))
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    small = page_file(tmp_path_factory, TALKS, NAMED, MADE, ISSUES)
    page = small if request.param == "few" else page_file(tmp_path_factory, TALKS, NAMED, MADE)
    found = driven("drive_axe.cjs", str(page), str(small), request.param)
    assert len(found["axe"]) == STATES[request.param]
    return found


def test_axe_finds_nothing_in_any_state(seen: dict[str, Any]) -> None:
    assert [found for found in seen["axe"] if found[1]] == []


def test_no_state_scrolls_sideways(seen: dict[str, Any]) -> None:
    assert [(where, wide) for where, _, wide in seen["axe"] if wide > 0] == []
