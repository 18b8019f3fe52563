"""`claimpos export`: a dossier as a table, or its parties' points as profiles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from claimpos.cli import options

if TYPE_CHECKING:
    from claimpos.dossier.model import Dossier


def export(
    output_format: Annotated[
        Literal["csv", "xlsx", "genius-xml", "genius-json"] | None,
        typer.Option(
            "--format",
            help="Default: xlsx if the file is named so, or else csv. genius-xml and genius-json "
            "write the parties' points as profiles, into a new folder.",
        ),
    ] = None,
    excel: Annotated[
        bool,
        typer.Option(
            "--excel", help="Write CSV for an Excel with decimal commas: 6,5, and semicolons."
        ),
    ] = False,
    text: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write instead the text in this worksheet of claimpos import, as .docx, .html or "
            ".md.",
        ),
    ] = None,
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """Write the dossier as a table or a workbook, which claimpos import reads back.

    \b
    Examples:
      claimpos export -o positions.csv
      claimpos export -o positions.xlsx
      claimpos import positions.csv --into copy
      claimpos export --text sheet.md -o text.docx

    A workbook (.xlsx) has a sheet for each kind of thing: parties, issues, sources, statements,
    positions and so on. CSV is one table. There, a line without a party describes the agenda, a
    source or a proposal; one without an issue describes a party, or its answer to a proposal. Every
    other line is a statement behind a position. What has no column, such as old ids of options and
    items, is reported on standard error.
    """
    from claimpos.cli.output import progress, put, put_bytes, tell
    from claimpos.cli.report_files import descriptor_of
    from claimpos.cli.selection import load_dossier
    from claimpos.errors import WrongUsage
    from claimpos.importing.exporting import not_in_table

    if text is not None:
        from claimpos.cli.worksheets import write_text

        if output is None or output_format or excel or positions:
            raise WrongUsage("--text goes only with -o: write --text SHEET -o FILE.docx")
        write_text(text, output)
        return
    if output_format in ("genius-xml", "genius-json"):
        if output is None or descriptor_of(output) is not None or excel:
            raise WrongUsage("profiles are written into a new folder; use -o DIR")
        _write_profiles(load_dossier(positions), output_format, output)
        return
    chosen = output_format or ("xlsx" if output and output.suffix == ".xlsx" else "csv")
    if chosen == "xlsx" and output is None:
        raise WrongUsage("a workbook must be written to a file; use -o FILE.xlsx")
    if chosen == "xlsx" and excel:
        raise WrongUsage("--excel is for CSV; a workbook needs no such help")
    dossier = load_dossier(positions)
    with progress("Writing the table"):
        if chosen == "xlsx" and output is not None:
            from claimpos.importing.exporting import exported_sheets
            from claimpos.importing.workbook_writing import workbook

            put_bytes(workbook(exported_sheets(dossier)), output)
        else:
            from claimpos.importing.exporting import exported
            from claimpos.importing.outcomes import MEASURED
            from claimpos.rendering.data import csv_text, excel_csv

            head, *rows = exported(dossier)
            put(excel_csv(head, rows, MEASURED) if excel else csv_text(head, rows), output)
    for lost in not_in_table(dossier):
        tell(f"{lost}\n")


def _write_profiles(
    dossier: Dossier, form: Literal["genius-xml", "genius-json"], folder: Path
) -> None:
    from claimpos.cli.output import put_done, tell
    from claimpos.cli.report_files import check_owners
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.whole_files import new_folder
    from claimpos.importing.folder import check_free
    from claimpos.importing.genius_writing import not_in_profiles, profiles_of
    from claimpos.wording.names import joined

    check_owners(folder)
    check_free(folder)
    files = profiles_of(dossier, form)
    new_folder(folder, {name: text.encode() for name, text in files.items()})
    put_done(f"Wrote {joined(files)} in {shown_path(folder)}.\n")
    if lost := not_in_profiles(dossier, form):
        tell(f"{lost}\n")
