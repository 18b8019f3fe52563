"""`claimpos code TEXT --source ID`."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from claimpos.cli import options
from claimpos.cli.add_options import DryRun

if TYPE_CHECKING:
    from claimpos.curating.code_text import Result


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
    dry_run: DryRun = False,
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


def _write(text: Path, source: str, sheet: Path, names: list[str], positions: Path | None) -> None:
    from claimpos.cli.output import put
    from claimpos.cli.selection import chosen_parties, load_dossier
    from claimpos.curating.code_text import new_worksheet, paragraphs_in
    from claimpos.curating.parties_named import parties_named
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.locate import find_dossier
    from claimpos.errors import OutputFailed
    from claimpos.wording.worksheet import sheet_written

    if sheet.exists() or sheet.is_symlink():
        raise OutputFailed(f"“{shown_path(sheet)}” already exists; name a new file")
    dossier = load_dossier(positions)
    paragraphs = paragraphs_in(text)
    chosen = [dossier.parties[one] for one in chosen_parties(dossier, names)]
    parties = chosen or parties_named(dossier, paragraphs)
    made = new_worksheet(find_dossier(positions), source, paragraphs, parties)
    put(made, sheet)
    shown = shown_path(sheet)
    where = "" if positions is None else f" --positions {quote(str(positions))}"
    put(f"{sheet_written(shown, len(paragraphs), [party.label for party in parties])}\n")
    put(f"Next: fill it in, then claimpos code --take {quote(shown)}{where}\n")


def _ask(text: Path, source: str, names: list[str], positions: Path | None) -> None:
    from claimpos.cli.adding import own_dossier
    from claimpos.cli.code_asking import Coder
    from claimpos.curating.code_text import paragraphs_in
    from claimpos.dossier.dates import day_of
    from claimpos.errors import WrongUsage

    if names:
        raise WrongUsage("--party needs --worksheet; in the terminal, all parties are asked for")
    coder = Coder(own_dossier(positions), source, paragraphs_in(text))
    report(coder.run(day_of(None)))


def _take(sheet: Path, positions: Path | None, dry_run: bool) -> None:
    from claimpos.cli.adding import own_dossier
    from claimpos.curating.code_text import add_worksheet, check_worksheet
    from claimpos.dossier.dates import day_of
    from claimpos.dossier.findings import shown_path
    from claimpos.validation.source_texts import text_of_file

    folder = own_dossier(positions)
    shown, text = shown_path(sheet), text_of_file(sheet)
    if dry_run:
        report(check_worksheet(folder, shown, text, day_of(None)), is_written=False)
    else:
        report(add_worksheet(folder, shown, text, day_of(None)))


def report(result: Result, is_written: bool = True) -> None:
    """Print what was added or, if nothing is written, what would change; then what to look at."""
    from claimpos.cli.output import put, tell
    from claimpos.rendering.findings import finding_text
    from claimpos.rendering.text import safe
    from claimpos.wording.worksheet import additions_in_words, still_unmarked

    put(safe(result.diff) if not is_written else "")
    lines = additions_in_words(result.added) if is_written else []
    put("".join(f"{line}\n" for line in [*lines, still_unmarked(result.unmarked)]))
    tell("".join(f"{finding_text(finding)}\n" for finding in result.doubts))
