"""A small CSV file as rows by column."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.files import NotRead, read
from claimpos.dossier.findings import shown_path
from claimpos.errors import WrongUsage
from claimpos.importing.table import check_columns, check_lines


class CsvRows(NamedTuple):
    """The columns of a CSV file, and its rows, each of which has the columns that it fills."""

    header: list[str]
    rows: list[dict[str, str]]


def csv_rows(path: Path) -> CsvRows:
    """The rows of a CSV file in UTF-8, by the columns of its first line.

    Raises WrongUsage for a file that cannot be read, is no such table, or is too large.
    """
    try:
        text = read(path).decode("utf-8-sig")
    except NotRead as error:
        raise WrongUsage(f"{shown_path(path)}: {error.reason}") from None
    except UnicodeDecodeError:
        raise WrongUsage(f"{shown_path(path)} is not UTF-8; save it so") from None
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    table: list[list[str]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                check_columns(len(row))
                table.append(row)
                check_lines(len(table) - 1)
    except csv.Error as error:
        raise WrongUsage(f"{shown_path(path)} is no CSV table: {error}") from None
    if len(table) < 2:
        raise WrongUsage(f"{shown_path(path)} has no lines below its header")
    header = [cell.strip() for cell in table[0]]
    if len(set(header)) < len(header):
        raise WrongUsage(f"{shown_path(path)} has two columns of one name")
    return CsvRows(header, [dict(zip(header, row, strict=False)) for row in table[1:]])
