"""Tables as spreadsheets save them: semicolons, decimal commas, titles above, columns to spare."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claimpos.dossier.outcomes import Range
from claimpos.errors import ClaimposError, WrongUsage
from claimpos.importing.exporting import exported
from claimpos.importing.import_log import log_text
from claimpos.importing.outcomes import MEASURED
from claimpos.rendering.data import excel_csv
from tests.importing.support import Result, imported, said

HEAD = "party;issue;since;demands"


def demands(result: Result) -> dict[str, Any]:
    """What each party demands on pay: a number, or both ends of a range."""
    found: dict[str, Any] = {}
    for party in result.dossier.parties.values():
        for entry in party.positions.get("pay", ()):
            ((outcome,),) = entry.demands.values()
            assert isinstance(outcome, Range)
            found[party.id] = outcome.low if outcome.is_point else (outcome.low, outcome.high)
    return found


def figures(folder: Path, *cells: str, delimiter: str = ";", **options: Any) -> Result:
    """A table whose parties a, b, c … demand what is in these cells."""
    lines = [HEAD, *(f'{chr(97 + at)};Pay;2025;"{cell}"' for at, cell in enumerate(cells))]
    return imported(folder, "\n".join(lines).replace(";", delimiter), **options)


@pytest.mark.parametrize("strange", ["n/a", "1,2E+06", "(Mrz)", "Mrz 5", "-"])
@pytest.mark.parametrize("also", ["unit;t", "minimum;0", "maximum;100"])
def test_an_issue_with_a_unit_or_bounds_is_a_quantity(
    strange: str, also: str, tmp_path: Path
) -> None:
    field, cell = also.split(";")
    lines = [f"{HEAD};{field}", f"a;Pay;2025;{strange};{cell}", f"b;Pay;2025;5;{cell}"]
    found = imported(tmp_path, "\n".join(lines))
    assert demands(found) == {"b": 5}
    assert f"“{strange}” is not a figure" in found.left_out()[2]


@pytest.mark.parametrize(
    ("cells", "delimiter", "read"),
    [
        (["6,5", "1.000"], ";", [Decimal("6.5"), 1000]),
        (["6,5", "1.000"], ",", [Decimal("6.5"), 1000]),
        (["6.5", "1,000"], ";", [Decimal("6.5"), 1000]),
        (["6.5", "1,000"], ",", [Decimal("6.5"), 1000]),
        (["1.234.567,89", "0,5"], "\t", [Decimal("1234567.89"), Decimal("0.5")]),
        (["1'000", "2 500,5"], ";", [1000, Decimal("2500.5")]),
        (["1,125", "7"], ";", [Decimal("1.125"), 7]),
        (["1.125", "7"], ",", [Decimal("1.125"), 7]),
        (["≥ 6,5", "at most 1.000"], ";", [(Decimal("6.5"), None), (None, 1000)]),
        (["6,5 – 8", "7"], ";", [(Decimal("6.5"), 8), 7]),
        (["−5", "٧"], ",", [-5, 7]),
    ],
)
def test_decimals_are_known_by_their_column(
    cells: list[str], delimiter: str, read: list[Any], tmp_path: Path
) -> None:
    found = figures(tmp_path, *cells, delimiter=delimiter)
    assert demands(found) == dict(zip("ab", read, strict=True))
    assert not found.log.skipped


@pytest.mark.parametrize(
    ("cells", "delimiter", "comma", "point"),
    [
        (["1,000"], ",", 1, 1000),
        (["1.000"], ";", 1000, 1),
        (["1,000", "6,5", "7.5"], ",", 1, 1000),
    ],
)
def test_what_is_undecided_is_asked(
    cells: list[str], delimiter: str, comma: int, point: int, tmp_path: Path
) -> None:
    found = figures(tmp_path, *cells, "12", delimiter=delimiter)
    assert found.left_out() == {
        2: f"“{cells[0]}” can mean 1000 or 1; use --decimals comma or --decimals point"
    }
    for mark, value in (("comma", comma), ("point", point)):
        folder = tmp_path / mark
        folder.mkdir()
        asked = figures(folder, cells[0], "12", delimiter=delimiter, decimals=mark)
        assert demands(asked)["a"] == value


# The cells of one column, the unit that they bear out, what is read, and why a cell is not.
AMOUNTS: dict[str, tuple[list[str], str, list[Any], dict[int, str]]] = {
    "a sign before": (["€ 1.200,50", "€ 900"], "€", [Decimal("1200.5"), 900], {}),
    "a sign behind": (["1.200,50 €", "900€"], "€", [Decimal("1200.5"), 900], {}),
    "one unit, spelt differently": (["€ 900", "EUR 1 200", "7 euros"], "€", [900, 1200, 7], {}),
    "thousands of Switzerland": (["CHF 1'200", "CHF 1’200’000"], "CHF", [1200, 1200000], {}),
    "letters": (["100 t", "1 200 t"], "t", [100, 1200], {}),
    "letters and figures": (["100 Mt CO2", "80 Mt CO2"], "Mt CO2", [100, 80], {}),
    "words": (["30 days", "at least 1 day"], "days", [30, (1, None)], {}),
    "large money": (["$300 billion", "US$ 1 billion"], "", [], {}),
    "a dollar for all": (["$300 billion", "$ 1.3 billion"], "billion $", [300, Decimal("1.3")], {}),
    "degrees": (["1.5 °C", "2 °C"], "°C", [Decimal("1.5"), 2], {}),
    "per cent": (["12 %", "0,5 %"], "per cent", [12, Decimal("0.5")], {}),
    "per cent of something": (["2 % of GDP", "5% of GDP"], "% of GDP", [2, 5], {}),
    "a range": (["5–7 t", "between 5 and 7 t", "6 t"], "t", [(5, 7), (5, 7), 6], {}),
    "a real minus": (["–5 %", "−6 %", "-7 %"], "per cent", [-5, -6, -7], {}),
    "a share beside per cent": (
        ["6,5 %", "0,05", "7 %"],
        "per cent",
        [Decimal("6.5"), None, 7],
        {3: "“0,05” has no unit, and other cells have “per cent”; write it with its unit, or use"},
    ),
    "nothing is nothing": (["5 t", "0"], "t", [5, 0], {}),
    "a number without the unit": (
        ["5 t", "6"],
        "t",
        [5, None],
        {3: "“6” has no unit, and other cells have “t”"},
    ),
    "several units": (["5 t", "6 kg"], "", [], {}),
    "megatonnes and metric tonnes": (["5 Mt", "6 mt"], "", [], {}),
    "millions and thousandths of a unit": (["5 MW", "5mW", "6 MW"], "MW", [5, None, 6], {3: "5mW"}),
    "tonnes of carbon": (["5 MtCO2e", "6 mtCO2e"], "", [], {}),
    "metres and milliseconds": (["5 m", "5 ms"], "", [], {}),
    "words with and without capitals": (["5 Million t", "6 MILLION t"], "Million t", [5, 6], {}),
    "a unit that all know": (["5 kg", "6 Kg", "7 KG"], "kg", [5, 6, 7], {}),
    "plurals": (["5 Kgs", "6 kg", "7 kg"], "Kgs", [5, 6, 7], {}),
    "a currency in small letters": (["EUR 5", "6 eur"], "EUR", [5, 6], {}),
    "halves": (["5 ½", "7 ½"], "", [], {}),
    "halves of a per cent": (["5 %", "5 ½ %"], "per cent", [5, None], {3: "is not a figure"}),
    "halves that adjoin": (["5½", "5 ½"], "", [], {}),
    "halves, with a word": (["5 ½ t", "7 ½ t"], "", [], {}),
    "in brackets": (
        ["5", "(5)", "7"],
        "units (not stated)",
        [5, None, 7],
        {3: "“(5)” can mean -5, as in accounts, or 5; write the one meant"},
    ),
    "in brackets, with a unit": (
        ["5 t", "(5 t)"],
        "t",
        [5, None],
        {3: "“(5 t)” can mean -5, as in accounts, or 5; write the one meant"},
    ),
    "thousands that are undecided": (
        ["€ 1.200", "€ 5"],
        "€",
        [None, 5],
        {2: "“€ 1.200” can mean 1200 or 1.200; use --decimals comma or --decimals"},
    ),
    "words among figures": (["5 t", "6 t", "none"], "t", [5, 6, None], {4: "is not a figure"}),
    "names with a number": (["Plan 5", "Plan 6"], "", [], {}),
    "articles": (["Article 5", "§ 6"], "", [], {}),
    "days of a month": (["3 March", "14 March"], "", [], {}),
    "the time of day": (["5 pm", "10 a.m."], "", [], {}),
    "letters that adjoin": (["5G", "4G"], "", [], {}),
    "ordinals": (["2nd chamber", "3rd chamber"], "", [], {}),
    "shares of members": (["2/3 of members", "3/4 of members"], "", [], {}),
    "some of them": (["1 of the two", "2 of the two"], "", [], {}),
}


@pytest.mark.parametrize("case", AMOUNTS)
def test_amounts_are_figures_where_the_column_bears_it_out(case: str, tmp_path: Path) -> None:
    cells, unit, read, left = AMOUNTS[case]
    found = figures(tmp_path, *cells)
    issue = found.dossier.issues["pay"]
    assert (issue.kind, issue.unit or "") == ("quantity" if read else "choice", unit)
    assert [*issue.options.values()] == ([] if read else cells)
    kept = {party: one for party, one in zip("abc", read, strict=False) if one is not None}
    assert (demands(found) if read else {}) == kept
    assert found.left_out().keys() == left.keys()
    for line, why in left.items():
        assert why in found.left_out()[line]


def test_options_that_differ_in_the_capitals_of_a_unit_are_not_one(tmp_path: Path) -> None:
    found = figures(tmp_path, "5 Mt", "5 mt", "5 MT")
    assert "5 Mt" in found.dossier.issues["pay"].options.values()
    assert "“Mt”, “mt” and “MT”; they are read as options" in said(found)
    assert [*found.left_out()] == [3, 4]
    assert "“5 mt” and “5 Mt” are in two units that differ in capitals" in found.left_out()[3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("cell", "clear"), [("€ 1.200", "€ 5"), ("2,500 t", "5 t"), ("at least 1.200", "5")]
)
def test_thousands_in_words_are_undecided_whatever_divides_the_columns(
    delimiter: str, cell: str, clear: str, tmp_path: Path
) -> None:
    found = figures(tmp_path, cell, clear, delimiter=delimiter)
    assert "can mean" in found.left_out()[2]


def test_the_unit_is_told_once_and_so_is_what_cannot_be_one(tmp_path: Path) -> None:
    assert said(figures(tmp_path, "5 t", "6 t")).count("Unit: “t”, as the cells have it") == 1
    (tmp_path / "mixed").mkdir()
    mixed = figures(tmp_path / "mixed", "5 t", "6 kg", "7 t")
    assert "the cells name figures in “t” and “kg”; they are read as options" in said(mixed)


def test_of_several_units_no_cell_is_a_figure_if_the_issue_is_to_be_a_quantity(
    tmp_path: Path,
) -> None:
    cells = {"a": "$ 800", "b": "€ 700", "c": "750"}
    lines = [f"{HEAD};kind", *(f"{one};Pay;2025;{cell};quantity" for one, cell in cells.items())]
    found = imported(tmp_path, "\n".join([*lines, "a;Weekend;2025;free;choice"]))
    left = found.left_out()
    assert [*left] == [2, 3, 4]
    assert "“$ 800” is in “$”, but the issue has no single unit" in left[2]
    assert "“750” has no unit, and other cells have “$” and “€”; write all" in left[4]


def test_a_unit_that_is_stated_is_not_another_one(tmp_path: Path) -> None:
    for number, (unit, cell, read) in enumerate(
        [("€", "5 EUR", 5), ("euros", "€ 5", 5), ("t", "5 kg", None), ("million euros", "€5", None)]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = figures(folder, cell, "7", given={"unit": unit})
        assert demands(found) == ({"a": 5, "b": 7} if read else {"b": 7})
        if not read:
            assert f"but the issue's unit is “{unit}”; write the number" in found.left_out()[2]


def test_per_cent_signs_are_a_unit(tmp_path: Path) -> None:
    found = figures(tmp_path, "6,5 %", "at least 7%")
    assert demands(found) == {"a": Decimal("6.5"), "b": (7, None)}
    assert found.dossier.issues["pay"].unit == "per cent"


def test_options_that_hold_figures_stay_options(tmp_path: Path) -> None:
    given = {"options": "10%; 20%; 1,000"}
    found = figures(tmp_path, "10%", "1,000", given=given)
    issue = found.dossier.issues["pay"]
    assert (issue.kind, [*issue.options.values()]) == ("choice", ["10%", "20%", "1,000"])
    assert not found.log.skipped


def test_a_text_among_figures_is_told_by_its_cell(tmp_path: Path) -> None:
    found = figures(tmp_path, "6,5", "4,5", "six")
    assert found.left_out()[4].startswith("“six” is not a figure, as on other lines; write")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", ["sep=;\n", "SEP=;\r\n", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_an_excel_writes_is_read(mark: str, separator: str, end: str, tmp_path: Path) -> None:
    text = mark + separator + end.join([HEAD, "a;Pay;14.03.2025;6,5", "b;Pay;1.3.2025;4,25", ""])
    assert demands(imported(tmp_path, text)) == {"a": Decimal("6.5"), "b": Decimal("4.25")}


def test_what_is_exported_for_excel_is_read_back(tmp_path: Path) -> None:
    first = figures(tmp_path, "6,5", "1.000,125", "≥ 7")
    rows = exported(first.dossier)
    text = excel_csv(rows[0], rows[1:], MEASURED)
    assert text.startswith("\ufeff")
    assert ";6,5;" in text
    back = tmp_path / "back"
    back.mkdir()
    again = imported(back, text)
    assert again.dossier == first.dossier


def test_what_is_no_figure_gets_no_comma_for_excel(tmp_path: Path) -> None:
    lines = [f"{HEAD};locator;note;unit", "2.0;1.5;2025;6,5;4.1;3.2;1.0", "b;1.5;2025;7;;;"]
    first = imported(tmp_path, "\n".join(lines)).dossier
    rows = exported(first)
    back = tmp_path / "back"
    back.mkdir()
    again = imported(back, excel_csv(rows[0], rows[1:], MEASURED)).dossier
    assert again == first
    (party,) = (one for one in again.parties.values() if one.name == "2.0")
    assert [one.locator for one in party.statements.values()] == ["4.1"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_delimiter_is_known_by_the_columns_that_it_makes(delimiter: str, tmp_path: Path) -> None:
    lines = ["Wer;Was;Wann;Wieviel", "a;Pay;2025;6", "b;Pay;2025;7"]
    mapped = {"Wer": "party", "Was": "issue", "Wann": "since", "Wieviel": "demands"}
    text = "\n".join(lines).replace(";", delimiter)
    assert demands(imported(tmp_path, text, mapped)) == {"a": 6, "b": 7}


def test_a_title_and_a_legend_are_told_and_not_read(tmp_path: Path) -> None:
    text = f"Positions, spring 2025\n\n{HEAD}\na;Pay;2025;6\n\nSource: the union;;;\n"
    found = imported(tmp_path, text)
    assert demands(found) == {"a": 6}
    assert "“Positions, spring 2025” stands above the header, and was not read" in said(found)
    assert found.left_out() == {6: "nothing that a dossier can hold"}


@pytest.mark.parametrize("first", ["a;Pay;2025-03-14;6", "a;Pay;14.03.2025;6,5"])
def test_a_table_without_a_header_is_suspected(first: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="looks like data") as wrong:
        imported(tmp_path, f"{first}\nb;Pay;2025-03-15;7\n")
    assert "put a header above it" in str(wrong.value)


def test_columns_can_be_ignored(tmp_path: Path) -> None:
    text = f"{HEAD};page;page\na;Pay;2025;6;1;2\n"
    with pytest.raises(WrongUsage, match="two columns are called “page”"):
        imported(tmp_path, text)
    found = imported(tmp_path, text, ignored=["page"])
    assert demands(found) == {"a": 6}
    assert "page" not in said(found)
    with pytest.raises(ClaimposError, match="unknown column “pages”"):
        imported(tmp_path / "out", text, ignored=["pages"])


def test_a_grid_takes_no_more_parties_than_are_named(tmp_path: Path) -> None:
    text = "issue;Greens;Liberals;Total;Remark\nPay;6;7;13;see below\n"
    found = imported(tmp_path, text, given={"since": "2025"}, grid="demands", parties=["Greens"])
    assert demands(found) == {"greens": 6}
    rest = tmp_path / "rest"
    rest.mkdir()
    ignored = imported(
        rest, text, given={"since": "2025"}, grid="demands", ignored=["Total", "Remark"]
    )
    assert demands(ignored) == {"greens": 6, "liberals": 7}


def test_an_issue_that_recurs_is_told(tmp_path: Path) -> None:
    rows = [f"{party};Ceasefire;{day};yes" for day in (2023, 2024, 2025) for party in "abc"]
    found = imported(tmp_path, "\n".join([HEAD, *rows]))
    assert "on “Ceasefire” most parties have a position of 2023, 2024 and 2025" in said(found)
    moved = tmp_path / "moved"
    moved.mkdir()
    rows = ["a;Pay;2023;6", "b;Pay;2023;5", "c;Pay;2023;5", "a;Pay;2024;7"]
    assert "most parties" not in said(imported(moved, "\n".join([HEAD, *rows])))


def test_what_is_said_alike_of_many_lines_is_said_once(tmp_path: Path) -> None:
    rows = [f"p{at};Pay;14.03.2025;6,5" for at in range(200)]
    rows += [f"q{at};;14.03.2025;6,5" for at in range(200)]
    found = imported(tmp_path, "\n".join([HEAD, *rows]))
    text = log_text(found.log, 80)
    assert len(text.splitlines()) < 50
    assert "- Lines 2, 3, 4, 5, 6 and 395 more: the date “14.03.2025” is read as" in text
    assert "- Lines 202, 203, 204, 205, 206 and 195 more: the issue is missing" in text
