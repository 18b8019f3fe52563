"""What several formats say alike."""

from __future__ import annotations

from pathlib import PurePath

from claimpos.dossier.findings import Finding
from claimpos.rendering.text import safe


def sentence(finding: Finding) -> str:
    """What is wrong and the remedy, in one line without anything that steers its reader."""
    return " ".join(safe(". ".join(filter(None, [finding.message, finding.hint]))).split())


def web_path(finding: Finding) -> str:
    """The path with slashes on every system, as the sites want it."""
    return PurePath(finding.source.path).as_posix()
