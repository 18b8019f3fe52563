"""What the remedy of a finding says to write in the place of what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimpos.dossier.findings import Finding

_QUOTED = re.compile(r"(?:write|did you mean) “([^”]+)”(?: or “([^”]+)”)?")
_EITHER = re.compile(r"write (\S+|\{.*?\}) if .*?, else (\S+|\{.*?\})\Z")
_VALUE = re.compile(r"write (-?[0-9][0-9.-]*|\{(?:min|max|above|below): .*?\})(?:[;,]|\Z)")
_BRACKETS = re.compile(r"put it in brackets: (\[.*?\])\. ")


def suggested(finding: Finding, written: str) -> Iterator[str]:
    """Each text that a remedy suggests to write instead of what is `written`."""
    for pattern in (_EITHER, _QUOTED, _VALUE, _BRACKETS):
        if match := pattern.search(finding.hint):
            yield from filter(None, match.groups())
            return
    if finding.hint.startswith("put it in quotes."):
        yield f'"{written}"'


def written_at(finding: Finding) -> str | None:
    """What stands at the place of a finding, if that is one line."""
    span = finding.span
    if span.end_line != span.line:
        return None
    return finding.source.line(span.line)[span.column - 1 : span.end_column - 1]
