"""Which findings a run tells of, by the codes that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.dossier.findings import Finding
from claimpos.dossier.lookup import nearest
from claimpos.errors import UnknownName


def selected(
    findings: Iterable[Finding], select: Sequence[str], ignore: Sequence[str]
) -> list[Finding]:
    """The findings whose code begins as one of `select`, if any, and as none of `ignore`."""
    wanted, unwanted = tuple(_codes(select)) or ("CP",), tuple(_codes(ignore))
    return [
        finding
        for finding in findings
        if finding.code.startswith(wanted) and not finding.code.startswith(unwanted)
    ]


def _codes(written: Sequence[str]) -> list[str]:
    """The codes, or beginnings of codes; raises UnknownName for what no code begins with."""
    if not written:
        return []
    from claimpos.validation.catalogue import catalogue

    codes = [code.strip().upper() for part in written for code in part.split(",")]
    for code in codes:
        if not any(known.startswith(code) for known in catalogue()) or len(code) < 2:
            raise UnknownName("rule", code, nearest(code, catalogue()), "claimpos rules")
    return codes
