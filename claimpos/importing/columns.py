"""Which column of a table is which field, and the lines of a table by field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.lookup import nearest
from claimpos.errors import UnknownName, WrongUsage
from claimpos.importing.fields import FIELDS, SAYING
from claimpos.importing.import_log import Account, Place

_GAPS = re.compile(r"[\s_-]+")
_HELP = "claimpos import --help"
_QUOTED = SAYING | {"item"}
_AGENDA = {"issue", "group", "dossier"}


class Line(NamedTuple):
    """What one line of the table, or one cell of a grid, says: cells by field, none empty.

    `told` are those that make the position, by the head of their column: a summary quotes them.
    """

    place: Place
    cells: Mapping[str, str]
    told: Mapping[str, str]


def field_named(name: str) -> str:
    """The field of this name, however it is written; raises UnknownName."""
    field = _folded(name)
    if field not in FIELDS:
        raise UnknownName("field", name, nearest(field, FIELDS), _HELP)
    return field


def fields_of(header: Sequence[str], mapped: Mapping[str, str]) -> list[str | None]:
    """The field of each column: the one that it is mapped to, or else that of its own name.

    Raises UnknownName for a mapping from no column, and WrongUsage for two columns of one name
    or one field.
    """
    heads = [head.strip() for head in header]
    for column in mapped:
        if column not in heads:
            raise UnknownName("column", column, nearest(column, [*filter(None, heads)]), _HELP)
    for head in heads:
        if head and heads.count(head) > 1:
            raise WrongUsage(f"line 1: two columns are called “{head}”; rename one of them")
    fields = [mapped.get(head) or _known(head) for head in heads]
    for at, field in enumerate(fields):
        if field is not None and field in fields[:at]:
            both = f"“{heads[fields.index(field)]}” and “{heads[at]}”"
            raise WrongUsage(f"line 1: {both} both are the field {field}; map one to another")
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
    """The rows of a table by field; columns without one are told of, with what would help."""
    _tell_unused(header, rows, fields, account)
    lines = []
    for number, row in rows:
        cells = _cells(fields, row)
        told = {
            head.strip(): cells[field]
            for head, field in zip(header, fields, strict=True)
            if field in _QUOTED and field in cells
        }
        lines.append(Line(Place(number), cells, told))
    return lines


def grid_lines(
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    fields: Sequence[str | None],
    says: str,
    account: Account,
) -> list[Line]:
    """The cells of a grid of issues × parties: every column without a field is a party."""
    for head, field in zip(header, fields, strict=True):
        if field is None and head.strip():
            account.guess("parties: the columns that are no field", head.strip())
    lines = []
    for number, row in rows:
        facts = _cells(fields, row)
        agenda = {key: cell for key, cell in facts.items() if FIELDS[key].piece in _AGENDA}
        lines.append(Line(Place(number), agenda, {}))
        for head, field, cell in zip(header, fields, row, strict=True):
            if field is None and cell.strip() and not head.strip():
                account.leave_out(
                    Place(number), f"“{cell.strip()}” stands in a column without a head"
                )
            elif field is None and cell.strip():
                said = {"party": head.strip(), says: cell.strip()}
                told = {says: cell.strip()}
                lines.append(Line(Place(number, head.strip()), {**facts, **said}, told))
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


def _tell_unused(
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
        return f"column {number} is not taken in; write a head above it"
    near = nearest(_folded(head), FIELDS)
    option = f'--map "{head}={near[0] if near else "FIELD"}"'
    return f"the column “{head}” is not taken in; {option} would do so"


def _known(head: str) -> str | None:
    field = _folded(head)
    return field if field in FIELDS else None


def _folded(name: str) -> str:
    return _GAPS.sub("_", name.strip()).casefold()
