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
    COVERAGE = "coverage"


def list_held(
    what: Annotated[
        Held,
        typer.Argument(
            metavar="[parties|issues|sources|proposals|counts|coverage]", help="What to list."
        ),
    ] = Held.PARTIES,
    output_format: options.TableFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """List parties, issues, sources or proposals, or count them.

    The coverage of a source: which of its paragraphs are statements, which hold no position and
    why, and which are unmarked; for sources whose paragraphs `claimpos code` has counted.

    \b
    Examples:
      claimpos list
      claimpos list issues
      claimpos list sources --format csv -o sources.csv
      claimpos list coverage
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import check_format, load_dossier
    from claimpos.rendering.listing import LISTINGS, listing_document

    check_format(output_format, options.table_formats(), "claimpos list --help")
    rows = LISTINGS[what](load_dossier(positions))
    report = Report(document=lambda: listing_document(rows), rows=lambda: rows)
    put_report(report, output_format, output, "never")
