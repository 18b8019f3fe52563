"""A workbook is read as it looks, whichever program wrote it; what cannot be seen is told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from claimpos.errors import ClaimposError, WrongUsage
from claimpos.importing.import_log import log_text
from claimpos.importing.workbook_writing import workbook
from tests.importing.books import DAY, HEAD, by_openpyxl, demands, of, table
from tests.importing.support import said
from tests.support import within


def test_what_is_said_of_many_cells_is_said_of_a_few_and_the_rest(tmp_path: Path) -> None:
    def make(_: Any, sheet: Any) -> None:
        sheet.append(HEAD)
        for at in range(300):
            sheet.append([f"p{at}", "Pay", DAY, 6 + at / 64 if at % 2 else "#N/A", "t", None])
            sheet.cell(sheet.max_row, 4).number_format = "0.0"

    found = of(tmp_path, by_openpyxl(make))
    text = log_text(found.log, 1000)
    assert "- Line 2: cell D2 shows the error #N/A\n" in text
    assert " and 142 more: cell D8 shows the error #N/A, and so on\n" in text
    assert len(text.splitlines()) < 40


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


def merged(*cells: str, **values: Any) -> bytes:
    """A table of two lines, in which these cells are merged; others lie behind, as in LibreOffice.

    Values are put in by their coordinates, whatever is merged.
    """

    def make(_: Any, sheet: Any) -> None:
        rows = [["a", "Pay", DAY, 6, "t", "one"], ["b", "Pay", DAY, 5, "t", "two"]]
        for row in (HEAD, *rows):
            sheet.append(row)
        for coordinate, value in values.items():
            sheet[coordinate] = value

    between = "".join(f'<mergeCell ref="{one}"/>' for one in cells)
    content = by_openpyxl(make)
    return patched(content, "</sheetData>", f"</sheetData><mergeCells>{between}</mergeCells>")


def test_what_lies_behind_merged_cells_is_not_read_but_told(tmp_path: Path) -> None:
    found = of(tmp_path, merged("D2:D3", "F2:F3"))
    assert [demands(found, one) for one in "ab"] == [6, 6]
    assert found.dossier.parties["b"].positions["pay"][0].note == "one"
    assert "cell D3 holds “5”, which is not read, because the merged cells D2:D3 hide it" in said(
        found
    )
    assert "cells D2:D3 are merged; each is read as “6”" in said(found)


def test_merged_cells_that_show_nothing_hold_nothing(tmp_path: Path) -> None:
    found = of(tmp_path, merged("E2:F3", E2=None))
    assert [demands(found, one) for one in "ab"] == [6, 5]
    assert found.dossier.issues["pay"].unit == "units (not stated)"
    assert not any(party.positions["pay"][0].note for party in found.dossier.parties.values())
    told = "Lines 2 and 3: cell F2 holds “one”, which is not read, because the merged cells E2:F3"
    assert told in said(found)
    assert "each is read as" not in said(found)


@pytest.mark.parametrize("value", ["#REF!", "=1/0"])
def test_merged_cells_without_a_value_have_none_in_any_line(value: str, tmp_path: Path) -> None:
    def make(_: Any, sheet: Any) -> None:
        for row in (HEAD, *[[one, "Pay", DAY, 6, "t", None] for one in "abc"]):
            sheet.append(row)
        sheet["F2"] = value
        sheet.merge_cells("F2:F3")

    found = of(tmp_path, by_openpyxl(make))
    assert [*found.left_out()] == [2, 3]
    assert "cell F2 " in found.left_out()[3]
    assert [*found.dossier.parties] == ["c"]


@pytest.mark.large
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
    ("cell", "why"),
    [
        ("=1/0", "cell D2 has a formula without a result; open and save the file"),
        ("#REF!", "cell D2 shows the error #REF!"),
    ],
)
def test_where_no_line_has_all_values_the_reason_is_told(
    cell: str, why: str, tmp_path: Path
) -> None:
    rows = [["a", "Pay", DAY, cell, "t", None], ["b", "Pay", DAY, cell, "t", None]]
    with pytest.raises(WrongUsage, match=f"no other line that can be read: {why}"):
        of(tmp_path, table(*rows))
    first = by_openpyxl(lambda _, sheet: sheet.append([cell.replace("D2", "D1")]))
    with pytest.raises(WrongUsage, match="no line that can be read: cell A1 "):
        of(tmp_path, first)


def test_a_cell_or_a_row_that_is_given_twice_is_told(tmp_path: Path) -> None:
    rows = [["a", "Pay", DAY, 6, "t", None], ["b", "Pay", DAY, 5, "t", None]]
    content = table(*rows, ["c", "Pay", DAY, 4, "t", None])
    twice = '<c r="D2"><v>7</v></c></row><row r="4"><c r="D4"><v>8</v></c></row><row r="3"'
    found = of(tmp_path, patched(content, '</row><row r="3"', twice))
    assert "the file gives cell D2 twice; open and save the file" in found.left_out()[2]
    assert "the file gives row 4 twice; open and save the file" in found.left_out()[4]
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
    assert found.left_out() == {6: "nothing that a dossier can hold"}
    old = tmp_path / "old"
    old.mkdir()
    assert demands(of(old, content, sheet="Old")) == 1
    none = tmp_path / "none"
    none.mkdir()
    with pytest.raises(ClaimposError, match="unknown sheet “Position”; the sheets are") as wrong:
        of(none, content, sheet="Position")
    assert "“Positions”" in str(wrong.value)


def test_what_lies_over_the_cells_of_a_sheet_is_told(tmp_path: Path) -> None:
    def make(_: Any, sheet: Any) -> None:
        from openpyxl.chart import BarChart
        from openpyxl.comments import Comment

        for row in (HEAD, ["a", "Pay", DAY, 6, "t", None]):
            sheet.append(row)
        sheet["D2"].comment = Comment("only if taxes fall", "anna")
        sheet.add_chart(BarChart())

    found = of(tmp_path, by_openpyxl(make))
    told = "the sheet has comments and pictures, charts or text boxes, which were not read"
    assert told in said(found)


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
        ("a.md", b"# Draft", "is Markdown, not a table; use --text"),
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
        ("word/document.xml", "Word document.*, or use --text for a draft text"),
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


@pytest.mark.large
def test_stray_formats_far_below_cost_nothing(tmp_path: Path) -> None:
    content = table(["a", "Pay", DAY, 6, "t", None])
    row = '<row r="{0}" spans="1:2"><c r="A{0}" s="1"/><c r="B{0}" s="1"/></row>'
    rows = "".join(map(row.format, range(10, 300_000)))
    content = patched(content, "</sheetData>", f"{rows}</sheetData>")
    with within(2):
        assert demands(of(tmp_path, content)) == 6


_ROW = "".join(
    f'<c r="{column}9" t="str"><v>{text}</v></c>'
    for column, text in zip("ABCDE", ("hid", "Pay", "2025-03-14", "9", "t"), strict=True)
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("</worksheet>", f"<extLst><ext><row r='9'>{_ROW}</row></ext></extLst></worksheet>"),
        ("</sheetData>", f"<x xmlns='urn:x'><row r='9'>{_ROW}</row></x></sheetData>"),
        ("</sheetData>", f"<y:row xmlns:y='urn:y' r='9'>{_ROW}</y:row></sheetData>"),
        ("<sheetData>", f"<cols><row r='9'>{_ROW}</row></cols><sheetData>"),
        ("<v>6</v>", "<v>6</v><x:v xmlns:x='urn:x'>7</x:v>"),
        ("<v>6</v>", "<v>6<x xmlns='urn:x'><v>7</v></x></v>"),
    ],
)
def test_what_is_no_cell_of_the_sheet_is_not_read(before: str, after: str, tmp_path: Path) -> None:
    found = of(tmp_path, patched(table(["a", "Pay", DAY, 6, "t", None]), before, after))
    assert [*found.dossier.parties] == ["a"]
    assert demands(found) == 6
    assert not found.log.skipped


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize(
    ("runs", "read"),
    [
        (["6", '<vertAlign val="superscript"/>1'], "6¹"),
        (['<vertAlign val="superscript"/>1', "6"], "¹6"),
        (["CO", '<vertAlign val="subscript"/>2', " tax"], "CO₂ tax"),
        (["<strike/>8", " 9"], "~~8~~ 9"),
        (['<strike val="0"/>8', "9"], "89"),
        (["<b/>8", "9"], "89"),
    ],
)
def test_raised_and_struck_texts_run_into_no_figure(
    runs: list[str], read: str, is_shared: bool, tmp_path: Path
) -> None:
    rich = "".join(
        f"<r><rPr>{one[: one.rfind('>') + 1]}</rPr>"
        f'<t xml:space="preserve">{one[one.rfind(">") + 1 :]}</t></r>'
        for one in runs
    )
    cells = "".join(
        f'<c r="{column}2" t="str"><v>{text}</v></c>'
        for column, text in zip("ABC", ("a", "Pay", "2025"), strict=True)
    )
    rest = '<c r="D2"><v>5</v></c><c r="E2" t="str"><v>t</v></c>'
    note = f'<c r="F2" t="inlineStr"><is>{rich}</is></c>'
    content = table()
    if is_shared:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        relation = f'<Relationship Id="texts" Type="{kind}" Target="texts.xml"/></Relationships>'
        content = patched(content, "</Relationships>", relation)
        note = '<c r="F2" t="s"><v>0</v></c>'
    row = f'<row r="2">{cells}{rest}{note}</row>'
    held = io.BytesIO(patched(content, "</sheetData>", f"{row}</sheetData>"))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/texts.xml", f'<sst xmlns="urn:any"><si>{rich}</si></sst>')
    found = of(tmp_path, held.getvalue())
    assert found.dossier.parties["a"].positions["pay"][0].note == read


def test_a_line_with_a_cell_that_is_struck_out_is_left_out(tmp_path: Path) -> None:
    def make(_: Any, sheet: Any) -> None:
        from openpyxl.styles import Font

        for row in (HEAD, *[[one, "Pay", DAY, 6, "t", None] for one in "abcd"]):
            sheet.append(row)
        sheet["D2"].font = Font(b=True, strike=False)
        sheet["D3"].font = Font(strike=True)
        sheet["A4"].font = Font(strike=True, b=True)
        sheet["F5"].font = Font(strike=True)  # an empty cell

    found = of(tmp_path, by_openpyxl(make))
    struck = "cell {} is struck out"
    assert found.left_out() == {3: struck.format("D3"), 4: struck.format("A4")}
    assert [*found.dossier.parties] == ["a", "d"]


_RULES = ("strikes out cells by rules; they were read", "shows numbers otherwise by rules")


@pytest.mark.parametrize("told", [None, *_RULES])
def test_rules_that_show_cells_otherwise_are_told(told: str | None, tmp_path: Path) -> None:
    def make(_: Any, sheet: Any) -> None:
        from openpyxl.formatting.rule import Rule
        from openpyxl.styles import Font
        from openpyxl.styles.differential import DifferentialStyle
        from openpyxl.styles.numbers import NumberFormat

        for row in (HEAD, ["a", "Pay", DAY, 6, "t", None]):
            sheet.append(row)
        font = Font(b=True, strike=told == _RULES[0])
        form = NumberFormat(200, '0"0"') if told == _RULES[1] else None
        for style in (DifferentialStyle(font=Font(b=True)), DifferentialStyle(font, form)):
            sheet.conditional_formatting.add(
                "A1:F9", Rule("expression", formula=["A1=1"], dxf=style)
            )

    found = of(tmp_path, by_openpyxl(make))
    assert [rule for rule in _RULES if rule in said(found)] == [told] * (told is not None)
    assert demands(found) == 6


@pytest.mark.parametrize("shows", [True, False])
@pytest.mark.parametrize("kind", ["icons", "bars"])
def test_rules_that_put_pictures_in_place_of_numbers_are_told(
    kind: str, shows: bool, tmp_path: Path
) -> None:
    def make(_: Any, sheet: Any) -> None:
        from openpyxl.formatting.rule import DataBarRule, IconSetRule

        for row in (HEAD, ["a", "Pay", DAY, 6, "t", None]):
            sheet.append(row)
        rule: Any = IconSetRule if kind == "icons" else DataBarRule
        bounds = (
            ("3Arrows", "percent", [0, 33, 67])
            if kind == "icons"
            else ("min", 0, "max", 9, "FF0000")
        )
        sheet.conditional_formatting.add("D2:D9", rule(*bounds, showValue=shows))

    found = of(tmp_path, by_openpyxl(make))
    assert (_RULES[1] in said(found)) is not shows
    assert demands(found) == 6


def test_a_text_in_a_foreign_element_is_no_shared_text(tmp_path: Path) -> None:
    content = table(["a", "Pay", DAY, 6, "t", "note"])
    foreign = "<t>note</t><x xmlns='urn:x'><t>more</t></x>"
    found = of(tmp_path, patched(content, "<t>note</t>", foreign))
    assert found.dossier.parties["a"].positions["pay"][0].note == "note"


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("<v>6</v>", "<v>6</v><v>7</v>", "the file gives cell D2 twice"),
        ('<c r="D2"', '<c r="D3"', "cell D3 stands in row 2"),
    ],
)
def test_a_cell_that_programs_show_differently_is_told(
    before: str, after: str, why: str, tmp_path: Path
) -> None:
    rows = [["a", "Pay", DAY, 6, "t", None], ["b", "Pay", DAY, 5, "t", None]]
    found = of(tmp_path, patched(table(*rows), before, after))
    assert f"{why}; open and save the file" in found.left_out()[2]
    assert [*found.dossier.parties] == ["b"]


def test_cells_and_rows_without_a_place_follow_empty_ones(tmp_path: Path) -> None:
    head = ["party", "issue", "since", "demands", "refuses"]
    content = by_openpyxl(lambda _, sheet: sheet.append(head))
    cells = '<c r="A2" t="str"><v>{}</v></c><c t="str"><v>Ban</v></c><c t="str"><v>2025</v></c>{}'
    last = '<c r="D2" s="0"/><c t="str"><v>yes</v></c>'
    row = f'<row r="2">{cells.format("a", last)}</row>'
    empty = '<row r="3"/><row r="4"></row><row r="5"><c r="A5" s="0"/></row>'
    other = cells.format("b", last).replace(' r="A2"', "").replace(' r="D2"', "")
    rows = f"{row}{empty}<row>{other}</row>"
    found = of(tmp_path, patched(content, "</sheetData>", f"{rows}</sheetData>"))
    for party, line in (("a", 2), ("b", 6)):
        (entry,) = found.dossier.parties[party].positions["ban"]
        assert not entry.demands
        assert entry.refuses
        (statement,) = found.dossier.parties[party].statements.values()
        assert f"line {line}:" in statement.summary


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('<row r="3"', '<row ht="0" customHeight="1" r="3"', "Line 3: the row is hidden"),
        ('<row r="3"', '<row ht="0.0" r="3"', "Line 3: the row is hidden"),
        ("<sheetData>", '<cols><col min="4" width="0"/></cols><sheetData>', "columns are hidden"),
    ],
)
def test_rows_and_columns_without_a_size_are_hidden(
    before: str, after: str, told: str, tmp_path: Path
) -> None:
    rows = [["a", "Pay", DAY, 6, "t", None], ["b", "Pay", DAY, 5, "t", None]]
    found = of(tmp_path, patched(table(*rows), before, after))
    assert len(found.dossier.parties) == 2
    assert told in said(found)


def test_rows_that_are_hidden_unless_they_say_otherwise_are_told(tmp_path: Path) -> None:
    rows = [[one, "Pay", DAY, 6, "t", None] for one in "abcd"]
    content = patched(table(*rows), "<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" ')
    content = patched(content, '<row r="3"', '<row hidden="0" r="3"')
    content = patched(content, '<row r="4"', '<row ht="15" r="4"')
    assert "Lines 1, 2 and 5: the row is hidden" in said(of(tmp_path, content))


def test_a_relation_that_is_given_twice_makes_no_workbook(tmp_path: Path) -> None:
    content = table(["a", "Pay", DAY, 6, "t", None])
    twice = '<Relationship Id="rId1" Type="urn:x" Target="x"/></Relationships>'
    with pytest.raises(WrongUsage, match=r"cannot be read as an \.xlsx workbook"):
        of(tmp_path, patched(content, "</Relationships>", twice))


def test_a_sheet_in_a_foreign_element_is_none(tmp_path: Path) -> None:
    content = table(["a", "Pay", DAY, 6, "t", None])
    named = '<x xmlns="urn:x"><sheet name="Other" state="visible" id="rId1"/></x><sheets>'
    assert "Other" not in said(of(tmp_path, patched(content, "<sheets>", named)))


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


def test_a_workbook_that_was_not_written_whole_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last flush of a sheet's temporary file may fail unseen, where the folder is full."""
    excel = pytest.importorskip("openpyxl.writer.excel")
    save_whole = excel.ExcelWriter.save

    def save(writer: Any) -> None:
        save_whole(writer)
        held = writer._archive.buffer
        damaged = patched(held.getvalue(), "</worksheet>", "")
        held.seek(0)
        held.truncate()
        held.write(damaged)

    assert workbook({"Notes": [["a"], ["b"]]})[:2] == b"PK"
    monkeypatch.setattr(excel.ExcelWriter, "save", save)
    with pytest.raises(WrongUsage, match="more room than there is in the folder for temporary"):
        workbook({"Notes": [["a"], ["b"]]})


def test_a_wide_sheet_without_room_for_temporary_files() -> None:
    """The system refuses the first bytes, or more than fit into a page of memory."""
    resource = pytest.importorskip("resource")
    row = [str(number) for number in range(300)]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        for size in (100, 5_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
            with pytest.raises(WrongUsage, match="more room than there is"):
                workbook({"Notes": [row, row]})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_cells_are_the_texts_they_were_whatever_they_hold() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    texts = [
        "<b>&amp;\"'",
        " a ",
        "a\nb",
        "a\rb",
        "a\tb",
        "=1+1",
        "]]>",
        "é 👩\u200d💻",
        "0x0_x",
        "1",
    ]
    held = io.BytesIO(workbook({"Notes": [["a"], *([text] for text in texts)]}))
    cells = [row[0] for row in openpyxl.load_workbook(held).worksheets[0]][1:]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_hundred_thousand_cells_take_no_second() -> None:
    rows = [[f"{number} {name}" for name in "abcde"] for number in range(20_000)]
    with within(1):
        workbook({"Notes": rows})
