"""The page opened by a stranger's link."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claimpos.rendering.data import no_formula
from tests.briefing.browser import driven
from tests.briefing.pages import page_file
from tests.support import TALKS

pytestmark = pytest.mark.large

CELLS = (
    *("=1", " =1", "a;=1", "a; '=1", "a\t-1", "a\n@x", "a,+1|=2", "＝1", ";;=1", "a=1;b", "'=1"),
    *("\tx", "'\tx", "a\r\tb", '"=1', 'a;"=1', "a - b", "", "1.5", "a;-", "\n\n"),
)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    page = page_file(tmp_path_factory, TALKS, ["russia", "ukraine", "us"], "2025-12-30")
    return driven("drive_addresses.cjs", str(page), json.dumps(CELLS))


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


def test_what_a_link_asks_for_is_told_in_the_words_of_the_page(seen: dict[str, Any]) -> None:
    told = [(problems, same) for problems, same, _ in seen["told"].values()]
    first = [f"no party “{number}”" for number in range(10)]
    assert told == [
        (["no day “2025-02-30”"], True),
        (["no day “2025-02-29”"], False),
        (["no such party"], True),
        (["no such setting"], True),
        ([*first, "30 more"], True),
        (["room for an address of more than 100,000 letters"], True),
        (["room for an address of more than 100,000 letters"], True),
        ([], True),
        ([f"no verdict “{number}”" for number in "123"], True),
    ]


def test_no_link_takes_long(seen: dict[str, Any]) -> None:
    assert max(spent for _, _, spent in seen["told"].values()) < 1_000


def test_a_saved_table_runs_nothing_in_a_spreadsheet(seen: dict[str, Any]) -> None:
    assert seen["cells"] == [f'"{no_formula(one).replace(chr(34), chr(34) * 2)}"' for one in CELLS]
