"""`claimpos assess PROPOSAL [PROPOSAL…] [PARTY…]`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def assess(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="PROPOSAL [PROPOSAL...] [PARTY...]",
            help="One or more proposals, by id or as a file; then parties. Default: all parties.",
            autocompletion=options.complete_proposal_or_party,
        ),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Use positions as of this date, or today. Default: the day of the text; of "
            "several, the newest one's.",
        ),
    ] = None,
    basis: options.Basis = "inferred",
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if a party rules out a term.")
    ] = False,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Check a draft text against the parties' positions, term by term.

    \b
    Examples:
      claimpos assess us-text-2025-04 russia ukraine
      claimpos assess us-text-2025-04 europe-ukraine-text-2025-04 --as-of 2025-04-25
      claimpos assess package.yaml russia us --format json

    A condition is met or not by the proposal's own terms. A term that leaves several outcomes
    open is accepted, or ruled out, only if all of them are.
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import (
        check_format,
        load_dossier,
        proposals_and_parties,
        warn_of_age,
    )
    from claimpos.deals.assessment import assess as assessed
    from claimpos.deals.assessment import check_size
    from claimpos.rendering.assess import assess_document
    from claimpos.rendering.assess_report import assess_report, assess_rows

    check_format(output_format, options.report_formats(), "claimpos assess --help")
    dossier = load_dossier(positions)
    proposals, parties = proposals_and_parties(dossier, names)
    check_size(dossier, proposals, parties or dossier.negotiating)
    day = as_of or max(one.date.last for one in proposals)
    assessments = [assessed(dossier, one, parties or None, day, basis) for one in proposals]
    warn_of_age(dossier, assessments[0].newest, assessments[0].day)
    report = Report(
        document=lambda: assess_document(assessments),
        data=lambda: assess_report(assessments),
        rows=lambda: assess_rows(assessments),
    )
    put_report(report, output_format, output, color)
    if exit_code and any(one.refused for one in assessments):
        raise typer.Exit(1)
