"""The page opened by a stranger's link."""

from __future__ import annotations

from typing import Any

import pytest

from tests.briefing.browser import driven
from tests.briefing.pages import page_file
from tests.support import TALKS


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    page = page_file(tmp_path_factory, TALKS, ["russia", "ukraine", "us"], "2025-12-30")
    return driven("drive_addresses.cjs", str(page))


def test_no_address_stops_the_page(seen: dict[str, Any]) -> None:
    assert len(seen["odd"]) == 15
    for columns, tally in seen["odd"].values():
        assert columns > 3
        assert tally
    assert seen["errors"] == []


def test_long_texts_stop_no_search(seen: dict[str, Any]) -> None:
    """In milliseconds; what tries each place anew takes minutes."""
    assert len(seen["long"]) == 5
    assert max(seen["long"].values()) < 3_000


def test_what_an_address_asks_for_in_vain_is_said(seen: dict[str, Any]) -> None:
    told, tally = seen["problems"]
    for part in ("2030-01-01", "mars", "moon", "maybe", "nowhere", "size", "colour", "yesterday"):
        assert f"“{part}”" in told
    assert tally.startswith("Choose two or more parties.")
    assert seen["between"] == ["20 November 2022", ""]
