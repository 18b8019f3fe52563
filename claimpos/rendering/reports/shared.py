"""What several formats say alike."""

from __future__ import annotations

import re
from pathlib import PurePath

from claimpos.dossier.findings import Finding
from claimpos.rendering.text import safe

_WORD = re.compile(r"\A[a-z]+(?=[ :;])")


def sentences(finding: Finding) -> str:
    """What is wrong and the remedy, in one line without anything that steers its reader."""
    told = [_begun(text) for text in (finding.message, finding.hint) if text]
    return " ".join(safe(". ".join(told)).split())


def _begun(text: str) -> str:
    """The text with a capital, if it begins with a word and not with a name."""
    return _WORD.sub(lambda found: found.group().capitalize(), text)


def web_path(finding: Finding) -> str:
    """The path with slashes on every system, as the sites want it."""
    return PurePath(finding.source.path).as_posix()
