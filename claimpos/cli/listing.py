"""`claimpos list`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
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
    STATEMENTS = "statements"
    COVERAGE = "coverage"


def list_held(
    what: Annotated[
        Held,
        typer.Argument(
            metavar="[WHAT]",
            help="parties, issues, sources, proposals, statements, counts, coverage or review.",
        ),
    ] = Held.PARTIES,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            autocompletion=options.complete_source,
            help="Statements: only those from this source.",
        ),
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Statements: only this speaker's, by id or name."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Statements: only those of this date or later."),
    ] = None,
    output_format: options.TableFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """List parties, issues, sources, proposals or statements, and who has reviewed what.

    The coverage of a source says which of its paragraphs are statements, which hold no position
    and why, and which are unmarked. It is known once `claimpos code` has counted the paragraphs.

    \b
    Examples:
      claimpos list
      claimpos list issues
      claimpos list sources --format csv -o sources.csv
      claimpos list statements --speaker putin --since 2025-03
      claimpos list coverage
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import check_format, load_dossier
    from claimpos.errors import WrongUsage
    from claimpos.rendering.listing import LISTINGS, NONE, listing_document

    check_format(output_format, options.table_formats(), "claimpos list --help")
    chosen = {"--source": source, "--speaker": speaker, "--since": since}
    if what is Held.STATEMENTS:
        _list_statements(chosen, positions, output_format, output)
        return
    if wrong := [option for option, value in chosen.items() if value is not None]:
        raise WrongUsage(f"{wrong[0]} needs statements: claimpos list statements {wrong[0]}")
    rows = LISTINGS[what](load_dossier(positions))
    report = Report(document=lambda: listing_document(rows, NONE.get(what, "")), rows=lambda: rows)
    put_report(report, output_format, output, "never")


def _list_statements(
    chosen: Mapping[str, str | None],
    positions: Path | None,
    output_format: str,
    output: Path | None,
) -> None:
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import load_dossier
    from claimpos.dossier.dates import date_asked
    from claimpos.dossier.lookup import source_named, speakers_named
    from claimpos.rendering.listing import statements, statements_document, statements_rows

    dossier = load_dossier(positions)
    source, speaker, since = chosen["--source"], chosen["--speaker"], chosen["--since"]
    found = statements(
        dossier,
        None if source is None else source_named(dossier, source).id,
        None if speaker is None else speakers_named(dossier, speaker),
        None if since is None else date_asked(since).first,
    )
    report = Report(
        document=lambda: statements_document(found, dossier), rows=lambda: statements_rows(found)
    )
    put_report(report, output_format, output, "never")
