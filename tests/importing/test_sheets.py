"""A workbook with a sheet for each kind of piece: readable, read back whole, and mistakes told."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from claimpos import load_dossier
from claimpos.dossier.locate import shipped
from claimpos.dossier.model import Dossier
from claimpos.dossier.starter import write_starter
from claimpos.errors import WrongUsage
from claimpos.importing.cells import FIELDS
from claimpos.importing.exporting import SHEETS, exported, exported_sheets
from claimpos.importing.import_log import log_text
from claimpos.importing.workbook_writing import workbook
from tests.cli.in_process import claimpos
from tests.conftest import examples
from tests.curating.test_add import contents
from tests.importing.support import imported, there_and_back
from tests.oracle.dossiers import FEATURES, PlainDossier, dossiers, write_dossier
from tests.support import short_dossier, write_short

pytestmark = pytest.mark.skipif(find_spec("openpyxl") is None, reason="workbooks need openpyxl")

ONLY_OF_ONE_TABLE = {"options", "items", "stance", "evidence_for"}


@pytest.fixture
def harbour(tmp_path: Path) -> Dossier:
    write_starter(tmp_path / "positions")
    return load_dossier(tmp_path / "positions")


def edited(dossier: Dossier, edit: Callable[[Any], None]) -> bytes:
    """The dossier's workbook as somebody saves it who has changed something in it."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook(exported_sheets(dossier))))
    edit(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def put(sheet: Any, row: int, **cells: str) -> None:
    """Fill cells of a row, by the heads of their columns."""
    columns = {cell.value: cell.column for cell in sheet[1]}
    for head, text in cells.items():
        sheet.cell(row, columns[head]).value = text


def test_every_field_has_a_column() -> None:
    columns = {column for kind in SHEETS.values() for column in kind.columns}
    assert columns == FIELDS.keys() - ONLY_OF_ONE_TABLE


@examples(25)
@given(dossiers(features=FEATURES))
def test_random_dossiers(plain: PlainDossier) -> None:
    """As a new dossier they are the same, and the dossier itself has all that they say."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "first"
        folder.mkdir()
        write_dossier(folder, *plain)
        dossier = load_dossier(folder)
        result = there_and_back(dossier, Path(scratch), "xlsx")
        assert result.dossier == dossier
        for pieces in ("groups", "issues", "sources", "parties", "proposals"):
            assert [*getattr(result.dossier, pieces)] == [*getattr(dossier, pieces)]
        assert not result.log.skipped
        assert not result.log.assumptions
        before = contents(folder)
        done = claimpos("import", f"{scratch}/table.xlsx", "--append", str(folder))
        assert (done.returncode, done.stderr) == (0, "")
        assert contents(folder) == before


def test_the_shipped_dossier(tmp_path: Path) -> None:
    folder, book = tmp_path / "positions", tmp_path / "book.xlsx"
    shutil.copytree(shipped("positions"), folder)
    before = contents(folder)
    assert claimpos("export", "--positions", str(folder), "-o", str(book)).returncode == 0
    done = claimpos("import", str(book), "--into", str(tmp_path / "back"))
    assert (done.returncode, done.stderr) == (0, "")
    assert load_dossier(tmp_path / "back") == load_dossier(folder)
    done = claimpos("import", str(book), "--append", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing was added")
    assert contents(folder) == before


def test_what_is_added_to_the_workbook_is_appended(harbour: Dossier, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put(book["sources"], 9, source="letter", source_title="Our offer", publisher="Port")
        put(book["sources"], 9, source_date="2026-02-20", status="official")
        put(book["statements"], 20, party="port", statement="up-to-six", source="letter")
        put(book["statements"], 20, basis="stated", summary="Offers six per cent.")
        put(book["positions"], 30, party="port", issue="pay-rise", since="2026-02-20")
        put(book["positions"], 30, accepts="<= 6", refuses="> 6", evidence="up-to-six; offer")

    (tmp_path / "book.xlsx").write_bytes(edited(harbour, edit))
    folder = str(tmp_path / "positions")
    done = claimpos("import", str(tmp_path / "book.xlsx"), "--append", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert ": 1 position, 1 source. " in done.stdout
    port = load_dossier(tmp_path / "positions").parties["port"]
    entry = port.positions["pay-rise"][-1]
    assert [one.id for one in entry.evidence] == ["up-to-six", "offer"]
    after = contents(tmp_path / "positions")
    done = claimpos("import", str(tmp_path / "book.xlsx"), "--append", folder)
    assert (done.returncode, done.stdout.partition(" ")[0]) == (0, "Nothing")
    assert contents(tmp_path / "positions") == after


def test_one_sheet_of_all_is_read_as_before(harbour: Dossier, tmp_path: Path) -> None:
    """As the export wrote it once."""
    result = imported(tmp_path, workbook({"positions": exported(harbour)}), name="table.xlsx")
    assert result.dossier == harbour
    assert not result.log.remarks


@pytest.mark.parametrize("sheet", [name for name in SHEETS if name not in {"positions", "items"}])
def test_one_sheet_of_many_that_holds_no_positions(
    sheet: str, harbour: Dossier, tmp_path: Path
) -> None:
    sheets = exported_sheets(harbour)
    if sheet not in sheets:
        pytest.skip("the dossier has none of these")
    with pytest.raises(WrongUsage) as wrong:
        imported(tmp_path, workbook(sheets), name="table.xlsx", sheet=sheet)
    assert str(wrong.value) == (
        f"the sheet “{sheet}” alone holds no positions; leave --sheet out, and all sheets are read"
    )


def test_the_sheet_of_positions_alone_says_what_it_lacks(harbour: Dossier, tmp_path: Path) -> None:
    book = workbook(exported_sheets(harbour))
    with pytest.raises(WrongUsage, match="leave --sheet out, and the sheets that this one refers"):
        imported(tmp_path, book, name="table.xlsx", sheet="positions")


def test_a_person_can_read_it(harbour: Dossier) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook(exported_sheets(harbour))))
    assert book.sheetnames == [*SHEETS]
    sheets: list[Any] = book.worksheets
    for sheet in sheets:
        head = [cell.value for cell in sheet[1]]
        assert head == [*SHEETS[sheet.title].columns]
        assert sheet.sheet_state == "visible"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert sheet.freeze_panes[-1] == "2"
        assert sheet.auto_filter.ref == sheet.dimensions
        for column, name in zip(sheet.columns, head, strict=True):
            width = sheet.column_dimensions[column[0].column_letter].width
            assert len(name) < width <= 40
            for cell in column[1:]:
                assert cell.value is None or cell.alignment.wrap_text
                lines = sheet.row_dimensions[cell.row].height / 15
                assert len(cell.value or "") <= width * lines
    rows = [[cell.value for cell in row[:3]] for row in sheets[3]]
    assert ["weekend", "rota", "weekend work by rota"] in rows


def test_what_a_dossier_lacks_has_no_sheet(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, {"war": {"options": ["on", "off"]}}, {"ann": {}})
    assert {*exported_sheets(dossier)}.isdisjoint({"positions", "offers", "items", "answers"})


def test_ids_that_could_be_a_yes_or_a_no(tmp_path: Path) -> None:
    entry = {"demands": "on", "evidence": ["no"], "against": ["yes"], "context": ["x"]}
    said = {"source": "paper", "basis": "stated", "summary": "So."}
    folder = write_short(
        tmp_path / "first",
        {"war": {"options": ["on", "off"]}},
        {"ann": {"war": entry}},
        {},
        {"ann": {"statements": dict.fromkeys(("no", "yes", "x"), said)}},
    )
    dossier = load_dossier(folder)
    assert there_and_back(dossier, tmp_path, "xlsx").dossier == dossier


@pytest.mark.parametrize("summary", ["Pays _x0036_ _x000A_ now", "_x005F_x0008_", "a _x1 _X0036_"])
def test_what_looks_like_an_escape_of_a_workbook(summary: str, tmp_path: Path) -> None:
    entry = {"demands": "on", "evidence": ["said"]}
    said = {"source": "paper", "basis": "stated", "summary": summary}
    folder = write_short(
        tmp_path / "first",
        {"war": {"options": ["on", "off"]}},
        {"ann": {"war": entry}},
        {},
        {"ann": {"statements": {"said": said}}},
    )
    dossier = load_dossier(folder)
    assert there_and_back(dossier, tmp_path, "xlsx").dossier == dossier


def test_sheets_in_another_order_and_beside_others(harbour: Dossier, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book.move_sheet("positions", -10)
        sources = book["sources"]
        sources.title = "renamed"
        sources.title = "Sources"
        book.create_sheet("My notes", 0).append(["party", "issue", "to do"])
        book["groups"].insert_rows(1)
        book["groups"].cell(1, 1).value = "Groups of issues"

    result = imported(tmp_path, edited(harbour, edit), name="book.xlsx")
    assert result.dossier == harbour
    assert log_text(result.log, 200) == (
        "Please check:\n"
        "- Line 1: “My notes” was not read: only sheets with the names and columns of an "
        "export are\n"
        "- Line 1 of “groups”: “Groups of issues” stands above the header, and was not read\n"
    )


@pytest.mark.parametrize(
    ("sheet", "row", "cells", "told"),
    [
        (
            "positions",
            2,
            {"evidence": "ofer; talks"},
            "Line 2 of “positions”: no line that was read has the statement “ofer” of “port”; did "
            "you mean “offer”?",
        ),
        (
            "positions",
            2,
            {"evidence": "{asks: [call]}"},
            "Line 2 of “positions”: “{asks: [call]}” is not a map from demands, proposes, accepts, "
            "refuses, reserves to lists of statements",
        ),
        ("positions", 2, {"party": ""}, "Line 2 of “positions”: the party is missing"),
        ("options", 2, {"issue": ""}, "Line 2 of “options”: the issue is missing"),
        (
            "options",
            9,
            {"issue": "weekend", "option": "rota", "option_title": "By turns"},
            "Line 9 of “options”: the option “rota” of “weekend” is called “weekend work by rota” "
            "already",
        ),
        (
            "answers",
            2,
            {"evidence": "{accepts: [call]}"},
            "Line 2 of “answers”: an answer cites statements as evidence for all of it; leave "
            "evidence_for, against and context empty",
        ),
        (
            "statements",
            2,
            {"basis": "hearsay"},
            "- Lines 2 and 3 of “positions”: no line that was read has the statement “offer” of "
            "“port”\n"
            "- Line 2 of “statements”: “hearsay” is not one of inferred, reported, stated\n",
        ),
        (
            "statements",
            2,
            {"said": "2199-01-01"},
            "- Lines 2 and 3 of “positions”: it cites the statement “offer”, which was skipped\n"
            "- Line 2 of “statements”: 2199-01-01 is in the future; correct the date: a recorded "
            "statement has already been made\n",
        ),
    ],
)
def test_a_mistake_is_told_with_its_sheet(
    harbour: Dossier, tmp_path: Path, sheet: str, row: int, cells: dict[str, str], told: str
) -> None:
    result = imported(
        tmp_path, edited(harbour, lambda book: put(book[sheet], row, **cells)), name="book.xlsx"
    )
    assert told in log_text(result.log, 1000)
