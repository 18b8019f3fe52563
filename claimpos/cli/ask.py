"""`claimpos ask A B [C…]`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def ask(
    parties: options.Parties,
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    issue: options.Issues = None,
    group: options.Groups = None,
    core: options.Core = False,
    party: Annotated[
        list[str] | None,
        typer.Option(
            "--party",
            metavar="PARTY",
            autocompletion=options.complete_party,
            help="Only questions to this party (repeatable).",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Show so many points at most.")
    ] = 10,
    stale_after: Annotated[
        str,
        typer.Option(
            metavar="AGE",
            help="Ask whether positions still hold that were last confirmed longer ago than this.",
        ),
    ] = "6m",
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """List the questions whose answers would change most, and who should be asked.

    \b
    Examples:
      claimpos ask russia ukraine us
      claimpos ask russia ukraine --party ukraine --limit 5
      claimpos ask russia ukraine us --as-of 2025-11-30 --format github -o questions.md

    Both answers to each question are put into the positions, and everything is compared again.
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import (
        asked_parties,
        check_format,
        check_several,
        chosen_issues,
        chosen_parties,
        load_dossier,
        stale_before,
        warn_of_age,
    )
    from claimpos.comparison.question_search import questions
    from claimpos.comparison.verdicts import compare
    from claimpos.rendering.ask import ask_document, ask_report, ask_rows

    check_format(output_format, options.report_formats(), "claimpos ask --help")
    check_several(parties)
    dossier = load_dossier(positions)
    chosen = chosen_parties(dossier, parties)
    comparison = compare(dossier, chosen, as_of, basis, chosen_issues(dossier, issue, group, core))
    before = stale_before(comparison.day, stale_after) or comparison.day
    found = questions(comparison, before, asked_parties(dossier, party or (), chosen))
    warn_of_age(dossier, comparison.newest, comparison.day)
    report = Report(
        document=lambda: ask_document(found, limit),
        data=lambda: ask_report(found, limit),
        rows=lambda: ask_rows(found, limit),
    )
    put_report(report, output_format, output, color)
