"""A CSV file as a table: its encoding, its delimiter, its rows; or as plain records."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimpos.dossier.files import read_named
from claimpos.dossier.findings import shown_path
from claimpos.errors import WrongUsage
from claimpos.importing.import_log import ImportLog, TablePlace
from claimpos.importing.table import (
    HEADER_WITHIN,
    Header,
    InputTable,
    check_columns,
    check_lines,
    checked,
    recognised,
)
from claimpos.rendering.data import formula_freed

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR = re.compile(r"\s*sep=([,;\t|])\r?\n", re.IGNORECASE)
# From so many characters at the beginning, the delimiter is found.
_SNIFFED = 100_000
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_csv(raw: bytes, wanted: Header, encoding: str | None, log: ImportLog) -> InputTable:
    """The table of a CSV file; raises WrongUsage if nothing in it can be read."""
    text = _text(raw, encoding, log)
    if not text.strip():
        raise WrongUsage("the table is empty")
    with _long_cells():
        stated = _SEPARATOR.match(text)
        delimiter = stated[1] if stated else _delimiter(text, wanted, log)
        if stated:
            text = "\n" * stated[0].count("\n") + text[stated.end() :]
        rows = []
        for row in _rows(text, delimiter, log):
            rows.append(row)
            check_lines(len(rows))
            check_columns(len(row[1]))
    rows = [(number, [*map(formula_freed, row)]) for number, row in rows]
    return checked(rows, wanted, log)._replace(decimal_comma=delimiter == ";")


def _text(raw: bytes, encoding: str | None, log: ImportLog) -> str:
    for mark, name in _BOMS.items():
        if raw.startswith(mark) and encoding is None:
            log.remark(TablePlace(1), "the file begins with a byte-order mark, which was ignored")
            encoding = name
    try:
        return raw.decode(encoding or "utf-8").removeprefix("\ufeff")
    except LookupError:
        raise WrongUsage(f"there is no encoding “{encoding}”") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = (
            "save it as UTF-8 or, if an older spreadsheet saved it, name its --encoding, such as "
            "windows-1252 for western languages or windows-1251 for Cyrillic"
        )
        called = encoding or "UTF-8"
        raise WrongUsage(f"line {line} is not {called.upper()}; {remedy}") from None
    except UnicodeError:
        raise WrongUsage(f"the table is not in the encoding “{encoding}”") from None


@contextmanager
def _long_cells() -> Iterator[None]:
    """Within this, the csv module reads cells of any length; otherwise a long one would stop it."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str, wanted: Header, log: ImportLog) -> str:
    """The character that separates columns.

    The best one gives a row the wanted header; among equals, it gives a row most known headings,
    then most of the first rows the same number of columns, then the most columns.
    """
    first = text[:_SNIFFED].splitlines(keepends=True)[: 10 * HEADER_WITHIN]
    best = max(_DELIMITERS, key=lambda delimiter: _likelihood(first, delimiter, wanted))
    if best != ",":
        log.remark(TablePlace(1), f"columns are separated by {_DELIMITERS[best]}")
    return best


def _likelihood(lines: list[str], delimiter: str, wanted: Header) -> tuple[bool, int, float, int]:
    rows = [row for row in _loosely_read(lines, delimiter) if any(row)]
    at = wanted.at([*enumerate(rows)])
    known = max((recognised(row, wanted.mapped) for row in rows[:HEADER_WITHIN]), default=0)
    (width, number), *_ = Counter(map(len, rows)).most_common(1) or [(1, 0)]
    share = number / len(rows) if width > 1 else 0.0
    return at is not None, known, share, width


def _loosely_read(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return []


def _rows(text: str, delimiter: str, log: ImportLog) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with its first line; after a faulty quote, reading resumes on the next line.

    Behind a line that leaves a quote open, the csv module reads the same whichever line that is.
    So another such line, before the place of a fault that was found, leads to the same fault: it
    is not read to the end again.
    """
    lines = io.StringIO(text, newline="").readlines()
    at, read_to, fault = 0, 0, ""
    while at < len(lines):
        end = at + 1 if at < read_to else len(lines)
        reader = csv.reader(
            map(lines.__getitem__, range(at, end)), delimiter=delimiter, strict=True
        )
        start = at
        try:
            for row in reader:
                yield start + 1, row
                start = at + reader.line_num
            at = end
        except csv.Error as error:
            why = _gone_wrong(error, at + reader.line_num)
            if at >= read_to:
                read_to, fault = at + reader.line_num - 1, why
            elif _left_open(error):
                why = fault
            log.skip(TablePlace(start + 1), why)
            check_lines(len(log.skipped))
            at = start + 1


def _left_open(error: csv.Error) -> bool:
    return "unexpected end" in str(error)


def _gone_wrong(error: csv.Error, line: int) -> str:
    if _left_open(error):
        return "a quote that opens here is never closed; double a quote within quotes"
    return f"a quote ends within a cell before the end of line {line}; double a quote within quotes"


# ---- a table that is not a dossier ----


def csv_records(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The columns of a CSV file in UTF-8, and its rows by column.

    Raises WrongUsage for a file that cannot be read, is not such a table, or is too large.
    """
    try:
        text = read_named(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUsage(f"“{shown_path(path)}” is not UTF-8; save it as UTF-8") from None
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    table: list[list[str]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                check_columns(len(row))
                if table and any(cell.strip() for cell in row[len(table[0]) :]):
                    raise WrongUsage(
                        f"“{shown_path(path)}”: line {reader.line_num} has {len(row)} cells, but "
                        f"the header has {len(table[0])}; put a text with a comma in quotes"
                    )
                table.append(row)
                check_lines(len(table) - 1)
    except csv.Error as error:
        raise WrongUsage(f"“{shown_path(path)}” is not a CSV table: {error}") from None
    if len(table) < 2:
        raise WrongUsage(f"“{shown_path(path)}” has no lines below its header")
    header = [cell.strip() for cell in table[0]]
    if len(set(header)) < len(header):
        raise WrongUsage(f"“{shown_path(path)}” has two columns with the same name")
    return header, [dict(zip(header, row, strict=False)) for row in table[1:]]
