"""Characters that are not to be in a text."""

from __future__ import annotations

import re

from claimpos.dossier.findings import Finding, Findings, SourceText, Span

# C0 and C1 controls but tab and line ends, bidirectional controls, and marks that show nothing.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff]+"
)


_ORDINARY = bytes([*b"\t\n\r", *range(32, 127)])


def is_printable(text: str) -> bool:
    """Whether the text holds no such character."""
    # Only what is left without the ordinary ones is looked at: the pattern alone takes long.
    left = text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY)
    return _UNPRINTABLE.search(left.decode("utf-8", "surrogatepass")) is None


def unprintable(source: SourceText) -> list[Finding]:
    """One finding for each run of such characters."""
    findings = Findings()
    for number, line in enumerate(source.lines, 1):
        for match in _UNPRINTABLE.finditer(line):
            span = Span(number, match.start() + 1, number, match.end() + 1)
            message = f"invisible or control character U+{ord(match.group()[0]):04X}"
            finding = Finding("CP106", source, span, message, "delete it")
            if findings.counts(source.path, "CP106"):
                rest = _UNPRINTABLE.finditer(source.text, source.offset(number) + match.start())
                findings.count(finding, sum(1 for _ in rest))
                return [*findings]
            findings.add(finding)
    return [*findings]
