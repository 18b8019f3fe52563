"""`claimpos diff A B [C…]`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def diff(
    parties: options.Parties,
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    issue: options.Issues = None,
    group: options.Groups = None,
    core: options.Core = False,
    only: options.Only = None,
    robust: Annotated[
        bool,
        typer.Option("--robust", help="Show only verdicts that no single statement decides."),
    ] = False,
    stale_after: options.StaleAfter = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Also show each party's position, and explain the verdict."
        ),
    ] = False,
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if there is a conflict.")
    ] = False,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Compare two or more parties issue by issue, and say why they overlap or conflict.

    \b
    Examples:
      claimpos diff russia us
      claimpos diff russia us -v --as-of 2025-03-14
      claimpos diff russia us --issue nato-membership
      claimpos diff russia ukraine --group territory --only conflict
      claimpos diff ru ua --format github -o comparison.md

    Overlap: at least one outcome is acceptable to every party. Conflict: every outcome is ruled
    out by at least one party. Unresolved: neither.

    A terminal shows one line for each issue. -v and --stale-after add each party's position and
    an explanation; --issue and --only show only these. Documents (--format github, …) have both.
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import (
        check_format,
        check_several,
        chosen_issues,
        chosen_parties,
        load_dossier,
        stale_before,
        warn_of_age,
    )
    from claimpos.comparison.fragility import with_fragility
    from claimpos.comparison.reasons import VERDICTS
    from claimpos.comparison.verdicts import compare
    from claimpos.rendering.diff import Shown, diff_document
    from claimpos.rendering.diff_report import diff_report
    from claimpos.rendering.diff_rows import diff_rows
    from claimpos.rendering.renderers import TERMINAL

    check_format(output_format, options.report_formats(), "claimpos diff --help")
    check_several(parties)
    dossier = load_dossier(positions)
    chosen = chosen_parties(dossier, parties)
    comparison = compare(dossier, chosen, as_of, basis, chosen_issues(dossier, issue, group, core))
    comparison = with_fragility(comparison)
    comparison = comparison._replace(stale_before=stale_before(comparison.day, stale_after))
    warn_of_age(dossier, comparison.newest, comparison.day)
    sections = [verdict for verdict in VERDICTS if not only or verdict in only]
    asked = verbose or stale_after is not None
    chosen_ones = bool(issue or only)
    show = Shown(
        overview=verbose or not chosen_ones,
        details=asked or chosen_ones or output_format != TERMINAL,
    )
    report = Report(
        document=lambda: diff_document(comparison, sections, robust, show),
        data=lambda: diff_report(comparison),
        rows=lambda: diff_rows(comparison, sections, robust),
    )
    put_report(report, output_format, output, color)
    if exit_code and comparison.summary["conflict"]:
        raise typer.Exit(1)
