"""`claimpos history PARTY [ISSUE]`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def history(
    party: Annotated[
        str,
        typer.Argument(
            metavar="PARTY", help="A party, by id or alias.", autocompletion=options.complete_party
        ),
    ],
    issue: Annotated[
        str | None,
        typer.Argument(
            metavar="[ISSUE]", help="Only this issue.", autocompletion=options.complete_issue
        ),
    ] = None,
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    group: options.Groups = None,
    core: options.Core = False,
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Show how a party's positions have changed, each compared with the one before it.

    \b
    Examples:
      claimpos history us
      claimpos history us annexation-recognition
      claimpos history russia --group territory --format github -o history.md

    For each outcome a party stands at one of five points: rejects it; rejects it unless
    conditions are met; no answer; would accept it on conditions; accepts it. Hardened: moved down
    on some outcomes and up on none. Softened: the reverse. Shifted: both, or different
    conditions, or a different proposal. Restated: no movement. Lapsed: the position ended, and no
    new one followed.
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import check_format, chosen_issues, load_dossier
    from claimpos.comparison.history import history as history_of
    from claimpos.dossier.lookup import party_named
    from claimpos.rendering.history import history_document, history_report, history_rows

    check_format(output_format, options.report_formats(), "claimpos history --help")
    dossier = load_dossier(positions)
    issues = chosen_issues(dossier, None if issue is None else [issue], group, core)
    found = history_of(dossier, party_named(dossier, party).id, issues, as_of, basis)
    report = Report(
        document=lambda: history_document(found),
        data=lambda: history_report(found),
        rows=lambda: history_rows(found),
    )
    put_report(report, output_format, output, color)
