"""The code quality report of GitLab, shown beside the changed lines of a merge request."""

from __future__ import annotations

from claimpos.rendering.data import json_text
from claimpos.rendering.text import safe
from claimpos.validation.checking import Checked
from claimpos.validation.fingerprints import fingerprints

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def report(checked: Checked) -> str:
    """A list of issues, as GitLab reads it."""
    found = zip(checked.findings, fingerprints(checked.findings), strict=True)
    return json_text(
        [
            {
                "description": safe(". ".join(filter(None, [finding.message, finding.hint]))),
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": finding.source.path,
                    "lines": {"begin": finding.span.line, "end": finding.span.end_line},
                },
            }
            for finding, fingerprint in found
        ]
    )
