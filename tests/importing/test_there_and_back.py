"""Exported and imported again, a dossier is the same in all but what the export says is lost."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare, diff_report, load_dossier
from claimpos.__main__ import main
from claimpos.dossier.locate import shipped
from claimpos.dossier.looks import shows_nothing
from claimpos.dossier.model import Dossier
from claimpos.dossier.parsing.printable import is_printable
from claimpos.importing.exporting import exported, not_in_table
from claimpos.rendering.data import csv_text, formula_freed, no_formula
from tests.conftest import examples
from tests.importing.support import imported, there_and_back
from tests.oracle.dossiers import Basis, PlainDossier, bases, dates, dossiers
from tests.oracle.product import load
from tests.support import TALKS, short_dossier, write_short

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
ANY_TEXT = st.one_of(HARMFUL, TEXTS).filter(
    lambda text: bool(text) and is_printable(text) and not shows_nothing(text)
)


def orders(dossier: Dossier) -> list[list[str]]:
    return [[*held] for held in (dossier.groups, dossier.issues, dossier.sources, dossier.parties)]


@pytest.mark.large
@pytest.mark.parametrize("kind", KINDS)
def test_a_large_dossier(kind: str, tmp_path: Path) -> None:
    talks = load_dossier(TALKS)
    result = there_and_back(talks, tmp_path, kind)
    assert result.dossier == talks
    assert orders(result.dossier) == orders(talks)
    assert not result.log.skipped
    assert not result.log.assumptions
    for day in DAYS:
        before = compare(talks, list(talks.parties), day)
        after = compare(result.dossier, list(talks.parties), day)
        assert diff_report(before) == diff_report(after)


def test_the_shipped_dossier(tmp_path: Path) -> None:
    before = load_dossier(shipped("positions"))
    result = there_and_back(before, tmp_path)
    assert not result.log.skipped
    assert result.dossier == before
    assert before.proposals
    assert any(party.answers for party in before.parties.values())
    assert not not_in_table(before)
    for day in ("2022-06-30", "2025-03-14", "2025-11-30"):
        one, other = (compare(it, ["russia", "ukraine"], day) for it in (before, result.dossier))
        assert diff_report(one) == diff_report(other)


def test_all_that_a_position_and_a_party_may_say(tmp_path: Path) -> None:
    agenda = {
        "war": {"options": ["on", "off"], "formerly": ["battle"], "also": ["the “w”", "strife"]}
    }
    offers = {
        "spring": {"title": "The spring offer", "until": "2025-06", "deadline": True},
        "spare": {"title": "An offer that no entry makes"},
    }
    entry = {
        "demands": "on",
        "refuses": "off",
        "until": "2025-05",
        "deadline": True,
        "offer": "spring",
        "notes": [{"day": "2025", "text": "Said: “again”, twice; so it stands"}],
        "evidence": {"demands": ["said-so", "said-so-maybe"], "refuses": ["said-so"]},
        "context": ["said-so-reportedly"],
    }
    later = {"since": "2025-06", "reserves": "All of it", "offer": "spring"}
    folder = write_short(
        tmp_path / "first",
        agenda,
        {"ann": {"war": [entry, later]}},
        {},
        {"ann": {"offers": offers, "formerly": ["anna"]}},
    )
    file = folder / "agenda.yaml"
    added = (
        '"closed": "2025-07", "quote-words": 9, "editor": "A unit", "licence": "CC BY", '
        '"errata": "here", "groups"'
    )
    file.write_text(file.read_text("utf-8").replace('"groups"', added, 1), encoding="utf-8")
    dossier = load_dossier(folder)
    assert dossier.closed is not None
    assert all(dossier.origin)
    assert not not_in_table(dossier)
    result = there_and_back(dossier, tmp_path)
    assert not result.log.skipped
    assert result.dossier == dossier


def test_all_that_a_text_and_an_answer_may_say(tmp_path: Path) -> None:
    agenda = {
        "war": {"options": ["on", "off"]},
        "zones": {"items": {"east": "East", "west": "West"}, "options": {"a": "A", "b": "B"}},
        "sum": {"unit": "euros"},
        "count": {"unit": "ships"},
    }
    by_ann = {"bracketed": [{"outcome": "on", "by": ["ann"]}, {"outcome": "none", "by": ["bo"]}]}
    terms = {
        "war": by_ann,
        "zones": {"east": {"bracketed": ["a", "b"]}, "west": "a"},
        "sum": {"min": 0, "below": 3},
        "count": 0,
    }
    texts = {
        "plan": {"terms": terms, "authors": ["ann"], "note": "By night", "status": "bracketed"},
        "package": {"terms": {"war": ["on", "off"], "sum": [0, {"min": 2}]}, "status": "package"},
    }
    yes = {"says": "accepts", "until": "2025-06", "except": ["war", "zones.east"], "note": "So"}
    no = {"since": "2025-07", "says": "refuses", "evidence": ["said-so", "said-so-maybe"]}
    answers = {"plan": [{**yes, "subject-to": "a vote"}, no]}
    folder = write_short(
        tmp_path / "first", agenda, {"ann": {}, "bo": {}}, texts, {"ann": {"answers": answers}}
    )
    dossier = load_dossier(folder)
    result = there_and_back(dossier, tmp_path)
    assert not result.log.skipped
    assert result.dossier == dossier


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("plan,,on,So,,", "the issue is missing"),
        ("plan,war,on,,,", "the term_summary is missing"),
        ("plan,war,,So,,", "the term is missing"),
        (",,,,ann,accepts", "the proposal is missing"),
        ("plan,,,,ann,agrees", "“agrees” is not one of accepts, accepts-as-basis, refuses"),
    ],
)
def test_a_line_on_a_text_that_lacks_something(tmp_path: Path, line: str, why: str) -> None:
    head = "proposal,issue,term,term_summary,party,answer,demands,since,proposal_date,options\n"
    table = f"{head},war,,,ann,,on,2025,,on; off\nplan,war,on,So,,,,,2025,\n{line},,2025,,\n"
    told = imported(
        tmp_path, table, given={"proposal_status": "draft", "source": "Paper"}
    ).left_out()
    assert told == {4: why}


def test_what_has_no_column_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agenda = {"war": {"options": {"on": {"title": "On", "formerly": ["yes", "so"]}, "off": "Off"}}}
    entry = {"demands": "on", "coder": "al", "reviewed": {"by": "bo", "on": 2025}}
    folder = write_short(tmp_path / "dossier", agenda, {"ann": {"war": entry}})
    sources = folder / "sources.yaml"
    marked = '"date": "2025-01-01", "paragraphs": 4,'
    sources.write_text(sources.read_text("utf-8").replace('"date": "2025-01-01",', marked), "utf-8")
    assert main(["export", "--positions", str(folder), "-o", str(tmp_path / "table.csv")]) == 0
    assert capsys.readouterr().err == (
        "The agenda's 2 old ids of options and items are not exported.\n"
        "The parties' 1 note of who coded or reviewed something is not exported.\n"
        "The sources' 1 list of paragraphs without a position is not exported.\n"
    )


def test_evidence_is_for_a_verb_on_every_line_or_on_none(tmp_path: Path) -> None:
    header = "party,issue,since,demands,evidence_for,context,summary\n"
    lines = "ann,war,2025,on,,,So\nann,war,2025,,demands,,More\nann,war,2025,,demands,x,Both\n"
    assert imported(tmp_path, header + lines).left_out() == {
        3: "the evidence is for a verb on some lines of the position and for all of it on others, "
        "such as line 2; name verbs on all of them or none",
        4: "a statement used in two ways; of evidence_for, against and context, fill in one",
    }


@pytest.mark.parametrize("cell", ["soon", "[a]", "[{day: 2025}]", "[{day: 2025, text: 5}]", "{}"])
def test_notes_that_are_none(tmp_path: Path, cell: str) -> None:
    table = f'party,issue,since,demands,dated_notes\nann,war,2025,on,"{cell}"\nann,war,2026,on,\n'
    assert "is not a list of dated notes" in imported(tmp_path, table).left_out()[2]


@examples(60)
@given(dossiers(), dates(), bases())
def test_random_dossiers(plain: PlainDossier, as_of: str, basis: Basis) -> None:
    dossier = load(plain)
    with tempfile.TemporaryDirectory() as scratch:
        result = there_and_back(dossier, Path(scratch))
    assert not result.log.skipped
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

    from claimpos.importing.workbook_writing import workbook

    sheets = {"one": [["a", "b"], ["=1+1", "@x"]]}
    content = workbook(sheets)
    assert content == workbook(sheets)
    (tmp_path / "book.xlsx").write_bytes(content)
    sheet = load_workbook(tmp_path / "book.xlsx").worksheets[0]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s"]
    assert [cell.value for cell in sheet[2]] == ["=1+1", "@x"]
