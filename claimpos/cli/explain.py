"""`claimpos explain A B [C…] ISSUE`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def explain(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="PARTY PARTY... ISSUE",
            help="Two or more parties, then an issue or a sub-issue (ISSUE.SUB-ISSUE).",
            autocompletion=options.complete_any,
        ),
    ],
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    fragile: Annotated[
        bool,
        typer.Option("--fragile", help="Add the statements and choices of coding that decide it."),
    ] = False,
    output_format: options.ExplainFormat = "text",
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Show step by step how the verdict on one issue was reached.

    \b
    Examples:
      claimpos explain russia ukraine ceasefire --as-of 2025-03-14
      claimpos explain russia ukraine us recognition.crimea --fragile
      claimpos explain russia ukraine nato-membership --format markdown -o nato.md

    The steps end in the verdict and the reason that claimpos diff gives.
    """
    from claimpos.briefing.explanation import explain_document, explain_report, fragility_report
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import (
        check_format,
        chosen_parties,
        issue_and_cells,
        load_dossier,
        warn_of_age,
    )
    from claimpos.comparison.verdicts import compare
    from claimpos.errors import WrongUsage
    from claimpos.rendering.show import Record
    from claimpos.wording.age import newest_note

    check_format(output_format, options.explain_formats(), "claimpos explain --help")
    if len(names) < 3:
        raise WrongUsage("name two or more parties, and then the issue")
    dossier = load_dossier(positions)
    issue, cells = issue_and_cells(dossier, names[-1])
    comparison = compare(dossier, chosen_parties(dossier, names[:-1]), as_of, basis, {issue.id})
    warn_of_age(dossier, comparison.newest, comparison.day)
    data = explain_report(comparison, cells)
    if fragile:
        data["fragility"] = fragility_report(comparison, cells)
    record = Record(dossier, comparison.day, basis)
    newest = newest_note(dossier, comparison.newest)
    report = Report(document=lambda: explain_document(data, record, newest), data=lambda: data)
    put_report(report, options.EXPLAIN_NAMES.get(output_format, output_format), output, color)
