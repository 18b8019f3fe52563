"""Tables in, dossiers out, and texts read, for the tests of the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from claimpos import load_dossier
from claimpos.dossier.model import Dossier
from claimpos.importing.exporting import exported, exported_sheets
from claimpos.importing.import_log import ImportLog, log_text
from claimpos.importing.importer import TableOptions, import_table
from claimpos.importing.stances import read_vocabulary
from claimpos.importing.text_document import TextDocument, read_text_document
from claimpos.importing.workbook_writing import workbook
from claimpos.rendering.data import csv_text


class Result(NamedTuple):
    """The dossier that a table became, and what was told."""

    dossier: Dossier
    log: ImportLog
    folder: Path

    def left_out(self) -> dict[int, str]:
        return {place.line: why for place, why in self.log.skipped}

    def remarks(self) -> dict[int, str]:
        return {place.line: text for place, text in self.log.remarks}


def imported(
    folder: Path,
    content: str | bytes,
    mapped: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    stances: Sequence[str] = (),
    grid: str | None = None,
    name: str = "table.csv",
    **options: Any,
) -> Result:
    """Write a table into the folder and import it from there."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    log = ImportLog()
    wanted = TableOptions(mapped or {}, given or {}, read_vocabulary(stances), grid, **options)
    import_table(path, folder / "out", wanted, log)
    return Result(load_dossier(folder / "out"), log, folder / "out")


def said(result: Result) -> str:
    """The log as people read it, on one line."""
    return " ".join(log_text(result.log, 100_000).split("\n"))


def there_and_back(dossier: Dossier, folder: Path, kind: str = "csv") -> Result:
    """The dossier exported and imported again."""
    if kind == "xlsx":
        return imported(folder, workbook(exported_sheets(dossier)), name="table.xlsx")
    rows = exported(dossier)
    return imported(folder, csv_text(rows[0], rows[1:]))


def read_text(folder: Path, name: str, content: str | bytes) -> TextDocument:
    """What is read of a draft text in a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_text_document(path)
