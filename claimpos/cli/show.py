"""`claimpos show ID`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A party or an issue.", autocompletion=options.complete_any
        ),
    ],
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    issue: options.Issues = None,
    group: options.Groups = None,
    core: options.Core = False,
    stale_after: options.StaleAfter = None,
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Show one party's positions, or one issue across all parties, with the evidence.

    \b
    Examples:
      claimpos show ukraine
      claimpos show russia --group territory --as-of 2025-06-05
      claimpos show nato-membership
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import (
        chosen_issues,
        load_dossier,
        party_or_issue,
        stale_before,
    )
    from claimpos.dossier.dates import day_of
    from claimpos.dossier.model import Party
    from claimpos.rendering.renderers import TERMINAL
    from claimpos.rendering.show import Record, issue_document, party_document

    dossier = load_dossier(positions)
    found = party_or_issue(dossier, name)
    record = Record(dossier, day_of(as_of, dossier.closed), basis)
    record.stale_before = stale_before(record.day, stale_after)
    if isinstance(found, Party):
        wanted = chosen_issues(dossier, issue, group, core)
        issues = [one for one in dossier.issues.values() if wanted is None or one.id in wanted]
        document = party_document(record, found, issues)
    else:
        document = issue_document(record, found)
    put_report(Report(lambda: document), TERMINAL, output, color)
