"""For people: each finding with its line and a caret; the last line counts."""

from __future__ import annotations

from claimpos.rendering.findings import counted, finding_text
from claimpos.rendering.text import Paint
from claimpos.validation.checking import Checked


def report(checked: Checked, paint: Paint) -> str:
    """Every finding, and how many there are; a clean run says what it looked at."""
    told = [finding_text(finding, paint) for finding in checked.findings]
    files = len(checked.files)
    silenced = f"; {checked.silenced} silenced" if checked.silenced else ""
    looked_at = f"{files} {'file' if files == 1 else 'files'}"
    return "\n".join([*told, f"{counted(checked.findings)} in {looked_at}{silenced}"]) + "\n"
