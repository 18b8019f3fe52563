"""The fields of a worksheet as data, and what is wrong with them at their places in the sheet."""

from __future__ import annotations

import re
from typing import Any

from claimpos.curating.sheet_form import Field, Filled
from claimpos.dossier.dates import is_date
from claimpos.dossier.findings import Finding, Findings, SourceText, Span
from claimpos.dossier.model import CITING, OUTCOME_VERBS, Dossier, Party
from claimpos.dossier.nodes import Map, Node, plain
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.form import did_you_mean
from claimpos.dossier.written_dates import date_remedy

_TEXTS = ("reserves", "interest", "note")
_IDS = re.compile(r"[a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)+\Z")


class SheetValues:
    """Reads fields of a sheet that adds to a dossier; `findings` holds what is wrong so far."""

    def __init__(self, sheet: SourceText, dossier: Dossier) -> None:
        self.sheet = sheet
        self.dossier = dossier
        self.findings = Findings()

    def fault(self, code: str, span: Span, message: str, hint: str) -> None:
        """Report what is wrong at a place of the sheet."""
        self.findings.add(Finding(code, self.sheet, span, message, hint))

    def whole_line(self, number: int) -> Span:
        """The place of a line."""
        return Span(number, 1, number, 1 + max(1, len(self.sheet.line(number))))

    def party(self, name: str, span: Span) -> Party | None:
        """The party of this id, or None, which is reported."""
        party = self.dossier.parties.get(name)
        if party is None:
            hint = did_you_mean(name, self.dossier.parties)
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
        node, faults = parse(SourceText(self.sheet.path, _alone(field, text, shift)))
        self.findings.extend(self.shifted(one, field, shift) for one in faults)
        return plain([node] if _is_lone(node, key) else node)

    def shifted(self, finding: Finding, field: Field, shift: int) -> Finding:
        """A finding in a value on its own, at the value's place in the sheet."""
        _, column, _, end_column = finding.span
        column = max(column - shift, field.column)
        line = field.line
        span = Span(line, column, line, max(end_column - shift, column + 1))
        return finding._replace(source=self.sheet, span=span)

    def day(self, filled: Filled, key: str) -> str:
        """A date; empty if there is none, or if it is none, which is reported."""
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


def value_of(filled: Filled, key: str) -> str:
    """What a field holds, as it is written; empty if it is not filled in."""
    field = filled.fields.get(key)
    return field.value if field else ""


def _alone(field: Field, text: str, shift: int) -> str:
    """A value where it stands in the sheet, and nothing besides."""
    return "\n" * (field.line - 1) + " " * (field.column - 1) + text


def _is_lone(node: Node, key: str) -> bool:
    """Whether the only member of a list is written without brackets, as people do."""
    if key == "accepts":
        return isinstance(node, Map) and "outcome" in node
    return key in CITING and isinstance(node, str)
