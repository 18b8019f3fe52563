"""`claimpos deals A B [C…]`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimpos.cli import options


def deals(
    parties: Annotated[
        list[str],
        typer.Argument(
            metavar="PARTY PARTY...",
            help="Two or more parties, by id or alias.",
            autocompletion=options.complete_party,
        ),
    ],
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    fix: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ISSUE=OUTCOME",
            help="Leave only this outcome; of an item, ISSUE.ITEM=OUTCOME (repeatable).",
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ISSUE",
            autocompletion=options.complete_issue,
            help="Leave this issue out (repeatable).",
        ),
    ] = None,
    hold: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARTY",
            autocompletion=options.complete_party,
            help="Leave out packages to which this party says no (repeatable).",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every way out, deadlock and combination, not ten.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="After this, the best found so far.")
    ] = 30,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Save the packages that ask least as a proposal, FILE.yaml, for claimpos assess.",
        ),
    ] = None,
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Packages that all of them could sign; if there is none, what must move for one to exist.

    \b
    Examples:
      claimpos deals russia ukraine
      claimpos deals us europe ukraine --as-of 2025-04-25
      claimpos deals russia ukraine --fix ceasefire=immediate --hold ukraine

    A package is open or agreed if nobody says no to any of it. Red lines crossed outweigh
    demands given up, and these outweigh yeses not yet said; nothing is weighed otherwise.
    """
    from claimpos.cli.output import paint_for, put, terminal_width
    from claimpos.cli.selection import (
        check_format,
        check_saved_name,
        chosen_fixes,
        chosen_issues,
        chosen_parties,
    )
    from claimpos.deals.search import find_deals
    from claimpos.errors import WrongUsage
    from claimpos.validation.gate import load_dossier

    formats = [name for name in options.report_formats() if name != "csv"]
    check_format(output_format, formats, "claimpos deals --help")
    if save is not None:
        check_saved_name(save)
    if len(parties) < 2:
        raise WrongUsage(f"“{parties[0]}” needs another party to make a deal with")
    dossier = load_dossier(positions)
    chosen = chosen_parties(dossier, parties)
    held = chosen_parties(dossier, hold or [])
    for party in held:
        if party not in chosen:
            raise WrongUsage(f"“{party}” is held but not among the parties")
    found = find_deals(
        dossier,
        chosen,
        as_of,
        basis,
        fixed=chosen_fixes(dossier, fix or []),
        without=chosen_issues(dossier, without, None) or (),
        held=held,
        everything=everything,
        time_limit=time_limit,
    )
    if output_format == "json":
        from claimpos.rendering.data import json_text
        from claimpos.rendering.deals_report import deals_report

        text = json_text(deals_report(found))
    else:
        from claimpos.rendering.deals import deals_text

        paint = paint_for(color, output)
        text = deals_text(found, everything, output_format, terminal_width(), paint)
    if save is not None and found.packages is not None:
        from claimpos.rendering.deals_package import package_text

        put(package_text(found, found.packages, save.stem), save)
    put(text, output)
