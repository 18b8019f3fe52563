"""The code quality report of GitLab, shown beside the changed lines of a merge request."""

from __future__ import annotations

from typing import Any

from claimpos.dossier.findings import Finding
from claimpos.rendering.data import json_text
from claimpos.rendering.reports.shared import sentences, web_path
from claimpos.validation.checking import Checked, fingerprints

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def report(checked: Checked) -> str:
    """A list of issues, as GitLab reads it."""
    found = zip(checked.findings, fingerprints(checked.findings), strict=True)
    return json_text([_issue(finding, fingerprint) for finding, fingerprint in found])


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    lines = {"begin": finding.span.line, "end": finding.span.end_line}
    return {
        "description": sentences(finding),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": web_path(finding), "lines": lines},
    }
