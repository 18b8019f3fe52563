"""What a reader takes away from the page: tables, pictures, citations and paper."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from typing import Any

import pytest

from claimpos import compare
from claimpos.deals.assessment import assess
from claimpos.deals.side_by_side import side_by_side
from claimpos.dossier.model import Dossier
from tests.briefing.browser import driven
from tests.briefing.pages import page_file
from tests.support import TALKS

pytestmark = pytest.mark.large

MADE = "2025-12-30"
NAMED = ["russia", "ukraine", "us"]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("taken")
    page = page_file(tmp_path_factory, TALKS, NAMED, MADE)
    return {**driven("drive_taken.cjs", str(page), str(folder)), "folder": folder}


def test_the_table_is_the_view(seen: dict[str, Any], dossier: Dossier) -> None:
    name, text, _ = seen["table"]
    assert name == "positions-2025-06-02.csv"
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == ["Issue", "Day", "Verdict between", "Verdict", "Russia", "Ukraine", "US"]
    found = compare(dossier, NAMED, "2025-06-02").issues
    territory = [one for one in found if one.issue.group == "territory"]
    assert [row[0] for row in rows] == [one.issue.title for one in territory]
    assert [row[3].partition(",")[0] for row in rows] == [one.verdict for one in territory]


def test_the_picture_stands_alone(seen: dict[str, Any]) -> None:
    name, text, _ = seen["picture"]
    assert name == "withdrawal.svg"
    told = " ".join(ET.fromstring(text).itertext())
    assert "Withdrawal of forces: Russia, Ukraine and US, to 2 June 2025" in told
    assert "compared by claimpos" in told
    assert "class=" not in text or "<style" not in text


def test_the_picture_in_pixels_is_the_same_picture(seen: dict[str, Any]) -> None:
    name, width, height, wide, high, alike, ground = seen["pixels"]
    assert name == "withdrawal.png"
    assert (wide, high) == (2 * width, 2 * height)
    assert alike > 98
    assert 20 < ground < 95


def test_the_citation_names_parties_day_dossier_and_version(seen: dict[str, Any]) -> None:
    cited = r"Copied: Russia, Ukraine and US: positions as of 2 June 2025\. In: .+, compared by "
    assert re.fullmatch(cited + r"claimpos \S+, data [0-9a-f]{12}\.", seen["citation"])


def test_texts_side_by_side(seen: dict[str, Any], dossier: Dossier) -> None:
    first, (_, differing, fragment), ((_, three), more, chosen), (none, no_rows, _) = seen["texts"]
    (told, titles), rows, _ = first
    by_title = {text.title: text for text in dossier.proposals.values()}
    texts = [assess(dossier, by_title[title], NAMED, MADE) for title in titles]
    found = side_by_side(texts)
    assert f"they differ on {len(found.differing)} term" in told
    assert f"say the same on {len(found.common) - len(found.differing)};" in told
    assert {cells for _, cells in rows} == {4}
    assert [row for row in rows if row[0] == "differ"] == differing
    assert fragment == "#terms=differing"
    assert (len(titles), len(three)) == (2, 3)
    assert {cells for _, cells in more} == {5}
    assert "texts=" in chosen
    assert (none, no_rows) == (["Choose two or more texts.", []], [])


def test_it_plays_and_rests_where_motion_is_unwanted(seen: dict[str, Any]) -> None:
    before, play, pause, after, again, visible = seen["played"]
    assert (play, pause, again, visible) == ("Play", "Pause", "Play", False)
    assert datetime.strptime(after, "%d %B %Y") > datetime.strptime(before, "%d %B %Y")


def test_what_is_printed_is_what_is_shown(seen: dict[str, Any]) -> None:
    pypdf = pytest.importorskip("pypdf")
    as_made, elsewhere = seen["printed"]
    assert as_made == [".glance", "#overlap", "#notes"]
    assert elsewhere == ["#grid"]
    assert seen["beside"] == 1  # three parties stand side by side
    pages = [page.extract_text() for page in pypdf.PdfReader(seen["folder"] / "shown.pdf").pages]
    assert "As of 2 June 2025" in pages[0]
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text


def test_nothing_goes_wrong(seen: dict[str, Any]) -> None:
    assert seen["errors"] == []
