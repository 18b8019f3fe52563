"""One run over several dossiers, or over some files of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from claimpos.dossier.findings import Finding, in_order, shown_path
from claimpos.validation.checking import Checked, check_folder
from claimpos.validation.targets import Target


def checked_targets(
    found: Sequence[Target],
    today: date,
    stale_after: int | None,
    edited: Mapping[Path, bytes],
) -> Checked:
    """Check every target, and tell of the files that it asks for."""
    findings: list[Finding] = []
    files: list[str] = []
    silenced = 0
    for target in found:
        checked = check_folder(target.folder, today, stale_after, edited)
        wanted = target.files and {shown_path(file) for file in target.files}
        findings += (one for one in checked.findings if not wanted or one.source.path in wanted)
        files += (file for file in checked.files if not wanted or file in wanted)
        silenced += checked.silenced
    return Checked(in_order(findings), files, silenced)
