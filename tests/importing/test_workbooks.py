"""A workbook is read as it looks, whichever program wrote it; what cannot be seen is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from claimpos.dossier.outcomes import Range
from claimpos.errors import ClaimposError, WrongUsage
from claimpos.importing.import_log import account_text
from tests.importing.support import Result, imported
from tests.support import within

HEAD = ["party", "issue", "since", "demands", "unit", "note"]
DAY = date(2025, 3, 14)

# A row of cells: texts, numbers with a format, formulas, errors.
Cell = Any


def by_openpyxl(make: Callable[[Any, Any], None]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    make(book, book.active)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def table(*rows: list[Cell], formats: dict[str, str] | None = None) -> bytes:
    """A workbook of a header and rows, with the number formats of some cells."""

    def make(_: Any, sheet: Any) -> None:
        for row in (HEAD, *rows):
            sheet.append(row)
        for cell, code in (formats or {}).items():
            sheet[cell].number_format = code

    return by_openpyxl(make)


def of(folder: Path, content: bytes, name: str = "table.xlsx", **more: Any) -> Result:
    return imported(folder, content, name=name, **more)


def demands(result: Result, party: str = "a") -> Any:
    (entry, *_) = result.dossier.parties[party].positions["pay"]
    ((outcome,),) = entry.demands.values()
    return outcome.low if isinstance(outcome, Range) and outcome.is_point else outcome


def said(result: Result) -> str:
    """The log as people read it, on one line."""
    return " ".join(account_text(result.account, 100_000).split("\n"))


@pytest.mark.parametrize(
    ("value", "code", "read", "unit"),
    [
        (0.065, "0.0%", 6.5, "per cent"),
        (0.07, "0%", 7, "per cent"),
        (-0.125, "0.0%", -12.5, "per cent"),
        (434.9999999999999, "General", 435, "t"),
        (0.1 + 0.2, "General", 0.3, "t"),
        (1234.5, "#,##0.00", 1234.5, "t"),
        (85000, "#,##0", 85000, "t"),
        (6.5, '"€" #,##0.00', 6.5, "t"),
        (6.5, "[$€-407] #,##0.00;[Red]-[$€-407] #,##0.00", 6.5, "t"),
        (42, "0000", 42, "t"),
        (1e-7, "General", 0.0000001, "t"),
        (6.5, '0.0"%"', 6.5, "per cent"),
        (7, "0\\%", 7, "per cent"),
        (-5, "#,##0_);[Red](#,##0)", -5, "t"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"_-', 0, "t"),
        (1.125, "General", 1.125, "t"),
        (2.5e20, "General", 250000000000000000000, "t"),
    ],
)
def test_a_number_is_what_its_cell_shows(
    value: float, code: str, read: float, unit: str, tmp_path: Path
) -> None:
    stated = None if unit == "per cent" else unit
    rows = [[one, "Pay", DAY, value, stated, None] for one in "ab"]
    found = of(tmp_path, table(*rows, formats={"D2": code, "D3": code}))
    assert float(demands(found)) == read
    assert found.dossier.issues["pay"].unit == unit
    assert not found.account.left_out


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [(6.54, "0.0", "6.5"), (0.0654, "0%", "7%"), (1999.6, "#,##0", "2000")],
)
def test_a_number_that_its_cell_rounds_is_told(
    value: float, code: str, shown: str, tmp_path: Path
) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, value, None, None], formats={"D2": code}))
    assert f"shows {shown}, which is read" in said(found)
    assert str(demands(found)) == shown.rstrip("%")


def test_what_is_said_of_many_cells_is_said_of_a_few_and_the_rest(tmp_path: Path) -> None:
    def make(_: Any, sheet: Any) -> None:
        sheet.append(HEAD)
        for at in range(300):
            sheet.append([f"p{at}", "Pay", DAY, 6 + at / 64 if at % 2 else "#N/A", "t", None])
            sheet.cell(sheet.max_row, 4).number_format = "0.0"

    found = of(tmp_path, by_openpyxl(make))
    text = account_text(found.account, 1000)
    assert "- Line 2: cell D2 shows the error #N/A\n" in text
    assert " and 142 more: cell D8 shows the error #N/A, and so on\n" in text
    assert len(text.splitlines()) < 40


@pytest.mark.parametrize("code", ["#,##0,", "# ?/?", '0.0,,"m"', "0.00E+00"])
def test_a_number_whose_format_is_not_understood_is_told(code: str, tmp_path: Path) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, 6500000, "t", None], formats={"D2": code}))
    assert "cell D2 holds 6500000, which is read, and shows it otherwise" in said(found)


@pytest.mark.parametrize(
    ("value", "code", "what"),
    [
        (5, '0"k"', "shows “k” beside it"),
        (6.5, '"about" 0.0', "shows “about” beside it"),
        (5, '0 "to 9"', "shows “to 9” beside it"),
        (-5, "0;0", "shows it otherwise"),
        (0, '0;-0;"nil"', "shows “nil” beside it"),
        (-5, "0;;", "shows it otherwise"),
        (0, "#,###", "shows nothing"),
        (1, '[=1]"yes";0', "shows it otherwise"),
        (15, '0"."0', "shows “.” beside it"),
    ],
)
def test_a_number_that_its_cell_shows_otherwise_is_told(
    value: float, code: str, what: str, tmp_path: Path
) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, value, "t", None], formats={"D2": code}))
    assert f"cell D2 holds {value}, which is read, and {what}" in said(found)
    assert demands(found) == value


@pytest.mark.parametrize("code", ["d/m", "d mmm", "mmmm", "dddd"])
def test_a_date_that_shows_no_year_is_told(code: str, tmp_path: Path) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, 6, "t", None], formats={"C2": code}))
    assert "cell C2 holds 2025-03-14, which is read, and shows no year" in said(found)


@pytest.mark.parametrize(
    ("hours", "text"), [(38.5, "38:30"), (0.5, "0:30"), (-1.5, "-1:30"), (1 / 3600, "0:00:01")]
)
def test_a_length_of_time_is_in_hours(hours: float, text: str, tmp_path: Path) -> None:
    rows = [[one, "Pay", DAY, hours / 24, None, None] for one in "ab"]
    of(tmp_path, table(*rows, formats={"D2": "[h]:mm", "D3": "[h]:mm"}))
    assert f"“{text}”" in (tmp_path / "out" / "a.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "since"),
    [
        ("yyyy-mm-dd", "2025-03-14"),
        ("dd.mm.yy", "2025-03-14"),
        ("mmm yyyy", "2025-03"),
        ("mmmm yyyy", "2025-03"),
        ("yyyy", "2025"),
        ("[$-407]d. mmmm yyyy", "2025-03-14"),
    ],
)
def test_a_date_is_as_exact_as_its_cell(code: str, since: str, tmp_path: Path) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, 6, "t", None], formats={"C2": code}))
    (entry,) = found.dossier.parties["a"].positions["pay"]
    assert entry.since.text == since
    assert ("which is read" in said(found)) == (len(since) < 10)


@pytest.mark.parametrize(
    ("epoch", "day"),
    [(CALENDAR_WINDOWS_1900, "2025-03-14"), (CALENDAR_MAC_1904, "2029-03-15")],
)
def test_the_number_of_a_day_is_counted_as_the_workbook_counts(
    epoch: datetime, day: str, tmp_path: Path
) -> None:
    def make(book: Any, sheet: Any) -> None:
        book.epoch = epoch
        for row in (HEAD, ["a", "Pay", 45730, 6], ["b", "Pay", DAY, 6]):
            sheet.append(row)

    found = of(tmp_path, by_openpyxl(make))
    (why,) = found.left_out().values()
    assert f"the spreadsheet's number of {day}?" in why
    (entry,) = found.dossier.parties["b"].positions["pay"]
    assert entry.since.text == "2025-03-14"


def test_merged_cells_are_all_read_and_told(tmp_path: Path) -> None:
    def make(_: Any, sheet: Any) -> None:
        rows = [["a", "Pay", DAY, 6, "t", "both"], ["b", "Pay", None, 5, "t", None]]
        for row in (HEAD, *rows):
            sheet.append(row)
        sheet.merge_cells("C2:C3")
        sheet.merge_cells("F2:F3")

    found = of(tmp_path, by_openpyxl(make))
    assert [demands(found, one) for one in "ab"] == [6, 5]
    assert found.dossier.parties["b"].positions["pay"][0].note == "both"
    assert "cells C2:C3 are merged; each is read as “2025-03-14”" in said(found)


def test_merges_cost_no_more_than_a_limit(tmp_path: Path) -> None:
    content = table(*[["a", "Pay", DAY, 6, "t", "x"]] * 900)
    all_over = "".join('<mergeCell ref="A1:XFD1048576"/>' for _ in range(20_000))
    content = patched(content, "</sheetData>", f"</sheetData><mergeCells>{all_over}</mergeCells>")
    with within(8), pytest.raises(WrongUsage, match="workbook-bytes"):
        of(tmp_path, content)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("=1/0", "cell D2 has a formula without a result"),
        ("#N/A", "cell D2 shows the error #N/A"),
        ("#REF!", "cell D2 shows the error #REF!"),
        ("#DIV/0!", "cell D2 shows the error #DIV/0!"),
    ],
)
def test_a_cell_without_a_value_is_told(cell: str, why: str, tmp_path: Path) -> None:
    rows = [["a", "Pay", DAY, cell, "t", None], ["b", "Pay", DAY, 5, "t", None]]
    found = of(tmp_path, table(*rows))
    assert why in found.left_out()[2]
    assert [*found.dossier.parties] == ["b"]


@pytest.mark.parametrize(
    ("escaped", "plain"),
    [("Union_x000D_\nof Dockers", "Union\nof Dockers"), ("a_x005F_x000D_b", "a_x000D_b")],
)
def test_escaped_characters_are_read(escaped: str, plain: str, tmp_path: Path) -> None:
    content = table(["a", "Pay", DAY, 6, "t", "HERE"])
    found = of(tmp_path, patched(content, "HERE", escaped))
    assert found.dossier.parties["a"].positions["pay"][0].note == plain


def test_the_first_sheet_with_a_table_is_read(tmp_path: Path) -> None:
    def make(book: Any, sheet: Any) -> None:
        sheet.title = "Cover"
        sheet.append(["Positions of the parties"])
        hidden = book.create_sheet("Old")
        hidden.sheet_state = "hidden"
        good = book.create_sheet("Positions")
        for one in (hidden, good):
            one.append(["Spring 2025"])
            one.append([])
            one.append(HEAD)
            one.append(["a", "Pay", DAY, 6 if one is good else 1, "t", None])
        good.append([])
        good.append(["Legend: a is the union"])
        book.create_chartsheet("Chart", 0)

    content = by_openpyxl(make)
    found = of(tmp_path, content)
    assert demands(found) == 6
    told = said(found)
    assert "the sheet “Positions” was read; “Cover” and “Old” (hidden) were not" in told
    assert "“Spring 2025” stands above the header, and was not read" in told
    assert found.left_out() == {6: "it contains nothing that a dossier can hold"}
    old = tmp_path / "old"
    old.mkdir()
    assert demands(of(old, content, sheet="Old")) == 1
    none = tmp_path / "none"
    none.mkdir()
    with pytest.raises(ClaimposError, match="unknown sheet “Position”; the sheets are") as wrong:
        of(none, content, sheet="Position")
    assert "“Positions”" in str(wrong.value)


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    def make(_: Any, sheet: Any) -> None:
        for row in (HEAD, *[[one, "Pay", DAY, 6, "t", None] for one in "abc"]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["E"].hidden = True

    found = of(tmp_path, by_openpyxl(make))
    assert len(found.dossier.parties) == 3
    assert "Lines 3 and 4: the row is hidden in the spreadsheet; it was read" in said(found)
    assert "some columns are hidden" in said(found)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(500), r"old Excel \(\.xls\)"),
        ("safe.xlsx", b"\xd0\xcf\x11\xe0" + bytes(500), "password"),
        ("safe", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("page.xls", b" <html><table>", "a web page"),
        ("x.csv", b"%PDF-1.7", "a PDF"),
        ("x.xls", b'<?xml version="1.0"?><Workbook/>', "XML"),
    ],
)
def test_another_file_is_named_for_what_it_is(
    name: str, content: bytes, what: str, tmp_path: Path
) -> None:
    with pytest.raises(WrongUsage, match=what):
        of(tmp_path, content, name)


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("content.xml", "OpenDocument"),
        ("xl/workbook.bin", "binary workbook"),
        ("Index/Document.iwa", "Numbers"),
    ],
)
def test_another_archive_is_named_for_what_it_is(part: str, what: str, tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "")
        archive.writestr(part, "")
    with pytest.raises(WrongUsage, match=what):
        of(tmp_path, held.getvalue())


def test_a_workbook_under_the_name_of_a_text_is_read(tmp_path: Path) -> None:
    content = table(["a", "Pay", DAY, 6, "t", None])
    assert demands(of(tmp_path, content, "table.csv")) == 6


def test_stray_formats_far_below_cost_nothing(tmp_path: Path) -> None:
    content = table(["a", "Pay", DAY, 6, "t", None])
    row = '<row r="{0}" spans="1:2"><c r="A{0}" s="1"/><c r="B{0}" s="1"/></row>'
    rows = "".join(map(row.format, range(10, 700_000)))
    content = patched(content, "</sheetData>", f"{rows}</sheetData>")
    with within(4):
        assert demands(of(tmp_path, content)) == 6


def patched(content: bytes, old: str, new: str) -> bytes:
    """A workbook with another text in the place of one."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name).decode().replace(old, new))
    return held.getvalue()
