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
    as_of: options.AsOf = None,
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
    from claimpos.cli.dossier import load_dossier
    from claimpos.cli.output import paint_for, put, terminal_width
    from claimpos.cli.selection import check_format, proposals_and_parties
    from claimpos.deals.assessment import assess as assessed
    from claimpos.deals.assessment import check_size

    check_format(output_format, options.report_formats(), "claimpos assess --help")
    dossier = load_dossier(positions)
    proposals, parties = proposals_and_parties(dossier, names)
    check_size(dossier, proposals, parties or dossier.negotiating)
    assessments = [assessed(dossier, one, parties or None, as_of, basis) for one in proposals]
    if output_format == "json":
        from claimpos.rendering.assess_report import assess_report
        from claimpos.rendering.data import json_text

        text = json_text(assess_report(assessments))
    elif output_format == "csv":
        from claimpos.rendering.assess_report import assess_csv

        text = assess_csv(assessments)
    else:
        from claimpos.rendering.assess import assess_text

        text = assess_text(assessments, output_format, terminal_width(), paint_for(color, output))
    put(text, output)
    if exit_code and any(one.refused for one in assessments):
        raise typer.Exit(1)
