"""Makes a dossier of a file with a table, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.files import NotRead, read
from claimpos.dossier.findings import shown_path
from claimpos.dossier.written_dates import Order
from claimpos.errors import WrongUsage
from claimpos.importing.cells import STANCE
from claimpos.importing.defaults import complete
from claimpos.importing.draft import Draft
from claimpos.importing.folder import check_free, write_folder
from claimpos.importing.import_log import Account
from claimpos.importing.ingest import FactReader, Ingester, Vocabulary, outcomes_stated
from claimpos.importing.table import Line, Table, fields_of, grid_lines, lines_of, read_csv
from claimpos.rendering.text import safe


class Wishes(NamedTuple):
    """How to read a table.

    Attributes:
        mapped: Fields by column.
        given: Cells for the lines that have none of their own.
        vocabulary: What the words in the field `stance` mean.
        grid: In a grid of issues and parties, the field of its cells.
        order: How to read a date such as 3/4/2025.
        encoding: The encoding of the file, if it is not UTF-8.
    """

    mapped: Mapping[str, str]
    given: Mapping[str, str]
    vocabulary: Vocabulary
    grid: str | None = None
    order: Order | None = None
    encoding: str | None = None


def import_table(path: Path, folder: Path, wishes: Wishes, account: Account) -> Draft:
    """Make a dossier of the table in a file; `account` logs what was assumed and skipped.

    Raises WrongUsage or UnknownName if the table makes no dossier, and OutputFailed if the folder
    already exists or cannot be written. Nothing is written then.
    """
    check_free(folder)
    table = _read(path, wishes, account)
    lines = _lines(table, wishes, account)
    name = safe(path.name)
    reader = FactReader(wishes.vocabulary, wishes.order, account)
    ingester = Ingester(name, wishes.given, reader, account)
    ingester.ingest(lines)
    draft = ingester.draft
    uses_stances = any(STANCE in line.cells for line in lines)
    stances = outcomes_stated(wishes.vocabulary) if uses_stances else {}
    complete(draft, name, stances, account)
    if not draft.issues or (account.left_out and not draft.entries):
        raise WrongUsage("no line could be imported as a position, so nothing was written")
    write_folder(draft, folder)
    return draft


def _read(path: Path, wishes: Wishes, account: Account) -> Table:
    try:
        content = read(path)
    except NotRead as error:
        raise WrongUsage(f"cannot read “{shown_path(path)}”: {error.reason}") from None
    if path.suffix.lower() == ".xlsx":
        from claimpos.importing.workbook import read_workbook

        return read_workbook(path.name, content, account)
    return read_csv(content, wishes.mapped, wishes.encoding, account)


def _lines(table: Table, wishes: Wishes, account: Account) -> Sequence[Line]:
    fields = fields_of(table.header, wishes.mapped)
    wanted = {"issue"} if wishes.grid else {"party", "issue"}
    if missing := wanted - {*fields, *wishes.given}:
        first = min(missing)
        heads = ", ".join(f"“{head.strip()}”" for head in table.header if head.strip())
        raise WrongUsage(
            f"line 1: no column gives the {first}; the columns are {heads}: "
            f'--map "COLUMN={first}" names one of them'
        )
    if wishes.grid:
        return grid_lines(table.header, table.rows, fields, wishes.grid, account)
    return lines_of(table.header, table.rows, fields, account)
