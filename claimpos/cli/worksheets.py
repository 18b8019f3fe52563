"""`claimpos code`, and the worksheets of `claimpos import` and `export`."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from claimpos.cli import options

if TYPE_CHECKING:
    from claimpos.curating.code_text import CodingResult
    from claimpos.curating.text_import import AddedText


def code(
    text: Annotated[
        Path | None,
        typer.Argument(metavar="TEXT", help="The text to code, as a plain text file."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            autocompletion=options.complete_source,
            help="The id of the text's source in sources.yaml.",
        ),
    ] = None,
    worksheet: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a worksheet, to be filled in with any editor."),
    ] = None,
    take: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Add to the dossier what has been filled in on this worksheet."
        ),
    ] = None,
    party: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            autocompletion=options.complete_party,
            help="Ask for positions of this party (repeatable). Default: those in the text.",
        ),
    ] = None,
    positions: options.Positions = None,
    dry_run: options.DryRun = False,
) -> None:
    """Turn a document into statements and positions, paragraph by paragraph.

    \b
    Examples:
      claimpos code article.txt --source harbour-news
      claimpos code article.txt --source harbour-news --party union --worksheet sheet.md
      claimpos code --take sheet.md

    Without a worksheet, it asks in the terminal. It adds nothing that has errors, and lists the
    paragraphs that are still unmarked; see `claimpos guide curating`.
    """
    from claimpos.errors import WrongUsage

    if take is not None:
        if text or source or worksheet or party:
            raise WrongUsage(
                "--take needs nothing but the worksheet, which already names its source"
            )
        _take(take, positions, dry_run)
    elif dry_run:
        raise WrongUsage("--dry-run needs --take FILE")
    elif text is None or source is None:
        raise WrongUsage("name the text and its source: claimpos code TEXT --source ID")
    elif worksheet is not None:
        _write(text, source, worksheet, party or [], positions)
    else:
        _ask(text, source, party or [], positions)


def _check_new(sheet: Path) -> None:
    """Raise OutputFailed for a worksheet that is there already."""
    from claimpos.dossier.findings import shown_path
    from claimpos.errors import OutputFailed

    if os.path.lexists(sheet):
        raise OutputFailed(f"“{shown_path(sheet)}” already exists; name a new file")


def _named(positions: Path | None) -> str:
    """The option that names the same dossier in the next command."""
    return "" if positions is None else f" --positions {quote(str(positions))}"


def _write(text: Path, source: str, sheet: Path, names: list[str], positions: Path | None) -> None:
    from claimpos.cli.output import put_bytes, put_done
    from claimpos.cli.selection import chosen_parties, load_dossier
    from claimpos.curating.code_text import new_worksheet, paragraphs_in
    from claimpos.curating.worksheet import parties_named
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.locate import find_dossier
    from claimpos.wording.worksheet import sheet_written

    _check_new(sheet)
    dossier = load_dossier(positions)
    paragraphs = paragraphs_in(text)
    chosen = [dossier.parties[one] for one in chosen_parties(dossier, names)]
    parties = chosen or parties_named(dossier, paragraphs)
    made = new_worksheet(find_dossier(positions), source, paragraphs, parties)
    put_bytes(made.encode(), sheet, is_new=True)
    shown = shown_path(sheet)
    wrote = sheet_written(shown, len(paragraphs), [party.label for party in parties])
    take = f"Next: fill it in, then claimpos code --take {quote(shown)}{_named(positions)}"
    put_done(f"{wrote}\n{take}\n")


def _ask(text: Path, source: str, names: list[str], positions: Path | None) -> None:
    from claimpos.cli.code_asking import CodingSession
    from claimpos.cli.selection import own_dossier
    from claimpos.curating.code_text import paragraphs_in
    from claimpos.dossier.dates import day_of
    from claimpos.errors import WrongUsage

    if names:
        raise WrongUsage("--party needs --worksheet; in the terminal, all parties are asked for")
    coder = CodingSession(own_dossier(positions), source, paragraphs_in(text))
    _report_coding(coder.run(day_of(None)))


def _take(sheet: Path, positions: Path | None, dry_run: bool) -> None:
    from claimpos.cli.selection import own_dossier
    from claimpos.curating.code_text import add_worksheet
    from claimpos.dossier.dates import day_of
    from claimpos.dossier.findings import shown_path
    from claimpos.validation.source_texts import text_of_file

    folder = own_dossier(positions)
    text = text_of_file(sheet)
    _report_coding(add_worksheet(folder, shown_path(sheet), text, day_of(None), dry_run), dry_run)


def _report_coding(result: CodingResult, dry_run: bool = False) -> None:
    """Print what was added or, if nothing is written, what would change; then what to look at."""
    from claimpos.cli.output import put, put_done, tell
    from claimpos.rendering.findings import finding_text
    from claimpos.rendering.text import safe
    from claimpos.wording.worksheet import additions_in_words, still_unmarked

    unmarked = f"{still_unmarked(result.unmarked)}\n"
    if dry_run:
        put(safe(result.diff) + unmarked)
    else:
        put_done("".join(f"{line}\n" for line in additions_in_words(result.added)) + unmarked)
    tell("".join(f"{finding_text(finding)}\n" for finding in result.doubts))


def write_sheet(text: Path, sheet: Path, positions: Path | None) -> None:
    """Write the worksheet of a text."""
    from claimpos.cli.output import progress, put_bytes, put_done
    from claimpos.cli.selection import load_dossier
    from claimpos.curating.sheet_form import SheetText
    from claimpos.curating.text_form import read_text_form
    from claimpos.curating.text_worksheet import text_worksheet
    from claimpos.dossier.findings import shown_path
    from claimpos.importing.text_document import read_text_document
    from claimpos.wording.worksheet import text_sheet_written

    _check_new(sheet)
    dossier = load_dossier(positions)
    with progress(f"Reading {text.name}"):
        document = read_text_document(text)
        made = text_worksheet(dossier, document, text.stem)
    put_bytes(made.encode(), sheet, is_new=True)
    shown = shown_path(sheet)
    form, _ = read_text_form(SheetText(shown, made))
    rows = sum(passage.table > 0 for passage in form.passages)
    articles = len(form.passages) - rows
    wrote = text_sheet_written(shown, articles, rows, len(form.suggested))
    take = f"Next: fill it in, then claimpos import --take {quote(shown)}{_named(positions)}"
    put_done(f"{wrote}\n{take}\n")


def take_sheet(sheet: Path, positions: Path | None, dry_run: bool) -> None:
    """Add what is filled in on a worksheet to the dossier, or show what that would change."""
    from claimpos.cli.selection import own_dossier
    from claimpos.curating.text_import import add_text
    from claimpos.dossier.dates import day_of
    from claimpos.dossier.findings import shown_path
    from claimpos.validation.source_texts import text_of_file

    folder = own_dossier(positions)
    taken = add_text(folder, shown_path(sheet), text_of_file(sheet), day_of(None), dry_run)
    _report(taken, folder, positions, dry_run)


def _report(taken: AddedText, folder: Path, positions: Path | None, dry_run: bool) -> None:
    from claimpos.cli.output import put, put_done, tell
    from claimpos.dossier.findings import shown_path
    from claimpos.rendering.findings import finding_text
    from claimpos.rendering.text import safe
    from claimpos.wording.worksheet import NOTHING_NEW, left_to_do, text_taken

    left = "".join(f"{line}\n" for line in left_to_do(taken.suggested, taken.unmapped))
    if dry_run:
        put(safe(taken.diff) + left)
    elif taken.terms:
        file = shown_path(folder / taken.file)
        after = f"Next: claimpos assess {taken.proposal}{_named(positions)}\n"
        put_done(f"{text_taken(file, taken.terms, taken.is_new)}\n{left}{after}")
    else:
        put(f"{NOTHING_NEW}\n{left}")
    tell("".join(f"{finding_text(finding)}\n" for finding in taken.doubts))


def write_text(sheet: Path, output: Path) -> None:
    """Write the text in a worksheet as a document, as it was read."""
    from claimpos.cli.output import put_bytes
    from claimpos.curating.text_import import sheet_form, text_in
    from claimpos.dossier.findings import shown_path
    from claimpos.importing.text_writing import written_text
    from claimpos.validation.source_texts import text_of_file

    form = sheet_form(shown_path(sheet), text_of_file(sheet))
    put_bytes(written_text(text_in(form), output.suffix.lower()), output)
