"""The files of a dossier with what a worksheet adds, and which of its lines a finding is due to."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from claimpos.curating.coding import CodedEntry, CodedStatement, Coding
from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.insertions import Insertion
from claimpos.curating.pieces import put_entry, put_speakers, put_statements, written_day
from claimpos.curating.sheet_form import Field, Filled, SheetValues
from claimpos.curating.worksheet import NO_POSITION, STATEMENT, Form
from claimpos.dossier.dates import is_date, partial_date
from claimpos.dossier.findings import Finding, SourceText, Span, shown_path
from claimpos.dossier.locate import SOURCES, file_of, party_of
from claimpos.dossier.nodes import Map, Seq, plain
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.form import did_you_mean
from claimpos.importing.draft import Piece
from claimpos.importing.folder import ENTRY_KEYS
from claimpos.importing.import_log import Place


class Written(NamedTuple):
    """What was added: its data and its place in the file, and its fields in the sheet."""

    data: Map
    whole: Span
    filled: Filled


class CodedFiles:
    """Puts what a worksheet says into the files of a dossier.

    `added` counts the kinds of what was added to each file; `findings` are what cannot be added.
    """

    def __init__(self, sheet: SourceText, edited: EditedDossier) -> None:
        self.added: dict[str, Counter[str]] = {}
        self._edited = edited
        self._values = SheetValues(sheet, edited.dossier)
        self._statements: list[CodedStatement] = []
        self._entries: list[CodedEntry] = []

    @property
    def findings(self) -> list[Finding]:
        return [*self._values.findings]

    def add(self, coding: Coding, form: Form) -> None:
        """Add what is not there yet; what the files hold already, and differs, is reported."""
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
        said = {(one.party, one.id): one.data.get("said") for one in coding.statements}
        for entry in coding.entries:
            self._add_entry(self._dated(entry, said, coding))

    # ---- marks ----

    def _mark(self, coding: Coding, form: Form) -> None:
        source, path = coding.source, ("sources", coding.source.id)
        if source.paragraphs not in (0, coding.paragraphs):
            span = form.head["source"].span
            message = f"{SOURCES} counts {source.paragraphs} paragraphs of “{source.id}”"
            hint = f"this worksheet has {coding.paragraphs}: name the source of this very text"
            self._values.fault("CP205", span, message, hint)
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
        if known.get(number, reason) != reason:
            message = f"{SOURCES} marks par. {number} as no position: “{known[number]}”"
            self._values.fault("CP510", field.span, message, "delete the mark there, or this field")

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
        """Whether a party's file lacks a statement; one that differs there is reported."""
        file = file_of(statement.party)
        held = self._edited.data(file)["statements"].get(statement.id)
        if held is None:
            self._statements.append(statement)
            return True
        day = {"said": coding.source.date.text}
        if day | plain(held) != day | statement.data:
            span = statement.filled.fields[STATEMENT].span
            message = f"{file} holds “{statement.id}” already, and differs"
            self._values.fault("CP102", span, message, "change it there, or write another id here")
        return False

    def _dated(
        self, entry: CodedEntry, said: Mapping[tuple[str, str], Any], coding: Coding
    ) -> CodedEntry:
        """The entry with its first day, if that is left to its evidence; keys in their order."""
        data = entry.data
        cited = _cited(data["evidence"])
        held = self._values.dossier.parties[entry.party].statements
        new = [(entry.party, name) for name in cited if (entry.party, name) in said]
        self._check_cited(
            entry, cited, [*held, *(name for who, name in said if who == entry.party)]
        )
        if "since" not in data:
            days = [str(said[one] or coding.source.date.text) for one in new]
            days = days or [held[name].said.text for name in cited if name in held]
            first = min(filter(is_date, days), key=lambda day: partial_date(day).first, default="")
            data = data | {"since": written_day(first)}
        return entry._replace(data={key: data[key] for key in ENTRY_KEYS if key in data})

    def _check_cited(self, entry: CodedEntry, cited: Sequence[str], known: Sequence[str]) -> None:
        """Report what an entry rests on, and is no statement of its party."""
        for name in cited:
            if name not in known:
                field = entry.filled.fields["evidence"]
                message = f"{entry.party} has no statement “{name}”"
                self._values.fault("CP306", field.span, message, did_you_mean(name, known))

    def _add_entry(self, entry: CodedEntry) -> None:
        file, since = file_of(entry.party), entry.data["since"]
        held = plain(self._edited.data(file)["positions"].get(entry.issue, []))
        if entry.data in held or not since:
            return  # a day is missing only where the evidence is, which is reported
        if any(str(one["since"]) == str(since) for one in held):
            span = self._values.whole_line(entry.filled.line)
            message = f"{file} has another entry on “{entry.issue}” since {since}"
            hint = "change that entry, or write a later day after “since:”"
            self._values.fault("CP405", span, message, hint)
            return
        put_entry(self._edited, entry.party, entry.issue, Piece(Place(0), entry.data))
        self._count(file, "entry")
        self._entries.append(entry)

    def _count(self, file: str, *kinds: str) -> None:
        self.added.setdefault(file, Counter()).update(kinds)

    # ---- findings ----

    def at_sheet(self, findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
        """The findings that are due to lines of the sheet, there, and the others as they are."""
        pieces = {
            shown_path(path): sorted(self._pieces(path, content), key=lambda piece: piece.whole)
            for path, content in self._edited.edited.items()
            if path.name != SOURCES
        }
        due, others = [], []
        for finding in findings:
            held = pieces.get(finding.source.path, [])
            at = bisect_right(held, finding.span[:2], key=lambda piece: piece.whole[:2])
            if at and finding.span[:2] < held[at - 1].whole[2:]:
                span = self._place(finding, held[at - 1])
                due.append(finding._replace(source=self._values.sheet, span=span))
            else:
                others.append(finding)
        return due, others

    def _pieces(self, path: Path, content: bytes) -> Iterator[Written]:
        """What was added to a party's file, or to one of its folder, which holds such a part."""
        party = party_of(path.relative_to(self._edited.folder).as_posix())
        whole: Any = parse(SourceText("", content.decode("utf-8-sig")))[0]
        statements: Any = whole.get("statements", whole) or {}
        positions: Any = whole.get("positions", whole) or {}
        for statement in self._statements:
            held = statements.get(statement.id)
            if statement.party == party and isinstance(held, Map):
                begin, end = statements.key_at(statement.id), held.span
                span = Span(begin.line, begin.column, end.end_line, end.end_column)
                yield Written(held, span, statement.filled)
        for entry in self._entries:
            listed: Any = positions.get(entry.issue) if entry.party == party else None
            for at, one in enumerate(listed if isinstance(listed, Seq) else ()):
                if isinstance(one, Map) and plain(one) == entry.data:
                    yield Written(one, listed.at(at), entry.filled)

    def _place(self, finding: Finding, piece: Written) -> Span:
        """The place in the sheet of a finding in what was added."""
        begin = finding.span[:2]
        for key in piece.data:
            field = piece.filled.fields.get(key)
            if field is None or not field.value or finding.code == "CP203":
                continue
            if piece.data.key_at(key)[:2] <= begin < piece.data.at(key)[2:]:
                line, column, end_line, end_column = finding.span
                end = end_column - 1 if end_line == line else None
                marked = finding.source.line(line)[column - 1 : end]
                start = field.column + max(0, field.value.find(marked) if marked else 0)
                return Span(field.line, start, field.line, start + max(1, len(marked)))
        return self._values.whole_line(piece.filled.line)


def _cited(evidence: Any) -> list[str]:
    """The ids under `evidence`, by verb or not."""
    some = [*evidence.values()] if isinstance(evidence, dict) else [evidence]
    return [name for one in some if isinstance(one, list) for name in one if isinstance(name, str)]
