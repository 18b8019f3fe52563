"""claimpos.validate/1: everything, for programs; described by schemas/validate.schema.json."""

from __future__ import annotations

from claimpos.rendering.data import json_text
from claimpos.validation.checking import Checked, fingerprints


def report(checked: Checked) -> str:
    """The findings in order, and the counts."""
    found = zip(checked.findings, fingerprints(checked.findings), strict=True)
    return json_text(
        {
            "format": "claimpos.validate/1",
            "summary": {
                "errors": checked.count("error"),
                "warnings": checked.count("warning"),
                "notes": checked.count("note"),
                "silenced": checked.silenced,
                "files": len(checked.files),
            },
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "message": finding.message,
                    "hint": finding.hint,
                    "file": finding.source.path,
                    "line": finding.span.line,
                    "column": finding.span.column,
                    "end_line": finding.span.end_line,
                    "end_column": finding.span.end_column,
                    "fingerprint": fingerprint,
                }
                for finding, fingerprint in found
            ],
        }
    )
