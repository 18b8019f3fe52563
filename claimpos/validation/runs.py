"""One run over several dossiers, or over some files of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from claimpos.dossier.findings import Finding, Findings, in_order, shown_path
from claimpos.dossier.locate import AGENDA, SOURCES
from claimpos.validation.checking import Checked, check_folder
from claimpos.validation.targets import Target


def checked_targets(
    found: Sequence[Target],
    today: date,
    stale_after: int | None,
    edited: Mapping[Path, bytes],
) -> Checked:
    """Check every target, and tell of the files that it asks for.

    Errors of the agenda and the sources are told of as well: while there are any, no other file
    can be judged, and to say nothing would pass for praise.
    """
    findings = Findings()  # those of all targets count towards the limits of the run
    files: list[str] = []
    hushed: list[Finding] = []
    for target in found:
        checked = _asked_for(target, check_folder(target.folder, today, stale_after, edited))
        findings.extend(checked.findings)
        files += checked.files
        hushed += checked.hushed
    return Checked(in_order(findings), files, hushed)


def _asked_for(target: Target, checked: Checked) -> Checked:
    if target.files is None:
        return checked
    wanted = {shown_path(file) for file in target.files}
    basic = {shown_path(target.folder / name) for name in (AGENDA, SOURCES)}
    told = [
        finding
        for finding in checked.findings
        if finding.source.path in wanted
        or (finding.source.path in basic and finding.severity == "error")
    ]
    wanted |= {finding.source.path for finding in told}
    hushed = [finding for finding in checked.hushed if finding.source.path in wanted]
    return Checked(told, [file for file in checked.files if file in wanted], hushed)
