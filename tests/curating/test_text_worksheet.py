"""Texts to be mapped: there and back cell for cell, suggestions, and mistakes at their lines."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.curating.text_form import tables_of
from claimpos.curating.text_import import AddedText, add_text, sheet_form, text_in
from claimpos.curating.text_suggestions import Suggestions
from claimpos.curating.text_worksheet import text_worksheet
from claimpos.deals.assessment import assess
from claimpos.dossier.model import Dossier, Issue
from claimpos.errors import InvalidDossier, WrongUsage
from claimpos.importing.text_blocks import TextTable, plain_lines
from claimpos.importing.text_document import read_text_document
from claimpos.importing.text_writing import written_text
from tests.conftest import examples
from tests.curating.sheets import harbour
from tests.support import yaml_data

CASES = sorted((Path(__file__).parent / "text_worksheets").glob("*.yaml"))
TODAY = date(2026, 4, 1)
ENDINGS = (".docx", ".html", ".md")
HEAD = ["No", "Text of the Port Authority", "Union's text", "Compromise", "Status"]
ROWS = [
    ["Article 1\nPay", "Wages rise by 4 per cent.", "Wages rise by 6 per cent.", "", "open"],
    ["Article 2(1)", "Weekend work by rota.", "", "Weekend work by volunteers.", "agreed ad ref"],
    ["", "In this <i>chapter</i>:\n• a | b\n– c\\d", "*[none]*", "~~old~~ new", "1. & 2.  x"],
    ["Article 3", "The cranes by volunteers alone", "The cranes by all in turn", "", ""],
]
NUMBERED = """\
# Draft of March

The parties have agreed as follows.

1. Wages rise by [4 (port)] [6 – Dockers' Union] per cent.

2. [Union, Port Authority: Weekend work by volunteers.] [no text (Port¹)] [and rain]

3. Annexes are printed.
"""


def in_word(rows: list[list[str]]) -> bytes:
    """A document of Word with a table, made by a program that is not ours."""
    import docx

    file: Any = docx.Document()
    file.add_heading("Harbour, second reading", 0)
    made = file.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            made.cell(at, column).text = text
    held = BytesIO()
    file.save(held)
    return held.getvalue()


def sheet_of(positions: Path, name: str, content: bytes) -> str:
    """The worksheet of a file."""
    path = positions.parent / name
    path.write_bytes(content)
    return text_worksheet(load_dossier(positions), read_text_document(path), path.stem)


def test_a_sheet_that_could_not_be_taken_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    positions, text = harbour(tmp_path), b"Article 1\nWork at night ends.\n"
    size = len(sheet_of(positions, "text.txt", text).encode())
    monkeypatch.setenv("CLAIMPOS_LIMITS", f"file-bytes={size}")
    assert len(sheet_of(positions, "text.txt", text).encode()) == size
    monkeypatch.setenv("CLAIMPOS_LIMITS", f"file-bytes={size - 1}")
    told = rf"the worksheet for 1 passage would be larger than {size - 1:,} bytes; to raise"
    with pytest.raises(WrongUsage, match=told):
        sheet_of(positions, "text.txt", text)


def cells_in(sheet: str) -> list[list[list[str]]]:
    """The tables that a worksheet holds."""
    return tables_of(sheet_form("sheet.md", sheet))


def shown(rows: list[list[str]]) -> list[list[str]]:
    """What cells show, without needless blanks."""
    return [[*map(plain_lines, row)] for row in rows]


@pytest.mark.parametrize("ending", ENDINGS)
def test_four_columns_there_and_back(ending: str, tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = sheet_of(positions, "four.docx", in_word([HEAD, *ROWS]))
    assert cells_in(sheet) == [shown([HEAD, *ROWS])]
    written = written_text(text_in(sheet_form("sheet.md", sheet)), ending)
    again = sheet_of(positions, f"again{ending}", written)
    assert cells_in(again) == [shown([HEAD, *ROWS])]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_heading_above_the_text_is_no_article_and_not_lost(ending: str, tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = sheet_of(positions, "draft.md", b"# Draft #2\n\nArticle 1\nWages rise.\n")
    assert sheet.count("## art. ") == 1
    written = written_text(text_in(sheet_form("sheet.md", sheet)), ending)
    again = sheet_of(positions, f"draft{ending}", written)
    assert again == sheet


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
WORDS = st.lists(
    st.sampled_from(
        [
            "a",
            "|",
            "\\",
            "*b*",
            "<br>",
            "&amp;",
            "[5]",
            "1.",
            "- c",
            "#",
            "\n",
            "`",
            "> d",
            "~~e~~",
            "_f_",
            "\\|",
            "&#65;",
            "(i)",
            "+",
        ]
    )
)
CELLS = st.one_of(CELL, WORDS.map(" ".join))


@examples(80)
@given(st.integers(2, 5), st.data(), st.sampled_from(ENDINGS))
def test_any_table_there_and_back(width: int, data: st.DataObject, ending: str) -> None:
    row = st.lists(CELLS, min_size=width, max_size=width)
    rows = data.draw(st.lists(row, min_size=2, max_size=5).map(shown))
    rows = [one for one in rows if any(one)]
    if len(rows) < 2:
        return
    with tempfile.TemporaryDirectory() as made:
        positions = harbour(Path(made))
        sheet = sheet_of(positions, f"a{ending}", written_text([TextTable(rows)], ending))
        assert cells_in(sheet) == [rows]
        written = written_text(text_in(sheet_form("sheet.md", sheet)), ending)
        assert cells_in(sheet_of(positions, f"b{ending}", written)) == [rows]


# ---- suggestions ----


def test_suggestions_are_marked_and_not_taken(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    for name, content in (("a.docx", in_word([HEAD, *ROWS])), ("a.md", NUMBERED.encode())):
        sheet = filled(sheet_of(positions, name, content), HEADER)
        before = {path.name: path.read_bytes() for path in positions.rglob("*.yaml")}
        taken = take(positions, sheet)
        assert taken.terms == []
        assert len(taken.suggested) == len(re.findall(r"(?m)^[a-z 0-9]+: \? ", sheet))
        assert {path.name: path.read_bytes() for path in positions.rglob("*.yaml")} == before


def test_what_is_suggested(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = sheet_of(positions, "four.docx", in_word([HEAD, *ROWS]))
    assert "title: ? Harbour, second reading\n" in sheet
    holds = re.findall(r"(?m)^holds:(.*)$", sheet)
    assert holds == [" ? provision", " ? port", " ? union", " ? compromise", " ? remarks"]
    row = sheet.partition("## row 2\n")[2].partition("## row 3")[0]
    assert "issue: ? weekend\ncolumn 2: ? rota\ncolumn 3:\ncolumn 4: ? voluntary\n" in row
    assert "locator: Article 2(1)\n" in row
    assert "issue: ? night.cranes\n" in sheet.partition("## row 4\n")[2]
    numbered = sheet_of(positions, "a.md", NUMBERED.encode())
    article = numbered.partition("## art. 2\n")[2].partition("## art. 3")[0]
    assert "alternative: 4\noutcome: ? 4\nby: ? port\n" in article
    assert "alternative: 6\noutcome: ? 6\nby: ? union\n" in article
    article = numbered.partition("## art. 3\n")[2].partition("## art. 4")[0]
    assert "alternative: Weekend work by volunteers.\noutcome: ? voluntary\n" in article
    assert "by: ? union, port\nalternative: no text\noutcome: ? none\nby: ? port\n" in article
    assert "alternative: and rain\noutcome:\nby:\n" in article


def test_an_item_is_suggested_by_words_that_say_something(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    agenda = positions / "agenda.yaml"
    text = agenda.read_text("utf-8")
    agenda.write_text(text.replace("items: {", "items: {a: A, ", 1), "utf-8")
    assert "issue: ? night.cranes\n" in sheet_of(
        positions, "a.md", b"1. Work at night on the cranes: by all in turn\n"
    )


def test_a_party_is_not_taken_for_another_that_has_a_speaker_of_its_name(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    union = positions / "union.yaml"
    envoy = "speakers:\n  envoy: {name: Envoy to the Port, role: envoy}\n"
    union.write_text(union.read_text("utf-8").replace("speakers:\n", envoy), encoding="utf-8")
    assert "alternative: 4\noutcome: ? 4\nby: ? port\n" in sheet_of(
        positions, "a.md", NUMBERED.encode()
    )


LABELS = st.lists(st.sampled_from(["red", "blue", "ship", "crane", "night", "the"]), max_size=3)


@examples(200)
@given(st.lists(LABELS, min_size=1, max_size=8), LABELS)
def test_an_outcome_is_suggested_if_it_is_the_only_one_named(
    labels: list[list[str]], said: list[str]
) -> None:
    """A wording names a label that it has all words of, or that has all of its words."""

    def telling(words: list[str]) -> set[str]:
        return {*words} - {"the"}

    options = {f"o{at}": " ".join(words) for at, words in enumerate(labels)}
    issue = Issue("i", "Title", "Question?", "g", "choice", options)
    dossier = Dossier("Title", {"g": "Group"}, {"i": issue}, {}, {})
    named = [
        option
        for option, words in zip(options, labels, strict=True)
        if telling(words)
        and (telling(words) <= telling(said) or (telling(said) and telling(said) <= telling(words)))
    ]
    expected = named[0] if len(named) == 1 else ""
    assert Suggestions(dossier).outcome(issue, " ".join(said)) == expected


# ---- what is filled in ----

HEADER = {
    "": {
        "proposal": "draft-march",
        "title": "Draft: of March",
        "date": "2026-03-01",
        "status": "bracketed",
        "source": "gazette",
    }
}
TABLE = {
    "table 1/column 2": {"holds": "port"},
    "table 1/column 3": {"holds": "union"},
    "table 1/column 4": {"holds": "compromise"},
}
FILLED = {
    **HEADER,
    **TABLE,
    "row 1": {
        "issue": "pay-rise",
        "column 2": "4",
        "column 3": "{min: 6}",
        "summary": "Four or six.",
    },
    "row 2": {
        "issue": "weekend",
        "column 2": "rota",
        "column 3": "none",
        "column 4": "voluntary",
        "summary": "Volunteers.",
    },
    "row 3": {"issue": "none"},
    "row 4": {
        "issue": "night.cranes",
        "column 2": "volunteers",
        "column 3": "everyone",
        "summary": "Who works.",
        "locator": "",
    },
}


def take(positions: Path, sheet: str) -> AddedText:
    return add_text(positions, "sheet.md", sheet, TODAY)


def filled(sheet: str, fields: Mapping[str, Mapping[str, str]]) -> str:
    """The worksheet with fields filled in, by the headings that they stand under."""
    for place, values in fields.items():
        start = 0
        for heading in filter(None, place.split("/")):
            found = re.compile(rf"(?m)^##+ {re.escape(heading)}$").search(sheet, start)
            assert found, place
            start = found.end()
        for key, value in values.items():
            field = re.compile(rf"(?m)^{re.escape(key)}:.*$").search(sheet, start)
            assert field, (place, key)
            sheet = sheet[: field.start()] + f"{key}: {value}" + sheet[field.end() :]
    return sheet


def test_a_table_becomes_a_proposal(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = filled(sheet_of(positions, "four.docx", in_word([HEAD, *ROWS])), FILLED)
    taken = take(positions, sheet)
    assert (taken.terms, taken.unmapped, taken.is_new) == (
        ["pay-rise", "weekend", "night"],
        [],
        True,
    )
    file = positions / taken.file
    data = yaml_data(file.read_text("utf-8"), file.name)
    assert data["title"] == "Draft: of March"
    assert data["terms"] == {
        "pay-rise": {
            "outcome": {
                "bracketed": [
                    {"outcome": 4, "by": ["port"]},
                    {"outcome": {"min": 6}, "by": ["union"]},
                ]
            },
            "locator": "Article 1",
            "summary": "Four or six.",
        },
        "weekend": {"outcome": "voluntary", "locator": "Article 2(1)", "summary": "Volunteers."},
        "night": {
            "outcome": {
                "cranes": {
                    "bracketed": [
                        {"outcome": "volunteers", "by": ["port"]},
                        {"outcome": "everyone", "by": ["union"]},
                    ]
                }
            },
            "locator": "row 4",
            "summary": "Who works.",
        },
    }
    dossier = load_dossier(positions)
    assessed = assess(dossier, dossier.proposals["draft-march"], ["union"], TODAY)
    assert [one.says["union"] for one in assessed.terms[0].alternatives] == ["gives", "yes"]


def test_a_sheet_is_taken_again_as_it_fills_up(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = sheet_of(positions, "four.docx", in_word([HEAD, *ROWS]))
    some = filled(sheet, {key: FILLED[key] for key in FILLED if key != "row 4"})
    assert take(positions, some).terms == ["pay-rise", "weekend"]
    first = (positions / "proposals/draft-march.yaml").read_text("utf-8")
    whole = filled(sheet, FILLED)
    assert take(positions, whole).terms == ["night"]
    assert (positions / "proposals/draft-march.yaml").read_text("utf-8").startswith(first)
    assert take(positions, whole.replace("\n", "\r\n")).terms == []


def test_articles_become_a_proposal(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = filled(sheet_of(positions, "a.md", NUMBERED.encode()), HEADER)
    confirmed = re.sub(r"(?m)^([a-z]+): \? ", r"\1: ", sheet)
    confirmed = confirmed.replace("summary:", "summary: What it says.")
    confirmed = confirmed.replace(
        "alternative: and rain\noutcome:", "alternative: x\noutcome: none"
    )
    confirmed = confirmed.replace("issue:\noutcome:\nsummary: What it says.", "issue:\nsummary:")
    taken = take(positions, confirmed)
    assert (taken.terms, taken.unmapped) == (["pay-rise", "weekend"], ["art. 1", "art. 4"])
    terms = load_dossier(positions).proposals["draft-march"].terms
    ((_, pay),), ((_, weekend),) = (terms[one].bracketed.items() for one in terms)
    assert [one.by for one in pay] == [("port",), ("union",)]
    assert [(one.by, one.outcomes is None) for one in weekend] == [
        (("union", "port"), False),
        (("port",), True),
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_mistakes_are_told_at_their_line(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A case fills in more, replaces words, and says what is expected at which lines.

    `--update-sessions` writes what is found.
    """
    positions = harbour(tmp_path)
    data = yaml_data(case.read_text("utf-8"), case.name)
    of_table = sheet_of(positions, "four.docx", in_word([HEAD, *ROWS]))
    for _ in range(data.get("after", 0)):
        take(positions, filled(of_table, FILLED))
    if data.get("of") == "articles":
        sheet = filled(sheet_of(positions, "a.md", NUMBERED.encode()), HEADER)
    else:
        sheet = filled(of_table, FILLED)
    sheet = filled(sheet, data.get("fill", {}))
    for old, new in data.get("replace", {}).items():
        assert old in sheet
        sheet = sheet.replace(old, new, 1)
    with pytest.raises(InvalidDossier) as raised:
        take(positions, sheet)
    lines = sheet.splitlines()
    found = [
        f"{lines[one.span.line - 1]} | {one.code}: {one.message} | {one.hint}"
        for one in raised.value.findings
    ]
    assert {one.source.path for one in raised.value.findings} == {"sheet.md"}
    if request.config.getoption("--update-sessions"):
        from claimpos.importing.writing import flow

        kept = case.read_text("utf-8").partition("expected:")[0]
        told = "".join(f"- {flow(one)}\n" for one in found)
        case.write_text(f"{kept}expected:\n{told}", encoding="utf-8")
    assert found == data["expected"]


def test_what_is_no_such_worksheet_is_not_quoted(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    with pytest.raises(InvalidDossier) as raised:
        take(positions, "# Worksheet: of another kind\n\nsecret")
    (finding,) = raised.value.findings
    assert finding.source.text == ""
    assert "claimpos import --text" in finding.hint


@examples(60)
@given(st.data())
def test_no_sheet_makes_it_fail_in_another_way(data: st.DataObject) -> None:
    """Whatever is cut from a sheet, or put into it, is taken or is told."""
    with tempfile.TemporaryDirectory() as made:
        positions = harbour(Path(made))
        sheet = filled(sheet_of(positions, "four.docx", in_word([HEAD, *ROWS])), FILLED)
        lines = sheet.splitlines()
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(lines) - 1))
            change = data.draw(st.sampled_from(["cut", "copy", "new", "words"]))
            if change == "cut":
                del lines[at]
            elif change == "copy":
                lines.insert(data.draw(st.integers(0, len(lines))), lines[at])
            elif change == "new":
                lines.insert(at, data.draw(st.sampled_from(NEW)))
            else:
                key, colon, _ = lines[at].partition(":")
                lines[at] = f"{key}{colon} {data.draw(st.sampled_from(VALUES))}"
        text = "\n".join(lines)
        with suppress(InvalidDossier):
            take(positions, text)


NEW = (
    *("## row 9", "## art. 1", "## table 2", "### column 3", "### columns 2 to 4", "# x"),
    *("### columns 900 to 3", "issue: weekend", "alternative: x", "outcome: 5", "by: port"),
    *("holds: union", "> text", "column 4: 1", "summary: again"),
)
VALUES = (
    *("", "?", "none", "[a", "{bracketed: [1, 2]}", "night.cranes", "a.b.c", ".", "union, x"),
    "5",
)
