"""Findings as text: where, what, the line itself with a caret, and the remedy."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.dossier.findings import Finding
from claimpos.rendering.text import safe

_LONGEST = 120


def findings_text(findings: Sequence[Finding]) -> str:
    """The findings, each with its line of the file; the last line counts them."""
    count = len(findings)
    files = len({finding.source.path for finding in findings})
    counted = f"{count} {'fault' if count == 1 else 'faults'}"
    spread = f"in {files} {'file' if files == 1 else 'files'}"
    return "\n".join([*map(_finding, findings), f"{counted} {spread}"]) + "\n"


def _finding(finding: Finding) -> str:
    span = finding.span
    head = f"{finding.source.path}:{span.line}:{span.column}: {finding.message} [{finding.code}]"
    lines = [head, *_excerpt(finding)]
    if finding.hint:
        lines.append(f"    help: {finding.hint}")
    return safe("\n".join(lines))


def _excerpt(finding: Finding) -> list[str]:
    """The line and a caret under it; of a long line the part around the place."""
    span = finding.span
    line = finding.source.line(span.line).replace("\t", " ")
    start = max(0, span.column - 1 - _LONGEST // 2)
    shown = line[start : start + _LONGEST]
    if not shown.strip():
        return []
    end = span.end_column if span.end_line == span.line else len(line) + 1
    width = max(1, min(end - span.column, len(shown) - (span.column - 1 - start)))
    return [f"    {shown}", f"    {' ' * (span.column - 1 - start)}{'^' * width}"]
