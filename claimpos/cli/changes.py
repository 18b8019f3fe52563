"""`claimpos changes A B [C…] --from … [--to …]`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def changes(
    parties: options.Parties,
    since: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="DATE|REV",
            help="A date (YYYY-MM-DD, or YYYY-MM or YYYY, which mean their last day), or a commit, "
            "branch or tag of git.",
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DATE|REV",
            help="The same. Default: today, or the day on which the talks closed; for revisions, "
            "the files as they are.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="For two revisions: compare positions as of this date. Default: today, or the day "
            "on which the talks closed.",
        ),
    ] = None,
    basis: options.Basis = "inferred",
    issue: options.Issues = None,
    group: options.Groups = None,
    core: options.Core = False,
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Show what changed between two dates, or two revisions of the files, and why.

    \b
    Examples:
      claimpos changes russia us --from 2025-03-14 --to 2025-11-30
      claimpos changes russia ukraine us --from 2025-06
      claimpos changes russia ukraine --from main --format github -o comment.md
      claimpos changes russia ukraine --from v1 --to v2 --as-of 2025-11-30

    Anything that looks like a date is read as a date; for a branch with such a name, write
    refs/heads/2025. Git is used read-only: nothing is checked out.
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.output import progress
    from claimpos.cli.revision_range import Choice, between_days, between_revisions
    from claimpos.cli.selection import (
        check_format,
        check_several,
        warn_of_age,
    )
    from claimpos.dossier.dates import TODAY, is_date
    from claimpos.errors import WrongUsage
    from claimpos.rendering.changes import changes_document, changes_report, changes_rows

    check_format(output_format, options.report_formats(), "claimpos changes --help")
    check_several(parties)
    if until is not None and is_date(since) != (is_date(until) or until == TODAY):
        raise WrongUsage(
            f"one of “{since}” and “{until}” is a date and the other a revision; "
            "name two dates or two revisions"
        )
    if is_date(since) and as_of is not None:
        raise WrongUsage("--as-of needs revisions; between two days, --to is the later one")
    choice = Choice(parties, issue, group, core, basis, positions)
    with progress("Comparing"):
        if is_date(since):
            found, revisions = between_days(choice, since, until), None
        else:
            found, revisions = between_revisions(choice, since, until, as_of)
    warn_of_age(found.after.dossier, found.after.newest, found.after.day)
    report = Report(
        document=lambda: changes_document(found, revisions),
        data=lambda: changes_report(found, revisions),
        rows=lambda: changes_rows(found, edited=revisions is not None),
    )
    put_report(report, output_format, output, color)
