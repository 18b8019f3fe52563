"""SARIF 2.1.0, the format of code scanning."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

from claimpos import __version__
from claimpos.dossier.findings import Finding
from claimpos.rendering.data import json_text
from claimpos.rendering.reports.shared import sentences, web_path
from claimpos.validation.catalogue import Page, catalogue
from claimpos.validation.checking import Checked, fingerprints

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report(checked: Checked) -> str:
    """One run, with the rules that it found broken."""
    pages = catalogue()
    codes = sorted({finding.code for finding in checked.findings})
    driver = {
        "name": "claimpos",
        "version": __version__,
        "rules": [_rule(pages[code]) for code in codes],
    }
    index = {code: number for number, code in enumerate(codes)}
    found = zip(checked.findings, fingerprints(checked.findings), strict=True)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.code], mark) for finding, mark in found],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(page: Page) -> dict[str, Any]:
    return {
        "id": page.code,
        "shortDescription": {"text": _message(page.title)},
        "fullDescription": {"text": _message(page.text or page.title)},
        "help": {"text": f"claimpos rules {page.code} explains it, with examples."},
        "defaultConfiguration": {"level": page.severity},
    }


def _result(finding: Finding, rule: int, fingerprint: str) -> dict[str, Any]:
    span = finding.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    place = {"artifactLocation": {"uri": quote(os.fsencode(web_path(finding)))}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": _message(sentences(finding))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"claimpos/v1": fingerprint},
    }


def _message(text: str) -> str:
    """A plain text message (3.11): braces are doubled, and nothing in it is a link."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
