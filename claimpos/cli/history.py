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
    from claimpos.cli.output import paint_for, put, terminal_width
    from claimpos.cli.selection import check_format, chosen_issues, load_dossier
    from claimpos.comparison.history import history as history_of
    from claimpos.dossier.lookup import party_named
    from claimpos.rendering import history as rendering

    check_format(output_format, options.report_formats(), "claimpos history --help")
    dossier = load_dossier(positions)
    issues = chosen_issues(dossier, None if issue is None else [issue], group)
    found = history_of(dossier, party_named(dossier, party).id, issues, as_of, basis)
    if output_format == "json":
        from claimpos.rendering.data import json_text

        text = json_text(rendering.history_report(found))
    elif output_format == "csv":
        text = rendering.history_csv(found)
    else:
        paint = paint_for(color, output)
        text = rendering.history_text(found, output_format, terminal_width(), paint)
    put(text, output)
