"""The files of a dossier with what a worksheet adds, and which of its lines a finding is due to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claimpos.curating.coding import CodedEntry, Coding
from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.file_edits import Addition
from claimpos.curating.insertions import FIRST
from claimpos.curating.sheet_values import SheetValues, plain
from claimpos.curating.statement_reading import CodedStatement
from claimpos.curating.worksheet_form import NO_POSITION, STATEMENT, Field, Filled, Form
from claimpos.dossier.dates import is_date, partial_date
from claimpos.dossier.findings import Finding, SourceText, Span, shown_path
from claimpos.dossier.locate import SOURCES
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.reading.form import did_you_mean
from claimpos.importing.draft import Piece
from claimpos.importing.import_log import Place

_ORDER = (
    *("since", "until", "standing", "demands", "proposes", "accepts", "refuses", "reserves"),
    *("interest", "priority", "note", "notes", "deadline", "offer"),
    *("evidence", "against", "context"),
)
"""The keys of an entry in the order in which people write them."""


_NOWHERE = Place(0, "")


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
        return self._values.findings

    def add(self, coding: Coding, form: Form) -> None:
        """Add what is not there yet; what the files hold already, and differs, is reported."""
        self._mark(coding, form)
        for (party, name), speaker in coding.speakers.items():
            self._add_speaker(party, name, speaker)
        said = {(one.party, one.id): one.data.get("said") for one in coding.statements}
        for statement in coding.statements:
            self._add_statement(statement, coding)
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
            self._edited.add(SOURCES, Addition(path, coding.paragraphs, "paragraphs"))
            self._count(SOURCES)
        known = {number: reason for reason, some in source.no_position for number in some}
        for statement in coding.statements:
            field = statement.filled.fields[STATEMENT]
            self._check_mark(known, statement.paragraph, "", field)
        for paragraph in form.paragraphs:
            if reason := coding.no_position.get(paragraph.number):
                self._check_mark(known, paragraph.number, reason, paragraph.marks[NO_POSITION])
                if paragraph.number not in known:
                    self._add_mark(path, paragraph.number, reason)

    def _check_mark(self, known: Mapping[int, str], number: int, reason: str, field: Field) -> None:
        """Report a paragraph that the dossier marks for another reason than the sheet."""
        if known.get(number, reason) != reason:
            message = f"{SOURCES} marks par. {number} as no position: “{known[number]}”"
            self._values.fault("CP510", field.span, message, "delete the mark there, or this field")

    def _add_mark(self, path: Sequence[str], number: int, reason: str) -> None:
        marked = self._data(SOURCES)["sources"][path[-1]].get(NO_POSITION)
        if marked is None:
            self._edited.add(SOURCES, Addition(path, {reason: [number]}, NO_POSITION))
        elif reason not in marked:
            self._edited.add(SOURCES, Addition((*path, NO_POSITION), [number], reason))
        else:
            smaller = [at for at, one in enumerate(marked[reason]) if one < number]
            after = smaller[-1] if smaller else FIRST
            self._edited.add(SOURCES, Addition((*path, NO_POSITION, reason), number, after=after))
        self._count(SOURCES, "mark")

    # ---- statements and entries ----

    def _add_speaker(self, party: str, name: str, speaker: Mapping[str, str]) -> None:
        file = f"{party}.yaml"
        data = self._data(file)
        if "speakers" in data:
            self._edited.add(file, Addition(("speakers",), dict(speaker), name))
        else:
            keys = [*data]
            before = keys[: keys.index("statements")]
            after = before[-1] if before else None
            self._edited.add(file, Addition((), {name: dict(speaker)}, "speakers", after))
        self._count(file, "speaker")

    def _add_statement(self, statement: CodedStatement, coding: Coding) -> None:
        file = f"{statement.party}.yaml"
        held = self._data(file)["statements"].get(statement.id)
        if held is None:
            self._edited.add(file, Addition(("statements",), statement.data, statement.id))
            self._count(file, "statement")
            self._statements.append(statement)
            return
        day = {"said": coding.source.date.text}
        if day | held != day | statement.data:
            span = statement.filled.fields[STATEMENT].span
            message = f"{file} holds “{statement.id}” already, and differs"
            self._values.fault("CP102", span, message, "change it there, or write another id here")

    def _dated(
        self, entry: CodedEntry, said: Mapping[tuple[str, str], Any], coding: Coding
    ) -> CodedEntry:
        """The entry with its first day, if that is left to its evidence; keys in their order."""
        data = entry.data
        if "since" not in data:
            party = self._values.dossier.parties.get(entry.party)
            held = {} if party is None else party.statements
            cited = _cited(data["evidence"])
            self._check_cited(
                entry, cited, [*held, *(name for who, name in said if who == entry.party)]
            )
            new = [(entry.party, name) for name in cited if (entry.party, name) in said]
            days = [str(said[one] or coding.source.date.text) for one in new]
            days = days or [held[name].said.text for name in cited if name in held]
            if first := min(
                filter(is_date, days), key=lambda day: partial_date(day).first, default=""
            ):
                data = data | {"since": first}
        return entry._replace(data={key: data[key] for key in _ORDER if key in data})

    def _check_cited(self, entry: CodedEntry, cited: Sequence[str], known: Sequence[str]) -> None:
        """Report what an entry rests on, and is no statement of its party."""
        for name in cited:
            if name not in known:
                field = entry.filled.fields["evidence"]
                message = f"{entry.party} has no statement “{name}”"
                self._values.fault("CP306", field.span, message, did_you_mean(name, known))

    def _add_entry(self, entry: CodedEntry) -> None:
        file = f"{entry.party}.yaml"
        positions = self._data(file)["positions"]
        held = positions.get(entry.issue, [])
        if entry.data in held:
            return
        since = entry.data.get("since")
        if any(str(one["since"]) == str(since) for one in held):
            span = self._values.whole_line(entry.filled.line)
            message = f"{file} has another entry on “{entry.issue}” since {since}"
            hint = "change that entry, or write a later day after “since:”"
            self._values.fault("CP405", span, message, hint)
            return
        piece = Piece(_NOWHERE, entry.data)
        if entry.issue in positions:
            path = ("positions", entry.issue)
            addition = Addition(path, piece, after=_earlier(held, since))
        else:
            addition = Addition(("positions",), [piece], entry.issue)
        self._edited.add(file, addition)
        self._count(file, "entry")
        self._entries.append(entry)

    def _data(self, file: str) -> Any:
        return plain(self._edited.data(file))

    def _count(self, file: str, *kinds: str) -> None:
        self.added.setdefault(file, Counter()).update(kinds)

    # ---- findings ----

    def at_sheet(self, findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
        """The findings that are due to lines of the sheet, there, and the others as they are."""
        pieces = {name: [*self._pieces(name)] for name in self.added if name != SOURCES}
        names = {shown_path(self._edited.folder / name): name for name in pieces}
        due, others = [], []
        for finding in findings:
            for held, whole, filled in pieces.get(names.get(finding.source.path, ""), ()):
                if whole[:2] <= finding.span[:2] < whole[2:]:
                    span = self._place(finding, held, filled)
                    due.append(finding._replace(source=self._values.sheet, span=span))
                    break
            else:
                others.append(finding)
        return due, others

    def _pieces(self, name: str) -> Iterator[tuple[Map, Span, Filled]]:
        """What was added to a party's file: the data, its place there, its fields in the sheet."""
        party = name.removesuffix(".yaml")
        node = self._edited.data(name)
        for statement in self._statements:
            if statement.party == party:
                statements = node["statements"]
                held: Map = statements[statement.id]
                begin, end = statements.key_at(statement.id), held.span
                whole = Span(begin.line, begin.column, end.end_line, end.end_column)
                yield held, whole, statement.filled
        for entry in self._entries:
            if entry.party == party:
                listed: Seq = node["positions"][entry.issue]
                at = next(at for at, one in enumerate(listed) if plain(one) == entry.data)
                yield listed[at], listed.at(at), entry.filled  # type: ignore[misc]

    def _place(self, finding: Finding, held: Map, filled: Filled) -> Span:
        """The place in the sheet of a finding in what was added."""
        begin = finding.span[:2]
        for key in held:
            field = filled.fields.get(key)
            if field is None or not field.value or finding.code == "CP203":
                continue
            if held.key_at(key)[:2] <= begin < held.at(key)[2:]:
                line, column, end_line, end_column = finding.span
                end = end_column - 1 if end_line == line else None
                marked = finding.source.line(line)[column - 1 : end]
                at = max(0, field.value.find(marked)) if marked else 0
                start = field.column + at
                return Span(field.line, start, field.line, start + max(1, len(marked)))
        return self._values.whole_line(filled.line)


def _cited(evidence: Any) -> list[str]:
    """The ids under `evidence`, by verb or not."""
    some = [*evidence.values()] if isinstance(evidence, dict) else [evidence]
    return [name for one in some if isinstance(one, list) for name in one if isinstance(name, str)]


def _earlier(entries: Sequence[Mapping[str, Any]], since: Any) -> int:
    """The index of the last entry that begins before a day, or the place before the first."""
    if not is_date(str(since)):
        return len(entries) - 1
    day = partial_date(str(since)).first
    begun = [at for at, one in enumerate(entries) if partial_date(str(one["since"])).first <= day]
    return begun[-1] if begun else FIRST
