"""For people: each finding with its line and a caret; the last line counts."""

from __future__ import annotations

from claimpos.rendering.findings import by_severity, finding_text
from claimpos.rendering.text import Paint
from claimpos.validation.checking import Checked
from claimpos.wording.names import counted


def report(checked: Checked, paint: Paint) -> str:
    """Every finding, and how many there are; a clean run says what it looked at."""
    told = [finding_text(finding, paint) for finding in checked.findings]
    silenced = f"; {checked.silenced} silenced" if checked.silenced else ""
    looked_at = counted(len(checked.files), "file", "files")
    return "\n".join([*told, f"{by_severity(checked.findings)} in {looked_at}{silenced}"]) + "\n"
