"""`claimpos export`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from claimpos.cli import options


def export(
    output_format: Annotated[
        Literal["csv", "xlsx"] | None,
        typer.Option("--format", help="Default: xlsx if the file is named so, or else csv."),
    ] = None,
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """Write the dossier as one table, which claimpos import reads back.

    \b
    Examples:
      claimpos export -o positions.csv
      claimpos export -o positions.xlsx
      claimpos import positions.csv --into copy

    A line without a party describes the agenda or a source; one without an issue describes a
    party. Every other line is a statement behind a position. Proposals, and answers to them, are
    not in the table.
    """
    from claimpos.cli.dossier import load_dossier
    from claimpos.cli.output import put, put_bytes, tell
    from claimpos.cli.progress import progress
    from claimpos.errors import WrongUsage
    from claimpos.importing.exporting import exported
    from claimpos.wording.names import counted

    chosen = output_format or ("xlsx" if output and output.suffix == ".xlsx" else "csv")
    if chosen == "xlsx" and output is None:
        raise WrongUsage("a workbook goes to a file: -o FILE.xlsx")
    dossier = load_dossier(positions)
    with progress("Writing the table"):
        rows = exported(dossier)
        if chosen == "xlsx" and output is not None:
            from claimpos.importing.workbook_out import workbook

            put_bytes(workbook(rows), output)
        else:
            from claimpos.rendering.data import csv_text

            put(csv_text(rows[0], rows[1:]), output)
    if dossier.proposals:
        held = counted(len(dossier.proposals), "proposal is", "proposals are")
        tell(f"The dossier's {held} not in the table.\n")
    parties = dossier.parties.values()
    answers = sum(len(given) for party in parties for given in party.answers.values())
    if answers:
        held = counted(answers, "answer to a text is", "answers to texts are")
        tell(f"The parties' {held} not in the table.\n")
