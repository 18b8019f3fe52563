"""A table: its header and rows, and which column is which field."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.lookup import nearest
from claimpos.dossier.parsing.printable import first_unprintable, is_printable
from claimpos.errors import UnknownName, WrongUsage
from claimpos.importing.cells import FIELDS, SAYING
from claimpos.importing.import_log import ImportLog, TablePlace, shortened
from claimpos.importing.shown_numbers import Exact

_GAPS = re.compile(r"[\s_-]+")
HELP = "claimpos import --help"
_QUOTED = SAYING | {"item"}
_AGENDA = {"issue", "group", "dossier"}


class Line(NamedTuple):
    """One line of the table, or one cell of a grid: its cells by field, none of them empty.

    `quoted` are the cells that make the position, by the heading of their column: the summary of
    a statement quotes them.
    """

    place: TablePlace
    cells: Mapping[str, str]
    quoted: Mapping[str, str]


def field_named(name: str) -> str:
    """The field of this name, whatever its capitals and spaces; raises UnknownName."""
    field = _folded(name)
    if field not in FIELDS:
        raise UnknownName("field", name, nearest(field, FIELDS), HELP)
    return field


IGNORED = "ignored"
_A_SLIP = 0.8
"""The field of a column that is not to be imported."""


def check_columns_named(tables: "Iterable[InputTable]", columns: Iterable[str]) -> None:
    """Raise UnknownName if none of the tables has a column of one of these names."""
    heads = {head.strip() for table in tables for head in table.header} - {""}
    for column in columns:
        if column not in heads:
            raise UnknownName("column", column, nearest(column, heads), HELP)


def fields_of(
    table: "InputTable",
    mapped: Mapping[str, str],
    ignored: Collection[str] = (),
    parties: Collection[str] = (),
) -> list[str | None]:
    """The field of each column: the one it is mapped to, or else the one it is named after.

    Where `parties` are named, all columns that are neither these nor fields are ignored.

    Raises WrongUsage if two columns have the same name or the same field.
    """
    heads = [head.strip() for head in table.header]
    where = TablePlace(table.line, sheet=table.sheet)
    for head in heads:
        if head and heads.count(head) > 1 and head not in ignored:
            raise WrongUsage(f"{where}: two columns are called “{head}”; rename one")
    fields = [_field(head, mapped, ignored, parties) for head in heads]
    for at, field in enumerate(fields):
        if field not in {None, IGNORED} and field in fields[:at]:
            both = f"“{heads[fields.index(field)]}” and “{heads[at]}”"
            raise WrongUsage(
                f"{where}: {both} are both the field {field}; map one to another field, "
                "or --ignore it"
            )
    return fields


def _field(
    head: str, mapped: Mapping[str, str], ignored: Collection[str], parties: Collection[str]
) -> str | None:
    if head in parties:
        return None
    if head in ignored:
        return IGNORED
    return mapped.get(head) or _known(head) or (IGNORED if parties and head else None)


def recognised(header: Sequence[str], mapped: Mapping[str, str]) -> int:
    """How many columns have a field."""
    return sum(head.strip() in mapped or _known(head.strip()) is not None for head in header)


def lines_of(table: "InputTable", fields: Sequence[str | None], log: ImportLog) -> list[Line]:
    """The rows of a table by field; columns without a field are logged, with a remedy."""
    header, rows = table.header, table.rows
    _log_unused(table, fields, log)
    lines = []
    for number, row in rows:
        cells = _cells(fields, row)
        quoted = {
            head.strip(): cells[field]
            for head, field in zip(header, fields, strict=True)
            if field in _QUOTED and field in cells
        }
        lines.append(Line(TablePlace(number, sheet=table.sheet), cells, quoted))
    return lines


def grid_lines(
    table: "InputTable", fields: Sequence[str | None], says: str, log: ImportLog
) -> list[Line]:
    """The cells of a grid of issues and parties: each column without a field is a party."""
    header, rows = table.header, table.rows
    for head, field in zip(header, fields, strict=True):
        if field is None and head.strip():
            log.assume("parties: the columns that are not fields", head.strip())
    lines = []
    for number, row in rows:
        facts = _cells(fields, row)
        agenda = {key: cell for key, cell in facts.items() if FIELDS[key].piece in _AGENDA}
        lines.append(Line(TablePlace(number), agenda, {}))
        for head, field, cell in zip(header, fields, row, strict=True):
            if field is None and cell.strip() and not head.strip():
                log.skip(TablePlace(number), f"“{cell.strip()}” is in a column without a heading")
            elif field is None and cell.strip():
                said = {"party": head.strip(), says: trimmed(cell)}
                quoted = {says: cell.strip()}
                lines.append(Line(TablePlace(number, head.strip()), {**facts, **said}, quoted))
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
        field: trimmed(cell)
        for field, cell in zip(fields, row, strict=True)
        if field and field != IGNORED and cell.strip()
    }


def trimmed(cell: str) -> str:
    """A cell without the spaces around it; a number that is exact remains so."""
    return cell if isinstance(cell, Exact) else cell.strip()


def _log_unused(table: "InputTable", fields: Sequence[str | None], log: ImportLog) -> None:
    header, rows = table.header, table.rows
    for at, (head, field) in enumerate(zip(header, fields, strict=True)):
        first = next((number for number, row in rows if row[at].strip()), None)
        if field is None and first is not None:
            place = TablePlace(table.line, sheet=table.sheet)
            log.remark(place, _unused(head.strip(), at + 1))


def _is_slip(head: str, field: str) -> bool:
    """Whether a heading is a field's name misspelt: “summery”, but not “position” for “option”."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, head, field).ratio() >= _A_SLIP


def _unused(head: str, number: int) -> str:
    if not head:
        return f"column {number} was not imported; give it a heading"
    near = [one for one in nearest(_folded(head), FIELDS) if _is_slip(_folded(head), one)]
    option = f'--map "{head}={near[0] if near else "FIELD"}"'
    return f"the column “{head}” was not imported; use {option}, or --ignore it"


def _known(head: str) -> str | None:
    field = _folded(head)
    return field if field in FIELDS else None


def _folded(name: str) -> str:
    return _GAPS.sub("_", name.strip()).casefold()


LONGEST = 100_000
"""The longest cell that is imported, in characters."""

_LONGEST_HEAD = 500
"""The longest head of a column: remarks on the cells below quote it."""

# The errors of spreadsheets in any language, and what stands for a number too wide for its column.
_ERROR = re.compile(
    r"\s*(?:#[¡¿]?(?:(?![a-z])[^\W_])+(?:/[^\W_a-z]+)?[!?]|#(?:N/A|N/D|Н/Д|NV)|#{3,}|Err:\d{3})\s*\Z"
)
_DITTO = frozenset({'"', "''", "″", "〃", "”"})

HEADER_WITHIN = 30
"""In so many rows a header is looked for."""


class InputTable(NamedTuple):
    """A header with its line, and the rows beneath it with the number of their first line.

    `decimal_comma` says whether a comma marks decimals where a column itself does not show it;
    `sheet` is the name of its sheet, if it is one of several.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    line: int = 1
    decimal_comma: bool = False
    sheet: str = ""


class Header(NamedTuple):
    """The header to look for: the fields of columns by heading, and the fields it must have."""

    mapped: Mapping[str, str]
    fields: frozenset[str]

    def at(self, rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
        """Which of the first rows has all of the fields; None if none has."""
        for index, (_, row) in enumerate(rows[:HEADER_WITHIN]):
            if self.fields <= {
                self.mapped.get(head) or _known(head) for head in map(str.strip, row)
            }:
                return index
        return None


def checked(
    rows: list[tuple[int, list[str]]],
    wanted: Header,
    log: ImportLog,
    sheet: str = "",
    why_not: str = "",
) -> InputTable:
    """The header and the rows that fit it; rows that no dossier could hold are skipped.

    Only one of several sheets may have no rows. `why_not` says why others could not be read.
    """
    unread = f" that can be read: {why_not}" if why_not else ""
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise WrongUsage(f"the table has no line{unread}" if unread else "the table is empty")
    at = wanted.at(filled) or 0
    for number, row in filled[:at]:
        title = shortened("; ".join(dict.fromkeys(filter(None, map(str.strip, row)))))
        place = TablePlace(number, sheet=sheet)
        log.remark(place, f"“{title}” stands above the header, and was not read")
    (line, header), *body = filled[at:]
    if not body and not sheet:
        raise WrongUsage(f"the table has a header but no other line{unread}")
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
            log.skip(TablePlace(number, sheet=sheet), why)
        else:
            kept.append((number, row))
    return InputTable(header, kept, line, sheet=sheet)


def _unreadable(cell: str) -> str:
    """What keeps a cell from being read."""
    if len(cell) > LONGEST:
        return f"has {len(cell):,} characters, more than {LONGEST:,}"
    if not is_printable(cell) and (found := first_unprintable(cell)):
        return f"contains an invisible character, U+{ord(found):04X}"
    if _ERROR.match(cell):
        return f"shows the spreadsheet error {cell.strip()}"
    if cell.strip() in _DITTO:
        return "holds a ditto mark; write what it stands for"
    return ""


def _unfit(row: list[str], header: list[str]) -> str:
    for head, cell in zip(header, row, strict=False):
        if why := _unreadable(cell):
            return f"the cell “{head}” {why}"
    if len(row) > len(header):
        return (
            f"it has {len(row)} cells, but the header has {len(header)}; put a text "
            "with a comma in quotes"
        )
    if len(row) < len(header):
        return f"it has {len(row)} cells, but the header has {len(header)}; cells are missing"
    return ""
