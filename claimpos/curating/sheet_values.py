"""The values of a worksheet's fields, as a dossier's files would hold them, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from claimpos.curating.sheet_form import Field, Filled, fingerprint
from claimpos.dossier.dates import date_remedy, is_date
from claimpos.dossier.findings import Finding, Findings, SourceText, Span
from claimpos.dossier.model import CITING, OUTCOME_VERBS, Dossier, Party
from claimpos.dossier.nodes import Map, Node, plain
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.form import NearNames

_TEXTS = ("reserves", "interest", "note")
_IDS = re.compile(r"[a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)+\Z")


class SheetValues:
    """Reads fields of a sheet that adds to a dossier; `findings` holds what is wrong so far."""

    def __init__(self, sheet: SourceText, dossier: Dossier) -> None:
        self.sheet = sheet
        self.dossier = dossier
        self.findings = Findings()
        self.near = NearNames()

    def fault(self, code: str, span: Span, message: str, hint: str) -> None:
        """Report what is wrong at a place of the sheet."""
        self.findings.add(Finding(code, self.sheet, span, message, hint))

    def whole_line(self, number: int) -> Span:
        """The place of a line."""
        return whole_line(self.sheet, number)

    def check_words(self, written: Field | None, words: Iterable[str]) -> None:
        """Report lines of the text that are not as they were written.

        Args:
            written: The field that holds the fingerprint of the text, if it is there.
            words: The text as the sheet has it now.
        """
        if written is None or written.value != fingerprint(words):
            span = Span(1, 1, 1, 2) if written is None else written.span
            message = "the lines of the text, which begin with >, are not as they were written"
            hint = "undo the change, or write a new worksheet and copy the fields"
            self.fault("CP205", span, message, hint)

    def party(self, name: str, span: Span) -> Party | None:
        """The party of this id, or None, which is reported."""
        party = self.dossier.parties.get(name)
        if party is None:
            hint = self.near.hint(name, self.dossier.parties)
            self.fault("CP314", span, f"there is no party “{name}”", hint)
        return party

    def value(self, filled: Filled, key: str) -> Any:
        """What a field holds: a text or, where a file holds data, the data."""
        field = filled.fields.get(key)
        if field is None or not field.value:
            return None
        if key in _TEXTS:
            return field.value
        text, shift = field.value, 0
        if key in (*OUTCOME_VERBS, *CITING) and _IDS.match(text):
            text, shift = f"[{text}]", 1
        node, faults = parse(SourceText(self.sheet.path, text))
        self.findings.extend(self.shifted(one, field, shift) for one in faults)
        return plain([node] if _is_lone(node, key) else node)

    def shifted(self, finding: Finding, field: Field, shift: int) -> Finding:
        """A finding in a value on its own, at the value's place in the sheet."""
        _, column, _, end_column = finding.span
        shift += 1 - field.column
        column = max(column - shift, field.column)
        line = field.line
        span = Span(line, column, line, max(end_column - shift, column + 1))
        return finding._replace(source=self.sheet, span=span)

    def day(self, filled: Filled, key: str) -> str:
        """A date; empty if there is none, or if what stands there is not one, which is reported."""
        text = value_of(filled, key)
        if text and not is_date(text):
            message = f"“{text}” is not a valid date"
            self.fault("CP205", filled.fields[key].span, message, date_remedy(text))
            return ""
        return text

    def required(self, filled: Filled, key: str, hint: str) -> str:
        """A text that must be filled in; its lack is reported."""
        text = value_of(filled, key)
        if not text:
            field = filled.fields.get(key)
            span = self.whole_line(field.line if field else filled.line)
            self.fault("CP203", span, f"“{key}” is missing", hint)
        return text


def whole_line(sheet: SourceText, number: int) -> Span:
    """The place of a line of a sheet."""
    return Span(number, 1, number, 1 + max(1, len(sheet.line(number))))


def value_of(filled: Filled, key: str) -> str:
    """What a field holds, as it is written; empty if it is not filled in."""
    field = filled.fields.get(key)
    return field.value if field else ""


def _is_lone(node: Node, key: str) -> bool:
    """Whether the only member of a list is written without brackets, as people do."""
    if key == "accepts":
        return isinstance(node, Map) and "outcome" in node
    return key in CITING and isinstance(node, str)
