"""A small CSV file as rows by column."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from claimpos.dossier.files import NotRead, read
from claimpos.dossier.findings import shown_path
from claimpos.errors import WrongUsage


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8, by the columns of its first line.

    Raises WrongUsage for a file that cannot be read or is no such table.
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
    try:
        table = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise WrongUsage(f"{shown_path(path)} is no CSV table: {error}") from None
    if len(table) < 2:
        raise WrongUsage(f"{shown_path(path)} has no lines below its header")
    header = [cell.strip() for cell in table[0]]
    if len(set(header)) < len(header):
        raise WrongUsage(f"{shown_path(path)} has two columns of one name")
    return [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in table[1:]]
