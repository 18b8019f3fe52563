"""`claimpos matrix [PARTY…]`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from claimpos.cli import options


class Order(StrEnum):
    """In which order parties stand."""

    GIVEN = "given"
    AGREEMENT = "agreement"


def matrix(
    parties: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PARTY...]",
            help="Parties, by id or alias. Default: all parties.",
            autocompletion=options.complete_party,
        ),
    ] = None,
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    issue: options.Issues = None,
    group: options.Groups = None,
    core: options.Core = False,
    parties_by: Annotated[
        Order,
        typer.Option(
            help="The order of the parties: as given, or with parties that agree side by side "
            "(needs claimpos[cluster])."
        ),
    ] = Order.GIVEN,
    output_format: options.PairsFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Compare every pair of parties, and show how contested each issue is.

    \b
    Examples:
      claimpos matrix
      claimpos matrix russia ukraine us europe --as-of 2025-11-30
      claimpos matrix --group territory --parties-by agreement
      claimpos matrix --format csv -o pairs.csv
      claimpos matrix --format svg -o pairs.svg

    Agreement rate: overlaps as a share of the issues with a clear verdict (overlap or conflict).
    The formats svg and png draw all pairs as a heat map; png needs claimpos[png].
    """
    from claimpos.cli.formats import PICTURES, Report, check_file, put_report
    from claimpos.cli.output import progress
    from claimpos.cli.selection import (
        check_format,
        chosen_issues,
        chosen_parties,
        load_dossier,
        warn_of_age,
    )
    from claimpos.comparison.matrix import matrix as compared
    from claimpos.rendering.matrix import matrix_document, matrix_report, matrix_rows

    check_format(output_format, options.pairs_formats(), "claimpos matrix --help")
    with progress("Reading the dossier"):
        dossier = load_dossier(positions)
    chosen = chosen_parties(dossier, parties) if parties else list(dossier.negotiating)
    check_file(output_format, output)
    if output_format in PICTURES:
        from claimpos.briefing.heat_map import check_heat_map

        check_heat_map(len(chosen))
    with progress(f"Comparing {len(chosen) * (len(chosen) - 1) // 2:,} pairs of parties"):
        found = compared(dossier, chosen, as_of, basis, chosen_issues(dossier, issue, group, core))
        if parties_by is Order.AGREEMENT:
            from claimpos.comparison.matrix import by_agreement

            found = by_agreement(found)

    warn_of_age(dossier, found.newest, found.day)

    def picture() -> str:
        from claimpos.briefing.heat_map import heat_map_of

        return heat_map_of(found)

    report = Report(
        document=lambda: matrix_document(found),
        data=lambda: matrix_report(found),
        rows=lambda: matrix_rows(found),
        picture=picture,
    )
    put_report(report, output_format, output, color)
