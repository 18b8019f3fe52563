"""`claimpos list`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from claimpos.cli import options


class Held(StrEnum):
    """What a dossier holds."""

    PARTIES = "parties"
    ISSUES = "issues"
    SOURCES = "sources"
    PROPOSALS = "proposals"
    COUNTS = "counts"
    REVIEW = "review"


def list_held(
    what: Annotated[
        Held,
        typer.Argument(
            metavar="[parties|issues|sources|proposals|counts|review]", help="What to list."
        ),
    ] = Held.PARTIES,
    output_format: options.TableFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """List parties, issues, sources or proposals, count them, or show what has been reviewed.

    \b
    Examples:
      claimpos list
      claimpos list issues
      claimpos list sources --format csv -o sources.csv
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import check_format, load_dossier
    from claimpos.rendering.listing import LISTINGS, listing_document

    check_format(output_format, options.table_formats(), "claimpos list --help")
    rows = LISTINGS[what](load_dossier(positions))
    report = Report(document=lambda: listing_document(rows), rows=lambda: rows)
    put_report(report, output_format, output, "never")
