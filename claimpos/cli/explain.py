"""`claimpos explain A B [C…] ISSUE`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from claimpos.cli import options


def explain(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="PARTY PARTY... ISSUE",
            help="Two or more parties, then an issue or, as ISSUE.SUB-ISSUE, a part of one.",
            autocompletion=options.complete_any,
        ),
    ],
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    output_format: Annotated[
        Literal["text", "markdown", "json"],
        typer.Option("--format", help="For the terminal, for a document, or for programs."),
    ] = "text",
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Show step by step how the verdict on one issue was reached.

    \b
    Examples:
      claimpos explain russia ukraine ceasefire --as-of 2025-03-14
      claimpos explain russia ukraine us recognition.crimea
      claimpos explain russia ukraine nato-membership --format markdown -o nato.md

    The steps end in the verdict and the reason that claimpos diff gives.
    """
    from claimpos.briefing.explanation import explain_report
    from claimpos.cli.output import paint_for, put, terminal_width
    from claimpos.cli.selection import chosen_parties, issue_and_cells, load_dossier
    from claimpos.comparison.verdicts import compare
    from claimpos.errors import WrongUsage

    if len(names) < 3:
        raise WrongUsage("name two or more parties, and then the issue")
    dossier = load_dossier(positions)
    issue, cells = issue_and_cells(dossier, names[-1])
    comparison = compare(dossier, chosen_parties(dossier, names[:-1]), as_of, basis, {issue.id})
    report = explain_report(comparison, cells)
    if output_format == "json":
        from claimpos.rendering.data import json_text

        text = json_text(report)
    elif output_format == "markdown":
        from claimpos.briefing.documents import document

        text = document("explanation.md", report)
    else:
        from claimpos.rendering.explain import explain_text
        from claimpos.rendering.show import Page

        paint = paint_for(color, output)
        text = explain_text(report, Page(dossier, comparison.day, basis, terminal_width(), paint))
    put(text, output)
