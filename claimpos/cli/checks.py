"""`claimpos check-quotes` and `agreement`, and `lsp` for an editor."""

from pathlib import Path
from typing import Annotated

import typer

from claimpos.cli import options, report_options


def check_quotes(
    text: Annotated[
        list[str],
        typer.Option(
            metavar="SOURCE=FILE",
            help="The text of a source, or a folder of texts named SOURCE.txt (repeatable).",
        ),
    ],
    *,
    files: report_options.Files,
) -> None:
    """Check each quote and locator against the text of its source.

    Typographic quotes, dashes, white space and invisible characters may differ, nothing else. Exits
    with 1 if a quote or a locator is not in the text of its source, and with 3 if there is no text
    for any.

    \b
    Examples:
      claimpos check-quotes --text wp-2025-03-13=article.txt
      claimpos check-quotes --text texts/
    """
    from claimpos.cli.output import paint_for, put
    from claimpos.cli.selection import load_dossier
    from claimpos.dossier.locate import find_dossier
    from claimpos.errors import NothingToCheck
    from claimpos.rendering.findings import quotes_text
    from claimpos.validation.quotes import look_up, not_found
    from claimpos.validation.source_texts import has_locators, locators_not_found, texts_at

    dossier = load_dossier(files.positions)
    texts = texts_at(text, dossier)
    found = list(look_up(dossier, texts))
    if all(one.answer == "no text" for one in found) and not has_locators(dossier, texts):
        raise NothingToCheck("nothing to check: no text was given for the source of any quote")
    folder = find_dossier(files.positions)
    missing = [*not_found(found, folder), *locators_not_found(dossier, texts, folder)]
    put(quotes_text(found, missing, paint_for(files.color, files.output)), files.output)
    if missing:
        raise typer.Exit(1)


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
    output_format: report_options.ReportFormat = "table",
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
    from claimpos.cli.output import progress
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import named_dossiers
    from claimpos.comparison.agreement import agreement as compared
    from claimpos.dossier.dates import day_of
    from claimpos.rendering.agreement import agreement_document, agreement_report, agreement_rows

    day = None if as_of is None else day_of(as_of)
    with progress("Comparing the codings"):
        found = compared(named_dossiers(codings), day, only_source)
    report = Report(
        document=lambda: agreement_document(found),
        data=lambda: agreement_report(found),
        rows=lambda: agreement_rows(found),
    )
    put_report(report, output_format, output, color)


def lsp() -> None:
    """Help an editor: errors as you type, completion, definitions, quick fixes.

    \b
    Example:
      claimpos lsp

    Your editor starts this command and talks to it over standard input and output, in the Language
    Server Protocol; `claimpos guide curating` says how to set up some editors.
    """
    from claimpos.cli.output import protocol_stream
    from claimpos.dossier.libraries import library
    from claimpos.dossier.open_folder import spare_descriptors
    from claimpos.dossier.run_limits import RUN

    RUN.stop_watching()
    with library("the language server", "pygls", "lsp", megabytes=64):
        from claimpos.language_server.server import make_server
    with spare_descriptors():  # Python complains of a loop of events that lacks some
        pass
    make_server().start_io(stdout=protocol_stream())
