"""A number or a date in a workbook is read as its cell shows it, or the difference is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from tests.importing.books import DAY, HEAD, by_openpyxl, demands, of, table
from tests.importing.support import said


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
        (6.5, '"€" #,##0.00', 6.5, "€"),
        (6.5, "[$€-407] #,##0.00;[Red]-[$€-407] #,##0.00", 6.5, "€"),
        (-6.5, "[$€-407] #,##0.00;[Red]-[$€-407] #,##0.00", -6.5, "€"),
        (1200, "#,##0\\ [$CHF-807]", 1200, "CHF"),
        (1200, '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-', 1200, "€"),
        (1200, "$#,##0.00_);[Red]($#,##0.00)", 1200, "$"),
        (1200, "[$-409]#,##0", 1200, "t"),
        (42, "0000", 42, "t"),
        (1e-7, "General", 0.0000001, "t"),
        (6.5, '0.0"%"', 6.5, "per cent"),
        (7, "0\\%", 7, "per cent"),
        (7, "0[$%]", 7, "per cent"),
        (-5, "#,##0_);[Red](#,##0)", -5, "t"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"_-', 0, "t"),
        (1.125, "General", 1.125, "t"),
        (2.5e20, "General", 250000000000000000000, "t"),
    ],
)
def test_a_number_is_what_its_cell_shows(
    value: float, code: str, read: float, unit: str, tmp_path: Path
) -> None:
    stated = unit if unit == "t" else None
    rows = [[one, "Pay", DAY, value, stated, None] for one in "ab"]
    found = of(tmp_path, table(*rows, formats={"D2": code, "D3": code}))
    assert float(demands(found)) == read
    assert found.dossier.issues["pay"].unit == unit
    assert not found.log.skipped


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


@pytest.mark.parametrize("code", ["#,##0,", "# ?/?", '0.0,,"m"', "0.00E+00"])
def test_a_number_whose_format_is_not_understood_is_told(code: str, tmp_path: Path) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, 6500000, "t", None], formats={"D2": code}))
    assert "cell D2 holds 6500000, which is read, and shows it otherwise" in said(found)


_SIGNS = ('"<"0', '"≥"0', '0"‰"', '0"¢"', '0"/"0', '0"·"0', '0"↑"', '"±"0', '"~"0', '0"°"')


@pytest.mark.parametrize(
    ("value", "code", "what"),
    [
        (5, '0"k"', "shows “k” beside it"),
        (5, '0\\"', 'shows “"” beside it'),
        (6.5, '"about" 0.0', "shows “about” beside it"),
        (5, '0 "to 9"', "shows “to 9” beside it"),
        (-5, "0;0", "shows it otherwise"),
        (0, '0;-0;"nil"', "shows “nil” beside it"),
        (-5, "0;;", "shows it otherwise"),
        (0, "#,###", "shows nothing"),
        (5, ";;;", "shows nothing"),
        (5, '"***"', "shows “***”"),
        (1, '[=1]"yes";0', "shows it otherwise"),
        (15, '0"."0', "shows “.” beside it"),
        *((12, code, f"shows “{code.strip('0')[1:-1]}” beside it") for code in _SIGNS),
        (-5, "-0", "shows it otherwise"),
        (-5, "(0)", "shows it otherwise"),
        (5, "0[$000]", "shows “000” beside it"),
        (5, "[$1]0", "shows “1” beside it"),
        (5, "[$<]0", "shows “<” beside it"),
        (5, "[$up to ]0", "shows “up to” beside it"),
        (5, "0 [$Mio. €-407]", "shows “Mio. €” beside it"),
        (5, "0 [$kr.-406]", "shows “kr.” beside it"),
        (5, "0 [$m]", "shows “m” beside it"),
        (5, "[$½-2]0", "shows “½” beside it"),
        (5, "0 [$€] [$m]", "shows “€m” beside it"),
    ],
)
def test_a_number_that_its_cell_shows_otherwise_is_told(
    value: float, code: str, what: str, tmp_path: Path
) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, value, "t", None], formats={"D2": code}))
    assert f"cell D2 holds {value}, which is read, and {what}" in said(found)
    assert demands(found) == value


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("-0", "-12.5"),
        ('"-"0', "-12.5"),
        ("\\-0.0", "-12.5"),
        ('"−"0.0', "−12.5"),
        ("-0;0", "-12.5"),
        ("[$−]0.0", "−12.5"),
    ],
)
def test_a_number_that_its_cell_shows_below_zero_is_below_zero(
    code: str, shown: str, tmp_path: Path
) -> None:
    code = code if "." in code else code.replace("0", "0.0", 1)
    rows = [["a", "Pay", DAY, 12.5, "t", None], ["b", "Pay", DAY, 0, "t", None]]
    found = of(tmp_path, table(*rows, formats={"D2": code, "D3": code}))
    assert float(demands(found)) == -12.5
    assert f"cell D2 holds 12.5, and shows {shown}, which is read" in said(found)
    assert demands(found, "b") == 0


@pytest.mark.parametrize(
    "code", ["(0);0", '"("0")"', "($0)", '(0" €")', "0-", '(0"%")', "(0%)", "[$(]0[$)]"]
)
def test_a_number_with_signs_that_may_mean_below_zero_is_asked_about(
    code: str, tmp_path: Path
) -> None:
    rows = [["a", "Pay", DAY, 12, "t", None], ["b", "Pay", DAY, 5, "t", None]]
    found = of(tmp_path, table(*rows, formats={"D2": code}))
    assert [*found.left_out()] == [2]
    assert "cell D2 holds 12" in said(found)


@pytest.mark.parametrize("code", ["+0;-0", "#,##0_);(#,##0)", "0_-;-0_-", '0" "', "_(0_)", "0;(0)"])
def test_a_number_with_signs_for_others_is_a_number(code: str, tmp_path: Path) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, 12, "t", None], formats={"D2": code}))
    assert demands(found) == 12
    assert "cell D2" not in said(found)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (";;;", "shows nothing"),
        ("0;-0;0;", "shows nothing"),
        ('General;General;General;"agreed"', "shows “agreed”"),
        ("0;-0;0;@", ""),
        ('0;-0;0;"said: "@', ""),
        ("General;General;General;General", ""),
        (";;", ""),
        ("@", ""),
    ],
)
def test_a_text_that_its_cell_does_not_show_is_told(code: str, what: str, tmp_path: Path) -> None:
    found = of(tmp_path, table(["a", "Pay", DAY, 6, "t", "Hidden"], formats={"F2": code}))
    told = f"cell F2 holds “Hidden”, which is read, and {what}"
    assert (told in said(found)) == bool(what)
    assert found.dossier.parties["a"].positions["pay"][0].note == "Hidden"


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
