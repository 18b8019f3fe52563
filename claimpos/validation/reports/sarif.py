"""SARIF 2.1.0, the format of code scanning."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from claimpos import __version__
from claimpos.dossier.findings import Finding
from claimpos.rendering.data import json_text
from claimpos.validation.catalogue import Page, catalogue
from claimpos.validation.checking import Checked
from claimpos.validation.fingerprints import fingerprints

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report(checked: Checked) -> str:
    """One run, with the rules that it found broken."""
    pages = catalogue()
    codes = sorted({finding.code for finding in checked.findings})
    found = zip(checked.findings, fingerprints(checked.findings), strict=True)
    driver = {
        "name": "claimpos",
        "version": __version__,
        "rules": [_rule(pages[code]) for code in codes],
    }
    return json_text(
        {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "columnKind": "unicodeCodePoints",
                    "results": [
                        _result(finding, codes.index(finding.code), mark) for finding, mark in found
                    ],
                }
            ],
        }
    )


def _rule(page: Page) -> dict[str, Any]:
    return {
        "id": page.code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.text or page.title},
        "defaultConfiguration": {"level": page.severity},
    }


def _result(finding: Finding, rule: int, fingerprint: str) -> dict[str, Any]:
    span = finding.span
    message = ". ".join(filter(None, [finding.message, finding.hint]))
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.source.path.replace("\\", "/"))},
                    "region": {
                        "startLine": span.line,
                        "startColumn": span.column,
                        "endLine": span.end_line,
                        "endColumn": span.end_column,
                    },
                }
            }
        ],
        "partialFingerprints": {"claimpos/v1": fingerprint},
    }
