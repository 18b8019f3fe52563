"""Tables made to be slow, to fill the memory or to break the reader: told, and never a bug."""

from __future__ import annotations

import contextlib
import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from claimpos.errors import ClaimposError, WrongUsage
from claimpos.importing.cells import read_flow
from claimpos.importing.csv_table import read_csv
from claimpos.importing.defaults import complete
from claimpos.importing.draft import Draft
from claimpos.importing.folder import _resting_on
from claimpos.importing.import_log import SHOWN, ImportLog, Skipped, log_text
from claimpos.importing.importer import TableOptions, import_table
from claimpos.importing.ingest import FactReader, Ingester
from claimpos.importing.outcomes import DecimalMarks
from claimpos.importing.stances import read_vocabulary
from claimpos.importing.table import Header, fields_of, lines_of
from claimpos.importing.workbook import read_workbook
from claimpos.importing.workbook_writing import workbook
from tests.importing.support import imported
from tests.support import largely, within

needs_openpyxl = pytest.mark.skipif(
    find_spec("openpyxl") is None, reason="spreadsheets need openpyxl"
)
HEAD = "party,issue,since,demands\n"


# Comma-separated tables.

QUOTES = {
    "a quote in every line": '"a\n',
    "a quote that opens anew in every line": 'x","\n',
    "a quote closed within the next cell": 'x,"a"b\n',
    "a quote after a quote": '"""a\n',
    "a quote at every second line": '"a\nb\n',
    "a quote in every cell": '",",",\n',
}


@pytest.mark.parametrize("kind", largely(QUOTES, "a quote that opens anew in every line"))
def test_lines_with_quotes_gone_wrong_are_read_twice_at_most(kind: str) -> None:
    lines = QUOTES[kind] * (12_000 // QUOTES[kind].count("\n"))
    with within(3), contextlib.suppress(WrongUsage):  # that nothing is left
        read_csv((HEAD + lines).encode(), Header({}, frozenset()), None, ImportLog())


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (HEAD + "p,x,2025,yes\n" * 40, "table-lines"),
        (HEAD + "\n" * 40, "table-lines"),
        (HEAD + '"a\n' * 40, "table-lines"),
        (HEAD + ",,,\n" * 40, "table-lines"),
        (HEAD.strip() + ",a" * 20 + "\np,x,2025,yes" + ",1" * 20, "table-columns"),
        (HEAD + "p,x,2025,yes" + "," * 30, "table-columns"),
        (HEAD + "p,x,2025,[" + "a;" * 50 + "b]", "table-members"),
        (HEAD + 'p,x,2025,"' + "a;" * 50 + '"', "table-members"),
    ],
)
def test_the_limit_is_named_where_it_is_met(
    content: str, limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMPOS_LIMITS", "table-lines=20,table-columns=15,table-members=40")
    with pytest.raises(WrongUsage, match=f"set CLAIMPOS_LIMITS={limit}=… to more than"):
        imported(tmp_path, content)
    assert not (tmp_path / "out").exists()


def test_each_filled_cell_of_a_grid_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMPOS_LIMITS", "table-lines=20")
    with pytest.raises(WrongUsage, match="CLAIMPOS_LIMITS=table-lines="):
        imported(tmp_path, "issue,a,b,c\n" + "x,yes,no,no\n" * 8, grid="demands")


NAMES: dict[str, Callable[[int], str]] = {
    "parties with one id": lambda n: f"中{chr(0x4E00 + n)},x,2025,yes",
    "options with one id": lambda n: f"p,x,{1000 + n},中{chr(0x4E00 + n)}",
    "issues one letter apart": lambda n: f"p,issue {chr(0x4E00 + n)},2025,yes",
    "statements of one position": lambda n: f"p,x,2025,yes,said {n}",
    "parties that differ in signs": lambda n: (
        f"party{chr(0x2200 + n % 200) * (1 + n // 200)},x,2025,yes"
    ),
    "dates that are read": lambda n: f"p,x{n},1/13/2025,yes",
}


@pytest.mark.parametrize("kind", largely(NAMES, "options with one id"))
def test_many_names_take_no_more_than_their_number(kind: str) -> None:
    """Without the files: the reading and the checking of a dossier are tested elsewhere."""
    with within(5):
        draft, log = drafted("party,issue,since,demands,summary\n", 4_000, NAMES[kind])
        assert draft.entries
        text = log_text(log, 80)
    assert len(text.splitlines()) < 8 * SHOWN


GROWING: dict[str, Callable[[int], str]] = {
    "options of one issue": lambda n: f",x,,,,,o{n},,,",
    "items of one position": lambda n: f"p,x,2025,yes,,i{n},,,,",
    "statements of one position": lambda n: f"p,x,2025,yes,said {n},,,,,",
    "units of one issue": lambda n: f"p{n % 99},x,{1000 + n // 99},{n} t{chr(0x4E00 + n)},,,,,,",
    "issues, and proposals": lambda n: f",x{n},,,,,,,," if n % 2 else f",,,,,,,p{n},,",
    "positions, and sources": lambda n: f"p,x{n},2025,yes,,,,,," if n % 2 else f",,,,,,,,s{n},X",
}


@pytest.mark.parametrize("kind", largely(GROWING, "items of one position"))
def test_what_many_lines_add_to_takes_no_more_than_their_number(kind: str) -> None:
    with within(5):
        columns = "party,issue,since,demands,summary,item,option,proposal,source,publisher\n"
        draft, _ = drafted(columns, 14_000, GROWING[kind])
    assert draft.issues


@pytest.mark.large
def test_what_rests_on_many_lines_is_found_in_a_time_that_grows_with_their_number() -> None:
    columns = "party,issue,since,demands,summary,item,option,proposal,source,publisher\n"
    draft, _ = drafted(columns, 14_000, GROWING["statements of one position"])
    with within(0.5):
        assert _resting_on(draft)


CELLS = {
    "brackets": "[" * 500,
    "braces": "{a: " * 250,
    "brackets that close": "[" * 400 + "]" * 400,
}


@pytest.mark.parametrize("kind", largely(CELLS, "brackets"))
def test_cells_nested_deep_are_left_out_quickly(tmp_path: Path, kind: str) -> None:
    lines = "".join(f'p{number},x,2025,"{CELLS[kind]}"\n' for number in range(1_000))
    with within(3), pytest.raises(WrongUsage, match="no line could be imported"):
        imported(tmp_path, HEAD + lines)


def test_brackets_in_quotes_are_not_nested() -> None:
    assert read_flow(f'["{"[" * 60}", a]') == ["[" * 60, "a"]
    with pytest.raises(Skipped, match="nested more than 40 levels deep"):
        read_flow("[" * 41 + "]" * 41)
    assert read_flow("[" * 40 + "]" * 40)


def test_names_are_looked_for_among_many_names(tmp_path: Path) -> None:
    known = ";".join(f"known {number}" for number in range(1_500))
    lines = [f"p,x,{1000 + number},known-as {number}," for number in range(1_500)]
    with within(4), pytest.raises(WrongUsage, match="no line could be imported"):
        imported(
            tmp_path,
            f'party,issue,since,demands,options\np,x,2025,none,"{known}"\n' + "\n".join(lines),
        )


def drafted(head: str, lines: int, line: Callable[[int], str]) -> tuple[Draft, ImportLog]:
    """What a table becomes, short of the files."""
    log = ImportLog()
    rows = [line(number) for number in range(lines)]
    head = ",".join(head.split(",")[: 1 + rows[0].count(",")])
    table = read_csv("\n".join([head, *rows]).encode(), Header({}, frozenset()), None, log)
    read = lines_of(table, fields_of(table, {}), log)
    ingester = Ingester(
        "table.csv", {}, FactReader({}, DecimalMarks([], None, False), None, log), log
    )
    ingester.ingest(read)
    complete(ingester.draft, "table.csv", {})
    return ingester.draft, log


@pytest.mark.parametrize(
    "name",
    [
        *("..", ".", "/", "../../etc/passwd", "a/b", "a\\b", "~", "-rf", ".git", "C:x", "x.yaml"),
        *("agenda", "sources", "Agenda", "proposals", "CON", "nul", "com1", "LPT9", "aux "),
        *("ａｇｅｎｄａ", "中", "%2e%2e", "a" * 300, "null", "*", "$(x)", "con.yaml"),
    ],
)
def test_a_party_writes_its_own_file_and_no_other(name: str, tmp_path: Path) -> None:
    result = imported(tmp_path, HEAD + f'"{name}",x,2025,yes\nother,x,2025,no\n')
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    (party,) = result.dossier.parties.keys() - {"other"}
    made = {f"out/{file}.yaml" for file in ("agenda", "sources", "other", party)}
    assert files == sorted({"out", "table.csv", *made})
    assert party not in {"con", "nul", "aux", "com1", "lpt9"}


LONG = "t" * 50_000
REPEATED = {
    "the dossier's title": ("dossier", LONG, "u{n}"),
    "an issue's title": ("title", LONG, "u{n}"),
    "an issue's options": ("options", ";".join(f"o{n}" for n in range(10_000)), "x{n}"),
    "a party's members": ("members", ";".join(f"m{n}" for n in range(10_000)), "x{n}"),
    "a source's title": ("source_title", LONG, "u{n}"),
}


@pytest.mark.parametrize("what", largely(REPEATED, "an issue's title"))
def test_a_long_cell_is_not_told_whole_for_each_line_that_contradicts_it(
    what: str, tmp_path: Path
) -> None:
    head, first, later = REPEATED[what]
    lines = "".join(
        f"p,i,{2000 + n}-01-01,yes,s,{later.format(n=n) if n else first}\n" for n in range(500)
    )
    log = ImportLog()
    table = tmp_path / "table.csv"
    table.write_text(f"party,issue,since,demands,source,{head}\n{lines}", "utf-8")
    tracemalloc.start()
    with contextlib.suppress(WrongUsage):  # the first may be too long for a dossier, too
        import_table(table, tmp_path / "out", TableOptions({}, {}, read_vocabulary([])), log)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(log.skipped) >= 499
    assert max(len(why) for _, why in log.skipped) <= 500
    assert most < 15_000_000


@pytest.mark.parametrize("column", [*HEAD.strip().split(","), "another"])
def test_the_head_of_a_column_is_short(column: str, tmp_path: Path) -> None:
    heads = [*HEAD.strip().split(","), "another"]
    header = ",".join(one + " " * 600 + "x" if one == column else one for one in heads)
    message = f"the head of column {heads.index(column) + 1} has [0-9]+ characters, more than 500"
    with pytest.raises(WrongUsage, match=message):
        imported(tmp_path, f"{header}\np,i,2025,yes,\u200b\n")
    with pytest.raises(WrongUsage, match=message):
        imported(tmp_path, f"{header}\np,i,2025,yes,a\n", grid="demands")


# Workbooks.

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS, STYLES, BOOK, LINKS = (
    *("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels",
)


def relations(**targets: str) -> str:
    links = (
        f'<Relationship Id="{kind}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f"<Relationships>{''.join(links)}</Relationships>"


def cells(number: int, *texts: str) -> str:
    written = (f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{"".join(written)}</row>'


TABLE = cells(1, "party", "issue", "since", "demands") + cells(2, "p", "x", "2025", "yes")


def parts(rows: str = TABLE, **other: str) -> dict[str, str]:
    """The parts of a workbook with these rows, others in place of its own."""
    links = relations(
        worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="styles.xml"
    )
    sheets = '<sheets><sheet name="a" r:id="worksheet"/></sheets>'
    made = {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        BOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{sheets}</workbook>',
        LINKS: links,
        STRINGS: f'<sst xmlns="{MAIN}"/>',
        STYLES: f'<styleSheet xmlns="{MAIN}"/>',
        SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return made | {
        {"sheet": SHEET, "strings": STRINGS, "book": BOOK, "links": LINKS}[key]: text
        for key, text in other.items()
    }


def packed(held: Mapping[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return made.getvalue()


def far(coordinate: str) -> str:
    row = coordinate.lstrip("ABCDEFX")
    return f'<row r="{row}"><c r="{coordinate}" t="inlineStr"><is><t>q</t></is></c></row>'


DIMENSION = '<dimension ref="A1:XFD1048576"/><sheetData>'
HARMLESS: Mapping[str, Callable[[], dict[str, str]]] = {
    "as they are": lambda: parts(),
    "an empty cell far away": lambda: parts(
        TABLE + '<row r="1048576"><c r="XFD1048576" s="3"/></row>'
    ),
    "a large dimension": lambda: parts(sheet=parts()[SHEET].replace("<sheetData>", DIMENSION)),
    "rows without cells": lambda: parts(TABLE + "<row/>" * 100_000),
    "cells without texts": lambda: parts(TABLE + f"<row>{'<c/>' * 100_000}</row>"),
    "texts without letters": lambda: parts(strings=f"<sst>{'<si/>' * 100_000}</sst>"),
    "relations of other types": lambda: parts(
        links=parts()[LINKS].replace(
            "</",
            '<Relationship Id="b" Type="urn:x/sharedStrings" Target="b.xml"/>'
            f'<Relationship Id="c" Type="{RELATED}/styles" Target="c" TargetMode="External"/></',
        )
    ),
    "elements and attributes of others": lambda: parts(
        book=parts()[BOOK]
        .replace("<sheets>", '<sheets xmlns:x="urn:x"><x:sheet name="b" r:id="none"/>')
        .replace('name="a"', 'name="a" x:name="b"'),
    ),
    "a part that nothing refers to": lambda: parts() | {"xl/media/image1.png": " " * 20_000_000},
}


@needs_openpyxl
@pytest.mark.parametrize(
    "kind",
    largely(
        HARMLESS,
        *("as they are", "an empty cell far away", "a large dimension"),
        *("relations of other types", "elements and attributes of others"),
    ),
)
def test_what_a_workbook_leaves_empty_costs_nothing(kind: str, tmp_path: Path) -> None:
    content = packed(HARMLESS[kind]())
    tracemalloc.start()
    with within(5):
        result = imported(tmp_path, content, name="table.xlsx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [*result.dossier.parties] == ["p"]
    assert not result.log.skipped
    assert most < 60_000_000


@needs_openpyxl
@pytest.mark.parametrize("coordinate", ["A1048576", "D99999", "C9999999"])
def test_a_row_far_below_is_a_row_like_any_other(coordinate: str, tmp_path: Path) -> None:
    result = imported(tmp_path, packed(parts(TABLE + far(coordinate))), name="table.xlsx")
    assert [*result.left_out()] == [int(coordinate[1:])]


BOMBS: Mapping[str, tuple[Callable[[], dict[str, str]], str]] = {
    "a cell far away": (lambda: parts(TABLE + far("XFD1048576")), "table-columns"),
    "a cell far to the right": (lambda: parts(TABLE + far("XFD2")), "table-columns"),
    "rows": (
        lambda: parts(TABLE + "".join(cells(n, "p") for n in range(3, 20_000))),
        "table-lines",
    ),
    "formulas": (
        lambda: parts(
            TABLE + "".join(f'<row r="{n}"><c><f>1</f></c></row>' for n in range(3, 20_000))
        ),
        "table-lines",
    ),
    "blanks": (lambda: parts(TABLE + " " * 20_000_000), "workbook-bytes"),
    "one text": (
        lambda: parts(strings=f"<sst><si><t>{'x' * 20_000_000}</t></si></sst>"),
        "workbook-bytes",
    ),
    "one text in many cells": (
        lambda: parts(
            TABLE + "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(3, 5_000)),
            strings=f"<sst><si><t>{'x' * 90_000}</t></si></sst>",
        ),
        "workbook-bytes",
    ),
    "a wide row among many": (
        lambda: parts(TABLE + far("ADA3") + "".join(cells(n, "p") for n in range(4, 2_000))),
        "workbook-bytes",
    ),
    "a list of sheets": (
        lambda: parts(book=f"<workbook>{'<sheet/>' * 6_000_000}</workbook>"),
        "workbook-bytes",
    ),
}


@needs_openpyxl
@pytest.mark.parametrize(
    "kind", largely(BOMBS, "a cell far away", "a cell far to the right", "one text")
)
def test_a_bomb_meets_a_limit(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMPOS_LIMITS", "workbook-bytes=5000000")
    held, limit = BOMBS[kind]
    content = packed(held())
    tracemalloc.start()
    with within(6), pytest.raises(WrongUsage, match=f"set CLAIMPOS_LIMITS={limit}="):
        imported(tmp_path, content, name="table.xlsx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
UNREADABLE = {
    "entities of entities": parts(
        strings=f'<!DOCTYPE s [<!ENTITY a0 "ha">{LAUGHS}]><sst><si><t>&a11;</t></si></sst>'
    ),
    "an entity from a file": parts(
        sheet='<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + parts()[SHEET].replace(">p<", ">&x;<")
    ),
    "a document type": parts(sheet="<!DOCTYPE worksheet>" + parts()[SHEET]),
    "elements in elements": parts(sheet="<a>" * 1_000_000),
    "no end": parts(sheet=parts()[SHEET][:-20]),
    "no XML": parts(sheet="party,issue"),
    "a part that is missing": {key: held for key, held in parts().items() if key != SHEET},
    "no book": {key: held for key, held in parts().items() if key != BOOK},
    "nothing": {},
    "a text that is missing": parts(TABLE + '<row><c t="s"><v>7</v></c></row>'),
    "a text before the first": parts(TABLE + '<row><c t="s"><v>-1</v></c></row>'),
    "a number of a million figures": parts(TABLE + f"<row><c><v>{'1' * 1_000_000}</v></c></row>"),
    "a number without end": parts(TABLE + "<row><c><v>1e999</v></c></row>"),
    "no coordinate": parts(TABLE + '<row><c r="Ä1"><v>1</v></c></row>'),
    "a row before the first": parts(TABLE + '<row r="-5"><c><v>1</v></c></row>'),
    "a sheet outside": parts(links=relations(worksheet="../../../../etc/passwd")),
    "two books": parts()
    | {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml").replace(
            "</", f'<Relationship Id="b" Type="{RELATED}/officeDocument" Target="b.xml"/></'
        )
    },
    "texts in two parts": parts(
        links=parts()[LINKS].replace(
            "</", f'<Relationship Id="b" Type="{RELATED}/sharedStrings" Target="b.xml"/></'
        )
    )
    | {"xl/b.xml": parts()[STRINGS]},
    "a part that is given twice": parts() | {STRINGS.upper(): parts()[STRINGS]},
    "another encoding": parts(sheet='<?xml version="1.0" encoding="x"?>' + parts()[SHEET]),
}


@needs_openpyxl
@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_no_workbook_is_told(kind: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=r"cannot be read as an \.xlsx workbook"):
        imported(tmp_path, packed(UNREADABLE[kind]), name="table.xlsx")


@needs_openpyxl
@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_compression_of_workbooks_is_unpacked(how: int, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=r"cannot be read as an \.xlsx workbook"):
        imported(tmp_path, packed(parts(), how), name="table.xlsx")


@needs_openpyxl
@pytest.mark.parametrize("seed", largely(range(6), 0, 1))
def test_damaged_workbooks_are_told_and_never_a_bug(seed: int, tmp_path: Path) -> None:
    source = random.Random(seed)
    rows = [["party", "issue", "since", "demands"], *[["p", "x", "2025", "yes"]] * 20]
    good = workbook({"positions": rows})
    (tmp_path / "good.xlsx").write_bytes(good)
    with zipfile.ZipFile(tmp_path / "good.xlsx") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for number in range(100):
        name = source.choice([*held])
        content = (
            packed(held | {name: damaged(held[name], source)})
            if number % 3
            else damaged(good, source)
        )
        path = tmp_path / "table.xlsx"
        path.write_bytes(content)
        with contextlib.suppress(ClaimposError):
            import_table(path, tmp_path / f"out{number}", TableOptions({}, {}, {}), ImportLog())


def damaged(content: bytes, source: random.Random) -> bytes:
    """The bytes with some of them changed, taken out or put in twice."""
    held = bytearray(content)
    for _ in range(source.randint(1, 5)):
        at = source.randrange(len(held))
        other = source.randrange(len(held))
        match source.randrange(4):
            case 0:
                held[at] = source.randrange(256)
            case 1:
                held[at] = source.choice(b'<>"/=019&-A')
            case 2:
                del held[at : at + source.randint(1, min(30, len(held) - 1))]
            case _:
                held[at:at] = held[other : other + 40]
    return bytes(held)


@needs_openpyxl
def test_cells_are_read_as_openpyxl_reads_them(tmp_path: Path) -> None:
    from openpyxl import Workbook, load_workbook
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    values: list[object] = [
        *(1, 2.5, 1e20, 0.1, -3, True, False, "text", "ü & <b>", " blank ", "a\nb", "007"),
        *(date(2025, 2, 3), datetime(2025, 2, 3, 4, 5, 6), clock(7, 8), timedelta(hours=30)),
    ]
    sheet.append(["value", "a", "b"])
    for value in values:
        sheet.append([value, "x", None])
    for code in ("0.00", "dd/mm/yy", "[$-409]mmm d, yyyy", '"day" 0.00', "[h]:mm", "@"):
        sheet.append([45000.25, "x"])
        sheet.cell(sheet.max_row, 1).number_format = code
    for from_1904 in (False, True):
        book.epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        book.save(tmp_path / "book.xlsx")
        rows = [*load_workbook(tmp_path / "book.xlsx", data_only=True).worksheets[0].values]
        content = (tmp_path / "book.xlsx").read_bytes()
        (table,) = read_workbook("book.xlsx", content, Header({}, frozenset()), ImportLog())
        assert [row[0] for _, row in table.rows] == [shown(row[0]) for row in rows[1:]]


def shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    if isinstance(value, timedelta):
        hours, rest = divmod(value, timedelta(hours=1))
        return f"{hours}:{rest // timedelta(minutes=1):02}"
    if isinstance(value, datetime) and value.time() == clock():
        return str(value.date())
    return str(value)
