"""Annotations of GitHub Actions, errors first, then the same as text.

The site shows ten annotations a step and severity, so the lines of the log must tell all of them.
"""

from __future__ import annotations

from claimpos.dossier.findings import Finding
from claimpos.rendering.text import Paint, safe
from claimpos.validation.checking import Checked
from claimpos.validation.reports import text

_KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def report(checked: Checked) -> str:
    """The annotations, and the report in plain lines."""
    ranked = sorted(checked.findings, key=lambda finding: [*_KINDS].index(finding.severity))
    plain = text.report(checked, Paint(on=False))
    # A line that begins with :: would be read as a command.
    lines = [f" {line}" if line.lstrip().startswith("::") else line for line in plain.split("\n")]
    return "".join(map(_annotation, ranked)) + "\n".join(lines)


def _annotation(finding: Finding) -> str:
    span = finding.span
    place = {
        "file": finding.source.path,
        "line": span.line,
        "endLine": span.end_line,
        "title": f"{finding.code}",
    }
    if span.line == span.end_line:  # columns of several lines are refused
        place |= {"col": span.column, "endColumn": span.end_column}
    told = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{_KINDS[finding.severity]} {told}::{_data(message)}\n"


def _data(value: str) -> str:
    return safe(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
