"""A name for each finding that stays the same while other lines of its file are edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath

from claimpos.dossier.findings import Finding


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """A fingerprint for each: of the rule, the file's name, and the text of the line.

    Line numbers and messages play no part; of equal lines the first, second … are told apart.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    prints = []
    for finding in findings:
        line = finding.source.line(finding.span.line).strip()
        key = (finding.code, PurePath(finding.source.path).name, line)
        prints.append(sha256("\0".join([*key, str(seen[key])]).encode()).hexdigest()[:32])
        seen[key] += 1
    return prints
