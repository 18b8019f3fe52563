"""What a worksheet has added to files, by which findings there are led back to its lines."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from claimpos.curating.coding import CodedEntry, CodedStatement
from claimpos.curating.edited_dossier import BOM, EditedDossier
from claimpos.curating.sheet_form import Filled
from claimpos.curating.sheet_values import whole_line
from claimpos.dossier.findings import Finding, SourceText, Span, shown_path
from claimpos.dossier.locate import SOURCES, party_of
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.parsing.file import parse


class _Written(NamedTuple):
    """What was added: its data and its place in the file, and its fields in the sheet."""

    data: Map
    whole: Span
    filled: Filled


class CodedPieces(NamedTuple):
    """The statements that are added, by party and id, and the entries, by party, issue and day."""

    statements: dict[tuple[str, str], CodedStatement]
    entries: dict[tuple[str, str], dict[str, CodedEntry]]

    def by_place(
        self, sheet: SourceText, edited: EditedDossier, findings: Sequence[Finding]
    ) -> tuple[list[Finding], list[Finding]]:
        """The findings that are due to lines of the sheet, there, and the others as they are."""
        pieces = {
            shown_path(edited.folder / name): sorted(
                self._within(party_of(name), edited.text(name)), key=lambda piece: piece.whole
            )
            for name in edited.changed
            if name != SOURCES
        }
        due, others = [], []
        for finding in findings:
            held = pieces.get(finding.source.path, [])
            at = bisect_right(held, finding.span[:2], key=lambda piece: piece.whole[:2])
            if at and finding.span[:2] < held[at - 1].whole[2:]:
                span = _place(finding, held[at - 1], sheet)
                due.append(finding._replace(source=sheet, span=span))
            else:
                others.append(finding)
        return due, others

    def _within(self, party: str, text: str) -> Iterator[_Written]:
        """What was added to a party's file, or to one of its folder, which holds such a part."""
        whole: Any = parse(SourceText("", text.removeprefix(BOM)))[0]
        if not isinstance(whole, Map):  # it is too large, say, which is found
            return
        statements: Any = whole.get("statements", whole) or {}
        positions: Any = whole.get("positions", whole) or {}
        for name, held in statements.items():
            statement = self.statements.get((party, name))
            if statement is not None and isinstance(held, Map):
                begin, end = statements.key_at(name), held.span
                span = Span(begin.line, begin.column, end.end_line, end.end_column)
                yield _Written(held, span, statement.filled)
        for issue, listed in positions.items():
            entries = self.entries.get((party, issue), {})
            if entries and isinstance(listed, Seq):
                for at, one in enumerate(listed):
                    if isinstance(one, Map) and (entry := entries.get(str(one.get("since")))):
                        yield _Written(one, listed.at(at), entry.filled)


def _place(finding: Finding, piece: _Written, sheet: SourceText) -> Span:
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
    return whole_line(sheet, piece.filled.line)
