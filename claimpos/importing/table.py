"""A CSV file as a table: its header and rows, and which column is which field."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.lookup import nearest
from claimpos.dossier.parsing.printable import first_unprintable, is_printable
from claimpos.errors import UnknownName, WrongUsage
from claimpos.importing.cells import FIELDS, SAYING
from claimpos.importing.import_log import Account, Place
from claimpos.rendering.formulas import formula_freed

_GAPS = re.compile(r"[\s_-]+")
_HELP = "claimpos import --help"
_QUOTED = SAYING | {"item"}
_AGENDA = {"issue", "group", "dossier"}


class Line(NamedTuple):
    """One line of the table, or one cell of a grid: its cells by field, none of them empty.

    `quoted` are the cells that make the position, by the heading of their column: the summary of
    a statement quotes them.
    """

    place: Place
    cells: Mapping[str, str]
    quoted: Mapping[str, str]


def field_named(name: str) -> str:
    """The field of this name, whatever its capitals and spaces; raises UnknownName."""
    field = _folded(name)
    if field not in FIELDS:
        raise UnknownName("field", name, nearest(field, FIELDS), _HELP)
    return field


def fields_of(header: Sequence[str], mapped: Mapping[str, str]) -> list[str | None]:
    """The field of each column: the one it is mapped to, or else the one it is named after.

    Raises UnknownName if a mapping names no column, and WrongUsage if two columns have the same
    name or the same field.
    """
    heads = [head.strip() for head in header]
    for column in mapped:
        if column not in heads:
            raise UnknownName("column", column, nearest(column, [*filter(None, heads)]), _HELP)
    for head in heads:
        if head and heads.count(head) > 1:
            raise WrongUsage(f"line 1: two columns are called “{head}”; rename one")
    fields = [mapped.get(head) or _known(head) for head in heads]
    for at, field in enumerate(fields):
        if field is not None and field in fields[:at]:
            both = f"“{heads[fields.index(field)]}” and “{heads[at]}”"
            raise WrongUsage(f"line 1: {both} are both the field {field}; map one to another field")
    return fields


def recognised(header: Sequence[str], mapped: Mapping[str, str]) -> int:
    """How many columns have a field."""
    return sum(head.strip() in mapped or _known(head.strip()) is not None for head in header)


def lines_of(
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    fields: Sequence[str | None],
    account: Account,
) -> list[Line]:
    """The rows of a table by field; columns without a field are logged, with a remedy."""
    _log_unused(header, rows, fields, account)
    lines = []
    for number, row in rows:
        cells = _cells(fields, row)
        quoted = {
            head.strip(): cells[field]
            for head, field in zip(header, fields, strict=True)
            if field in _QUOTED and field in cells
        }
        lines.append(Line(Place(number), cells, quoted))
    return lines


def grid_lines(
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    fields: Sequence[str | None],
    says: str,
    account: Account,
) -> list[Line]:
    """The cells of a grid of issues and parties: each column without a field is a party."""
    for head, field in zip(header, fields, strict=True):
        if field is None and head.strip():
            account.guess("parties: the columns that are not fields", head.strip())
    lines = []
    for number, row in rows:
        facts = _cells(fields, row)
        agenda = {key: cell for key, cell in facts.items() if FIELDS[key].piece in _AGENDA}
        lines.append(Line(Place(number), agenda, {}))
        for head, field, cell in zip(header, fields, row, strict=True):
            if field is None and cell.strip() and not head.strip():
                account.leave_out(
                    Place(number), f"“{cell.strip()}” is in a column without a heading"
                )
            elif field is None and cell.strip():
                said = {"party": head.strip(), says: cell.strip()}
                quoted = {says: cell.strip()}
                lines.append(Line(Place(number, head.strip()), {**facts, **said}, quoted))
        check_lines(len(lines))
    return lines


def check_lines(number: int) -> None:
    """Raise WrongUsage if the table has more lines than the limit allows."""
    if number > limit("table-lines"):
        most = f"{limit('table-lines'):,}"
        raise WrongUsage(f"the table has more than {most} lines; {how_to_raise('table-lines')}")


def check_columns(number: int) -> None:
    """Raise WrongUsage if the table has more columns than the limit allows."""
    if number > limit("table-columns"):
        most = f"{limit('table-columns'):,}"
        remedy = how_to_raise("table-columns")
        raise WrongUsage(f"the table has {number:,} columns, more than {most}; {remedy}")


def _cells(fields: Sequence[str | None], row: Sequence[str]) -> dict[str, str]:
    return {
        field: cell.strip()
        for field, cell in zip(fields, row, strict=True)
        if field and cell.strip()
    }


def _log_unused(
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    fields: Sequence[str | None],
    account: Account,
) -> None:
    for at, (head, field) in enumerate(zip(header, fields, strict=True)):
        first = next((number for number, row in rows if row[at].strip()), None)
        if field is None and first is not None:
            account.remark(Place(1), _unused(head.strip(), at + 1))


def _unused(head: str, number: int) -> str:
    if not head:
        return f"column {number} was not imported; give it a heading"
    near = nearest(_folded(head), FIELDS)
    option = f'--map "{head}={near[0] if near else "FIELD"}"'
    return f"the column “{head}” was not imported; use {option}"


def _known(head: str) -> str | None:
    field = _folded(head)
    return field if field in FIELDS else None


def _folded(name: str) -> str:
    return _GAPS.sub("_", name.strip()).casefold()


LONGEST = 100_000
"""The longest cell that is imported, in characters."""

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
    """The table of a CSV file; raises WrongUsage if nothing in it can be read."""
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
    """The header and the rows that fit it; rows that no dossier could hold are skipped."""
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise WrongUsage("the table is empty")
    (_, header), *body = filled
    if not body:
        raise WrongUsage("the table has a header but no other line")
    if found := first_unprintable("\n".join(header)):
        raise WrongUsage(f"a column's heading contains an invisible character, U+{ord(found):04X}")
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
            return f"the cell “{head}” contains an invisible character, U+{ord(found):04X}"
    if len(row) > len(header):
        return (
            f"it has {len(row)} cells, but the header has {len(header)}; put a text "
            "with a comma in quotes"
        )
    if len(row) < len(header):
        return f"it has {len(row)} cells, but the header has {len(header)}; cells are missing"
    return ""


def _text(raw: bytes, encoding: str | None, account: Account) -> str:
    for mark, name in _BOMS.items():
        if raw.startswith(mark) and encoding is None:
            account.remark(Place(1), "the file begins with a byte-order mark, which was ignored")
            encoding = name
    try:
        return raw.decode(encoding or "utf-8").removeprefix("\ufeff")
    except LookupError:
        raise WrongUsage(f"there is no encoding “{encoding}”") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "use --encoding windows-1252 if an older spreadsheet saved it, or save it as UTF-8"
        called = encoding or "UTF-8"
        raise WrongUsage(f"line {line} is not {called.upper()}; {remedy}") from None
    except UnicodeError:
        raise WrongUsage(f"the table is not in the encoding “{encoding}”") from None


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let the csv module read cells of any length: one that is too long must not stop it."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str, mapped: Mapping[str, str], account: Account) -> str:
    """The character that separates columns: the one that yields most known headings."""
    first = next(line for line in text.splitlines() if line.strip())
    found = {
        delimiter: recognised(next(csv.reader([first], delimiter=delimiter)), mapped)
        for delimiter in _DELIMITERS
    }
    best = max(found, key=lambda delimiter: found[delimiter])
    if best != ",":
        account.remark(Place(1), f"columns are separated by {_DELIMITERS[best]}")
    return best


def _rows(text: str, delimiter: str, account: Account) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with its first line; after a faulty quote, reading resumes on the next line.

    From the end of a line that opens a quote, the csv module reads the same whichever line that
    is. So a further quote left open, before the place where a fault was found, leads to the same
    fault, and need not be read again.
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
        return "a quote that opens here is never closed; double a quote within quotes"
    return f"a quote ends within a cell before the end of line {line}; double a quote within quotes"
