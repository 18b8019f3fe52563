"""Codes a text: makes the worksheet of it, and adds what a worksheet says to a dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from claimpos.curating.coded_files import CodedFiles
from claimpos.curating.coding import numbered_rules, read_coding
from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.requests import unknown_source
from claimpos.curating.sheet_form import SheetText
from claimpos.curating.worksheet import WIDTH, worksheet
from claimpos.curating.worksheet_form import read_form
from claimpos.dossier.files import Folder, NotRead
from claimpos.dossier.findings import Finding, in_order, shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.locate import SOURCES, file_of, party_of
from claimpos.dossier.model import Party
from claimpos.dossier.nodes import plain
from claimpos.dossier.paragraphs import coverage_of, paragraphs_of
from claimpos.dossier.whole_files import locked
from claimpos.errors import InvalidAddition, InvalidWorksheet, WrongUsage
from claimpos.validation.checking import check_folder
from claimpos.validation.source_texts import text_of_file

CODEBOOK = "CODEBOOK.md"


class Result(NamedTuple):
    """What becomes of a worksheet.

    Attributes:
        added: How many pieces of each kind are added to each party, and to the sources.
        doubts: Warnings and notes on what is added.
        unmarked: The paragraphs that are neither a statement nor marked.
        diff: What changes, as a unified diff.
    """

    added: Mapping[str, Mapping[str, int]]
    doubts: list[Finding]
    unmarked: list[int]
    diff: str


def paragraphs_in(path: Path) -> list[str]:
    """The paragraphs of a text file; raises WrongUsage where it has none, or too many."""
    paragraphs = paragraphs_of(text_of_file(path))
    most = limit("text-paragraphs")
    if not paragraphs:
        raise WrongUsage(f"“{shown_path(path)}” holds no text")
    if len(paragraphs) > most:
        raise WrongUsage(
            f"“{shown_path(path)}” has more than {most:,} paragraphs; "
            f"{how_to_raise('text-paragraphs')}"
        )
    return paragraphs


def new_worksheet(
    folder: Path,
    source: str,
    paragraphs: Sequence[str],
    parties: Sequence[Party],
    width: int = WIDTH,
) -> str:
    """The worksheet of a text.

    Args:
        folder: The dossier.
        source: The id of the source that the text is.
        paragraphs: The text, paragraph by paragraph.
        parties: Those whose positions are asked for.
        width: How long its lines may be.

    Raises:
        InvalidDossier: The dossier has errors.
        UnknownName: It has no such source.
        WrongUsage: Its sources count other paragraphs.
    """
    edited = EditedDossier(folder)
    dossier = edited.dossier
    if source not in dossier.sources:
        raise unknown_source(source, dossier.sources)
    counted = dossier.sources[source].paragraphs
    if counted not in (0, len(paragraphs)):
        raise WrongUsage(
            f"the text has {len(paragraphs)} paragraphs, but {SOURCES} counts {counted} of "
            f"“{source}”; name the source of this text, or correct the count"
        )
    positions = {party.id: plain(edited.data(file_of(party.id)))["positions"] for party in parties}
    rules = _rules(folder)
    return worksheet(dossier, dossier.sources[source], paragraphs, parties, rules, positions, width)


def add_worksheet(folder: Path, path: str, text: str, today: date) -> Result:
    """Add what a worksheet says to the files of a dossier: all of it, or nothing.

    Args:
        folder: The dossier.
        path: The worksheet's path, as messages show it.
        text: The worksheet.
        today: The day that counts as today for the rules.

    Raises:
        InvalidDossier: The dossier has errors, or would have with what is added.
        InvalidWorksheet: The worksheet has errors.
        WrongUsage: A file is laid out in a way that nothing can be added to it.
        OutputFailed: A file cannot be written.
    """
    with locked(folder):
        edited = EditedDossier(folder)
        result = _with_worksheet(edited, path, text, today)
        edited.save()
    return result


def check_worksheet(folder: Path, path: str, text: str, today: date) -> Result:
    """What `add_worksheet` would return, or raise, without writing anything."""
    return _with_worksheet(EditedDossier(folder), path, text, today)


def _with_worksheet(edited: EditedDossier, path: str, text: str, today: date) -> Result:
    sheet = SheetText(path, text)
    form, findings = read_form(sheet)
    _raise(findings)
    coding, findings = read_coding(form, sheet, edited.dossier, _rules(edited.folder))
    _raise(findings)
    assert coding is not None, "what is wrong with its source was raised"
    files = CodedFiles(sheet, edited)
    files.add(coding, form)
    _raise(files.findings)
    checked = check_folder(edited.folder, today, edited=edited.edited)
    due, others = files.at_sheet(checked.findings)
    _raise([one for one in due if one.severity == "error"])
    if wrong := [one for one in others if one.severity == "error"]:
        raise InvalidAddition(in_order(wrong))
    edited.reload()
    covered = coverage_of(edited.dossier)
    unmarked = next(one.unmarked for one in covered if one.source.id == coding.source.id)
    added = {party_of(name): some for name, some in files.added.items()}
    return Result(added, in_order(due), unmarked, edited.diff())


def _raise(findings: Sequence[Finding]) -> None:
    if findings:
        raise InvalidWorksheet(in_order(findings))


def _rules(folder: Path) -> dict[str, str]:
    content = Folder(folder).content(CODEBOOK)
    if isinstance(content, NotRead):
        return {}
    return numbered_rules(content.decode("utf-8", "replace"))
