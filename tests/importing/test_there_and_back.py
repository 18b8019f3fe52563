"""Exported and imported again, a dossier is the same in everything but its proposals."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare, diff_report, load_dossier
from claimpos.dossier.model import Dossier
from claimpos.dossier.parsing.printable import is_printable
from claimpos.importing.exporting import exported
from claimpos.rendering.data import csv_text
from claimpos.rendering.formulas import formula_freed, no_formula
from tests.conftest import examples
from tests.importing.support import there_and_back
from tests.oracle.dossiers import Basis, PlainDossier, bases, dates, dossiers
from tests.oracle.product import load
from tests.support import TALKS, short_dossier

DAYS = ["2022-04", "2024-06", "2025-03-14", "2025-06-02", "2025-11-30", "2026-03"]
HAS_OPENPYXL = find_spec("openpyxl") is not None
needs_openpyxl = pytest.mark.skipif(not HAS_OPENPYXL, reason="spreadsheets need openpyxl")
KINDS = ["csv", pytest.param("xlsx", marks=needs_openpyxl)]

# Texts as people write them, and as somebody would who means harm; a table trims them.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30).map(
    str.strip
)
HARMFUL = st.sampled_from(
    [
        *("=1+1", "'=1+1", "''-x", "+x", "-x", "@x", "a,b", 'a"b', "a\nb", "[a]", "{a: b}", "; ;"),
        *("true", "null", "2025", "no", "a: b", "a #b", "- a", "1e5", "‘", "%x", "|", ">", "a;b"),
    ]
)
ANY_TEXT = st.one_of(HARMFUL, TEXTS).filter(lambda text: bool(text) and is_printable(text))


def without_proposals(dossier: Dossier) -> Dossier:
    return dossier._replace(proposals={})


def orders(dossier: Dossier) -> list[list[str]]:
    return [[*held] for held in (dossier.groups, dossier.issues, dossier.sources, dossier.parties)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_dossier(kind: str, tmp_path: Path) -> None:
    talks = load_dossier(TALKS)
    result = there_and_back(talks, tmp_path, kind)
    assert result.dossier == without_proposals(talks)
    assert orders(result.dossier) == orders(talks)
    assert not result.account.left_out
    assert not result.account.guesses
    for day in DAYS:
        before = compare(talks, list(talks.parties), day)
        after = compare(result.dossier, list(talks.parties), day)
        assert diff_report(before) == diff_report(after)


@examples(60)
@given(dossiers(), dates(), bases())
def test_random_dossiers(plain: PlainDossier, as_of: str, basis: Basis) -> None:
    dossier = load(plain)
    with tempfile.TemporaryDirectory() as scratch:
        result = there_and_back(dossier, Path(scratch))
    assert not result.account.left_out
    assert result.dossier == dossier
    assert orders(result.dossier) == orders(dossier)
    parties = list(dossier.parties)
    assert diff_report(compare(dossier, parties, as_of, basis)) == (
        diff_report(compare(result.dossier, parties, as_of, basis))
    )


def test_titles_that_could_be_ids_stay_as_they_are(tmp_path: Path) -> None:
    agenda = {
        "ballot": {"options": {"yes": "yes", "no": "No", "later": "demobilisation"}},
        "zones": {"items": {"east": "east", "west": "the-west"}, "options": {"a": "a", "b": "z"}},
    }
    dossier = short_dossier(tmp_path / "first", agenda, {"ann": {"ballot": {"demands": "yes"}}})
    assert there_and_back(dossier, tmp_path).dossier == dossier


@examples(60)
@given(st.lists(ANY_TEXT, min_size=4, max_size=4))
def test_whatever_the_texts_hold(texts: list[str]) -> None:
    title, summary, note, ballot = texts
    agenda = {"war": {"options": ["on", "off"], "title": title}}
    accepted = {"outcome": "on", "subject-to": ballot}
    ann = {"war": {"accepts": [accepted], "reserves": note, "note": summary}}
    with tempfile.TemporaryDirectory() as scratch:
        dossier = short_dossier(Path(scratch) / "first", agenda, {"ann": ann})
        for kind in ("csv", "xlsx") if HAS_OPENPYXL else ("csv",):
            (Path(scratch) / kind).mkdir()
            assert there_and_back(dossier, Path(scratch) / kind, kind).dossier == dossier


def test_cells_that_begin_like_a_formula_are_inert_and_come_back(tmp_path: Path) -> None:
    title = "=HYPERLINK(0)"
    agenda = {"war": {"options": ["on", "off"], "title": title}}
    dossier = short_dossier(tmp_path / "first", agenda, {})
    rows = exported(dossier)
    assert f"'{title}" in csv_text(rows[0], rows[1:])


@given(st.one_of(HARMFUL, st.text(alphabet="'=+-@ ax;,|\t\r\n\"")))
def test_a_quoted_formula_is_freed_to_the_same_text(text: str) -> None:
    assert formula_freed(no_formula(text)) == text
    assert not no_formula(text).lstrip().startswith(("=", "+", "-", "@"))


@needs_openpyxl
def test_a_workbook_holds_no_formula_and_no_date(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from claimpos.importing.workbook import workbook

    content = workbook([["a", "b"], ["=1+1", "@x"]])
    assert content == workbook([["a", "b"], ["=1+1", "@x"]])
    (tmp_path / "book.xlsx").write_bytes(content)
    sheet = load_workbook(tmp_path / "book.xlsx").worksheets[0]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s"]
    assert [cell.value for cell in sheet[2]] == ["=1+1", "@x"]
