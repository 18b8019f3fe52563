"""What became of each quote, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimpos.dossier.findings import Finding
from claimpos.rendering.findings import finding_text
from claimpos.rendering.text import Paint
from claimpos.validation.quotes import Lookup
from claimpos.wording.names import counted


def quotes_text(found: Sequence[Lookup], findings: Sequence[Finding], paint: Paint) -> str:
    """The quotes that are not found, then the sources without a text; the last line counts all."""
    lines = [finding_text(finding, paint) for finding in findings]
    lacking = Counter(one.source for one in found if one.answer == "no text")
    for source, number in lacking.items():
        quotes = counted(number, "quote", "quotes")
        lines.append(f"{source}: no text at hand for {quotes}")
    counts = Counter(one.answer for one in found)
    lines.append(
        f"{counts['found']} found, {counts['not found']} not found, "
        f"{counts['no text']} without a text at hand"
    )
    return "\n".join(lines) + "\n"
