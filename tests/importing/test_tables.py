"""Tables that no file of the cases folder holds: too large, or no text at all."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.limits import VARIABLE
from claimpos.errors import OutputFailed, WrongUsage
from claimpos.importing.csv_table import read_csv
from claimpos.importing.import_log import ImportLog
from claimpos.importing.table import LONGEST, Header
from tests.importing.support import imported

HEADER = "party,issue,since,demands,summary\n"
needs_openpyxl = pytest.mark.skipif(
    find_spec("openpyxl") is None, reason="spreadsheets need openpyxl"
)


def test_a_cell_of_ten_million_characters_is_told_and_the_rest_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "file-bytes=20000000")
    limit = csv.field_size_limit()
    long = f"north,Border,2024,open,{'x' * 10_000_000}\nsouth,Border,2024,closed,So\n"
    result = imported(tmp_path, HEADER + long)
    assert list(result.dossier.parties) == ["south"]
    assert result.left_out() == {
        2: f"the cell “summary” has 10,000,000 characters, more than {LONGEST:,}"
    }
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize("field", ["minimum", "quote_words", "demands"])
def test_a_number_of_too_many_digits_is_skipped(tmp_path: Path, field: str) -> None:
    header = f"party,issue,since,{field},summary,reserves\n"
    result = imported(tmp_path, f"{header}a,b,2025,{'9' * 5000},,x\nc,b,2025,,,x\n")
    assert list(result.left_out()) == [2]
    assert "has more than 30 digits" in result.left_out()[2]


def test_a_text_over_several_lines_is_one_cell(tmp_path: Path) -> None:
    table = HEADER + 'north,Border,2024,open,"One\nTwo"\nsouth,Border,2024\n'
    result = imported(tmp_path, table)
    (statement,) = result.dossier.parties["north"].statements.values()
    assert statement.summary == "One\nTwo"
    assert list(result.left_out()) == [4]


def test_empty_cells_beyond_the_header_are_nothing(tmp_path: Path) -> None:
    result = imported(
        tmp_path, HEADER + "north,Border,2024,open,So,,\nsouth,Border,2024,no,So,,x\n"
    )
    assert list(result.dossier.parties) == ["north"]
    assert list(result.left_out()) == [3]


@pytest.mark.parametrize(
    "cell",
    [
        *("#REF!", "#N/A", "#DIV/0!", "#NAME?", "#NV", "#BEZUG!", " #WERT! ", "#¡REF!"),
        *("#¿NOMBRE?", "#ССЫЛКА!", "#Н/Д", "Err:502", "########"),
    ],
)
@pytest.mark.parametrize("field", ["party", "demands"])
def test_an_error_of_a_spreadsheet_is_no_text(cell: str, field: str, tmp_path: Path) -> None:
    row = {"party": "south", "demands": "no"} | {field: cell}
    table = HEADER + f"north,Border,2024,open,So\n{row['party']},Border,2024,{row['demands']},So\n"
    found = imported(tmp_path, table)
    shown = f"the cell “{field}” shows the spreadsheet error {cell.strip()}"
    assert found.left_out() == {3: shown}


@pytest.mark.parametrize("text", ["#1", "#metoo!", "C# or F#?", "#", "##"])
def test_other_texts_with_such_signs_are_texts(text: str, tmp_path: Path) -> None:
    found = imported(tmp_path, HEADER + f'north,Border,2024,open,"{text}"\n')
    assert not found.left_out()


def test_a_ditto_mark_names_nothing(tmp_path: Path) -> None:
    found = imported(tmp_path, HEADER + 'north,Border,2024,open,So\nsouth,"""",2024,no,So\n')
    assert found.left_out() == {3: "the cell “issue” holds a ditto mark; write what it stands for"}
    assert [*found.dossier.issues] == ["border"]


def test_utf_16_is_known_by_its_mark(tmp_path: Path) -> None:
    table = HEADER.replace(",", "\t") + "Łódź\tBorder\t2024\topen\tSo\n"
    result = imported(tmp_path, table.encode("utf-16"))
    assert [party.name for party in result.dossier.parties.values()] == ["Łódź"]


CELLS = st.text(alphabet='a", \n;').filter(lambda cell: cell.strip() not in {'"', "''"})


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1))
def test_what_a_csv_writer_writes_is_read(rows: list[list[str]]) -> None:
    log = ImportLog()
    held = [row for row in rows if any(cell.strip() for cell in row)] or [["a", "a", "a"]]
    text = "\r\n".join(
        ",".join(f'"{cell.replace(chr(34), 2 * chr(34))}"' for cell in row) for row in held
    )
    table = read_csv(f"party,issue,since\n{text}".encode(), Header({}, frozenset()), None, log)
    assert [row for _, row in table.rows] == held
    assert not log.skipped


@given(st.text(alphabet='ab",\n\r;\t\0é', max_size=60))
def test_no_text_ends_in_anything_but_a_table_or_wrong_usage(text: str) -> None:
    log = ImportLog()
    try:
        table = read_csv(f"party,issue\n{text}".encode(), Header({}, frozenset()), None, log)
    except WrongUsage:
        return
    assert all(len(row) == 2 for _, row in table.rows)
    numbers = [number for number, _ in table.rows]
    assert numbers == sorted(set(numbers))
    assert not {*numbers} & {place.line for place, _ in log.skipped}


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputFailed, match="already exists"):
        imported(tmp_path, HEADER + "north,Border,2024,open,So\n")


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    result = imported(tmp_path, HEADER + "north,Border,2024,open,So\n")
    assert sorted(path.name for path in result.folder.iterdir()) == [
        "agenda.yaml",
        "north.yaml",
        "sources.yaml",
    ]


@needs_openpyxl
def test_a_spreadsheet_as_people_make_it(tmp_path: Path) -> None:
    from datetime import UTC, date, datetime

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["party", "issue", "since", "demands", "summary", "minimum"])
    sheet.append(["north", "Toll", date(2024, 5, 1), 5.0, "Five", 0])
    sheet.append([])
    sheet.append(["south", "Toll", datetime(2024, 5, 2, tzinfo=UTC).replace(tzinfo=None), 4.5])
    sheet.append(["east", "Toll", "2024", "=1+1"])
    book.create_sheet("notes")
    book.save(tmp_path / "book.xlsx")
    content = (tmp_path / "book.xlsx").read_bytes()
    result = imported(tmp_path, content, name="book.xlsx")
    parties = result.dossier.parties
    written = {key: party.positions["toll"][0] for key, party in parties.items()}
    assert {key: entry.since.text for key, entry in written.items()} == {
        "north": "2024-05-01",
        "south": "2024-05-02",
    }
    assert result.dossier.issues["toll"].kind == "quantity"
    assert "formula without a result" in result.left_out()[5]
    assert result.remarks()[1] == (
        "the sheet “Sheet” was read; “notes” was not: --sheet chooses another"
    )


@needs_openpyxl
@pytest.mark.parametrize("content", [b"", b"PK", b"party,issue\n"])
def test_no_spreadsheet(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=r"cannot be read as an \.xlsx workbook"):
        imported(tmp_path, content, name="table.xlsx")
