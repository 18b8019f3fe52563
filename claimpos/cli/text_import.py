"""`claimpos import --text` and `--take`, and `claimpos export --text`."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimpos.curating.text_import import Taken


def write_sheet(text: Path, sheet: Path, positions: Path | None) -> None:
    """Write the worksheet of a text."""
    from claimpos.cli.output import progress, put
    from claimpos.cli.selection import load_dossier
    from claimpos.curating.sheet_form import SheetText
    from claimpos.curating.text_form import read_text_form
    from claimpos.curating.text_worksheet import text_worksheet
    from claimpos.dossier.findings import shown_path
    from claimpos.errors import OutputFailed
    from claimpos.importing.text_document import read_text_document
    from claimpos.wording.worksheet import text_sheet_written

    shown = shown_path(sheet)
    if sheet.exists() or sheet.is_symlink():
        raise OutputFailed(f"“{shown}” already exists; name a new file")
    dossier = load_dossier(positions)
    with progress(f"Reading {text.name}"):
        document = read_text_document(text)
        made = text_worksheet(dossier, document, text.stem)
    put(made, sheet)
    form, _ = read_text_form(SheetText(shown, made))
    rows = sum(passage.table > 0 for passage in form.passages)
    articles = len(form.passages) - rows
    put(f"{text_sheet_written(shown, articles, rows, len(form.suggested))}\n")
    where = "" if positions is None else f" --positions {quote(str(positions))}"
    put(f"Next: fill it in, then claimpos import --take {quote(shown)}{where}\n")


def take_sheet(sheet: Path, positions: Path | None, dry_run: bool) -> None:
    """Add what is filled in on a worksheet to the dossier, or show what that would change."""
    from claimpos.cli.adding import own_dossier
    from claimpos.curating.text_import import add_text, check_text
    from claimpos.dossier.dates import day_of
    from claimpos.dossier.findings import shown_path
    from claimpos.validation.source_texts import text_of_file

    folder = own_dossier(positions)
    take = check_text if dry_run else add_text
    taken = take(folder, shown_path(sheet), text_of_file(sheet), day_of(None))
    _report(taken, folder, positions, dry_run)


def _report(taken: Taken, folder: Path, positions: Path | None, dry_run: bool) -> None:
    from claimpos.cli.output import put, tell
    from claimpos.dossier.findings import shown_path
    from claimpos.rendering.findings import finding_text
    from claimpos.rendering.text import safe
    from claimpos.wording.worksheet import NOTHING_NEW, left_to_do, text_taken

    if dry_run:
        put(safe(taken.diff))
    elif taken.terms:
        file = shown_path(folder / taken.file)
        put(f"{text_taken(file, taken.terms, taken.is_new)}\n")
    else:
        put(f"{NOTHING_NEW}\n")
    put("".join(f"{line}\n" for line in left_to_do(taken.suggested, taken.unmapped)))
    if taken.terms and not dry_run:
        where = "" if positions is None else f" --positions {quote(str(positions))}"
        put(f"Next: claimpos assess {taken.proposal}{where}\n")
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
