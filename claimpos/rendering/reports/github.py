"""Annotations of GitHub Actions, errors first, then the same as text.

The site shows ten annotations a step and severity, so the lines of the log must tell all of them.
"""

from __future__ import annotations

from hashlib import sha256

from claimpos.dossier.findings import Finding
from claimpos.rendering.ci_log import inert, inert_within
from claimpos.rendering.reports import text
from claimpos.rendering.reports.shared import web_path
from claimpos.rendering.text import Paint, safe
from claimpos.validation.checking import Checked

_KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def report(checked: Checked) -> str:
    """The annotations, and the report in plain lines."""
    ranked = sorted(checked.findings, key=lambda finding: [*_KINDS].index(finding.severity))
    return "".join(map(_annotation, ranked)) + _paused(text.report(checked, Paint(on=False)))


def _paused(plain: str) -> str:
    """Lines in which the site finds no command, and looks for none, though they quote files.

    The word that ends the pause is made from the lines, so none of them can hold it.
    """
    word = sha256(plain.encode()).hexdigest()
    return f"::stop-commands::{word}\n{inert(plain)}::{word}::\n"


def _annotation(finding: Finding) -> str:
    span = finding.span
    place = {"file": web_path(finding), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # columns of several lines are refused
        place |= {"col": span.column, "endColumn": span.end_column}
    place["title"] = finding.code
    told = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{_KINDS[finding.severity]} {told}::{_data(message)}\n"


def _data(value: str) -> str:
    # Azure and TeamCity look for their commands anywhere in a line, so within an annotation, too.
    return inert_within(safe(value)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
