"""Codes a text: makes its worksheet, and adds what a worksheet says to the files of a dossier."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from claimpos.curating.coded_pieces import CodedPieces
from claimpos.curating.coding import CodedEntry, CodedStatement, Coding, numbered_rules, read_coding
from claimpos.curating.edited_dossier import EditedDossier, editing
from claimpos.curating.insertions import Insertion
from claimpos.curating.pieces import put_entries, put_speakers, put_statements, written_day
from claimpos.curating.requests import unknown_source
from claimpos.curating.sheet_form import WIDTH, Field, SheetText, refuse
from claimpos.curating.sheet_values import SheetValues
from claimpos.curating.worksheet import NO_POSITION, STATEMENT, Form, read_form, worksheet
from claimpos.dossier.coverage import coverage_of
from claimpos.dossier.dates import is_date, partial_date
from claimpos.dossier.files import Folder, NotRead
from claimpos.dossier.findings import Finding, SourceText, in_order, shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.locate import SOURCES, file_of, party_of
from claimpos.dossier.model import Party
from claimpos.dossier.nodes import plain
from claimpos.dossier.paragraphs import paragraphs_of
from claimpos.errors import InvalidAddition, WrongUsage
from claimpos.importing.draft import Piece
from claimpos.importing.folder import ENTRY_KEYS
from claimpos.importing.import_log import TablePlace
from claimpos.validation.checking import check_folder
from claimpos.validation.source_texts import text_of_file

CODEBOOK = "CODEBOOK.md"


class CodingResult(NamedTuple):
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
        WrongUsage: Its sources count other paragraphs, or the worksheet would be too large.
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


def add_worksheet(
    folder: Path, path: str, text: str, today: date, dry_run: bool = False
) -> CodingResult:
    """Add what a worksheet says to the files of a dossier: all of it, or nothing.

    Args:
        folder: The dossier.
        path: The worksheet's path, as messages show it.
        text: The worksheet.
        today: The day that counts as today for the rules.
        dry_run: Whether to write nothing; what is returned or raised stays the same.

    Raises:
        InvalidDossier: The dossier has errors, or would have; InvalidWorksheet, the worksheet has.
        WrongUsage: A file is laid out in a way that nothing can be added to it.
        OutputFailed: A file cannot be written.
    """
    with editing(folder, dry_run) as edited:
        sheet = SheetText(path, text)
        form, findings = read_form(sheet)
        refuse(findings)
        coding, findings = read_coding(form, sheet, edited.dossier, _rules(edited.folder))
        refuse(findings)
        assert coding is not None, "what is wrong with its source was raised"
        files = _CodedFiles(sheet, edited)
        files.add(coding, form)
        refuse([*files.values.findings])
        checked = check_folder(edited.folder, today, edited=edited.edited)
        due, others = files.pieces.by_place(sheet, edited, checked.findings)
        refuse([one for one in due if one.severity == "error"])
        refuse([one for one in others if one.severity == "error"], InvalidAddition)
        edited.reload()
        covered = coverage_of(edited.dossier)
        unmarked = next(one.unmarked for one in covered if one.source.id == coding.source.id)
        added = {party_of(name): some for name, some in files.added.items()}
        return CodingResult(added, in_order(due), unmarked, edited.diff())


def _rules(folder: Path) -> dict[str, str]:
    content = Folder(folder).content(CODEBOOK)
    if isinstance(content, NotRead):
        return {}
    return numbered_rules(content.decode("utf-8", "replace"))


class _CodedFiles:
    """Adds a worksheet to files: `added` counts kinds by file, `values` has what is wrong."""

    def __init__(self, sheet: SourceText, edited: EditedDossier) -> None:
        self.added: dict[str, Counter[str]] = {}
        self._edited = edited
        self.values = SheetValues(sheet, edited.dossier)
        self.pieces = CodedPieces({}, {})
        self._known: dict[str, list[str]] = {}  # all statements of a party

    def add(self, coding: Coding, form: Form) -> None:
        """Add what the files lack; what they hold already, but differently, is reported."""
        self._mark(coding, form)
        speakers: dict[str, dict[str, Any]] = {}
        for (party, name), speaker in coding.speakers.items():
            speakers.setdefault(party, {})[name] = dict(speaker)
        for party, some in speakers.items():
            put_speakers(self._edited, party, some)
            self._count(file_of(party), *["speaker"] * len(some))
        statements: dict[str, dict[str, Any]] = {}
        for statement in coding.statements:
            if self._is_new(statement, coding):
                statements.setdefault(statement.party, {})[statement.id] = statement.data
        for party, some in statements.items():
            put_statements(self._edited, party, some)
            self._count(file_of(party), *["statement"] * len(some))
        self._add_entries(coding)

    # ---- marks ----

    def _mark(self, coding: Coding, form: Form) -> None:
        source, path = coding.source, ("sources", coding.source.id)
        if source.paragraphs not in (0, coding.paragraphs):
            span = form.head["source"].span
            message = f"{SOURCES} counts {source.paragraphs} paragraphs of “{source.id}”"
            hint = f"this worksheet has {coding.paragraphs}: name the source of this very text"
            self.values.fault("CP205", span, message, hint)
            return
        if not source.paragraphs:
            self._edited.add(SOURCES, Insertion(path, {"paragraphs": coding.paragraphs}))
            self._count(SOURCES)
        known = {number: reason for reason, some in source.no_position for number in some}
        for statement in coding.statements:
            field = statement.filled.fields[STATEMENT]
            self._check_mark(known, statement.paragraph, "", field)
        new: dict[str, list[int]] = {}
        for paragraph in form.paragraphs:
            if reason := coding.no_position.get(paragraph.number):
                self._check_mark(known, paragraph.number, reason, paragraph.marks[NO_POSITION])
                if paragraph.number not in known:
                    new.setdefault(reason, []).append(paragraph.number)
        self._add_marks(path, new)
        if new:
            self._count(SOURCES, *["mark" for numbers in new.values() for _ in numbers])

    def _check_mark(self, known: Mapping[int, str], number: int, reason: str, field: Field) -> None:
        """Report a paragraph that the dossier marks for another reason than the sheet."""
        if known.get(number, reason).split() != reason.split():
            message = f"{SOURCES} marks par. {number} as no position: “{known[number]}”"
            self.values.fault("CP510", field.span, message, "delete the mark there, or this field")

    def _add_marks(self, path: Sequence[str], new: Mapping[str, list[int]]) -> None:
        marked = self._edited.data(SOURCES)["sources"][path[-1]].get(NO_POSITION)
        if marked is None:
            if new:
                self._edited.add(SOURCES, Insertion(path, {NO_POSITION: dict(new)}))
            return
        path = (*path, NO_POSITION)
        for reason in new.keys() & marked.keys():
            self._edited.add(SOURCES, Insertion((*path, reason), new[reason]))
        if fresh := {reason: new[reason] for reason in new if reason not in marked}:
            self._edited.add(SOURCES, Insertion(path, fresh))

    # ---- statements and entries ----

    def _is_new(self, statement: CodedStatement, coding: Coding) -> bool:
        """Whether a party's file lacks a statement; a different one of this id is reported."""
        file = file_of(statement.party)
        held = self._edited.data(file)["statements"].get(statement.id)
        if held is None:
            self.pieces.statements[statement.party, statement.id] = statement
            return True
        day = {"said": coding.source.date.text}
        if day | plain(held) != day | statement.data:
            span = statement.filled.fields[STATEMENT].span
            message = f"{file} holds “{statement.id}” already, and differs"
            self.values.fault("CP102", span, message, "change it there, or write another id here")
        return False

    def _dated(self, entry: CodedEntry, said: Mapping[str, str]) -> CodedEntry:
        """The entry with its first day, if that is left to its evidence; keys in their order.

        `said` are the days of the party's statements in the sheet, by their ids.
        """
        data = entry.data
        cited = _cited(data["evidence"])
        held = self.values.dossier.parties[entry.party].statements
        for name in cited:
            if name not in held and name not in said:
                span = entry.filled.fields["evidence"].span
                if entry.party not in self._known:
                    self._known[entry.party] = [*held, *said]
                hint = self.values.near.hint(name, self._known[entry.party])
                message = f"{entry.party} has no statement “{name}”"
                self.values.fault("CP306", span, message, hint)
        if "since" not in data:
            days = [said[name] for name in cited if name in said]
            days = days or [held[name].said.text for name in cited if name in held]
            first = min(filter(is_date, days), key=lambda day: partial_date(day).first, default="")
            data = data | {"since": written_day(first)}
        return entry._replace(data={key: data[key] for key in ENTRY_KEYS if key in data})

    def _add_entries(self, coding: Coding) -> None:
        said: dict[str, dict[str, str]] = {}
        for one in coding.statements:
            day = str(one.data.get("said") or coding.source.date.text)
            said.setdefault(one.party, {})[one.id] = day
        by_issue: dict[tuple[str, str], list[CodedEntry]] = {}
        for entry in coding.entries:
            dated = self._dated(entry, said.get(entry.party, {}))
            if dated.data["since"]:  # it is missing only where the evidence is, which is reported
                by_issue.setdefault((entry.party, entry.issue), []).append(dated)
        for (party, issue), entries in by_issue.items():
            held = self._edited.data(file_of(party))["positions"].get(issue, [])
            by_day = {str(one["since"]): one for one in held}
            new = [one for one in entries if self._is_new_entry(one, by_day)]
            if not new:
                continue
            put_entries(self._edited, party, issue, [Piece(TablePlace(0), one.data) for one in new])
            self._count(file_of(party), *["entry"] * len(new))
            self.pieces.entries[party, issue] = {str(one.data["since"]): one for one in new}

    def _is_new_entry(self, entry: CodedEntry, by_day: dict[str, Any]) -> bool:
        """Whether there is no such entry so far; another of the same day is reported."""
        since = str(entry.data["since"])
        held = by_day.setdefault(since, entry.data)
        if held is not entry.data and held != entry.data:
            span = self.values.whole_line(entry.filled.line)
            message = f"{file_of(entry.party)} has another entry on “{entry.issue}” since {since}"
            hint = "change that entry, or write a later day after “since:”"
            self.values.fault("CP405", span, message, hint)
        return held is entry.data

    def _count(self, file: str, *kinds: str) -> None:
        self.added.setdefault(file, Counter()).update(kinds)


def _cited(evidence: Any) -> list[str]:
    """The ids under `evidence`, by verb or not."""
    some = [*evidence.values()] if isinstance(evidence, dict) else [evidence]
    return [name for one in some if isinstance(one, list) for name in one if isinstance(name, str)]
