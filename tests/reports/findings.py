"""Findings to report: those of whole dossiers, and one that says hostile things wherever it can."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from claimpos.dossier.findings import Finding, Severity, SourceText, Span
from claimpos.rendering.findings import report
from claimpos.rendering.text import Paint
from claimpos.validation.checking import Checked, check_folder

DOSSIERS = Path(__file__).resolve().parents[1] / "sessions" / "dossiers"
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
_HALVES = re.compile("[\ud800-\udfff]")
HOSTILE = {
    "line ends": "one\ntwo\r\nthree\rfour",
    "a command": "::error file=x::y",
    "a command in a line": "x\n   ::set-output name=a::b",
    "an old command": "say ##[set-env name=PATH]/tmp here",
    "the end of a pause": "::resume::\n::stop-commands::resume",
    "per cent": "100%, %0A%0D%25%3A",
    "separators": "a,b:c;d=e",
    "cdata": "<![CDATA[ x ]]> ]]>",
    "tags": '<script>alert("1")</script> </failure></testcase> &amp; &#0; <!-- -->',
    "terminal": "\x1b[31mred\x1b[0m \x07 \x9b5n \x00 \x7f",
    "bidirectional": "\u202ebackwards\u202c \u2066x\u2069 \u200f",
    "invisible": "\ufeff\u2028line\u2029\x85\ufffe\uffff",
    "half a character": "\ud800 and \udfff",
    "markdown": "[click](javascript:alert(1)) ![x](y) `a` | b",
    "placeholders": "{0} {{1}} }{ {",
    "formula": "=cmd()",
    "quotes": "\"a\" 'b' \\ \\n \\u0041",
    "json": '", "severity": "info", "x": "',
    "emoji": "👩‍👩‍👧 𝔘 é e\u0301",
}


def told(checked: Checked, name: str, strict: bool = False) -> str:
    return report(checked, name, Paint(on=False), strict)


def of_dossier(name: str) -> Checked:
    return check_folder(DOSSIERS / name, date(2025, 6, 1))


def finding(
    text: str, severity: Severity = "error", path: str = "positions/x.yaml", code: str = "CP202"
) -> Finding:
    """A finding whose message, remedy and line all hold this text."""
    source = SourceText(path, f"before\n{text}\n")
    return Finding(code, source, Span(2, 1, 2, 3), f"unknown key “{text}”", text, severity)


def hostile(text: str) -> Checked:
    """A run with a finding of each severity that holds this text, and a path that does."""
    path = f"positions/{_HALVES.sub('?', text)}.yaml"  # no file's name holds half a character
    found = [
        finding(text),
        finding(text, "warning", code="CP414"),
        finding(text, "note", path, "CP501"),
    ]
    return Checked(found, ["positions/x.yaml", path, "positions/clean.yaml"])
