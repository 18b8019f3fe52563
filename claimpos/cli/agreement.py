"""`claimpos agreement DIR DIR…`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimpos.cli import options


def agreement(
    codings: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR DIR...",
            help="Two or more dossiers, each the work of one coder on the same texts.",
            show_default=False,
        ),
    ],
    only_source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Compare only what rests on statements from this source."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Compare only positions as of this date (YYYY-MM-DD, YYYY-MM or YYYY). "
            "Default: all entries.",
        ),
    ] = None,
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    color: options.Colour = "auto",
) -> None:
    """Show how far codings of the same texts agree, and list every difference.

    \b
    Examples:
      claimpos agreement anna ben
      claimpos agreement anna ben --only-source interview-2025-03
      claimpos agreement anna ben --format github -o differences.md

    The figure is Krippendorff's alpha: 1 if codings are equal, about 0 if they agree no more
    than by chance. It needs claimpos[agreement].
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.output import progress
    from claimpos.cli.selection import check_format, named_dossiers
    from claimpos.comparison.agreement import agreement as compared
    from claimpos.dossier.dates import day_of
    from claimpos.rendering.agreement import agreement_document, agreement_report, agreement_rows

    check_format(output_format, options.report_formats(), "claimpos agreement --help")
    day = None if as_of is None else day_of(as_of)
    with progress("Comparing the codings"):
        found = compared(named_dossiers(codings), day, only_source)
    report = Report(
        document=lambda: agreement_document(found),
        data=lambda: agreement_report(found),
        rows=lambda: agreement_rows(found),
    )
    put_report(report, output_format, output, color)
