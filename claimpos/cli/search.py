"""`claimpos search WORD…`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD...", help="Words, or phrases in quotation marks.", show_default=False
        ),
    ],
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Find statements, issues and sources by their words.

    \b
    Examples:
      claimpos search ceasefire
      claimpos search putin troops
      claimpos search "lasting peace" europe

    Every word must occur, in any form: troop finds troops. A phrase must occur as it stands.
    The search covers summaries, quotes, speakers, notes, issues, outcomes and sources.
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.output import say
    from claimpos.cli.selection import check_format, load_dossier
    from claimpos.dossier.search import query, unknown_words
    from claimpos.dossier.search import search as found_in
    from claimpos.errors import WrongUsage
    from claimpos.rendering.search import search_document, search_report, search_rows

    check_format(output_format, options.report_formats(), "claimpos search --help")
    asked = query(words)
    if not asked.stems and not asked.phrases:
        raise WrongUsage("name at least one word to search for")
    dossier = load_dossier(positions)
    hits = found_in(dossier, asked)
    report = Report(
        document=lambda: search_document(hits, dossier),
        data=lambda: search_report(hits, asked, dossier),
        rows=lambda: search_rows(hits),
    )
    put_report(report, output_format, output, color)
    for word, near in unknown_words(dossier, words).items() if not hits else ():
        alike = f"; similar words: {', '.join(near)}" if near else ""
        say(f"“{word}” does not occur in the dossier{alike}")
