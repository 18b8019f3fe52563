"""What the agenda says of itself, as a page tells it; and other words for an issue."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.page import page
from claimpos.dossier.search import query, search
from tests.support import write_short

AGENDA: dict[str, Any] = {
    "road": {"options": ["toll", "free"], "also": ["motorway", "the A1"]},
    "fee": {"options": ["high", "low"]},
}
SAID: dict[str, Any] = {"ann": {"road": {"demands": "toll"}}, "bo": {"fee": {"demands": "low"}}}


def made(folder: Path, **head: str) -> str:
    write_short(folder, AGENDA, SAID)
    agenda = folder / "agenda.yaml"
    agenda.write_text(json.dumps({**json.loads(agenda.read_text("utf-8")), **head}), "utf-8")
    comparison = compare(load_dossier(folder), ["ann", "bo"], "2025")
    return page(comparison, brief_report(comparison))


def told(text: str) -> dict[str, str]:
    """What stands about the page, by its heads."""
    about = text.partition('<section class="provenance"')[2].partition("</section>")[0]
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", about))


@pytest.mark.parametrize("head", [{}, {"editor": "A <b>& Sons"}, {"licence": "CC BY 4.0"}])
def test_editor_and_licence_are_named_if_the_agenda_names_them(
    tmp_path: Path, head: dict[str, str]
) -> None:
    found = told(made(tmp_path, **head))
    assert found.get("Editor") == ("A &lt;b&gt;&amp; Sons" if "editor" in head else None)
    assert found.get("Licence") == head.get("licence")
    assert found["Errors"].startswith("Corrections belong in the files of the dossier")


@pytest.mark.parametrize(
    ("errata", "shown"),
    [
        ("ERRATA.md", "ERRATA.md"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        (
            "https://example.org/errata",
            '<a href="https://example.org/errata" rel="noopener noreferrer">'
            "https://example.org/errata</a>",
        ),
    ],
)
def test_where_corrections_are_is_a_link_if_it_is_an_address(
    tmp_path: Path, errata: str, shown: str
) -> None:
    told_of = told(made(tmp_path, errata=errata))["Errors"]
    assert told_of.startswith(f"Corrections are listed here: {shown}. Each position here")


def test_an_issue_is_found_by_other_words_for_it(tmp_path: Path) -> None:
    text = made(tmp_path)
    data = json.loads(re.findall(r'id="data">(.*?)</script>', text)[0])
    assert [issue["also"] for issue in data["issues"]] == [["motorway", "the A1"], []]
    dossier = load_dossier(tmp_path)
    for words, field in ((["motorways"], "also"), (["the A1"], "also"), (["road"], "title")):
        (hit,) = search(dossier, query(words))
        assert (hit.id, hit.context.field) == ("road", field)
