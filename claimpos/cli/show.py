"""`claimpos show ID`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A party, an issue, a proposal, a source or a statement.",
            autocompletion=options.complete_any,
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
    """Show what is on record of one party, issue, proposal, source or statement.

    \b
    Examples:
      claimpos show ukraine
      claimpos show russia --group territory --as-of 2025-06-05
      claimpos show nato-membership
      claimpos show wp-2025-03-13
      claimpos show russia/putin-arms-hint

    A party: its positions. An issue: where all parties stand. A source: what was taken from it. A
    statement: which entries rest on it. Statements, or a proposal and its source, may have the
    same id: then all of them are shown.
    """
    from claimpos.cli.formats import Report, put_report
    from claimpos.cli.selection import (
        check_known_by,
        chosen_issues,
        load_dossier,
        piece_named,
        stale_before,
    )
    from claimpos.dossier.dates import day_of
    from claimpos.dossier.model import Issue, Party, Proposal, Source
    from claimpos.rendering.document import Document
    from claimpos.rendering.renderers import TERMINAL
    from claimpos.rendering.show import Record, issue_document, party_document
    from claimpos.rendering.show_piece import (
        proposal_document,
        source_document,
        statements_document,
    )

    dossier = load_dossier(positions)
    found = piece_named(dossier, name)
    record = Record(dossier, day_of(as_of, dossier.closed), basis)
    record.stale_before = stale_before(record.day, stale_after)
    if isinstance(found, Party):
        wanted = chosen_issues(dossier, issue, group, core)
        issues = [one for one in dossier.issues.values() if wanted is None or one.id in wanted]
        document = party_document(record, found, issues)
    elif isinstance(found, Issue):
        document = issue_document(record, found)
    elif isinstance(found, Source):
        document = source_document(record, found)
    elif isinstance(found, Proposal):
        check_known_by(record.day, name, [found.date])
        document = proposal_document(record, found)
        if (source := dossier.sources.get(found.id)) is not None:
            document = Document([*document.blocks, *source_document(record, source).blocks])
    else:
        check_known_by(record.day, name, [one.said for _, one in found])
        known = [(party, one) for party, one in found if one.said.first <= record.day]
        document = statements_document(record, known)
    put_report(Report(lambda: document), TERMINAL, output, color)
