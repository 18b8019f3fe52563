"""An error in words: what is wrong, and what to do next."""

from __future__ import annotations

from claimpos.errors import ClaimposError, InvalidAddition, InvalidDossier, UnknownName
from claimpos.rendering.findings import findings_text
from claimpos.rendering.text import safe
from claimpos.wording.names import joined


def error_text(error: ClaimposError) -> str:
    """The message of an error, with a line end."""
    if isinstance(error, InvalidAddition):
        return findings_text(
            error.findings, " in the files as they would have been; nothing was written"
        )
    if isinstance(error, InvalidDossier):
        return findings_text(error.findings)
    if isinstance(error, UnknownName):
        near = joined((f"“{name}”" for name in error.nearest), "or") if error.nearest else ""
        asked = f" Did you mean {near}?" if near else ""
        return safe(f"claimpos: {error}.{asked} See `{error.remedy}`.\n")
    end = "" if str(error).endswith("?") else "."
    return safe(f"claimpos: {error}{end}\n")
