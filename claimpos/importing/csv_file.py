"""A CSV file → its header and rows; what cannot be read is told by line, and the rest is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from claimpos.dossier.parsing.printable import first_unprintable, is_printable
from claimpos.errors import WrongUsage
from claimpos.importing.columns import check_columns, check_lines, recognised
from claimpos.importing.import_log import Account, Place
from claimpos.rendering.text import formula_freed

LONGEST = 100_000
"""The longest cell that is taken in, in characters."""

_LONGEST_HEAD = 500
"""The longest head of a column: what is told of the cells below quotes it."""

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Table(NamedTuple):
    """A header, and the rows beneath it with the number of their first line."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_csv(
    raw: bytes, mapped: Mapping[str, str], encoding: str | None, account: Account
) -> Table:
    """The table of a CSV file; raises WrongUsage where nothing of it can be read."""
    text = _text(raw, encoding, account)
    if not text.strip():
        raise WrongUsage("the table is empty")
    with _long_cells():
        delimiter = _delimiter(text, mapped, account)
        rows = []
        for row in _rows(text, delimiter, account):
            rows.append(row)
            check_lines(len(rows))
            check_columns(len(row[1]))
    rows = [(number, [*map(formula_freed, row)]) for number, row in rows]
    return checked(rows, account)


def checked(rows: list[tuple[int, list[str]]], account: Account) -> Table:
    """The header and those rows that fit it and hold nothing that a dossier may not hold."""
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise WrongUsage("the table is empty")
    (_, header), *body = filled
    if not body:
        raise WrongUsage("the table has a header and no line beneath it")
    if found := first_unprintable("\n".join(header)):
        raise WrongUsage(f"the columns' heads hold an invisible character, U+{ord(found):04X}")
    for column, head in enumerate(header, 1):
        if len(head) > _LONGEST_HEAD:
            raise WrongUsage(
                f"the head of column {column} has {len(head):,} characters, "
                f"more than {_LONGEST_HEAD}; shorten it"
            )
    kept = []
    for number, cells in body:
        row = cells if any(cells[len(header) :]) else cells[: len(header)]
        if why := _unfit(row, header):
            account.leave_out(Place(number), why)
        else:
            kept.append((number, row))
    return Table(header, kept)


def _unfit(row: list[str], header: list[str]) -> str:
    for head, cell in zip(header, row, strict=False):
        if len(cell) > LONGEST:
            return f"the cell “{head}” has {len(cell):,} characters, more than {LONGEST:,}"
        if not is_printable(cell) and (found := first_unprintable(cell)):
            return f"the cell “{head}” holds an invisible character, U+{ord(found):04X}"
    if len(row) > len(header):
        return (
            f"it has {len(row)} cells and the header {len(header)}: put a text with a comma in "
            "quotes"
        )
    if len(row) < len(header):
        return f"it has {len(row)} cells and the header {len(header)}: cells are missing"
    return ""


def _text(raw: bytes, encoding: str | None, account: Account) -> str:
    for mark, name in _BOMS.items():
        if raw.startswith(mark) and encoding is None:
            account.remark(Place(1), "the file begins with a byte-order mark, which is no data")
            encoding = name
    try:
        return raw.decode(encoding or "utf-8").removeprefix("\ufeff")
    except LookupError:
        raise WrongUsage(f"there is no encoding “{encoding}”") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "say --encoding windows-1252 if an older spreadsheet saved it, or save it as UTF-8"
        called = encoding or "UTF-8"
        raise WrongUsage(f"line {line} is not {called.upper()}; {remedy}") from None
    except UnicodeError:
        raise WrongUsage(f"the table is not in the encoding “{encoding}”") from None


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let the csv module hand over long cells, so that one does not end the reading."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str, mapped: Mapping[str, str], account: Account) -> str:
    """What the columns are separated by: the character that makes most known column heads."""
    first = next(line for line in text.splitlines() if line.strip())
    found = {
        delimiter: recognised(next(csv.reader([first], delimiter=delimiter)), mapped)
        for delimiter in _DELIMITERS
    }
    best = max(found, key=lambda delimiter: found[delimiter])
    if best != ",":
        account.remark(Place(1), f"the columns are separated by {_DELIMITERS[best]}")
    return best


def _rows(text: str, delimiter: str, account: Account) -> Iterator[tuple[int, list[str]]]:
    """The rows with their first lines; after a quote gone wrong it goes on with the next line.

    Whichever line opens a quote, from the end of that line on the same is read. So as far as one
    fault has been read to, a further quote left open leads to the same fault, unread.
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
            account.leave_out(Place(start + 1), why)
            check_lines(len(account.left_out))
            at = start + 1


def _left_open(error: csv.Error) -> bool:
    return "unexpected end" in str(error)


def _gone_wrong(error: csv.Error, line: int) -> str:
    if _left_open(error):
        return "a quote that opens here is never closed; write a quote within quotes twice"
    return f"by line {line} a quote ends within a cell; write a quote within quotes twice"
