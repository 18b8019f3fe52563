"""`claimpos show`, `list` and `search`: what is on record."""

from collections.abc import Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from claimpos.cli import options, report_options

if TYPE_CHECKING:
    from claimpos.dossier.model import Issue, Party, Proposal, Source
    from claimpos.rendering.document import Document
    from claimpos.rendering.show import Record


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A party, an issue, a proposal, a source or a statement.",
            autocompletion=options.complete_any,
        ),
    ],
    *,
    choice: report_options.Selection,
    stale_after: report_options.StaleAfter = None,
    files: report_options.Files,
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
    same id: then all of them are shown. So are a party and an issue.
    """
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import (
        check_known_by,
        chosen_issues,
        load_dossier,
        pieces_named,
        stale_before,
    )
    from claimpos.dossier.dates import day_of
    from claimpos.dossier.lookup import statements_named
    from claimpos.dossier.model import Party, Proposal
    from claimpos.rendering.document import Document
    from claimpos.rendering.renderers import TERMINAL
    from claimpos.rendering.show import Record
    from claimpos.rendering.show_piece import statements_document

    dossier = load_dossier(files.positions)
    found = pieces_named(dossier, name)
    record = Record(dossier, day_of(choice.as_of, dossier.closed), choice.basis)
    record.stale_before = stale_before(record.day, stale_after)
    if found:
        if isinstance(found[0], Proposal):
            check_known_by(record.day, name, [found[0].date])
        of_party = any(isinstance(one, Party) for one in found)
        asked = (choice.issue, choice.group, choice.core)
        wanted = chosen_issues(dossier, *asked) if of_party else None
        shown = [_document_of(one, record, wanted) for one in found]
        document = Document([block for one in shown for block in one.blocks])
    else:
        said = statements_named(dossier, name)
        check_known_by(record.day, name, [one.said for _, one in said])
        known = [(party, one) for party, one in said if one.said.first <= record.day]
        document = statements_document(record, known)
    put_report(Report(lambda: document), TERMINAL, files.output, files.color, has_formats=False)


def _document_of(
    piece: "Party | Issue | Proposal | Source", record: "Record", issues: Container[str] | None
) -> "Document":
    """What is on record of a piece; of a party, its positions on these issues, or on all."""
    from claimpos.dossier.model import Issue, Party, Proposal
    from claimpos.rendering.document import Document
    from claimpos.rendering.show import issue_document, party_document
    from claimpos.rendering.show_piece import proposal_document, source_document

    if isinstance(piece, Party):
        held = record.dossier.issues.values()
        wanted = [one for one in held if issues is None or one.id in issues]
        return party_document(record, piece, wanted)
    if isinstance(piece, Issue):
        return issue_document(record, piece)
    if isinstance(piece, Proposal):
        is_known = piece.date.first <= record.day
        return proposal_document(record, piece) if is_known else Document([])
    return source_document(record, piece)


def list_held(
    what: Annotated[
        Literal[
            "parties",
            "issues",
            "sources",
            "proposals",
            "counts",
            "review",
            "statements",
            "coverage",
        ],
        typer.Argument(
            metavar="[WHAT]",
            help="parties, issues, sources, proposals, statements, counts, coverage or review.",
        ),
    ] = "parties",
    source: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            autocompletion=options.complete_source,
            help="Statements: only those from this source.",
        ),
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Statements: only this speaker's, by id or name."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Statements: only those of this date or later."),
    ] = None,
    output_format: report_options.TableFormat = "table",
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """List parties, issues, sources, proposals or statements, and who has reviewed what.

    The coverage of a source says which of its paragraphs are statements, which hold no position
    and why, and which are unmarked. It is known once `claimpos code` has counted the paragraphs.

    \b
    Examples:
      claimpos list
      claimpos list issues
      claimpos list sources --format csv -o sources.csv
      claimpos list statements --speaker putin --since 2025-03
      claimpos list coverage
    """
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import load_dossier
    from claimpos.errors import WrongUsage
    from claimpos.rendering.listing import LISTINGS, NONE, listing_document

    chosen = {"--source": source, "--speaker": speaker, "--since": since}
    if what == "statements":
        _list_statements(chosen, positions, output_format, output)
        return
    if wrong := [option for option, value in chosen.items() if value is not None]:
        raise WrongUsage(f"{wrong[0]} needs statements: claimpos list statements {wrong[0]}")
    rows = LISTINGS[what](load_dossier(positions))
    report = Report(document=lambda: listing_document(rows, NONE.get(what, "")), rows=lambda: rows)
    put_report(report, output_format, output, "never")


def _list_statements(
    chosen: Mapping[str, str | None],
    positions: Path | None,
    output_format: str,
    output: Path | None,
) -> None:
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import load_dossier
    from claimpos.dossier.dates import date_asked
    from claimpos.dossier.lookup import source_named, speakers_named
    from claimpos.rendering.listing import statements, statements_document, statements_rows

    dossier = load_dossier(positions)
    source, speaker, since = chosen["--source"], chosen["--speaker"], chosen["--since"]
    found = statements(
        dossier,
        None if source is None else source_named(dossier, source).id,
        None if speaker is None else speakers_named(dossier, speaker),
        None if since is None else date_asked(since).first,
    )
    report = Report(
        document=lambda: statements_document(found, dossier), rows=lambda: statements_rows(found)
    )
    put_report(report, output_format, output, "never")


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD...", help="Words, or phrases in quotation marks.", show_default=False
        ),
    ],
    output_format: report_options.ReportFormat = "table",
    *,
    files: report_options.Files,
) -> None:
    """Find statements, issues and sources by their words.

    \b
    Examples:
      claimpos search ceasefire
      claimpos search putin troops
      claimpos search "lasting peace" europe

    Every word must occur, in any form: troop finds troops. A phrase must occur as it stands.
    The search covers summaries, quotes, speakers, notes, issues, outcomes and sources.
    """
    from claimpos.cli.output import say
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import load_dossier
    from claimpos.dossier.search import query, unknown_words
    from claimpos.dossier.search import search as found_in
    from claimpos.errors import WrongUsage
    from claimpos.rendering.search import search_document, search_report, search_rows

    asked = query(words)
    if not asked.stems and not asked.phrases:
        raise WrongUsage("name at least one word to search for")
    dossier = load_dossier(files.positions)
    hits = found_in(dossier, asked)
    report = Report(
        document=lambda: search_document(hits, dossier),
        data=lambda: search_report(hits, asked, dossier),
        rows=lambda: search_rows(hits),
    )
    put_report(report, output_format, files.output, files.color)
    for word, near in unknown_words(dossier, words).items() if not hits else ():
        alike = f"; similar words: {', '.join(near)}" if near else ""
        say(f"“{word}” does not occur in the dossier{alike}")
